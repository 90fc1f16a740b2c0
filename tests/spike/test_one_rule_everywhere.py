"""One red flag, one collection rule and one gate on every engine, and what can be proved of the flag.

The thin path through all translations, kept so that each new form of knowledge is tried on all of them at once.
"""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Iterator

import pytest
from cql import engine as cql
from logic.engines import truth

from spondyl.cohort.columns import column, row, schema
from spondyl.knowledge import load
from spondyl.knowledge.rules import Level
from spondyl.logic import (
    FALSE,
    TRUE,
    Compare,
    Condition,
    FactIs,
    Facts,
    Has,
    In,
    Interval,
    Known,
    Members,
    NoneOf,
    Not,
    Or,
    Value,
    closure,
    exactly,
    fact_names,
    judge,
    leaves,
)
from spondyl.render.cql import library

RULES = load()
THRESHOLDS = {name: threshold.values["guideline"] for name, threshold in RULES.thresholds.items()}
FLAG = RULES.red_flags["cauda_equina"]
GENERATOR = RULES.generators["seroma"]
GATE = RULES.gates["collection_aspiration"]
COUNT = 200


def parts() -> Iterator[tuple[str, Condition | None]]:
    """Every condition of the three rules, by a readable name."""
    yield "cauda_equina in play", FLAG.in_play
    for level in FLAG.levels:
        yield f"cauda_equina {level.id}", level.when
        yield f"cauda_equina {level.id} unless", level.unless
    yield "seroma applies", GENERATOR.applies
    for argument in GENERATOR.arguments:
        yield f"seroma {argument.id}", argument.when
        yield f"seroma {argument.id} unless", argument.unless
    yield "collection_aspiration applies", GATE.applies
    for required in GATE.required:
        yield f"collection_aspiration {required.id}", required.when
    for check in GATE.checks:
        yield f"collection_aspiration closed by {check.id}", check.closed_when
        yield f"collection_aspiration {check.id} moot", check.moot_when


CONDITIONS = {name: condition for name, condition in parts() if condition is not None}


def population() -> list[Facts]:
    """Patients whose values lie on, beside and between what the three rules ask for; the same on every run."""
    chance = random.Random(20261122)
    asked: dict[str, list[object]] = {}
    for leaf in (leaf for condition in CONDITIONS.values() for leaf in leaves(condition)):
        match leaf:
            case FactIs(fact):
                asked.setdefault(fact, [TRUE, FALSE])
            case Compare(fact, _, bound):
                number = THRESHOLDS[bound] if isinstance(bound, str) else bound
                asked.setdefault(fact, []).extend([number - 0.25, number, number + 0.25])
            case In(fact, values):
                asked.setdefault(fact, []).extend([*values, "another"])
            case Has(fact, member):
                asked.setdefault(fact, []).append(member)

    def some(fact: str, choices: list[object], lean: float) -> Value:
        first = choices[0]
        if isinstance(first, float):
            low, high = sorted([chance.choice(choices), chance.choice(choices)])  # type: ignore[type-var]
            return chance.choice([exactly(low), Interval(low, high), Interval(low, None), Interval(None, high)])
        if first in (TRUE, FALSE):
            return TRUE if chance.random() < lean else FALSE
        if RULES.types[fact].kind == "set":
            sides = {word: chance.choice("+-?") for word in choices}
            yes, no = (frozenset(word for word, side in sides.items() if side == sign) for sign in "+-")
            return Members(yes, no, chance.random() < 0.2)
        return chance.choice([chance.choice(choices), NoneOf(frozenset(chance.sample(choices, 1)))])

    made = [Facts()]
    while len(made) < COUNT:
        share, lean = chance.choice([0.1, 0.5, 0.9, 1.0]), chance.choice([0.02, 0.2, 0.5, 0.9])
        recorded = {fact: some(fact, choices, lean) for fact, choices in sorted(asked.items())}
        made.append(Facts({fact: value for fact, value in recorded.items() if chance.random() < share}))
    return made


PATIENTS = population()
EXPECTED = {
    name: [judge(condition, patient, THRESHOLDS).truth for patient in PATIENTS]
    for name, condition in CONDITIONS.items()
}


def same(name: str, answers: list[object]) -> None:
    for patient, expected, answer in zip(PATIENTS, EXPECTED[name], answers, strict=True):
        assert answer is expected, (name, CONDITIONS[name], patient)


def test_the_patients_are_worth_trying():
    meager = {name for name, answers in EXPECTED.items() if len(set(answers)) < 3}
    assert len(meager) <= len(CONDITIONS) // 10, f"never met one of the three answers: {sorted(meager)}"


def test_closures():
    for name, condition in CONDITIONS.items():
        same(name, list(map(closure(condition, THRESHOLDS), PATIENTS)))


def test_columns():
    pl = pytest.importorskip("polars")
    conditions = list(CONDITIONS.values())
    frame = pl.DataFrame([row(conditions, patient) for patient in PATIENTS], schema=schema(conditions))
    denied = {name for name, fact in RULES.types.items() if fact.kind == "choice"}
    answers = frame.select(**{name: column(one, THRESHOLDS, denied=denied) for name, one in CONDITIONS.items()})
    for name in CONDITIONS:
        same(name, list(map(truth, answers[name].to_list())))


def test_cql():
    if why := cql.missing():
        pytest.skip(why)
    conditions = list(CONDITIONS.values())
    text = library("one_rule_everywhere", CONDITIONS, thresholds=THRESHOLDS)
    answers = cql.run(text, [row(conditions, patient) for patient in PATIENTS])
    for name in CONDITIONS:
        same(name, [truth(found[name]) for found in answers])


needs_z3 = pytest.mark.skipif(importlib.util.find_spec("z3") is None, reason="z3 is not installed")


@needs_z3
def test_formulas():
    import z3

    from spondyl.proof import smt

    conditions = list(CONDITIONS.values())
    terms = {name: smt.term(condition, THRESHOLDS) for name, condition in CONDITIONS.items()}
    solver = z3.SimpleSolver()
    solver.add(smt.possible(conditions))
    for at, patient in enumerate(PATIENTS[:60]):
        solver.push()
        solver.add(smt.patient(conditions, patient))
        assert solver.check() == z3.sat
        model = solver.model()
        for name, formulas in terms.items():
            must, may = (z3.is_true(model.eval(formula, model_completion=True)) for formula in formulas)
            assert truth(True if must else None if may else False) is EXPECTED[name][at], (name, patient)
        solver.pop()


# ---- what holds for every possible patient


def read(levels: tuple[Level, ...]) -> list[Condition]:
    return [part for level in levels for part in (level.when, level.unless) if part is not None]


def holds(level: Level):
    """As the engine does it: `when` is TRUE, and `unless` is not."""
    import z3

    from spondyl.proof.smt import term

    must, _ = term(level.when, THRESHOLDS, RULES.types)
    return must if level.unless is None else z3.And(must, z3.Not(term(level.unless, THRESHOLDS, RULES.types)[0]))


def refuted(conditions: list[Condition], *claims: object) -> Facts | None:
    """A possible patient of whom the claims are true, or None when there is none."""
    import z3

    from spondyl.proof import smt

    solver = z3.SimpleSolver()
    solver.add(smt.possible(conditions, RULES.types), *claims)
    verdict = solver.check()
    assert verdict != z3.unknown
    return smt.facts_of(solver.model(), conditions, RULES.types) if verdict == z3.sat else None


def from_silence(levels: tuple[Level, ...]) -> Facts | None:
    """A level that holds although nothing it reads is recorded."""
    import z3

    from spondyl.proof.smt import nothing_recorded

    conditions = read(levels)
    return refuted(conditions, nothing_recorded(conditions, RULES.types), z3.Or([holds(level) for level in levels]))


def falls_without_reason(level: Level, still_holds=holds) -> Facts | None:
    """A patient of whom the level holds, and of whom it does not once more is known, `unless` not being TRUE."""
    import z3

    from spondyl.proof.smt import later, learns, possible, term

    conditions = read((level,))

    def then(formula):
        return later(formula, conditions, RULES.types)

    reassured = z3.BoolVal(False) if level.unless is None else term(level.unless, THRESHOLDS, RULES.types)[0]
    return refuted(
        conditions,
        learns(conditions, RULES.types),
        then(possible(conditions, RULES.types)),
        holds(level),
        z3.Not(then(still_holds(level))),
        z3.Not(then(reassured)),
    )


@needs_z3
def test_silence_establishes_no_level():
    assert from_silence(FLAG.levels) is None


@needs_z3
def test_a_flag_that_takes_silence_for_a_finding_is_refuted():
    seeded = Level("seeded", "emergency", Not(Known("saddle_anesthesia")))
    assert from_silence((*FLAG.levels, seeded)) == Facts()


@needs_z3
@pytest.mark.parametrize("level", FLAG.levels, ids=lambda level: level.id)
def test_every_level_can_hold_and_falls_only_when_its_unless_is_true(level):
    found = refuted(read((level,)), holds(level))
    assert found is not None, "no patient can reach this level"
    assert judge(level.when, found, THRESHOLDS).truth is TRUE
    assert falls_without_reason(level) is None


@needs_z3
@pytest.mark.parametrize("level", [level for level in FLAG.levels if level.unless], ids=lambda level: level.id)
def test_an_engine_that_takes_an_open_unless_for_true_is_refuted(level):
    import z3

    from spondyl.proof.smt import term

    def careless(one: Level):
        (must, _), (_, may) = term(one.when, THRESHOLDS), term(one.unless, THRESHOLDS)
        return z3.And(must, z3.Not(may))

    found = falls_without_reason(level, careless)
    assert found is not None
    # The refutation is a patient, and the reference says the same of it.
    assert judge(level.when, found, THRESHOLDS).truth is TRUE
    assert judge(level.unless, found, THRESHOLDS).truth is not TRUE


@needs_z3
def test_no_gate_criterion_is_met_by_silence():
    from spondyl.proof.smt import nothing_recorded, term

    for required in GATE.required:
        conditions = [required.when]
        must, _ = term(required.when, THRESHOLDS, RULES.types)
        assert refuted(conditions, nothing_recorded(conditions, RULES.types), must) is None, required.id


def test_the_rules_read_something():
    assert len(CONDITIONS) > 40
    assert len(set(fact_names(Or(tuple(CONDITIONS.values()))))) > 40
