"""Finds text carried forward from an earlier note: what stands there was so on that day.

It gives the day by sentence; whoever reads a fact there dates it. Without a day nothing is known and nothing is marked.
"""

from __future__ import annotations

import re
from typing import Final

from .lazy import Lazy
from .times import Time
from .words import Words

_CARRIED: Final = Lazy(
    r"\b(?:carried|copied|brought|pulled)\s+(?:forward|over|from)\b|\b(?:from|per)\s+(?:the\s+|a\s+|my\s+|our\s+)?(?:prior|previous|last|earlier|old)\s+(?:note|letter|visit\s+note|record)\b|\bprevious(?:ly)?\s+(?:note|documented)\b",
    re.IGNORECASE,
)
_NOW: Final = frozenset("today now interval current currently update subjective".split())
_MARKS: Final = frozenset("forward copied brought pulled carried prior previous previously earlier last old".split())
_HEAD: Final = 24
_TOP: Final = 400  # the day of a note stands in its first lines
_COPIED: Final = Lazy(
    r"[\W_]*(?:\w+\s+){0,3}?(?:carried|copied|brought|pulled)\s+(?:forward|over|from)\b", re.IGNORECASE
)
_COPIED_WORDS: Final = frozenset("carried copied brought pulled".split())
_CLINICAL: Final = frozenset(("", "present", "ros", "exam", "assessment", "imaging"))
_YEAR: Final = Lazy(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def mark_copied(words: Words, section: list[str]) -> None:
    """Set text copied from a note of an earlier year among the past: none of it is a finding of this visit.

    Only a heading does so, with a year before that of the head of the note.
    """
    if _COPIED_WORDS.isdisjoint(words.norm):
        return
    years = [int(match.group()) for match in _YEAR.finditer(words.text, 0, _TOP)]
    if not years:
        return
    for number, (first, last) in enumerate(words.bounds):
        if not words.line_start[first]:
            continue
        end = words.end[min(last, first + _HEAD) - 1]
        match = _COPIED.match(words.text, words.start[first], end)
        told = _YEAR.search(words.text, match.end(), end) if match else None
        if told is None or int(told.group()) >= max(years):
            continue
        for low, high in words.bounds[number : _ends(words, number)]:
            for t in range(low, high):
                if section[t] in _CLINICAL:
                    section[t] = "past"


def _ends(words: Words, number: int) -> int:
    """The sentence before which the text that was carried forward ends: an empty line, or a word such as "today"."""
    for following in range(number + 1, len(words.bounds)):
        start = words.bounds[following][0]
        if words.text.count("\n", words.end[start - 1], words.start[start]) > 1:
            return following
        if any(word in _NOW for word in words.norm[start : start + 2]):
            return following
    return len(words.bounds)


def carried_on(words: Words, times: list[Time], written_on: str | None) -> dict[int, str]:
    """The day of each sentence that was carried forward, up to an empty line or a word such as "today"."""
    told: dict[int, str] = {}
    if _MARKS.isdisjoint(words.norm):
        return told
    for number, (first, last) in enumerate(words.bounds):
        head = words.end[min(last, first + _HEAD) - 1]
        match = _CARRIED.search(words.text, words.start[first], head)
        if match is None:
            continue
        day = next(
            (
                time.iso
                for time in times
                if first <= time.i < min(last, first + _HEAD) and time.iso and time.precision == "day"
            ),
            None,
        )
        if day is None or day == written_on:
            continue
        for following in range(number, _ends(words, number)):
            told[following] = day
    return told
