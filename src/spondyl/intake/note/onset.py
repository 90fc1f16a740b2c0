"""When signs began, and how long ago an event was, from times beside what the other parts have read."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from spondyl.record.facts import JsonValue

from .found import EntryFound, Found, Said
from .lazy import Lazy
from .page import Page
from .times import Time, first_and_last, months

_BOTH_LEGS: Final = frozenset(
    ("bilateral_leg_pain", "bilateral_leg_symptoms", "bilateral_leg_weakness", "leg_numbness_bilateral")
)
_CORD: Final = frozenset(("gait_ataxia", "hand_clumsiness", "spasticity", "lhermitte", "falls"))
_BEGAN: Final = Lazy(
    r"\b(?:since|from|began|started|begun|starting|onset|noticed|noted|appeared|developed|first|came\s+on|set\s+in)\b[^.;]{0,24}$",
    re.IGNORECASE,
)
_WORDS_AWAY: Final = 24
_NEW_DAYS: Final = 42
_SKIP: Final = frozenset(("past", "family", "return", "risks", "plan"))


def read_onsets(page: Page, found: Found) -> None:
    """Add onsets of signs of both legs and of the cord, of weakness and numbness, and the time since events."""
    for fact, names in (("bilateral_onset_weeks", _BOTH_LEGS), ("myelopathy_onset_weeks", _CORD)):
        _weeks_since(page, found, fact, names)
    for entry in found.entries:
        if entry.list_name in ("motor_deficit", "sensory_deficit"):
            _days_since(page, found, entry)
    _new_pain(page, found)
    _events(page, found)


def _new_pain(page: Page, found: Found) -> None:
    """ "Since about 5 November deep pain over both buttocks": a pain of the last weeks is new."""
    if any(name == "pain_change" for name, _ in found.flat):
        return
    for hit in page.of("pain"):
        first, _ = page.words.bounds[page.words.sentence[hit.i]]
        if page.words.norm[first] != "since" or page.section[hit.i] in _SKIP or page.assertion(hit) != "present":
            continue
        for time in page.times_in(first, min(hit.i, first + 6)):
            days = _days_before(time.iso, page.written_on) if time.iso and page.written_on else None
            if days is not None and days[1] <= _NEW_DAYS:
                end = page.words.end[hit.j - 1]
                found.say("pain_change", "new", "present", page.words.start[first], end)
                found.used(page.words.start[first], end)
                return


def _weeks_since(page: Page, found: Found, fact: str, names: frozenset[str]) -> None:
    """The most recent onset that stands beside one of the signs."""
    best: tuple[float, float, Time] | None = None
    for name, said in list(found.flat):
        if name not in names or said.assertion != "present":
            continue
        told = began(page, said.start, said.end)
        if told is not None and (best is None or told[0] < best[0]):
            best = told
    if best is not None:
        low, high, time = best
        found.say(fact, _span(low / 7, high / 7), "present", time.start, time.end, None, time.precision)
        found.used(time.start, time.end)


def _days_since(page: Page, found: Found, entry: EntryFound) -> None:
    if entry.get("onset_days") is not None or entry.get("old_unchanged"):
        return
    place = next(iter(entry.told.get("mrc") or entry.told.get("dermatome") or ()), None)
    if place is None or place.assertion != "present":
        return
    told = began(page, place.start, place.end)
    if told is not None:
        low, high, time = told
        entry.say("onset_days", Said(_span(low, high), "present", time.start, time.end, None, time.precision))
        found.used(time.start, time.end)


def began(page: Page, start: int, end: int) -> tuple[float, float, Time] | None:
    """The time a sign began: "since Tuesday", "for 3 weeks", "began ten days ago", in days before the note."""
    i, j = page.words.slice(start, end)
    if i >= len(page.words.norm) or page.section[i] in _SKIP:
        return None
    first, last = page.words.bounds[page.words.sentence[i]]
    best: tuple[int, tuple[float, float, Time]] | None = None
    for time in page.times_in(max(first, i - _WORDS_AWAY), min(last, j + _WORDS_AWAY)):
        between = page.words.norm[j : time.i] if time.i >= j else page.words.norm[time.j : i]
        if ";" in between or time.cue in ("post", "pod"):
            continue
        began = _BEGAN.search(page.text, page.words.start[first], time.start) is not None
        told: tuple[float, float] | None = None
        if time.cue == "for" or (time.cue == "ago" and began):
            told = time.days
        elif time.iso is not None and began and page.written_on is not None:
            told = _days_before(time.iso, page.written_on)
        if told is not None and told[0] >= 0 and (best is None or len(between) < best[0]):
            best = len(between), (told[0], told[1], time)
    return best[1] if best else None


def _days_before(iso: str, today: str) -> tuple[float, float] | None:
    """From the last to the first day that a date can mean, in days before the note; None when it lies ahead."""
    early, late = first_and_last(iso, today)
    now = date.fromisoformat(today)
    return None if early > now else (float((now - late).days), float((now - early).days))


def _events(page: Page, found: Found) -> None:
    """Months since a clot, a stroke or a stent."""
    for hit in page.of("dated_event"):
        start, end = page.span(hit.i, hit.j)
        if page.section[hit.i] in ("family", "return", "risks") or page.assertion(hit) not in ("present", "historical"):
            continue
        first, last = page.words.bounds[page.words.sentence[hit.i]]
        for time in page.times_in(hit.i, min(last, hit.j + 8)) or page.times_in(max(first, hit.i - 6), hit.i):
            value: JsonValue = None
            if time.iso is not None and page.written_on is not None:
                days = _days_before(time.iso, page.written_on)
                value = _span(days[0] / 30.4375, days[1] / 30.4375) if days else None
            elif time.cue == "ago":
                value = _span(*months(time))
            if value is not None:
                found.say(hit.entry["fact"], value, "present", start, max(end, time.end))
                found.used(start, max(end, time.end))
                break


def _span(low: float, high: float) -> JsonValue:
    a, b = (_tidy(low), _tidy(high))
    return a if a == b else {"low": a, "high": b}


def _tidy(number: float) -> int | float:
    return int(number) if number == int(number) else round(number, 1)
