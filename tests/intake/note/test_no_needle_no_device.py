"""Words that name a needle, a device or a course of therapy where there was none."""

from __future__ import annotations

import pytest

from spondyl.intake.note import Lexicon, read


def _values(lexicon: Lexicon, said: str, name: str) -> list[object]:
    facts = read("Clinic note 11/20/2026. " + said, "n.txt", lexicon).facts
    return [one.value for one in facts if one.fact == name or one.fact.startswith(name + ".")]


@pytest.mark.parametrize(
    "said",
    [
        "MRI 2026-08: epidural fibrosis L5-S1.",
        "MRI: no residual stenosis, epidural fibrosis.",
        "Epidural and perineural scar on MRI.",
        "Epidural/paraspinal abscess drained 2024.",
        "Post-op epidural analgesia.",
        "Epidural in labor 2019.",
        "Dorsal epidural fluid collection.",
    ],
)
def test_epidural_tissue_is_no_injection(lexicon: Lexicon, said: str) -> None:
    assert _values(lexicon, said, "prior_treatments") == []
    assert _values(lexicon, said, "last_steroid_injection_on") == []


@pytest.mark.parametrize(
    "said",
    ["Epidural in March 2026 helped.", "Failed PT, epidural, stimulator trial.", "Epidural complicated by a hematoma."],
)
def test_a_bare_epidural_is_an_injection(lexicon: Lexicon, said: str) -> None:
    assert "esi" in _values(lexicon, said, "prior_treatments")


@pytest.mark.parametrize(
    "said",
    [
        "Cleared for SCS.",
        "Considering SCS trial.",
        "Candidate for SCS.",
        "Suitable for a spinal cord stimulator.",
        "Cleared for spinal cord stimulator.",
        "SCS discussed.",
        "Good SCS candidate.",
    ],
)
def test_a_device_that_is_thought_of_is_not_in(lexicon: Lexicon, said: str) -> None:
    assert _values(lexicon, said, "implanted_devices") == []
    assert _values(lexicon, said, "spine_surgery_ever") == []


@pytest.mark.parametrize(
    "said",
    [
        "SCS implanted 2022.",
        "Has a spinal cord stimulator.",
        "PMH: diabetes, SCS.",
        "Before SCS implant 2020 he had massage.",
        "Evaluation of spinal cord stimulator, battery depleted.",
    ],
)
def test_a_device_that_is_in(lexicon: Lexicon, said: str) -> None:
    assert "spinal_cord_stimulator" in _values(lexicon, said, "implanted_devices")


@pytest.mark.parametrize(
    ("said", "therapy"),
    [
        ("45 yo female pt called.", False),
        ("45yo female pt, back pain.", False),
        ("60M pt c/o leg pain.", False),
        ("back pain, pt called today.", False),
        ("45 yo female, PT 6 weeks.", True),
        ("Back pain, tried PT and massage.", True),
    ],
)
def test_pt_is_the_patient_or_therapy(lexicon: Lexicon, said: str, therapy: bool) -> None:
    assert ("physical_therapy" in _values(lexicon, said, "prior_treatments")) is therapy
