"""One flat patient: the facts of a model of the formulas, as values, and as a patient the engine judges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import z3  # type: ignore[import-untyped, import-not-found, unused-ignore]  # an extra, without types

from spondyl.engine import Patient, Program, Triage
from spondyl.engine import triage as judge_triage
from spondyl.logic import FALSE, TRUE, Facts, Interval, Members, NoneOf, Value
from spondyl.proof.flat import Flat
from spondyl.proof.situation import (
    ELSEWHERE,
    OTHER_EMERGENCY,
    REGION,
    SEGMENT,
    SITUATION,
    TOLD_AXIAL,
    TOLD_LIMB,
    TRIAGE,
)
from spondyl.proof.smt import bounds, member, pair, rational
from spondyl.timeline import Chart, Contradiction, Focus

_TOLD = {TOLD_AXIAL: ("pain_here",), TOLD_LIMB: ("limb_pain_here", "limb_pain_or_unplaced_here")}


@dataclass(frozen=True, slots=True)
class Vector:
    """The flat facts of one patient in both readings, the region of the focus, and the situation around it."""

    region: str
    plain: Facts
    safety: Facts
    situation: frozenset[str] = field(default_factory=frozenset)

    @property
    def contradicted(self) -> tuple[str, ...]:
        """The facts whose two readings differ."""
        return tuple(sorted(name for name in self.safety if self.safety[name] != self.plain[name]))

    @property
    def known(self) -> tuple[str, ...]:
        """The facts of which something is known."""
        return tuple(sorted(name for name in self.safety if self.safety[name] is not None))


def vector_of(model: z3.ModelRef, flat: Flat, names: Iterable[str]) -> Vector:
    """The patient of a model: every free fact that these follow from."""
    plain, safety = Facts(), Facts()
    for fact in sorted(flat.cone([*names, REGION])):
        if fact == REGION or (flat.follows(fact) and not flat.recordable(fact)):
            continue
        own = "^" if flat.follows(fact) else ""
        value = _value(model, flat, fact, safety=True, own=own)
        if own:  # what is not recorded is left out, for the engine to derive
            if value is not None:
                safety[fact] = value
                if not _holds(model, flat.contradicted(fact)):
                    plain[fact] = value
            continue
        safety[fact] = plain[fact] = value
        if flat.double(fact):
            plain[fact] = _value(model, flat, fact, safety=False)
    region = next(one for one in flat.values(REGION) if _holds(model, flat.at_region(one)))
    situation = frozenset(one for one in SITUATION if _holds(model, flat.situation(one)))
    return Vector(region, plain, safety, situation)


def _holds(model: z3.ModelRef, flag: z3.BoolRef) -> bool:
    return bool(z3.is_true(model.eval(flag, model_completion=True)))


def _value(model: z3.ModelRef, flat: Flat, fact: str, *, safety: bool, own: str = "") -> Value | None:
    kind = flat.rules.types[fact].kind
    if kind == "number":
        low, has_low, high, has_high = bounds(f"{fact}{own}{flat.tag}" if own else flat.name(fact, safety))
        ends = [
            float(model.eval(end, model_completion=True).as_fraction()) if _holds(model, known) else None
            for end, known in ((low, has_low), (high, has_high))
        ]
        return None if ends == [None, None] else Interval(*ends)
    pairs = [pair(key) for key in flat.keys(fact, safety, own)]
    said = [(_holds(model, yes), _holds(model, no)) for yes, no in pairs]
    if kind == "truth":
        return TRUE if said[0][0] else FALSE if said[0][1] else None
    values = flat.values(fact)
    present = frozenset(value for value, (yes, _) in zip(values, said, strict=True) if yes)
    denied = frozenset(value for value, (_, no) in zip(values, said, strict=True) if no)
    if not present and not denied:
        return None
    if kind == "set":
        return Members(present, denied)
    return min(present) if present else NoneOf(denied)


def says(flat: Flat, plain: Facts, safety: Facts, region: str, names: Iterable[str]) -> list[tuple[str, z3.BoolRef]]:
    """That a possible patient has exactly these values, fact by fact, in both readings. For charts of real cases."""
    made = [(f"the focus is {region}", flat.at_region(region))]
    for fact in names:
        if fact == REGION or fact in TRIAGE:
            continue
        for view, reads_safety in ((plain, False), (safety, True)):
            for formula in _same(flat, fact, view[fact], reads_safety):
                made.append((f"{fact} is {view[fact]} {'for safety' if reads_safety else 'elsewhere'}", formula))
    return made


def _same(flat: Flat, fact: str, value: Value | None, safety: bool) -> list[z3.BoolRef]:
    if flat.rules.types[fact].kind == "number":
        number = value if isinstance(value, Interval) else Interval(None, None)
        low, has_low, high, has_high = bounds(flat.name(fact, safety))
        made = []
        for end, has, known in ((low, has_low, number.low), (high, has_high, number.high)):
            made.append(has == (known is not None))
            if known is not None:
                made.append(end == rational(known))
        return made
    made = []
    for key, word in zip(flat.keys(fact, safety), flat.values(fact) or [""], strict=True):
        yes, no = pair(key)
        truth = member(value, word) if word else value
        made += [yes == (truth is TRUE), no == (truth is FALSE)]
    return made


def as_patient(program: Program, vector: Vector, profile: str = "guideline") -> Patient:
    """A patient of whom exactly these flat facts are known, as the engine takes one."""
    chart = Chart(0, plain=Facts(vector.plain), safety=Facts(vector.safety))
    for told, names in _TOLD.items():
        if told in vector.situation:
            for facts in (chart.plain, chart.safety):
                facts.update(dict.fromkeys(names, TRUE))
    if vector.contradicted:
        chart.contradictions = [Contradiction(name, (), None) for name in vector.contradicted]
        chart.causes = dict.fromkeys(vector.contradicted, "contradictory")
    if ELSEWHERE in vector.situation:
        chart.operated = frozenset({"another region"})
    kind = "segment" if SEGMENT in vector.situation else "region"
    return Patient(program, chart, profile=profile, places=(Focus(vector.region, kind),))  # type: ignore[arg-type]


def triaged(patient: Patient, vector: Vector) -> Triage:
    """What the engine establishes, and what is established elsewhere."""
    found = judge_triage(patient)
    if OTHER_EMERGENCY in vector.situation:
        found.urgency = "emergency"
    return found


__all__ = ["Vector", "as_patient", "says", "triaged", "vector_of"]
