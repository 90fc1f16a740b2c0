"""The collection at the operation: its kind, size, trend and last picture. It reads; it never decides."""

from __future__ import annotations

import re
from typing import Final

from spondyl.record.facts import Assertion

from .found import EntryFound, Found
from .lazy import Lazy
from .page import Page
from .phrases import Hit

_SIZE: Final = Lazy(
    r"(?<![\w.])(\d+(?:\.\d+)?)\s*(cm|mm)?\s*(?:x|×|by)\s*(\d+(?:\.\d+)?)\s*(cm|mm)?(?:\s*(?:x|×|by)\s*(\d+(?:\.\d+)?))?\s*(cm|mm)\b|(?<![\w.])(\d+(?:\.\d+)?)\s*-?\s*(cm|mm)\b",
    re.IGNORECASE,
)

_NAMED: Final = frozenset(("abscess", "hematoma", "pseudomeningocele"))


def read_collection(
    page: Page, found: Found, hit: Hit, how: Assertion, owner: EntryFound | None, sentence: int, kind: str
) -> None:
    """Add the collection of a finding: kind, size, day of the last picture and trend."""
    start, end = page.span(hit.i, hit.j)
    first, last = page.words.bounds[sentence]
    if how == "present":
        found.say("collection.present", True, "present", start, end)
    elif how == "negated":
        if kind in _NAMED and any(
            name == "collection.present" and said.assertion == "present" for name, said in found.flat
        ):
            return  # "no epidural abscess" beside a seroma says nothing of the seroma
        found.say("collection.present", True, "negated", start, end)
        return
    if kind != "unknown":
        found.say("collection.type", kind, how, start, end)
    text_start, text_end = page.words.start[first], page.words.end[last - 1]
    match = _SIZE.search(page.text, text_start, text_end)
    sized = how != "present" and any(name == "collection.size_cm" for name, _ in found.flat)
    if match is not None and not sized:
        unit = (match[6] or match[8]).lower()
        numbers = [float(part) for part in (match[1], match[3], match[5], match[7]) if part]
        sizes = [round(number / 10, 2) if unit == "mm" else number for number in numbers]
        found.say("collection.size_cm", [int(n) if n == int(n) else n for n in sizes], how, match.start(), match.end())
        found.used(match.start(), match.end())
    if owner is not None and how == "present":
        dates = owner.told.get("date")
        if dates:
            day = dates[0]
            found.say("collection.last_imaged", day.value, "present", day.start, day.end, None, day.precision)
        else:
            _last_imaged_ago(page, found, first, last)
    for detail in page.by_sentence("collection_detail").get(sentence, ()):
        if detail.i > hit.i or abs(detail.i - hit.i) <= 4:
            told = page.assertion(detail)
            likely = any(
                word in ("likely", "probably", "presumably")
                for word in page.words.norm[max(first, detail.i - 3) : detail.i]
            )
            if told != "negated":
                found.say(
                    "collection.trend",
                    detail.entry["trend"],
                    "uncertain" if likely else told,
                    *page.span(detail.i, detail.j),
                )


def _last_imaged_ago(page: Page, found: Found, first: int, last: int) -> None:
    """ "Seroma on CT 4.5 months ago": the month of the study, when the note has a date."""
    if page.written_on is None:
        return
    for time in page.times_in(first, last):
        if first <= time.i < last and time.cue == "ago" and time.low == time.high:
            months = int(page.written_on[:4]) * 12 + int(page.written_on[5:7]) - 1 - round(time.days[0] / 30.4375)
            found.say(
                "collection.last_imaged",
                f"{months // 12:04d}-{months % 12 + 1:02d}",
                "present",
                time.start,
                time.end,
                None,
                "month",
            )
            return
