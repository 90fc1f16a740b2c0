"""The whole way in a real browser: paste a note, correct, answer, read why, suppose, take documents along."""

from __future__ import annotations

import json
import re
from pathlib import Path

from browser.watched import NOTE, WAIT, paste, settled, until, words_of

HOME = Path(__file__).resolve().parents[2]


def text(page, selector):
    return " ".join(page.locator(selector).inner_text().split())


def take(page, group, name):
    """A document of the page, as it arrives on the disk."""
    with page.expect_download(timeout=2 * WAIT) as download:
        page.get_by_role("group", name=group).get_by_role("button", name=name, exact=True).click(no_wait_after=True)
    path = download.value.path()
    return download.value.suggested_filename, Path(path).read_bytes()


def test_from_a_note_to_documents(page):
    paste(page, NOTE)
    assert text(page, ".strip .word") == "Routine"
    assert "61 F" in text(page, ".who")
    assert text(page, "#plan .cause h3 >> nth=0").startswith("Sacroiliac joint")

    # A word of the note tells what was read from it, and is put right.
    page.get_by_role("button", name="no fever").or_(page.locator(".m", has_text="fever")).first.click()
    card = page.locator(".card")
    assert "fever" in text(page, ".card").lower()
    card.get_by_role("button", name="It is so").first.click()
    page.wait_for_selector(".changes")
    settled(page)
    assert "Fever: yes was no" in text(page, ".changes")
    assert page.locator(".m.fixed", has_text="fever").count() == 1
    assert NOTE.strip() in page.locator("textarea").first.input_value()  # the note itself is never altered
    raised = text(page, ".strip .word")
    assert raised != "Routine"

    # And taken back.
    page.locator(".changes").get_by_role("button", name="Take back").click()
    page.wait_for_selector(".changes", state="detached")
    assert text(page, ".strip .word") == "Routine"

    # What is not yet excluded leads to its questions; an answer changes the plan.
    page.get_by_role("button", name="cauda equina compression").click()
    until(page, "document.activeElement.id === 'ask-title'")
    question = page.locator(".question", has_text="residual").or_(page.locator(".question")).first
    asked = page.locator("#q-urinary-retention")
    question = asked if asked.count() else question
    question.get_by_role("button", name="Yes").click()
    page.wait_for_selector(".changes", state="attached")
    settled(page)
    assert text(page, ".strip .word") in ("Emergency", "Urgent")
    assert "Urgency: emergency, was routine" in page.locator("#news").inner_text()
    assert page.locator("#plan .changed, #strip .changed").count() > 0
    page.go_back()
    until(page, "document.querySelector('.strip .word').textContent === 'Routine'")

    # Why: the rule, the words lit up in the note, the evidence.
    page.locator("#plan .cause .id").first.click()
    page.wait_for_selector(".why-panel")
    assert page.evaluate("document.activeElement.id") == "reason-title"
    assert "Sacroiliac joint" in text(page, ".why-panel h3")
    assert page.locator(".m.lit", has_text="SI provocation tests").count() == 1
    assert page.locator(".why-panel .evidence li").count() > 0
    assert page.locator(".why-panel a.src[href='/knowledge/rule/generator.sacroiliac_joint']").count() == 1
    page.keyboard.press("Escape")
    page.wait_for_selector(".why-panel", state="detached")
    assert page.locator(".m.lit").count() == 0
    assert page.evaluate("document.activeElement.value").startswith("generator.sacroiliac_joint")

    # What if: the difference beside the plan; nothing of the case changes.
    page.get_by_label("Suppose").fill("saddle numbness")
    page.get_by_label("is", exact=True).fill("yes")
    page.keyboard.press("Enter")
    page.wait_for_selector(".difference")
    difference = text(page, ".difference")
    assert "routine becomes emergency" in difference
    assert "Cauda equina compression" in difference
    assert text(page, ".strip .word") == "Routine"
    page.get_by_role("button", name="Forget it").click()
    page.wait_for_selector(".difference", state="detached")

    # Documents: all from the same record.
    name, content = take(page, "Report", "PDF")
    assert re.fullmatch(r"spondyl-report-2026-11-22\.pdf", name)
    assert content.startswith(b"%PDF")
    assert "acroiliac" in words_of(content)
    name, content = take(page, "Report", "JSON")
    record = json.loads(content)
    assert record["schema"] == "spondyl/record/1"
    assert record["generators"][0]["generator"] == "sacroiliac_joint"
    name, content = take(page, "Report", "Chart text")
    assert len(content.decode().splitlines()) <= 25
    page.locator("#packet_for").select_option("revision_surgery")
    name, content = take(page, "Packet for the payer", "PDF")
    assert name.startswith("spondyl-packet-revision_surgery")
    assert "not documented" in words_of(content)
    name, content = take(page, "Leaflet for the patient", "HTML")
    leaflet = content.decode()
    assert "<script" not in leaflet
    assert "911" in leaflet
    name, content = (
        take(page, "Referral letter", "Text")
        if page.get_by_role("group", name="Referral letter").count()
        else ("", b"")
    )
    assert text(page, ".strip .word") == "Routine"  # the page is still there


def test_a_file_is_read_and_not_kept(page):
    page.locator("#files").set_input_files(
        [
            {"name": "visit.txt", "mimeType": "text/plain", "buffer": NOTE.encode()},
            {"name": "labs.yaml", "mimeType": "text/yaml", "buffer": (HOME / "examples" / "labs.yaml").read_bytes()},
        ]
    )
    page.wait_for_selector("#strip .strip")
    settled(page)
    assert page.locator("#marked h2").all_inner_texts() == ["visit.txt", "labs.yaml"]
    assert page.locator(".given li", has_text="C-reactive protein").count() == 1
    assert page.locator("#texts").get_attribute("open") is None


def test_an_entry_is_added_in_words(page):
    paste(page, "52F, L4-L5 fusion 03/02/2025. Low back pain 6/10 for 8 months.\n")
    page.get_by_role("tab", name="Ask next").click()
    for _ in range(8):
        box = page.get_by_placeholder("as you would write it in a note")
        if box.count():
            break
        page.locator("#ask .question").first.get_by_role("button", name="Not known").click()
        settled(page)
    box.first.fill("CT lumbar spine 11/02/2026: lucency around both L5 screws.")
    page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('#marked section.note').length === 2")
    settled(page)
    assert "loose implant" in text(page, "#plan .causes").lower()
    page.get_by_role("tab", name="Course").click()
    assert "2026-11-02" in text(page, "#pane-course")


def test_back_forward_reload_and_a_page_between(page):
    paste(page, NOTE)
    page.get_by_role("tab", name="Ask next").click()
    page.locator("#ask .question").first.get_by_role("button", name="Not known").click()
    page.wait_for_selector(".changes", state="attached")
    settled(page)
    page.go_back()
    page.wait_for_selector(".changes", state="detached")
    page.go_forward()
    page.wait_for_selector(".changes", state="attached")
    page.locator("#plan .cause .id").first.click()
    page.wait_for_selector(".why-panel")
    page.go_back()
    page.wait_for_selector(".why-panel", state="detached")
    page.locator("#plan .cause .id").first.click()
    page.locator(".why-panel a.src").last.click()
    page.wait_for_selector("article.library h1")
    page.go_back()
    page.wait_for_selector(".changes", state="attached")
    assert "61 F" in text(page, ".who")
    page.reload()
    page.wait_for_selector(".changes", state="attached")
    assert "61 F" in text(page, ".who")
    kept = page.evaluate("[Object.values(localStorage), Object.values(sessionStorage), document.cookie]")
    assert kept == [[], ["/"], ""]  # the script of others notes the path, which never holds a patient's value


def test_what_cannot_be_read_says_what_to_do(page):
    paste(page, NOTE)
    page.get_by_role("tab", name="Ask next").click()
    page.evaluate("document.querySelector('#ask .question').insertAdjacentHTML('beforeend', "
                  "'<button name=answer value=\"fever=perhaps\">odd</button>')")  # fmt: skip
    page.get_by_role("button", name="odd").click()
    page.wait_for_selector("#trouble .problem")
    problem = text(page, "#trouble")
    assert re.search(r"I0\d\d", problem)
    assert "61 F" in text(page, ".who")  # the plan stays
    assert page.evaluate("document.activeElement.className") == "problems"


def test_without_scripts(open_page):
    page = open_page("?name=missing_union", java_script_enabled=False)
    assert "54 M" in page.locator(".who").inner_text()
    page.locator("#plan .cause .id").first.click()
    assert page.locator(".why-panel h3").count() == 1
    page.locator("#ask .question").first.get_by_role("button", name="Not known").click()
    assert page.locator(".changes li").count() == 1
    page.locator(".changes").get_by_role("button", name="Take back").click()
    assert page.locator(".changes li").count() == 0
    gate = page.locator("#gates details.gate").first
    gate.locator("summary").click()
    gate.get_by_role("button", name="Show the criteria").click()
    assert page.locator("#gates details.gate[open] tbody tr").count() > 3
