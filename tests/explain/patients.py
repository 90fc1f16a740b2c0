"""Patients of these tests: small structured cases, and notes whose facts are quoted by their place in the text."""

from __future__ import annotations

from functools import cache

from spondyl.engine import Program
from spondyl.intake.case import read_case
from spondyl.knowledge import load
from spondyl.plan import Plan, plan
from spondyl.record import Case, Fact, Options, Source

TODAY = "2026-03-02"
OPTIONS = Options(TODAY)


@cache
def program() -> Program:
    return Program(load())


def case(name: str) -> Case:
    plain = {"schema": "spondyl/case/1", "written_on": TODAY, **CASES[name]}
    return read_case(plain, name, program().rules, TODAY)


def planned(made: Case, profile: str = "guideline") -> Plan:
    return plan(program(), made, Options(TODAY, profile))


@cache
def patient(name: str) -> Plan:
    if name == "nobody":
        return planned(Case(()))
    return planned(note(name) if name in NOTES else case(name))


FUSED_LUMBAR = {"procedure": ["fusion"], "levels": ["L4-L5", "L5-S1"], "date": "2025-04-14", "instrumented": True}
CASES = {
    # A collection seen months ago, the MRI waiting for approval, a short course of therapy.
    "collection": {
        "facts": {
            "age_years": 61,
            "pain_regions": {"low_back": True, "leg_L": False},
            "nrs_back": 7,
            "pain_change": "unchanged",
            "fever": False,
            "collection.present": True,
            "collection.last_imaged": "2025-09-20",
            "auth_status": "requested",
        },
        "surgeries": [FUSED_LUMBAR],
        "imaging": [
            {
                "modality": "ct",
                "region": "lumbar",
                "date": "2025-09-20",
                "findings": {"collection": True, "hardware_loosening": False},
            }
        ],
        "prior_treatments": [{"type": "physical_therapy", "region": "lumbar", "weeks_or_n": 4, "supervised": True}],
    },
    # A visit of four days ago, with a denial that is no longer fresh.
    "days_ago": {
        "written_on": "2026-02-26",
        "facts": {"age_years": 61, "pain_regions": ["low_back"], "nrs_back": 6, "fever": False},
        "surgeries": [FUSED_LUMBAR],
    },
    # A neck that hurts above a lumbar fusion.
    "neck": {
        "facts": {"age_years": 47, "pain_regions": ["neck"], "nrs_neck": 5, "gait_ataxia": False},
        "surgeries": [{"procedure": ["fusion"], "levels": ["L4-L5"], "date": "2021-06"}],
    },
    # After decompression, with back pain and a long course of an opioid.
    "decompressed": {
        "facts": {
            "age_years": 66,
            "pain_regions": ["low_back"],
            "nrs_back": 6,
            "opioid_weeks": 14,
            "opioid_relief_pct": 10,
            "egfr": 25,
        },
        "surgeries": [{"procedure": ["laminectomy"], "levels": ["L4-L5"], "date": "2022-05"}],
        "medications": [{"drug": "oxycodone", "dose": 10, "unit": "mg", "times_per_day": 3}],
    },
    "emergency": {
        "facts": {"age_years": 55, "pain_regions": ["low_back"], "saddle_anesthesia": True, "urinary_retention": True},
        "surgeries": [{"procedure": ["laminectomy"], "levels": ["L3-L4"], "date": "2026-01-10"}],
    },
    # A neck and a fused low back that both hurt, with a sign that belongs to the whole patient.
    "two_regions": {
        "facts": {"age_years": 59, "pain_regions": ["neck", "low_back"], "saddle_anesthesia": True, "fever": True},
        "surgeries": [FUSED_LUMBAR],
    },
    # Fever denied and recorded on one day; saddle sensation denied long ago.
    "contradicted": {
        "facts": {
            "age_years": 58,
            "pain_regions": ["low_back"],
            "fever": True,
            "saddle_anesthesia": {"value": False, "on": "2025-11-01"},
            "weakness_reported": {"value": True, "assertion": "uncertain"},
        },
        "surgeries": [FUSED_LUMBAR],
    },
}


def _said(text: str, phrase: str, fact: str, value: object, assertion: str = "present", name: str = "a.txt") -> Fact:
    start = text.index(phrase)
    source = Source("note", name, start, start + len(phrase), phrase)
    return Fact(fact, value, assertion, None, source)  # type: ignore[arg-type]


NOTES = {
    "quoted": (
        "61F, lumbar fusion L4-L5 on 2025-04-14. Low back pain worse, 7/10. Numb when wiping since today. No fever.",
        [
            ("61", "age_years", 61, "present"),
            ("fusion", "surgeries.0.procedure", ["fusion"], "present"),
            ("L4-L5", "surgeries.0.levels", ["L4-L5"], "present"),
            ("2025-04-14", "surgeries.0.date", "2025-04-14", "present"),
            ("Low back pain", "pain_regions", ["low_back"], "present"),
            ("worse", "pain_change", "worse", "present"),
            ("7/10", "nrs_back", 7, "present"),
            ("Numb when wiping", "saddle_anesthesia", True, "present"),
            ("fever", "fever", True, "negated"),
        ],
    ),
}


def note(name: str) -> Case:
    text, said = NOTES[name]
    facts = tuple([_said(text, phrase, fact, value, assertion) for phrase, fact, value, assertion in said])
    return Case(facts, {"a.txt": TODAY}, {"a.txt": text})


EVERYONE = ("nobody", *CASES, *NOTES)
