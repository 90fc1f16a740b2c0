"""The criteria of gates, judged. One that several gates share is judged once at a focus."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from spondyl.engine.counted import Counted, Number
from spondyl.engine.patient import Patient
from spondyl.engine.program import Program
from spondyl.engine.results import Criterion
from spondyl.engine.sheets import SHOWN_PROFILES, Item, Sheets, rule_in
from spondyl.knowledge.rules import CheckFirst, Required, Target
from spondyl.logic import FALSE, TRUE, Condition, Interval, Truth, fact_names
from spondyl.timeline import Focus, View

BYPASSABLE = ("wait", "conservative", "optimization")


class Desk(NamedTuple):
    """Every criterion judged at one focus, with its result, and the places of those that differ in some profile."""

    sheets: Sheets
    criteria: Sequence[Criterion]
    results: Sequence[str]
    differing: frozenset[int]


class Reading(NamedTuple):
    """The values a criterion of one patient shows: the plain reading, and that of contraindications."""

    plain: View
    safety: View


class Made(dict[Any, Criterion]):
    """The criteria one item can come to, by its truths, where it shows no number and nothing is contradicted.

    They read the same for every patient, so each is made once.
    """

    def __init__(self, sheets: Sheets, item: Item, free: bool) -> None:
        self.sheets = sheets
        self.item = item
        self.free = free

    def __missing__(self, truths: Truth | tuple[Truth, ...]) -> Criterion:
        of = truths if isinstance(truths, tuple) else (truths,)
        made = self[truths] = judged(self.sheets, self.item, of, self.free, None)
        return made


def desk(patient: Patient, focus: Focus) -> Desk:
    """The criteria of all gates at one focus; judged in one call on first use."""
    found: Desk | None = patient.plain(focus).criteria
    return _desk(patient, focus) if found is None else found


def _desk(patient: Patient, focus: Focus) -> Desk:
    program, gates, profile = patient.program, patient.rules.gates, patient.profile
    sheets = program.prepared(("sheets", profile), gates, lambda: Sheets(program, list(gates.values()), profile))
    truths = patient.truths(focus, "criteria", gates, lambda: sheets.asked)
    reading = Reading(*patient.views(focus))
    free = reading.plain["flag_bypasses_here"] is TRUE
    if patient.chart.contradictions:  # a contradiction shows in the result: all are made for this patient
        criteria = [judged(sheets, item, item.of(truths), free, reading) for item in sheets.items]
    else:
        made = program.prepared(("criteria", profile, free), gates, lambda: _made(sheets, free))
        criteria = [one[truth] for one, truth in zip(made[: sheets.single], truths, strict=False)]
        criteria += [one[one.item.of(truths)] for one in made[sheets.single :]]
        view = reading.plain
        shown: dict[str, str | None] = {}
        for place, numbers in sheets.counting:
            first = numbers.first
            if numbers.alone:
                if view[first.fact] is not None:
                    if first.fact not in shown:
                        shown[first.fact] = _have(program, first, view)
                    criteria[place] = criteria[place]._replace(have=shown[first.fact])
            elif any(view[one.fact] is not None for one in (first, *numbers.others)):
                criteria[place] = _numbered(sheets, sheets.items[place], numbers, criteria[place], view)
    results = [one.result for one in criteria]
    differing = [
        place for place in sheets.varying if criteria[place].by_profile.count(results[place]) < len(SHOWN_PROFILES)
    ]
    found = reading.plain.criteria = Desk(sheets, criteria, results, frozenset(differing))
    return found


def _made(sheets: Sheets, free: bool) -> list[Made]:
    return [Made(sheets, item, free) for item in sheets.items]


def judged(sheets: Sheets, item: Item, truths: Sequence[Truth], free: bool, reading: Reading | None) -> Criterion:
    """One criterion from its truths. `reading` is None where nothing of the patient shows in it."""
    rule, truth = item.rule, truths[0]
    if isinstance(rule, CheckFirst):
        safety = None if reading is None else reading.safety
        result = "met" if truth is FALSE or truths[1:] == (TRUE,) else _open_result(rule.closed_when, safety)
        result = "not_met" if truth is TRUE else result
        ask = rule.ask if result in ("not_documented", "contradicted") else ()
        because = (rule.because or rule.id) if truth is TRUE else None
        return Criterion(
            rule.id, rule.label, item.kind, result, rule.closed_when, rule, None, None, (), ask, because, truth
        )
    plain = None if reading is None else reading.plain
    if isinstance(rule, Target) and item.kind == "cause":
        result = "met" if truth is TRUE else "not_met" if truth is FALSE else _open_result(rule.cause, plain)
        ask = rule.cause_ask if result != "met" else ()
        return Criterion("cause", rule.cause_label, "required", result, rule.cause, rule, ask=ask, truth=truth)
    return _required(sheets, item, rule, truths, free, plain)


def _required(
    sheets: Sheets, item: Item, rule: Required | Target, truths: Sequence[Truth], free: bool, view: View | None
) -> Criterion:
    program, profile = sheets.program, sheets.profile
    result = _result(rule, profile, truths[0], view, free)
    if isinstance(rule, Target):
        name, label, asked = "wait", rule.wait_label, rule.wait_ask
    else:
        name, label, asked = rule.id, rule.label, rule.ask
    results: list[str] = []
    for other, place in zip(SHOWN_PROFILES, item.of_profile, strict=False):
        results.append(result if other == profile else _result(rule, other, truths[place], view, free))
    ask = asked if result not in ("met", "bypassed") else ()
    made = Criterion(
        name, label, "required", result, rule_in(rule, profile), rule, None, None, (), ask, None, truths[0],
        tuple(results),
    )  # fmt: skip
    if item.counts is None:
        return made._replace(elsewhere=_elsewhere(sheets, item, rule, made, None, None))
    if view is not None:
        return _numbered(sheets, item, item.counts, made, view)
    need = _need(program, item.counts.first)
    return made._replace(need=need, elsewhere=_elsewhere(sheets, item, rule, made, item.counts.first, need))


def _numbered(sheets: Sheets, item: Item, numbers: Counted, made: Criterion, view: View) -> Criterion:
    """A criterion with the number that decides it, what it needs here, and what it needs in other profiles."""
    rule = item.rule
    assert not isinstance(rule, CheckFirst)
    deciding = numbers.deciding(view, made.result)
    number = deciding or numbers.first
    need = _need(sheets.program, number)
    have = None if deciding is None else _have(sheets.program, deciding, view)
    return made._replace(have=have, need=need, elsewhere=_elsewhere(sheets, item, rule, made, number, need))


def _elsewhere(
    sheets: Sheets, item: Item, rule: Required | Target, made: Criterion, number: Number | None, need: str | None
) -> tuple[tuple[str, str | None, str], ...]:
    """What the same number needs in other profiles, and what comes out there."""
    shown: list[tuple[str, str | None, str]] = []
    for other, there in zip(SHOWN_PROFILES, made.by_profile, strict=False):
        if other != sheets.profile:
            same = None if number is None else sheets.number_in(item, other, number.fact)
            needed = None if same is None else _need(sheets.program, same)
            if needed != need or rule.profiles.get(other) is not None:
                shown.append((other, needed, there))
    return tuple(shown)


def _result(rule: Required | Target, profile: str, truth: Truth, view: View | None, free: bool) -> str:
    if truth is TRUE:
        return "met"
    kind = "wait" if isinstance(rule, Target) else rule.kind
    if free and kind in BYPASSABLE:
        return "bypassed"
    return "not_met" if truth is FALSE else _open_result(rule_in(rule, profile), view)


def _open_result(condition: Condition, view: View | None) -> str:
    if view is None or not view.chart.contradictions:
        return "not_documented"
    causes = {view.cause(name) for name in fact_names(condition) if view[name] is None}
    return "contradicted" if "contradictory" in causes else "not_documented"


def _have(program: Program, number: Number, view: View) -> str | None:
    """What is there, with unit ("7 to 11 weeks"); None where nothing is counted."""
    value = view[number.fact]
    return in_words(value, _unit(program, number.fact)) if isinstance(value, Interval) else None


def _need(program: Program, number: Number) -> str:
    """What is needed, with unit: "6 weeks", and of a number that must not be passed "at most 24 months"."""
    return program.prepared(("need", number), program.rules, lambda: _in_words(program, number))


def _in_words(program: Program, number: Number) -> str:
    bound, unit = number.bound, _unit(program, number.fact)
    if number.op == "<":
        return f"less than {in_words(Interval(bound, bound), unit)}"
    return in_words(Interval(None if number.op == "<=" else bound, bound), unit)


def _unit(program: Program, name: str) -> str:
    fact = program.rules.types.get(name)
    return fact.unit if fact is not None and fact.unit else ""


def in_words(value: Interval, unit: str) -> str:
    """A number with its unit: "3 weeks", "7 to 11 weeks", "at least 6 weeks". Times are rounded down."""
    low, high = (None if number is None else _shown(number, unit) for number in (value.low, value.high))
    if low is None:
        text = f"at most {high}"
    elif high is None:
        text = f"at least {low}"
    else:
        text = low if low == high else f"{low} to {high}"
    if text == "1" and unit.endswith("s"):
        unit = unit[:-1]
    return f"{text} {unit}".strip()


def _shown(number: float, unit: str) -> str:
    if unit in ("months", "weeks", "days") and number >= 3:
        return str(math.floor(number))
    return f"{round(number, 1):g}"
