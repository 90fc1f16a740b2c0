"""The parts of a chart, and recorded values in the form conditions read. It orders nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from spondyl.knowledge.rules import FactEntry
from spondyl.logic import FALSE, TRUE, Facts, Interval, Members, NoneOf, Truth, Value, exactly
from spondyl.record import Fact, JsonValue
from spondyl.timeline.days import Days, written


@dataclass(slots=True, eq=False, repr=False)
class Entry:
    """One entry of a list fact. `days` is when it happened, `sure` FALSE-able only by an uncertain wording."""

    index: int
    values: Facts = field(default_factory=Facts)
    dates: dict[str, Days] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=dict)
    days: Days | None = None
    on: Days | None = None
    sure: bool = True
    # What is worked out of them once: every id, and the regions that are named.
    _all: list[str] | None = None
    named: frozenset[str] | None = None

    def all_ids(self) -> list[str]:
        """The ids of every fact the entry is made of; for charts that are finished."""
        if self._all is None:
            self._all = list(dict.fromkeys([one for ids in self.ids.values() for one in ids]))
        return self._all


@dataclass(slots=True, eq=False, repr=False)
class ListChart:
    """A list fact: its entries, and whether it is known to be none or complete. `denied`: key values said not to be."""

    entries: list[Entry] = field(default_factory=list)
    closed: bool = False
    denied: dict[str, list[str]] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two values of one fact whose times overlap, and what is used where."""

    fact: str
    values: tuple[tuple[JsonValue, str], ...]
    safety: JsonValue
    elsewhere: JsonValue = "unknown"


@dataclass(slots=True, eq=False, repr=False)
class Chart:
    """A case in order. `safety` and `plain` are the two readings; without a contradiction they are equal."""

    as_of: int
    facts: dict[str, Fact] = field(default_factory=dict)
    plain: Facts = field(default_factory=Facts)
    safety: Facts = field(default_factory=Facts)
    dates: dict[str, Days] = field(default_factory=dict)
    lists: dict[str, ListChart] = field(default_factory=dict)
    causes: dict[str, str] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=dict)
    recorded_on: dict[str, Days] = field(default_factory=dict)
    contradictions: list[Contradiction] = field(default_factory=list)
    ever: dict[str, Members] = field(default_factory=dict)
    undated: bool = False
    placed: bool = False
    operated: frozenset[str] = frozenset()
    clashing: bool = False


KEY_FIELD = {
    "surgeries": "procedure",
    "imaging": "modality",
    "medications": "drug",
    "prior_treatments": "type",
    "motor_deficit": "myotome",
    "sensory_deficit": "dermatome",
    "implanted_devices": "type",
}
HAPPENED_FIELD = {
    "surgeries": "date",
    "imaging": "date",
    "prior_treatments": "date",
    "labs": "on",
    "scores": "on",
    "motor_deficit": "on",
    "visits": "on",
    "implanted_devices": "implanted_on",
    "medications": "since",
}


def as_days(value: JsonValue) -> Days | None:
    """The days a written date means; None for what is no date."""
    try:
        return written(value) if isinstance(value, str) else None
    except ValueError:
        return None


def as_value(entry: FactEntry, value: JsonValue) -> Value | None:
    """A recorded value in the form conditions read; None where it says nothing."""
    kind = entry.type.kind
    if kind == "truth":
        return TRUE if value is True else FALSE if value is False else None
    if kind == "number":
        if isinstance(value, dict):
            low, high = value.get("low"), value.get("high")
            return Interval(
                float(low) if isinstance(low, int | float) else None,
                float(high) if isinstance(high, int | float) else None,
            )
        return exactly(float(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None
    if kind == "choice":
        return value if isinstance(value, str) else None
    if kind == "set":
        return Members(frozenset(words_of(value)))
    return None


def words_of(value: JsonValue) -> list[str]:
    """A set value as its words."""
    return [str(one) for one in value] if isinstance(value, list) else [] if value is None else [str(value)]


def as_json(value: Value | None) -> JsonValue:
    """A value as the record shows it: numbers as numbers, imprecise ones as low and high, unknown as null."""
    if isinstance(value, Truth):
        return True if value is TRUE else False if value is FALSE else None
    if isinstance(value, Interval):
        if value.exact and value.low is not None:
            return _tidy(value.low)
        return {"low": _tidy(value.low), "high": _tidy(value.high)}
    if isinstance(value, NoneOf):
        return {"not": list[JsonValue](sorted(value.values))}
    if isinstance(value, Members):
        return list[JsonValue](sorted(value.yes))
    return value


def _tidy(number: float | None) -> float | int | None:
    return int(number) if number is not None and number == int(number) else number
