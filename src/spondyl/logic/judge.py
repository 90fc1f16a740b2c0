"""The reference: one condition judged against one patient's facts, with the reason as part of the answer.

Every other way to evaluate a condition (closures, columns, SMT, CQL) is tested equal to this one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from spondyl.logic.nodes import LEAVES, And, AtLeast, Compare, Condition, FactIs, Has, In, Known, Not, Or
from spondyl.logic.truth import FALSE, TRUE, UNKNOWN, Truth, at_least, both, either, negate
from spondyl.logic.values import Facts, Interval, Members, NoneOf, is_recorded

Thresholds = Mapping[str, float]
NO_THRESHOLDS: Thresholds = {}


@dataclass(frozen=True, slots=True)
class Judgment:
    """A condition, its truth, and the parts that decide it (none for a leaf)."""

    condition: Condition
    truth: Truth
    because: tuple[Judgment, ...] = ()

    def leaves(self) -> Iterator[Judgment]:
        """The leaves of the reason: with these facts alone the answer is the same."""
        if isinstance(self.condition, LEAVES):
            yield self
        for part in self.because:
            yield from part.leaves()


def judge(condition: Condition, facts: Facts, thresholds: Thresholds = NO_THRESHOLDS) -> Judgment:
    """Judge one condition against one patient's facts.

    An absent fact is UNKNOWN, never FALSE; only a recorded denial is FALSE. The reason keeps the parts that
    decide: the TRUE ones of a TRUE `or`, the FALSE ones of a FALSE `and`, the UNKNOWN ones of an UNKNOWN.
    Raises KeyError for a threshold that is not given and TypeError for a value of the wrong type.
    """
    match condition:
        case FactIs(name):
            value = facts[name]
            if value is None:
                return Judgment(condition, UNKNOWN)
            if not isinstance(value, Truth):
                raise TypeError(f"{name} is no truth")
            return Judgment(condition, value)
        case Compare(name, op, bound):
            value = facts[name]
            if value is None:
                return Judgment(condition, UNKNOWN)
            if not isinstance(value, Interval):
                raise TypeError(f"{name} is no number")
            number = thresholds[bound] if isinstance(bound, str) else bound
            return Judgment(condition, value.compare(op, number))
        case In(name, values):
            value = facts[name]
            if value is None:
                return Judgment(condition, UNKNOWN)
            if isinstance(value, NoneOf):
                return Judgment(condition, FALSE if value.values.issuperset(values) else UNKNOWN)
            if not isinstance(value, str):
                raise TypeError(f"{name} is no choice")
            return Judgment(condition, TRUE if value in values else FALSE)
        case Has(name, member):
            value = facts[name]
            if value is None:
                return Judgment(condition, UNKNOWN)
            if not isinstance(value, Members):
                raise TypeError(f"{name} is no set")
            return Judgment(condition, value.has(member))
        case Known(name):
            return Judgment(condition, TRUE if is_recorded(facts[name]) else FALSE)
        case Not(of):
            inner = judge(of, facts, thresholds)
            return Judgment(condition, negate(inner.truth), (inner,))
        case And(parts):
            judged = [judge(part, facts, thresholds) for part in parts]
            return _deciding(condition, both(j.truth for j in judged), judged)
        case Or(parts):
            judged = [judge(part, facts, thresholds) for part in parts]
            return _deciding(condition, either(j.truth for j in judged), judged)
        case AtLeast(n, parts):
            judged = [judge(part, facts, thresholds) for part in parts]
            return _deciding(condition, at_least(n, (j.truth for j in judged)), judged)
        case _:
            assert_never(condition)


def _deciding(condition: Condition, truth: Truth, judged: list[Judgment]) -> Judgment:
    return Judgment(condition, truth, tuple([part for part in judged if part.truth is truth]))
