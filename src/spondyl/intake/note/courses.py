"""How much of a treatment there was, and when: weeks of therapy, sessions, the number of needles, their days."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from spondyl.record.facts import JsonValue

from .found import EntryFound, Found, Said
from .injections import INJECTED, day_of
from .lazy import Lazy
from .page import Page
from .times import Time, first_and_last, weeks

_WORD: Final = r"one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty"
_NUMBERS: Final = {
    "one": 1, "single": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "twice": 2, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20,
}  # fmt: skip
_COUNT: Final = Lazy(
    r"(?:(?<![\w./-])(?P<n>\d{1,2}|one|two|three|four|five|six|single)\s*(?:x|sets?\s+of|rounds?\s+of|sessions?\s+of|series\s+of|prior|previous|earlier)?\s*(?:left|right|bilateral|lumbar|cervical)?\s*(?:(?:[CTL]\d+(?:[-/][CTLS]?\d+)?)\s*)?)$",
    re.IGNORECASE,
)
_AFTER_COUNT: Final = Lazy(
    r"\s*\(?(?:x|×)\s?(?P<n>\d+)(?!\s*(?:wk|week|mo|d\b|day|yr|year|min|h\b|hour|hr))|\s*,?\s*(?:on\s+)?(?P<m>\d+|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:sessions?|visits?|injections?|times|occasions)\b(?!\s*(?:a|per|each|/)\s*(?:week|day|month|wk))|\s*,?\s*\(?(?P<w>twice)\b(?!\s*(?:a|per|each|daily|weekly|/))",
    re.IGNORECASE,
)
# Their length is summed in weeks: twelve visits are no twelve weeks.
_IN_WEEKS: Final = frozenset(("physical_therapy", "exercise", "cbt", "act", "pain_program"))
_VISITS: Final = r"(?:sessions?|visits?|treatments?|appointments?)"
_VISITS_BEFORE: Final = Lazy(
    rf"(?<![\w./-])(?P<n>\d{{1,3}}|{_WORD})\s*(?:(?:of|/|out\s+of)\s*\d+\s*)?(?:x\s*)?(?:(?:weekly|supervised|formal|total|individual|group|prior|scheduled|planned|authorized|approved|outpatient|in-person|documented|full)\s+){{0,2}}{_VISITS}\s*(?:of\s+)?(?:(?:formal|outpatient|supervised|in-person|structured|directed|individual|group|lumbar|cervical|post-?op(?:erative)?)\s+){{0,2}}$",
    re.IGNORECASE,
)
_ATTENDED: Final = Lazy(
    rf"(?<![\w./-])(?P<n>\d{{1,3}}|{_WORD})\s*(?:of|/|out\s+of)\s*(?P<of>\d+)\s*(?:(?:scheduled|planned|authorized|approved|prescribed)\s+)?$",
    re.IGNORECASE,
)
_VISITS_AFTER: Final = Lazy(
    rf"[^.;\n]{{0,48}}?(?<![\w./-])(?P<n>\d{{1,3}}|{_WORD})\s*(?:(?:of|/|out\s+of)\s*\d+\s*)?(?:(?:weekly|supervised|formal|total|scheduled|planned|authorized|approved|documented)\s+){{0,2}}(?:sessions?|visits?|appointments?)\b",
    re.IGNORECASE,
)
_HELPED_FOR: Final = Lazy(
    r"\b(?:help(?:ed|s)|relief|benefit|better|improved|lasted|lasting)\s+(?:(?:her|him|me|a|lot|only|temporarily|briefly)\s+)*(?:(?:for|lasting|of)\s+)?(?:about\s+|only\s+|~\s*)?$",
    re.IGNORECASE,
)
_TODAY: Final = Lazy(
    r"\s+(?:(?:done|given|performed|was|had|earlier)\s+){0,2}(?:this\s+(?:morning|afternoon)|today)\b", re.IGNORECASE
)
_SPANS: Final = Lazy(r"\s*(?:-|\u2013|to|through|thru|until|till|and|/)\s*(?:\(?\s*)$", re.IGNORECASE)
_NEURAXIAL: Final = frozenset("esi snrb mbb rfa facet_injection scs_trial adhesiolysis".split())
_LATELY_DAYS: Final = 21


def say_amount(
    page: Page,
    found: Found,
    entry: EntryFound,
    kind: str,
    before: str,
    times: list[Time],
    place: tuple[int, int, int],
    several: bool = False,
) -> None:
    """Weeks of therapy, or number of injections, and when. `place`: where the name starts and ends, and the clause."""
    start, low, high = place
    for time in times:
        if time.iso is None and time.cue == "ago":
            _ago(page, entry, time)
            if kind in _NEURAXIAL and time.unit in ("hour", "day", "week"):
                _hours(page, found, time)
        elif kind in _NEURAXIAL and _lately(page, time) is not None:
            _hours(page, found, replace(time, low=_lately(page, time) or 0, high=_lately(page, time) or 0, unit="day"))
            if time.iso is not None:
                entry.say("date", Said(time.iso, "present", time.start, time.end, None, time.precision))
        elif _HELPED_FOR.search(page.text, max(low, time.start - 40), time.start):
            continue  # "helped for 3 weeks": how long it lasted, not how long it was done
        elif time.iso is None and time.unit in ("day", "week", "month", "year") and kind not in INJECTED:
            a, b = weeks(time)
            entry.say("weeks_or_n", Said(span(a, b), "present", time.start, time.end, None, time.precision))
            found.used(time.start, time.end)
        elif time.iso is not None:
            lead = page.text[max(start, time.start - 16) : time.start].lower()
            if "since" in lead and page.written_on and kind not in INJECTED:
                a, b = _since(time.iso, page.written_on)
                entry.say("weeks_or_n", Said(span(a, b), "present", time.start, time.end, None, time.precision))
            elif not _opens_span(page, time, times):
                entry.say("date", Said(time.iso, "present", time.start, time.end, None, time.precision))
            found.used(time.start, time.end)
    today = _TODAY.match(page.text, low, high) if kind in _NEURAXIAL else None
    if today is not None:
        found.say("last_neuraxial_procedure_hours", {"low": 0, "high": 24}, "present", today.start() + 1, today.end())
    if not several:  # needles that are told one by one are not counted once more
        _say_number(page, entry, kind, before, times, place)


def _opens_span(page: Page, time: Time, times: list[Time]) -> bool:
    """Whether a day is the first of "from March to May 2026": the last one is what counts."""
    return any(
        other.iso is not None and other.start > time.start and _SPANS.match(page.text, time.end, other.start)
        for other in times
    )


def _say_number(
    page: Page, entry: EntryFound, kind: str, before: str, times: list[Time], place: tuple[int, int, int]
) -> None:
    """How many needles or sessions."""
    start, low, high = place
    if entry.get("weeks_or_n") is not None:
        return
    said = _AFTER_COUNT.match(page.text, low, high) if kind in INJECTED else None
    if said is None and any(time.start <= low + 8 and time.iso is None and time.start >= low for time in times):
        return
    origin = start - len(before)
    told: tuple[re.Match[str], int] | None = None
    if kind in INJECTED:
        count = _COUNT.search(before)
        told = (count, origin) if count else None
    else:
        count = _VISITS_BEFORE.search(before) or _attended(page, before, low)
        told = (count, origin) if count else None
    if told is None:
        after = _AFTER_COUNT.match(page.text, low, high)
        if after is None and kind not in INJECTED:
            after = _VISITS_AFTER.match(page.text, low, high)
        told = (after, 0) if after else None
    if told is None:
        return
    match, shift = told
    number = next(group for name, group in match.groupdict().items() if group and name in ("n", "m", "w"))
    name = next(one for one in ("n", "m", "w") if match.groupdict().get(one))
    a, b = match.start(name) + shift, match.end() + shift
    while b > a and page.text[b - 1].isspace():
        b -= 1
    if a < b and kind not in _IN_WEEKS:
        value = _NUMBERS.get(number.lower()) or int(number)
        entry.say("weeks_or_n", Said(value, "present", a, b))


def _attended(page: Page, before: str, low: int) -> re.Match[str] | None:
    """ "Attended 12 of 14 PT sessions": the word for the sessions follows the name."""
    match = _ATTENDED.search(before)
    return match if match and re.match(r"\s*(?:sessions?|visits?|appointments?)\b", page.text[low:], re.I) else None


def _hours(page: Page, found: Found, time: Time) -> None:
    """Hours since a needle at the spine; a day is known only to the day."""
    low, high = (days * 24 for days in time.days)
    if time.unit != "hour":
        low, high = max(0.0, low - 12), high + 24
    found.say("last_neuraxial_procedure_hours", span(round(low), round(high)), "present", time.start, time.end)
    found.used(time.start, time.end)


def _lately(page: Page, time: Time) -> float | None:
    """How many days ago a dated needle at the spine was, within three weeks of the note; else None."""
    if time.iso is None or len(time.iso) < 10 or page.written_on is None:
        return None
    days = (date.fromisoformat(page.written_on) - date.fromisoformat(time.iso)).days
    return float(days) if 0 <= days <= _LATELY_DAYS else None


def _ago(page: Page, entry: EntryFound, time: Time) -> None:
    if time.unit in ("day", "week"):
        told = day_of(page, time)
        if told is not None:
            entry.say("date", Said(told[0], "present", time.start, time.end, None, told[1]))
        return
    if page.written_on is None or time.unit not in ("month", "year"):
        return
    if time.unit == "year" and time.precision == "about" and time.high >= 2 * time.low:
        return  # "in the last year", "several years ago": of no month
    back = round(time.days[0] / 30.4375)
    months = int(page.written_on[:4]) * 12 + int(page.written_on[5:7]) - 1 - back
    entry.say("date", Said(f"{months // 12:04d}-{months % 12 + 1:02d}", "present", time.start, time.end, None, "month"))


def _since(iso: str, today: str) -> tuple[float, float]:
    """Weeks from a date of any precision to the day of the note."""
    early, late = first_and_last(iso, today)
    now = date.fromisoformat(today)
    return round(max(0.0, (now - late).days / 7), 1), round(max(0.0, (now - early).days / 7), 1)


def span(low: float, high: float) -> JsonValue:
    """One number, or the interval of two."""
    a, b = (int(n) if n == int(n) else n for n in (low, high))
    return a if a == b else {"low": a, "high": b}
