"""Which unknown facts would settle an open condition: the smallest sets, so that the fewest questions are asked."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from spondyl.logic.judge import NO_THRESHOLDS, Thresholds, judge
from spondyl.logic.nodes import Compare, Condition, In, Leaf
from spondyl.logic.paths import MOST_KEPT, Answer, Decisive, Expand, Order, Path, Paths
from spondyl.logic.truth import TRUE, UNKNOWN, Truth
from spondyl.logic.values import Facts, Interval, NoneOf, Value, Values, exactly
from spondyl.logic.weighing import Weighing

EXACT_UP_TO = 3
_FAMILY_LIMIT = 400
_GREEDY_LIMIT = 20_000


def _keep(_: Leaf) -> Condition | None:
    return None


class Search:
    """Searches over one patient, who must not change meanwhile: what one search found, the next one uses.

    `cut`: sets were left out because they were larger than `size`; `crowded`: because there were too many of them.
    """

    def __init__(self, facts: Values, paths: Paths, touched: int = -1, *, keep: bool = False) -> None:
        # Whether to keep what is found for other patients; for one patient that costs more than it saves.
        self.keep = keep
        self.facts = facts
        self.paths = paths
        self.touched = touched
        self.weighing = Weighing(facts, touched)
        self.weigh = self.weighing.weigh
        self.size = EXACT_UP_TO
        self.cut = False
        self.crowded = False
        self.steps = 0

    def settle(self, condition: Condition, goal: Truth) -> Decisive | None:
        """The smallest set of unknown facts whose answers could bring the condition to `goal`."""
        return self.once(self.paths.path(condition, goal), self._settle)

    def _settle(self, path: Path) -> Decisive | None:
        weighed = self.weigh(path)
        if weighed is None:
            return None
        if weighed.least <= EXACT_UP_TO:
            crowded = False
            for self.size in range(max(1, weighed.forced.bit_count()), EXACT_UP_TO + 1):
                family = self.settled(path)
                if family:
                    return self.spelled(min(family, key=self.order), not crowded)
                if not self.cut:
                    return None
                crowded = crowded or self.crowded
        if self.consistent(weighed.choice):
            return self.spelled(weighed.choice, False)
        self.steps = 0
        need = next(self.greedy(path, 0), None)
        return None if need is None else self.spelled(need, False)

    def single(self, condition: Condition, goal: Truth) -> Decisive | None:
        """The answer of `settle` where it is one fact; None for anything else."""
        return self.once(self.paths.path(condition, goal), self._single)

    def _single(self, path: Path) -> Decisive | None:
        weighed = self.weigh(path)
        if weighed is None or weighed.least > 1 or weighed.forced.bit_count() > 1:
            return None
        self.size = 1
        family = self.settled(path)
        if self.crowded and not family:
            found = self._settle(path)
        else:
            found = self.spelled(min(family, key=self.order), True) if family else None
        return found if found is not None and len(found.facts) == 1 else None

    def once(self, path: Path, search: Callable[[Path], Decisive | None]) -> Decisive | None:
        """What a search finds; it finds the same wherever the leaves below the path have the same truths.

        Kept are those truths, never a value. Where a value is known and leaves a leaf open, what can still be
        answered depends on the value, so nothing is kept.
        """
        if not self.keep:
            return search(path)
        self.paths.prepare(path)
        truths = self.weighing.truths(path)
        if self.valued(path, truths):
            return search(path)
        key = (search.__name__, truths)
        if path.answers is None or len(path.answers) >= MOST_KEPT:
            path.answers = {}
        if key not in path.answers:
            path.answers[key] = search(path)
        return path.answers[key]

    def valued(self, path: Path, truths: Sequence[Truth]) -> bool:
        """Whether a known value leaves a leaf below the path open."""
        touched = self.touched
        return any(bit & touched and truths[place] is UNKNOWN for place, bit in path.measured)

    def spelled(self, need: int, exact: bool) -> Decisive:
        spelled = self.paths.spelled(need)
        return Decisive(spelled.names, exact, spelled.answers)

    def order(self, need: int) -> Order:
        return self.paths.spelled(need).order

    # ---- every set up to a size

    def settled(self, path: Path) -> list[int]:
        """Every smallest need of at most `size` facts."""
        self.cut = self.crowded = False
        return self.family(path)

    def family(self, path: Path) -> list[int]:
        weighed = self.weigh(path)
        if weighed is None:
            return []
        if weighed.least > self.size:
            self.cut = True
            return []
        if not weighed.least:
            return [0]  # it stands at its goal already
        if path.check is not None:
            return [path.need] if path.inner is None else self.family(path.inner)
        if not path.reads & self.touched:
            return self.kept_family(path, None)
        if path.weights is not None:
            truths = self.weighing.truths(path)
            if not self.valued(path, truths):
                return self.kept_family(path, truths)
        return self.choices([self.family(part) for part in path.parts], path.wanted)

    def kept_family(self, path: Path, truths: tuple[Truth, ...] | None) -> list[int]:
        """The family of a path whose leaves have these truths, or of which nothing is known: found once for all."""
        if path.families is None or len(path.families) >= MOST_KEPT:
            path.families = {}
        found = path.families.get((self.size, truths))
        if found is None:
            before = self.cut, self.crowded
            self.cut = self.crowded = False
            family = self.choices([self.family(part) for part in path.parts], path.wanted)
            found = path.families[self.size, truths] = (family, self.cut, self.crowded)
            self.cut, self.crowded = before
        self.cut = self.cut or found[1]
        self.crowded = self.crowded or found[2]
        return found[0]

    def choices(self, families: list[list[int]], wanted: int) -> list[int]:
        """The smallest needs that settle `wanted` of these parts."""
        if wanted == 1:
            return self.smallest([need for family in families for need in family])
        ways: list[list[int]] = [[0], *([] for _ in range(wanted))]
        for seen, family in enumerate(sorted(families, key=len), start=1):
            left = len(families) - seen
            for count in range(min(seen, wanted), max(1, wanted - left) - 1, -1):
                added = [one | other for one in ways[count - 1] for other in family]
                ways[count] = self.smallest([*ways[count], *added])
        return ways[wanted]

    def smallest(self, needs: Iterable[int]) -> list[int]:
        distinct = set(needs)
        if len(distinct) == 1 and next(iter(distinct)).bit_count() < 2:
            return list(distinct)
        kept: list[int] = []
        for need in sorted(distinct, key=self.order):
            if need.bit_count() > self.size and len(self.paths.spelled(need).names) > self.size:
                self.cut = True
            elif self.consistent(need) and not any(other & need == other for other in kept):
                if len(kept) == _FAMILY_LIMIT:
                    self.cut = self.crowded = True
                    break
                kept.append(need)
        return kept

    # ---- one set that works

    def greedy(self, path: Path, need: int) -> Iterator[int]:
        """Ways to extend `need` so that it also brings the path to its goal, the cheap branches first.

        The first way is the greedy choice; the later ones are for when it contradicts what comes after it.
        """
        self.steps += 1
        if self.steps > _GREEDY_LIMIT:
            return
        if path.check is None:
            priced = [(at, self.weigh(part)) for at, part in enumerate(path.parts)]
            cheap = sorted((weighed.price, at) for at, weighed in priced if weighed is not None)
            yield from self.choose([path.parts[at] for _, at in cheap], path.wanted, need)
            return
        truth = path.check(self.facts)
        if truth is path.goal:
            yield need
        elif truth is UNKNOWN:
            if path.inner is not None:
                yield from self.greedy(path.inner, need)
            elif self.consistent(need | path.need):
                yield need | path.need

    def choose(self, parts: Sequence[Path], wanted: int, need: int) -> Iterator[int]:
        if wanted == 0:
            yield need
        elif len(parts) >= wanted:
            for extended in self.greedy(parts[0], need):
                yield from self.choose(parts[1:], wanted - 1, extended)
            yield from self.choose(parts[1:], wanted, need)

    def consistent(self, need: int) -> bool:
        """Whether one value of each fact, within what is known of it, can satisfy all that is needed of it."""
        if need & (need - 1) == 0:
            return True  # a leaf that is UNKNOWN can still go both ways
        shared = self.paths.spelled(need).shared
        if not shared:
            return True
        known = [(answers, self.facts[name]) for name, answers in shared]
        if all(value is None for _, value in known):
            found = self.paths.possible.get(need)
            if found is None:
                found = self.paths.possible[need] = self.satisfiable(known)
            return found
        return self.satisfiable(known)

    def satisfiable(self, known: Sequence[tuple[Sequence[Answer], Value | None]]) -> bool:
        return all(_satisfiable(answers, value, self.paths.thresholds) for answers, value in known)


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
    return Search(facts, Paths(thresholds, expand)).settle(condition, goal)


def _satisfiable(pairs: Sequence[Answer], known: Value | None, thresholds: Thresholds) -> bool:
    first = pairs[0][0]
    if isinstance(first, In):
        return _one_value(pairs, known.values if isinstance(known, NoneOf) else frozenset())
    if isinstance(first, Compare):
        return _one_number(pairs, known if isinstance(known, Interval) else Interval(None, None), thresholds)
    answers: dict[Leaf, Truth] = {}
    return all(answers.setdefault(leaf, truth) is truth for leaf, truth in pairs)


def _one_value(pairs: Sequence[Answer], denied: frozenset[str]) -> bool:
    allowed: frozenset[str] | None = None
    for leaf, truth in pairs:
        if isinstance(leaf, In):
            values = frozenset(leaf.values)
            if truth is TRUE:
                allowed = values if allowed is None else allowed & values
            else:
                denied |= values
    return allowed is None or bool(allowed - denied)


def _one_number(pairs: Sequence[Answer], known: Interval, thresholds: Thresholds) -> bool:
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
