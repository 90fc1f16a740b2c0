"""Phrases that stand for something else, scores beside the usual one, and the time before an operation."""

from __future__ import annotations

import pytest
from reading_laws.sentences import lexicon

from spondyl.intake.note import read

HEAD = "Visit 11/20/2026. L4-5 fusion 3/2/2025.\n\n"


def told(text, fact):
    facts = read(HEAD + text + "\n", "n", lexicon()).facts
    return [one.value for one in facts if one.fact == fact and one.assertion == "present" and one.value is not False]


@pytest.mark.parametrize(
    ("text", "fact", "values"),
    [
        ("R triceps 4+/5 (unchanged from preop).", "reflexes", []),
        ("Triceps reflex 3+ bilaterally.", "reflexes", ["brisk"]),
        ("AF 98.9, HR 84.", "atrial_fibrillation", []),
        ("VS: AF, HR 84, BP 120/70.", "atrial_fibrillation", []),
        ("PMH: AF on apixaban.", "atrial_fibrillation", [True]),
        ("He will need revision once nicotine free x 6 weeks.", "nicotine_status", []),
        ("Start nicotine patch.", "nicotine_status", []),
        ("He uses a nicotine patch.", "nicotine_status", ["nrt"]),
        ("Nicotine free for 6 months.", "nicotine_status", ["former"]),
        ("Worsening dysphagia to solids.", "course", []),
        ("Worsening low back pain.", "course", ["worsening"]),
        ("CT lumbar spine 10/21/2026, independently reviewed: solid fusion.", "visits.0.kind", []),
        ("Low back pain 7/10 on average and 9/10 at worst.", "nrs_back", [7]),
        ("Low back pain: average 6/10, worst 8/10, best 3/10.", "nrs_back", [6]),
        ("Low back pain worst 9/10.", "nrs_back", [9]),
        ("His preoperative symptoms were leg pain and left foot numbness.", "sensory_deficit.0.dermatome", []),
        ("Preoperatively he had left foot numbness.", "sensory_deficit.0.dermatome", []),
        ("His preoperative left foot numbness is unchanged.", "sensory_deficit.0.side", ["L"]),
    ],
)
def test_what_stands_there(text, fact, values):
    assert set(told(text, fact)) == set(values)


def test_the_day_of_surgery_in_a_bracket_is_not_the_day_of_the_note():
    text = "S: 46 yo F 3 wks s/p C5-6 ACDF (DOS 10/29/26) here for wound check.\n"
    assert read(text, "n", lexicon(), "2026-11-22").written_on is None
    assert read("DOS: 10/29/26\n46 yo F after C5-6 ACDF.\n", "n", lexicon(), "2026-11-22").written_on == "2026-10-29"
