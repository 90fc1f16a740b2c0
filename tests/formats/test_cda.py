"""C-CDA: the narrative of each section under its title; entries without text are said; entities are refused."""

from __future__ import annotations

from formats.conftest import place, told
from formats.made import DENIED, cda, encoded, pdf

HISTORY = (
    '<code code="10164-2"/><title>HISTORY OF PRESENT ILLNESS</title><text><paragraph>62 year old woman, L4-S1 TLIF '
    '<content styleCode="Bold">06/2025</content>. Low back pain 6/10.</paragraph>'
    "<list><item>Denies fever</item><item>Saddle numbness<br/>since today</item></list></text>"
)
DRUGS = (
    '<code code="10160-0"/><title>Medications</title><text><table>'
    "<thead><tr><th>Drug</th><th>Dose</th><th>Use</th></tr></thead>"
    "<tbody><tr><td>oxycodone</td><td>5 mg</td><td>q6h</td></tr></tbody></table></text>"
)


def test_sections_under_their_titles(read):
    answer = read(cda(HISTORY, DRUGS))
    facts = told(answer)
    assert facts["surgeries.0.date"] == ("2025-06", "present")
    assert facts["fever"] == (True, "negated")
    assert facts["saddle_anesthesia"] == (True, "present")
    assert facts["medications.0.times_per_day"] == (4, "present")
    assert place(answer, "fever") == "section 1, LOINC 10164-2"
    assert place(answer, "medications.0.dose") == "section 2, LOINC 10160-0"
    assert answer["written_on"] == "2026-11-20"
    assert "only the text of the sections was read" in answer["not_read"][0]


def test_a_section_inside_a_section(read):
    inner = f"<component><section><title>Neuro</title><text>{DENIED}</text></section></component>"
    answer = read(cda(f"<title>Physical exam</title>{inner}"))
    assert place(answer, "fever") == "section 1.1"


def test_entries_without_text_are_said(read):
    answer = read(cda(HISTORY, '<code code="8716-3"/><title>Vitals</title><text/><entry/>'))
    assert "file: section 2, LOINC 8716-3: coded entries without text" in answer["not_read"]


def test_a_pdf_inside(read):
    held = f'<text mediaType="application/pdf" representation="B64">{encoded(pdf(DENIED))}</text>'
    outside = f"<nonXMLBody>{held}</nonXMLBody>".encode()
    whole = cda().replace(b"<structuredBody></structuredBody>", outside)
    answer = read(whole)
    assert place(answer, "fever") == "page 1"
    assert answer["written_on"] == "2026-11-20"


def test_utf_16(read):
    whole = cda(HISTORY).decode().replace('version="1.0"', 'version="1.0" encoding="UTF-16"').encode("utf-16")
    assert told(read(whole))["fever"] == (True, "negated")


def test_refusals(codes):
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + cda(HISTORY)[21:]
    assert codes(bomb) == ["I026"]
    outside = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd">' + cda(HISTORY)[21:]
    assert codes(outside) == ["I026"]
    assert codes(cda(HISTORY)[:-30]) == ["I022"]
    assert codes(cda()) == ["I021"]
    assert codes(b'<?xml version="1.0"?><bookstore/>') == ["I007"]
    assert codes(b'<Patient xmlns="http://hl7.org/fhir"/>') == ["I007"]


def test_deep_nesting_is_read_or_refused(codes, read):
    deep = "<content>" * 20_000 + "fever" + "</content>" * 20_000
    assert told(read(cda(f"<title>HPI</title><text>{deep}</text>")))["fever"] == (True, "present")
