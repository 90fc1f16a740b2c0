"""DOCX in document order, with tables, headers, text boxes and notes; what is hidden or deleted is not the note."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from formats.conftest import place, told
from formats.made import DENIED, HPI, inside, pdf, with_part, word

BOX = (
    '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:r><mc:AlternateContent>'
    '<mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>{0}</w:t></w:r></w:p>'
    "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>{0}</w:t>"
    "</w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


def test_paragraphs_tables_and_margins_in_order(read):
    answer = read(
        word(
            HPI,
            DENIED,
            tables=[
                [["Incontinence", "No"], ["ODI", "44 %"]],
                [["Drug", "Dose", "Frequency"], ["oxycodone", "5 mg", "q6h"]],
            ],
            header="Spine clinic 11/20/2026",
            footer="Hoffmann negative.",
        )
    )
    facts = told(answer)
    assert facts["new_urinary_incontinence"] == (True, "negated")
    assert facts["odi_pct"] == (44, "present")
    assert facts["medications.0.times_per_day"] == (4, "present")
    assert facts["hoffmann"] == (True, "negated")
    assert answer["written_on"] == "2026-11-20"
    assert place(answer, "surgeries.0.date") == "paragraph 1"
    assert place(answer, "odi_pct") == "table 1, row 2"
    assert place(answer, "medications.0.dose") == "table 2, row 2"
    assert place(answer, "hoffmann") == "footer"
    assert answer["text"].index("TLIF") < answer["text"].index("ODI") < answer["text"].index("Hoffmann")


def test_a_paragraph_without_a_stop_ends_its_sentence(read):
    facts = told(
        read(word("She denies every one of the symptoms on the list that we gave her today", "Saddle numbness"))
    )
    assert facts["saddle_anesthesia"] == (True, "present")


def test_a_text_box_is_read_once(read):
    answer = read(inside(word(HPI), BOX.format("New saddle numbness.")))
    assert answer["text"].count("saddle") == 1
    assert place(answer, "saddle_anesthesia") == "text box 1"


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ("<w:p><w:del><w:r><w:delText>Saddle numbness.</w:delText></w:r></w:del></w:p>", "1 deleted passage"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Saddle numbness.</w:t></w:r></w:p>", "1 hidden passage"),
    ],
)
def test_what_nobody_sees_is_not_read_and_that_is_said(read, xml, said):
    answer = read(inside(word(HPI), xml))
    assert "saddle_anesthesia" not in told(answer)
    assert answer["not_read"] == [f"file: {said}"]


@pytest.mark.parametrize(
    "xml",
    [
        "<w:p><w:ins><w:r><w:t>Saddle numb</w:t></w:r></w:ins><w:r><w:t>ness.</w:t></w:r></w:p>",
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Saddle numbness.</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "<w:p><w:hyperlink><w:r><w:t>Saddle</w:t></w:r></w:hyperlink><w:r><w:tab/><w:t>numbness.</w:t></w:r></w:p>",
        (
            "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Saddle numbness.</w:t></w:r></w:p></w:tc></w:tr>"
            "</w:tbl><w:p/></w:tc></w:tr></w:tbl>"
        ),
    ],
)
def test_text_wherever_word_puts_it(read, xml):
    assert told(read(inside(word(HPI), xml)))["saddle_anesthesia"] == (True, "present")


def test_refusals(codes):
    whole = word(HPI)
    assert codes(whole[: len(whole) // 2]) == ["I022"]
    assert codes(with_part(whole, "word/document.xml", b"<w:document")) == ["I022"]
    assert codes(with_part(whole, "word/vbaProject.bin", b"x")) == ["I025"]
    assert codes(word("")) == ["I021"]
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document>&b;</w:document>'
    assert codes(with_part(whole, "word/document.xml", bomb)) == ["I026"]


def test_other_archives(codes):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("note.pdf", pdf(HPI))
    assert codes(out.getvalue()) == ["I007"]
    assert codes(b"\xd0\xcf\x11\xe0" + b"\x00" * 600) == ["I007"]
    assert codes(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")) == ["I023"]
