"""What can be recorded of a fact, as formulas: its values, and what a contradiction makes of its two readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import z3  # type: ignore[import-untyped, import-not-found, unused-ignore]  # an extra, without types

from spondyl.proof.situation import SEGMENT
from spondyl.proof.smt import bounds, pair, rational

if TYPE_CHECKING:
    from spondyl.proof.flat import Flat


def free(flat: Flat, fact: str, own: str = "") -> list[z3.BoolRef]:
    """The values a fact can have; `own`: the variables of what is recorded of a fact that is also derived."""
    kind = flat.rules.types[fact].kind
    if kind == "number":
        return _number(flat, fact, own)
    made: list[z3.BoolRef] = []
    pairs = [pair(key) for key in flat.keys(fact, True, own)]
    made += [z3.Not(z3.And(yes, no)) for yes, no in pairs]
    if kind == "choice":
        for place, (yes, _) in enumerate(pairs):
            made.append(z3.Implies(yes, z3.And([no for other, (_, no) in enumerate(pairs) if other != place])))
        every = flat.rules.types[fact].values
        if every and every <= set(flat.values(fact)):
            made.append(z3.Not(z3.And([no for _, no in pairs])))
    if own or not flat.double(fact):
        return made
    plain = [pair(key) for key in flat.keys(fact, False)]
    for place, ((yes, no), (said, denied)) in enumerate(zip(pairs, plain, strict=True)):
        twice = flat.contradicted(fact, flat.values(fact)[place] if kind == "set" else "")
        if flat.filled(fact):  # what is contradicted is computed from the lists instead, whatever they say
            made += [z3.Implies(z3.Not(twice), z3.And(said == yes, denied == no)), z3.Not(z3.And(said, denied))]
            continue
        made += [said == z3.And(yes, z3.Not(twice)), denied == z3.And(no, z3.Not(twice))]
        if kind == "set":
            made.append(z3.Implies(twice, yes))
    if kind != "set" and (flat.recordable(fact) or not flat.filled(fact)):
        made.append(z3.Implies(flat.contradicted(fact), alarming(flat, fact, own)))
    return made


def alarming(flat: Flat, fact: str, own: str = "") -> z3.BoolRef:
    """The safety reading of a contradicted fact is on its alarming side."""
    entry = flat.rules.facts.get(fact)
    kind = flat.rules.types[fact].kind
    if kind == "number":
        return z3.BoolVal(True)
    pairs = dict(zip(flat.values(fact) or [""], map(pair, flat.keys(fact, True, own)), strict=True))
    if kind == "truth":
        yes, no = pairs[""]
        worse = entry.worse if entry is not None else flat.derivations.forms[fact]["form"] == "any_member" or None
        return yes if worse is True else no if worse is False else z3.Or(yes, no)
    if kind == "choice" and entry is not None:
        return z3.Or([pairs[value][0] for value in (entry.worse, *entry.alarming) if value in pairs])
    return z3.BoolVal(True)


def _number(flat: Flat, fact: str, own: str = "") -> list[z3.BoolRef]:
    name = f"{fact}{own}{flat.tag}" if own else flat.name(fact, True)
    made = _ordered(flat, name, fact)
    if own or not flat.double(fact):
        return made
    low, has_low, high, has_high = bounds(name)
    low_, has_low_, high_, has_high_ = bounds(flat.name(fact, False))
    twice = flat.contradicted(fact)
    if flat.filled(fact):
        same = z3.And(low_ == low, high_ == high, has_low_ == has_low, has_high_ == has_high)
        made += [z3.Implies(z3.Not(twice), same), *_ordered(flat, flat.name(fact, False), fact)]
        if flat.recordable(fact):
            made.append(z3.Implies(twice, z3.And(has_low, has_high, low == high)))
        return made
    made += [low_ == low, high_ == high, has_low_ == z3.And(has_low, z3.Not(twice))]
    made.append(has_high_ == z3.And(has_high, z3.Not(twice)))
    if fact in flat.rules.facts:  # two numbers that cannot both be true: the alarming one, exactly
        made.append(z3.Implies(twice, z3.And(has_low, has_high, low == high)))
    return made


def _ordered(flat: Flat, name: str, fact: str) -> list[z3.BoolRef]:
    low, has_low, high, has_high = bounds(name)
    made = [z3.Implies(z3.And(has_low, has_high), low <= high)]
    known = flat.rules.types[fact]
    for end, has in ((low, has_low), (high, has_high)):
        if known.low is not None:
            made.append(z3.Implies(has, end >= rational(known.low)))
        if known.high is not None and flat.recordable(fact):  # intake holds to the range; a sum may pass it
            made.append(z3.Implies(has, end <= rational(known.high)))
    return made


def of_segments(flat: Flat, fact: str) -> list[z3.BoolRef]:
    """Of a whole region it is not told where it lies beside a fusion; without a fusion it lies next to none."""
    form = flat.derivations.forms.get(fact)
    if form is None or form["form"] != "segment" or form["body"] == "free":
        return []
    yes, no = pair(flat.name(fact, False))
    told = yes if form["body"] == "next_to" else z3.Or(yes, no)
    return [z3.Implies(told, flat.situation(SEGMENT))]


__all__ = ["alarming", "free", "of_segments"]
