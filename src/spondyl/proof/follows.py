"""The facts that follow from other flat facts, as formulas: the forms of knowledge/derived that read no list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import z3  # type: ignore[import-untyped, import-not-found, unused-ignore]  # an extra, without types

from spondyl.logic import Compare
from spondyl.proof.recordings import alarming, free
from spondyl.proof.situation import ELSEWHERE, REGION, TOLD_AXIAL, TOLD_LIMB
from spondyl.proof.smt import Pair, bounds, flags, pair, renamed

if TYPE_CHECKING:
    from spondyl.proof.flat import Flat


def defined(flat: Flat, fact: str) -> list[z3.BoolRef]:
    """What makes a fact that follows equal to what it follows from, in both readings."""
    made: list[z3.BoolRef] = []
    form = flat.derivations.forms[fact]
    if form["form"] == "triage":
        return made  # the verdicts of triage define these
    own = flat.recordable(fact)
    if own:
        made += free(flat, fact, "^")
        made.append(z3.Implies(flat.contradicted(fact), alarming(flat, fact, "^")))
        if not flat.contradictable(fact):
            made.append(z3.Not(flat.contradicted(fact)))
        elif flat.rules.types[fact].kind == "number":
            low, has_low, high, has_high = bounds(f"{fact}^{flat.tag}")
            made.append(z3.Implies(flat.contradicted(fact), z3.And(has_low, has_high, low == high)))
    for safety in (False, True) if flat.double(fact) else (False,):
        if flat.rules.types[fact].kind == "number":
            made += _equal_number(flat, fact, safety, _number(flat, form, safety), own)
        else:
            made += _equal_truth(flat, fact, safety, _truth(flat, form, safety), own)
    return made


def _equal_truth(flat: Flat, fact: str, safety: bool, value: Pair, own: bool) -> list[z3.BoolRef]:
    yes, no = pair(flat.name(fact, safety))
    if not own:
        return [yes == value[0], no == value[1]]
    said, denied = pair(f"{fact}^{flat.tag}")
    known = z3.Or(said, denied)
    if not safety:
        known = z3.And(known, z3.Not(flat.contradicted(fact)))
    return [yes == z3.If(known, said, value[0]), no == z3.If(known, denied, value[1])]


def _equal_number(flat: Flat, fact: str, safety: bool, value: tuple[Any, Any, Any, Any], own: bool) -> list[z3.BoolRef]:
    mine = bounds(flat.name(fact, safety))
    if not own:
        return [one == other for one, other in zip(mine, value, strict=True)]
    said = bounds(f"{fact}^{flat.tag}")
    known = z3.Or(said[1], said[3])
    if not safety:
        known = z3.And(known, z3.Not(flat.contradicted(fact)))
    return [one == z3.If(known, s, v) for one, s, v in zip(mine, said, value, strict=True)]


def _truth(flat: Flat, form: Mapping[str, Any], safety: bool) -> Pair:
    """(it is TRUE, it is FALSE) by the derivation."""
    kind, body = form["form"], form["body"]
    if kind == "holds":
        must, may = flat.truth(flat.body(form, "body"), safety)
        no = z3.Not(may)
        if form.get("unless"):
            reassured = flat.truth(flat.body(form, "unless"), safety)[0]
            must, no = z3.And(must, z3.Not(reassured)), z3.Or(no, reassured)
        if form.get("false_when"):
            denied = flat.truth(flat.body(form, "false_when"), safety)[0]
            no = z3.Or(no, z3.And(z3.Not(must), denied))
        return must, no
    if kind == "recorded":
        absent = flat.name(body["absent"], safety)
        known = z3.Or(flags(renamed(flat.type_of(body["absent"]), absent)))
        return z3.Not(known), known
    if kind == "region_member":
        return _pain_in(flat, body, safety)
    if kind == "block":
        return _block(flat, body, safety)
    if kind == "focus":
        found = flat.name("findings_here", safety)
        seen = z3.Or([pair(f"{found}={one}")[0] for one in ("collection", "pseudomeningocele")])
        here = z3.And(flat.situation(ELSEWHERE), z3.Not(seen))
        return here, z3.Not(here)
    if kind == "same_as":
        yes, no = pair(flat.name(body, safety))
        return yes, no
    raise ValueError(f"no truth follows by {kind}")


def _pain_in(flat: Flat, body: Mapping[str, Any], safety: bool) -> Pair:
    """Pain in the places of the region. The list of places is read as recorded without contradiction."""
    where = flat.name("pain_regions", False)
    limbs = {place for table in flat.regions.values() for place in table["limb"]}
    any_limb = z3.Or([pair(f"{where}={place}")[0] for place in sorted(limbs)])
    told = flat.situation(TOLD_LIMB if body["of"] == "limb" else TOLD_AXIAL)
    yes_parts, no_parts = [told], []
    for region in flat.values(REGION):
        places = [pair(f"{where}={place}") for place in flat.regions[region][body["of"]]]
        here = flat.at_region(region)
        yes_parts.append(z3.And(here, z3.Or([yes for yes, _ in places])))
        if places:
            no_parts.append(z3.And(here, *[no for _, no in places]))
    if body.get("unplaced"):
        yes_parts.append(z3.Not(any_limb))
    yes = z3.Or(yes_parts)
    return yes, z3.And(z3.Not(yes), z3.Or(no_parts))


def _block(flat: Flat, body: Mapping[str, Any], safety: bool) -> Pair:
    op, _, number = body["relief"].partition(" ")
    must, may = flat.truth(Compare("block_relief_pct", op, float(number)), safety)
    known = z3.Or(flags(renamed(flat.type_of("block_relief_pct"), flat.name("block_relief_pct", safety))))
    target = flat.name("block_target", safety)
    serves, other = [], []
    for region in flat.values(REGION):
        serving = flat.regions[region]["block_targets"]
        serves.append(z3.And(flat.at_region(region), z3.Or([pair(f"{target}={one}")[0] for one in serving])))
        named = [pair(f"{target}={one}")[0] for one in flat.values("block_target") if one not in serving]
        other.append(z3.And(flat.at_region(region), z3.Or(named)))
    return z3.And(must, z3.Or(serves)), z3.And(known, z3.Or(z3.Not(may), *other))


def _number(flat: Flat, form: Mapping[str, Any], safety: bool) -> tuple[Any, Any, Any, Any]:
    kind, body = form["form"], form["body"]
    if kind == "same_as":
        return bounds(flat.name(body, safety))
    if kind == "count_of":
        pairs = [pair(flat.name(one, safety)) for one in body]
        low = z3.Sum([z3.If(yes, z3.RealVal(1), z3.RealVal(0)) for yes, _ in pairs])
        high = z3.Sum([z3.If(no, z3.RealVal(0), z3.RealVal(1)) for _, no in pairs])
        known = z3.Or([flag for one in pairs for flag in one])
        return low, known, high, known
    if kind == "min_of":
        parts = [bounds(flat.name(one, safety)) for one in body]
        return (
            _least([low for low, _, _, _ in parts], [has for _, has, _, _ in parts]),
            z3.And([has for _, has, _, _ in parts]),
            _least([high for _, _, high, _ in parts], [has for _, _, _, has in parts]),
            z3.Or([has for _, _, _, has in parts]),
        )
    if kind == "difference":
        of, minus = bounds(flat.name(body["of"], safety)), bounds(flat.name(body["minus"], safety))
        return of[0] - minus[2], z3.And(of[1], minus[3]), of[2] - minus[0], z3.And(of[3], minus[1])
    if kind == "by_region":
        ends: list[Any] = [z3.RealVal(0), z3.BoolVal(False), z3.RealVal(0), z3.BoolVal(False)]
        for region in flat.values(REGION):
            named = flat.regions[region].get(body)
            if named is not None:
                here, there = flat.at_region(region), bounds(flat.name(named, safety))
                ends = [z3.If(here, mine, other) for mine, other in zip(there, ends, strict=True)]
        return ends[0], ends[1], ends[2], ends[3]
    raise ValueError(f"no number follows by {kind}")


def _least(ends: list[Any], known: list[Any]) -> Any:
    """The least of the known ends; any number where none is known."""
    least, has = ends[0], known[0]
    for end, flag in zip(ends[1:], known[1:], strict=True):
        least = z3.If(z3.And(flag, z3.Or(z3.Not(has), end < least)), end, least)
        has = z3.Or(has, flag)
    return least


__all__ = ["defined"]
