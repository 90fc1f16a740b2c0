"""How what is recorded of a fact may change between two patients: reassurance forgotten, alarm added, anything lost."""

from __future__ import annotations

from collections.abc import Iterator

import z3  # type: ignore[import-untyped, import-not-found, unused-ignore]  # an extra, without types

from spondyl.proof.claims import World
from spondyl.proof.flat import Flat
from spondyl.proof.smt import bounds, pair

# Facts whose vocabulary has an alarming side and that still are no finding: both ends of an age answer something.
NO_ALARM = ("age_years",)


def reassurance_lost(world: World, fact: str, own: str) -> Iterator[z3.BoolRef]:
    """The recorded value is on the reassuring side; later nothing is recorded."""
    now, then = world.flat, world.later.flat
    worse, kind = world.worse(fact), world.rules.types[fact].kind
    if kind == "set":
        entry = world.rules.facts.get(fact)
        for value in now.values(fact):
            reassures = entry is not None and value in entry.reassuring
            yield _member(world, fact, value, lost_yes=reassures, lost_no=not reassures)
        return
    if worse is None:
        return
    gone = world.unknown(then, fact, own)
    if kind == "truth":
        yes, no = pair(_name(now, fact, own))
        yield z3.And(no if worse is True else yes, _once(world, now, fact), gone)
    elif kind == "choice":
        entry = world.rules.facts[fact]
        alarming = [pair(f"{_name(now, fact, own)}={v}")[0] for v in now.values(fact) if v in (worse, *entry.alarming)]
        yield z3.And(z3.Not(z3.Or(alarming)), _once(world, now, fact), gone)
    elif kind == "number":
        yield _end_lost(world, fact, own, high=worse == "high")


def alarm_added(world: World, fact: str, own: str) -> Iterator[z3.BoolRef]:
    """Nothing was recorded; later it is on the alarming side. A number: no better than some value."""
    now, then = world.flat, world.later.flat
    worse, kind = world.worse(fact), world.rules.types[fact].kind
    if kind == "set":
        entry = world.rules.facts.get(fact)
        for value in now.values(fact):
            alarms = entry is not None and worse is not None and value not in entry.reassuring
            yield _member(world, fact, value, told_yes=alarms)
        return
    if worse is None or fact in NO_ALARM:
        return
    before = world.unknown(now, fact, own)
    if kind == "truth":
        yes, no = pair(_name(then, fact, own))
        yield z3.And(before, _once(world, then, fact), yes if worse is True else no)
    elif kind == "choice":
        entry = world.rules.facts[fact]
        alarming = [pair(f"{_name(then, fact, own)}={v}")[0] for v in now.values(fact) if v in (worse, *entry.alarming)]
        yield z3.And(before, _once(world, then, fact), z3.Or(alarming))
    elif kind == "number":
        _, has_low, _, has_high = bounds(_name(then, fact, own))
        known = z3.And(has_low, z3.Not(has_high)) if worse == "high" else z3.And(has_high, z3.Not(has_low))
        yield z3.And(before, _once(world, then, fact), known)


def hazard_added(world: World, fact: str, own: str) -> Iterator[z3.BoolRef]:
    """As `alarm_added`, without choices: which of several values it is answers a question, alarming or not."""
    if world.rules.types[fact].kind != "choice":
        yield from alarm_added(world, fact, own)


def anything_lost(world: World, fact: str, own: str) -> Iterator[z3.BoolRef]:
    """Whatever was recorded; later nothing is.

    What tells old from new, or elsewhere from here, stays; and so does what stands in place of a derived value.
    """
    if own or fact in world.tells_old_from_new:
        return
    if world.rules.types[fact].kind == "set":
        for value in world.flat.values(fact):
            yield _member(world, fact, value, lost_yes=True, lost_no=True)
        return
    yield world.unknown(world.later.flat, fact, own)


def _name(flat: Flat, fact: str, own: str) -> str:
    return f"{fact}{own}{flat.tag}" if own else flat.name(fact, True)


def _once(world: World, flat: Flat, fact: str) -> z3.BoolRef:
    return z3.Not(flat.contradicted(fact))


def _member(
    world: World, fact: str, value: str, *, lost_yes: bool = False, lost_no: bool = False, told_yes: bool = False
) -> z3.BoolRef:
    """One member of a set stays as it is, or changes in the ways that are allowed."""
    now, then = world.flat, world.later.flat
    same: list[z3.BoolRef] = [now.contradicted(fact, value) == then.contradicted(fact, value)]
    for safety in (True, False) if now.double(fact) else (True,):
        names = zip(pair(f"{now.name(fact, safety)}={value}"), pair(f"{then.name(fact, safety)}={value}"), strict=True)
        same += [a == b for a, b in names]
    yes, no = pair(f"{now.name(fact, True)}={value}")
    yes_then, no_then = pair(f"{then.name(fact, True)}={value}")
    once = z3.And(z3.Not(now.contradicted(fact, value)), z3.Not(then.contradicted(fact, value)))
    nothing = z3.Not(z3.Or(yes_then, no_then))
    ways = [z3.And(same)]
    if lost_yes:
        ways.append(z3.And(yes, once, nothing))
    if lost_no:
        ways.append(z3.And(no, once, nothing))
    if told_yes:
        ways.append(z3.And(z3.Not(z3.Or(yes, no)), once, yes_then))
    return z3.Or(ways)


def _end_lost(world: World, fact: str, own: str, *, high: bool) -> z3.BoolRef:
    """The reassuring end of a number is no longer known; the other end stays."""
    now, then = world.flat, world.later.flat
    made = [_once(world, now, fact), _once(world, then, fact)]
    for safety in (True,) if own or not now.double(fact) else (True, False):
        low, has_low, top, has_high = bounds(f"{fact}{own}{now.tag}" if own else now.name(fact, safety))
        low_, has_low_, top_, has_high_ = bounds(f"{fact}{own}{then.tag}" if own else then.name(fact, safety))
        if high:
            made += [low == low_, has_low == has_low_, z3.Not(has_high_)]
        else:
            made += [top == top_, has_high == has_high_, z3.Not(has_low_)]
    return z3.And(made)


__all__ = ["alarm_added", "anything_lost", "hazard_added", "reassurance_lost"]
