"""The same answers as `judge`, without the reason and about ten times as fast. Tested equal by generation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, assert_never

from spondyl.logic.judge import NO_THRESHOLDS, Thresholds
from spondyl.logic.nodes import And, AtLeast, Compare, Condition, FactIs, Has, In, Known, Not, Or
from spondyl.logic.truth import FALSE, TRUE, UNKNOWN, Truth, negate
from spondyl.logic.values import NoneOf, Values, is_recorded

Check: TypeAlias = Callable[[Values], Truth]


def closure(condition: Condition, thresholds: Thresholds = NO_THRESHOLDS) -> Check:
    """A function from facts to the truth of the condition. Raises KeyError for a threshold that is not given."""
    match condition:
        case FactIs(name):
            return _fact_is(name)
        case Compare(name, op, bound):
            return _compare(name, op, thresholds[bound] if isinstance(bound, str) else bound)
        case In(name, values):
            return _in(name, frozenset(values))
        case Has(name, member):
            return _has(name, member)
        case Known(name):
            return lambda facts: TRUE if is_recorded(facts[name]) else FALSE
        case Not(of):
            return _not(closure(of, thresholds))
        case And(parts):
            return _join(parts, thresholds, FALSE)
        case Or(parts):
            return _join(parts, thresholds, TRUE)
        case AtLeast(n, parts):
            return _at_least(n, [closure(part, thresholds) for part in parts])
        case _:
            assert_never(condition)


def _fact_is(name: str) -> Check:
    def check(facts: Values) -> Truth:
        value = facts[name]
        return UNKNOWN if value is None else value  # type: ignore[return-value]  # the loader checked the type

    return check


def _compare(name: str, op: str, bound: float) -> Check:
    def check(facts: Values) -> Truth:
        value = facts[name]
        return UNKNOWN if value is None else value.compare(op, bound)  # type: ignore[union-attr]

    return check


def _in(name: str, values: frozenset[str]) -> Check:
    def check(facts: Values) -> Truth:
        value = facts[name]
        if value is None:
            return UNKNOWN
        if type(value) is NoneOf:
            return FALSE if value.values >= values else UNKNOWN
        return TRUE if value in values else FALSE

    return check


def _has(name: str, member: str) -> Check:
    def check(facts: Values) -> Truth:
        value = facts[name]
        return UNKNOWN if value is None else value.has(member)  # type: ignore[union-attr]

    return check


def _not(of: Check) -> Check:
    def check(facts: Values) -> Truth:
        truth = of(facts)
        if truth is TRUE:
            return FALSE
        return TRUE if truth is FALSE else UNKNOWN

    return check


def _join(parts: tuple[Condition, ...], thresholds: Thresholds, ends: Truth) -> Check:
    """`and` ends with FALSE, `or` with TRUE. Plain truth facts and their denials are read without a call."""
    done = negate(ends)
    plain: list[tuple[str, Truth]] = []
    others: list[Check] = []
    for part in parts:
        if isinstance(part, FactIs):
            plain.append((part.fact, ends))
        elif isinstance(part, Not) and isinstance(part.of, FactIs):
            plain.append((part.of.fact, done))
        else:
            others.append(closure(part, thresholds))

    def check(facts: Values) -> Truth:
        answer = done
        for name, ending in plain:
            value = facts[name]
            if value is ending:
                return ends
            if value is None or value is UNKNOWN:
                answer = UNKNOWN
        for other in others:
            truth = other(facts)
            if truth is ends:
                return ends
            if truth is UNKNOWN:
                answer = UNKNOWN
        return answer

    return check


def _at_least(n: int, parts: list[Check]) -> Check:
    def check(facts: Values) -> Truth:
        certain = open_ = 0
        for part in parts:
            truth = part(facts)
            if truth is TRUE:
                certain += 1
            elif truth is UNKNOWN:
                open_ += 1
        if certain >= n:
            return TRUE
        return UNKNOWN if certain + open_ >= n else FALSE

    return check
