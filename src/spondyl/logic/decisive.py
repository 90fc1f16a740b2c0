"""Which unknown facts would settle an open condition: the smallest sets, so that the fewest questions are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

from spondyl.logic.judge import NO_THRESHOLDS, Thresholds, judge
from spondyl.logic.nodes import And, AtLeast, Compare, Condition, FactIs, Has, In, Leaf, Not, Or
from spondyl.logic.truth import FALSE, TRUE, UNKNOWN, Truth, negate
from spondyl.logic.values import Facts

EXACT_UP_TO = 3
_FAMILY_LIMIT = 400

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


class _Search:
    """One search over one patient; `cut` tells that sets were left out because they were too large."""

    def __init__(self, facts: Facts, thresholds: Thresholds, expand: Expand) -> None:
        self.facts = facts
        self.thresholds = thresholds
        self.expand = expand
        self.cut = False

    def family(self, condition: Condition, goal: Truth) -> list[Need]:
        if isinstance(condition, Not):
            return self.family(condition.of, negate(goal))
        if isinstance(condition, And | Or):
            if (goal is TRUE) == isinstance(condition, And):
                return self.product([self.family(part, goal) for part in condition.of])
            return self.smallest(need for part in condition.of for need in self.family(part, goal))
        if isinstance(condition, AtLeast):
            wanted = condition.n if goal is TRUE else len(condition.of) - condition.n + 1
            options = [self.family(part, goal) for part in condition.of]
            found: list[Need] = []
            for chosen in combinations(options, wanted):
                found.extend(self.product(list(chosen)))
            return self.smallest(found)
        return self.leaf(condition, goal)

    def leaf(self, leaf: Leaf, goal: Truth) -> list[Need]:
        truth = judge(leaf, self.facts, self.thresholds).truth
        if truth is goal:
            return [frozenset()]
        if truth is not UNKNOWN:
            return []
        inner = self.expand(leaf)
        if inner is not None:
            return self.family(inner, goal)
        return [frozenset({(leaf, goal)})]

    def product(self, families: list[list[Need]]) -> list[Need]:
        combined: list[Need] = [frozenset()]
        for family in sorted(families, key=len):
            combined = self.smallest(one | other for one in combined for other in family)
            if not combined:
                return []
        return combined

    def smallest(self, needs: Iterable[Need]) -> list[Need]:
        kept: list[Need] = []
        for need in sorted(set(needs), key=_order):
            names = _names(need)
            if len(names) > EXACT_UP_TO:
                self.cut = True
            elif _consistent(need, self.thresholds) and not any(other <= need for other in kept):
                kept.append(need)
                if len(kept) >= _FAMILY_LIMIT:
                    self.cut = True
                    break
        return kept

    def greedy(self, condition: Condition, goal: Truth) -> Need | None:
        if isinstance(condition, Not):
            return self.greedy(condition.of, negate(goal))
        if isinstance(condition, And | Or | AtLeast):
            options = [self.greedy(part, goal) for part in condition.of]
            if isinstance(condition, AtLeast):
                wanted = condition.n if goal is TRUE else len(condition.of) - condition.n + 1
            else:
                wanted = len(condition.of) if (goal is TRUE) == isinstance(condition, And) else 1
            possible = sorted((need for need in options if need is not None), key=_order)
            if len(possible) < wanted:
                return None
            return frozenset().union(*possible[:wanted])
        truth = judge(condition, self.facts, self.thresholds).truth
        if truth is goal:
            return frozenset()
        if truth is not UNKNOWN:
            return None
        inner = self.expand(condition)
        if inner is not None:
            return self.greedy(inner, goal)
        return frozenset({(condition, goal)})


def decisive(
    condition: Condition,
    facts: Facts,
    goal: Truth,
    thresholds: Thresholds = NO_THRESHOLDS,
    expand: Expand = _keep,
) -> Decisive | None:
    """The smallest set of unknown facts whose answers could bring the condition to `goal`.

    Sets of up to three facts are found exactly; beyond that a greedy set is returned and says so. None when no
    answers could bring it there. `expand` gives the condition behind a derived fact, so that what is asked for
    is what a clinician can answer.
    """
    search = _Search(facts, thresholds, expand)
    family = search.family(condition, goal)
    if family:
        best = min(family, key=_order)
        return Decisive(_names(best), True, _sorted(best))
    if not search.cut:
        return None
    need = search.greedy(condition, goal)
    if need is None:
        return None
    return Decisive(_names(need), False, _sorted(need))


def _names(need: Need) -> tuple[str, ...]:
    return tuple(sorted({leaf.fact for leaf, _ in need}))


def _order(need: Need) -> tuple[int, tuple[str, ...], str]:
    names = _names(need)
    return len(names), names, repr(_sorted(need))


def _sorted(need: Need) -> tuple[tuple[Leaf, Truth], ...]:
    return tuple(sorted(need, key=lambda pair: (pair[0].fact, repr(pair[0]), pair[1].value)))


def _consistent(need: Need, thresholds: Thresholds) -> bool:
    """Whether one value of each fact can satisfy all that is needed of it."""
    if len(need) == len(_names(need)):
        return True
    by_fact: dict[str, list[tuple[Leaf, Truth]]] = {}
    for leaf, truth in need:
        by_fact.setdefault(leaf.fact, []).append((leaf, truth))
    return all(_satisfiable(pairs, thresholds) for pairs in by_fact.values() if len(pairs) > 1)


def _satisfiable(pairs: list[tuple[Leaf, Truth]], thresholds: Thresholds) -> bool:
    first = pairs[0][0]
    if isinstance(first, FactIs | Has):
        answers: dict[Leaf, Truth] = {}
        return all(answers.setdefault(leaf, truth) is truth for leaf, truth in pairs)
    if isinstance(first, In):
        allowed: set[str] | None = None
        denied: set[str] = set()
        for leaf, truth in pairs:
            if isinstance(leaf, In):
                if truth is TRUE:
                    allowed = set(leaf.values) if allowed is None else allowed & set(leaf.values)
                else:
                    denied |= set(leaf.values)
        return allowed is None or bool(allowed - denied)
    bounds = [leaf for leaf, _ in pairs if isinstance(leaf, Compare)]
    numbers = sorted({thresholds[leaf.bound] if isinstance(leaf.bound, str) else leaf.bound for leaf in bounds})
    probes = {n for number in numbers for n in (number - 1e-6, number, number + 1e-6)}
    probes |= {numbers[0] - 1, numbers[-1] + 1}
    probes |= {(a + b) / 2 for a, b in zip(numbers, numbers[1:], strict=False)}
    return any(all(_holds(leaf, probe, thresholds) is truth for leaf, truth in pairs) for probe in probes)


def _holds(leaf: Leaf, number: float, thresholds: Thresholds) -> Truth:
    if not isinstance(leaf, Compare):
        return UNKNOWN
    bound = thresholds[leaf.bound] if isinstance(leaf.bound, str) else leaf.bound
    answers = {"<": number < bound, "<=": number <= bound, ">": number > bound, ">=": number >= bound}
    return TRUE if answers.get(leaf.op, number == bound) else FALSE
