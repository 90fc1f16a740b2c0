"""The facts in the reason of `judge`, without building the reason. Tested equal to it by generation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from spondyl.logic.closures import closure
from spondyl.logic.judge import NO_THRESHOLDS, Thresholds
from spondyl.logic.nodes import And, AtLeast, Condition, Not, Or
from spondyl.logic.truth import Truth, at_least, both, either, negate
from spondyl.logic.values import Facts

Deciding: TypeAlias = tuple[Truth, tuple[str, ...]]
Reason: TypeAlias = Callable[[Facts], Deciding]


def reason(condition: Condition, thresholds: Thresholds = NO_THRESHOLDS) -> Reason:
    """A function from facts to the truth of the condition and the facts of the leaves that decide it, in order."""
    if isinstance(condition, Not):
        return _not(reason(condition.of, thresholds))
    if isinstance(condition, And | Or | AtLeast):
        return _join(condition, [reason(part, thresholds) for part in condition.of])
    check, names = closure(condition, thresholds), (condition.fact,)
    return lambda facts: (check(facts), names)


def _not(inner: Reason) -> Reason:
    def found(facts: Facts) -> Deciding:
        truth, names = inner(facts)
        return negate(truth), names

    return found


def _join(condition: And | Or | AtLeast, parts: list[Reason]) -> Reason:
    def found(facts: Facts) -> Deciding:
        judged = [part(facts) for part in parts]
        truths = [truth for truth, _ in judged]
        if isinstance(condition, And):
            answer = both(truths)
        else:
            answer = either(truths) if isinstance(condition, Or) else at_least(condition.n, truths)
        return answer, tuple([name for truth, names in judged if truth is answer for name in names])

    return found
