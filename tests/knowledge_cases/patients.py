"""Patients made of the cases of the rules: two or three of them together, some facts dropped, some changed."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from spondyl.engine import (
    Candidate,
    Judged,
    Offered,
    Ordered,
    Patient,
    Program,
    Triage,
    gates,
    generators,
    imaging,
    set_triage_facts,
    treatments,
    triage,
)
from spondyl.knowledge import cases, load
from spondyl.logic import FALSE, TRUE, Interval, Value
from spondyl.proof.given import patient_with, values

RULES = load()
CASES = cases()
PROGRAM = Program(RULES)
TRIAGE_FACTS = {"emergency_established", "urgent_established", "flag_established", "flag_bypasses_here"}
GIVEN: list[dict[str, Any]] = [
    case["given"] for rules in CASES.values() for listed in rules.values() for case in listed if case["given"]
]
DANGEROUS: list[dict[str, Any]] = [
    case["given"]
    for listed in CASES["red_flags"].values()
    for case in listed
    if case["expect"] in ("emergency", "urgent")
]
AT_A_GATE: list[dict[str, Any]] = [
    case["given"]
    for kind in ("gates", "treatments")
    for listed in CASES[kind].values()
    for case in listed
    if case["expect"] not in ("none", "avoid")
]
TAKEN: list[dict[str, Any]] = [
    case["given"]
    for listed in CASES["treatments"].values()
    for case in listed
    if case["expect"] in ("continue", "taper", "reduce", "stop")
]
REGIONS = ("cervical", "thoracic", "lumbar", "sacral", "sacroiliac", "hip", "unspecified")
Known = dict[str, Value | None]


@st.composite
def patients(draw: st.DrawFn, seeds: list[dict[str, Any]] = GIVEN, more: int = 3) -> Known:
    """What is known of a patient; what triage would set is left to triage."""
    given: dict[str, Any] = dict(draw(st.sampled_from(seeds)))
    for other in draw(st.lists(st.sampled_from(GIVEN), max_size=more)):
        given = {**other, **given}
    if given and draw(st.booleans()):
        for name in draw(st.sets(st.sampled_from(sorted(given)), max_size=len(given) // 3)):
            del given[name]
    given = {name: plain for name, plain in given.items() if name not in TRIAGE_FACTS}
    if draw(st.booleans()):
        given["focus_region"] = draw(st.sampled_from(REGIONS))
    return values(RULES, given)


def alarming(name: str) -> Value | None:
    """The value of a fact that alarms most, or None where no side alarms."""
    return _sides(name)[0]


def reassuring(name: str) -> Value | None:
    """The value of a fact that reassures most, or None where no side alarms."""
    return _sides(name)[1]


def _sides(name: str) -> tuple[Value | None, Value | None]:
    known, derived = RULES.facts.get(name), RULES.derived.get(name)
    worse = known.worse if known is not None else (derived or {}).get("worse")
    kind = RULES.types[name]
    if kind.kind == "truth" and isinstance(worse, bool):
        return (TRUE, FALSE) if worse else (FALSE, TRUE)
    if kind.kind == "number" and worse in ("high", "low") and kind.low is not None and kind.high is not None:
        low, high = Interval(kind.low, kind.low), Interval(kind.high, kind.high)
        return (high, low) if worse == "high" else (low, high)
    return None, None


class Whole:
    """Everything the engine concludes about one patient, rule acting on rule."""

    def __init__(self, known: Known, profile: str = "guideline", program: Program = PROGRAM) -> None:
        self.patient: Patient = patient_with(program, known, profile=profile)
        self.triage: Triage = triage(self.patient)
        set_triage_facts(self.patient, self.triage)
        self.generators: list[Candidate] = generators(self.patient)
        self.orders: list[Ordered] = imaging(self.patient, self.triage)
        self.gates: list[Judged] = gates(self.patient, self.generators)
        self.treatments: list[Offered] = treatments(self.patient, self.triage, self.gates)


__all__ = [
    "AT_A_GATE", "CASES", "DANGEROUS", "GIVEN", "PROGRAM", "RULES", "TAKEN", "TRIAGE_FACTS", "Known", "Whole",
    "alarming", "patients", "reassuring",
]  # fmt: skip
