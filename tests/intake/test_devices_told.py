"""Devices in everyday words, what a payer was not yet asked, what is asked for, and names of medicines added."""

from __future__ import annotations

from pathlib import Path

import pytest

from spondyl.intake.note import Lexicon, read
from spondyl.intake.note.__main__ import load_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.from_plain(load_lexicon(Path(__file__).parents[2] / "knowledge"))


def _facts(lexicon: Lexicon, said: str) -> set[tuple[str, str, str]]:
    facts = read(f"Visit 11/20/2026. L4-5 fusion 3/2/2025.\n\n{said}\n", "n", lexicon).facts
    return {(one.fact, str(one.value), one.assertion) for one in facts}


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Coronary disease with stent 2020.", [("type", "coronary_stent"), ("implanted_on", "2020")]),
        ("Two drug-eluting stents in 2022.", [("type", "coronary_stent"), ("implanted_on", "2022")]),
        ("Mechanical aortic valve 2011.", [("type", "heart_valve"), ("implanted_on", "2011")]),
        ("TAVR 2023.", [("type", "heart_valve")]),
        ("Implants: insulin pump (removed for MRI).", [("type", "insulin_pump")]),
        ("Pacemaker placed 2020 (make and model on file).", [("type", "pacemaker"), ("maker_model", "known")]),
        (
            "Intrathecal pump implanted 5/2018, model card left at home.",
            [("type", "intrathecal_pump"), ("maker_model", "unknown")],
        ),
        ("ICD checked last week; MRI safety not known.", [("type", "icd"), ("mri_status", "unknown")]),
        (
            "AICD placed 2022.\n\nMRI waits; cardiology was asked whether the AICD is MRI conditional.",
            [("type", "icd"), ("mri_status", "unknown")],
        ),
    ],
)
def test_devices(lexicon: Lexicon, said: str, wanted: list[tuple[str, str]]) -> None:
    facts = _facts(lexicon, said)
    for name, value in wanted:
        assert (f"implanted_devices.0.{name}", value, "present") in facts


@pytest.mark.parametrize(
    "said",
    [
        "Ureteral stent placed 2020.",
        "Carotid stent 2018.",
        "Her husband has a coronary stent.",
        "MI in 2015 with no stent.",
        "Pain pump was removed for infection in 2022.",
        "Heart valve disease.",
    ],
)
def test_what_is_no_device_of_hers(lexicon: Lexicon, said: str) -> None:
    assert not [one for one in _facts(lexicon, said) if one[0].startswith("implanted_devices") and one[2] == "present"]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("The insurer's approval has not yet been requested.", ("auth_status", "none", "present")),
        ("Prior authorization was not yet submitted.", ("auth_status", "none", "present")),
        ("Prior authorization was submitted 11/10/2026, not approved yet.", ("auth_status", "requested", "present")),
        ("Asks whether she can have diclofenac.", ("requested", "['nsaid']", "present")),
        ("He asked if the old stimulator could be taken out.", ("requested", "['implant_removal']", "present")),
        ("Takes melatonin 3 mg at night.", ("medications.0.drug", "melatonin", "present")),
        ("Allergic to erythromycin.", ("allergies.0.substance", "erythromycin", "present")),
    ],
)
def test_asked_and_named(lexicon: Lexicon, said: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in _facts(lexicon, said)


def test_a_reaction_is_no_medicine_taken(lexicon: Lexicon) -> None:
    for said in ("She had nausea with erythromycin.", "Hives from cephalexin."):
        assert not [one for one in _facts(lexicon, said) if one[0].endswith(".drug") and one[2] == "present"]
