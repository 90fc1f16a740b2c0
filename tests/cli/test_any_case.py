"""Cases made at random from the vocabulary: each gives a record of the schema, and every form prints it."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from spondyl.cli.asking import asked_text
from spondyl.cli.commands import rendered
from spondyl.engine import Program
from spondyl.intake.case import read_case
from spondyl.knowledge import PROFILES, load
from spondyl.knowledge.rules import FactEntry
from spondyl.plan import plan
from spondyl.plan.ask import asked
from spondyl.record import Options

HOME = Path(__file__).resolve().parents[2]
DAY = "2026-11-22"
SEEDS = 40


@cache
def program() -> Program:
    return Program(load())


@cache
def schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads((HOME / "schemas/record/record.schema.json").read_text(encoding="utf-8")))


def value(chance: random.Random, known: FactEntry) -> Any:
    """A value the fact may have."""
    kind = known.type
    if kind.kind == "truth":
        return chance.choice([True, False])
    if kind.kind == "number":
        low, high = kind.low or 0, kind.high if kind.high is not None else 100
        return round(chance.uniform(low, high), 1)
    if kind.kind == "date":
        return chance.choice(["2025", "2026-03", "2026-11-01", "2010-05"])
    if kind.kind == "choice":
        return chance.choice(sorted(kind.values)) if kind.values else "oxycodone"
    if kind.kind == "set":
        return chance.sample(sorted(kind.values or ["x"]), 1)
    return [3.0, 2.0]


def made(seed: int) -> dict[str, Any]:
    """A case with an operation mostly, and some facts of all kinds."""
    chance = random.Random(seed)
    known = program().rules.facts
    names = chance.sample(sorted(known), chance.randint(0, 40))
    case: dict[str, Any] = {"schema": "spondyl/case/1", "facts": {}}
    for name in sorted({*names, *(["surgeries"] if chance.random() < 0.8 else []), "age_years", "pain_regions"}):
        fact = known[name]
        if fact.fields:
            fields = list(fact.fields.items())
            entries = [
                {field: value(chance, one) for field, one in chance.sample(fields, chance.randint(1, len(fields)))}
                for _ in range(chance.randint(0, 3))
            ]
            case[name] = entries
        else:
            case["facts"][name] = value(chance, fact)
    return case


@pytest.mark.parametrize("seed", range(SEEDS))
def test_every_form_prints_any_case(seed):
    chance = random.Random(seed)
    case = read_case(made(seed), "random", program().rules, DAY)
    options = Options(DAY, chance.choice(PROFILES), chance.choice(["en-US", "en-GB"]))
    planned = plan(program(), case, options)
    record = json.loads(json.dumps(planned.record))
    assert [f"{list(one.path)}: {one.message[:120]}" for one in schema().iter_errors(record)] == []
    text = rendered(planned, "text", False)
    assert max(map(len, text.splitlines())) <= 80
    chart = rendered(planned, "chart", False)
    assert chart.isascii()
    assert len(chart.splitlines()) <= 25
    assert max(map(len, chart.splitlines())) <= 100
    for flag in planned.record["triage"]["established"]:
        title = planned.words.title("red_flag", flag["red_flag"])
        assert title in " ".join(text.split())
    rendered(planned, "md", False)
    rendered(planned, "html", False)
    asked_text(asked(planned), planned.words)
