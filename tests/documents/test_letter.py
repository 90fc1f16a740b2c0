"""The letter says each thing once: nothing that is recorded is called missing, and an urgency is of the referral."""

from __future__ import annotations

import pytest
from documents.made import example, note, vignettes

from spondyl.record import Refusal
from spondyl.render.documents import letter, written

TOLD = (
    "2026-11-10\n57F, L4-5 fusion 2024. R EHL 4+/5. L ankle DF 4-/5. No fever, no chills. Incision healed. "
    "CT 10/5/2026: screw loosening L4."
)


def _said(made, to, record=None):
    text = written(letter(record or made.record, made.words, to), "text").decode()
    return " ".join(text.split())


def _part(said, first, last):
    return said[said.index(first) : said.index(last)]


def test_what_is_recorded_is_not_called_missing():
    said = _said(note(TOLD), "spine_surgery")
    missing = _part(said, "NOT ON RECORD", "Recorded, but too long ago")
    assert "no fever; no chills" in said
    for asked in ("Any fever?", "Any chills?", "How does the wound look?"):
        assert asked not in missing
    old = _part(said, "Recorded, but too long ago to reassure today:", "PLANNED HERE")
    assert {"fever, 2026-11-10", "chills, 2026-11-10", "state of the wound, 2026-11-10"} <= {
        part.strip(" .") for part in old.partition(": ")[2].split(";")
    }


def test_a_grade_of_strength_reads_as_it_was_examined():
    said = _said(note(TOLD), "spine_surgery")
    assert "MRC 4+/5, right" in said
    assert "MRC 4-/5, left" in said


@pytest.mark.parametrize(
    ("told", "line"),
    [
        ("Smokes 1 ppd. Quit smoking 2/2026. Never smoker per PCP.", "nicotine: contradictory on record ("),
        ("Quit smoking 2/2026; nicotine test neg 10/28/2026.", "nicotine: former"),
    ],
)
def test_a_choice_stands_in_one_line(told, line):
    said = _said(note(f"{TOLD} {told}"), "spine_surgery")
    assert line in said
    assert said.count("nicotine: ") == 1


@pytest.mark.parametrize("name", ["spine_surgery", "spine surgery", "Spine-Surgery"])
def test_a_referral_is_found_by_what_the_plan_calls_it(name):
    assert letter(note(TOLD).record, note(TOLD).words, name).name == "letter-spine_surgery-2026-11-22"


def test_a_referral_the_plan_does_not_make_is_refused_with_those_it_makes():
    with pytest.raises(Refusal) as refused:
        letter(note(TOLD).record, note(TOLD).words, "dentist")
    assert "spine_surgery" in refused.value.problems[0].next


def test_what_is_more_urgent_than_the_referral_goes_another_way():
    made = example("weak_foot.txt")
    first = {**made.record["referrals"][0], "urgency": "soon"}
    said = _said(made, first["to"], {**made.record, "referrals": [first]})
    assert "THE WHOLE CASE: EMERGENCY" in said.upper()
    assert "This referral is soon (within 2 weeks). What is emergency above is acted on without waiting for it." in said
    other = {**first, "to": "emergency_department", "urgency": "emergency"}
    said = _said(made, first["to"], {**made.record, "referrals": [first, other]})
    assert f"goes to {made.words.title('referral', 'emergency_department')} and does not wait for it" in said
    own = {**first, "urgency": made.record["triage"]["urgency"]}
    assert "This referral is" not in _said(made, own["to"], {**made.record, "referrals": [own]})


def test_every_referral_of_every_note_can_be_written():
    to: set[str] = set()
    for _, text in vignettes()[::4]:
        made = note(text)
        for one in made.record["referrals"]:
            for name in (one["to"], made.words.title("referral", one["to"])):
                assert letter(made.record, made.words, name).blocks
            to.add(one["to"])
    assert len(to) > 2
