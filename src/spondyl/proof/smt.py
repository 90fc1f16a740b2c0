"""Conditions as formulas over every possible patient, for Z3. Each becomes two: it is TRUE, and it is not FALSE.

A truth is two Booleans that are never both true: recorded as yes, recorded as no. A number has two bounds, each with a
flag that says whether it is known. A set is one pair of Booleans per member, and so is a choice per value, of which at
most one is yes and a yes makes the others no. Variables are found again by their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, TypeAlias, assert_never

import z3  # type: ignore[import-untyped, import-not-found, unused-ignore]  # an extra, without types

from spondyl.logic import (
    FALSE,
    TRUE,
    And,
    AtLeast,
    Compare,
    Condition,
    FactIs,
    Facts,
    FactType,
    Has,
    In,
    Interval,
    Known,
    Members,
    NoneOf,
    Not,
    Or,
    Thresholds,
    Truth,
    Value,
    leaves,
)

Pair: TypeAlias = tuple[z3.BoolRef, z3.BoolRef]

_NO_THRESHOLDS: Thresholds = {}
_NO_TYPES: Mapping[str, FactType] = {}


def term(
    condition: Condition, thresholds: Thresholds = _NO_THRESHOLDS, types: Mapping[str, FactType] = _NO_TYPES
) -> Pair:
    """(must, may): the condition is TRUE; the condition is not FALSE.

    Both hold only for patients that satisfy `possible`. `types` is needed for `known` only. Raises KeyError for a
    threshold, or the type of a known fact, that is not given.
    """
    match condition:
        case FactIs(name):
            yes, no = pair(name)
            return yes, z3.Not(no)
        case Compare(name, op, bound):
            return _compare(name, op, thresholds[bound] if isinstance(bound, str) else bound)
        case In(name, values):
            pairs = [pair(f"{name}={value}") for value in values]
            return z3.Or([yes for yes, _ in pairs]), z3.Not(z3.And([no for _, no in pairs]))
        case Has(name, member):
            yes, no = pair(f"{name}={member}")
            return yes, z3.Not(no)
        case Known(name):
            known = z3.Or(flags(types[name]))
            return known, known
        case Not(of):
            must, may = term(of, thresholds, types)
            return z3.Not(may), z3.Not(must)
        case And(parts):
            musts, mays = _terms(parts, thresholds, types)
            return z3.And(musts), z3.And(mays)
        case Or(parts):
            musts, mays = _terms(parts, thresholds, types)
            return z3.Or(musts), z3.Or(mays)
        case AtLeast(n, parts):
            musts, mays = _terms(parts, thresholds, types)
            return z3.PbGe([(must, 1) for must in musts], n), z3.PbGe([(may, 1) for may in mays], n)
        case _:
            assert_never(condition)


def _terms(
    parts: Iterable[Condition], thresholds: Thresholds, types: Mapping[str, FactType]
) -> tuple[list[z3.BoolRef], list[z3.BoolRef]]:
    pairs = [term(part, thresholds, types) for part in parts]
    return [must for must, _ in pairs], [may for _, may in pairs]


def pair(name: str) -> Pair:
    """The two Booleans of a truth, or of one value of a choice or set: recorded as yes, recorded as no."""
    return z3.Bool(f"{name} yes"), z3.Bool(f"{name} no")


def bounds(name: str) -> tuple[z3.ArithRef, z3.BoolRef, z3.ArithRef, z3.BoolRef]:
    """The low end of a number, whether it is known, and the same of the high end."""
    return z3.Real(f"{name} low"), z3.Bool(f"{name} has low"), z3.Real(f"{name} high"), z3.Bool(f"{name} has high")


def rational(number: float) -> z3.RatNumRef:
    """The exact number."""
    return z3.Q(*Fraction(number).as_integer_ratio())  # a float is a fraction; its decimal text is another number


def _compare(name: str, op: str, bound: float) -> Pair:
    low, has_low, high, has_high = bounds(name)
    number = rational(bound)

    def below(holds: z3.BoolRef) -> z3.BoolRef:
        return z3.And(has_high, holds)

    def above(holds: z3.BoolRef) -> z3.BoolRef:
        return z3.And(has_low, holds)

    match op:
        case ">=":
            return above(low >= number), z3.Not(below(high < number))
        case ">":
            return above(low > number), z3.Not(below(high <= number))
        case "<=":
            return below(high <= number), z3.Not(above(low > number))
        case "<":
            return below(high < number), z3.Not(above(low >= number))
        case "==":
            same = z3.And(above(low == number), below(high == number))
            return same, z3.Not(z3.Or(above(low > number), below(high < number)))
    raise ValueError(f"no comparison {op!r}")


def flags(fact: FactType) -> list[z3.BoolRef]:
    """The Booleans of which one is true when anything is recorded about the fact."""
    if fact.kind == "number":
        _, has_low, _, has_high = bounds(fact.name)
        return [has_low, has_high]
    if fact.kind in ("choice", "set"):
        if not fact.values:
            raise ValueError(f"the values of {fact.name} are not listed, so known({fact.name}) has no formula")
        return [flag for value in sorted(fact.values) for flag in pair(f"{fact.name}={value}")]
    return list(pair(fact.name))


def renamed(fact: FactType, name: str) -> FactType:
    """The same type under another name."""
    return FactType(name, fact.kind, fact.values, fact.low, fact.high, fact.unit)


def _variables(
    conditions: Iterable[Condition], types: Mapping[str, FactType]
) -> tuple[set[str], set[str], dict[str, set[str]], dict[str, set[str]]]:
    """The facts that are truths and numbers, and the values in use of choices and of sets."""
    truths: set[str] = set()
    numbers: set[str] = set()
    choices: dict[str, set[str]] = {}
    sets: dict[str, set[str]] = {}
    for leaf in (leaf for condition in conditions for leaf in leaves(condition)):
        match leaf:
            case FactIs(name):
                truths.add(name)
            case Compare(name):
                numbers.add(name)
            case In(name, values):
                choices.setdefault(name, set()).update(values)
            case Has(name, member):
                sets.setdefault(name, set()).add(member)
            case Known(name):
                fact = types[name]
                if fact.kind == "number":
                    numbers.add(name)
                elif fact.kind in ("choice", "set"):
                    (choices if fact.kind == "choice" else sets).setdefault(name, set()).update(fact.values or ())
                else:
                    truths.add(name)
    return truths, numbers, choices, sets


def possible(conditions: Iterable[Condition], types: Mapping[str, FactType] = _NO_TYPES) -> z3.BoolRef:
    """What is true of every patient, for all facts that these conditions read together."""
    truths, numbers, choices, sets = _variables(conditions, types)
    made: list[z3.BoolRef] = []
    pairs = sorted(truths) + [f"{name}={value}" for name, values in sorted(sets.items()) for value in sorted(values)]
    for name in pairs:
        yes, no = pair(name)
        made.append(z3.Not(z3.And(yes, no)))
    for name in sorted(numbers):
        low, has_low, high, has_high = bounds(name)
        made.append(z3.Implies(z3.And(has_low, has_high), low <= high))
    for name, values in sorted(choices.items()):
        for value in sorted(values):
            yes, no = pair(f"{name}={value}")
            others = [pair(f"{name}={other}")[1] for other in sorted(values - {value})]
            made.append(z3.Implies(yes, z3.And(z3.Not(no), *others)))
    return z3.And(made)


def nothing_recorded(conditions: Iterable[Condition], types: Mapping[str, FactType] = _NO_TYPES) -> z3.BoolRef:
    """The patient about whom none of the facts of these conditions is known."""
    return patient(conditions, Facts(), types)


def patient(conditions: Iterable[Condition], facts: Facts, types: Mapping[str, FactType] = _NO_TYPES) -> z3.BoolRef:
    """This patient and no other, for all facts that these conditions read together."""
    truths, numbers, choices, sets = _variables(conditions, types)
    made: list[z3.BoolRef] = []

    def fix(name: str, truth: Any) -> None:
        yes, no = pair(name)
        made.extend([yes == (truth is TRUE), no == (truth is FALSE)])

    for name in sorted(truths):
        fix(name, facts[name])
    for name in sorted(numbers):
        value = facts[name]
        number = value if isinstance(value, Interval) else Interval(None, None)
        low, has_low, high, has_high = bounds(name)
        for variable, flag, bound in ((low, has_low, number.low), (high, has_high, number.high)):
            made.append(flag == (bound is not None))
            if bound is not None:
                made.append(variable == rational(bound))
    for group in (choices, sets):
        for name, values in sorted(group.items()):
            for value in sorted(values):
                fix(f"{name}={value}", member(facts[name], value))
    return z3.And(made)


def member(recorded: Value | None, value: str) -> Truth | None:
    """Whether a recorded choice or set has this value: TRUE, FALSE, or nothing is said."""
    if isinstance(recorded, str):
        return TRUE if recorded == value else FALSE
    if isinstance(recorded, NoneOf):
        return FALSE if value in recorded.values else None
    return recorded.has(value) if isinstance(recorded, Members) else None


def later(
    formula: z3.ExprRef, conditions: Iterable[Condition], types: Mapping[str, FactType] = _NO_TYPES
) -> z3.ExprRef:
    """The same formula about the patient at a later time, whose facts are variables of their own."""
    pairs = [(one, z3.Const(f"{one} later", one.sort())) for one in _constants(conditions, types)]
    return z3.substitute(formula, *pairs)


def learns(conditions: Iterable[Condition], types: Mapping[str, FactType] = _NO_TYPES) -> z3.BoolRef:
    """Between now and later, facts are filled in and numbers narrowed; what was recorded stays."""
    conditions = list(conditions)
    kept = [z3.Implies(one, later(one, conditions, types)) for one in _constants(conditions, types) if z3.is_bool(one)]
    for name in sorted(_variables(conditions, types)[1]):
        low, has_low, high, has_high = bounds(name)
        kept.append(z3.Implies(has_low, later(low, conditions, types) >= low))
        kept.append(z3.Implies(has_high, later(high, conditions, types) <= high))
    return z3.And(kept)


def _constants(conditions: Iterable[Condition], types: Mapping[str, FactType]) -> list[z3.ExprRef]:
    """Every variable of the facts of these conditions."""
    truths, numbers, choices, sets = _variables(conditions, types)
    valued = [*sorted(choices.items()), *sorted(sets.items())]
    names = sorted(truths) + [f"{name}={value}" for name, values in valued for value in sorted(values)]
    flags = [flag for name in names for flag in pair(name)]
    return flags + [variable for name in sorted(numbers) for variable in bounds(name)]


def facts_of(model: z3.ModelRef, conditions: Iterable[Condition], types: Mapping[str, FactType] = _NO_TYPES) -> Facts:
    """The patient of a model, with every fact that matters, so that a refutation can be judged again."""
    truths, numbers, choices, sets = _variables(conditions, types)
    facts = Facts()

    def holds(flag: z3.BoolRef) -> bool:
        return str(model.eval(flag, model_completion=True)) == "True"

    def split(name: str, values: set[str]) -> tuple[frozenset[str], frozenset[str]]:
        pairs = {value: pair(f"{name}={value}") for value in sorted(values)}
        return (
            frozenset(value for value, (yes, _) in pairs.items() if holds(yes)),
            frozenset(value for value, (_, no) in pairs.items() if holds(no)),
        )

    for name in sorted(truths):
        yes, no = pair(name)
        if holds(yes) or holds(no):
            facts[name] = TRUE if holds(yes) else FALSE
    for name in sorted(numbers):
        low, has_low, high, has_high = bounds(name)
        ends = [
            float(model.eval(end, model_completion=True).as_fraction()) if holds(known) else None
            for end, known in ((low, has_low), (high, has_high))
        ]
        if ends != [None, None]:
            facts[name] = Interval(*ends)
    for name, values in sorted(choices.items()):
        present, denied = split(name, values)
        if present or denied:
            facts[name] = min(present) if present else NoneOf(denied)
    for name, values in sorted(sets.items()):
        present, denied = split(name, values)
        if present or denied:
            facts[name] = Members(present, denied)
    return facts
