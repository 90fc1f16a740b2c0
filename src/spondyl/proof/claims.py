"""What a property claims, and the two patients it may speak of. It solves nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

import z3  # type: ignore[import-untyped, import-not-found, unused-ignore]  # an extra, without types

from spondyl.knowledge import Ruleset
from spondyl.logic import fact_names
from spondyl.proof.flat import Flat
from spondyl.proof.orders import Orders
from spondyl.proof.situation import REGION, SITUATION
from spondyl.proof.smt import bounds, pair
from spondyl.proof.verdicts import Verdicts
from spondyl.timeline import condition_of

# Checks that close a gate for want of a reason, or for want of care and preparation, and not for a danger.
WANT_OF_REASON = (
    "no_reason",
    "no_correctable_cause",
    "axial_only",
    "early_never_operated",
    "back_dominant",
    "nicotine",
)


class Claim(NamedTuple):
    """One thing that is shown: no patient satisfies `refuted`, or, when `can`, some patient does.

    `shows`: what a plan should be looked at for, for the reader of a counterexample.
    """

    name: str
    refuted: z3.BoolRef
    can: bool = False
    shows: str = ""


class World:
    """A possible patient, and on demand the same one later, with what the engine concludes of both."""

    def __init__(self, rules: Ruleset) -> None:
        self.rules = rules
        self.flat = Flat(rules)
        self.verdicts = Verdicts(self.flat)
        self.orders = Orders(self.verdicts)

    @cached_property
    def later(self) -> Verdicts:
        """The conclusions about the patient at another time, whose facts are variables of their own."""
        return Verdicts(Flat(self.rules, tag=" later"))

    @cached_property
    def base(self) -> list[z3.BoolRef]:
        """What is true of every patient."""
        return [formula for _, formula in self.flat.possible(self.flat.every)] + self.verdicts.links

    @cached_property
    def both(self) -> list[z3.BoolRef]:
        """What is true of every patient at both times. What surrounds the focus stays as it is."""
        flat = self.later.flat
        there = [formula for _, formula in flat.possible(flat.every)] + self.later.links
        same = [self.flat.situation(what) == flat.situation(what) for what in SITUATION]
        return [*self.base, *there, *same]

    def worse(self, fact: str) -> str | bool | None:
        """The alarming side of a fact, recorded or derived."""
        entry = self.rules.facts.get(fact)
        if entry is not None:
            return entry.worse
        stated = self.rules.derived[fact].get("worse")
        return None if stated == "none" else stated

    @cached_property
    def tells_old_from_new(self) -> frozenset[str]:
        """The facts behind the `unless` of derivations, and those that outweigh a denial (`false_when`).

        Without the first a sign counts as new, and as of this place; without the second the denial counts.
        """
        forms = self.rules.derived.values()
        read = [name for form in forms if form.get("unless") for name in fact_names(condition_of(form["unless"]))]
        outweighs = [form["body"] for form in forms if form["form"] == "holds" and form.get("false_when")]
        read += [name for body in outweighs for name in fact_names(condition_of(body))]
        found: set[str] = set()
        while read:
            name = read.pop()
            if name not in found:
                found.add(name)
                read += self.flat.depends(name)
        return frozenset(found)

    def recorded(self) -> Iterator[tuple[str, str]]:
        """Every free fact, and how the variables of what is recorded of it are marked."""
        for fact in self.flat.every:
            if fact == REGION or (self.flat.follows(fact) and not self.flat.recordable(fact)):
                continue
            yield fact, "^" if self.flat.follows(fact) else ""

    def step(self, change: Callable[[World, str, str], Iterable[z3.BoolRef]]) -> z3.BoolRef:
        """From now to later each free fact stays as it is, or changes in one of the ways `change` gives for it."""
        made = [self.same(REGION, "")]
        for fact, own in self.recorded():
            ways = list(change(self, fact, own))
            if self.rules.types[fact].kind == "set" and ways:
                made.append(z3.And(ways))  # member by member, each with its own ways
            else:
                made.append(z3.Or(self.same(fact, own), *ways))
        return z3.And(made)

    def same(self, fact: str, own: str) -> z3.BoolRef:
        """What is recorded of a fact is the same at both times."""
        now, then = self.flat, self.later.flat
        made = [a == b for a, b in zip(self.variables(now, fact, own), self.variables(then, fact, own), strict=True)]
        return z3.And(made)

    def variables(self, flat: Flat, fact: str, own: str) -> list[z3.ExprRef]:
        """Every variable of what is recorded of a fact, in both readings."""
        made: list[z3.ExprRef] = []
        if fact != REGION:
            values = flat.values(fact) if flat.rules.types[fact].kind == "set" else [""]
            made += [flat.contradicted(fact, value) for value in values]
        for safety in (True,) if own or not flat.double(fact) else (True, False):
            if flat.rules.types[fact].kind == "number":
                made += bounds(f"{fact}{own}{flat.tag}" if own else flat.name(fact, safety))
            else:
                made += [flag for key in flat.keys(fact, safety, own) for flag in pair(key)]
        return made

    def unknown(self, flat: Flat, fact: str, own: str) -> z3.BoolRef:
        """Nothing is recorded of a fact, in either reading."""
        flags = [one for one in self.variables(flat, fact, own) if z3.is_bool(one)]
        return z3.Not(z3.Or(flags))


class Property(NamedTuple):
    """A named property: what it says in plain words, how it is shown, and the defect that it is seen to catch."""

    id: str
    says: str
    seed: str
    claims: Callable[[World], Iterator[Claim]]
    two: bool = False


__all__ = ["WANT_OF_REASON", "Claim", "Property", "World"]
