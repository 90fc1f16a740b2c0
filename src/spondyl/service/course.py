"""The course of a patient in rows: operations, studies, treatments, medicines and scores with their days."""

from __future__ import annotations

from dataclasses import dataclass

from spondyl.explain.reason import Reasons
from spondyl.logic import TRUE
from spondyl.plan import Plan
from spondyl.service import said
from spondyl.timeline import Days, iso

_LISTS = (
    ("surgeries", "operation"),
    ("imaging", "study"),
    ("prior_treatments", "treatment"),
    ("blocks", "block"),
    ("medications", "medicine"),
    ("labs", "result"),
)
_SCORES = ("nrs_back", "nrs_leg", "nrs_neck", "nrs_arm", "odi", "ndi", "mjoa", "phq9")
_LAST = 10**9


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its day in words, its kind, and what is recorded."""

    when: str
    kind: str
    title: str
    says: str
    order: int


def course_of(made: Plan) -> list[Row]:
    """What happened and was measured, oldest first; what has no day stands last."""
    words, chart = made.words, made.patient.chart
    reasons = Reasons(made)
    rows: list[Row] = []
    for name, title in _LISTS:
        listed = chart.lists.get(name)
        for entry in listed.entries if listed is not None else []:
            if "@denied" in entry.values:
                continue
            days = entry.days or next((day for key, day in entry.dates.items() if not key.startswith("@")), None)
            says = str(reasons.entry(name, entry, TRUE)["says"])
            when = _day(days)
            if says:
                rows.append(Row(when, name, title, says.removesuffix(f", {when}"), days.first if days else _LAST))
    for fact in chart.facts.values():
        if fact.fact in _SCORES and fact.assertion == "present" and not isinstance(fact.value, bool):
            days = chart.recorded_on.get(fact.fact)
            when = fact.on or _day(days)
            order = days.first if days is not None else _LAST
            rows.append(Row(when, "score", words.label(fact.fact), said.value(words, fact), order))
    return sorted(rows, key=lambda row: (row.order, row.title))


def _day(days: Days | None) -> str:
    """A day, or the months that an imprecise one spans."""
    if days is None:
        return "no date"
    first, last = iso(days.first), iso(days.last)
    if first == last:
        return first
    if first[:7] == last[:7]:
        return first[:7]
    return f"{first[:7]} to {last[:7]}"
