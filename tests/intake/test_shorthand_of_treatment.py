"""The shorthand of a ward: doses without units, reactions behind an arrow, what is to start tonight or only offered."""

from __future__ import annotations

from pathlib import Path

import pytest

from spondyl.intake.note import Lexicon, read
from spondyl.intake.note.__main__ import load_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.from_plain(load_lexicon(Path(__file__).parents[2] / "knowledge"))


def _told(lexicon: Lexicon, said: str) -> set[str]:
    """What is read, each as "name=value", with the assertion behind it where that is not "present"."""
    head = "Visit 11/20/2026. L4-5 fusion 3/2/2025.\n\n"
    return {
        f"{fact.fact}={fact.value}" + ("" if fact.assertion == "present" else f" {fact.assertion}")
        for fact in read(f"{head}{said}\n", "n", lexicon).facts
    }


@pytest.mark.parametrize(
    ("said", "wanted", "never"),
    [
        # hours without their unit, and a bare number that can only be a strength
        ("Robaxin 500 q8.", ["medications.0.dose=500", "medications.0.times_per_day=3"], []),
        ("oxy 5 q6 prn", ["medications.0.drug=oxycodone", "medications.0.max_per_day=4"], []),
        ("morphine 15 q12, eats well", ["medications.0.dose=15", "medications.0.times_per_day=2"], []),
        ("Tylenol 650 prn", ["medications.0.dose=650", "medications.0.as_needed=True"], []),
        ("Tylenol 2 prn", ["medications.0.as_needed=True"], ["medications.0.dose=2"]),
        ("Norco 10/325 four a day", ["medications.0.dose=10", "medications.0.times_per_day=4"], []),
        ("Takes oxycodone 10 mg, three daily.", ["medications.0.times_per_day=3"], []),
        ("MTX 15 weekly", ["medications.0.dose=15", "medications.0.times_per_day=0.14"], []),
        ("pred 5 daily for years (lupus)", ["medications.0.drug=prednisone", "chronic_steroid=True"], []),
        ("gabapentin 300 tid, last botox q3 months", ["medications.0.times_per_day=3"], []),
        ("Tylenol 1 g tid scheduled", ["medications.0.drug=acetaminophen"], ["medications.0.status=planned planned"]),
        # what the name did
        ("codeine -> vomiting", ["allergies.0.substance=codeine"], ["medications.0.drug=codeine"]),
        ("tramadol => seizure", ["allergies.0.substance=tramadol"], ["medications.0.drug=tramadol"]),
        ("ALL PCN, sulfa", ["allergies.0.substance=penicillin", "allergies.1.substance=sulfa"], []),
        ("ALL morphine -> itch", ["allergies.0.substance=morphine"], ["medications.0.drug=morphine"]),
        ("All meds reviewed: gabapentin 300 tid.", ["medications.0.drug=gabapentin"], []),
        ("oxycodone 10 -> 5 mg tid", ["medications.0.drug=oxycodone"], ["allergies.0.substance=oxycodone"]),
        ("She takes Lyrica, makes her sick some days", ["gabapentinoid=True"], ["allergies.0.substance=pregabalin"]),
        # to come, and not
        ("- lovenox 30 bid to start tomorrow if Hgb stable", [], ["anticoagulant=True"]),
        ("- heparin sq to begin POD2", [], ["anticoagulant=True"]),
        ("Eliquis to restart on 12/1", ["anticoagulant=True"], []),
        ("Gabapentin 300 to start, now on 600 tid.", ["gabapentinoid=True"], []),
        ("Mobic not an option with the kidneys.", ["nsaid_use=True negated"], ["nsaid_use=True"]),
        ("Celebrex is an option.", [], ["nsaid_use=True"]),
        ("Must stay off Motrin and all other NSAIDs until fused.", [], ["nsaid_use=True"]),
        ("Ancef until drains are out.", ["on_antibiotics=True"], []),
        ("Toradol 30 IV in the ED helped.", [], ["nsaid_use=True", "medications.0.drug=ketorolac"]),
        ("Toradol 10 po qid from the ED for 5 days", ["nsaid_use=True"], []),
        ("Taking senna. Stopped: diazepam, tramadol.", [], ["benzodiazepine=True", "tramadol=True"]),
        ("Stopped: naproxen. Taking: gabapentin 300 tid.", ["gabapentinoid=True"], ["nsaid_use=True"]),
        ("Was on Butrans 10, came off it in June.", [], ["medications.0.drug=buprenorphine"]),
        ("No blood thinner, just baby aspirin.", ["aspirin_low_dose=True"], []),
        (
            "Please do not restart Advil or any other NSAID for now.",
            [],
            ["nsaid_use=True", "medications.0.drug=ibuprofen"],
        ),
        ("Cardiology: ok to stop Eliquis 3 days.", ["anticoagulant=True"], []),
        ("Told to hold Plavix 7 days before.", ["antiplatelet=True"], []),
        ("She had to stop Eliquis in May for bleeding.", [], ["anticoagulant=True"]),
        ("She is well and is not taking antibiotics.", ["on_antibiotics=True negated"], ["on_antibiotics=True"]),
        # no length of taking
        ("Ran out of her Percocet last week.", [], ["opioid_weeks={'low': 0.1, 'high': 2}"]),
        ("wean oxycodone to 5 bid over 2 wks", [], ["opioid_weeks=2"]),
        ("Hold Plavix 7 d before.", ["antiplatelet=True"], ["medications.0.weeks_taken=1"]),
        ("Medrol pack, 2 ESIs (40% x 4 wks).", [], ["chronic_steroid=True", "medications.0.weeks_taken=4"]),
        ("Takes MS Contin 15 q12h.", ["medications.0.release=extended"], ["sex=female"]),
        ("He has MS and takes Tylenol.", ["sex=male"], ["sex=female"]),
    ],
)
def test_medicines(lexicon: Lexicon, said: str, wanted: list[str], never: list[str]) -> None:
    told = _told(lexicon, said)
    assert set(wanted) <= told, told
    assert told.isdisjoint(never), told


@pytest.mark.parametrize(
    ("said", "done"),
    [
        ("MRI w/wo in am.", False),
        ("MRI in the morning.", False),
        ("CT L spine tonight", False),
        ("- upright films prior to discharge", False),
        ("- xrays before she goes home", False),
        ("Repeat MRI once auth comes through.", False),
        ("Xrays on the way out today.", False),
        ("MRI: has a pacemaker", False),
        ("MRI: unable d/t ICD", False),
        ("MRI in the morning showed a seroma at L4-5.", True),
        ("MRI was done before discharge and showed no collection.", True),
        ("X-rays before discharge: screws in good position.", True),
        ("CT tonight: no fracture, hardware intact.", True),
        ("MRI once in 2019, normal.", True),
    ],
)
def test_studies_still_to_come(lexicon: Lexicon, said: str, done: bool) -> None:
    told = {one for one in _told(lexicon, said) if one.startswith("imaging.0.modality=")}
    assert any(not one.endswith(("planned", "hypothetical", "negated")) for one in told) is done, told


@pytest.mark.parametrize(
    ("said", "wanted", "never"),
    [
        (
            "We went through the options with her: more therapy, an epidural or an L2-3 decompression.",
            [],
            ["prior_treatments.0.type=esi", "spine_surgery_planned=True"],
        ),
        ("Two choices: repeat TFESI or a fusion at L5-S1.", [], ["prior_treatments.0.type=esi"]),
        ("A stimulator trial is a sensible next step.", [], ["prior_treatments.0.type=scs_trial"]),
        ("MRI in January was fine per pt.", [], ["prior_treatments.0.type=physical_therapy"]),
        (
            "A caudal epidural in November last year helped for two weeks.",
            ["prior_treatments.0.date=2025-11", "last_steroid_injection_on=2025-11"],
            ["prior_treatments.0.date=2026-11"],
        ),
        ("RFA in 2024 good for 9 months.", ["prior_treatments.0.relief_weeks=39.1"], []),
        ("Two courses of therapy.", ["prior_treatments.0.type=physical_therapy"], []),
        ("PMP looked up today, one prescriber.", ["pdmp_checked=True"], ["prior_treatments.0.type=pain_program"]),
        ("He completed a PMP in 2023.", ["prior_treatments.0.type=pain_program"], ["pdmp_checked=True"]),
        ("2 ESIs in the last year.", ["esi_steroid_doses_12_months=2"], ["prior_treatments.0.date=2026-10"]),
        ("Can I take Advil?", ["requested=['nsaid']"], ["nsaid_use=True"]),
        ("Could I get an MRI before the visit?", ["requested=['mri']"], []),
        ("She'd like the injection first.", ["requested=['injection']"], []),
        ("He asks whether the screws should come out.", ["requested=['implant_removal']"], []),
        ("Could you please get an MRI", [], ["requested=['mri']"]),
        ("Insulin pump (Medtronic 780G).", ["implanted_devices.0.maker_model=known"], []),
        ("Pacemaker, Medtronic rep to check it.", [], ["implanted_devices.0.maker_model=known"]),
        ("SCS: Abbott, not in use, placed 10/2022.", ["implanted_devices.0.implanted_on=2022-10"], []),
        ("Delirium cleared once oxycodone was cut.", [], ["psychological_evaluation_result=suitable_after_treatment"]),
        (
            "Plan: MRI; root block if that is clear\n\nI saw this teacher. Gabapentin was stopped; she takes Lyrica.",
            ["medications.1.drug=pregabalin"],
            ["medications.1.drug=pregabalin planned"],
        ),
    ],
)
def test_treatments_devices_and_requests(lexicon: Lexicon, said: str, wanted: list[str], never: list[str]) -> None:
    told = _told(lexicon, said)
    assert set(wanted) <= told, told
    assert told.isdisjoint(never), told


def test_needle_of_a_procedure_report(lexicon: Lexicon) -> None:
    said = (
        "PROCEDURE REPORT\nDATE: 11/08/2026\n\nPROCEDURE: Left L5 transforaminal epidural steroid injection.\n\n"
        "HISTORY: She had a caudal epidural on 8/30/2026, 60% relief for three weeks.\n"
    )
    told = {f"{fact.fact}={fact.value}" for fact in read(said, "n", lexicon).facts}
    assert {"prior_treatments.0.date=2026-11-08", "prior_treatments.1.date=2026-08-30"} <= told
