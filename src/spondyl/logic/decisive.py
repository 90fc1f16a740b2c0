"""Which unknown facts would settle an open condition: the smallest sets, so that the fewest questions are asked."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from spondyl.logic.judge import NO_THRESHOLDS, Thresholds, judge
from spondyl.logic.nodes import And, AtLeast, Compare, Condition, In, Leaf, Not, Or
from spondyl.logic.truth import TRUE, UNKNOWN, Truth, negate
from spondyl.logic.values import Facts, Interval, NoneOf, Value, exactly

EXACT_UP_TO = 3
_FAMILY_LIMIT = 400
_GREEDY_LIMIT = 20_000

Need: TypeAlias = frozenset[tuple[Leaf, Truth]]
Expand: TypeAlias = Callable[[Leaf], "Condition | None"]


@dataclass(frozen=True, slots=True)
class Decisive:
    """The facts to ask for. `exact`: no smaller set exists; else a greedy choice that works."""

    facts: tuple[str, ...]
    exact: bool
    needs: tuple[tuple[Leaf, Truth], ...] = ()


def _keep(_: Leaf) -> Condition | None:
    return None


class Search:
    """Searches over one patient, who must not change meanwhile: what one search found, the next one uses.

    `cut`: sets were left out because they were larger than `size`; `crowded`: because there were too many of them.
    """

    def __init__(self, facts: Facts, thresholds: Thresholds = NO_THRESHOLDS, expand: Expand = _keep) -> None:
        self.facts = facts
        self.thresholds = thresholds
        self.expand = expand
        self.size = EXACT_UP_TO
        self.cut = False
        self.crowded = False
        self.steps = 0
        self._kept: dict[int, Condition] = {}
        self._prices: dict[tuple[int, Truth], int | None] = {}
        self._forced: dict[tuple[int, Truth], frozenset[str] | None] = {}
        self._leaves: dict[Leaf, Truth] = {}

    def truth(self, leaf: Leaf) -> Truth:
        """The truth of a leaf in this patient."""
        found = self._leaves.get(leaf)
        if found is None:
            found = self._leaves[leaf] = judge(leaf, self.facts, self.thresholds).truth
        return found

    def family(self, condition: Condition, goal: Truth) -> list[Need]:
        if isinstance(condition, Not):
            return self.family(condition.of, negate(goal))
        if isinstance(condition, And | Or | AtLeast):
            families = [self.family(part, goal) for part in condition.of]
            return self.choices(families, _wanted(condition, goal))
        return self.leaf(condition, goal)

    def leaf(self, leaf: Leaf, goal: Truth) -> list[Need]:
        truth = self.truth(leaf)
        if truth is goal:
            return [frozenset()]
        if truth is not UNKNOWN:
            return []
        inner = self.expand(leaf)
        if inner is not None:
            return self.family(inner, goal)
        return [frozenset({(leaf, goal)})]

    def choices(self, families: list[list[Need]], wanted: int) -> list[Need]:
        """The smallest needs that settle `wanted` of these parts."""
        if wanted == 1:
            return self.smallest(need for family in families for need in family)
        ways: list[list[Need]] = [[frozenset()], *([] for _ in range(wanted))]
        for seen, family in enumerate(sorted(families, key=len), start=1):
            left = len(families) - seen
            for count in range(min(seen, wanted), max(1, wanted - left) - 1, -1):
                added = [one | other for one in ways[count - 1] for other in family]
                ways[count] = self.smallest([*ways[count], *added])
        return ways[wanted]

    def smallest(self, needs: Iterable[Need]) -> list[Need]:
        kept: list[Need] = []
        for need in sorted(set(needs), key=_order):
            names = _names(need)
            if len(names) > self.size:
                self.cut = True
            elif self.consistent(need) and not any(other <= need for other in kept):
                if len(kept) == _FAMILY_LIMIT:
                    self.cut = self.crowded = True
                    break
                kept.append(need)
        return kept

    def greedy(self, condition: Condition, goal: Truth, need: Need) -> Iterator[Need]:
        """Ways to extend `need` so that it also brings the condition to the goal, the cheap branches first.

        The first way is the greedy choice; the later ones are for when it contradicts what comes after it.
        """
        self.steps += 1
        if self.steps > _GREEDY_LIMIT:
            return
        if isinstance(condition, Not):
            yield from self.greedy(condition.of, negate(goal), need)
        elif isinstance(condition, And | Or | AtLeast):
            prices = [(self.price(part, goal), at) for at, part in enumerate(condition.of)]
            cheap_first = sorted((price, at) for price, at in prices if price is not None)
            parts = [condition.of[at] for _, at in cheap_first]
            yield from self.choose(parts, goal, _wanted(condition, goal), need)
        else:
            yield from self.greedy_leaf(condition, goal, need)

    def choose(self, parts: list[Condition], goal: Truth, wanted: int, need: Need) -> Iterator[Need]:
        if wanted == 0:
            yield need
        elif len(parts) >= wanted:
            for extended in self.greedy(parts[0], goal, need):
                yield from self.choose(parts[1:], goal, wanted - 1, extended)
            yield from self.choose(parts[1:], goal, wanted, need)

    def greedy_leaf(self, leaf: Leaf, goal: Truth, need: Need) -> Iterator[Need]:
        truth = self.truth(leaf)
        if truth is goal:
            yield need
        elif truth is UNKNOWN:
            inner = self.expand(leaf)
            if inner is not None:
                yield from self.greedy(inner, goal, need)
            elif self.consistent(extended := need | {(leaf, goal)}):
                yield extended

    def price(self, condition: Condition, goal: Truth) -> int | None:
        """Leaves to settle, counted without looking at contradictions; None when it cannot be brought there."""
        key = (id(condition), goal)
        if key not in self._prices:
            self._kept[id(condition)] = condition
            self._prices[key] = self.priced(condition, goal)
        return self._prices[key]

    def forced(self, condition: Condition, goal: Truth) -> frozenset[str] | None:
        """Facts that stand in every set that brings the condition to the goal; None when nothing can."""
        key = (id(condition), goal)
        if key not in self._forced:
            self._kept[id(condition)] = condition
            self._forced[key] = self.must(condition, goal)
        return self._forced[key]

    def must(self, condition: Condition, goal: Truth) -> frozenset[str] | None:
        """`forced`, worked out."""
        if isinstance(condition, Not):
            return self.forced(condition.of, negate(goal))
        if isinstance(condition, And | Or | AtLeast):
            found = [one for part in condition.of if (one := self.forced(part, goal)) is not None]
            wanted = _wanted(condition, goal)
            if len(found) < wanted:
                return None
            if len(found) == wanted:
                return frozenset().union(*found)
            return frozenset.intersection(*found) if wanted == 1 else frozenset()
        truth = self.truth(condition)
        if truth is goal:
            return frozenset()
        if truth is not UNKNOWN:
            return None
        inner = self.expand(condition)
        return frozenset({condition.fact}) if inner is None else self.forced(inner, goal)

    def priced(self, condition: Condition, goal: Truth) -> int | None:
        if isinstance(condition, Not):
            return self.price(condition.of, negate(goal))
        if isinstance(condition, And | Or | AtLeast):
            wanted = _wanted(condition, goal)
            prices = sorted(price for part in condition.of if (price := self.price(part, goal)) is not None)
            return sum(prices[:wanted]) if len(prices) >= wanted else None
        truth = self.truth(condition)
        if truth is goal:
            return 0
        if truth is not UNKNOWN:
            return None
        inner = self.expand(condition)
        return 1 if inner is None else self.price(inner, goal)

    def consistent(self, need: Need) -> bool:
        """Whether one value of each fact, within what is known of it, can satisfy all that is needed of it."""
        if len(need) == len(_names(need)):
            return True  # a leaf that is UNKNOWN can still go both ways
        by_fact: dict[str, list[tuple[Leaf, Truth]]] = {}
        for leaf, truth in need:
            by_fact.setdefault(leaf.fact, []).append((leaf, truth))
        return all(
            _satisfiable(pairs, self.facts[name], self.thresholds) for name, pairs in by_fact.items() if len(pairs) > 1
        )

    def settle(self, condition: Condition, goal: Truth) -> Decisive | None:
        """The smallest set of unknown facts whose answers could bring the condition to `goal`."""
        must = self.forced(condition, goal)
        if must is None:
            return None
        crowded = False
        for self.size in range(max(1, len(must)), EXACT_UP_TO + 1):
            self.cut = self.crowded = False
            family = self.family(condition, goal)
            if family:
                best = min(family, key=_order)
                return Decisive(_names(best), not crowded, _sorted(best))
            if not self.cut:
                return None
            crowded = crowded or self.crowded
        self.steps = 0
        need = next(self.greedy(condition, goal, frozenset()), None)
        if need is None:
            return None
        return Decisive(_names(need), False, _sorted(need))


def decisive(
    condition: Condition,
    facts: Facts,
    goal: Truth,
    thresholds: Thresholds = NO_THRESHOLDS,
    expand: Expand = _keep,
) -> Decisive | None:
    """The smallest set of unknown facts whose answers could bring the condition to `goal`.

    Sets of up to three facts are found exactly; beyond that a greedy set is returned and says so. None when no
    answers could bring it there (or, for conditions far larger than any rule, when none was found in time).
    `expand` gives the condition behind a derived fact, so that what is asked for is what a clinician can answer.
    """
    return Search(facts, thresholds, expand).settle(condition, goal)


def _wanted(condition: And | Or | AtLeast, goal: Truth) -> int:
    """How many parts must be brought to the goal: `and` and `or` are at_least all and at_least one."""
    if isinstance(condition, AtLeast):
        n = condition.n
    else:
        n = len(condition.of) if isinstance(condition, And) else 1
    return n if goal is TRUE else len(condition.of) - n + 1


@lru_cache(maxsize=100_000)
def _names(need: Need) -> tuple[str, ...]:
    return tuple(sorted({leaf.fact for leaf, _ in need}))


@lru_cache(maxsize=100_000)
def _order(need: Need) -> tuple[int, tuple[str, ...], tuple[tuple[str, str, int], ...]]:
    names = _names(need)
    return len(names), names, tuple(sorted([_key(pair) for pair in need]))


@lru_cache(maxsize=65536)
def _key(pair: tuple[Leaf, Truth]) -> tuple[str, str, int]:
    return pair[0].fact, repr(pair[0]), pair[1].value


def _sorted(need: Need) -> tuple[tuple[Leaf, Truth], ...]:
    return tuple(sorted(need, key=_key))


def _satisfiable(pairs: list[tuple[Leaf, Truth]], known: Value | None, thresholds: Thresholds) -> bool:
    first = pairs[0][0]
    if isinstance(first, In):
        return _one_value(pairs, known.values if isinstance(known, NoneOf) else frozenset())
    if isinstance(first, Compare):
        return _one_number(pairs, known if isinstance(known, Interval) else Interval(None, None), thresholds)
    answers: dict[Leaf, Truth] = {}
    return all(answers.setdefault(leaf, truth) is truth for leaf, truth in pairs)


def _one_value(pairs: list[tuple[Leaf, Truth]], denied: frozenset[str]) -> bool:
    allowed: frozenset[str] | None = None
    for leaf, truth in pairs:
        if isinstance(leaf, In):
            values = frozenset(leaf.values)
            if truth is TRUE:
                allowed = values if allowed is None else allowed & values
            else:
                denied |= values
    return allowed is None or bool(allowed - denied)


def _one_number(pairs: list[tuple[Leaf, Truth]], known: Interval, thresholds: Thresholds) -> bool:
    bounds = [leaf.bound for leaf, _ in pairs if isinstance(leaf, Compare)]
    marks = {thresholds[bound] if isinstance(bound, str) else bound for bound in bounds}
    marks |= {mark for mark in (known.low, known.high) if mark is not None}
    numbers = sorted(marks)
    # Between two marks nothing changes, so one number of each stretch stands for all of it.
    probes = [*numbers, *((a + b) / 2 for a, b in pairwise(numbers))]
    probes += [math.nextafter(numbers[0], -math.inf), math.nextafter(numbers[-1], math.inf)]
    return any(
        known.meets(exactly(probe)) and all(_at(leaf, probe, thresholds) is truth for leaf, truth in pairs)
        for probe in probes
    )


def _at(leaf: Leaf, number: float, thresholds: Thresholds) -> Truth:
    return judge(leaf, Facts({leaf.fact: exactly(number)}), thresholds).truth
