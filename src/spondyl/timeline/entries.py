"""The entries of list facts: operations, studies, medicines, treatments. What is not about now is left out."""

from __future__ import annotations

from collections.abc import Mapping

from spondyl.knowledge.rules import FactEntry, Ruleset
from spondyl.logic import FALSE, TRUE, Interval, Members, NoneOf, Truth, Value
from spondyl.record import Fact, JsonValue
from spondyl.timeline.charted import HAPPENED_FIELD, KEY_FIELD, Chart, Entry, ListChart, as_days, as_value
from spondyl.timeline.days import DAYS_PER_MONTH, Days

NOT_NOW = ("planned", "hypothetical", "family")


def add_to_list(
    made: Chart, key: str, fact: Fact, own: Days, name: str, rest: str, entry: FactEntry, today: Days
) -> None:
    """Put one fact into its list: none, complete, or a field of an entry."""
    target = made.lists.setdefault(name, ListChart())
    if not rest:
        if fact.assertion in ("present", "negated") and (fact.value == [] or fact.value == "complete"):
            fresh = entry.fresh_days is None or made.as_of - own.first <= entry.fresh_days
            target.closed = target.closed or fresh
            target.ids.append(key)
            if not fresh:
                made.causes[name] = "too_old"
        return
    index, _, field_name = rest.partition(".")
    if not index.isdigit():
        return
    number = int(index)
    found = next((one for one in target.entries if one.index == number), None)
    if found is None:
        found = Entry(number, on=own)
        target.entries.append(found)
    kind = entry.fields.get(field_name)
    found.ids.setdefault(field_name, []).append(key)
    if fact.assertion in NOT_NOW:
        found.values["@not_now"] = TRUE
        if fact.assertion == "planned":
            found.values["@planned"] = TRUE
        return
    if fact.assertion == "uncertain" and field_name == KEY_FIELD.get(name):
        found.sure = False
    if fact.assertion == "historical" and name in ("medications", "motor_deficit", "sensory_deficit"):
        found.values["@past"] = TRUE
    if kind is None:
        return
    if kind.type.kind == "date":
        day = as_days(fact.value)
        if day is not None:
            before = found.dates.get(field_name)
            if before is not None and before.meets(day):  # told twice, once more exactly
                day = Days(max(before.first, day.first), min(before.last, day.last))
            found.dates[field_name] = Days(day.first, min(day.last, max(day.first, made.as_of)))
        return
    value = as_value(kind, fact.value)
    if fact.assertion == "negated" and field_name == KEY_FIELD.get(name) and kind.type.kind == "choice":
        found.values["@denied"] = value
        target.denied.setdefault(str(fact.value), []).append(key)
        return
    _put(found, field_name, kind, value, fact, own, made.as_of)


def _put(found: Entry, name: str, kind: FactEntry, value: Value | None, fact: Fact, own: Days, as_of: int) -> None:
    if value is None:
        return
    if isinstance(value, Members):
        before = found.values[name]
        members = before if isinstance(before, Members) else Members()
        if fact.assertion == "negated":
            found.values[name] = Members(members.yes, members.no | value.yes, members.closed)
        elif fact.assertion != "uncertain":
            found.values[name] = Members(members.yes | value.yes, members.no, members.closed)
        return
    if fact.assertion == "uncertain":
        return
    if fact.assertion == "negated" and isinstance(value, Truth):
        value = FALSE if value is TRUE else TRUE
    elif fact.assertion == "negated" and isinstance(value, str):
        value = NoneOf(frozenset({value}))
    if isinstance(value, Interval) and name in ("months_since", "days_since"):
        found.dates["@since"] = _back(value, name, fact.precision, own)
    if kind.fresh_days is not None and as_of - own.first > kind.fresh_days and isinstance(value, Interval):
        if kind.worse == "low":
            value = Interval(None, value.high)
        elif kind.worse == "high":
            value = Interval(value.low, None)
    found.values[name] = value


def _back(value: Interval, unit: str, precision: str | None, own: Days) -> Days:
    """The days meant by "so many months (days) ago" in a text of a known day."""
    low = value.low if value.low is not None else 0.0
    high = value.high if value.high is not None else low
    if unit == "days_since":
        return Days(own.first - round(high), own.last - round(low))
    slack = 0.0
    if precision == "month":
        slack = 0.5
    elif precision == "week":
        slack = 0.25
    elif precision == "year":
        slack = 3.0 if high <= 12 else 6.0
    elif precision == "about":
        slack = max(1.0, high * 0.15)
    return Days(
        own.first - round((high + slack) * DAYS_PER_MONTH), own.last - round(max(0.0, low - slack) * DAYS_PER_MONTH)
    )


def finish_lists(made: Chart, rules: Ruleset) -> None:
    """Leave out what is planned, denied or past, and add what an entry implies: its day, its drug classes."""
    drugs: Mapping[str, Mapping[str, JsonValue]] = rules.tables.get("drugs", {})
    for name, listed in made.lists.items():
        kept = []
        said: dict[str, set[str]] = {"yes": set(), "no": set()}
        for entry in sorted(listed.entries, key=lambda one: one.index):
            if entry.values["@not_now"] is TRUE:
                if name == "surgeries" and entry.values["@planned"] is TRUE:  # not one supposed, nor a relative's
                    made.plain.setdefault("spine_surgery_planned", TRUE)
                    made.safety.setdefault("spine_surgery_planned", TRUE)
                continue
            if entry.values["@denied"] is not None or entry.values["@past"] is TRUE:
                continue
            ahead = entry.dates.get(HAPPENED_FIELD.get(name, ""))
            if ahead is not None and ahead.first > made.as_of and name in ("surgeries", "imaging"):
                continue  # what lies after the day of the plan has not happened yet
            entry.days = entry.dates.get(HAPPENED_FIELD.get(name, "")) or entry.dates.get("@since")
            if name == "medications":
                drug = entry.values["drug"]
                known = drugs.get(drug) if isinstance(drug, str) else None
                classes = frozenset(str(c) for c in known["classes"]) if known else frozenset()  # type: ignore[union-attr]
                entry.values["class"] = Members(classes, frozenset(), known is not None)
            if name == "imaging":
                findings = entry.values["findings"]
                if isinstance(findings, Members):
                    made.clashing = made.clashing or bool(findings.yes & said["no"] or findings.no & said["yes"])
                    said["yes"] |= findings.yes
                    said["no"] |= findings.no
                entry.values["lacks_sacral_fracture"] = _lacks_sacral_fracture(entry)
            kept.append(entry)
        listed.entries = kept


def _lacks_sacral_fracture(entry: Entry) -> Value | None:
    findings = entry.values["findings"]
    if not isinstance(findings, Members):
        return None
    if findings.yes & {"sacral_fracture", "fracture"}:
        return FALSE
    return TRUE if findings.no & {"sacral_fracture", "fracture"} or "normal" in findings.yes else None
