"""Whether a condition can hold, can fail, or is covered by others: by going through all combinations of its leaves.

Leaves of one fact are kept consistent: a choice has one value, a number one place between the bounds it is compared
with. Combinations are the bits of whole numbers, so that all are judged at once. What is too large is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import prod
from typing import TypeAlias

from spondyl.logic import And, AtLeast, Compare, Condition, FactType, Has, In, Leaf, Not, Or, children, leaves

MOST_WORLDS = 1 << 18
Bits: TypeAlias = tuple[int, int]
Key: TypeAlias = tuple[str, str]
Thresholds: TypeAlias = Mapping[str, float]


def key_of(leaf: Leaf) -> Key:
    """Leaves with the same key depend on each other."""
    return (leaf.fact, leaf.member) if isinstance(leaf, Has) else (leaf.fact, "")


class Worlds:
    """All combinations of the leaves of some conditions. `unknown` adds that a fact is not recorded."""

    def __init__(
        self,
        conditions: Sequence[Condition],
        types: Mapping[str, FactType],
        thresholds: Thresholds,
        unknown: bool = False,
    ) -> None:
        self.thresholds = thresholds
        grouped: dict[Key, dict[Leaf, None]] = {}
        for condition in conditions:
            for leaf in leaves(condition):
                grouped.setdefault(key_of(leaf), {})[leaf] = None
        states = {key: self._states(list(group), types.get(key[0])) for key, group in grouped.items()}
        sizes = [len(state) + unknown for state in states.values()]
        self.count = prod(sizes)
        self.fits = self.count <= MOST_WORLDS
        self.columns: dict[Leaf, Bits] = {}
        if not self.fits:
            return
        self.all = (1 << self.count) - 1
        stride = 1
        for (key, group), size in zip(grouped.items(), sizes, strict=True):
            blocks = [self._repeat(((1 << stride) - 1) << (index * stride), stride * size) for index in range(size)]
            for leaf in group:
                true = false = 0
                for state, block in zip(states[key], blocks, strict=False):
                    if state[leaf]:
                        true |= block
                    else:
                        false |= block
                self.columns[leaf] = (true, false)
            stride *= size

    def _repeat(self, block: int, period: int) -> int:
        while period < self.count:
            block |= block << period
            period *= 2
        return block & self.all

    def _states(self, group: list[Leaf], kind: FactType | None) -> list[dict[Leaf, bool]]:
        """The consistent answers of the leaves of one fact."""
        first = group[0]
        if isinstance(first, In):
            listed = [leaf for leaf in group if isinstance(leaf, In)]
            words = list(dict.fromkeys(word for leaf in listed for word in leaf.values))
            others: list[str | None] = [None]
            if kind is not None and kind.values is not None and kind.values <= set(words):
                others = []
            return [{leaf: word in leaf.values for leaf in listed} for word in (*words, *others)]
        if isinstance(first, Compare):
            compared = [leaf for leaf in group if isinstance(leaf, Compare)]
            found: list[dict[Leaf, bool]] = [
                {leaf: self._holds(leaf, probe) for leaf in compared} for probe in self._probes(compared, kind)
            ]
            return [state for index, state in enumerate(found) if state not in found[:index]]
        return [dict.fromkeys(group, True), dict.fromkeys(group, False)]

    def _bound(self, leaf: Compare) -> float:
        return self.thresholds.get(leaf.bound, 0.0) if isinstance(leaf.bound, str) else leaf.bound

    def _probes(self, compared: list[Compare], kind: FactType | None) -> list[float]:
        bounds = sorted({self._bound(leaf) for leaf in compared})
        between = [(a + b) / 2 for a, b in pairwise(bounds)]
        probes = [bounds[0] - 1, *bounds, *between, bounds[-1] + 1]
        if kind is not None and kind.low is not None and kind.high is not None:
            low, high = kind.low, kind.high
            inside = [probe for probe in probes if low <= probe <= high]
            probes = [*inside, *(edge for edge in (low, high) if edge not in inside)]
        return probes

    def _holds(self, leaf: Compare, number: float) -> bool:
        bound = self._bound(leaf)
        if leaf.op == "==":
            return number == bound
        if leaf.op in ("<", "<="):
            return number < bound or (leaf.op == "<=" and number == bound)
        return number > bound or (leaf.op == ">=" and number == bound)

    def bits(self, condition: Condition) -> Bits:
        """The worlds in which a condition is TRUE, and those in which it is FALSE."""
        if isinstance(condition, Not):
            true, false = self.bits(condition.of)
            return false, true
        if isinstance(condition, And | Or | AtLeast):
            parts = [self.bits(part) for part in condition.of]
            needed = len(parts) if isinstance(condition, And) else 1 if isinstance(condition, Or) else condition.n
            true = self._at_least(needed, [part[0] for part in parts])
            return true, self._at_least(len(parts) - needed + 1, [part[1] for part in parts])
        return self.columns[condition]

    def _at_least(self, needed: int, parts: list[int]) -> int:
        reached = [self.all] + [0] * needed
        for part in parts:
            for count in range(needed, 0, -1):
                reached[count] |= reached[count - 1] & part
        return reached[needed]


def outcomes(condition: Condition, types: Mapping[str, FactType], thresholds: Thresholds) -> tuple[bool, bool]:
    """Whether the condition can be TRUE and whether it can be FALSE, once its facts are known."""
    worlds = Worlds([condition], types, thresholds)
    if worlds.fits:
        true, false = worlds.bits(condition)
        return true != 0, false != 0
    if isinstance(condition, Not):
        can, cannot = outcomes(condition.of, types, thresholds)
        return cannot, can
    if isinstance(condition, And | Or):
        parts = _independent(condition)
        if len(parts) > 1:
            found = [outcomes(part, types, thresholds) for part in parts]
            if isinstance(condition, And):
                return all(can for can, _ in found), any(cannot for _, cannot in found)
            return any(can for can, _ in found), all(cannot for _, cannot in found)
    return True, True


def _independent(condition: And | Or) -> list[Condition]:
    """The parts of a condition, those that share a fact put together."""
    groups: list[tuple[set[Key], list[Condition]]] = []
    for part in children(condition):
        keys = {key_of(leaf) for leaf in leaves(part)}
        members = [part]
        apart = []
        for known, others in groups:
            if known & keys:
                keys |= known
                members = [*others, *members]
            else:
                apart.append((known, others))
        groups = [*apart, (keys, members)]
    together = type(condition)
    return [members[0] if len(members) == 1 else together(tuple(members)) for _, members in groups]


Step: TypeAlias = tuple[Condition, "Condition | None"]


def covered(
    steps: Sequence[Step], last: Step, types: Mapping[str, FactType], thresholds: Thresholds
) -> tuple[int, ...] | None:
    """Which of `steps` hold whenever `last` holds, or None: a step holds when `when` is TRUE and `unless` is not."""
    for chosen in (tuple(range(len(steps))), *((index,) for index in range(len(steps)))):
        picked = [steps[index] for index in chosen]
        if chosen and _covers(picked, last, types, thresholds):
            return chosen
    return None


def _covers(steps: Sequence[Step], last: Step, types: Mapping[str, FactType], thresholds: Thresholds) -> bool:
    conditions = [part for step in (*steps, last) for part in step if part is not None]
    for unknown in (False, True):
        worlds = Worlds(conditions, types, thresholds, unknown)
        if not worlds.fits:
            return False
        before = 0
        for step in steps:
            before |= _holding(worlds, step)
        if _holding(worlds, last) & ~before:
            return False
    return True


def _holding(worlds: Worlds, step: Step) -> int:
    true = worlds.bits(step[0])[0]
    return true if step[1] is None else true & ~worlds.bits(step[1])[0]
