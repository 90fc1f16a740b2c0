"""Treatments tried, devices, cancer in the patient, and what is asked for."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from spondyl.record.facts import Assertion, JsonValue

from .found import EntryFound, Found, Said
from .lazy import Lazy
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
    ).split()
)
_SKIP: Final = frozenset(("family", "return", "risks", "allergies"))
_INJECTED: Final = frozenset(
    "esi snrb mbb rfa facet_injection sij_injection trigger_point_injection hardware_block".split()
)
_NEURAXIAL: Final = frozenset("esi snrb mbb rfa facet_injection scs_trial adhesiolysis".split())
_TODAY: Final = Lazy(
    r"\s+(?:(?:done|given|performed|was|had|earlier)\s+){0,2}(?:this\s+(?:morning|afternoon)|today)\b", re.IGNORECASE
)
_LATELY_DAYS: Final = 21
_FAMILY_WORDS: Final = ("family", "hypothetical")


def read_treatments(page: Page, found: Found) -> None:
    """Add treatments, devices, cancer and requests."""
    held: dict[tuple[str, str | None, Assertion], EntryFound] = {}
    hits = page.of("treatment")
    for number, hit in enumerate(hits):
        following = hits[number + 1].i if number + 1 < len(hits) else len(page.words.norm)
        _treatment(page, found, hit, following, held)
    _devices(page, found)
    _cancer(page, found)
    _requests(page, found)


def _clause(page: Page, hit: Hit, following: int) -> tuple[int, int]:
    last = min(page.words.bounds[page.words.sentence[hit.i]][1], max(following, hit.j))
    start = page.words.end[hit.j - 1]
    end = max(start, page.words.end[last - 1])
    semicolon = page.text.find(";", start, end)
    return start, semicolon if semicolon >= 0 else min(end, start + 140)


def _treatment(
    page: Page, found: Found, hit: Hit, following: int, held: dict[tuple[str, str | None, Assertion], EntryFound]
) -> None:
    section = page.section[hit.i]
    if section in _SKIP:
        return
    first = page.words.bounds[page.words.sentence[hit.i]][0]
    start, end = page.span(hit.i, hit.j)
    before = page.text[max(page.words.start[first], start - 120) : start]
    low, high = _clause(page, hit, following)
    after = page.text[low:high]
    if page.words.norm[hit.i : hit.j] == ["pt"] and _is_patient(page, hit):
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
    entry = held.get((kind, region, how)) or next(
        (e for (k, r, h), e in held.items() if k == kind and h == how and (region is None or r is None)), None
    )
    if entry is None:
        entry = held[kind, region, how] = found.entry("prior_treatments")
    entry.say("type", Said(kind, how, start, end))
    if how == "negated":
        return
    if region:
        entry.say("region", Said(region, how, start, end))
    _amount(page, found, entry, kind, before, start, low, high, hit)
    if _SUPERVISED.search(before[-24:]):
        entry.say("supervised", Said(True, how, start, end))
    relief = relief_in(page.text, low, high)
    if relief is not None and entry.get("relief_pct") is None:
        entry.say("relief_pct", Said(relief[0], how, relief[1], relief[2]))
        found.used(relief[1], relief[2])
    side = side_of(page, hit.i, hit.j, 4)
    if side:
        entry.say("side", Said(side, how, start, end))
    sentence = page.words.sentence[hit.i]
    a, b = page.words.bounds[sentence]
    for level in page.levels_in(a, b):
        if a <= level.i < b and level.segments and abs(level.i - hit.i) <= 5 and kind in _INJECTED:
            entry.say("levels", Said(list(level.segments), how, level.start, level.end))
            found.used(level.start, level.end)
    del after


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
        or before in ("the", "this", "our", "a", "of", "called", "told", "asked", "rang", "phoned", "advised")
        or following in ("(", "'")
    )


def _region(page: Page, hit: Hit) -> str | None:
    for place in page.by_sentence("place").get(page.words.sentence[hit.i], ()):
        region = place.entry.get("region")
        if region in ("cervical", "thoracic", "lumbar") and -4 <= place.j - hit.i <= (hit.j - hit.i):
            return str(region)
    return None


def _amount(
    page: Page, found: Found, entry: EntryFound, kind: str, before: str, start: int, low: int, high: int, hit: Hit
) -> None:
    """Weeks of therapy, or number of injections, and when."""
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    times = [
        time
        for time in page.times_in(first, last)
        if first <= time.i < last and ((low <= time.start < high) or (time.end <= start and start - time.end < 14))
    ]
    for time in times:
        if time.iso is None and time.cue == "ago":
            _ago(page, entry, time)
            if kind in _NEURAXIAL and time.unit in ("hour", "day", "week"):
                _hours(page, found, time)
        elif kind in _NEURAXIAL and _lately(page, time) is not None:
            _hours(page, found, replace(time, low=_lately(page, time) or 0, high=_lately(page, time) or 0, unit="day"))
            if time.iso is not None:
                entry.say("date", Said(time.iso, "present", time.start, time.end, None, time.precision))
        elif time.iso is None and time.unit in ("day", "week", "month", "year") and kind not in _INJECTED:
            a, b = weeks(time)
            entry.say("weeks_or_n", Said(_span(a, b), "present", time.start, time.end, None, time.precision))
            found.used(time.start, time.end)
        elif time.iso is not None:
            lead = page.text[max(start, time.start - 16) : time.start].lower()
            if "since" in lead and page.written_on and kind not in _INJECTED:
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
    number = count["n"] if count and kind in _INJECTED else (after["n"] or after["m"]) if after else None
    if (
        number
        and entry.get("weeks_or_n") is None
        and not any(time.start <= low + 8 and time.iso is None and time.start >= low for time in times)
    ):
        value = _NUMBERS.get(number.lower()) or int(number)
        place = (
            (after.start(), after.end())
            if after and not (count and kind in _INJECTED)
            else (start - len(before) + (count.start() if count else 0), start)
        )
        a, b = place
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


def _devices(page: Page, found: Found) -> None:
    for hit in page.of("no_devices"):
        found.say("implanted_devices", [], "present", *page.span(hit.i, hit.j))
        found.used(*page.span(hit.i, hit.j))
    held: dict[str, EntryFound] = {}
    for hit in page.of("device"):
        how = page.assertion(hit, plan=True)
        if how not in ("present", "historical", "negated") or page.section[hit.i] in (*_SKIP, "plan"):
            continue
        start, end = page.span(hit.i, hit.j)
        sentence = page.words.sentence[hit.i]
        following = page.words.norm[hit.j : hit.j + 2]
        if "trial" in following or any(
            asking.j <= hit.i and hit.i - asking.j <= 4 for asking in page.by_sentence("asking").get(sentence, ())
        ):
            continue
        found.used(start, end)
        how = "present" if how == "historical" else how
        entry = held.setdefault(f"{hit.entry['type']} {how}", EntryFound("implanted_devices"))
        if not entry.told:
            found.entries.append(entry)
        entry.say("type", Said(hit.entry["type"], how, start, end))
        for status in page.by_sentence("mri_status").get(sentence, ()):
            entry.say("mri_status", Said(status.entry["status"], how, *page.span(status.i, status.j)))
        first, last = page.words.bounds[sentence]
        for time in page.times_in(first, last):
            if first <= time.i < last and time.iso and 0 <= time.i - hit.j <= 3:
                entry.say("implanted_on", Said(time.iso, how, time.start, time.end, None, time.precision))
                found.used(time.start, time.end)


def _cancer(page: Page, found: Found) -> None:
    for hit in page.of("cancer"):
        how = page.assertion(hit)
        if how == "historical":
            how = "present"
        start, end = page.span(hit.i, hit.j)
        if page.section[hit.i] in ("return", "risks"):
            continue
        found.used(start, end)
        found.say("cancer_history", True, how, start, end)
        if how not in ("present", "uncertain"):
            continue
        found.say("cancer_history.type", hit.entry["type"], how, start, end)
        sentence = page.words.sentence[hit.i]
        first, last = page.words.bounds[sentence]
        for time in page.times_in(first, last):
            if first <= time.i < last and time.iso and 0 <= time.i - hit.j <= 4:
                found.say("cancer_history.year", int(time.iso[:4]), how, time.start, time.end)
                found.used(time.start, time.end)
                break
        for status in page.by_sentence("cancer_status").get(sentence, ()):
            if abs(status.i - hit.i) <= 8:
                found.say("cancer_history.status", status.entry["status"], how, *page.span(status.i, status.j))
                break


def _requests(page: Page, found: Found) -> None:
    for hit in page.of("request"):
        sentence = page.words.sentence[hit.i]
        near = [
            asking
            for asking in page.by_sentence("asking").get(sentence, ())
            if -7 <= asking.i - hit.j <= 3 or 0 <= hit.i - asking.j <= 6
        ]
        if not near or page.section[hit.i] in (*_SKIP, "imaging", "plan"):
            continue
        asking = near[0]
        after = asking.i >= hit.j
        if after and page.words.norm[asking.i] != "requested":
            continue
        if any(word in (".", ";") for word in page.words.norm[min(hit.j, asking.j) : max(hit.i, asking.i)]):
            continue
        how = page.assertion(hit, past=False)
        if how in ("negated", "family"):
            continue
        start, end = page.span(hit.i, hit.j)
        found.say("requested", [hit.entry["asked"]], "present", start, end)
        found.used(start, end)
