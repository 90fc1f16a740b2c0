"""Short entries of a history: an allergy named after its substance, a stage, an evaluation, a nerve study; a trip
without a fall."""

from __future__ import annotations

import pytest

from spondyl.intake.note import Lexicon, read


def _told(lexicon: Lexicon, said: str) -> dict[str, list[tuple[object, str]]]:
    told: dict[str, list[tuple[object, str]]] = {}
    for one in read("Clinic note 11/20/2026. " + said, "n.txt", lexicon).facts:
        told.setdefault(one.fact, []).append((one.value, one.assertion))
    return told


@pytest.mark.parametrize(
    ("said", "fact", "value"),
    [
        ("Penicillin allergy (anaphylaxis).", "allergies.0.reaction", "anaphylaxis"),
        ("Latex allergy.", "allergies.0.substance", "latex"),
        ("Aspirin allergy - hives.", "allergies.0.substance", "aspirin"),
        ("CKD stage 3.", "ckd_stage", "3b"),
        ("Chronic kidney disease, stage 4.", "ckd_stage", "4"),
        ("CKD 3a.", "ckd_stage", "3a"),
        ("Psychological evaluation: suitable.", "psychological_evaluation_result", "suitable"),
        ("Psych eval: not suitable.", "psychological_evaluation_result", "not_suitable"),
        ("EMG chronic L5 radiculopathy.", "emg_denervation", True),
    ],
)
def test_a_short_entry_is_read(lexicon: Lexicon, said: str, fact: str, value: object) -> None:
    assert (value, "present") in _told(lexicon, said)[fact]


@pytest.mark.parametrize("said", ["No penicillin allergy.", "Denies latex allergy.", "PCN allergy tested negative."])
def test_an_allergy_that_is_denied(lexicon: Lexicon, said: str) -> None:
    assert not [fact for fact in _told(lexicon, said) if fact.startswith("allergies.")]


@pytest.mark.parametrize(
    "said",
    [
        "Tripped twice.",
        "Tripped over a rug, did not fall.",
        "Stumbled on the stairs but did not fall.",
        "Tripped over the rug without falling.",
        "Slipped on the ice but caught himself.",
    ],
)
def test_a_trip_is_no_fall(lexicon: Lexicon, said: str) -> None:
    told = _told(lexicon, said)
    for fact in ("low_energy_fall", "falls"):
        assert "present" not in [how for _, how in told.get(fact, [])]


@pytest.mark.parametrize(
    "said",
    [
        "Tripped over a rug and fell.",
        "Tripped on the curb and fell, did not hit her head.",
        "Slipped on ice, landed hard.",
    ],
)
def test_a_trip_that_ends_on_the_ground(lexicon: Lexicon, said: str) -> None:
    assert (True, "present") in _told(lexicon, said)["low_energy_fall"]
