"""The possible patients of the formulas: real charts are among them, and the engine judges them as the formulas do."""

from __future__ import annotations

import os
import random
from functools import cache

import pytest

z3 = pytest.importorskip("z3")

from proof import random_cases  # noqa: E402

from spondyl.engine import Program  # noqa: E402
from spondyl.knowledge import Ruleset, load  # noqa: E402
from spondyl.logic import FALSE, TRUE, Facts, Interval  # noqa: E402
from spondyl.proof.claims import World  # noqa: E402
from spondyl.proof.constraints import Between, constraints, precedences  # noqa: E402
from spondyl.proof.flat import Flat  # noqa: E402
from spondyl.proof.prove import agree  # noqa: E402
from spondyl.proof.realize import realize  # noqa: E402
from spondyl.proof.situation import REGION  # noqa: E402
from spondyl.proof.vector import Vector, says  # noqa: E402

# `make hunt` draws more charts than every change has to pass.
HUNT = os.environ.get("HYPOTHESIS_PROFILE") == "hunt"
COUNT = 800 if HUNT else 160
ENOUGH_FOR_EACH_CONSTRAINT = max(3600, 3 * COUNT)


@cache
def program() -> Program:
    return Program(load())


def rules() -> Ruleset:
    return program().rules


@cache
def flat() -> Flat:
    return Flat(rules())


def patients(count: int, facts: tuple[int, ...], lists: tuple[float, ...]):
    for seed in range(count):
        chance = random.Random(seed)
        made = random_cases.case(rules(), chance, facts=chance.choice(facts), lists=chance.choice(lists))
        patient = random_cases.patient(program(), made)
        if patient is not None:
            yield patient


def free() -> list[str]:
    return [name for name in flat().every if name != REGION and (not flat().follows(name) or flat().recordable(name))]


@pytest.mark.slow
def test_each_constraint_holds_on_computed_charts():
    met = dict.fromkeys((one.text for one in constraints(rules())), 0)
    for patient in patients(ENOUGH_FOR_EACH_CONSTRAINT, (2, 15), (0.3, 0.9)):
        for focus in patient.foci:
            for view in patient.views(focus):
                for one in constraints(rules()):
                    if isinstance(one, Between):
                        if program().truth(one.when, view) is TRUE:
                            met[one.text] += 1
                            then = program().truth(one.then, view)
                            assert then is TRUE or (not one.entails and then is not FALSE), one.text
                        continue
                    small, large = view[one.small], view[one.large]
                    if isinstance(small, Interval) and isinstance(large, Interval):
                        if small.low is not None and large.high is not None:
                            met[one.text] += 1
                            assert small.low <= large.high * one.factor + one.more, one.text
    assert sum(count > 0 for count in met.values()) >= len(met) - 2, "charts that say too little"


@pytest.mark.slow
def test_every_chart_is_a_possible_patient():
    possible = flat().possible(flat().every)
    solver = z3.SimpleSolver()
    solver.add(*[formula for _, formula in possible])
    # Differences are rounded by the engine's arithmetic; the formulas are exact.
    names = [name for name in flat().every if rules().derived.get(name, {}).get("form") != "difference"]
    tried = 0
    for patient in patients(COUNT // 4, (2, 15, 60), (0.3, 0.9)):
        for focus in patient.regions:
            tried += 1
            told = says(flat(), *patient.views(focus), focus.region, names)
            solver.push()
            solver.add(*[formula for _, formula in told])
            assert solver.check() == z3.sat, _why(possible + told)
            solver.pop()
    assert tried > COUNT // 8


def _why(labeled) -> list[str]:
    solver, labels = z3.Solver(), {}
    for place, (label, formula) in enumerate(labeled):
        solver.assert_and_track(formula, f"mark {place}")
        labels[f"mark {place}"] = label
    solver.check()
    return sorted(labels[str(mark)] for mark in solver.unsat_core())


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 9) if HUNT else [1])
def test_the_formulas_are_the_engine(seed):
    """`prove` compares them on patients of its own; these are others."""
    assert agree(World(rules()), samples=12 if HUNT else 6, seed=seed).failed == ()


def vector_at(patient, focus) -> Vector:
    plain, safety = patient.views(focus)
    chart = patient.chart

    def taken(view, recorded, name):
        return recorded.get(name) if flat().follows(name) else view[name]

    return Vector(
        focus.region,
        Facts({name: taken(plain, chart.plain, name) for name in free()}),
        Facts({name: taken(safety, chart.safety, name) for name in free()}),
    )


@pytest.mark.slow
def test_flat_facts_become_a_case_that_derives_them():
    tried = brought = 0
    for patient in patients(COUNT // 2, (2, 8, 15), (0.15, 0.3)):
        if patient.chart.contradictions or patient.main.kind != "region":
            continue
        tried += 1
        made = realize(program(), flat(), vector_at(patient, patient.main))
        assert made.refused == ()
        brought += not made.missing
    assert tried > COUNT // 3
    assert brought / tried >= 0.75  # the rest says what it does not bring about


def test_recorded_facts_alone_always_become_a_case():
    for seed in range(40):
        chance = random.Random(seed)
        patient = random_cases.patient(program(), random_cases.case(rules(), chance, facts=10, lists=0.0))
        if patient is None or patient.main.kind != "region":
            continue
        whole = vector_at(patient, patient.main)
        recorded = {name for name in free() if flat().recordable(name) and name in patient.chart.safety}
        kept = Facts({name: whole.safety[name] for name in recorded if name != "pain_regions"})
        made = realize(program(), flat(), Vector("lumbar", Facts(kept), kept))
        wrong = {name: one for name, one in made.missing.items() if name != REGION}
        assert wrong == {}, seed


def test_a_fact_recorded_both_ways_takes_two_cases():
    plain, safety = Facts({"fever": None}), Facts({"fever": TRUE})
    made = realize(program(), flat(), Vector("lumbar", plain, safety))
    assert made.missing == {}
    assert [case["facts"]["fever"] for case in made.cases] == [True, False]
    assert made.patient is not None
    assert made.patient.chart.contradictions[0].fact == "fever"


def test_what_cannot_be_brought_about_is_said():
    safety = Facts({"operated_here": TRUE, "spine_surgery_ever": FALSE, "crp_second_rise": TRUE})
    made = realize(program(), flat(), Vector("lumbar", Facts(safety), safety))
    assert "crp_second_rise" in made.missing


def test_a_constraint_that_is_none_is_refused():
    with pytest.raises(ValueError, match="no known form"):
        constraints(_with("fever sometimes chills"))
    with pytest.raises(ValueError, match="no number"):
        constraints(_with("fever <= temp_c"))
    with pytest.raises(ValueError, match="precedence"):
        precedences(_with({"first": "x"}))


def _with(line: object) -> Ruleset:
    from dataclasses import replace

    return replace(rules(), tables={**rules().tables, "constraints": [line]})


def test_declared_precedences_name_rules():
    from spondyl.proof.parts import every_part

    known = {f"{part.kind}/{part.rule}" for part in every_part(rules())} | {part.id for part in every_part(rules())}
    for one in precedences(rules()):
        assert one.behind in known
        assert one.first in known | {""}
        assert one.because
