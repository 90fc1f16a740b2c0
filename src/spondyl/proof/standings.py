"""What may hurt, as formulas: the standing and the place of each generator. Built the way spondyl.engine weighs."""

from __future__ import annotations

from typing import NamedTuple

import z3  # type: ignore[import-untyped, import-not-found, unused-ignore]  # an extra, without types

from spondyl.engine.generators import _HARM, _PLACE, _is_against
from spondyl.engine.results import STANDINGS
from spondyl.knowledge.rules import Argument, Generator
from spondyl.proof.flat import Flat
from spondyl.proof.situation import ELSEWHERE, SEGMENT

LIKELY = ("confirmed", "supported", "possible")


class Standing(NamedTuple):
    """One generator at the focus: whether it is listed, what it stands at, and its balance of arguments."""

    generator: Generator
    listed: z3.BoolRef
    standing: dict[str, z3.BoolRef]
    balance: tuple[z3.ArithRef, z3.ArithRef, z3.ArithRef]

    @property
    def place(self) -> z3.ArithRef:
        """A number that is lower for what stands first; equal numbers share a rank."""
        place = z3.Sum([z3.If(here, number, 0) for number, here in enumerate(self.standing.values())])
        strong, moderate, weak = self.balance
        ordered = ((place * 100 - strong) * 100 - moderate) * 100 - weak
        return ordered * 10 + _HARM[self.generator.harm_of_missing]


class Standings:
    """The generators of one possible patient."""

    def __init__(self, flat: Flat) -> None:
        self.flat = flat
        self._made: dict[str, Standing] = {}

    def argument(self, one: Argument) -> z3.BoolRef:
        """The argument speaks: `when` is TRUE, `unless` in the safety reading is not."""
        holds = self.flat.is_true(one.when, False)
        return holds if one.unless is None else z3.And(holds, z3.Not(self.flat.is_true(one.unless, True)))

    def of(self, name: str) -> Standing:
        """One generator. Raises KeyError for a name that is none."""
        if name not in self._made:
            self._made[name] = self._weighed(self.flat.rules.generators[name])
        return self._made[name]

    def likely(self, name: str) -> z3.BoolRef:
        """The generator is listed and may be the cause."""
        one = self.of(name)
        return z3.And(one.listed, z3.Or([one.standing[standing] for standing in LIKELY]))

    def _weighed(self, generator: Generator) -> Standing:
        speaks = [(one, self.argument(one)) for one in generator.arguments]
        ours = [(one.strength, holds) for one, holds in speaks if not _is_against(one)]
        theirs = [(one.strength.removeprefix("opposes_"), holds) for one, holds in speaks if _is_against(one)]
        some, against = z3.Or([holds for _, holds in ours]), z3.Or([holds for _, holds in theirs])

        def count(listed: list[tuple[str, z3.BoolRef]], strength: str) -> z3.ArithRef:
            return z3.Sum([z3.IntVal(0), *[z3.If(holds, 1, 0) for name, holds in listed if name == strength]])

        mine = [count(ours, strength) for strength in _PLACE]
        strong, moderate, weak = (one - count(theirs, strength) for one, strength in zip(mine, _PLACE, strict=True))
        below = z3.Or(strong < 0, z3.And(strong == 0, z3.Or(moderate < 0, z3.And(moderate == 0, weak < 0))))
        above = z3.Or(strong > 0, z3.And(strong == 0, z3.Or(moderate > 0, z3.And(moderate == 0, weak > 0))))
        enough = z3.Or(mine[0] >= 1, z3.And(mine[1] >= 1, z3.Sum(mine) >= 2))
        confirmed = z3.Or([holds for strength, holds in ours if strength == "confirms"])
        excluded = z3.And(z3.Not(confirmed), z3.Or([holds for strength, holds in theirs if strength == "excludes"]))
        weighed = z3.And(z3.Not(confirmed), z3.Not(excluded), z3.Or(some, against))
        supported = z3.And(weighed, z3.Not(below), above, enough)
        rest = z3.And(weighed, z3.Not(below), z3.Not(supported))
        found = {
            "confirmed": confirmed,
            "supported": supported,
            "possible": z3.And(rest, some),
            "not_assessed": z3.Not(z3.Or(confirmed, excluded, weighed)),
            "opposed": z3.Or(z3.And(weighed, below), z3.And(rest, z3.Not(some))),
            "excluded": excluded,
        }
        assert tuple(found) == STANDINGS
        listed = z3.And(self._kind(generator), self._listed(generator, some, against))
        return Standing(generator, listed, found, (strong, moderate, weak))

    def _kind(self, generator: Generator) -> z3.BoolRef:
        segment = self.flat.situation(SEGMENT)
        kinds = [segment if kind == "segment" else z3.Not(segment) for kind in generator.at]
        return z3.Or(kinds)

    def _listed(self, generator: Generator, some: z3.BoolRef, against: z3.BoolRef) -> z3.BoolRef:
        if generator.applies is None:
            return z3.BoolVal(True)
        must, may = self.flat.truth(generator.applies, False)
        elsewhere = self.flat.situation(ELSEWHERE) if generator.site != "focus" else z3.BoolVal(False)
        return z3.And(may, z3.Or(must, z3.Not(elsewhere)), z3.Or(some, against, must))


__all__ = ["LIKELY", "Standing", "Standings"]
