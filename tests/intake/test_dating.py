"""The day of a note is never after the day of the plan; a report dates the study it tells of."""

import json

import pytest

from spondyl.intake.inputs import Input, read_inputs
from spondyl.knowledge import load
from spondyl.record import Refusal

DAY = "2026-11-22"
SAID = "MRI lumbar: recurrent disc herniation L4-5 left compressing the L5 root."
REPORT = {"resourceType": "DiagnosticReport", "id": "r1", "status": "final", "conclusion": SAID}


def case_of(content, name="n.txt", day=DAY):
    text = content if isinstance(content, str) else json.dumps(content)
    return read_inputs([Input(name, text.encode())], load(), day)


def days(case):
    return {one.fact: one.value for one in case.facts if one.fact.endswith(".date") and one.fact.startswith("imaging")}


@pytest.mark.parametrize("head", ["DOS 12/15/2026", "2026-12-15", "Date of visit: December 15, 2026"])
def test_a_note_of_a_later_day_is_refused_as_a_case_is(head):
    with pytest.raises(Refusal) as refused:
        case_of(f"{head}\n54F, L4-5 fusion 2024. Back pain.\n")
    assert [(one.code, one.where) for one in refused.value.problems] == [("I015", "n.txt: its date")]
    assert case_of(f"{head}\n54F, back pain.\n", day="2026-12-15").written_on == {"n.txt": "2026-12-15"}


@pytest.mark.parametrize(
    "text", ["54F, fusion 2024.\nNext visit 12/15/2026.\n", "Note\nFollow-up appointment: 12/15/2026\n54F, back pain\n"]
)
def test_an_appointment_is_not_the_day_of_the_note(text):
    assert case_of(text).written_on == {}


def test_a_record_may_be_a_zone_ahead_and_no_more():
    note = {"resourceType": "DocumentReference", "status": "current", "date": "2026-11-23T02:00:00Z",
            "content": [{"attachment": {"contentType": "text/plain", "data": "NTRGLCBiYWNrIHBhaW4u"}}]}  # fmt: skip
    assert case_of(note, "d").written_on == {"d": DAY}
    with pytest.raises(Refusal) as refused:
        case_of({**note, "date": "2026-11-24"}, "d")
    assert refused.value.problems[0].code == "I015"


def test_the_day_of_a_report_is_the_day_of_its_study():
    case = case_of({**REPORT, "effectiveDateTime": "2026-10-05T09:00:00Z", "issued": "2026-10-09"}, "r.json")
    assert days(case) == {"imaging.0.date": "2026-10-05"}
    dated = next(one for one in case.facts if one.fact == "imaging.0.date")
    assert dated.source.as_json() == {
        "kind": "fhir", "name": "r.json", "path": "effective", "resource": "DiagnosticReport/r1",
    }  # fmt: skip
    assert days(case_of({**REPORT, "effectiveDateTime": "2026-10"})) == {"imaging.0.date": "2026-10"}


@pytest.mark.parametrize("time", ["2026-13-45", "2026-02-30", "yesterday", 5])
def test_a_time_that_cannot_be_dates_nothing(time):
    assert days(case_of({**REPORT, "effectiveDateTime": time})) == {}


def test_a_study_with_a_day_of_its_own_keeps_it():
    own = {**REPORT, "conclusion": SAID.replace("lumbar", "lumbar 10/1/2026"), "effectiveDateTime": "2026-10-05"}
    assert days(case_of(own)) == {"imaging.0.date": "2026-10-01"}


@pytest.mark.parametrize("head", ["2026-10-05", "Date of exam: 10/05/2026", "Exam date: 10/5/2026."])
def test_the_first_line_of_a_report_dates_its_study(head):
    case = case_of(f"{head}\n{SAID}\nHistory: L4-5 microdiscectomy 2024.\n")
    assert days(case) == {"imaging.0.date": "2026-10-05"}
    source = next(one.source for one in case.facts if one.fact == "imaging.0.date")
    assert case.texts["n.txt"][source.start : source.end] == source.text


@pytest.mark.parametrize(
    "text",
    [f"2026-10-05\n54F with leg pain 7/10.\n{SAID}\n", f"2026-10-05\n{SAID}\nLeg pain 7/10.\n", f"Seen.\n{SAID}\n"],
)
def test_the_day_of_a_note_does_not_date_a_study_in_it(text):
    assert days(case_of(text)) == {}
