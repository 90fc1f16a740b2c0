"""Conditions prepared for the search of decisive facts: compiled once, used for every patient.

A path node is a condition with the truth it has to be brought to. A set of wanted answers (a need) is a whole number
with one bit for each leaf and truth, so that joining and comparing needs costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from spondyl.logic.closures import Check, closure
from spondyl.logic.judge import Thresholds
from spondyl.logic.names import Names
from spondyl.logic.nodes import And, AtLeast, Compare, Condition, In, Leaf, Not, Or
from spondyl.logic.truth import TRUE, Truth, negate

Expand: TypeAlias = Callable[[Leaf], "Condition | None"]
Answer: TypeAlias = tuple[Leaf, Truth]
Order: TypeAlias = tuple[int, tuple[str, ...], tuple[tuple[str, str, int], ...]]
_MOST_NEEDS = 50_000
MOST_KEPT = 1_000
_MANY_LEAVES = 4


@dataclass(frozen=True, slots=True)
class Decisive:
    """The facts to ask for. `exact`: no smaller set exists; else a greedy choice that works."""

    facts: tuple[str, ...]
    exact: bool
    needs: tuple[Answer, ...] = ()


class Weighed(NamedTuple):
    """What it takes to bring a node to its goal.

    `price`: leaves to settle, counted without looking at contradictions. `forced`: facts that stand in every set.
    `choice`: the greedy need, the cheap branches first. `least`: no set is smaller. `support`: facts of any set.
    """

    price: int
    forced: int
    choice: int
    least: int
    support: int


class Need(NamedTuple):
    """A need spelled out. `shared`: answers about one fact that stands in it several times."""

    names: tuple[str, ...]
    order: Order
    answers: tuple[Answer, ...]
    shared: tuple[tuple[str, tuple[Answer, ...]], ...]


DONE = Weighed(0, 0, 0, 0, 0)


class Path:
    """A condition to be brought to a goal: a leaf, or `wanted` of its parts. `reads`: the facts it depends on."""

    __slots__ = (
        "answers", "blank", "check", "families", "goal", "inner", "leaf", "leaves", "measured", "need", "opened",
        "parts", "reads", "wanted", "weights",
    )  # fmt: skip

    def __init__(self, goal: Truth) -> None:
        self.goal = goal
        self.reads = 0
        self.parts: tuple[Path, ...] = ()
        self.wanted = 0
        self.leaf: Leaf | None = None
        self.check: Check | None = None
        self.inner: Path | None = None
        self.need = 0
        self.opened = DONE
        # What it comes to where nothing it reads is known, by size where that matters; kept by the search.
        self.blank: tuple[Weighed | None] | None = None
        self.families: dict[tuple[int, tuple[Truth, ...] | None], tuple[list[int], bool, bool]] | None = None
        # Every leaf below, once for each fact and wanted truth; and the answers by the truths of these leaves.
        # `measured`: the places of those that a known value can leave open, with the bit of their fact.
        self.leaves: tuple[tuple[int, Check], ...] = ()
        self.measured: tuple[tuple[int, int], ...] = ()
        self.answers: dict[object, Decisive | None] | None = None
        # What it weighs by these truths, for the large parts of a condition that is searched.
        self.weights: dict[tuple[Truth, ...], Weighed | None] | None = None


class Paths:
    """The paths of many conditions, with equal leaves shared. It knows nothing of a patient."""

    def __init__(self, thresholds: Thresholds, expand: Expand, names: Names | None = None) -> None:
        self.thresholds = thresholds
        self.expand = expand
        self.names = names or Names()
        self._answers: list[Answer] = []
        self._leaves: dict[Answer, Path] = {}
        self._known: dict[tuple[int, Truth], Path] = {}
        self._kept: list[Condition] = []
        self._needs: dict[int, Need] = {}
        # Whether a need can be met where nothing is known of its facts; kept by the search.
        self.possible: dict[int, bool] = {}

    def path(self, condition: Condition, goal: Truth) -> Path:
        """The path of a condition; made on first use."""
        key = (id(condition), goal)
        found = self._known.get(key)
        if found is None:
            self._kept.append(condition)
            found = self._known[key] = self._path(condition, goal)
        return found

    def _path(self, condition: Condition, goal: Truth) -> Path:
        if isinstance(condition, Not):
            return self.path(condition.of, negate(goal))
        if isinstance(condition, And | Or | AtLeast):
            made = Path(goal)
            made.parts = tuple([self.path(part, goal) for part in condition.of])
            made.wanted = wanted_of(condition, goal)
            for part in made.parts:
                made.reads |= part.reads
            return made
        leaf = self._leaves.get((condition, goal))
        if leaf is None:
            leaf = self._leaves[condition, goal] = self._leaf(condition, goal)
        return leaf

    def _leaf(self, leaf: Leaf, goal: Truth) -> Path:
        made = Path(goal)
        made.leaf = leaf
        made.check = closure(leaf, self.thresholds)
        made.reads = self.names.bit(leaf.fact)
        inner = self.expand(leaf)
        if inner is not None:
            made.inner = self.path(inner, goal)
            made.reads |= made.inner.reads
        else:
            made.need = 1 << len(self._answers)
            self._answers.append((leaf, goal))
            made.opened = Weighed(1, made.reads, made.need, 1, made.reads)
        return made

    def prepare(self, path: Path) -> None:
        """Find the leaves of a path and of its parts, so that what is found for their truths can be kept."""
        if path.leaves:
            return
        self._find_leaves(path)
        for part in path.parts:
            if part.check is None and part.weights is None:
                self._find_leaves(part)
                if len(part.leaves) >= _MANY_LEAVES:
                    part.weights = {}

    def _find_leaves(self, path: Path) -> None:
        """Every leaf below a path, through derived facts too: the bit of its fact, and its check."""
        found: dict[Leaf, tuple[int, Check]] = {}
        waiting, seen = [path], set[Path]()
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            waiting += one.parts
            if one.leaf is not None and one.check is not None:
                found.setdefault(one.leaf, (self.names.bit(one.leaf.fact), one.check))
            if one.inner is not None:
                waiting.append(one.inner)
        path.leaves = tuple(found.values())
        path.measured = tuple(
            [(at, bit) for at, (leaf, (bit, _)) in enumerate(found.items()) if isinstance(leaf, Compare | In)]
        )

    def spelled(self, need: int) -> Need:
        """A need as names and answers."""
        found = self._needs.get(need)
        if found is None:
            if len(self._needs) >= _MOST_NEEDS:
                self._needs.clear()
                self.possible.clear()
            found = self._needs[need] = self._spelled(need)
        return found

    def _spelled(self, need: int) -> Need:
        chosen = []
        while need:
            last = need & -need
            chosen.append(self._answers[last.bit_length() - 1])
            need ^= last
        chosen.sort(key=_key)
        names = tuple(sorted({leaf.fact for leaf, _ in chosen}))
        by_fact: dict[str, list[Answer]] = {}
        if len(names) < len(chosen):
            for answer in chosen:
                by_fact.setdefault(answer[0].fact, []).append(answer)
        shared = tuple([(name, tuple(some)) for name, some in by_fact.items() if len(some) > 1])
        return Need(names, (len(names), names, tuple([_key(one) for one in chosen])), tuple(chosen), shared)


def wanted_of(condition: And | Or | AtLeast, goal: Truth) -> int:
    """How many parts must be brought to the goal: `and` and `or` are at_least all and at_least one."""
    if isinstance(condition, AtLeast):
        n = condition.n
    else:
        n = len(condition.of) if isinstance(condition, And) else 1
    return n if goal is TRUE else len(condition.of) - n + 1


def _key(answer: Answer) -> tuple[str, str, int]:
    return answer[0].fact, repr(answer[0]), answer[1].value
