"""Days that may be known only roughly: a date is the interval of days it was written with."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

DAYS_PER_MONTH = 30.44
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Days:
    """Some day from `first` to `last` (proleptic ordinals, both included)."""

    first: int
    last: int

    def meets(self, other: Days) -> bool:
        """Whether both could be the same day."""
        return self.first <= other.last and other.first <= self.last


def written(text: str) -> Days:
    """The days a date can mean: "2026" a year, "2026-03" a month, "2026-03-09" one day. Raises ValueError."""
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise ValueError("a date is written 2026, 2026-03 or 2026-03-09")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if month is None:
        return Days(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())
    if day is None:
        return Days(
            date(year, month, 1).toordinal(), date(year, month, calendar.monthrange(year, month)[1]).toordinal()
        )
    return Days(*(date(year, month, day).toordinal(),) * 2)


def months_from(start: int, end: int) -> float:
    """Calendar months from one day to a later one, the rest in parts of a mean month; 0 when not later."""
    if end <= start:
        return 0.0
    a, b = date.fromordinal(start), date.fromordinal(end)
    day, year, month = a.day, b.year, b.month
    whole = (year - a.year) * 12 + month - a.month
    # The day of the last whole month: the same day of the month, or the last one of a month that is shorter.
    last = day if day <= 28 else min(day, _length(year, month))
    if last <= b.day:
        rest = b.day - last
    else:
        whole -= 1
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        length = _length(year, month)
        rest = b.day + length - min(day, length)
    return round(whole + rest / DAYS_PER_MONTH, 2)


def _length(year: int, month: int) -> int:
    return 29 if month == 2 and calendar.isleap(year) else _LENGTHS[month - 1]


def iso(ordinal: int) -> str:
    """A day as ISO 8601."""
    return date.fromordinal(ordinal).isoformat()


def later(day: str, days: int) -> str:
    """The ISO date so many days after another."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
