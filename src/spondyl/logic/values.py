"""What a fact can be: a truth, an interval, a choice or a set of truths. None means not recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from spondyl.logic.truth import FALSE, TRUE, UNKNOWN, Truth


@dataclass(frozen=True, slots=True)
class Interval:
    """A number known to lie in the closed interval [low, high]; exact when the two are equal.

    A bound of None is open on that side. Raises ValueError when low is above high.
    """

    low: float | None
    high: float | None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("an interval needs low <= high")

    @property
    def exact(self) -> bool:
        """Whether the number is known exactly."""
        return self.low is not None and self.low == self.high

    def compare(self, op: str, bound: float) -> Truth:
        """Whether `self op bound` holds for every, no or only some numbers of the interval."""
        low, high = self.low, self.high
        if op == ">=":
            if low is not None and low >= bound:
                return TRUE
            return FALSE if high is not None and high < bound else UNKNOWN
        if op == ">":
            if low is not None and low > bound:
                return TRUE
            return FALSE if high is not None and high <= bound else UNKNOWN
        if op == "<=":
            if high is not None and high <= bound:
                return TRUE
            return FALSE if low is not None and low > bound else UNKNOWN
        if op == "<":
            if high is not None and high < bound:
                return TRUE
            return FALSE if low is not None and low >= bound else UNKNOWN
        if op == "==":
            if (low is not None and low > bound) or (high is not None and high < bound):
                return FALSE
            return TRUE if low == bound and high == bound else UNKNOWN
        raise ValueError(f"no comparison {op!r}")

    def meets(self, other: Interval) -> bool:
        """Whether the two intervals share a number."""
        below = self.high is not None and other.low is not None and self.high < other.low
        above = self.low is not None and other.high is not None and self.low > other.high
        return not (below or above)


def exactly(number: float) -> Interval:
    """The interval of one number."""
    return Interval(number, number)


@dataclass(frozen=True, slots=True)
class NoneOf:
    """A choice of which only is known that it is none of these values (they were denied)."""

    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Members:
    """A set fact: a family of truths. What stands in neither set is unknown, unless the set is closed."""

    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    closed: bool = False

    def has(self, member: str) -> Truth:
        """Whether the member was recorded as present, as absent, or not at all."""
        if member in self.yes:
            return TRUE
        return FALSE if self.closed or member in self.no else UNKNOWN


Value: TypeAlias = Truth | Interval | str | NoneOf | Members


def is_recorded(value: Value | None) -> bool:
    """Whether anything is known of a fact: an interval open on both sides or a set without members says nothing."""
    if value is None or value is UNKNOWN:
        return False
    if isinstance(value, Interval):
        return value.low is not None or value.high is not None
    if isinstance(value, NoneOf):
        return bool(value.values)
    if isinstance(value, Members):
        return value.closed or bool(value.yes) or bool(value.no)
    return True


Values: TypeAlias = Mapping[str, "Value | None"]


class Facts(dict[str, "Value | None"]):
    """Facts by name. A name that is not recorded gives None, never an error and never a no."""

    def __missing__(self, name: str) -> Value | None:
        return None
