"""From flat facts to a structured case whose timeline derives them, so that a counterexample is a file `plan` takes.

What cannot be brought about says so: the finished case is charted again and compared fact by fact.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from spondyl.engine import Patient, Program
from spondyl.intake.case import SCHEMA, read_case
from spondyl.logic import FALSE, TRUE, Interval, Members, Value
from spondyl.proof.flat import Flat
from spondyl.proof.situation import ELSEWHERE, OTHER_EMERGENCY, SEGMENT
from spondyl.proof.vector import Vector
from spondyl.proof.written_case import AS_OF, WrittenCase, alike
from spondyl.record import Fact, Refusal
from spondyl.timeline import Focus, chart, written


@dataclass(slots=True)
class Realized:
    """The case, a second one that contradicts it where needed, and what they do not bring about: wanted and got."""

    cases: list[dict[str, Any]]
    missing: dict[str, tuple[Value | None, Value | None]] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    patient: Patient | None = None


def realize(program: Program, flat: Flat, vector: Vector, names: Iterable[str] | None = None) -> Realized:
    """A case for these flat facts. `names`: the facts that matter; those known of the vector unless given."""
    case = WrittenCase(flat, vector).made()
    second = _second(flat, vector)
    cases = [case, second] if second else [case]
    made = Realized(cases)
    facts: list[Fact] = []
    dates: dict[str, str] = {}
    try:
        for place, plain in enumerate(cases):
            read = read_case(plain, f"case {place + 1}", program.rules, AS_OF)
            facts += read.facts
            dates |= read.written_on
    except Refusal as refusal:
        made.refused = tuple(problem.message for problem in refusal.problems)
        return made
    patient = Patient(program, chart(facts, written(AS_OF).first, dates, program.rules))
    made.patient = patient
    focus = next((one for one in patient.regions if one.region == vector.region), None)
    if focus is None:
        made.missing["focus_region"] = (vector.region, patient.main.region)
        return made
    for what in sorted(vector.situation & {SEGMENT, ELSEWHERE, OTHER_EMERGENCY}):
        if what != ELSEWHERE or not patient.chart.operated - {vector.region}:
            made.missing[what] = (TRUE, None)
    made.missing |= _missing(flat, vector, patient, focus, vector.known if names is None else names)
    return made


def _missing(
    flat: Flat, vector: Vector, patient: Patient, focus: Focus, names: Iterable[str]
) -> dict[str, tuple[Value | None, Value | None]]:
    found = {}
    for view, wanted in zip(patient.views(focus), (vector.plain, vector.safety), strict=True):
        for name in names:
            if not alike(flat, name, wanted[name], view[name]):
                found[name] = (wanted[name], view[name])
    return found


def _second(flat: Flat, vector: Vector) -> dict[str, Any]:
    """A case of the same day that contradicts the first, for each fact that is recorded both ways."""
    facts: dict[str, Any] = {}
    for name in vector.contradicted:
        value = vector.safety[name]
        if name not in flat.rules.facts or value is None:
            continue
        if value is TRUE or value is FALSE:
            facts[name] = value is FALSE
        elif isinstance(value, Interval) and value.low is not None:
            known = flat.rules.types[name]
            down = known.high is not None and value.low >= known.high
            facts[name] = value.low + (-1 if flat.rules.facts[name].worse == "high" or down else 1)
        elif isinstance(value, Members):
            plain = vector.plain[name]
            known_too = plain.yes if isinstance(plain, Members) else frozenset()
            facts[name] = dict.fromkeys(sorted(value.yes - known_too), False)
        elif isinstance(value, str):
            others = sorted((flat.rules.types[name].values or frozenset()) - {value})
            facts[name] = others[0]
    return {"schema": SCHEMA, "written_on": AS_OF, "facts": facts} if facts else {}


__all__ = ["AS_OF", "Realized", "alike", "realize"]
