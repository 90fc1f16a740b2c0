"""Medicines that were tried are no current ones, wherever the word for it stands, and a failure is told."""

from __future__ import annotations

import pytest

from spondyl.intake.note import Lexicon, read


def _entries(lexicon: Lexicon, said: str, name: str) -> list[dict[str, object]]:
    told: dict[str, dict[str, object]] = {}
    for one in read("Clinic note 11/20/2026. " + said, "n.txt", lexicon).facts:
        parts = one.fact.split(".")
        if parts[0] == name and len(parts) == 3:
            told.setdefault(parts[1], {})[parts[2]] = one.value
    return list(told.values())


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("Gabapentin and duloxetine tried without relief.", ["gabapentinoid", "snri"]),
        ("Failed gabapentin, pregabalin, duloxetine.", ["gabapentinoid", "gabapentinoid", "snri"]),
        ("Failed gabapentin 300 mg tid, duloxetine 60 mg daily, amitriptyline.", ["gabapentinoid", "snri", "tca"]),
        ("Gabapentin was not helpful.", ["gabapentinoid"]),
    ],
)
def test_what_was_tried_in_vain(lexicon: Lexicon, said: str, kinds: list[str]) -> None:
    tried = _entries(lexicon, said, "prior_treatments")
    assert [(one["type"], one.get("relief_pct")) for one in tried] == [(kind, 0) for kind in kinds]
    assert _entries(lexicon, said, "medications") == []


@pytest.mark.parametrize(
    "said",
    [
        "Takes gabapentin 300 mg tid without relief.",
        "Takes gabapentin. Failed massage.",
        "Tried duloxetine, now takes gabapentin 300 mg tid.",
        "Failed back surgery syndrome, gabapentin 300 mg tid.",
        "On gabapentin and duloxetine failed.",
    ],
)
def test_what_is_taken_now(lexicon: Lexicon, said: str) -> None:
    assert [one["drug"] for one in _entries(lexicon, said, "medications")] == ["gabapentin"]


@pytest.mark.parametrize(
    ("said", "dose"), [("Norco 5 prn.", 5), ("Oxycodone 10 as needed.", 10), ("Tylenol 2 prn.", None)]
)
def test_the_dose_of_a_tablet_as_needed(lexicon: Lexicon, said: str, dose: int | None) -> None:
    (entry,) = _entries(lexicon, said, "medications")
    assert entry.get("dose") == dose
    assert entry["as_needed"] is True


def test_a_pain_killer_as_needed_is_taken_now(lexicon: Lexicon) -> None:
    said = "No numbness in the saddle area, no fever. Takes ibuprofen as needed."
    assert _entries(lexicon, said, "medications") == [{"drug": "ibuprofen", "as_needed": True}]


def test_what_failed_is_the_medicine_named_behind_the_word(lexicon: Lexicon) -> None:
    facts = read("Meds: lisinopril, Norco 5 prn, failed duloxetine.", "n.txt", lexicon).facts
    assert not [one for one in facts if one.fact == "opioid_relief_pct"]
