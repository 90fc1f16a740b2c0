"""The criteria of a gate, each judged with its proof. One that several gates share is judged once in a view."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from spondyl.engine.batches import Asked
from spondyl.engine.patient import Patient
from spondyl.engine.program import Program
from spondyl.engine.results import Criterion
from spondyl.knowledge.rules import PROFILES, CheckFirst, Counter, Gate, Required, Target
from spondyl.logic import FALSE, TRUE, Condition, Interval, Truth, fact_names
from spondyl.timeline import Focus, View

BYPASSABLE = ("wait", "conservative", "optimization")
SHOWN_PROFILES = tuple(profile for profile in PROFILES if profile != "source_documents")


class Outcome(NamedTuple):
    """A judged criterion, and its result in every shown profile where it may vary with the profile."""

    criterion: Criterion
    elsewhere: tuple[str, ...] = ()


class Item(NamedTuple):
    """One criterion before it is judged, with the part of the batch that holds its truths.

    `counts`: the fact whose number it shows. `varying`: whether it may come out otherwise in another profile.
    `made` holds the outcomes that show no number of a patient: for one way its truths can be, they read the same.
    """

    kind: str
    rule: Required | CheckFirst | Target
    truths: tuple[int, int]
    counts: str | None
    varying: bool
    made: dict[tuple[object, ...], Outcome]


class Desk(NamedTuple):
    """What the criteria are judged from at one focus, and the outcomes so far, by the place of their item."""

    sheets: Sheets
    truths: tuple[Truth, ...]
    outcomes: list[Outcome | None]
    plain: View
    safety: View
    free: bool


class Sheets:
    """The criteria of some gates in one profile: each once, in one batch, and which of them each gate shows."""

    def __init__(self, program: Program, gates: Sequence[Gate], profile: str) -> None:
        self.program = program
        self.profile = profile
        self.items: list[Item] = []
        self.asked: list[Asked] = []
        self._known: dict[tuple[str, int], int] = {}
        self._sheets: dict[tuple[int, int], tuple[int, ...]] = {}
        for gate in gates:
            for target in (None, *gate.targets):
                self._sheets[id(gate), id(target)] = tuple(self._places(gate, target))

    def places(self, gate: Gate, target: Target | None) -> tuple[int, ...]:
        """The places of a gate's items, in the order they are shown."""
        return self._sheets[id(gate), id(target)]

    def _places(self, gate: Gate, target: Target | None) -> list[int]:
        places = [self._place("check_first", check) for check in gate.checks if _concerns(check, target)]
        replaced = target.replaces if target is not None else ()
        places += [self._place("required", rule) for rule in gate.required if rule.id not in replaced]
        if target is not None:
            places.append(self._place("cause", target))
            if target.wait is not None or self.profile in target.profiles:
                places.append(self._place("wait", target))
        return places

    def _place(self, kind: str, rule: Required | CheckFirst | Target) -> int:
        known = self._known.get((kind, id(rule)))
        if known is None:
            known = self._known[kind, id(rule)] = len(self.items)
            self.items.append(self._item(kind, rule))
        return known

    def _item(self, kind: str, rule: Required | CheckFirst | Target) -> Item:
        first, profile = len(self.asked), self.profile
        counter, varying = None, False
        if isinstance(rule, CheckFirst):
            self.asked.append(Asked(rule.closed_when, None, True, profile))
            if rule.moot_when is not None:
                self.asked.append(Asked(rule.moot_when, None, True, profile))
        elif isinstance(rule, Target) and kind == "cause":
            self.asked.append(Asked(rule.cause, None, False, profile))
        else:
            usual = rule.wait if isinstance(rule, Target) else rule.when
            counter = rule.wait_counter if isinstance(rule, Target) else rule.counter
            varying = bool(rule.profiles) or (usual is not None and self.program.differs(usual))
            self.asked.append(Asked(_condition(rule, profile), None, False, profile))
            if varying:
                self.asked += [Asked(_condition(rule, other), None, False, other) for other in SHOWN_PROFILES]
        counts = None if counter is None else counter.fact
        return Item(kind, rule, (first, len(self.asked)), counts, varying, {})


Elsewhere = dict[int, tuple[str, ...]]


def judged_criteria(
    patient: Patient, gate: Gate, target: Target | None, focus: Focus
) -> tuple[list[Criterion], Elsewhere]:
    """The criteria in the order they are shown, and by place the results of those that vary with the profile."""
    desk: Desk = patient.plain(focus).criteria or _desk(patient, focus)
    outcomes = desk.outcomes
    criteria: list[Criterion] = []
    elsewhere: Elsewhere = {}
    for place in desk.sheets.places(gate, target):
        criterion, results = outcomes[place] or _outcome(patient, desk, place)
        if results:
            elsewhere[len(criteria)] = results
        criteria.append(criterion)
    return criteria, elsewhere


def _desk(patient: Patient, focus: Focus) -> Desk:
    program, gates, profile = patient.program, patient.rules.gates, patient.profile
    sheets = program.prepared(f"sheets {profile}", gates, lambda: Sheets(program, list(gates.values()), profile))
    truths = tuple(patient.truths(focus, "criteria", gates, lambda: sheets.asked))
    plain, safety = patient.views(focus)
    free = plain["flag_bypasses_here"] is TRUE
    desk = plain.criteria = Desk(sheets, truths, [None] * len(sheets.items), plain, safety, free)
    return desk


def _concerns(check: CheckFirst, target: Target | None) -> bool:
    name = target.target if target is not None else None
    if check.targets and name not in check.targets:
        return False
    return name is None or name not in check.except_targets


def _condition(rule: Required | Target, profile: str) -> Condition:
    if isinstance(rule, Target):
        chosen = rule.profiles.get(profile, rule.wait)
        assert chosen is not None
        return chosen
    return rule.profiles.get(profile, rule.when)


def _outcome(patient: Patient, desk: Desk, place: int) -> Outcome:
    item = desk.sheets.items[place]
    at, end = item.truths
    truths = desk.truths[at:end]
    # A contradiction shows in the result, a number in the words: what depends on them is made for this patient.
    own = bool(patient.chart.contradictions) or (item.counts is not None and desk.plain[item.counts] is not None)
    key = (truths, desk.free)
    made = None if own else item.made.get(key)
    if made is None:
        made = _judged(patient, item, truths, desk)
        if not own:
            item.made[key] = made
    desk.outcomes[place] = made
    return made


def _judged(patient: Patient, item: Item, truths: Sequence[Truth], desk: Desk) -> Outcome:
    rule, truth = item.rule, truths[0]
    if isinstance(rule, CheckFirst):
        result = "met" if truth is FALSE or truths[1:] == (TRUE,) else _open_result(rule.closed_when, desk.safety)
        result = "not_met" if truth is TRUE else result
        ask = rule.ask if result in ("not_documented", "contradicted") else ()
        because = (rule.because or rule.id) if truth is TRUE else None
        return Outcome(
            Criterion(
                rule.id, rule.label, item.kind, result, rule.closed_when, rule, None, None, (), ask, because, truth
            )
        )
    if isinstance(rule, Target) and item.kind == "cause":
        result = "met" if truth is TRUE else "not_met" if truth is FALSE else _open_result(rule.cause, desk.plain)
        ask = rule.cause_ask if result != "met" else ()
        return Outcome(Criterion("cause", rule.cause_label, "required", result, rule.cause, rule, ask=ask, truth=truth))
    return _required(patient, item, rule, truths, desk)


def _required(patient: Patient, item: Item, rule: Required | Target, truths: Sequence[Truth], desk: Desk) -> Outcome:
    profile, view, free = patient.profile, desk.plain, desk.free
    result = _result(rule, profile, truths[0], view, free)
    if isinstance(rule, Target):
        name, label, counter, asked = "wait", rule.wait_label, rule.wait_counter, rule.wait_ask
    else:
        name, label, counter, asked = rule.id, rule.label, rule.counter, rule.ask
    have, need = counted(patient, counter, view, profile)
    results: list[str] = []
    shown: list[tuple[str, str | None, str]] = []
    for other, truth in zip(SHOWN_PROFILES, truths[1:], strict=False):
        there = result if other == profile else _result(rule, other, truth, view, free)
        results.append(there)
        if other != profile:
            needed = _need(patient, counter, other)
            if needed != need or rule.profiles.get(other) is not None:
                shown.append((other, needed, there))
    ask = asked if result not in ("met", "bypassed") else ()
    condition = _condition(rule, profile)
    elsewhere = tuple(shown)
    made = Criterion(name, label, "required", result, condition, rule, have, need, elsewhere, ask, None, truths[0])
    return Outcome(made, tuple(results))


def _result(rule: Required | Target, profile: str, truth: Truth, view: View, free: bool) -> str:
    if truth is TRUE:
        return "met"
    kind = "wait" if isinstance(rule, Target) else rule.kind
    if free and kind in BYPASSABLE:
        return "bypassed"
    return "not_met" if truth is FALSE else _open_result(_condition(rule, profile), view)


def _open_result(condition: Condition, view: View) -> str:
    if not view.chart.contradictions:
        return "not_documented"
    causes = {view.cause(name) for name in fact_names(condition) if view[name] is None}
    return "contradicted" if "contradictory" in causes else "not_documented"


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
