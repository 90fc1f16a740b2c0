"""A judged gate as formulas, and what it makes of an offer. Built the way spondyl.engine limits treatments."""

from __future__ import annotations

from typing import NamedTuple

import z3  # type: ignore[import-untyped, import-not-found, unused-ignore]  # an extra, without types

from spondyl.engine.treatments import _HOLDS, _INVASIVE, _NOT_AGAINST_TAKEN
from spondyl.knowledge.rules import CheckFirst, Gate, Offer, Required, Target, Treatment
from spondyl.logic import Condition


class Result(NamedTuple):
    """The four ways a criterion of a gate comes out; one of them is true."""

    id: str
    kind: str  # check_first, or the kind of a required criterion
    because: str
    rule: Required | CheckFirst | Target
    condition: Condition
    met: z3.BoolRef
    not_met: z3.BoolRef
    open: z3.BoolRef
    bypassed: z3.BoolRef


class GateVerdict(NamedTuple):
    """A gate for one target in one profile."""

    gate: Gate
    target: Target | None
    criteria: tuple[Result, ...]
    open: z3.BoolRef
    closed: z3.BoolRef

    @property
    def name(self) -> str:
        """`revision_surgery@seroma`."""
        return self.gate.id + (f"@{self.target.target}" if self.target else "")


def before(one: GateVerdict, other: GateVerdict, *, ties: bool) -> z3.BoolRef:
    """Whether one gate is more open than the other, or as open when `ties`."""
    data = [z3.And(z3.Not(v.open), z3.Not(v.closed)) for v in (one, other)]
    better = z3.Or(z3.And(one.open, z3.Not(other.open)), z3.And(data[0], other.closed))
    if not ties:
        return better
    return z3.Or(better, z3.And(one.open, other.open), z3.And(*data), z3.And(one.closed, other.closed))


def capped(treatment: Treatment, offer: Offer, gate: GateVerdict) -> list[tuple[str, z3.BoolRef]]:
    """The statuses an offer can come to at its gate, each with its formula; one of them is true."""
    taken = offer.status in ("continue", "taper", "reduce")
    checks = [one for one in gate.criteria if one.kind == "check_first"]
    needs = [one for one in gate.criteria if one.kind != "check_first"]
    waits = _NOT_AGAINST_TAKEN if taken else _HOLDS
    against = z3.Or([one.not_met for one in checks if one.because not in waits])
    holds = z3.And(z3.Not(against), z3.Or([one.not_met for one in checks if one.because in waits]))
    neither = z3.And(z3.Not(against), z3.Not(holds))
    open_checks, open_needs = z3.Or([one.open for one in checks]), z3.Or([one.open for one in needs])
    short = z3.Or([one.not_met for one in needs])
    if taken:
        return [("taper" if treatment.taper_only else "stop", against), ("continue", z3.Not(against))]
    invasive = treatment.hazard in _INVASIVE
    waits_for = z3.Or(short, open_needs) if invasive else short
    asks = open_checks if invasive else z3.Or(open_checks, open_needs)
    return [
        ("avoid", against),
        ("not_yet", holds),
        ("not_yet", z3.And(neither, waits_for)),
        ("consider", z3.And(neither, z3.Not(waits_for), asks)),
        (offer.status, z3.And(neither, z3.Not(waits_for), z3.Not(asks))),
    ]


__all__ = ["GateVerdict", "Result", "before", "capped"]
