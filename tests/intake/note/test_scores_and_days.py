"""A score belongs to the pain it stands behind or to the scale it names; a day that no calendar has is no date."""

from __future__ import annotations

import pytest

from spondyl.intake.note import Lexicon, read


@pytest.mark.parametrize(
    ("said", "scores"),
    [
        (
            "Left leg pain (burning, L5 distribution) 8/10 greater than back pain 5/10.",
            {"nrs_leg": [8], "nrs_back": [5]},
        ),
        ("Back pain (worse with sitting) 6/10.", {"nrs_back": [6]}),
        ("Low back pain 6/10, DN4 5/10.", {"nrs_back": [6], "dn4": [5]}),
        ("Back pain. DN4 6/10.", {"dn4": [6]}),
        ("Leg pain (VAS 8/10).", {"nrs_leg": [8]}),
    ],
)
def test_whose_score_it_is(lexicon: Lexicon, said: str, scores: dict[str, list[int]]) -> None:
    told: dict[str, list[object]] = {}
    for one in read("Clinic note 11/20/2026. " + said, "n.txt", lexicon).facts:
        if one.fact.startswith("nrs_") or one.fact == "dn4":
            told.setdefault(one.fact, []).append(one.value)
    assert told == scores


@pytest.mark.parametrize("written", ["2024-02-31", "2026-13-45", "31.02.2026", "02/31/2024", "2024-13-45"])
@pytest.mark.parametrize("said", ["MRI {}: L4-L5 disc herniation.", "L4-L5 fusion {}."])
def test_a_day_that_no_calendar_has(lexicon: Lexicon, said: str, written: str) -> None:
    reading = read("Clinic note 11/20/2026. Back pain. " + said.format(written), "n.txt", lexicon)
    assert [one.value for one in reading.facts if one.fact.endswith(".date")] == []
    assert [(one.text, one.why) for one in reading.unread if one.text == written] == [
        (written, "day that no calendar has")
    ]


@pytest.mark.parametrize("written", ["2024-02-29", "28.02.2024", "13/02/2024", "02/13/2024"])
def test_a_day_of_the_calendar(lexicon: Lexicon, written: str) -> None:
    reading = read(f"Clinic note 11/20/2026. Back pain. MRI {written}: L4-L5 disc herniation.", "n.txt", lexicon)
    assert [str(one.value)[:7] for one in reading.facts if one.fact.endswith(".date")] == ["2024-02"]
    assert "day that no calendar has" not in {one.why for one in reading.unread}


@pytest.mark.parametrize("said", ["Peanut allergy.", "Severe asthma.", "Prior revision.", "Psych evaluation done."])
def test_a_short_sentence_that_names_a_disease_is_told(lexicon: Lexicon, said: str) -> None:
    reading = read(
        "Clinic note 11/20/2026. Back pain for 3 months.\n" + "She walks daily with the dog.\n" + said, "n.txt", lexicon
    )
    assert said in {one.text for one in reading.unread}
