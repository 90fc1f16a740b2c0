"""Whether a grade of strength belongs to a day long before the note: "(was 2/5 in August)". It adds no fact."""

from __future__ import annotations

from typing import Final

from .lazy import Lazy
from .page import Page
from .past import has_time
from .power_then import stage

_MONTH: Final = Lazy(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+$", 2)
_ANOTHER: Final = Lazy(r"[0-5][+-]?\s*/\s*5", 2)
_EARLIER: Final = Lazy(r"\b(?:was|were|previously|previous|prior|had\s+been)\s+(?:\w+\s+)?$", 2)
_TELLS: Final = Lazy(r"(?P<of>[A-Za-z)]+)\s+(?:was|were)\s+(?:only\s+|graded\s+|still\s+|about\s+)?$", 2)
_POINTS: Final = frozenset("it which that this they these those and but what".split())
_NOW: Final = frozenset("now today currently tonight present presently but since later by then".split())
_REPORTS: Final = (
    "operative report",
    "operative note",
    "procedure performed",
    "procedures performed",
    "operation performed",
)
_BUT: Final = frozenset("except excepting apart than save aside bar but".split())
_AROUND: Final = 8
_NEAR: Final = 24
_TITLE: Final = 1500


def of_then(page: Page, i: int, start: int) -> bool:
    """Whether the grade that begins at `start`, with word `i`, was found at an earlier time than the note tells of."""
    before = page.text[max(0, start - _NEAR) : start]
    if _EARLIER.search(before) and not _is_told(page, i, before):
        return True
    if page.written_on is None:
        return False
    if _MONTH.search(before[-14:]) and _ANOTHER.search(page.text, start + 3, start + 60):
        return True
    sentence = page.words.sentence[i]
    first, _ = page.words.bounds[sentence]
    for time in reversed(page.times_in(max(first, i - 5), i)):
        if time.iso is None or time.end > start or start - time.end > 12 or time.iso == page.written_on:
            continue
        if time.form == "md" and page.text[time.start : time.end].endswith("/5"):
            continue  # a grade
        return has_time(page, sentence, old=True) and time.iso[:7] < page.written_on[:7]
    return False


def _is_told(page: Page, i: int, before: str) -> bool:
    """Whether a dictated note tells its own examination in the past: "strength was 4/5 in the left quadriceps"."""
    match = _TELLS.search(before)
    if match is None:
        return False
    first, last = page.words.bounds[page.words.sentence[i]]
    norm = page.words.norm
    if match["of"].lower() == "which" and not _BUT.isdisjoint(norm[max(first, i - _AROUND) : i]):
        return True  # "5/5 except the right EHL, which was 4/5"
    if match["of"].lower() in _POINTS:
        return False
    if not _NOW.isdisjoint(norm[first:last]) or _ANOTHER.search(
        page.text, page.words.start[first], page.words.start[i]
    ):
        return False  # "was 3/5 and is now 5/5"
    if has_time(page, page.words.sentence[i], old=True) or page.section[i] == "past":
        return False
    if page.written_on and any(
        t.iso and t.iso[:7] < page.written_on[: len(t.iso[:7])] for t in page.times_in(first, i)
    ):
        return False  # "in August strength was 2/5"
    if page.section[i] == "present" or stage(page, i, i + 1) == "then":
        low = page.marks.low
        return any(low.find(title, 0, _TITLE) >= 0 for title in _REPORTS)
    return True
