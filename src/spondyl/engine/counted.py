"""The number a criterion shows: of those it compares, the one that decides. It judges no criterion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from spondyl.knowledge.rules import Counter
from spondyl.logic import FALSE, TRUE, And, Compare, Condition, Interval, Or, Truth
from spondyl.timeline import View


class Number(NamedTuple):
    """One comparison of a criterion: a number fact against the number it needs."""

    fact: str
    op: str
    bound: float

    def truth(self, view: View) -> Truth | None:
        """Whether the number is enough; None where none is known."""
        value = view[self.fact]
        return value.compare(self.op, self.bound) if isinstance(value, Interval) else None


class Counted(NamedTuple):
    """The numbers of a criterion: the one that is shown first, and those that have to hold with it.

    `alone`: the criterion is nothing but its number, so that it decides whatever it is.
    """

    first: Number
    others: tuple[Number, ...]
    alone: bool

    def deciding(self, view: View, result: str) -> Number | None:
        """The number to show with this result; None where another reason decides.

        A number that is not enough proves nothing where the criterion is met for another reason, and one that is
        enough explains nothing where it is not met.
        """
        if self.alone:
            return self.first
        if result == "met":
            return self.first if self.first.truth(view) is TRUE else None
        truths = [(one, one.truth(view)) for one in (self.first, *self.others)]
        for wanted in (FALSE, None):
            for one, truth in truths:
                if truth is wanted or (wanted is None and truth is not TRUE):
                    return one
        return None


def counted(counter: Counter, condition: Condition, thresholds: Mapping[str, float]) -> Counted:
    """The numbers of a condition: the one of the counter, else the first, and what has to hold together with it."""

    def number(one: Compare) -> Number:
        return Number(one.fact, one.op, thresholds[one.bound] if isinstance(one.bound, str) else one.bound)

    listed = [number(one) for one in _compared(condition)]
    own = [one for one in listed if one.fact == counter.fact] or listed
    if not own:
        bound = thresholds[counter.need] if isinstance(counter.need, str) else counter.need
        return Counted(Number(counter.fact, ">=", bound), (), True)
    parts = condition.of if isinstance(condition, And) else (condition,)
    together = [number(one) for one in parts if isinstance(one, Compare)]
    others = [one for one in together if one != own[0]] if own[0] in together else []
    return Counted(own[0], tuple(others), isinstance(condition, Compare))


def _compared(condition: Condition) -> Iterator[Compare]:
    """Every comparison that speaks for a condition, in the order of the text."""
    if isinstance(condition, Compare):
        yield condition
    elif isinstance(condition, And | Or):
        for one in condition.of:
            yield from _compared(one)
