"""The day of a result, and bone density written in one letter. It decides nothing; results are read beside it."""

from __future__ import annotations

import re
from typing import Final

from .found import Found
from .lazy import Lazy
from .page import Page
from .phrases import Hit
from .times import Time

_AFTER: Final = Lazy(r"[\s,(]*(?:on|in|from|dated|at)?\s*")
_BEFORE: Final = Lazy(r"\s*[:)]?\s*")
_T: Final = Lazy(r"t\s*[:=]?\s*(?P<n>[-\u2212\u2013]\s?[0-5]\.\d)(?![\d.])", re.IGNORECASE)
_HEADS: Final = frozenset("lab blood bloods result investigation serology chemistry cbc bmp workup".split())
_HEAD: Final = 4


def day_of_result(page: Page, start: int, end: int) -> Time | None:
    """A date right beside a result: "CRP 14 (11/02)", "11/02: CRP 14", "Labs 11/13: CRP 3, ESR 12"."""
    at = page.words.at(start)
    near = page.times_in(max(0, at - 8), at + 16)
    for time in near:
        if time.iso is None or time.form == "year":
            continue
        if 0 <= time.start - end <= 12 and _AFTER.fullmatch(page.text, end, time.start):
            return time
        if 0 <= start - time.end <= 4 and _BEFORE.fullmatch(page.text, time.end, start):
            return time
    return _day_of_list(page, at) if page.times else None


def _day_of_list(page: Page, at: int) -> Time | None:
    """The day in the heading of a list of results, in whose sentence no other day stands."""
    first, last = page.words.bounds[page.words.sentence[min(at, len(page.words.norm) - 1)]]
    if _HEADS.isdisjoint(page.words.norm[first : first + 2]):
        return None
    days = [time for time in page.times_in(first, last) if time.iso is not None and time.form != "year"]
    if len(days) != 1 or days[0].i - first > _HEAD or days[0].j > at:
        return None
    return days[0] if page.text[days[0].end : days[0].end + 2].lstrip(" )")[:1] == ":" else None


def bone_density(page: Page, found: Found) -> None:
    """ "Osteoporosis (T -2.9)": a T-score, in a note that speaks of bone."""
    low = page.marks.low
    if "osteop" not in low and "dxa" not in low and "dexa" not in low:
        return
    if any(name == "dxa_t" for name, _ in found.flat):
        return
    for t in sorted(page.words.all("t")):
        match = _T.match(page.text, page.words.start[t])
        if match is None or page.assertion(Hit(t, t + 1, {}), past=False) in ("family", "hypothetical"):
            continue
        value = -float(match["n"].lstrip("-\u2212\u2013 "))
        found.say("dxa_t", value, "present", match.start(), match.end())
        found.used(match.start(), match.end())
