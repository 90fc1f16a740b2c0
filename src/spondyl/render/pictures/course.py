"""A record's lists in order: operations, studies, treatments, medicines and scores with the days they can mean.

It reads the facts of a finished record as they were told; it derives nothing that a rule could use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from spondyl.timeline import Days, written

DAYS_PER_MONTH = 30.44

Record = Mapping[str, Any]
# Treatments that are counted in weeks; the others are counted in times.
TIMED = (
    "physical_therapy", "exercise", "cbt", "act", "pain_program", "manual_therapy", "brace", "massage", "biofeedback",
    "relaxation",
)  # fmt: skip
_TOLD = ("present", "historical")
# The field of a list that says what an entry is.
KEYS = {
    "surgeries": "procedure",
    "imaging": "modality",
    "medications": "drug",
    "prior_treatments": "type",
    "implanted_devices": "type",
}
_WHEN = {
    "surgeries": "date",
    "imaging": "date",
    "prior_treatments": "date",
    "medications": "since",
    "scores": "on",
    "implanted_devices": "implanted_on",
}


@dataclass(slots=True)
class Entry:
    """One entry of a list. `values` has what is said to be, `denied` the members said not to be."""

    index: int
    values: dict[str, Any] = field(default_factory=dict)
    denied: dict[str, list[str]] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    when: Days | None = None
    planned: bool = False

    def members(self, name: str) -> list[str]:
        """The members of a set, in order of first mention."""
        found = self.values.get(name)
        return [str(one) for one in found] if isinstance(found, list) else [] if found is None else [str(found)]


class Score(NamedTuple):
    """One measured score: its name, the day or days, its value or range."""

    name: str
    when: Days
    low: float
    high: float


def day_of(record: Record, fact: Mapping[str, Any]) -> Days:
    """The days a fact is about: its own, else the day its input was written, else the day of the plan."""
    named = fact.get("on") or written_on(record, fact)
    return written(str(named or record["as_of"]))


def written_on(record: Record, fact: Mapping[str, Any]) -> str | None:
    """The day on which the input of a fact was written, where that is recorded."""
    name = fact["source"].get("name")
    found = next((one["written_on"] for one in record.get("inputs", ()) if one["name"] == name), None)
    return str(found) if found else None


def entries(record: Record, name: str) -> list[Entry]:
    """The entries of a list fact, oldest first as the record has them; what is denied or of a relative is left out."""
    made: dict[int, Entry] = {}
    refused: set[int] = set()
    for fact in record["facts"]:
        head, _, rest = str(fact["fact"]).partition(".")
        index, _, part = rest.partition(".")
        if head != name or not index.isdigit() or not part:
            continue
        number, said = int(index), fact["assertion"]
        entry = made.setdefault(number, Entry(number))
        entry.ids.append(str(fact["id"]))
        if said in ("hypothetical", "family") or (said == "negated" and part == KEYS.get(name)):
            refused.add(number)
            if said == "negated":
                entry.values.setdefault(part, fact["value"])  # what was stopped is told with its name
        elif said == "planned":
            entry.planned = True
            entry.values.setdefault(part, fact["value"])
        elif said == "negated":
            entry.denied.setdefault(part, []).extend(_listed(fact["value"]))
        elif said in _TOLD:
            _put(entry, part, fact, record)
    for entry in made.values():
        entry.planned = entry.planned or entry.values.get("status") in ("planned", "requested")
    stopped = {one.index for one in made.values() if name == "medications" and one.values.get("status") == "stopped"}
    dropped = (refused - stopped) | {one.index for one in made.values() if one.values.get("status") == "canceled"}
    return [made[number] for number in sorted(made) if number not in dropped]


def _listed(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _put(entry: Entry, part: str, fact: Mapping[str, Any], record: Record) -> None:
    value = fact["value"]
    before = entry.values.get(part)
    if isinstance(value, list) and isinstance(before, list):
        entry.values[part] = before + [one for one in value if one not in before]
    else:
        entry.values[part] = value
    name = str(fact["fact"]).partition(".")[0]
    if part == _WHEN.get(name) and isinstance(value, str):
        entry.when = _days(value)
    elif part in ("months_since", "days_since") and entry.when is None:
        entry.when = _back(fact, day_of(record, fact))


def _days(value: str) -> Days | None:
    try:
        return written(value)
    except ValueError:
        return None


def _back(fact: Mapping[str, Any], own: Days) -> Days | None:
    span = number(fact["value"])
    if span is None:
        return None
    unit = 1.0 if str(fact["fact"]).endswith("days_since") else DAYS_PER_MONTH
    slack = {"about": 1.0, "year": 6.0, "month": 0.5}.get(str(fact.get("precision")), 0.0) if unit > 1 else 0.0
    low, high = max(0.0, span[0] - slack) * unit, (span[1] + slack) * unit
    return Days(own.first - round(high), own.last - round(low))


def number(value: Any) -> tuple[float, float] | None:
    """A number as its range; None for what is none."""
    if isinstance(value, Mapping):
        ends = [float(one) for one in (value.get("low"), value.get("high")) if one is not None]
        return (ends[0], ends[-1]) if ends else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value), float(value)


def scores(record: Record, names: Sequence[str]) -> list[Score]:
    """Every measured value of these scores, oldest first: from the list of scores and from single facts."""
    found = []
    for entry in entries(record, "scores"):
        span = number(entry.values.get("value"))
        if entry.values.get("name") in names and span is not None and not entry.planned:
            found.append(Score(str(entry.values["name"]), entry.when or written(str(record["as_of"])), *span))
    for fact in record["facts"]:
        span = number(fact["value"]) if fact["fact"] in names and fact["assertion"] in _TOLD else None
        if span is not None and fact["source"].get("kind") != "derived":
            found.append(Score(str(fact["fact"]), day_of(record, fact), *span))
    return sorted(dict.fromkeys(found), key=lambda one: (names.index(one.name), one.when.first, one.when.last, one.low))


def told(record: Record, name: str) -> Iterator[Mapping[str, Any]]:
    """The recordings of one fact that are about this patient, derived ones left out."""
    for fact in record["facts"]:
        if fact["fact"] == name and fact["source"].get("kind") != "derived":
            if fact["assertion"] in (*_TOLD, "negated"):
                yield fact


def spoken(days: Days) -> str:
    """Days as they were known: 2026-01-14, 2026-01, 2026, or a span of months.

    >>> spoken(written("2026-01")), spoken(written("2026"))
    ('2026-01', '2026')
    """
    first, last = date.fromordinal(days.first), date.fromordinal(days.last)
    if first == last:
        return first.isoformat()
    for text in (f"{first:%Y-%m}", f"{first:%Y}"):
        if written(text) == days:
            return text
    if f"{first:%Y-%m}" == f"{last:%Y-%m}":
        return f"{first:%Y-%m}"
    return f"{first:%Y-%m} to {last:%Y-%m}"
