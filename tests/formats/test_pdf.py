"""PDF: text with its pages; scans, locks and damage are refused, what is left on a page is said."""

from __future__ import annotations

from formats.conftest import place, told
from formats.made import DENIED, HPI, PICTURE, locked_pdf, pdf


def test_facts_with_their_pages(read):
    answer = read(pdf(f"Clinic note 11/20/2026\n{HPI}", DENIED))
    facts = told(answer)
    assert facts["surgeries.0.date"] == ("2025-06", "present")
    assert facts["fever"] == (True, "negated")
    assert place(answer, "surgeries.0.date") == "page 1"
    assert place(answer, "fever") == "page 2"
    assert answer["written_on"] == "2026-11-20"
    assert "not_read" not in answer


def test_a_sentence_over_two_pages_stays_one(read):
    facts = told(
        read(pdf("She was seen again in the clinic of the spine center and denies", "saddle numbness or fever."))
    )
    assert facts["saddle_anesthesia"] == (True, "negated")


def test_a_scan_is_refused_with_what_to_do(codes):
    assert codes(pdf(PICTURE, PICTURE)) == ["I021"]


def test_an_empty_pdf_is_refused(codes):
    assert codes(pdf("")) == ["I021"]


def test_a_scanned_page_among_others_is_said(read):
    answer = read(pdf(HPI, PICTURE, DENIED, PICTURE))
    assert answer["not_read"] == ["file: pages 2, 4: a picture without text"]


def test_a_typed_note_and_a_filled_field_are_read(read):
    answer = read(
        pdf(
            HPI,
            extra=(
                "<< /Type /Annot /Subtype /FreeText /Rect [0 0 9 9] /Contents (New saddle numbness today.) >>",
                "<< /Type /Annot /Subtype /Widget /FT /Tx /T (T1) /TU (Fever) /V (No) /Rect [0 0 9 9] >>",
                "<< /Type /Annot /Subtype /Widget /FT /Btn /T (B1) /V /Yes /Rect [0 0 9 9] >>",
            ),
        )
    )
    facts = told(answer)
    assert facts["saddle_anesthesia"] == (True, "present")
    assert facts["fever"] == (True, "negated")
    assert place(answer, "saddle_anesthesia") == "page 1, typed note"
    assert answer["not_read"] == ["file: 1 button or check box"]


def test_a_password(codes, read):
    assert codes(locked_pdf(HPI, "secret")) == ["I023"]
    assert told(read(locked_pdf(HPI, "")))["surgeries.0.date"] == ("2025-06", "present")  # only editing is locked


def test_damage(codes):
    assert codes(b"%PDF-1.7\nnothing of the kind") == ["I022"]
    assert codes(pdf(HPI)[:300]) == ["I022"]


def test_too_many_pages(codes):
    assert codes(pdf(*(["x"] * 501))) == ["I024"]


def test_ligatures_and_soft_hyphens_are_letters(read):
    from spondyl.intake.formats.pdf import _text

    class Page:
        def extract_text(self) -> str:
            return "con\ufb01rmed in\u00ad\ncontinence"

    assert _text(Page()) == "confirmed incontinence"
