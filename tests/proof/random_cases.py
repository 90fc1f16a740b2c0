"""Structured cases drawn at random from the vocabulary, and their flat facts at the main focus."""

from __future__ import annotations

import random
from typing import Any

from spondyl.engine import Patient, Program
from spondyl.intake.case import read_case
from spondyl.knowledge.rules import FactEntry, Ruleset
from spondyl.record import Refusal
from spondyl.timeline import chart, written

AS_OF = "2026-11-22"
LISTS = (
    "surgeries",
    "imaging",
    "medications",
    "prior_treatments",
    "motor_deficit",
    "sensory_deficit",
    "implanted_devices",
)
# Fields that most rules look for; the others are drawn less often.
OFTEN = (
    "region",
    "type",
    "drug",
    "procedure",
    "levels",
    "mrc",
    "myotome",
    "modality",
    "findings",
    "date",
    "mri_status",
)


def value(entry: FactEntry, chance: random.Random, *, often: tuple[str, ...] = ()) -> Any:
    kind, known = entry.type.kind, entry.type
    if kind == "truth":
        return chance.random() < 0.6
    if kind == "number":
        low, high = known.low if known.low is not None else 0, known.high if known.high is not None else 100
        top = min(high, low + chance.choice([5, 20, 100, high - low]))
        number = round(chance.uniform(low, top), chance.choice([0, 0, 1]))
        number = min(max(number, low), high)
        if chance.random() < 0.8:
            return number
        return {"value": {"low": number, "high": min(high, number + chance.choice([1, 5]))}}
    if kind == "choice":
        return chance.choice(sorted(known.values)) if known.values else "ibuprofen"
    if kind == "set":
        words = sorted(known.values or ())
        return {
            word: chance.random() < 0.7 for word in chance.sample(words, min(len(words), chance.choice([1, 1, 2, 3])))
        }
    if kind == "date":
        return chance.choice(["2026-11-20", "2026-11-01", "2026-09", "2026-03-15", "2025", "2024-06-01"])
    return None


def case(rules: Ruleset, chance: random.Random, *, facts: int = 12, lists: float = 0.4) -> dict[str, Any]:
    """A case with about so many facts, and each list with this chance."""
    made: dict[str, Any] = {"schema": "spondyl/case/1", "written_on": AS_OF, "facts": {}}
    scalars = [name for name, entry in rules.facts.items() if entry.type.kind != "list"]
    for name in chance.sample(scalars, min(facts, len(scalars))):
        found = value(rules.facts[name], chance)
        if found is not None:
            made["facts"][name] = found
    for name in LISTS:
        if chance.random() >= lists:
            continue
        entries = [_entry(rules, name, chance) for _ in range(chance.choice([0, 1, 1, 2]))]
        entries = [one for one in entries if one]
        made[name] = {"complete": True, "entries": entries} if entries and chance.random() < 0.4 else entries
    return made


def _entry(rules: Ruleset, name: str, chance: random.Random) -> dict[str, Any]:
    drugs = sorted(rules.tables["drugs"])
    made = {}
    for field, entry in rules.facts[name].fields.items():
        if chance.random() < (0.75 if field in OFTEN else 0.25):
            found = chance.choice(drugs) if field == "drug" else value(entry, chance)
            if found is not None and not (field == "status" and found == "planned"):
                made[field] = found
    return made


def patient(program: Program, plain: dict[str, Any]) -> Patient | None:
    """The case as a patient of the engine; None where intake refuses it."""
    try:
        read = read_case(plain, "case", program.rules, AS_OF)
    except Refusal:
        return None
    return Patient(program, chart(read.facts, written(AS_OF).first, read.written_on, program.rules))
