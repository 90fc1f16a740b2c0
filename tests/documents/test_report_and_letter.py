"""The report holds the whole plan in every form; the letter asks what the referral asks; the commands give both."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from documents.made import DAY, EXAMPLES, HOME, example, note

from spondyl.cli import main
from spondyl.record import Refusal
from spondyl.render.documents import STYLE, file_name, html_body, letter, report, written

FLUID = "fluid_collection.txt"
FORMS = ("text", "md", "html")


def _said(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).replace("\\", "").split())


@pytest.mark.parametrize("locale", ["en-US", "en-GB"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_report_holds_every_statement_that_is_to_be_acted_on(name, locale):
    made = example(name, locale=locale)
    record = made.record
    document = report(record, made.words)
    acted = [one["statement"] for one in (*record["triage"]["established"], *record["triage"]["not_excluded"])]
    acted += [*record["pitfalls"], *record["outcomes"], *record["prevention"]]
    acted += [one["statement"] for one in record["referrals"]]
    for form in FORMS:
        said = _said(written(document, form).decode())
        for statement in acted:
            assert _said(record["statements"][statement]["text"]) in said, (form, statement)
        for one in record["generators"]:
            assert made.words.title("generator", one["generator"]) in said
        for one in record["imaging"]:
            assert made.words.title("order", one["order"]) in said
        assert _said(str(record["safety_net"])) in said


def test_an_emergency_stands_first():
    made = example("weak_foot.txt")
    lines = written(report(made.record, made.words), "text").decode().splitlines()
    place = next(at for at, line in enumerate(lines) if line.startswith("EMERGENCY"))
    assert place < 12
    assert "“" in "\n".join(lines[place : place + 14])


def test_the_page_stands_alone_and_its_policy_holds_its_style():
    made = note("11/20/2026. 52F, L5-S1 fusion 2025. Low back pain, <script>alert(1)</script> 7/10.")
    page = written(report(made.record, made.words), "html").decode()
    assert "<script" not in page
    assert "default-src &#x27;none&#x27;; style-src &#x27;sha256-" in page
    assert all(word not in page for word in ("<img", "<link", "<iframe", "src=", "@import", "style=", "unsafe-inline"))
    inner = html_body(report(made.record, made.words))
    assert inner.startswith('<article class="doc doc-clinical')
    assert "<style" not in inner
    assert all(line.lstrip().startswith((".doc", "@media", "}", ":root", "")) for line in STYLE.splitlines())


def test_a_file_name_holds_nothing_of_the_patient():
    made = example(FLUID)
    assert file_name(report(made.record, made.words)) == f"spondyl-report-{DAY}"


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_referral_has_its_letter(name):
    made = example(name)
    for one in made.record["referrals"]:
        for form in FORMS:
            said = _said(written(letter(made.record, made.words, one["to"]), form).decode())
            for statement in one["statements"]:
                assert _said(made.record["statements"][statement]["text"]) in said
            assert made.words.title("referral", one["to"]) in said
    text = written(letter(made.record, made.words, made.record["referrals"][0]["to"]), "text").decode() if (
        made.record["referrals"]
    ) else ""  # fmt: skip
    assert bool(text) == bool(made.record["referrals"])


def test_the_letter_says_what_was_recorded_and_what_was_not():
    made = example(FLUID)
    said = _said(written(letter(made.record, made.words, "spine_surgery"), "text").decode())
    for part in (
        "L4-S1 fusion (TLIF), screws and rods, cage, 2026-01-14",
        "CT lumbar spine, 2026-07-06: fluid collection; not seen:",
        "oxycodone 5 mg, 3 times a day, for 10 weeks, 0 to 29 % relief",
        "no fever",
        "How does the wound look?",
    ):
        assert part in said
    with pytest.raises(Refusal) as refused:
        letter(made.record, made.words, "spine_surgry")
    assert "spine_surgery" in refused.value.problems[0].next


# ---- the commands

TYPED = {
    "plan": ("plan", "CASE", "--format", "html"),
    "packet": ("packet", "CASE", "--for", "lumbar_mri"),
    "packet for a payer": ("packet", "CASE", "--for", "revision_surgery", "--profile", "payer_cms", "--format", "json"),
    "appeal": ("packet", "CASE", "--for", "lumbar_mri", "--appeal", "no therapy", "--format", "md"),
    "letter": ("letter", "CASE", "--to", "spine_surgery"),
    "handout": ("handout", "CASE", "--format", "html"),
    "handout in Spanish": ("handout", "CASE", "--locale", "es"),
    "handout as JSON": ("handout", "CASE", "--format", "json", "--locale", "en-GB"),
}


@pytest.mark.parametrize("typed", TYPED.values(), ids=list(TYPED))
def test_each_command_gives_its_document(typed, tmp_path, capsys):
    words = [str(EXAMPLES[FLUID]) if word == "CASE" else word for word in typed]
    assert main([*words, "--as-of", DAY]) == 0
    shown = capsys.readouterr()
    assert (shown.err, bool(shown.out)) == ("", True)
    out = tmp_path / "document"
    assert main([*words, "--as-of", DAY, "-o", str(out)]) == 0
    assert out.read_text(encoding="utf-8") == shown.out


@pytest.mark.parametrize("typed", [("guide",), ("guide", "--list"), ("guide", "surgery", "--format", "json")])
def test_the_guide_needs_no_case(typed, capsys):
    assert main(list(typed)) == 0
    assert "surger" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "status", "code"),
    [
        (("packet", "CASE"), 2, "I101"),
        (("packet", "CASE", "--for", "lumbar_mr"), 3, "I030"),
        (("packet", "CASE", "--for", "lumbar_mri", "--profile", "source_documents"), 2, "I104"),
        (("letter", "CASE", "--to", "nobody"), 3, "I030"),
        (("letter", "CASE"), 2, "I101"),
        (("handout", "CASE", "--locale", "fr"), 2, "I104"),
        (("guide", "nothing"), 3, "I030"),
        (("packet", str(HOME / "no-such-file"), "--for", "lumbar_mri"), 3, "I020"),
    ],
)
def test_what_cannot_be_made_is_refused_with_a_code(typed, status, code, capsys):
    words = [str(EXAMPLES[FLUID]) if word == "CASE" else word for word in typed]
    assert main(words) == status
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(code)


@pytest.mark.slow
def test_the_plan_as_pdf_is_a_file(tmp_path):
    out = tmp_path / "plan.pdf"
    assert main(["plan", str(EXAMPLES[FLUID]), "--as-of", DAY, "--format", "pdf", "-o", str(out)]) == 0
    assert Path(out).read_bytes().startswith(b"%PDF-1.7")


def test_a_pdf_says_nothing_to_a_terminal(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    typed = ["handout", str(EXAMPLES["weak_foot.txt"]), "--as-of", DAY, "--format", "pdf"]
    assert main(typed) == 2
    assert capsys.readouterr().err.startswith("I110")
