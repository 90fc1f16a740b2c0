"""Dates as they are written, of every precision. Nothing reads a clock: what lacks a year takes it from the note."""

from __future__ import annotations

import re
from typing import Final

from spondyl.record.facts import Precision

from .landmarks import Landmarks
from .lazy import Lazy

_MONTHS: Final = {
    name: n
    for n, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH: Final = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DATE_WORDS: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    *("spring", "summer", "autumn", "fall", "winter", "early", "mid", "late", "end of"),
)
_YEAR: Final = r"((?:19|20)\d\d)(?!\d)"
DATE: Final = Lazy(
    rf"""(?<![\w/.])(?:
      (?P<iso>(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)(?![\d-])
    | (?P<a>\d{{1,2}})(?P<s>[/.-])(?P<b>\d{{1,2}})(?P=s)(?P<y>(?:19|20)\d\d|\d\d)(?![\d/])
    | (?P<my>(?:0?[1-9]|1[0-2])/(?:19|20)\d\d)(?![\d/])
    | (?P<md>(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01]))(?![\d/.]\d|\d|\s*/\s*\d|%)
    | (?:(?<![CTLS]\d-)(?<![CTLS]\d\d-)(?<![CTLS]\d[ ]-[ ])(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<m>{_MONTH})
        (?:\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:/]))?(?:,?\s+(?:of\s+)?(?P<my2>{_YEAR})|\s*'(?P<my3>\d\d))?
    | (?P<season>spring|summer|autumn|fall|winter)\s+(?:of\s+)?(?P<sy>{_YEAR})
    | (?<=[\s(,;/~]['\u2019])(?P<ay>\d\d)(?![\d'\u2019"])(?!\s*(?:/|-|%|out\b|of\b|to\b|\w*(?:week|day|month|year|hour|min)))
    | (?:(?P<edge>early|mid|late|end\ of)[\s-]+)?(?P<year>{_YEAR})(?!-\d{{1,2}}-\d)(?!\s*(?:mg|ml|mcg|m\b|steps|units|cal|hrs|hours|feet|iu))
    )""",  # noqa: E501
    re.IGNORECASE | re.VERBOSE,
)

# A whole day in figures, whether or not there is such a day.
FULL: Final = Lazy(
    r"(?<![\w/.-])(?:(?P<iso>(?:19|20)\d\d-\d{1,2}-\d{1,2})|(?P<a>\d{1,2})(?P<s>[/.-])(?P<b>\d{1,2})(?P=s)(?P<y>(?:19|20)\d\d))(?![\w/-])"
)


def _year(written: str) -> int:
    number = int(written)
    return number if number > 99 else 2000 + number if number < 60 else 1900 + number


_BRITISH_WORDS: Final = Lazy(
    r"\b(?:GP|NHS|A&E|physio(?:therapist|therapy)?|registrar|SpR|theatre|paracetamol|co-codamol|dihydrocodeine|ward\s+round|practice\s+nurse|district\s+nurse|waterworks|TWOC|UL|LL|bloods|fortnight|haem\w+|oedema|orthopaedic|anaesthe\w+|paraesthesia\w*|tumour|Mr\s+[A-Z]\w+'s\s+list|o/e|mane|nocte|solicitor|whilst|metres|litres|centre)\b",
    re.IGNORECASE,
)


_NUMERIC: Final = Lazy(r"(?<![\w/.])(\d{1,2})/(\d{1,2})/(?:\d{4}|\d\d)(?![\d/])")


def _orders(marks: Landmarks) -> tuple[int, int, int]:
    """How many dates can only be read with the day first, only with the month first, and either way."""
    first = second = either = 0
    for match in marks.tries(_NUMERIC, marks.slashed):
        a, b = int(match[1]), int(match[2])
        first += 12 < a < 32 and b < 13
        second += 12 < b < 32 and a < 13
        either += a < 13 and b < 13
    return first, second, either


def is_order_open(marks: Landmarks) -> bool:
    """Whether no date of a note shows which of its figures is the day: "12/11/2026" alone."""
    first, second, either = _orders(marks)
    return either > 0 and not first and not second


def day_first(marks: Landmarks) -> bool:
    """Whether the note writes the day before the month: a date that can only be read so, and none the other way.

    Where no date proves either, words of British and Irish wards decide; else the American order stands.
    """
    first, second, either = _orders(marks)
    if first or second or not either:
        return first > 0 and second == 0
    return len({word.lower() for word in _BRITISH_WORDS.findall(marks.text)}) >= 2


def _dotted(match: re.Match[str], a: int, b: int) -> bool:
    """Whether "20.11.26" is a day: two digits each, the day first, of these years."""
    return match["s"] == "." and len(match["a"]) == len(match["b"]) == 2 and a <= 31 and b <= 12 and match["y"] > "09"


def _iso(year: int, month: int, day: int | None) -> str | None:
    if not 1 <= month <= 12 or not 1900 <= year <= 2099:
        return None
    if day is None:
        return f"{year:04d}-{month:02d}"
    limit = (
        29
        if month == 2 and (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
        else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    )
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= day <= limit else None


def _recent(month: int, day: int | None, today: str | None) -> str | None:
    """The last such day not after the note's date."""
    if today is None:
        return None
    year = int(today[:4])
    iso = _iso(year, month, day)
    if iso is not None and iso > today[: len(iso)]:
        iso = _iso(year - 1, month, day)
    return iso


def read_date(match: re.Match[str], day_first: bool, today: str | None) -> tuple[str, Precision, str] | None:
    """The date of a match of DATE, how precise it is, and in which form it was written; None when it is no date."""
    if match["iso"]:
        year, month, *days = (int(part) for part in match["iso"].split("-"))
        iso = _iso(year, month, days[0] if days else None)  # 2024-02-31 is no day
        return (iso, "day" if days else "month", "full") if iso else None
    if match["y"]:
        a, b = int(match["a"]), int(match["b"])
        if match["s"] != "/" and len(match["y"]) == 2 and not _dotted(match, a, b):
            return None
        month, day = (b, a) if (day_first or a > 12 or match["s"] == ".") else (a, b)
        iso = _iso(_year(match["y"]), month, day)
        return (iso, "day", "full") if iso else None
    if match["my"]:
        month_text, year_text = match["my"].split("/")
        return f"{year_text}-{int(month_text):02d}", "month", "full"
    if match["md"]:
        a, b = (int(part) for part in match["md"].split("/"))
        iso = _recent(b, a, today) if day_first and b <= 12 else _recent(a, b, today)
        return (iso, "day", "md") if iso else None
    if match["m"]:
        month = _MONTHS[match["m"].lower().rstrip(".")]
        day_text = match["d1"] or match["d2"]
        year_text = match["my2"] or match["my3"]
        if year_text:
            iso = _iso(_year(year_text), month, int(day_text) if day_text else None)
            return (iso, "day" if day_text else "month", "full") if iso else None
        iso = _recent(month, int(day_text) if day_text else None, today)
        return (iso, "day" if day_text else "month", "month") if iso else None
    if match["ay"]:
        year = _year(match["ay"])
        return (str(year), "year", "year") if today is None or year <= int(today[:4]) else None
    if match["season"]:
        return match["sy"], "year", "full"
    return match["year"][-4:], "year", "year"


def is_impossible(match: re.Match[str]) -> bool:
    """Whether a match of FULL names a day that no calendar has, in either order of day and month."""
    if match["iso"]:
        year, month, day = (int(part) for part in match["iso"].split("-"))
        return _iso(year, month, day) is None
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    return _iso(year, b, a) is None and (match["s"] == "." or _iso(year, a, b) is None)


def find_dates(marks: Landmarks) -> list[re.Match[str]]:
    """What is written like a date, in order."""
    return list(marks.tries(DATE, sorted([*marks.numbers, *marks.of(*_DATE_WORDS)])))
