"""Operations and levels in plain words: "he was fused at L4-5", "L3 L4 disc"; and what sounds like one and is none."""

from __future__ import annotations

import pytest

from spondyl.intake.note import Lexicon, read


def _values(lexicon: Lexicon, said: str, name: str) -> list[object]:
    facts = read(f"Clinic note 11/20/2026. {said}", "n.txt", lexicon).facts
    return [one.value for one in facts if one.fact == name]


@pytest.mark.parametrize(
    ("said", "levels", "date"),
    [
        ("He was fused at L4-5 in 2013.", ["L4-L5"], "2013"),
        ("They fused my L4 to S1 in 2018.", ["L4-L5", "L5-S1"], "2018"),
        ("Bone was taken from the pelvis to fuse L5-S1 (2024).", ["L5-S1"], "2024"),
        ("Fused C5-C6 2019.", ["C5-C6"], "2019"),
    ],
)
def test_the_verb_tells_a_fusion(lexicon: Lexicon, said: str, levels: list[str], date: str) -> None:
    assert _values(lexicon, said, "surgeries.0.procedure") == [["fusion"]]
    assert _values(lexicon, said, "surgeries.0.levels") == [levels]
    assert _values(lexicon, said, "surgeries.0.date") == [date]


@pytest.mark.parametrize(
    "said",
    ["CT: not fused at L4-5.", "Congenitally fused C2-C3.", "The two teams fused in 2013.", "CT shows fused facets."],
)
def test_what_is_no_fusion(lexicon: Lexicon, said: str) -> None:
    assert _values(lexicon, said, "surgeries.0.procedure") == []


@pytest.mark.parametrize(
    ("said", "levels"),
    [
        ("MRI: L4 L5 disc herniation.", [["L4-L5"]]),
        ("MRI: disc herniation at L5 S1.", [["L5-S1"]]),
        ("MRI: disc herniation touching the L5 S1 roots.", []),
    ],
)
def test_two_vertebrae_side_by_side(lexicon: Lexicon, said: str, levels: list[list[str]]) -> None:
    assert _values(lexicon, said, "imaging.0.levels") == levels


def test_the_same_old_pain_is_now(lexicon: Lexicon) -> None:
    facts = read("Clinic note 11/20/2026. Same old pain across the low back.", "n.txt", lexicon).facts
    assert {one.assertion for one in facts if one.fact == "pain_regions"} == {"present"}
