"""Strength as examinations write it: told in the past, without a total, in columns, and of an earlier day."""

from __future__ import annotations

from pathlib import Path

import pytest

from spondyl.intake.note import Lexicon, read
from spondyl.intake.note.__main__ import load_lexicon

HEAD = "Visit 11/20/2026.\n\n"
Grades = list[tuple[object, object, object]]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.from_plain(load_lexicon(Path(__file__).parents[2] / "knowledge"))


def _grades(lexicon: Lexicon, said: str) -> tuple[bool, Grades]:
    """Whether power is told to be full, and each weakness: muscle, side, grade."""
    facts = read(HEAD + said + "\n", "n.txt", lexicon).facts
    entries: dict[str, dict[str, object]] = {}
    for one in facts:
        if one.fact.startswith("motor_deficit."):
            _, number, name = one.fact.split(".")
            entries.setdefault(number, {})[name] = one.value
    full = any(one.fact == "motor_deficit" for one in facts)
    return full, [(one.get("myotome"), one.get("side"), one.get("mrc")) for _, one in sorted(entries.items())]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Strength was 4/5 in the left quadriceps and otherwise full.", [("knee_extension", "L", 4)]),
        ("Muscle strength was 4+/5 for right dorsiflexion.", [("ankle_dorsiflexion", "R", 4.3)]),
        ("Strength was 5/5 in all groups except the right EHL, which was 4/5.", [("big_toe_extension", "R", 4)]),
        ("Exam: left triceps was 3/5.", [("C7", "L", 3)]),
        (
            "OPERATIVE REPORT\nIndications: Preoperative strength was 4/5 in the left quadriceps.",
            [("knee_extension", "L", 4)],
        ),
        ("Left EHL strength is 4.", [("big_toe_extension", "L", 4)]),
        ("Exam: grade 3 power in the left quadriceps.", [("knee_extension", "L", 3)]),
        ("Power: left ankle dorsiflexion 4, otherwise full.", [("ankle_dorsiflexion", "L", 4)]),
        ("EHL power was 4- on the left.", [("big_toe_extension", "L", 3.7)]),
        ("Exam: right deltoid MRC 4, rest full.", [("C5", "R", 4)]),
        ("MRC grade 2 in right tibialis anterior.", [("ankle_dorsiflexion", "R", 2)]),
    ],
)
def test_weakness_told_in_a_sentence(lexicon: Lexicon, said: str, told: Grades) -> None:
    assert _grades(lexicon, said) == (False, told)


@pytest.mark.parametrize(
    "said",
    [
        "In August his strength was 2/5 in the left deltoid.",
        "It was 2/5 in the left TA after surgery.",
        "HPI: In the emergency room strength was 3/5 in the left quadriceps.",
        "Quad strength 4 days ago was good.",
        "Strength work for the quads: 4 sets of 5.",
        "Grade 2 spondylolisthesis at L4-5, strength of the quads full.",
    ],
)
def test_no_weakness_of_now(lexicon: Lexicon, said: str) -> None:
    assert _grades(lexicon, said)[1] == []


def test_what_was_weak_is_full_now(lexicon: Lexicon) -> None:
    assert _grades(lexicon, "Left EHL was 3/5 at discharge and is now 5/5.") == (True, [])


@pytest.mark.parametrize(
    ("said", "full", "told"),
    [
        (
            "Power: R L\nhip flexion 5 5\nankle DF 3 4\nEHL 3 4-\nplantarflexion 4 4",
            False,
            [
                ("ankle_dorsiflexion", "R", 3),
                ("ankle_dorsiflexion", "L", 4),
                ("big_toe_extension", "R", 3),
                ("big_toe_extension", "L", 3.7),
                ("ankle_plantarflexion", "both", 4),
            ],
        ),
        (
            "Motor   Left  Right\nDeltoid  5/5  5/5\nBiceps 5/5  4/5\nTriceps 4+/5 5/5",
            False,
            [("C6", "R", 4), ("C7", "L", 4.3)],
        ),
        ("| Muscle | R | L |\n| Iliopsoas | 5 | 5 |\n| Quadriceps | 5 | 3 |", False, [("knee_extension", "L", 3)]),
        ("Motor: Right Left\nHip flexors 5 5\nQuadriceps 5 5\nTA 5 5\nEHL 5 5\nGastroc 5 5", True, []),
        ("Counts R L\nhip flexion 20 20\nknee extension 15 10", False, []),
    ],
)
def test_a_column_for_each_side(lexicon: Lexicon, said: str, full: bool, told: Grades) -> None:
    assert _grades(lexicon, said) == (full, told)
