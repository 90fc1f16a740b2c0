"""Treatments, medicines and substances as notes word them: what each sentence says, and what it must not say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from spondyl.intake.note import Lexicon, read
from spondyl.intake.note.__main__ import load_lexicon

Entries = list[dict[str, Any]]


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.from_plain(load_lexicon(Path(__file__).parents[2] / "knowledge"))


def _list(lexicon: Lexicon, said: str, name: str, how: tuple[str, ...] = ("present",)) -> Entries:
    told: dict[str, dict[str, Any]] = {}
    for one in read(f"Clinic note 11/20/2026.\n\n{said}\n", "n.txt", lexicon).facts:
        parts = one.fact.split(".")
        if parts[0] == name and len(parts) == 3 and one.assertion in how:
            told.setdefault(parts[1], {}).setdefault(parts[2], one.value)
    return [told[number] for number in sorted(told, key=int)]


def _flat(lexicon: Lexicon, said: str) -> set[tuple[str, Any, str]]:
    facts = read(f"Clinic note 11/20/2026.\n\n{said}\n", "n.txt", lexicon).facts
    return {(one.fact, str(one.value), one.assertion) for one in facts if "." not in one.fact}


def _holds(entries: Entries, wanted: Entries) -> None:
    rest = list(entries)
    for want in wanted:
        found = next((one for one in rest if want.items() <= one.items()), None)
        assert found is not None, f"{want} not in {entries}"
        rest.remove(found)


PT, ESI, MBB = "physical_therapy", "esi", "mbb"
LITTLE, SOME, GOOD = {"low": 0, "high": 29}, {"low": 30, "high": 49}, {"low": 50, "high": 100}


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        # an effect told once for a list
        ("Failed PT and ESIs.", [{"type": PT, "relief_pct": 0}, {"type": ESI, "relief_pct": 0}]),
        (
            "No relief from PT, chiropractic or three ESIs.",
            [
                {"type": PT, "relief_pct": 0},
                {"type": "manipulation", "relief_pct": 0},
                {"type": ESI, "weeks_or_n": 3, "relief_pct": 0},
            ],
        ),
        (
            "PT, massage and TENS did nothing.",
            [{"type": PT, "relief_pct": 0}, {"type": "massage", "relief_pct": 0}, {"type": "other", "relief_pct": 0}],
        ),
        (
            "Acupuncture weekly, yoga, and massage provide modest relief.",
            [
                {"type": "acupuncture", "relief_pct": SOME},
                {"type": "exercise", "relief_pct": SOME},
                {"type": "massage", "relief_pct": SOME},
            ],
        ),
        (
            "He failed PT but an ESI in June 2025 gave 60% relief for 3 months.",
            [{"type": PT, "relief_pct": 0}, {"type": ESI, "date": "2025-06", "relief_pct": 60, "relief_weeks": 13}],
        ),
        # sessions, weeks and days
        (
            "Attended 12 of 14 PT sessions between 3/2026 and 5/2026.",
            [{"type": PT, "date": "2026-05"}],
        ),
        (
            "Completed 24 visits of physical therapy with temporary benefit.",
            [{"type": PT, "relief_pct": SOME}],
        ),
        (
            "Six sessions of CBT for pain in 2024, helpful.",
            [{"type": "cbt", "date": "2024", "relief_pct": GOOD}],
        ),
        ("10 sessions acupuncture, no lasting relief.", [{"type": "acupuncture", "weeks_or_n": 10, "relief_pct": 0}]),
        (
            "Has done 6 weeks of PT, 4 weeks of home exercises.",
            [{"type": PT, "weeks_or_n": 6}, {"type": "exercise", "weeks_or_n": 4}],
        ),
        (
            "PT: 03/02/2026 to 05/14/2026, 2x/week, 20 visits, minimal improvement.",
            [{"type": PT, "date": "2026-05-14", "relief_pct": LITTLE}],
        ),
        ("[x] PT (8 wks, 2025)  [ ] Acupuncture", [{"type": PT, "weeks_or_n": 8, "date": "2025"}]),
        ("She attended the pain management programme in 2023.", [{"type": "pain_program", "date": "2023"}]),
        # needles, each by itself
        (
            "R SIJ inj (fluoro) 9/22/26 -> 80% x 10 days, then back to baseline.",
            [
                {
                    "type": "sij_injection",
                    "side": "R",
                    "date": "2026-09-22",
                    "relief_pct": 80,
                    "relief_weeks": 1.4,
                    "image_guided": True,
                }
            ],
        ),
        (
            "Medial branch blocks: #1 10/6/26 80% x 4 hrs, #2 10/20/26 85% x 6 hrs.",
            [
                {"type": MBB, "date": "2026-10-06", "relief_pct": 80},
                {"type": MBB, "date": "2026-10-20", "relief_pct": 85},
            ],
        ),
        (
            "MBB #1 10/06/2026 L2-L4, 85 % relief x 6 h; MBB #2 10/27/2026 L2-L4, 90% relief x 5 h.",
            [
                {"type": MBB, "date": "2026-10-06", "levels": ["L2-L3", "L3-L4"], "relief_pct": 85},
                {"type": MBB, "date": "2026-10-27", "relief_pct": 90},
            ],
        ),
        (
            "Left S1 TFESI 4/8/2025 gave 60% relief for 3 weeks; repeat 10/21/2025 only 20% for a few days.",
            [
                {"type": ESI, "date": "2025-04-08", "relief_pct": 60, "relief_weeks": 3},
                {"type": ESI, "date": "2025-10-21", "relief_pct": 20},
            ],
        ),
        (
            "Left L4-5 TFESI 2/10/2026: 50% x 2 months. Repeat injection 6/12/2026: no relief.",
            [
                {"type": ESI, "date": "2026-02-10", "relief_pct": 50},
                {"type": ESI, "date": "2026-06-12", "relief_pct": 0},
            ],
        ),
        (
            "ESIs on 3/1/26, 4/1/26 and 6/2/26.",
            [
                {"type": ESI, "date": "2026-03-01"},
                {"type": ESI, "date": "2026-04-01"},
                {"type": ESI, "date": "2026-06-02"},
            ],
        ),
        (
            "First block on 10/06/2026 gave 85% relief. Medial branch block 10/27/2026 90% relief.",
            [
                {"type": MBB, "date": "2026-10-06", "relief_pct": 85},
                {"type": MBB, "date": "2026-10-27", "relief_pct": 90},
            ],
        ),
        (
            "Bilateral L4-5, L5-S1 RFA 3/2025 (80% relief x 9 months) and repeat RFA 2/2026 (only 30%).",
            [
                {"type": "rfa", "side": "both", "date": "2025-03", "relief_pct": 80},
                {"type": "rfa", "date": "2026-02", "relief_pct": 30},
            ],
        ),
        (
            "Prior injections: 1/14/26 L4-5 ILESI 50% x 2 mo; 7/1/26 L4-S1 MBB 0%.",
            [
                {"type": ESI, "date": "2026-01-14", "levels": ["L4-L5"]},
                {"type": MBB, "date": "2026-07-01", "levels": ["L4-L5", "L5-S1"], "relief_pct": 0},
            ],
        ),
        (
            "03/12/2026  TFESI   L5-S1 R   70%   6 weeks\n06/18/2026  TFESI   L5-S1 R   40%   2 weeks",
            [
                {"date": "2026-03-12", "relief_pct": 70, "relief_weeks": 6},
                {"date": "2026-06-18", "relief_pct": 40, "relief_weeks": 2},
            ],
        ),
        ("Nerve root block L5 left: pain 8/10 before, 2/10 after.", [{"type": "snrb", "relief_pct": 75}]),
        ("Right SI joint block 5/2026 negative.", [{"type": "sij_injection", "relief_pct": {"low": 0, "high": 49}}]),
        ("PT helped for 3 weeks.", [{"type": PT, "relief_weeks": 3}]),
        # medicines that were tried
        ("Tried ibuprofen, naproxen, meloxicam without relief.", [{"type": "nsaid", "relief_pct": 0}] * 3),
        ("He could not tolerate gabapentin.", [{"type": "gabapentinoid", "adverse": True}]),
        ("Ibuprofen gel was of no benefit.", [{"type": "topical", "relief_pct": 0}]),
        ("Gabapentin to 2400 mg/day, stopped for sedation.", [{"type": "gabapentinoid"}]),
    ],
)
def test_what_was_tried(lexicon: Lexicon, said: str, wanted: Entries) -> None:
    entries = _list(lexicon, said, "prior_treatments")
    _holds(entries, wanted)
    assert len(entries) == len(wanted)


@pytest.mark.parametrize(
    ("said", "how", "kinds"),
    [
        ("Has never tried acupuncture.", "negated", ["acupuncture"]),
        ("Biofeedback not tried.", "negated", ["biofeedback"]),
        ("Has not tried physical therapy or acupuncture.", "negated", [PT, "acupuncture"]),
        ("CBT has been requested, not started.", "planned", ["cbt"]),
        ("Radiofrequency ablation bilateral L2-L4, pending authorization (submitted 10/29/2026).", "planned", ["rfa"]),
        ("Would like another epidural.", "planned", [ESI]),
        ("ESI scheduled 12/3/2026.", "planned", [ESI]),
        ("RFA denied 9/1/2026.", "planned", ["rfa"]),
        ("Will refer to physical therapy.", "planned", [PT]),
        ("Prior authorization for L4-5 ESI was approved on 10/3/2026.", "planned", [ESI]),
    ],
)
def test_what_was_not_had(lexicon: Lexicon, said: str, how: str, kinds: list[str]) -> None:
    assert _list(lexicon, said, "prior_treatments") == []
    assert [one["type"] for one in _list(lexicon, said, "prior_treatments", (how,))] == kinds


@pytest.mark.parametrize(
    "said",
    [
        "Husband had an ESI last year.",
        "Her mother had epidurals.",
        "She failed to attend PT.",
        "PT 54 yo M presents with back pain.",
        "PT reports knee buckling.",
        "Not a candidate for ESI while on warfarin.",
        "He had booked a chiropractor, now cancelled.",
    ],
)
def test_what_is_no_treatment(lexicon: Lexicon, said: str) -> None:
    assert _list(lexicon, said, "prior_treatments", ("present", "planned")) == []


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (
            "Meds: oxycodone ER 20 mg PO q12h, oxycodone IR 5 mg q6h prn",
            [
                {"drug": "oxycodone", "release": "extended", "route": "oral", "times_per_day": 2},
                {"drug": "oxycodone", "release": "immediate", "as_needed": True},
            ],
        ),
        (
            "DH: Zomorph 10mg bd, Oramorph 5ml prn",
            [{"drug": "morphine", "release": "extended"}, {"drug": "morphine", "release": "immediate", "unit": "ml"}],
        ),
        (
            "Meds: amlodipine 5 qd, duloxetine 30 qd (up to 60 next week).",
            [{"drug": "amlodipine", "dose": 5}, {"drug": "duloxetine", "dose": 30, "times_per_day": 1}],
        ),
        ("Started pregabalin 50 mg TID 10/20, helping.", [{"drug": "pregabalin", "since": "2026-10-20"}]),
        ("On teriparatide since June 2026.", [{"drug": "teriparatide", "since": "2026-06"}]),
        (
            "methotrexate 15 mg weekly, folic acid 1 mg daily",
            [{"drug": "methotrexate", "times_per_day": 0.14}, {"drug": "folic acid", "times_per_day": 1}],
        ),
        ("sertraline 150 mg daily and weekly therapy", [{"drug": "sertraline", "times_per_day": 1}]),
        ("On IV cefazolin 2 g q8h via PICC.", [{"drug": "cefazolin", "route": "intravenous", "times_per_day": 3}]),
        ("Lidocaine 5% patch to low back", [{"drug": "lidocaine", "route": "transdermal"}]),
        (
            "gabapentin (NEURONTIN) 300 mg capsule Take 1 capsule by mouth 3 times daily",
            [{"drug": "gabapentin", "dose": 300, "route": "oral", "times_per_day": 3}],
        ),
        ("Refilled hydrocodone 7.5/325 #90.", [{"drug": "hydrocodone", "dose": 7.5}]),
        ("Plavix held since 11/10.", [{"drug": "clopidogrel"}]),
        ("Stopped morphine, on paracetamol.", [{"drug": "acetaminophen"}]),
        (
            "Naproxen stopped for dyspepsia, acetaminophen 1 g TID, duloxetine 60 mg.",
            [{"drug": "acetaminophen", "times_per_day": 3}, {"drug": "duloxetine", "dose": 60}],
        ),
        ("Weaning off codeine.", [{"drug": "codeine"}]),
        ("GP gave cephalexin for a red wound.", [{"drug": "cephalexin"}]),
        ("Uses ibuprofen at times and stopped codeine in 2021.", [{"drug": "ibuprofen"}]),
        ("Meds: metformin, lisinopril (held), amlodipine", [{"drug": "metformin"}, {"drug": "amlodipine"}]),
        ("Junior thought sciatica, gave pregabalin", [{"drug": "pregabalin"}]),
    ],
)
def test_what_is_taken(lexicon: Lexicon, said: str, wanted: Entries) -> None:
    entries = _list(lexicon, said, "medications")
    _holds(entries, wanted)
    assert len(entries) == len(wanted)


@pytest.mark.parametrize(
    ("said", "drugs"),
    [
        ("Off gabapentin since March 2026.", ["gabapentin"]),
        ("Oxycodone was weaned off by 10/30.", ["oxycodone"]),
        ("DVT prophylaxis with enoxaparin ended 11/06.", ["enoxaparin"]),
        ("Cyclobenzaprine: no longer takes", ["cyclobenzaprine"]),
        ("Methotrexate on hold since 10/22.", ["methotrexate"]),
        ("Stopped ibuprofen and naproxen last month.", ["ibuprofen", "naproxen"]),
        ("Naproxen and ibuprofen stopped before surgery.", ["naproxen", "ibuprofen"]),
        ("Previous medications: gabapentin (sedation), tramadol.", ["gabapentin", "tramadol"]),
        ("Medications tried and failed: gabapentin, Lyrica, Cymbalta.", ["gabapentin", "pregabalin", "duloxetine"]),
        ("STOPPED\n- Tramadol: July 2026\n- Meloxicam", ["tramadol", "meloxicam"]),
    ],
)
def test_what_was_stopped(lexicon: Lexicon, said: str, drugs: list[str]) -> None:
    stopped = _list(lexicon, said, "medications", ("negated", "historical"))
    assert [(one["drug"], one["status"]) for one in stopped] == [(drug, "stopped") for drug in drugs]
    assert _list(lexicon, said, "medications") == []


@pytest.mark.parametrize(
    "said",
    [
        "Cefazolin 2 g was given before incision.",
        "Received 2 g Ancef preoperatively.",
        "Antibiotic prophylaxis with cefazolin within 60 minutes.",
        "Given Toradol 30 mg IM and Valium 5 mg in the ED.",
        "10 mg dexamethasone and 1 mL lidocaine 1% injected.",
        "MSSA sensitive to oxacillin, cefazolin, resistant to penicillin.",
        "Husband takes warfarin; keep supplies separate.",
        "Debridement twice, cefazolin for six weeks then cephalexin until January 2020.",
        "She declined denosumab.",
        "Rx: ergonomics, topical diclofenac offered.",
        "Allergies: no latex, denies sulfa.",
    ],
)
def test_what_is_no_medicine_taken(lexicon: Lexicon, said: str) -> None:
    assert _list(lexicon, said, "medications") == []
    assert ("on_antibiotics", "True", "present") not in _flat(lexicon, said)
    assert _list(lexicon, said, "allergies") == []


@pytest.mark.parametrize(
    ("said", "fact", "value", "how"),
    [
        ("Quit tob 2008.", "nicotine_status", "former", "present"),
        ("Quit smoking 2008.", "nicotine_quit_on", "2008", "present"),
        ("Ex-smoker, 20 pack years.", "nicotine_status", "former", "present"),
        ("20 pack-year history, quit 2010.", "nicotine_status", "former", "present"),
        ("Was smoking a pack a day but quit in May 2026.", "nicotine_status", "former", "present"),
        ("Doesn't smoke anymore.", "nicotine_status", "former", "present"),
        ("Smoking: quit", "nicotine_status", "former", "present"),
        ("Tobacco use: Never smoker", "nicotine_status", "never", "present"),
        ("Denies tobacco.", "nicotine_status", "current", "negated"),
        ("-Tobacco, -EtOH, -drugs", "nicotine_status", "current", "negated"),
        ("Vapes nicotine daily.", "nicotine_status", "vaping", "present"),
        ("Smokes 1 ppd, quit drinking in 2015.", "nicotine_status", "current", "present"),
        ("Patient quit smoking for surgery but has restarted.", "nicotine_status", "current", "present"),
        ("He has cut down but not quit smoking.", "nicotine_status", "current", "present"),
        ("Cotinine last month was 4 ng/mL.", "cotinine_ng_ml", "4", "present"),
        ("Denies cannabis, alcohol.", "alcohol_heavy", "True", "negated"),
        ("EtOH: 6 pack/night.", "alcohol_heavy", "True", "present"),
        ("Alcohol: 2 glasses of wine per week.", "alcohol_heavy", "True", "negated"),
        ("No active psychosis, or current substance use disorder.", "substance_use_disorder", "True", "negated"),
        ("No blood thinners.", "anticoagulant", "True", "negated"),
        ("Off AC since 2010.", "anticoagulant", "True", "negated"),
        ("No pacemaker or anticoagulant use.", "anticoagulant", "True", "negated"),
        ("Anticoagulants: none.", "anticoagulant", "True", "negated"),
        ("Clopidogrel held 7 days with cardiology approval.", "anticoagulant_plan_agreed", "True", "present"),
        ("Prednisone 7.5 mg PO daily (PMR, since 2024)", "chronic_steroid", "True", "present"),
        ("UDS 10/13/2026 consistent with prescribed meds.", "urine_drug_screen", "as_prescribed", "present"),
        ("Urine toxicology showed cocaine.", "urine_drug_screen", "unexpected", "present"),
        ("Hydrocodone 10 mg q6h, no functional gain.", "opioid_function_better", "True", "negated"),
        ("Oxycodone allows her to work.", "opioid_function_better", "True", "present"),
        ("On opioids for 3 years.", "opioid_weeks", "156.5", "present"),
        ("Psychology evaluation 09/23/2026: suitable.", "psychological_evaluation_on", "2026-09-23", "present"),
        (
            "Psych eval 10/30/2026: suitable candidate after a course of CBT.",
            "psychological_evaluation_result",
            "suitable_after_treatment",
            "present",
        ),
        ("MRI w/o contrast - auth requested 11/19/2026", "auth_requested_on", "2026-11-19", "present"),
        ("MRI w/o contrast - auth requested 11/19/2026", "auth_status", "requested", "present"),
        ("Prior authorization for the ESI was approved on 10/3/2026.", "auth_status", "approved", "present"),
        (
            "SCS trial in June 2025 gave 60% relief and she walked twice as far.",
            "scs_trial_function_better",
            "True",
            "present",
        ),
        (
            "SCS trial failed: less than 20% relief, no functional improvement.",
            "scs_trial_function_better",
            "True",
            "negated",
        ),
        ("I should be grateful for an MRI.", "requested", "['mri']", "present"),
    ],
)
def test_what_a_sentence_settles(lexicon: Lexicon, said: str, fact: str, value: str, how: str) -> None:
    told = {(value, how) for name, value, how in _flat(lexicon, said) if name == fact}
    assert told == {(value, how)}


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ("Wife smokes.", "nicotine_status"),
        ("Smokes marijuana daily.", "nicotine_status"),
        ("Alcohol pad used to clean the skin.", "alcohol_heavy"),
        ("Drinks plenty of water.", "alcohol_heavy"),
        ("Past alcohol use disorder, sober 6 years.", "alcohol_heavy"),
        ("UDS today pending.", "urine_drug_screen"),
        ("Psychological evaluation is scheduled for 12/5/2026.", "psychological_evaluation_on"),
        ("Will ask cardiology whether apixaban can be held.", "anticoagulant_plan_agreed"),
        ("Prednisone 20 mg daily x 5 days.", "chronic_steroid"),
        ("Started on duloxetine 30 mg, increased to 60 mg on 11/10.", "opioid_dose_raised_4_weeks"),
    ],
)
def test_what_a_sentence_does_not_say(lexicon: Lexicon, said: str, fact: str) -> None:
    assert not [one for one in _flat(lexicon, said) if one[0] == fact and one[2] == "present"]


PROCEDURE = """Procedure note: diagnostic medial branch block #2
Date: 11/20/2026
First block on 10/06/2026 gave 85% relief for about 4 hours.
Pre-procedure pain score 7/10. Post-procedure 1/10.
Level: Bilateral L2-L3 and L3-L4 facets. No sedation given. Under fluoroscopic guidance, needles to the target points.
"""


def test_a_note_of_the_procedure_itself(lexicon: Lexicon) -> None:
    facts = read(PROCEDURE, "n.txt", lexicon).facts
    told: dict[str, dict[str, Any]] = {}
    for one in facts:
        if one.fact.startswith("prior_treatments."):
            _, number, name = one.fact.split(".")
            told.setdefault(number, {}).setdefault(name, one.value)
    _holds(
        list(told.values()),
        [
            {"type": MBB, "date": "2026-10-06", "relief_pct": 85},
            {
                "type": MBB,
                "date": "2026-11-20",
                "relief_pct": 86,
                "image_guided": True,
                "sedation_used": False,
                "side": "both",
            },
        ],
    )


def test_visits_are_no_weeks(lexicon):
    for text in ("Completed 24 visits of physical therapy.", "20 PT sessions.", "Attended 12 of 14 PT sessions."):
        facts = read(f"Visit 11/20/2026. L4-5 fusion 3/2/2025.\n\n{text}\n", "n", lexicon).facts
        assert not [one for one in facts if one.fact.endswith("weeks_or_n")]


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ("She has not taken her Eliquis for 3 days.", "present"),  # doses left out of what she takes
        ("He did not take apixaban this morning.", "present"),
        ("Did not take the Xarelto yesterday or today.", "present"),
        ("He is not taking any blood thinners today.", "negated"),
        ("She has not taken Eliquis since 2019.", "negated"),
        ("Not on apixaban.", "negated"),
    ],
)
def test_a_dose_left_out_is_no_medicine_stopped(lexicon: Lexicon, said: str, how: str) -> None:
    told = {name: assertion for name, _, assertion in _flat(lexicon, said)}
    assert told.get("anticoagulant") == how
    assert not any("weeks_taken" in entry for entry in _list(lexicon, said, "medications"))


def test_told_not_to_take_it_today_is_no_denial(lexicon: Lexicon) -> None:
    told = {name: how for name, _, how in _flat(lexicon, "Told not to take Eliquis today.")}
    assert told.get("anticoagulant") in (None, "hypothetical")


def test_no_surgery_since_a_day_says_nothing_of_before(lexicon: Lexicon) -> None:
    assert not any(name == "spine_surgery_ever" for name, _, _ in _flat(lexicon, "No surgery since 2019."))
    assert ("spine_surgery_ever", "True", "negated") in _flat(lexicon, "No prior spine surgery.")
