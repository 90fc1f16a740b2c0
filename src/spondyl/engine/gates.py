"""Interventions and what they need: each criterion counted with its proof. Unknown never opens a gate."""

from __future__ import annotations

import math
from collections.abc import Sequence

from spondyl.engine.patient import Patient
from spondyl.engine.results import Candidate, Criterion, Judged
from spondyl.knowledge.rules import PROFILES, CheckFirst, Counter, Gate, Required, Target
from spondyl.logic import FALSE, TRUE, UNKNOWN, Condition, Interval, fact_names
from spondyl.timeline import Focus, View

BYPASSABLE = ("wait", "conservative", "optimization")
SHOWN_PROFILES = tuple(profile for profile in PROFILES if profile != "source_documents")
_LIKELY = ("confirmed", "supported", "possible")


def gates(patient: Patient, candidates: Sequence[Candidate]) -> list[Judged]:
    """Every gate: once for the whole patient, or at each focus it applies to and at least at the main one."""
    found: list[Judged] = []
    for gate in patient.rules.gates.values():
        if gate.per == "patient":
            found.append(judge_gate(patient, gate, patient.main, None, None))
            continue
        places = [
            focus
            for focus in patient.regions
            if gate.applies is None or patient.truth(gate.applies, patient.plain(focus)) is not FALSE
        ] or [patient.main]
        for focus in places:
            targets = [
                target
                for target in gate.targets
                if any(
                    one.generator.id == target.target and one.focus.region == focus.region and one.standing in _LIKELY
                    for one in candidates
                )
            ]
            if not gate.targets or not targets:
                found.append(judge_gate(patient, gate, focus, focus, None))
            for target in targets:
                place = _place(target, focus, candidates)
                found.append(judge_gate(patient, gate, place, place, target))
    return found


def _place(target: Target, focus: Focus, candidates: Sequence[Candidate]) -> Focus:
    for one in candidates:
        if one.generator.id == target.target and one.focus.region == focus.region and one.standing in _LIKELY:
            return one.focus
    return focus


def judge_gate(patient: Patient, gate: Gate, focus: Focus, site: Focus | None, target: Target | None) -> Judged:
    """One gate at one focus for one target. `closed` and `needs_data` come with the criteria that say so."""
    plain, safety = patient.views(focus)
    free = plain["flag_bypasses_here"] is TRUE
    criteria: list[Criterion] = []
    varying: list[tuple[int, Required | Target]] = []
    for check in gate.checks:
        if _concerns(check, target):
            criteria.append(_check_first(patient, check, safety))
    closing = next((one for one in criteria if one.result == "not_met"), None)
    replaced = target.replaces if target is not None else ()
    for rule in gate.required:
        if rule.id not in replaced:
            if rule.profiles or patient.program.differs(rule.when):
                varying.append((len(criteria), rule))
            criteria.append(_required(patient, rule, plain, free, patient.profile))
    if gate.targets:
        criteria += _of_target(patient, target, plain, free, varying, len(criteria))
    result = _result([one.result for one in criteria])
    because = closing.because if closing is not None else None
    # Without a cause there is nothing to operate on, whatever else is met.
    aimless = bool(gate.targets) and target is None
    if aimless and result == "open":
        result, because = "closed", "no_correctable_cause"
    by_profile = dict.fromkeys(SHOWN_PROFILES, result)
    if varying:
        for profile in SHOWN_PROFILES:
            if profile != patient.profile:
                results = [one.result for one in criteria]
                for index, differing in varying:
                    results[index] = _truth_result(patient, differing, plain, free, profile)
                there = _result(results)
                by_profile[profile] = "closed" if aimless and there == "open" else there
        criteria = _with_elsewhere(patient, criteria, varying, plain, free)
    return Judged(gate, focus, site, target.target if target else None, result, because, by_profile, criteria)


def _concerns(check: CheckFirst, target: Target | None) -> bool:
    name = target.target if target is not None else None
    if check.targets and name not in check.targets:
        return False
    return name is None or name not in check.except_targets


def _result(results: Sequence[str]) -> str:
    if "not_met" in results:
        return "closed"
    return "needs_data" if any(one in ("not_documented", "contradicted") for one in results) else "open"


def _check_first(patient: Patient, check: CheckFirst, view: View) -> Criterion:
    made: Criterion | None = view.criteria.get(id(check))
    if made is None:
        made = view.criteria[id(check)] = _checked(patient, check, view)
    return made


def _checked(patient: Patient, check: CheckFirst, view: View) -> Criterion:
    truth = patient.truth(check.closed_when, view)
    result = "met"
    if truth is TRUE:
        result = "not_met"
    elif truth is UNKNOWN and not (check.moot_when is not None and patient.truth(check.moot_when, view) is TRUE):
        result = _open_result(check.closed_when, view)
    ask = check.ask if result in ("not_documented", "contradicted") else ()
    because = (check.because or check.id) if truth is TRUE else None
    return Criterion(check.id, check.label, "check_first", result, check.closed_when, check, ask=ask, because=because)


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


def _required(patient: Patient, rule: Required, view: View, free: bool, profile: str) -> Criterion:
    result = _truth_result(patient, rule, view, free, profile)
    have, need = counted(patient, rule.counter, view, profile)
    ask = rule.ask if result in ("not_documented", "contradicted", "not_met") else ()
    return Criterion(rule.id, rule.label, "required", result, _condition(rule, profile), rule, have, need, (), ask)


def _of_target(
    patient: Patient,
    target: Target | None,
    view: View,
    free: bool,
    varying: list[tuple[int, Required | Target]],
    start: int,
) -> list[Criterion]:
    if target is None:
        return []
    made = []
    truth = patient.truth(target.cause, view)
    result = "met" if truth is TRUE else "not_met" if truth is FALSE else _open_result(target.cause, view)
    ask = target.cause_ask if result != "met" else ()
    made.append(Criterion("cause", target.cause_label, "required", result, target.cause, target, ask=ask))
    if target.wait is not None or patient.profile in target.profiles:
        if target.profiles or (target.wait is not None and patient.program.differs(target.wait)):
            varying.append((start + 1, target))
        result = _truth_result(patient, target, view, free, patient.profile)
        have, need = counted(patient, target.wait_counter, view, patient.profile)
        ask = target.wait_ask if result not in ("met", "bypassed") else ()
        condition = _condition(target, patient.profile)
        made.append(Criterion("wait", target.wait_label, "required", result, condition, target, have, need, (), ask))
    return made


def _with_elsewhere(
    patient: Patient,
    criteria: list[Criterion],
    varying: Sequence[tuple[int, Required | Target]],
    view: View,
    free: bool,
) -> list[Criterion]:
    made = list(criteria)
    for index, rule in varying:
        one = criteria[index]
        counter = rule.counter if isinstance(rule, Required) else rule.wait_counter
        elsewhere: list[tuple[str, str | None, str]] = []
        for profile in SHOWN_PROFILES:
            need = counted(patient, counter, view, profile)[1]
            other = rule.profiles.get(profile)
            if profile != patient.profile and (need != one.need or other is not None):
                elsewhere.append((profile, need, _truth_result(patient, rule, view, free, profile)))
        made[index] = Criterion(
            one.id,
            one.label,
            one.kind,
            one.result,
            one.condition,
            one.rule,
            one.have,
            one.need,
            tuple(elsewhere),
            one.ask,
        )
    return made


def counted(patient: Patient, counter: Counter | None, view: View, profile: str) -> tuple[str | None, str | None]:
    """What is there and what is needed, with unit ("7 to 11 weeks", "6 weeks"); None where nothing is counted."""
    if counter is None:
        return None, None
    fact = patient.rules.types.get(counter.fact)
    unit = fact.unit if fact is not None and fact.unit else ""
    need = counter.need if not isinstance(counter.need, str) else patient.program.thresholds(profile)[counter.need]
    value = view[counter.fact]
    have = in_words(value, unit) if isinstance(value, Interval) else None
    return have, in_words(Interval(need, need), unit)


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
