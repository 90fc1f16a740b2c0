"""The course of a patient in rows: operations, studies, treatments, medicines and scores with their days."""

from __future__ import annotations

from dataclasses import dataclass

from spondyl.explain.reason import Reasons
from spondyl.logic import TRUE
from spondyl.plan import Plan
from spondyl.render.documents.recorded import Recorded
from spondyl.render.pictures.course import spoken
from spondyl.service import said
from spondyl.timeline import Days

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
    reasons, written = Reasons(made), Recorded(made.record, words)
    rows: list[Row] = []
    for name, title in _LISTS:
        listed = chart.lists.get(name)
        for entry in listed.entries if listed is not None else []:
            if "@denied" in entry.values:
                continue
            days = entry.days or next((day for key, day in entry.dates.items() if not key.startswith("@")), None)
            when = _day(days)
            says = written.lines(name).get(entry.index) or str(reasons.entry(name, entry, TRUE)["says"])
            if says:
                says = says.replace(f", {when}", "", 1).replace(", value ", " ", 1)  # a result is its number
                rows.append(Row(when, name, title, says, days.first if days else _LAST))
    for fact in chart.facts.values():
        if fact.fact in _SCORES and fact.assertion == "present" and not isinstance(fact.value, bool):
            days = chart.recorded_on.get(fact.fact)
            when = fact.on or _day(days)
            order = days.first if days is not None else _LAST
            rows.append(Row(when, "score", words.label(fact.fact), said.value(words, fact), order))
    return sorted(rows, key=lambda row: (row.order, row.title))


def _day(days: Days | None) -> str:
    """A day, or the months that an imprecise one spans."""
    return "no date" if days is None else spoken(days)
