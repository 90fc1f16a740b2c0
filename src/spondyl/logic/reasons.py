"""The facts in the reason of `judge`, without building the reason. Tested equal to it by generation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from spondyl.logic.closures import closure
from spondyl.logic.judge import NO_THRESHOLDS, Thresholds
from spondyl.logic.nodes import And, AtLeast, Condition, FactIs, Not, Or
from spondyl.logic.truth import FALSE, TRUE, UNKNOWN, Truth, negate
from spondyl.logic.values import Values

Names: TypeAlias = "tuple[str, ...]"
# The names where the truth is known: always the same ones, or such as depend on the patient.
Told: TypeAlias = "Names | Callable[[Values], Names]"


class Reason:
    """One condition: its truth, and the facts of the leaves that decide it, in order, prepared for each truth."""

    __slots__ = ("_told", "check", "condition", "fixed", "thresholds")

    def __init__(self, condition: Condition, thresholds: Thresholds = NO_THRESHOLDS) -> None:
        self.condition = condition
        self.thresholds = thresholds
        self.check = closure(condition, thresholds)
        self._told: dict[Truth, Told] = {}
        # By truth the names where they are always the same ones, as far as they were asked for.
        self.fixed: dict[Truth, Names] = {}

    def deciding(self, facts: Values, truth: Truth | None = None) -> Names:
        """The names, repeated when a fact stands twice. `truth` spares judging where it is known already."""
        if truth is None:
            truth = self.check(facts)
        told = self._told.get(truth)
        if told is None:
            told = self._told[truth] = _told(self.condition, truth, self.thresholds)
            if isinstance(told, tuple):
                self.fixed[truth] = told
        return told if isinstance(told, tuple) else told(facts)


def _told(condition: Condition, truth: Truth, thresholds: Thresholds) -> Told:
    if isinstance(condition, Not):
        return _told(condition.of, negate(truth), thresholds)
    if isinstance(condition, And | Or | AtLeast):
        parts = [_told(part, truth, thresholds) for part in condition.of]
        if (isinstance(condition, And) and truth is TRUE) or (isinstance(condition, Or) and truth is FALSE):
            return _all_of(parts)
        return _those(condition.of, truth, parts, thresholds)
    return (condition.fact,)


def _all_of(parts: Sequence[Told]) -> Told:
    """Every part has the truth of the whole."""
    same: list[str] = []
    for part in parts:
        if not isinstance(part, tuple):
            return lambda facts: tuple(
                [name for part in parts for name in (part if isinstance(part, tuple) else part(facts))]
            )
        same += part
    return tuple(same)


def _those(of: Sequence[Condition], truth: Truth, parts: Sequence[Told], thresholds: Thresholds) -> Told:
    """The parts that have the truth of the whole decide it."""
    if truth is not UNKNOWN and all(isinstance(part, FactIs) for part in of):
        plain = [part.fact for part in of if isinstance(part, FactIs)]
        return lambda facts: tuple([name for name in plain if facts[name] is truth])
    rows = [(*_compared(one, truth), closure(one, thresholds), part) for one, part in zip(of, parts, strict=True)]

    def found(facts: Values) -> Names:
        names: list[str] = []
        for name, wanted, check, part in rows:
            if facts[name] is wanted if name is not None else check(facts) is truth:
                names += part if isinstance(part, tuple) else part(facts)
        return tuple(names)

    return found


def _compared(part: Condition, truth: Truth) -> tuple[str | None, Truth]:
    """A plain truth fact and the value it has to have, so that no call is needed; no name for anything else."""
    if truth is not UNKNOWN and isinstance(part, FactIs):
        return part.fact, truth
    if truth is not UNKNOWN and isinstance(part, Not) and isinstance(part.of, FactIs):
        return part.of.fact, negate(truth)
    return None, truth
