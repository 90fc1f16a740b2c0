"""Masking MC/DC: for each leaf of each condition, two possible patients that differ in the outcome by it alone.

A leaf matters when some patient has it TRUE and some patient has it FALSE while everything beside it on its way to the
outcome is masked, so that the outcome follows the leaf. Where no such patient is possible, the reason is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import z3  # type: ignore[import-untyped, import-not-found, unused-ignore]  # an extra, without types

from spondyl.logic import And, AtLeast, Condition, Leaf, Not, Or, fact_names, to_text
from spondyl.proof.claims import World
from spondyl.proof.parts import Part, every_part
from spondyl.proof.situation import TRIAGE


class Occurrence(NamedTuple):
    """One leaf where it stands, and the formula that the outcome of its condition follows it."""

    leaf: Leaf
    safety: bool
    follows: z3.BoolRef


class Infeasible(NamedTuple):
    """A leaf that no possible patient has TRUE (or FALSE) where it would matter, and why.

    `place` counts the leaves of the condition; `times` says how often the same condition stands in the rules.
    """

    part: str
    leaf: str
    value: str
    reason: str
    place: int = 0
    times: int = 1


class Coverage(NamedTuple):
    """How many conditions and leaves were asked about, and the halves of pairs that no patient can show."""

    conditions: int
    leaves: int
    infeasible: tuple[Infeasible, ...]

    @property
    def leaves_without_pair(self) -> int:
        """The leaves of which at least one half of the pair is infeasible."""
        return sum({(one.part, one.place): one.times for one in self.infeasible}.values())

    @property
    def share(self) -> float:
        """The share of leaves that lack a pair."""
        return self.leaves_without_pair / self.leaves if self.leaves else 0.0


def parts_of(world: World, share: int = 0, shares: int = 1) -> list[tuple[Part, int]]:
    """The distinct conditions of a ruleset, each with how often it stands; one of several equal shares of them."""
    counted: dict[tuple[Condition, Condition | None, bool], tuple[Part, int]] = {}
    for part in every_part(world.rules):
        key = (part.when, part.unless, part.safety)
        first, times = counted.get(key, (part, 0))
        counted[key] = (first, times + 1)
    return list(counted.values())[share::shares]


def coverage(world: World, share: int = 0, shares: int = 1, say: Callable[[str], None] | None = None) -> Coverage:
    """The coverage of all conditions, or of one of several equal shares of them."""
    whole = z3.SimpleSolver()
    whole.add(*world.base)
    conditions, leaves = 0, 0
    missing: list[Infeasible] = []
    for place, (part, times) in enumerate(parts_of(world, share, shares)):
        if say is not None and place % 200 == 199:
            say(f"MC/DC: {place + 1} conditions")
        conditions += times * (1 + (part.unless is not None))
        solver = _solver(world, part, whole)
        for at, one in enumerate(occurrences(world, part)):
            leaves += times
            must, may = world.flat.truth(one.leaf, one.safety)
            for value, holds in (("TRUE", must), ("FALSE", z3.Not(may))):
                if solver.check(one.follows, holds) != z3.sat:
                    reason = why(world, part, one, holds)
                    missing.append(Infeasible(part.id, to_text(one.leaf), value, reason, at, times))
        solver.pop()
    return Coverage(conditions, leaves, tuple(missing))


def _solver(world: World, part: Part, whole: z3.Solver) -> z3.Solver:
    """What bears on one condition; what reads the results of triage bears on everything."""
    names = _names(part)
    solver = z3.SimpleSolver()
    if set(TRIAGE) & set(names):
        solver = whole
    solver.push()
    if not part.segments:
        solver.add(world.verdicts.at_region)
    if solver is whole:
        return solver
    solver.add(*[formula for _, formula in world.flat.possible(names)])
    return solver


def _names(part: Part) -> list[str]:
    conditions = [condition for condition in (part.when, part.unless) if condition is not None]
    return [name for condition in conditions for name in fact_names(condition)]


def occurrences(world: World, part: Part) -> Iterator[Occurrence]:
    """Every leaf of `when` and of `unless`, with what makes the decision follow it."""
    flat = world.flat
    if part.unless is None:
        for leaf, path in _paths(part.when):
            yield Occurrence(leaf, part.safety, _unmasked(world, path, part.safety))
        return
    quiet = z3.Not(flat.is_true(part.unless, True))
    for leaf, path in _paths(part.when):
        yield Occurrence(leaf, part.safety, z3.And(_unmasked(world, path, part.safety), quiet))
    holds = flat.is_true(part.when, part.safety)
    for leaf, path in _paths(part.unless):
        yield Occurrence(leaf, True, z3.And(_unmasked(world, path, True), holds))


# A step on the way to a leaf: the node it stands in, and its siblings there.
_Step = tuple[Condition, tuple[Condition, ...]]


def _paths(condition: Condition) -> Iterator[tuple[Leaf, tuple[_Step, ...]]]:
    if isinstance(condition, And | Or | AtLeast):
        for place, part in enumerate(condition.of):
            siblings = condition.of[:place] + condition.of[place + 1 :]
            for leaf, path in _paths(part):
                yield leaf, ((condition, siblings), *path)
    elif isinstance(condition, Not):
        yield from _paths(condition.of)
    else:
        yield condition, ()


def _unmasked(world: World, path: Sequence[_Step], safety: bool) -> z3.BoolRef:
    """Beside an `and` all is TRUE, beside an `or` all FALSE, beside `at_least(n, ...)` n - 1 TRUE, the rest FALSE."""
    flat, made = world.flat, []
    for node, siblings in path:
        if isinstance(node, And):
            made += [flat.is_true(one, safety) for one in siblings]
        elif isinstance(node, Or):
            made += [flat.is_false(one, safety) for one in siblings]
        elif isinstance(node, AtLeast):
            truths = [flat.truth(one, safety) for one in siblings]
            made += [z3.Or(must, z3.Not(may)) for must, may in truths]
            made.append(z3.PbEq([(must, 1) for must, _ in truths], node.n - 1))
    return z3.And(made)


def why(world: World, part: Part, one: Occurrence, holds: z3.BoolRef) -> str:
    """Which definitions and constraints, or which other leaves, make it impossible."""
    solver = z3.Solver()
    labels: dict[str, str] = {}
    for place, (label, formula) in enumerate(_reasons(world, _names(part))):
        mark = f"reason {place}"
        labels[mark] = label
        solver.assert_and_track(formula, mark)
    solver.add(one.follows, holds)
    if not part.segments:
        solver.assert_and_track(world.verdicts.at_region, "region")
        labels["region"] = "it is judged for a whole region"
    if solver.check() != z3.unsat:
        return "how triage comes out"
    core = {labels[str(mark)] for mark in solver.unsat_core()}
    named = sorted(label for label in core if not label.startswith("values of"))
    if named:
        return "; ".join(named)
    if core:
        return "another leaf of the same fact"
    return "another leaf says the same"


def _reasons(world: World, names: Iterable[str]) -> list[tuple[str, z3.BoolRef]]:
    listed = list(names)
    made = world.flat.possible(listed)
    if set(TRIAGE) & set(listed):
        made += world.flat.possible(world.flat.every)
        made += [("how triage comes out", formula) for formula in world.verdicts.links]
    return made


def together(parts: Iterable[Coverage]) -> Coverage:
    """The coverage of several shares as one, in the order of the rules."""
    listed = list(parts)
    missing = sorted(one for share in listed for one in share.infeasible)
    return Coverage(sum(one.conditions for one in listed), sum(one.leaves for one in listed), tuple(missing))


__all__ = ["Coverage", "Infeasible", "coverage", "occurrences", "parts_of", "together"]
