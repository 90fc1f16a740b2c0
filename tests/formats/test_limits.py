"""The process that reads a file: limits on time, memory and size, whatever the file was made to do."""

from __future__ import annotations

import time
import zipfile
from io import BytesIO

import pytest
from formats.conftest import told
from formats.made import HPI, pdf, rtf, with_part, word

from spondyl.intake.formats.confined import extract
from spondyl.intake.formats.document import Extracted
from spondyl.record import Refusal


def refused(form: str, content: bytes, **settings: float) -> str:
    with pytest.raises(Refusal) as why:
        extract(form, content, "n", **settings)
    assert {problem.where for problem in why.value.problems} == {"n"}
    return why.value.problems[0].code


def test_the_process_answers_as_the_function_does(read):
    answer = read(pdf(HPI), confined=True)
    assert told(answer)["surgeries.0.date"] == ("2025-06", "present")
    assert answer == read(pdf(HPI))


def test_time_is_limited():
    began = time.monotonic()
    assert refused("pdf", pdf(*(["fever"] * 400)), seconds=0.05) == "I024"
    assert time.monotonic() - began < 2


def test_a_zip_bomb_is_not_unpacked():
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(word(HPI))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            new.writestr(one, old.read(one.filename))
        with new.open("word/media/big.xml", "w", force_zip64=True) as part:
            for _ in range(120):
                part.write(b" " * 1_000_000)
    assert refused("docx", out.getvalue()) == "I024"


def test_ten_thousand_parts():
    content = BytesIO(word(HPI))
    with zipfile.ZipFile(content, "a") as archive:
        for number in range(2_001):
            archive.writestr(f"word/x{number}", b"")
    assert refused("docx", content.getvalue()) == "I024"


@pytest.mark.slow
def test_a_pdf_of_ten_thousand_pages():
    assert refused("pdf", pdf(*(["fever"] * 10_000))) == "I024"


@pytest.mark.slow
def test_a_text_that_goes_on(read):
    assert refused("rtf", rtf(r"no fever\par " * 130_000)) == "I006"
    assert refused("pdf", pdf(*["fever and chills " * 400] * 300)) == "I006"


def test_links_and_macros_of_a_file_are_not_followed(tmp_path):
    touched = tmp_path / "touched"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        f'Target="file://{touched}" TargetMode="External"/></Relationships>'
    )
    found = extract("docx", with_part(word(HPI), "word/_rels/settings.xml.rels", relations.encode()), "n")
    assert "TLIF" in found.documents[0].text
    assert not touched.exists()


@pytest.mark.parametrize("form", ["pdf", "docx", "rtf", "cda", "html", "fhir"])
@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 1000, b"%PDF-1.7\n" + b"obj " * 1000, b"{\\rtf1 {", b"<a>" * 1000, b"PK\x03\x04" * 50]
)
def test_junk_gives_an_answer_or_a_refusal(form, content):
    from spondyl.intake.formats.attachment import read_form

    try:
        found = read_form(form, content, "n")
    except Refusal as refusal:
        found = refusal
    assert isinstance(found, Extracted) or found.problems[0].code.startswith("I0")
