"""What a later sentence says to be normal again: earlier mentions of the same sign are then of the past.

Only for signs of the table `ends_when_normal`, which may come and go around an operation, and only when the later
sentence says "since", "now" or the like; two plain statements against each other stay a contradiction.
"""

from __future__ import annotations

import re
from typing import Final

from .ages import RECENT_DAYS, age_of
from .found import Found, Said
from .lazy import Lazy
from .page import Page
from .passed import read_excluded, read_passed
from .past import has_time

_BY_NOW: Final = frozenset("since now again currently today subsequently thereafter afterwards discharge".split())
_LATELY: Final = frozenset("today now currently still tonight yesterday overnight again morning".split())
_NEAR: Final = 6
_FURTHER: Final = frozenset("further more".split())
_TROUBLE: Final = frozenset("difficulty difficulties trouble problem issue retention episode catheter".split())
_FROM: Final = frozenset("from after by".split())
_TIMES_OF_DAY: Final = frozenset("evening morning afternoon night next noon midnight".split())
_HIGH: Final = 200
# what was so before it went wrong
_UNTIL_THEN: Final = Lazy(
    r"\b(?:until|till)\b(?!\s+(?:his\s+|her\s+|the\s+)?discharge)|\bhad\s+(?:\w+\s+){0,2}(?:voided|passed|urinated|peed|been\s+(?:voiding|passing))\b",
    re.IGNORECASE,
)
_TURNS: Final = frozenset((";", "but", "however", "although", "though", "until", "except", "then"))
_FRESH: Final = frozenset(
    "worse worsened worsening weaker new newly sudden suddenly acute acutely yesterday overnight tonight".split()
)
_SAME: Final = frozenset("same unchanged identical stable chronic longstanding old known not no never".split())


def read_resolved(page: Page, found: Found) -> None:
    """Turn signs that ended, and what was measured of them, into history; and keep what grew from standing as old."""
    _unmask(page, found)
    read_passed(page, found)
    read_excluded(page, found)
    table = page.lexicon.tables.get("ends_when_normal", {})
    for fact, measured in table.items():
        told = [(number, said) for number, (name, said) in enumerate(found.flat) if name == fact]
        ends = [said for _, said in told if said.assertion == "negated" and _by_now(page, said)]
        if not ends:
            continue
        end = max(ends, key=lambda said: said.start)
        current = [(number, said) for number, said in told if said.assertion == "present"]
        if not current or any(said.start > end.start or _of_now(page, said) for _, said in current):
            continue
        if any(name in measured and said.start >= end.start and _is_high(said) for name, said in found.flat):
            continue  # "voided 50 ml, residual 550 ml"
        places = set()
        for number, said in current:
            found.replace(number, "historical")
            places.add(_sentence(page, said))
        for number, (name, said) in enumerate(found.flat):
            if name in measured and said.assertion == "present" and _sentence(page, said) in places:
                found.replace(number, "historical")


def _unmask(page: Page, found: Found) -> None:
    """ "Weak legs for years. Since Friday both are much weaker.": what is told anew is no longer old and unchanged."""
    old = [said for name, said in found.flat if name == "long_standing"]
    if not old:
        return
    places = {(said.start, said.end) for said in old}
    anew = {
        name
        for name, said in found.flat
        if said.assertion == "present"
        and (said.start, said.end) not in places
        and any(isinstance(one.value, list) and name in one.value for one in old)
        and _anew(page, said)
    }
    if anew:
        found.flat = [
            (name, said)
            for name, said in found.flat
            if name != "long_standing" or not isinstance(said.value, list) or anew.isdisjoint(map(str, said.value))
        ]


def _anew(page: Page, said: Said) -> bool:
    """Whether a sign is told as new, worse or of the last weeks, in its part of the sentence."""
    i, j = page.words.slice(said.start, said.end)
    sentence = page.words.sentence[i]
    first, last = page.words.bounds[sentence]
    norm = page.words.norm
    first = next((t + 1 for t in range(i - 1, first - 1, -1) if norm[t] in _TURNS), first)
    last = next((t for t in range(j, last) if norm[t] in _TURNS), last)
    part = norm[first:last]
    if not _SAME.isdisjoint(part):
        return False
    if not _FRESH.isdisjoint(part):
        return True
    return any(
        (age_of(page, time) if age_of(page, time) is not None else RECENT_DAYS) < RECENT_DAYS  # type: ignore[operator]
        for time in page.times_in(first, last)
        if time.cue != "for" or time.days[1] < RECENT_DAYS
    )


def _sentence(page: Page, said: Said) -> int:
    return page.words.sentence[page.words.slice(said.start, said.end)[0]]


def _is_high(said: Said) -> bool:
    """Whether a residual is too high for a bladder that empties."""
    return said.assertion == "present" and isinstance(said.value, int | float) and said.value >= _HIGH


def _by_now(page: Page, said: Said) -> bool:
    """Whether "since", "now" or "again" stands beside a normal result, in its sentence."""
    i, j = page.words.slice(said.start, said.end)
    first, last = page.words.bounds[page.words.sentence[i]]
    norm = page.words.norm
    if _UNTIL_THEN.search(page.text, page.words.start[first], page.words.end[last - 1]):
        return False
    if any(word in _BY_NOW for word in norm[max(first, i - _NEAR) : min(last, j + _NEAR)]):
        return True
    return any(
        (norm[t] == "no" and norm[t + 1] in _FURTHER and not _TROUBLE.isdisjoint(norm[t + 2 : t + 4]))
        or (norm[t] in _FROM and not _TIMES_OF_DAY.isdisjoint(norm[t + 1 : t + 4]))
        for t in range(i, last - 1)
    )


def _of_now(page: Page, said: Said) -> bool:
    """Whether a sign is told as one of today."""
    i, j = page.words.slice(said.start, said.end)
    sentence = page.words.sentence[i]
    first, last = page.words.bounds[sentence]
    near = page.words.norm[max(first, i - _NEAR) : min(last, j + _NEAR)]
    return any(word in _LATELY for word in near) and not has_time(page, sentence, old=True)
