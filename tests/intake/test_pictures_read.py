"""Findings of studies as notes write them: in doubt, at several levels, of one side, and left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from spondyl.intake.note import Lexicon, read
from spondyl.intake.note.__main__ import load_lexicon
from spondyl.record import Fact

HEAD = "Visit 11/20/2026.\n\n"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.from_plain(load_lexicon(Path(__file__).parents[2] / "knowledge"))


def _facts(lexicon: Lexicon, said: str) -> tuple[Fact, ...]:
    return read(HEAD + said + "\n", "n.txt", lexicon).facts


@pytest.mark.parametrize(
    ("said", "finding", "assertion"),
    [
        ("CT lumbar 10/1/2026: rim-enhancing collection c/f abscess.", "abscess", "uncertain"),
        (
            "MRI 10/1/2026 showed a hematoma at L2-3 compressing the cauda equina.",
            "cauda_equina_compression",
            "present",
        ),
        ("CT 6/1/2026. SI joints show mild sclerosis.", "sij_degeneration", "present"),
        ("CT 6/1/2026: fusion L3-S1 solid.", "bridging_bone", "present"),
        ("CT 6/1/2026: nonunion L3-4, solid at L4-5.", "bridging_bone", "present"),
        ("CT 6/1/2026: not solid at L4-5.", "nonunion", "present"),
        ("Exam: power 5/5. MRI lumbar 9/1/26: recurrent disc herniation L4-5. No discitis.", "discitis", "negated"),
    ],
)
def test_finding(lexicon: Lexicon, said: str, finding: str, assertion: str) -> None:
    told = [(one.value, one.assertion) for one in _facts(lexicon, said) if one.fact.endswith(".findings")]
    assert ([finding], assertion) in told


@pytest.mark.parametrize(
    ("said", "levels"),
    [
        ("CT 6/2026: bridging bone at C3-C4 and C4-C5.", [["C3-C4", "C4-C5"]]),
        ("CT 6/2026: solid fusion at L3-4, L4-5 and L5-S1.", [["L3-L4", "L4-L5", "L5-S1"]]),
        ("MRI 6/2026: stenosis at L3-4 and L4-5 herniation.", [["L3-L4"], ["L4-L5"]]),
    ],
)
def test_levels_of_a_list(lexicon: Lexicon, said: str, levels: list[list[str]]) -> None:
    assert [one.value for one in _facts(lexicon, said) if one.fact.endswith(".levels")] == levels


def test_the_side_behind_the_level(lexicon: Lexicon) -> None:
    said = "MRI 6/2026: disc extrusion at L3-4 on the right."
    assert [one.value for one in _facts(lexicon, said) if one.fact.endswith(".side")] == ["R"]


def test_what_is_left_alone_is_there(lexicon: Lexicon) -> None:
    said = "MRI 9/1/26 shows a 2 cm seroma. No indication to drain the collection."
    told = [(one.value, one.assertion) for one in _facts(lexicon, said) if one.fact == "collection.present"]
    assert told == [(True, "present")]
    denied = [
        one.assertion for one in _facts(lexicon, "MRI 9/1/26: no collection.") if one.fact == "collection.present"
    ]
    assert denied == ["negated"]
