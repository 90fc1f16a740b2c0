"""Pluses and minuses, answers behind a dash, entries behind their day, one side against the other, and "not on"."""

from __future__ import annotations

from pathlib import Path

import pytest

from spondyl.intake.note import Lexicon, read
from spondyl.intake.note.__main__ import load_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.from_plain(load_lexicon(Path(__file__).parents[2] / "knowledge"))


def _told(lexicon: Lexicon, said: str) -> dict[str, set[str]]:
    told: dict[str, set[str]] = {}
    for one in read(f"Clinic note 11/20/2026.\n\n{said}\n", "n.txt", lexicon).facts:
        told.setdefault(one.fact, set()).add(one.assertion)
    return told


@pytest.mark.parametrize(
    ("line", "there", "denied"),
    [
        ("ROS: -fever -chills +nausea", "", "fever chills"),
        ("Const: +fatigue -fever -wt loss; GU: -retention +urgency -incontinence", "",
         "fever unexplained_weight_loss urinary_retention new_urinary_incontinence"),
        ("GU  [+] retention [-] incontinence", "urinary_retention", "new_urinary_incontinence"),
        ("[+] saddle numbness [-] fever", "saddle_anesthesia", "fever"),
        ("NEURO  [+] clumsy hands [-] headache [-] perineal numbness", "hand_clumsiness", "saddle_anesthesia"),
        ("(+) saddle numbness (-) fever (+) chills", "saddle_anesthesia chills", "fever"),
        ("fever (-) chills (-) saddle numbness (+)", "saddle_anesthesia", "fever chills"),
        ("Fever: -  Chills: +  Saddle numbness: -", "chills", "fever saddle_anesthesia"),
        ("Fever: - , saddle numbness: + , night sweats: -", "saddle_anesthesia", "fever night_sweats"),
        ("Hoffmann (-) bilaterally, clonus (-), Babinski (+)", "babinski", "hoffmann clonus"),
        ("GU: (-) dysuria, hematuria (+) retention since last night", "urinary_retention", ""),
        ("+fever +chills. No night sweats.", "fever chills", "night_sweats"),
        # answers behind a dash
        ("Chills? - no", "", "chills"),
        ("Numb in the saddle area? - yes.  Fever? - no.", "saddle_anesthesia", "fever"),
        # what is not taken or done is denied whatever kind of word tells it
        ("He is not on dialysis.", "", "dialysis"),
        ("She is not on steroids, has a fever.", "fever", "chronic_steroid"),
    ],
)  # fmt: skip
def test_each_item_is_meant_as_its_own_mark_says(lexicon: Lexicon, line: str, there: str, denied: str) -> None:
    told = _told(lexicon, line)
    for name in there.split():
        assert told.get(name) == {"present"}, (name, told)
    for name in denied.split():
        assert told.get(name) == {"negated"}, (name, told)


@pytest.mark.parametrize("line", ["-leg pain\n-fever since Monday", "Pain 5-6/10, L4-5 fusion - fever", "- fever"])
def test_a_dash_alone_denies_nothing(lexicon: Lexicon, line: str) -> None:
    assert _told(lexicon, line)["fever"] == {"present"}


@pytest.mark.parametrize(
    ("entry", "name", "value"),
    [
        ("05/02/2018. MRI, lumbar spine.", "imaging.0.date", "2018-05-02"),
        ("06/2019. Two left transforaminal epidural injections.", "prior_treatments.0.date", "2019-06"),
        ("March 2019. Left L5-S1 microdiscectomy.", "surgeries.0.date", "2019-03"),
    ],
)
def test_the_day_before_an_entry_belongs_to_it(lexicon: Lexicon, entry: str, name: str, value: str) -> None:
    facts = read(f"RECORDS REVIEWED\n{entry}\n", "n.txt", lexicon).facts
    assert [one.value for one in facts if one.fact == name] == [value]


@pytest.mark.parametrize(
    "said", ["Right greater than left leg pain.", "Left more than right leg pain.", "L > R leg pain."]
)
def test_one_side_more_than_the_other_is_both(lexicon: Lexicon, said: str) -> None:
    facts = read(f"Clinic note 11/20/2026.\n\n{said}\n", "n.txt", lexicon).facts
    assert {member for one in facts if one.fact == "pain_regions" for member in one.value} == {"leg_L", "leg_R"}  # type: ignore[union-attr]
    assert not any(one.fact == "course" for one in facts)


def test_the_blank_between_numbers_of_vital_signs(lexicon: Lexicon) -> None:
    facts = read("ED note 11/20/2026.\n\nVS 38.6 / 112 / 128/61 / RR 20\n", "n.txt", lexicon).facts
    assert [one.value for one in facts if one.fact == "temp_c"] == [38.6]


@pytest.mark.parametrize("head", ["REVIEW OF SYSTEMS (10 pt)", "10 pt ROS negative.", "12-pt review of systems:"])
def test_points_of_a_review_are_no_therapy(lexicon: Lexicon, head: str) -> None:
    assert "prior_treatments.0.type" not in _told(lexicon, f"{head}\nNo fever.")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("No paraspinal or psoas collection on this noncontrast study.", "collection.present"),
        ("No epidural or paraspinal fluid collection is seen on this exam.", "collection.present"),
        ("No erythema or drainage from the wound is seen today, he is well.", "wound_status"),
        ("Neuro: [x] numbness  [ ] saddle anesthesia\n(unchecked = patient denies)", "saddle_anesthesia"),
    ],
)
def test_a_denial_holds_to_the_end_of_its_item(lexicon: Lexicon, said: str, name: str) -> None:
    assert _told(lexicon, said)[name] == {"negated"}


def test_what_follows_an_or_of_its_own_is_not_denied(lexicon: Lexicon) -> None:
    told = _told(lexicon, "No fever or chills but he has saddle numbness.")
    assert told["fever"] == told["chills"] == {"negated"}
    assert told["saddle_anesthesia"] == {"present"}


def test_risks_named_behind_their_list(lexicon: Lexicon) -> None:
    told = _told(lexicon, "We talked about infection, weakness and loss of bladder control as risks of the operation.")
    assert told["new_urinary_incontinence"] == {"hypothetical"}
    assert "former" in {
        one.value
        for one in read("Note 11/20/2026.\n\nShe put the cigarettes away in 2011.\n", "n.txt", lexicon).facts
        if one.fact == "nicotine_status"
    }
