"""Every page there is: each statement leads to why, each rule and source has its page, hostile text stays text."""

from __future__ import annotations

import re

import pytest
from service.serving import NOTE, client, posted


@pytest.fixture(scope="module")
def browser():
    return client()


@pytest.mark.slow
def test_why_of_every_line(browser):
    page = posted(browser).text
    keys = dict.fromkeys(re.findall(r'name="why" value="([^"]+)"', page))
    assert len(keys) > 30
    for key in keys:
        answer = posted(browser, "/why", why=key)
        assert answer.status_code == 200, key
        assert answer.headers["hx-retarget"] == "#reason"
        for link in re.findall(r'href="(/knowledge/[^"]+)"', answer.text):
            assert browser.get(link).status_code == 200, link


def test_the_card_of_every_mark(browser):
    page = posted(browser).text
    ids = re.findall(r'data-mark="([^"]+)"', page)
    assert len(ids) > 10
    for one in ids:
        assert posted(browser, "/mark", mark=one).status_code == 200
    assert posted(browser, "/mark", mark="0-0-1").status_code == 404


def test_links_between_pages_lead_somewhere(browser):
    seen, todo = set(), ["/knowledge"]
    while todo and len(seen) < 150:
        path = todo.pop()
        seen.add(path)
        answer = browser.get(path)
        assert answer.status_code == 200, path
        todo += [one for one in re.findall(r'href="(/knowledge[^"#]*)"', answer.text) if one not in seen][:12]
    assert len(seen) == 150


@pytest.mark.parametrize(
    "path", ["knowledge/nothing", "knowledge/rule/gate.nothing", "knowledge/rule/x", "static/../app.py", "static/x"]
)
def test_what_is_not_there(browser, path):
    assert browser.get(f"/{path}").status_code == 404


def test_a_page_without_scripts_is_whole(browser):
    answer = posted(browser, "/why", why="g1", part=False)
    assert answer.text.startswith("<!doctype html>")
    assert "why-panel" in answer.text
    assert ' lit"' in answer.text


@pytest.mark.parametrize(
    "hostile",
    [
        '<script>alert(1)</script> 58M, L4-L5 fusion 03/2025, pain 6/10. <img src=x onerror=alert(1)> No fever"><b>',
        "58M {{ 7*7 }} {% include 'x' %} L4-L5 fusion 03/2025 </textarea><script>x</script>",
        "58M, fusion L4-L5 03/2025 \x00\x01\x1b[31m \u202e right to left \ud7ff &amp;&lt;",
    ],
)
def test_hostile_notes_are_text(browser, hostile):
    page = posted(browser, text=hostile, part=False).text
    assert "<script>" not in page
    assert "<img" not in page
    assert "{{ 7*7 }}" in page or "7*7" not in hostile
    assert page.count("<textarea") == page.count("</textarea>")


def test_hostile_names_and_changes(browser):
    bad = '"><script>x</script>'
    fields = {"change": [], "profile": "guideline"}
    answer = browser.post("/", files=[("token", (None, "x")), ("text", (None, NOTE))])
    assert answer.status_code == 403
    for name in ("undo", "drop", "flag", "suppose_fact", "urgency_shown"):
        assert "<script>x" not in posted(browser, part=False, **{name: bad, **fields}).text
    assert "<script>x" not in posted(browser, "/why", why=bad).text
    assert "<script>x" not in posted(browser, "/questions", flag=bad, part=False).text
    assert "<script>x" not in browser.get("/", params={"name": bad}).text
    assert "<script>x" not in browser.get(f"/knowledge/rule/{bad}").text


@pytest.mark.parametrize(
    "form", ["report.html", "report.md", "chart.text", "record.json", "leaflet.html", "packet.json"]
)
def test_documents(browser, form):
    answer = posted(browser, f"/document/{form}", packet_for="revision_surgery", leaflet_language="es")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith('attachment; filename="spondyl-')
    assert "61" not in answer.headers["content-disposition"].replace("2026-11-22", "")
    assert len(answer.content) > 300


def test_documents_that_are_not_there(browser):
    assert posted(browser, "/document/nothing.pdf").status_code == 404
    assert posted(browser, "/document/report.exe").status_code == 404
    assert posted(browser, "/document/packet.json", packet_for="nothing").status_code == 422
    assert posted(browser, "/document/record.json", text=" ").status_code == 400


def test_a_packet_has_its_cause_and_place_and_no_profile_of_unreviewed_text(browser):
    page = posted(browser, part=False).text
    assert 'name="packet_target"' in page
    for target in ("pseudarthrosis", "adjacent_segment_disease"):
        fields = {"packet_for": "revision_surgery", "packet_target": target, "packet_region": "lumbar"}
        answer = posted(browser, "/document/packet.json", **fields)
        assert (answer.status_code, answer.json()["target"]) == (200, target)
    fields = {"packet_for": "lumbar_mri", "packet_target": "pseudarthrosis"}
    assert posted(browser, "/document/packet.json", **fields).status_code == 422
    refused = posted(browser, "/document/packet.json", packet_for="lumbar_mri", profile="source_documents")
    assert refused.status_code == 422
    assert "I104" in refused.text


def test_files_become_texts(browser):
    import json

    fields = [("token", (None, re.search(r'name="token" value="([^"]+)"', browser.get("/").text)[1]))]
    fields += [("input_name", (None, "note")), ("text", (None, ""))]
    case = {"schema": "spondyl/case/1", "written_on": "2026-11-21", "facts": {"crp_mg_l": 96}}
    files = [("files", ("visit.txt", NOTE.replace("\n", "\r\n").encode("cp1252")))]
    files += [("files", ("C:\\labs\\crp.json", json.dumps(case).encode()))]
    page = browser.post("/", files=[*fields, *files], headers={"HX-Request": "true"}).text
    assert 'value="visit.txt"' in page
    assert 'value="crp.json"' in page
    assert "96 mg/L" in page
    bad = browser.post(
        "/", files=[*fields, ("files", ("x.bin", bytes(range(256)) * 40))], headers={"HX-Request": "true"}
    )
    assert bad.status_code == 422
    assert re.search(r"I0\d\d", bad.text)


def test_what_of_a_file_was_not_read_is_said(browser):
    page = (
        '<html><body><p>58M, L4-L5 fusion 03/02/2025. Low back pain 6/10.</p><img src="x.png" alt="scan"></body></html>'
    )
    sent = [("token", (None, re.search(r'name="token" value="([^"]+)"', browser.get("/").text)[1]))]
    sent += [("files", ("visit.html", page.encode()))]
    answer = browser.post("/", files=sent, headers={"HX-Request": "true"}).text
    assert "58M, L4-L5 fusion" in answer
    assert "Not read, look at it yourself" in answer
