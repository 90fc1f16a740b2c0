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
_HEAD: Final = 14


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
        for following in range(number, len(words.bounds)):
            start = words.bounds[following][0]
            if following > number and words.text.count("\n", words.end[start - 1], words.start[start]) > 1:
                break
            if following > number and any(word in _NOW for word in words.norm[start : start + 2]):
                break
            told[following] = day
    return told
