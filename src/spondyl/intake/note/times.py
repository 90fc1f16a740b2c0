"""Dates and durations of every precision. Nothing reads a clock: what lacks a year takes it from the note's own date."""  # noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from spondyl.record.facts import Precision

from .dates import read_date
from .landmarks import Landmarks
from .lazy import Lazy
from .words import Words

Unit = Literal["hour", "day", "week", "month", "year"]
DAYS: Final[dict[str, float]] = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}
NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "twenty": 20, "thirty": 30, "once": 1, "twice": 2, "half a": 0.5, "half an": 0.5,
}  # fmt: skip
_VAGUE: Final = {"several": (2.0, 13.0), "few": (2.0, 7.0), "a few": (2.0, 7.0), "couple": (2.0, 3.0),
                 "a couple": (2.0, 3.0), "couple of": (2.0, 3.0), "a couple of": (2.0, 3.0), "many": (3.0, 30.0), "some": (2.0, 13.0)}  # fmt: skip  # noqa: E501
_COUNT: Final = (
    r"\d+(?:\.\d+)?|"
    + "|".join(sorted([*_VAGUE, *(w for w in NUMBERS if w not in ("once", "twice"))], key=len, reverse=True))
    + r""
).replace(" ", r"\s+")
_COUNT_WORDS: Final = frozenset(word for said in (*_VAGUE, *NUMBERS) for word in said.split())
_UNIT: Final = r"(?P<unit>hours?|hrs?|h|days?|d|weeks?|wks?|w|months?|mths?|mos?|m|years?|yrs?|y)(?![A-Za-z0-9/])"
_LEAD: Final = Lazy(
    r"(?<![\w.$/-])(?P<about>~|about|approx(?:imately|\.)?|around|roughly|almost|nearly|circa|c\.|some)?\s*"
    r"(?P<more>>|<|over|more\s+than|less\s+than|at\s+least|under|greater\s+than)?\s*\Z",
    re.IGNORECASE,
)
_LONGEST_LEAD: Final = 40
_SPAN: Final = Lazy(
    rf"(?P<n>{_COUNT})\+?(?P<half1>\s+and\s+(?:a|one)\s+half|\s*1/2|½)?"
    rf"(?:\s*(?:-|\u2013|to|or)\s*(?P<n2>\d+(?:\.\d+)?|two|three|four|five|six|seven|eight|nine|ten|twelve))?[\s-]*(?:full\s+)?{_UNIT}(?!\s*(?:old|of\s+age|/o\b|o\b))"
    rf"(?P<half2>\s+and\s+(?:a|one)\s+half)?",
    re.IGNORECASE,
)
_POD: Final = Lazy(
    r"(?<!\w)(?:pod|post-?\s?op(?:erative)?\.?\s+(?:day|d)|day)\s*(?:#|no\.?|number)?\s*(\d{1,3})\b(?!\s*(?:/|of\b|%))",
    re.IGNORECASE,
)
_AGO: Final = Lazy(
    r"\s*(?:\(?(?P<ago>ago|earlier|previously|prior(?!\s+to)|before(?=\s*[.,;)]|$)|back(?!\s*(?:pain|ache|surgery|op)))"
    r"|(?P<post>post(?:-?\s?op(?:erative(?:ly)?)?)?|s/p|after|out|status\s+post|following|since|p/o))(?![A-Za-z])",
    re.IGNORECASE,
)
_FOR: Final = Lazy(
    r"(?:\b(?:for|x|over|during|lasting|since|duration|past|last|times)(?:\s+(?:the|about|at\s+least|only|some|nearly|almost|roughly|around|approximately|another|perhaps|maybe|just\s+over|just\s+under|well\s+over|over|first|initial|a\s+good|a\s+full|up\s+to))*(?:\s+(?:past|last))?|×)\s*:?\s*$",
    re.IGNORECASE,
)
_DAY_CUE: Final = Lazy(
    r"\b(?:on|dated|date|since|from|until|till|by|of|mri|ct|x-?rays?|films?|scan|emg|seen|requested|submitted|sent|started|last|surgery|op|esi|injection|tfesi|discharged|admitted|fell|fall|duplex|doppler|ultrasound|dexa|dxa|mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|"
    r"visit|quit|stopped|removed|done|performed|placed|inserted|implanted|given|injected|block|rfa|trial|started|began|crp|esr|eval|labs?)\b[\s:(,]*(?:was|on|done|the|spine|back|l-?spine|c-?spine|of)?\s*\(?$|\(\s*$",
    re.IGNORECASE,
)
# "laminectomy 10/19": the day of an operation, and no score
_OPERATED: Final = Lazy(
    r"(?:\w(?:ectomy|otomy|ostomy|plasty)|fusion|decompression|[atpxlo]lif|acdf|psf|lami|washout|i\s?&\s?d|explant|dos|doi)"
    r"(?:(?:\s|,\s?|\s?&\s?|\sand\s)[CTL]\d{1,2}\s?-\s?[CTLS]?\d{1,2}){0,3}(?:\s(?:for|2/2|due\sto)(?:\s[a-z-]+){1,2})?[\s,:(]+(?:done\s+|on\s+)?$",
    re.IGNORECASE,
)
_SCORES: Final = ("/10", "/5")
_BRITISH: Final = Lazy(
    r"(?<![\d/.])(?P<n>\d{1,2})/(?P<d>7|52|12)(?![\d/])(?:\s*(?P<cue>ago|post-?\s?op(?:erative)?(?:ly)?|post|p/o|after|following|s/p)\b)?",
    re.IGNORECASE,
)
_WEEKDAYS: Final = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_WEEKDAY: Final = Lazy(
    r"\b(?:since|from|last|this\s+past|past|surgery|operation|operated|fusion|acdf|discectomy|laminectomy|decompression|(?P<on>on))\s+(?:about\s+|around\s+|last\s+|early\s+|late\s+)*(?P<day>mon|tue|wed|thu|fri|sat|sun)(?:s|rs|nes|ur|urs)?(?:day)?s?\b(?!\.?,?\s*\d)",
    re.IGNORECASE,
)
_WEEKDAY_LEADS: Final = (
    *("since", "from", "last", "this", "past", "on", "surgery", "operation", "operated", "fusion", "acdf"),
    *("discectomy", "laminectomy", "decompression"),
)
_COMING: Final = Lazy(
    r"\b(?:will|next|plan\w*|book\w*|list(?:ed)?|schedul\w*|tomorrow|coming|appointment|appt|due|review|follow|return|see\s+(?:him|her|you)|until|every|for\s+surgery|to\s+be|going\s+to|slots?|visiting|usually|always)\b|'s\s+list",
    re.IGNORECASE,
)
_WEEKDAY_BEFORE: Final = Lazy(r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s*$", re.IGNORECASE)
_YESTERDAY: Final = Lazy(
    r"\b(?:(?<!before )yesterday(?:\s+(?:morning|afternoon|evening|night))?|last\s+night"
    r"|(?P<two>(?:the\s+)?day\s+before\s+yesterday)|the\s+day\s+before)\b(?!\s*'s)",
    re.IGNORECASE,
)
_SCORED: Final = Lazy(
    r"\s*(?:,?\s*(?:on\s+average|average|avg|at\s+(?:rest|worst|best|its)|worst|best|pain|intensity|in\s+severity|severity|"
    r"most\s+days|today|now|currently|with|worse|when|to\s+\d))\b",
    re.IGNORECASE,
)
_LAST_YEAR: Final = Lazy(r",?\s+(?:of\s+)?last\s+year\b", re.IGNORECASE)
_LAST: Final = Lazy(r"\b(?:last|past)\s+(?P<unit>week|month|year)\b(?!\s*(?:'s)?\s*(?:was|of))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Time:
    """A date (`iso`) or a duration (`low` to `high` of `unit`), with how it is tied to now or to an event."""

    start: int
    end: int
    i: int
    j: int
    iso: str | None = None
    precision: Precision | None = None
    low: float = 0.0
    high: float = 0.0
    unit: Unit = "day"
    cue: Literal["ago", "post", "pod", "for", ""] = ""
    form: str = ""

    @property
    def days(self) -> tuple[float, float]:
        """The duration in days."""
        return self.low * DAYS[self.unit], self.high * DAYS[self.unit]


def find_times(
    marks: Landmarks, dates: list[re.Match[str]], words: Words, today: str | None, first_day: bool
) -> list[Time]:
    """Every date and duration of a note, in order."""
    found: list[Time] = []
    text = marks.text
    covered: list[tuple[int, int]] = []
    for match in dates:
        read = read_date(match, first_day, today)
        if read is None:
            continue
        if read[2] == "md" and not (
            _DAY_CUE.search(text[max(0, match.start() - 24) : match.start()])
            or text[match.end() : match.end() + 1] == ":"
            or (not match["md"].endswith(_SCORES) and _OPERATED.search(text, max(0, match.start() - 40), match.start()))
        ):
            continue  # "6/10" is a score more often than a day
        if (
            read[2] == "md"
            and match["md"].endswith("/10")
            and _WEEKDAY_BEFORE.search(text, max(0, match.start() - 12), match.start())
        ):
            continue  # "pain on Monday 6/10"
        if read[2] == "md" and match["md"].endswith("/10") and _SCORED.match(text, match.end()):
            continue
        if read[2] == "month" and not _in_time_phrase(text, match):
            continue
        iso, end = read[0], match.end()
        if read[2] == "month" and today is not None and (year := _LAST_YEAR.match(text, end)) is not None:
            iso, end = f"{int(today[:4]) - 1:04d}{iso[4:]}", year.end()  # "November last year"
        i, j = words.slice(match.start(), end)
        found.append(Time(match.start(), end, i, j, iso, read[1], form=read[2]))
        if read[2] != "md":
            covered.append((match.start(), end))
    for match in marks.tries(_POD, marks.of("pod", "post", "day")):
        i, j = words.slice(match.start(), match.end())
        number = float(match[1])
        bare = match[0].lower().startswith("day")
        if bare and not _AGO.match(text, match.end()):
            continue
        found.append(
            Time(match.start(), match.end(), i, j, low=number, high=number, unit="day", cue="pod", precision="day")
        )
        covered.append((match.start(), match.end()))
    covered.sort()
    at = 0
    for match, rough in _spans(marks, words):
        while at < len(covered) and covered[at][1] <= match.start("n"):
            at += 1
        if at < len(covered) and covered[at][0] < match.end():
            continue
        time = _duration(text, words, match, rough)
        if time is not None:
            found.append(time)
    for match in marks.tries(_LAST, marks.of("last", "past")):
        if any(low < match.start() < high for low, high in covered):
            continue
        i, j = words.slice(match.start(), match.end())
        unit = match["unit"].lower()
        found.append(Time(match.start(), match.end(), i, j, low=0.1, high=2.0, unit=unit, cue="ago", precision="about"))  # type: ignore[arg-type]
    for match in marks.tries(_BRITISH, marks.slashed):
        time = _british(text, words, match)
        if time is not None:
            found.append(time)
    before = ("the", "day") if "before" in marks.low else ()
    for match in marks.tries(_YESTERDAY, marks.of("yesterday", "last", *before)):
        i, j = words.slice(match.start(), match.end())
        found.append(
            Time(
                match.start(),
                match.end(),
                i,
                j,
                low=2 if match["two"] else 1,
                high=2 if match["two"] else 1,
                cue="ago",
                precision="day",
                form="yesterday",
            )
        )
    if today is not None:
        found += [_weekday(words, match, today) for match in _weekdays(marks) if not _ahead(text, match)]
    return sorted(found, key=lambda time: time.start)


def _weekdays(marks: Landmarks) -> Iterator[re.Match[str]]:
    if not any(f" {day}" in marks.low or f"\n{day}" in marks.low for day in _WEEKDAYS):
        return iter(())
    return marks.tries(_WEEKDAY, marks.of(*_WEEKDAY_LEADS))


def _ahead(text: str, match: re.Match[str]) -> bool:
    """Whether "on Monday" is told of what is still to come."""
    if match[0][:2].lower() == "si" or match[0][:4].lower() in ("from", "last", "this", "past"):
        return False
    start = max(text.rfind(".", 0, match.start()), text.rfind("\n", 0, match.start()), match.start() - 90)
    stops = [text.find(mark, match.end()) for mark in ".\n;"]
    end = min([match.end() + 24, *(stop for stop in stops if stop >= 0)])
    return _COMING.search(text, start, end) is not None


def _weekday(words: Words, match: re.Match[str], today: str) -> Time:
    """ "Since Tuesday": the last Tuesday before the day of the note."""
    now = date.fromisoformat(today)
    back = (now.weekday() - _WEEKDAYS[match["day"].lower()]) % 7 or 7
    start = match.start("day")
    i, j = words.slice(start, match.end())
    return Time(start, match.end(), i, j, (now - timedelta(days=back)).isoformat(), "day", form="weekday")


def _british(text: str, words: Words, match: re.Match[str]) -> Time | None:
    """ "12/7 ago" is twelve days, "3/52" three weeks, "6/12" six months, where a word beside it says so."""
    unit: Unit = "day" if match["d"] == "7" else "week" if match["d"] == "52" else "month"
    precision: Precision = "day" if unit == "day" else "week" if unit == "week" else "month"
    lasting = _FOR.search(text[max(0, match.start() - 24) : match.start()]) is not None
    if not match["cue"] and not lasting:
        return None
    cue: Literal["ago", "post", "for"] = "for"
    if match["cue"]:
        cue = "ago" if match["cue"].lower() == "ago" else "post"
    number = float(match["n"])
    i, j = words.slice(match.start(), match.end())
    return Time(match.start(), match.end(), i, j, low=number, high=number, unit=unit, cue=cue, precision=precision)


def _in_time_phrase(text: str, match: re.Match[str]) -> bool:
    """A month without a year counts after a preposition or beside a day: "may" and "march" are words, too."""
    if match["d1"] or match["d2"]:
        return True
    before = text[max(0, match.start() - 12) : match.start()].lower().split()
    return bool(before) and before[-1] in (
        "in",
        "since",
        "from",
        "until",
        "of",
        "last",
        "by",
        "during",
        "around",
        "this",
    )


def _spans(marks: Landmarks, words: Words) -> Iterator[tuple[re.Match[str], bool]]:
    """What is written like a duration, in order, and whether words before it make it rough."""
    counts = [words.start[t] for t in words.all(_COUNT_WORDS)]
    at = 0
    for place in sorted([*marks.numbers, *counts]):
        match = _SPAN.match(marks.text, place) if place >= at else None
        if match is None:
            continue
        lead = _LEAD.search(marks.text, max(at, place - _LONGEST_LEAD), place)
        if lead is not None:
            yield match, bool(lead["about"] or lead["more"])
            at = match.end()


def _duration(text: str, words: Words, match: re.Match[str], rough: bool) -> Time | None:
    written = " ".join(match["n"].lower().split())
    unit_text = match["unit"].lower()
    unit: Unit = (
        "month" if unit_text.startswith("m") else "hour" if unit_text.startswith("h") else "day" if unit_text.startswith("d")  # noqa: E501
        else "week" if unit_text.startswith("w") else "year"
    )  # fmt: skip
    if unit_text in ("m", "h", "d", "w", "y") and not written[0].isdigit():
        return None
    tied = _AGO.match(text, match.end())
    if len(unit_text) == 1 and unit_text in "my" and (tied is None or (tied["post"] or "").lower() in ("s/p", "since")):
        return None  # meters, or an age and a sex: "58M s/p"
    precision: Precision = "day" if unit == "hour" else unit
    after = _AGO.match(text, match.end())
    if written in _VAGUE:
        low, high = _VAGUE[written]
        if unit in ("week", "month", "year") and written == "several":
            high = 8.0
        precision = "about"
    else:
        low = high = float(written) if written[0].isdigit() else float(NUMBERS[written])
    if match["half1"] or match["half2"]:
        low = high = low + 0.5
    if match["n2"]:
        second = match["n2"].lower()
        high = float(second) if second[0].isdigit() else float(NUMBERS[second])
        low, high = min(low, high), max(low, high)
    if written in ("a", "an") and after is None and not match["half2"]:
        return None  # "three times a day"
    if rough:
        precision = "about"
    cue: Literal["ago", "post", "for", ""] = ""
    start, end = match.start("n"), match.end()
    if after is not None:
        cue = "ago" if after["ago"] else "post"
        end = after.end()
        if after["post"] and after["post"].lower() == "since" and _FOR.search(text[max(0, start - 24) : start]):
            cue, end = "for", match.end()
    elif _FOR.search(text[max(0, start - 24) : start]):
        cue = "for"
    i, j = words.slice(start, end)
    return Time(start, end, i, j, low=low, high=high, unit=unit, cue=cue, precision=precision)


def months(time: Time) -> tuple[float, float]:
    """A duration in months, rounded to a tenth."""
    low, high = time.days
    return round(low / DAYS["month"], 1), round(high / DAYS["month"], 1)


def weeks(time: Time) -> tuple[float, float]:
    """A duration in weeks, rounded to a tenth; a month counts 4.35 weeks."""
    low, high = time.days
    return round(low / 7, 1), round(high / 7, 1)


def first_and_last(iso: str, today: str) -> tuple[date, date]:
    """The first day that a date of any precision can mean, and the last one that does not lie ahead of a day."""
    parts = [int(part) for part in iso.split("-")]
    early = date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)
    if len(parts) > 2:
        late = early
    elif len(parts) > 1:
        late = date(parts[0] + (parts[1] == 12), parts[1] % 12 + 1, 1)
    else:
        late = date(parts[0] + 1, 1, 1)
    return early, min(late, date.fromisoformat(today))
