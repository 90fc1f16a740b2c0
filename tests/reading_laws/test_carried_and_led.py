"""Text carried forward, dots that lead to an answer, stories of relatives, and how things were long ago."""

from __future__ import annotations

import pytest
from reading_laws.sentences import lexicon

from spondyl.intake.note import read

HEAD = "Visit 11/20/2026. L4-5 fusion 3/2/2019.\n\n"
CARRIED = """Visit 11/16/2026

Doing well. No fever.

----- Discharge summary excerpt 04/02/2024, carried forward, not edited -----
"Saddle numbness persists, plantar flexion 3/5 bilaterally. Post-void residual 900 mL. Diagnosis cauda equina syndrome."

Exam: strength 5/5.
"""


def told(text, head=HEAD):
    facts = read(head + text + "\n", "n", lexicon(), "2026-11-22").facts
    return {one.fact for one in facts if one.assertion == "present" and one.value not in (False, [])}


def test_what_is_carried_forward_from_long_ago_is_of_the_past():
    found = told(CARRIED, "")
    for name in ("saddle_anesthesia", "bilateral_leg_weakness", "pvr_ml", "emergency_named", "motor_deficit.0.mrc"):
        assert name not in found


@pytest.mark.parametrize("sign", ["Fever", "Shortness of breath", "New weakness", "Bladder/bowel change"])
def test_dots_lead_to_the_answer(sign):
    denied = told(f"CHECKLIST\n  Wound healed .............. YES\n  {sign} ........... NO\n  Chills ......... NO")
    assert not denied & {"fever", "dyspnea_acute", "weakness_reported", "bladder_change_unspecified", "chills"}
    assert "fever" in told("CHECKLIST\n  Fever ........... YES\n  Chills ......... NO")


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "Her sister was taken to hospital with cauda equina syndrome: she was numb and could not pass urine.",
            "urinary_retention",
        ),
        ("His stepfather was taken into hospital this week with meningitis, high fever and confusion.", "fever"),
        ("He is under strain as his wife is having chemotherapy.", "immunosuppression"),
        (
            "On the evening after his surgery in June 2019 he developed paralysis of both legs.",
            "bilateral_leg_weakness",
        ),
        ("When we started in January he was dragging his left foot.", "foot_drop"),
        ("SOB on hills, 5+ yrs, no change.", "dyspnea_acute"),
        ("Nothing else new. Walking the same, bladder the same.", "urinary_retention"),
    ],
)
def test_what_is_a_relatives_or_long_ago_is_not_present(text, fact):
    assert fact not in told(text)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("SOB since this morning, worse on hills.", "dyspnea_acute"),
        ("On Tuesday he developed paralysis of both legs.", "bilateral_leg_weakness"),
        ("Her wife says she could not pass urine since yesterday.", "urinary_retention"),
        ("He is having chemotherapy.", "immunosuppression"),
    ],
)
def test_what_is_the_patients_and_now_stays(text, fact):
    assert fact in told(text)


def asserted(text, fact):
    facts = read(HEAD + text + "\n", "n", lexicon(), "2026-11-22").facts
    return {one.assertion for one in facts if one.fact == fact}


@pytest.mark.parametrize(
    ("text", "fact", "how"),
    [
        ("- Fever? No, temp 98.8 F by mouth.\n- Chills? No.", "fever", {"negated"}),
        ("- Double vision? No.", "diplopia", {"negated"}),
        ("Leg weakness? Yes, since Tuesday.", "weakness_reported", {"present"}),
        ("Fever? No better.", "fever", {"uncertain"}),
        ("Not on anticoagulation.", "anticoagulant", {"negated"}),
        (
            "Checks every 4 hours; new leg weakness, numbness or incontinence requires emergent imaging.",
            "weakness_reported",
            {"hypothetical"},
        ),
        ("New leg weakness requires urgent imaging.", "weakness_reported", {"present"}),
        (
            "I discussed with her son the signs of cord compression: incontinence.",
            "new_urinary_incontinence",
            {"hypothetical"},
        ),
        ("Several people in the family have had cancer.", "cancer_history", {"family"}),
        ("He prefers to try PT first.", "prior_treatments.0.type", {"planned"}),
        ("Physiotherapy at home has been arranged.", "prior_treatments.0.type", {"planned"}),
        ("Suitability for a trial of spinal cord stimulation.", "prior_treatments.0.type", {"planned"}),
    ],
)
def test_questions_lists_of_reasons_and_what_lies_ahead(text, fact, how):
    assert asserted(text, fact) == how


@pytest.mark.parametrize(
    ("text", "fact", "how"),
    [
        (
            "Needs documented consent re permanent bladder and sexual dysfunction.",
            "sexual_dysfunction_new",
            {"hypothetical"},
        ),
        ("Bladder: urge leakage for >10 years, unchanged.", "new_urinary_incontinence", set()),
        (
            "MRI 11/13/2026: No abnormal marrow edema or enhancement to suggest discitis.",
            "imaging.0.findings",
            {"negated"},
        ),
        (
            "MRI 11/13/2026: disc extrusion compressing the exiting L3 root. Fluid collection without mass effect.",
            "collection.compressing",
            {"negated"},
        ),
    ],
)
def test_consents_and_reports(text, fact, how):
    assert asserted(text, fact) == how
