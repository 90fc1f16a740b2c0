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


@pytest.mark.parametrize(
    "note",
    [
        "FH: father MI, mother breast cancer.\nPt cannot feel the saddle since Tuesday.\n",
        "Family history: none. Numb between the legs since Tuesday.\n",
    ],
)
def test_the_family_ends_where_no_relative_is_named(note):
    assert there(note, "saddle_anesthesia")


def test_the_family_goes_on_from_relative_to_relative():
    note = "Family History: Mother had a stroke.\nLung cancer in an uncle.\nDiabetes in a brother.\n"
    assert not there(note, "cancer_history")


@pytest.mark.parametrize(
    "note",
    [
        "She is well. Her brother had surgery; he lost control of his bladder and was numb in the saddle. She walks.",
        "He is 60. His wife had an operation; she was numb in the saddle. He has no pain and he walks.",
    ],
)
def test_a_relative_of_the_other_sex_keeps_what_is_told(note):
    assert not there(note, "saddle_anesthesia")


def test_a_copy_of_an_earlier_year_is_past():
    note = (
        "{}Copied forward from ED note 02/18/2023:\nSaddle anesthesia, power 3/5 both legs, temp 39.1.\n\nToday well."
    )
    told = read(note.format("Encounter date: 11/13/2026\n\n"), "n", lexicon()).facts
    assert not [one for one in told if one.assertion == "present" and one.fact in ("saddle_anesthesia", "fever")]
    assert not [one for one in told if one.fact.startswith("motor_deficit")]


def test_weakness_that_only_the_examiner_found_is_not_reported():
    assert not there("Mild new EHL weakness on examination, not noticed by the patient.", "weakness_reported")
    assert there("Reports EHL weakness, on examination 4/5.", "weakness_reported")


def test_get_any_is_no_advice():
    assert there("Unable to get any urine out.", "urinary_retention")
    assert not there("Told to get help if any urinary retention.", "urinary_retention")
