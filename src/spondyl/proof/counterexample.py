"""A patient for whom a claim fails, with as little recorded as possible, as case files and with what the plan says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import z3  # type: ignore[import-untyped, import-not-found, unused-ignore]  # an extra, without types

from spondyl.engine import Program
from spondyl.intake.case import read_case
from spondyl.logic import Interval, Members, NoneOf, Value
from spondyl.plan import plan
from spondyl.proof.claims import Claim, World
from spondyl.proof.flat import Flat
from spondyl.proof.realize import AS_OF, Realized, realize
from spondyl.proof.situation import SERVES, SITUATION
from spondyl.proof.vector import Vector, vector_of
from spondyl.record import Case, Fact, Options, Refusal

_MOST_CHECKS = 1500


@dataclass(frozen=True, slots=True)
class Patient:
    """One patient of a counterexample: the flat facts, the case files, what those do not bring about, and the plan."""

    when: str
    flat: tuple[str, ...]
    cases: tuple[Mapping[str, Any], ...]
    unrealized: tuple[str, ...]
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A claim that fails, and the patients that show it: one, or the same before and after."""

    claim: str
    patients: tuple[Patient, ...] = field(default_factory=tuple)


def counterexample(world: World, claim: Claim, *, two: bool) -> Counterexample | None:
    """The smallest patient found for whom a claim fails; None where there is none."""
    solver = z3.SimpleSolver()
    solver.add(*(world.both if two else world.base), claim.refuted)
    if solver.check() != z3.sat:
        return None
    model = _least(world, solver, two=two)
    program = Program(world.rules)
    flats = [("now", world.flat), ("later", world.later.flat)] if two else [("", world.flat)]
    return Counterexample(
        claim.name,
        tuple(_patient(program, flat, vector_of(model, flat, flat.every), when, claim) for when, flat in flats),
    )


def _least(world: World, solver: z3.Solver, *, two: bool) -> z3.ModelRef:
    """A model in which as little is recorded, and as little changes, as still breaks the claim."""
    model = solver.model()
    for checks, wish in enumerate(_wishes(world, two)):
        if z3.is_true(model.eval(wish, model_completion=True)):
            solver.add(wish)
        elif checks < _MOST_CHECKS and solver.check(wish) == z3.sat:
            model = solver.model()
            solver.add(wish)
    solver.check()
    return solver.model()


def _wishes(world: World, two: bool) -> Iterator[z3.BoolRef]:
    flat = world.flat
    yield from (z3.Not(flat.situation(what)) for what in SITUATION if what != SERVES)
    yield flat.situation(SERVES)
    yield flat.at_region("lumbar")
    recorded = list(world.recorded())
    for fact, _ in recorded:
        values = flat.values(fact) if flat.rules.types[fact].kind == "set" else [""]
        yield z3.Not(z3.Or([flat.contradicted(fact, value) for value in values]))
    if two:
        yield from (world.same(fact, own) for fact, own in recorded)
    # What is computed from lists is the hardest to bring about, so it goes first.
    for fact, own in sorted(recorded, key=lambda one: flat.recordable(one[0])):
        yield world.unknown(flat, fact, own)
    for fact, own in recorded:
        for variable in world.variables(flat, fact, own):
            if z3.is_bool(variable):
                yield z3.Not(variable)


def _patient(program: Program, flat: Flat, vector: Vector, when: str, claim: Claim) -> Patient:
    made = realize(program, flat, vector)
    said = said_by_plan(program, made.cases, claim.shows) if not made.refused else ()
    known = tuple(f"{name}: {shown(vector.safety[name])}" for name in vector.known)
    twice = tuple(f"{name} is recorded both ways" for name in vector.contradicted)
    around = tuple(sorted(vector.situation - {SERVES}))
    place = f"region of the focus: {vector.region}"
    return Patient(when, (place, *known, *twice, *around), tuple(made.cases), unrealized(made), said)


def unrealized(made: Realized) -> tuple[str, ...]:
    """What a case does not bring about, in words."""
    lines = [f"the case is refused: {message}" for message in made.refused]
    for name, (wanted, got) in sorted(made.missing.items()):
        lines.append(f"{name}: {shown(wanted)} is wanted, the case gives {shown(got)}")
    return tuple(lines)


def shown(value: Value | None) -> str:
    """A value in plain words."""
    if isinstance(value, Interval):
        if value.exact:
            return f"{value.low:g}"
        low = "" if value.low is None else f"from {value.low:g}"
        high = "" if value.high is None else f"to {value.high:g}"
        return f"{low} {high}".strip()
    if isinstance(value, Members):
        return ", ".join([*sorted(value.yes), *(f"not {word}" for word in sorted(value.no))])
    if isinstance(value, NoneOf):
        return "not " + ", not ".join(sorted(value.values))
    return "unknown" if value is None else str(value) if isinstance(value, str) else value.name.lower()


def said_by_plan(program: Program, cases: list[dict[str, Any]], about: str) -> tuple[str, ...]:
    """What the plan of these cases says of the urgency, and of the rule a claim is about (`gate:nsaid`)."""
    facts: list[Fact] = []
    dates: dict[str, str] = {}
    try:
        for place, plain in enumerate(cases):
            read = read_case(plain, f"case {place + 1}", program.rules, AS_OF)
            facts += read.facts
            dates |= read.written_on
    except Refusal:
        return ()
    record = plan(program, Case(tuple(facts), dates), Options(AS_OF, "guideline", "en-US")).record
    lines = [f"urgency: {record['triage']['urgency']}"]
    kind, _, name = about.partition(":")
    for part, (listed, key, result) in _PARTS.items():
        if part == kind:
            found = record["triage"]["established"] if part == "red_flag" else record[listed]
            lines += [f"{part} {one[key]}: {one[result]}" for one in found if one[key] == name]
    return tuple(lines)


_PARTS = {
    "gate": ("gates", "gate", "result"),
    "treatment": ("treatments", "treatment", "status"),
    "red_flag": ("triage", "red_flag", "urgency"),
    "generator": ("generators", "generator", "standing"),
    "imaging": ("imaging", "order", "status"),
}

__all__ = ["Counterexample", "Patient", "counterexample", "said_by_plan", "shown", "unrealized"]
