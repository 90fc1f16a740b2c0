"""Pain scores told in words, numbers that only look like them, and signs read beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from spondyl.intake.note import Lexicon, read
from spondyl.intake.note.__main__ import load_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.from_plain(load_lexicon(Path(__file__).parents[2] / "knowledge"))


def _facts(lexicon: Lexicon, said: str, head: str = "Visit 11/20/2026.\n\n") -> list[Any]:
    return list(read(f"{head}{said}\n", "n.txt", lexicon).facts)


def _scores(lexicon: Lexicon, said: str) -> dict[str, Any]:
    told = [one for one in _facts(lexicon, said) if one.fact.startswith("nrs_") and one.assertion == "present"]
    return {one.fact.removeprefix("nrs_"): one.value for one in told}


@pytest.mark.parametrize(
    ("said", "scores"),
    [
        ("Pain averages 6 in the low back and 2 in the left leg.", {"back": 6, "leg": 2}),
        ("Rates the back 5 and the leg 7.", {"back": 5, "leg": 7}),
        ("neck 3, L arm 8", {"neck": 3, "arm": 8}),
        ("Back: 4, Leg: 7", {"back": 4, "leg": 7}),
        ("My leg is a solid 8, back only a 3.", {"leg": 8, "back": 3}),
        ("My neck is ok most days, like a 3.", {"neck": 3}),
        ("Leg pain has gone down from 8 to 2.", {"leg": 2}),
        ("LBP up from 2 to 6.", {"back": 6}),
        ("Neck pain she calls a 5.", {"neck": 5}),
        ("He puts his back at 6.", {"back": 6}),
        ("Back pain eight out of ten.", {"back": 8}),
        ("Arm pain which she graded 6 on a scale of 10.", {"arm": 6}),
        ("Worst 9, average 6 in the back.", {"back": 6}),
    ],
)
def test_a_score_told_in_words(lexicon: Lexicon, said: str, scores: dict[str, Any]) -> None:
    assert _scores(lexicon, said) == scores


@pytest.mark.parametrize(
    "said",
    [
        "Strength R arm 5, L arm 4, neck 4.",
        "Grade 1 spondylolisthesis L4-5, back pain for 5 years.",
        "Had back surgery at 5 in the morning, leg 4 days later.",
        "Back brace x 6, leg exercises 3, knee 5.",
        "Cut back from 8 to 4.",
        "Goal: back at a 3.",
        "If the back goes to a 7 call us.",
        "Mother's back pain is a 9.",
        "Low back pain 2 in the morning.",
        "Back pain was an 8 before the operation.",
        "Neck pain C5, 6 and 7.",
        "He can lift his leg to about a 4 count.",
    ],
)
def test_a_number_that_is_no_score(lexicon: Lexicon, said: str) -> None:
    assert _scores(lexicon, said) == {}


@pytest.mark.parametrize(
    ("said", "fact", "told"),
    [
        ("Neck pain with tingling in the fingers.", "lhermitte", set()),
        ("Neck flexion sends a current down the spine.", "lhermitte", {"present"}),
        ("Left foot numb on the bottom since August.", "saddle_anesthesia", set()),
        ("Both feet feel asleep along the bottom.", "saddle_anesthesia", set()),
        ("Her bottom is numb.", "saddle_anesthesia", {"present"}),
        ("Stands leaning on the counter for the pain.", "gait_ataxia", set()),
        ("Holds on to the counter when walking.", "gait_ataxia", {"present"}),
        ("She has not felt feverish.", "low_grade_fever", {"negated"}),
        ("She has not felt any fever or chills.", "chills", {"negated"}),
        ("The pain has gone down since the injection.", "falls", set()),
        ("He has gone down twice this week.", "falls", {"present"}),
    ],
)
def test_signs_beside_them(lexicon: Lexicon, said: str, fact: str, told: set[str]) -> None:
    assert {one.assertion for one in _facts(lexicon, said) if one.fact == fact} == told


def test_a_letter_begins_behind_the_summary_at_its_head(lexicon: Lexicon) -> None:
    letter = (
        "Clinic 3 September 2026\n\nDear Dr Marsh\n\nRe: Mr A\n\nDiagnosis: sciatica\nPlan: MRI\n\n"
        "I saw this man today. He has back pain, 6/10. Tramadol 50 mg twice daily.\n"
    )
    told = {one.fact: one.value for one in _facts(lexicon, letter, "")}
    assert told["nrs_back"] == 6
    assert told["pain_regions"] == ["low_back"]


def test_the_title_of_a_visit_is_no_list_of_medicines(lexicon: Lexicon) -> None:
    told = _facts(lexicon, "Wants to sleep through the night.", "MEDICATION VISIT 11/20/2026\n\n")
    assert [one.value for one in told if one.fact == "goals"] == [["sleep"]]


@pytest.mark.parametrize(
    ("said", "fact", "told"),
    [
        ("PMP queried and appropriate.", "pdmp_checked", {"present"}),
        ("State database looked at today.", "pdmp_checked", {"present"}),
        ("PDMP not checked.", "pdmp_checked", set()),
        ("PMP queried and appropriate.", "prior_treatments.0.type", set()),
        ("Completed a PMP in 2019.", "prior_treatments.0.type", {"present"}),
        ("Urine in May showed only what she takes.", "urine_drug_screen", {"present"}),
        ("Urine grew E coli.", "urine_drug_screen", set()),
        ("Naloxone is kept in the kitchen.", "naloxone_held", {"present"}),
        ("No Narcan in the house.", "naloxone_held", {"negated"}),
        ("Side effects: nausea and constipation.", "opioid_side_effects", {"present"}),
        ("Not groggy on them.", "opioid_side_effects", {"negated"}),
        ("About 60% relief with her opioids.", "opioid_relief_pct", {"present"}),
        ("About 60% relief with the injection.", "opioid_relief_pct", set()),
        ("Denies thoughts of harming herself.", "suicidal_ideation", {"negated"}),
        ("Has thoughts of harming herself.", "suicidal_ideation", {"present"}),
        ("She'd rather not wake up.", "suicidal_ideation", {"present"}),
        ("The fusion never really helped.", "postop_course", {"present"}),
        ("The fusion never really helped.", "spine_surgery_ever", {"present"}),
        ("The injection never really helped.", "postop_course", set()),
        ("Leg pain went away at once. A year later it began to creep back.", "postop_course", {"present"}),
        ("Negative for unexplained weight change.", "unexplained_weight_loss", {"negated"}),
        ("Her weight is if anything up.", "unexplained_weight_loss", {"negated"}),
        ("No accidents with pee or poop.", "new_urinary_incontinence", {"negated"}),
        ("Four months of right arm pain.", "duration_weeks", {"present"}),
        ("Had 6 months of pain relief from the block.", "duration_weeks", set()),
        ("Leg pain recurred 7 months ago.", "duration_weeks", {"present"}),
        ("After it he did fine for about five years. Back pain now.", "duration_weeks", set()),
    ],
)
def test_opioids_mood_course_and_time(lexicon: Lexicon, said: str, fact: str, told: set[str]) -> None:
    head = "Visit 11/20/2026. L4-5 fusion 3/2025.\n\n"
    assert {one.assertion for one in _facts(lexicon, said, head) if one.fact == fact} == told


@pytest.mark.parametrize(
    ("said", "regions"),
    [
        ("Low back pain and left leg numbness.", {"low_back"}),
        ("Low back pain and left leg pain.", {"low_back", "leg_L"}),
        ("Back pain + L leg to the foot.", {"low_back", "leg_L"}),
        ("Pain running out of the right buttock.", {"buttock_R"}),
        ("Pain in the space between her shoulder blades.", {"interscapular"}),
        ("Pain averages 6 in the low back.", {"low_back"}),
    ],
)
def test_where_it_hurts(lexicon: Lexicon, said: str, regions: set[str]) -> None:
    told = [one.value for one in _facts(lexicon, said) if one.fact == "pain_regions" and one.assertion == "present"]
    assert {member for value in told for member in value} == regions


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Fall precautions. To ED for loss of bladder control.", {"hypothetical"}),
        ("MRI tonight. To ED for loss of bladder control.", {"present"}),
    ],
)
def test_one_sign_behind_precautions_is_advice(lexicon: Lexicon, said: str, told: set[str]) -> None:
    facts = _facts(lexicon, f"Plan: {said}")
    assert {one.assertion for one in facts if one.fact == "new_urinary_incontinence"} == told


@pytest.mark.parametrize(
    ("said", "told"),
    [("Dont think its weak.", {"negated"}), ("I dont feel weak.", {"negated"}), ("Think it's weak now.", set())],
)
def test_weakness_in_words_of_a_message(lexicon: Lexicon, said: str, told: set[str]) -> None:
    assert {one.assertion for one in _facts(lexicon, said) if one.fact == "weakness_reported"} == told
