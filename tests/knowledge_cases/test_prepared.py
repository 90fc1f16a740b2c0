"""What a program prepares for many patients changes nothing: its records are those of one made for a single patient."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import pytest
from proof import random_cases

from spondyl.engine import Program
from spondyl.intake.case import read_case
from spondyl.intake.merge import merge
from spondyl.knowledge import load
from spondyl.plan import plan
from spondyl.record import Case, Options, Refusal

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from _made_cases import made_case

AS_OF = "2026-11-22"
RULES = load()
PREPARED = Program(RULES)
PROFILES = ("guideline", "payer_cms", "payer_commercial", "nice_uk", "source_documents")
WARMING = 20


@pytest.fixture(scope="module", autouse=True)
def prepared():
    """After some patients the conditions of the program are compiled."""
    for seed in range(WARMING):
        for profile in PROFILES:
            plan(PREPARED, read_case(made_case(RULES, 8_000 + seed), "case", RULES, AS_OF), Options(AS_OF, profile))


@pytest.mark.parametrize("seed", range(60))
def test_the_record_is_the_same_in_a_program_made_for_one_patient(seed):
    case = read_case(made_case(RULES, 9_000 + seed), "case", RULES, AS_OF)
    options = Options(AS_OF, PROFILES[seed % len(PROFILES)])
    many, one = (json.dumps(plan(program, case, options).record) for program in (PREPARED, Program(RULES)))
    assert many == one


def _contradicted(seed: int) -> Case | None:
    """Two inputs of one day drawn apart, with closed lists: much of it contradicts itself. None where refused."""
    chance = random.Random(seed)
    drawn = [random_cases.case(RULES, chance, facts=60, lists=0.8) for _ in range(2)]
    try:
        return merge([read_case(one, name, RULES, AS_OF) for name, one in zip(("first", "second"), drawn, strict=True)])
    except Refusal:
        return None


def test_so_is_the_record_of_patients_who_contradict_themselves():
    contradictions = 0
    for seed in range(12):
        case = _contradicted(seed)
        if case is None:
            continue
        options = Options(AS_OF, PROFILES[seed % len(PROFILES)])
        many, one = (plan(program, case, options).record for program in (PREPARED, Program(RULES)))
        assert json.dumps(many) == json.dumps(one), seed
        contradictions += len(many["contradictions"])
    assert contradictions > 10
