"""Notes in FHIR: each with its own day and resource; coded resources are passed over, and that is said."""

from __future__ import annotations

import json

import pytest
from formats.conftest import place, told
from formats.made import DENIED, HPI, bundle, encoded, pdf, reference, rtf

MRI = {
    "resourceType": "DiagnosticReport", "id": "r1", "status": "final", "effectiveDateTime": "2026-10-02T09:00:00Z",
    "code": {"text": "MRI lumbar spine without contrast"}, "conclusion": "Recurrent disc herniation at L4-L5.",
}  # fmt: skip


@pytest.mark.parametrize(
    ("content", "kind", "where"),
    [
        (HPI.encode(), "text/plain", "DocumentReference/d1, content 1"),
        (HPI.encode("utf-16"), "text/plain; charset=utf-16", "DocumentReference/d1, content 1"),
        (
            f"<html><body><p>{HPI}</p></body></html>".encode(),
            "text/html",
            "DocumentReference/d1, content 1, paragraph 1",
        ),
        (f"<div><p>{HPI}</p></div>".encode(), "text/html", "DocumentReference/d1, content 1, paragraph 1"),
        (rtf(HPI), "application/rtf", "DocumentReference/d1, content 1, paragraph 1"),
        (pdf(HPI), "application/pdf", "DocumentReference/d1, content 1, page 1"),
        (pdf(HPI), "text/plain", "DocumentReference/d1, content 1, page 1"),  # the content decides, not the label
    ],
)
def test_an_attachment_of_any_kind(read, content, kind, where):
    answer = read(json.dumps(reference(content, kind, id="d1", date="2026-11-01T08:00:00Z")).encode())
    assert told(answer)["surgeries.0.date"] == ("2025-06", "present")
    assert place(answer, "surgeries.0.date") == where
    assert answer["facts"][0]["source"]["resource"] == "DocumentReference/d1"
    assert answer["written_on"] == "2026-11-01"


def test_a_report_says_what_was_looked_at_and_when(read):
    answer = read(json.dumps(MRI).encode())
    facts = told(answer)
    assert facts["imaging.0.modality"] == ("mri", "present")
    assert facts["imaging.0.date"] == ("2026-10-02", "present")
    assert facts["imaging.0.findings"] == (["recurrent_herniation"], "present")
    assert place(answer, "imaging.0.findings") == "DiagnosticReport/r1, conclusion"


def test_every_note_of_a_bundle_has_its_own_day(read):
    old = reference(b"L4-5 fusion 3 months ago.", id="a", date="2024-03-02")
    new = reference(b"L2-3 laminectomy 3 months ago. Denies fever.", id="b", date="2026-11-02")
    answer = read(bundle(old, new, MRI))
    ago = {fact["source"]["name"]: fact["value"] for fact in answer["facts"] if fact["fact"].endswith("months_since")}
    assert ago == {"file#1": 3, "file#2": 3}
    assert [one["written_on"] for one in answer["notes"]] == ["2024-03-02", "2026-11-02", "2026-10-02"]
    assert {fact["source"]["name"] for fact in answer["facts"]} == {"file#1", "file#2", "file#3"}


def test_coded_resources_are_said(read):
    answer = read(bundle(reference(HPI.encode()), {"resourceType": "Observation"}, {"resourceType": "Observation"}))
    assert answer["not_read"] == ["file: 2 Observations: coded data"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"status": "entered-in-error"}, "entered in error or cancelled"),
        ({"docStatus": "entered-in-error"}, "entered in error or cancelled"),
        ({"status": "superseded"}, "superseded by another document"),
    ],
)
def test_a_withdrawn_note_is_not_read(read, fields, said):
    answer = read(bundle(reference(HPI.encode(), id="x"), {**reference(b"Saddle numbness.", id="y"), **fields}))
    assert "saddle_anesthesia" not in told(answer)
    assert answer["not_read"] == [f"file: DocumentReference/y: {said}"]


def test_nothing_is_fetched(read, codes):
    away = {"resourceType": "DocumentReference", "id": "z", "status": "current",
            "content": [{"attachment": {"contentType": "text/plain", "url": "https://a.test/Binary/1"}}]}  # fmt: skip
    assert codes(json.dumps(away).encode()) == ["I009"]
    answer = read(bundle(reference(HPI.encode()), away))
    assert any("nothing is fetched" in one for one in answer["not_read"])


def test_an_address_inside_the_bundle_is_followed(read):
    away = {"resourceType": "DocumentReference", "id": "z", "status": "current",
            "content": [{"attachment": {"contentType": "text/plain", "url": "Binary/7"}}]}  # fmt: skip
    held = {"resourceType": "Binary", "id": "7", "contentType": "text/plain", "data": encoded(DENIED.encode())}
    assert told(read(bundle(away, held)))["fever"] == (True, "negated")


def test_the_same_text_in_several_formats_is_read_once(read):
    twice = reference(pdf(DENIED), "application/pdf")
    twice["content"].append({"attachment": {"contentType": "text/plain", "data": encoded(DENIED.encode())}})
    answer = read(json.dumps(twice).encode())
    assert [fact["fact"] for fact in answer["facts"]].count("fever") == 1


def test_notes_of_two_patients_are_refused(codes):
    one = reference(HPI.encode(), subject={"reference": "Patient/1"})
    other = reference(HPI.encode(), subject={"reference": "Patient/2"})
    assert codes(bundle(one, other)) == ["I027"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"resourceType": "Bundle", "entry": []}', "I009"),
        (b'{"resourceType": "Observation"}', "I009"),
        (b'{"resourceType": "Bundle", "entry": [', "I004"),
        (b'{"hookInstance": "x", "prefetch": {}}', "I009"),
        (json.dumps(reference(b"\x00\x01\x02")).encode(), "I008"),
        (b'{"resourceType": "DocumentReference", "content": [{"attachment": {"data": "***"}}]}', "I022"),
        (b'{"resourceType": "DocumentReference", "content": 5}', "I009"),
        (b'{"resourceType": "DiagnosticReport", "conclusion": 5}', "I009"),
    ],
)
def test_refusals(codes, content, code):
    assert codes(content) == [code]


def test_a_lone_surrogate_is_replaced(read):
    answer = read(json.dumps({**MRI, "conclusion": "Fever \ud800 seroma"}).encode())
    assert "\ufffd" in answer["text"]
