"""The criteria of a gate, each judged with its proof. What nothing recorded touches is judged once for all patients."""

from __future__ import annotations

import math
from typing import NamedTuple

from spondyl.engine.patient import Patient
from spondyl.engine.program import Program
from spondyl.engine.results import Criterion
from spondyl.knowledge.rules import PROFILES, CheckFirst, Counter, Gate, Required, Target
from spondyl.logic import FALSE, TRUE, UNKNOWN, Condition, Interval, fact_names
from spondyl.timeline import Chart, Focus, View

BYPASSABLE = ("wait", "conservative", "optimization")
SHOWN_PROFILES = tuple(profile for profile in PROFILES if profile != "source_documents")


class Item(NamedTuple):
    """One criterion of a gate before it is judged. `varying`: whether it may come out otherwise in another profile."""

    kind: str
    rule: Required | CheckFirst | Target
    reads: int
    varying: bool = False


class Outcome(NamedTuple):
    """A judged criterion, and its result in every shown profile where it varies."""

    criterion: Criterion
    elsewhere: tuple[str, ...] = ()


class Sheet(NamedTuple):
    """The criteria of a gate for one target in one profile, and how they come out where nothing is recorded."""

    items: tuple[Item, ...]
    blank: tuple[Criterion, ...]
    elsewhere: dict[int, tuple[str, ...]]


Elsewhere = dict[int, tuple[str, ...]]


def judged_criteria(
    patient: Patient, gate: Gate, target: Target | None, focus: Focus
) -> tuple[list[Criterion], Elsewhere]:
    """The criteria in the order they are shown, and by place the results of those that vary with the profile."""
    plain, safety = patient.views(focus)
    free = plain["flag_bypasses_here"] is TRUE
    kind = f"sheet {patient.profile} {free}"
    sheet = patient.program.prepared(kind, target or gate, lambda: _sheet(patient, gate, target, free))
    criteria, elsewhere, touched = list(sheet.blank), sheet.elsewhere, patient.touched
    for place, item in enumerate(sheet.items):
        if item.reads & touched:
            made = plain.criteria.get(id(item))
            if made is None:
                made = plain.criteria[id(item)] = _outcome(patient, item, plain, safety, free)
            criteria[place] = made.criterion
            if item.varying:
                elsewhere = {**elsewhere, place: made.elsewhere}
    return criteria, elsewhere


def _sheet(patient: Patient, gate: Gate, target: Target | None, free: bool) -> Sheet:
    items = _items(patient, gate, target)
    blank = Patient(patient.program, Chart(0), profile=patient.profile)
    plain, safety = blank.views(blank.main)
    outcomes = [_outcome(blank, item, plain, safety, free) for item in items]
    elsewhere = {place: outcomes[place].elsewhere for place, item in enumerate(items) if item.varying}
    return Sheet(tuple(items), tuple([one.criterion for one in outcomes]), elsewhere)


def _items(patient: Patient, gate: Gate, target: Target | None) -> list[Item]:
    program = patient.program
    items = [
        program.prepared("check", check, lambda check=check: _check_item(program, check))  # type: ignore[misc]
        for check in gate.checks
        if _concerns(check, target)
    ]
    replaced = target.replaces if target is not None else ()
    items += [
        program.prepared("required", rule, lambda rule=rule: _required_item(program, rule))  # type: ignore[misc]
        for rule in gate.required
        if rule.id not in replaced
    ]
    if target is not None:
        items.append(Item("cause", target, program.reads(target.cause)))
        if target.wait is not None or patient.profile in target.profiles:
            varying = bool(target.profiles) or (target.wait is not None and program.differs(target.wait))
            reads = program.reads(target.wait, *target.profiles.values()) | _counts(program, target.wait_counter)
            items.append(Item("wait", target, reads, varying))
    return items


def _check_item(program: Program, check: CheckFirst) -> Item:
    return Item("check_first", check, program.reads(check.closed_when, check.moot_when))


def _required_item(program: Program, rule: Required) -> Item:
    reads = program.reads(rule.when, *rule.profiles.values()) | _counts(program, rule.counter)
    return Item("required", rule, reads, bool(rule.profiles) or program.differs(rule.when))


def _counts(program: Program, counter: Counter | None) -> int:
    return 0 if counter is None else program.derivations.names.bit(counter.fact)


def _concerns(check: CheckFirst, target: Target | None) -> bool:
    name = target.target if target is not None else None
    if check.targets and name not in check.targets:
        return False
    return name is None or name not in check.except_targets


def _outcome(patient: Patient, item: Item, plain: View, safety: View, free: bool) -> Outcome:
    rule = item.rule
    if isinstance(rule, CheckFirst):
        return Outcome(_checked(patient, rule, safety))
    if isinstance(rule, Target) and item.kind == "cause":
        truth = patient.truth(rule.cause, plain)
        result = "met" if truth is TRUE else "not_met" if truth is FALSE else _open_result(rule.cause, plain)
        ask = rule.cause_ask if result != "met" else ()
        return Outcome(Criterion("cause", rule.cause_label, "required", result, rule.cause, rule, ask=ask))
    return _required(patient, rule, item.varying, plain, free)


def _checked(patient: Patient, check: CheckFirst, view: View) -> Criterion:
    truth = patient.truth(check.closed_when, view)
    result = "met"
    if truth is TRUE:
        result = "not_met"
    elif truth is UNKNOWN and not (check.moot_when is not None and patient.truth(check.moot_when, view) is TRUE):
        result = _open_result(check.closed_when, view)
    ask = check.ask if result in ("not_documented", "contradicted") else ()
    because = (check.because or check.id) if truth is TRUE else None
    return patient.program.prepared(
        ("criterion", result),
        check,
        lambda: Criterion(
            check.id, check.label, "check_first", result, check.closed_when, check, ask=ask, because=because
        ),
    )


def _open_result(condition: Condition, view: View) -> str:
    if not view.chart.contradictions:
        return "not_documented"
    causes = {view.cause(name) for name in fact_names(condition) if view[name] is None}
    return "contradicted" if "contradictory" in causes else "not_documented"


def _condition(rule: Required | Target, profile: str) -> Condition:
    if isinstance(rule, Target):
        chosen = rule.profiles.get(profile, rule.wait)
        assert chosen is not None
        return chosen
    return rule.profiles.get(profile, rule.when)


def _truth_result(patient: Patient, rule: Required | Target, view: View, free: bool, profile: str) -> str:
    condition = _condition(rule, profile)
    truth = patient.program.truth(condition, view, profile)
    if truth is TRUE:
        return "met"
    kind = "wait" if isinstance(rule, Target) else rule.kind
    if free and kind in BYPASSABLE:
        return "bypassed"
    return "not_met" if truth is FALSE else _open_result(condition, view)


def _required(patient: Patient, rule: Required | Target, varying: bool, view: View, free: bool) -> Outcome:
    if isinstance(rule, Target):
        name, label, counter, asked = "wait", rule.wait_label, rule.wait_counter, rule.wait_ask
    else:
        name, label, counter, asked = rule.id, rule.label, rule.counter, rule.ask
    result = _truth_result(patient, rule, view, free, patient.profile)
    have, need = counted(patient, counter, view, patient.profile)
    ask = asked if result not in ("met", "bypassed") else ()
    results: list[str] = []
    shown: list[tuple[str, str | None, str]] = []
    for profile in SHOWN_PROFILES if varying else ():
        if profile == patient.profile:
            results.append(result)
            continue
        there = _truth_result(patient, rule, view, free, profile)
        results.append(there)
        needed = _need(patient, counter, profile)
        if needed != need or rule.profiles.get(profile) is not None:
            shown.append((profile, needed, there))
    condition = _condition(rule, patient.profile)
    elsewhere = tuple(shown)
    made = patient.program.remembered(
        ("criterion", id(condition), id(rule), result, have, need, elsewhere),
        lambda: Criterion(name, label, "required", result, condition, rule, have, need, elsewhere, ask),
    )
    return Outcome(made, tuple(results))


def counted(patient: Patient, counter: Counter | None, view: View, profile: str) -> tuple[str | None, str | None]:
    """What is there and what is needed, with unit ("7 to 11 weeks", "6 weeks"); None where nothing is counted."""
    if counter is None:
        return None, None
    value = view[counter.fact]
    have = in_words(value, _unit(patient, counter)) if isinstance(value, Interval) else None
    return have, _need(patient, counter, profile)


def _need(patient: Patient, counter: Counter | None, profile: str) -> str | None:
    if counter is None:
        return None
    return patient.program.prepared(("need", profile), counter, lambda: _in_words(patient, counter, profile))


def _in_words(patient: Patient, counter: Counter, profile: str) -> str:
    need = counter.need if not isinstance(counter.need, str) else patient.program.thresholds(profile)[counter.need]
    return in_words(Interval(need, need), _unit(patient, counter))


def _unit(patient: Patient, counter: Counter) -> str:
    fact = patient.rules.types.get(counter.fact)
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
