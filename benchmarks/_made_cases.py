"""Structured cases made by chance from the vocabulary, the same for the same seed. For benchmarks only."""

from __future__ import annotations

import random
from typing import Any

from spondyl.knowledge import Ruleset

LUMBAR = ["L1-L2", "L2-L3", "L3-L4", "L4-L5", "L5-S1"]
CERVICAL = ["C3-C4", "C4-C5", "C5-C6", "C6-C7"]
PROCEDURES = ["discectomy", "laminectomy", "fusion", "foraminotomy"]
FINDINGS = [
    "hardware_loosening", "nonunion", "bridging_bone", "foraminal_stenosis", "central_stenosis", "epidural_fibrosis",
    "recurrent_herniation", "adjacent_level_stenosis", "collection", "fracture", "degeneration", "normal",
]  # fmt: skip
DRUGS = ["oxycodone", "tramadol", "gabapentin", "duloxetine", "naproxen", "acetaminophen", "apixaban", "sertraline"]


def made_case(rules: Ruleset, seed: int) -> dict[str, Any]:
    """One case: an operation or two, pain, and about a tenth of the facts of the vocabulary, mostly denied."""
    dice = random.Random(seed)
    neck = dice.random() < 0.25
    levels = CERVICAL if neck else LUMBAR
    first = dice.randrange(len(levels) - 1)
    year, month = dice.randint(2014, 2026), dice.randint(1, 10)
    surgery: dict[str, Any] = {
        "procedure": [dice.choice(PROCEDURES)],
        "levels": levels[first : first + dice.randint(1, 2)],
        "date": f"{year}-{month:02d}",
    }
    if dice.random() < 0.5:
        surgery["instrumented"] = dice.random() < 0.7
    facts: dict[str, Any] = {
        "age_years": dice.randint(22, 88),
        "sex": dice.choice(["female", "male"]),
        "pain_regions": ["neck", "arm_L"]
        if neck
        else dice.choice([["low_back"], ["low_back", "leg_R"], ["buttock_L"]]),
        "pain_change": dice.choice(["unchanged", "new", "worse", "returned"]),
    }
    for name, entry in rules.facts.items():
        if name in facts or entry.type.kind == "list" or dice.random() > 0.1:
            continue
        if entry.type.kind == "truth":
            facts[name] = dice.random() < 0.15
        elif entry.type.kind == "number" and entry.type.low is not None and entry.type.high is not None:
            facts[name] = round(dice.uniform(entry.type.low, entry.type.high), 1)
    facts.pop("pregnancy", None)
    case: dict[str, Any] = {
        "schema": "spondyl/case/1",
        "written_on": "2026-11-20",
        "facts": facts,
        "surgeries": [surgery],
    }
    if dice.random() < 0.7:
        case["imaging"] = [
            {
                "modality": dice.choice(["mri", "ct", "radiograph"]),
                "region": "cervical" if neck else "lumbar",
                "date": f"2026-{dice.randint(1, 10):02d}",
                "findings": {dice.choice(FINDINGS): True, dice.choice(FINDINGS[:-1]): dice.random() < 0.3},
            }
        ]
    if dice.random() < 0.6:
        case["medications"] = [
            {"drug": drug, "dose": 10, "unit": "mg", "times_per_day": 3}
            for drug in dice.sample(DRUGS, dice.randint(1, 3))
        ]
    if dice.random() < 0.4:
        case["prior_treatments"] = [{"type": "physical_therapy", "weeks_or_n": dice.randint(1, 20), "relief_pct": 20}]
    return case
