"""Treatments tried, each injection by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from spondyl.record.facts import Assertion, JsonValue

from .devices import SKIP, read_cancer, read_devices, read_requests
from .found import EntryFound, Found, Said
from .injections import INJECTED, add_details, day_of, is_no_injection, result_of, say_last_block
from .lazy import Lazy
from .levels import Level
from .page import Page
from .phrases import Hit
from .relief import relief_in
from .sides import side_of
from .times import Time, weeks
from .words import normal

_NOT_TRIED: Final = Lazy(
    r"\b(?:not\s+(?:yet\s+)?(?:been\s+)?(?:tried|trialled|trialed|used)|never\s+(?:tried|used)|untried|has\s+not\s+tried|hasn't\s+tried|not\s+had)\b[^.;\n]{0,120}$",
    re.IGNORECASE,
)
_COUNT: Final = Lazy(
    r"(?:(?<![\w./-])(?P<n>\d{1,2}|one|two|three|four|five|six|single)\s*(?:x|sets?\s+of|rounds?\s+of|sessions?\s+of|prior|previous)?\s*(?:left|right|bilateral|lumbar|cervical)?\s*(?:(?:[CTL]\d+(?:[-/][CTLS]?\d+)?)\s*)?)$",
    re.IGNORECASE,
)
_AFTER_COUNT: Final = Lazy(
    r"\s*(?:x|×)\s?(?P<n>\d+)(?!\s*(?:wk|week|mo|d\b|day))|\s*,?\s*(?P<m>\d+)\s+(?:sessions?|visits?|injections?|times)",
    re.IGNORECASE,
)
_NUMBERS: Final = {"one": 1, "single": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_MUSCLE: Final = frozenset(
    "emg ncs electromyography acute active chronic ongoing potential fibrillation muscle paraspinal".split()
)
_COURSE: Final = frozenset("course week month session trial round day visit block set year".split())
_REFUSES: Final = Lazy(
    r"\b(?:chiropract\w+|therapist|pt|physio\w*)\s+(?:will\s+not|won't|refuses|declines)", re.IGNORECASE
)
_SUPERVISED: Final = Lazy(r"\b(?:supervised|formal)\b", re.IGNORECASE)
_VERBS: Final = frozenset(
    normal(word)
    for word in (
        "is was has had states stated reports reported denies denied complains c presents presented presenting comes came"  # noqa: E501
        " here seen notes says feels continues does did underwent will would can cannot reportedly also who with a"
        " sustained fell returns returned describes rates tolerated admits endorses requests wants asks informed advised"  # noqa: E501
        " counseled understands able unable aware agrees instructed"
        " called calls c/o phoned rang telephoned walks sees wonders tells says refuses"
    ).split()
)
_OF_AN_AGE: Final = Lazy(
    r"(?:(?<![A-Za-z])(?:f|m|female|male|woman|man|lady|gentleman|wf|wm|bf|bm)|\d\s*-?\s*(?:yo|y/o|yr|yrs|years?[\s-]old|year[\s-]old)\.?)\s+$",
    re.IGNORECASE,
)
_TESTS: Final = frozenset("snrb mbb hardware_block nerve_block".split())
_AGAIN: Final = Lazy(
    r"\b(?:(?:a\s+|the\s+)?(?:second|2nd|third|3rd|repeat(?:ed)?|another)(?:\s+(?:one|injection|block|time|round|set))?|again|and\s+then)\b"
    r"(?=\s+(?:\w+\s+){0,2}(?:in\s+|on\s+)?(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    re.IGNORECASE,
)
_NEURAXIAL: Final = frozenset("esi snrb mbb rfa facet_injection scs_trial adhesiolysis".split())
_TODAY: Final = Lazy(
    r"\s+(?:(?:done|given|performed|was|had|earlier)\s+){0,2}(?:this\s+(?:morning|afternoon)|today)\b", re.IGNORECASE
)
_LATELY_DAYS: Final = 21
_FAMILY_WORDS: Final = ("family", "hypothetical")


def read_treatments(page: Page, found: Found) -> None:
    """Add treatments, the last block, devices, cancer and requests."""
    held: list[_Held] = []
    hits = page.of("treatment")
    for number, hit in enumerate(hits):
        following = hits[number + 1].i if number + 1 < len(hits) else len(page.words.norm)
        before = hits[number - 1].j if number else 0
        _treatment(page, found, hit, (before, following), held)
    say_last_block(page, found, [(one.entry, one.target) for one in held])
    read_devices(page, found)
    read_cancer(page, found)
    read_requests(page, found)


@dataclass(slots=True)
class _Held:
    """An entry so far, with what tells one treatment from another."""

    kind: str
    region: str | None
    how: Assertion
    entry: EntryFound
    target: str | None = None

    def takes(self, kind: str, region: str | None, how: Assertion, told: list[tuple[str, JsonValue]]) -> bool:
        """Whether a mention speaks of the same treatment. Two injections differ in their day, level or side."""
        if self.kind != kind or self.how != how or (region and self.region and region != self.region):
            return False
        return kind not in INJECTED or all(
            value in self.entry.all(name) or (name == "date" and _within(value, self.entry.get(name)))
            for name, value in told
            if self.entry.get(name) is not None
        )


def _within(one: JsonValue, other: JsonValue) -> bool:
    return str(one).startswith(str(other)) or str(other).startswith(str(one))


def _clause(page: Page, hit: Hit, following: int) -> tuple[int, int]:
    last = min(page.words.bounds[page.words.sentence[hit.i]][1], max(following, hit.j))
    start = page.words.end[hit.j - 1]
    end = max(start, page.words.end[last - 1])
    semicolon = page.text.find(";", start, end)
    return start, semicolon if semicolon >= 0 else min(end, start + 140)


def _treatment(page: Page, found: Found, hit: Hit, beside: tuple[int, int], held: list[_Held]) -> None:
    section = page.section[hit.i]
    if section in SKIP:
        return
    first = page.words.bounds[page.words.sentence[hit.i]][0]
    start, end = page.span(hit.i, hit.j)
    before = page.text[max(page.words.start[first], start - 120) : start]
    low, high = _clause(page, hit, beside[1])
    if page.words.norm[hit.i : hit.j] == ["pt"] and _is_patient(page, hit):
        return
    if _is_muscle(page, hit) or is_no_injection(page, hit):
        return
    if _NOT_TRIED.search(before) or _REFUSES.match(page.text, start):
        found.used(start, end)
        return
    how = page.assertion(hit, plan=True)
    going_on = bool(
        re.search(
            r"\b(?:attending|doing|ongoing|undergoing|had|completed|finished|did|underwent|went\s+through|failed|tried|s/p)\s+(?:\w+\s+){0,2}$",
            before,
            re.IGNORECASE,
        )
    )
    if how == "planned" and going_on and section != "plan":
        how = "present"
    if (
        section == "plan"
        and how == "present"
        and not re.search(r"\b(?:continu\w+|s/p|failed|tried|had|completed)\b", before, re.IGNORECASE)
    ):
        how = "planned"
    if how in _FAMILY_WORDS or how in ("planned", "uncertain"):
        return
    how = "present" if how == "historical" else how
    kind = str(hit.entry["type"])
    if kind == "brace" and section == "plan":
        return
    found.used(start, end)
    region = hit.entry.get("region") or _region(page, hit)
    times = _times(page, hit, kind, beside[0], low, high)
    again = _AGAIN.search(page.text, low, high) if kind in INJECTED else None
    if again is not None and not any(time.start >= again.start() for time in times):
        again = None
    side = side_of(page, hit.i, hit.j, 4)
    levels = _levels(page, hit) if kind in INJECTED else []
    first_times = [time for time in times if again is None or time.start < again.start()]
    told: list[tuple[str, JsonValue]] = [("side", side)] if side else []
    told += [("levels", list(level.segments)) for level in levels[:1]]
    told += [("date", time.iso) for time in first_times if time.iso][:1]
    one = next((one for one in reversed(held) if one.takes(kind, region, how, told)), None)
    if one is None:
        one = _Held(kind, region, how, found.entry("prior_treatments"), hit.entry.get("target"))
        held.append(one)
    entry = one.entry
    one.region = one.region or region
    entry.say("type", Said(kind, how, start, end))
    if how == "negated":
        return
    if region:
        entry.say("region", Said(region, how, start, end))
    stop = again.start() if again is not None else high
    _amount(page, found, entry, kind, before, first_times, (start, low, stop))
    if _SUPERVISED.search(before[-24:]):
        entry.say("supervised", Said(True, how, start, end))
    _effect(page, found, entry, kind, how, low, stop)
    if side:
        entry.say("side", Said(side, how, start, end))
    for level in levels:
        entry.say("levels", Said(list(level.segments), how, level.start, level.end))
        found.used(level.start, level.end)
    if again is not None:  # "ESI in March, a second in June with 50% relief"
        repeated = _Held(kind, one.region, how, found.entry("prior_treatments"), one.target)
        held.append(repeated)
        repeated.entry.say("type", Said(kind, how, again.start(), again.end()))
        for name in ("region", "side", "levels"):
            repeated.entry.told.update({name: list(entry.told[name])} if name in entry.told else {})
        rest = [time for time in times if time.start >= again.start()]
        _amount(page, found, repeated.entry, kind, "", rest, (again.start(), again.end(), high))
        _effect(page, found, repeated.entry, kind, how, again.end(), high)


def _effect(page: Page, found: Found, entry: EntryFound, kind: str, how: Assertion, low: int, high: int) -> None:
    """How much it helped, and for how long."""
    relief = relief_in(page.text, low, high) or (result_of(page.text, low, high) if kind in _TESTS else None)
    if relief is not None and entry.get("relief_pct") is None:
        entry.say("relief_pct", Said(relief[0], how, relief[1], relief[2]))
        found.used(relief[1], relief[2])
    add_details(page, found, entry, kind, how, low, high)


def _levels(page: Page, hit: Hit) -> list[Level]:
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    return [level for level in page.levels_in(first, last) if level.segments and abs(level.i - hit.i) <= 5]


def _times(page: Page, hit: Hit, kind: str, before: int, low: int, high: int) -> list[Time]:
    """The times of a treatment: those after it, or before it where the sentence names the day first."""
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    start = page.words.start[hit.i]
    in_front = [
        time
        for time in page.times_in(max(first, before), hit.i)
        if time.end <= start and start - time.end < 14 and not (before > first and (time.iso or kind in INJECTED))
    ]
    if before > first:  # "3/2026 ESI, 5/2026 SI joint injection": the day stands first in the whole sentence
        opening = next((other for other in page.by_sentence("treatment").get(page.words.sentence[hit.i], ())), hit)
        lead = page.times_in(first, opening.i)
        if any(time.iso and 0 <= page.words.start[opening.i] - time.end < 14 for time in lead):
            return [time for time in page.times_in(before, hit.i) if time.iso and start - time.end < 14] + [
                time for time in page.times_in(hit.j, last) if time.start < high and time.iso is None
            ]
    dated = any(time.iso for time in in_front)
    after = [time for time in page.times_in(hit.j, last) if low <= time.start < high and not (dated and time.iso)]
    return [*in_front, *after]


def _is_patient(page: Page, hit: Hit) -> bool:
    """Whether "pt" is the patient: a verb follows, or an article stands before it; "Pt" in a text rarely means therapy."""  # noqa: E501
    norm = page.words.norm
    following = norm[hit.j] if hit.j < len(norm) else ""
    before = norm[hit.i - 1] if hit.i else ""
    written = page.text[page.words.start[hit.i] : page.words.end[hit.i]]
    if written == "Pt" or "'" in written or "\u2019" in written:
        return not (following[:1].isdigit() or following in ("x", "for", "helped", "eval"))
    return (
        following in _VERBS
        or (
            not (following[:1].isdigit() or following in ("x", "for", "helped", "eval"))
            and _OF_AN_AGE.search(page.text, max(0, page.words.start[hit.i] - 24), page.words.start[hit.i]) is not None
        )
        or (before == "of" and norm[hit.i - 2] not in _COURSE)
        or before in ("the", "this", "our", "a", "called", "told", "asked", "rang", "phoned", "advised")
        or following in ("(", "'")
    )


def _is_muscle(page: Page, hit: Hit) -> bool:
    """Whether "denervation" is what an EMG shows of a muscle, and no treatment."""
    if not page.words.norm[hit.i].startswith("denervat") or hit.j - hit.i > 1:
        return False
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    return not _MUSCLE.isdisjoint(page.words.norm[first:last])


def _region(page: Page, hit: Hit) -> str | None:
    for place in page.by_sentence("place").get(page.words.sentence[hit.i], ()):
        region = place.entry.get("region")
        if region in ("cervical", "thoracic", "lumbar") and -4 <= place.j - hit.i <= (hit.j - hit.i):
            return str(region)
    return None


def _amount(
    page: Page,
    found: Found,
    entry: EntryFound,
    kind: str,
    before: str,
    times: list[Time],
    place: tuple[int, int, int],
) -> None:
    """Weeks of therapy, or number of injections, and when."""
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
        elif time.iso is None and time.unit in ("day", "week", "month", "year") and kind not in INJECTED:
            a, b = weeks(time)
            entry.say("weeks_or_n", Said(_span(a, b), "present", time.start, time.end, None, time.precision))
            found.used(time.start, time.end)
        elif time.iso is not None:
            lead = page.text[max(start, time.start - 16) : time.start].lower()
            if "since" in lead and page.written_on and kind not in INJECTED:
                a, b = _since(time.iso, page.written_on)
                entry.say("weeks_or_n", Said(_span(a, b), "present", time.start, time.end, None, time.precision))
            else:
                entry.say("date", Said(time.iso, "present", time.start, time.end, None, time.precision))
            found.used(time.start, time.end)
    today = _TODAY.match(page.text, low, high) if kind in _NEURAXIAL else None
    if today is not None:
        found.say("last_neuraxial_procedure_hours", {"low": 0, "high": 24}, "present", today.start() + 1, today.end())
    count = _COUNT.search(before)
    after = _AFTER_COUNT.match(page.text, low, high)
    number = count["n"] if count and kind in INJECTED else (after["n"] or after["m"]) if after else None
    if (
        number
        and entry.get("weeks_or_n") is None
        and not any(time.start <= low + 8 and time.iso is None and time.start >= low for time in times)
    ):
        value = _NUMBERS.get(number.lower()) or int(number)
        a, b = (
            (after.start(), after.end())
            if after and not (count and kind in INJECTED)
            else (start - len(before) + (count.start() if count else 0), start)
        )
        while a < b and page.text[a].isspace():
            a += 1
        while b > a and page.text[b - 1].isspace():
            b -= 1
        if a < b:
            entry.say("weeks_or_n", Said(value, "present", a, b))


def _hours(page: Page, found: Found, time: Time) -> None:
    """Hours since a needle at the spine; a day is known only to the day."""
    low, high = (days * 24 for days in time.days)
    if time.unit != "hour":
        low, high = max(0.0, low - 12), high + 24
    found.say("last_neuraxial_procedure_hours", _span(round(low), round(high)), "present", time.start, time.end)
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
    back = round(time.days[0] / 30.4375)
    months = int(page.written_on[:4]) * 12 + int(page.written_on[5:7]) - 1 - back
    entry.say("date", Said(f"{months // 12:04d}-{months % 12 + 1:02d}", "present", time.start, time.end, None, "month"))


def _since(iso: str, today: str) -> tuple[float, float]:
    """Weeks from a date of any precision to the day of the note."""
    now = date.fromisoformat(today)
    parts = [int(part) for part in iso.split("-")]
    early = date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)
    if len(parts) > 2:
        late = early
    elif len(parts) > 1:
        late = date(parts[0] + (parts[1] == 12), parts[1] % 12 + 1, 1)
    else:
        late = date(parts[0] + 1, 1, 1)
    low = max(0.0, (now - min(late, now)).days / 7)
    return round(low, 1), round(max(0.0, (now - early).days / 7), 1)


def _span(low: float, high: float) -> JsonValue:
    a, b = (int(n) if n == int(n) else n for n in (low, high))
    return a if a == b else {"low": a, "high": b}
