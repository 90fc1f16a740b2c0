"""A danger that is another's, over, warned of or denied is not there; many dangers in many sentences."""

from __future__ import annotations

import pytest
from reading_laws.sentences import lexicon

from spondyl.intake.note import read

DANGERS = {
    "saddle_anesthesia": "saddle numbness",
    "urinary_retention": "urinary retention",
    "new_urinary_incontinence": "urinary incontinence",
    "bowel_incontinence": "fecal incontinence",
    "bilateral_leg_weakness": "weakness of both legs",
    "foot_drop": "foot drop",
    "chills": "rigors",
    "confusion_new": "new confusion",
    "orthostatic_headache": "postural headache",
    "unilateral_calf_swelling": "calf swelling",
    "chest_pain_acute": "chest pain",
    "dyspnea_acute": "shortness of breath",
    "suicidal_ideation": "suicidal thoughts",
    "night_pain": "night pain",
}
NOT_THERE = (
    "Husband has {}.",
    "His wife had {} last year.",
    "Partner recovering from {}.",
    "{} runs in the family.",
    "Leaflet on {} given.",
    "Written information about {} handed over.",
    "Warning signs ({}) discussed.",
    "The consent form lists {}.",
    "Complications include {}.",
    "She was told that {} would be an emergency.",
    "{} would prompt an urgent MRI.",
    "Wife asked whether {} could happen.",
    "Go to A&E with {}.",
    "Afraid of {}.",
    "{} has not been a problem.",
    "{} is not something he has had.",
    "Reports no {}.",
    "There is no {} at present.",
    "{} settled completely.",
    "{} in 2015, recovered fully, none since.",
    "Used to have {} years ago, not now.",
    "{}: N",
)
THERE = (
    "Has {} since yesterday.",
    "Husband reports that she has {}.",
    "He came in with {}.",
    "Now {}.",
    "Reports {}.",
    "{} never settled completely.",
    "{} has not fully resolved.",
    "{} did not subside.",
)


def there(text, name):
    note = f"Visit 11/20/2026. L4-5 fusion 11/2/2026.\n\n{text}\n"
    return any(one.fact == name and one.assertion == "present" for one in read(note, "n", lexicon()).facts)


def said(frame, danger):
    text = frame.format(danger)
    return text[0].upper() + text[1:]


@pytest.mark.parametrize("frame", NOT_THERE)
def test_it_is_not_there(frame):
    assert [name for name, danger in DANGERS.items() if there(said(frame, danger), name)] == []


@pytest.mark.parametrize("frame", THERE)
def test_it_is_there(frame):
    assert [name for name, danger in DANGERS.items() if not there(said(frame, danger), name)] == []
