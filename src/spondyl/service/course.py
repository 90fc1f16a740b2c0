"""The course of a patient in rows: operations, studies, treatments, medicines and scores with their days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from spondyl.plan import Plan
from spondyl.service import said
from spondyl.timeline import Days, iso

_LISTS = (
    ("surgeries", "operation", ("levels", "procedure", "approach", "instrumented")),
    ("imaging", "study", ("modality", "region", "levels", "findings")),
    ("prior_treatments", "treatment", ("type", "weeks_or_n", "relief_pct", "supervised")),
    ("medications", "medicine", ("drug", "dose", "unit", "times_per_day", "as_needed", "weeks_taken", "relief_pct")),
    ("labs", "result", ()),
)
_SCORES = ("nrs_back", "nrs_leg", "nrs_neck", "nrs_arm", "odi", "ndi", "crp_mg_l", "esr_mm_h", "hba1c", "phq9")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its day in words, its kind, and what is recorded."""

    when: str
    kind: str
    title: str
    says: str
    order: int


def course_of(made: Plan) -> list[Row]:
    """What has a day or belongs to the treatment so far, oldest first; what has no day stands last."""
    words, chart = made.words, made.patient.chart
    rows: list[Row] = []
    groups: dict[str, dict[str, Any]] = {}
    for fact in chart.facts.values():
        parts = fact.fact.split(".")
        if len(parts) > 2 and parts[1].isdigit() and fact.assertion in ("present", "historical", "planned"):
            groups.setdefault(f"{parts[0]}.{parts[1]}", {}).setdefault(".".join(parts[2:]), fact)
    for name, title, fields in _LISTS:
        listed = chart.lists.get(name)
        for entry in listed.entries if listed is not None else []:
            mine = groups.get(f"{name}.{entry.index}", {})
            shown = [said.value(words, mine[field]) for field in fields or mine if field in mine and field != "date"]
            shown = [
                said.label(words, mine[field].fact).rpartition(": ")[2] if text == words.fixed("yes") else text
                for field, text in zip([f for f in (fields or mine) if f in mine and f != "date"], shown, strict=True)
            ]
            if not shown:
                continue
            days = entry.days or entry.dates.get("date")
            rows.append(Row(_day(days), name, title, ", ".join(shown), days.first if days else 10**9))
    for fact in chart.facts.values():
        if fact.fact in _SCORES and fact.assertion == "present" and not isinstance(fact.value, bool):
            days = chart.dates.get(fact.fact)
            on = fact.on or made.record["as_of"]
            first = days.first if days else _ordinal(on)
            rows.append(Row(on, "score", words.label(fact.fact), said.value(words, fact), first))
    return sorted(rows, key=lambda row: (row.order, row.title))


def _day(days: Days | None) -> str:
    if days is None:
        return "no date"
    first, last = iso(days.first), iso(days.last)
    if first == last:
        return first
    if first[:7] == last[:7]:
        return first[:7]
    return first[:4] if first[:4] == last[:4] and first.endswith("01-01") else f"{first[:7]} to {last[:7]}"


def _ordinal(day: str) -> int:
    from spondyl.timeline import written

    try:
        return written(day).first
    except ValueError:
        return 10**9
