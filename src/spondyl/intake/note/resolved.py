"""What a later sentence says to be normal again: earlier mentions of the same sign are then of the past.

Only for signs of the table `ends_when_normal`, which may come and go around an operation, and only when the later
sentence says "since", "now" or the like; two plain statements against each other stay a contradiction.
"""

from __future__ import annotations

from typing import Final

from .found import Found, Said
from .page import Page
from .past import has_time

_BY_NOW: Final = frozenset("since now again currently today subsequently thereafter afterwards discharge".split())
_LATELY: Final = frozenset("today now currently still tonight yesterday overnight again morning".split())
_NEAR: Final = 6


def read_resolved(page: Page, found: Found) -> None:
    """Turn signs that ended, and what was measured of them, into history."""
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
        places = set()
        for number, said in current:
            found.replace(number, "historical")
            places.add(_sentence(page, said))
        for number, (name, said) in enumerate(found.flat):
            if name in measured and said.assertion == "present" and _sentence(page, said) in places:
                found.replace(number, "historical")


def _sentence(page: Page, said: Said) -> int:
    return page.words.sentence[page.words.slice(said.start, said.end)[0]]


def _by_now(page: Page, said: Said) -> bool:
    """Whether "since", "now" or "again" stands beside a normal result, in its sentence."""
    i, j = page.words.slice(said.start, said.end)
    first, last = page.words.bounds[page.words.sentence[i]]
    return any(word in _BY_NOW for word in page.words.norm[max(first, i - _NEAR) : min(last, j + _NEAR)])


def _of_now(page: Page, said: Said) -> bool:
    """Whether a sign is told as one of today."""
    i, j = page.words.slice(said.start, said.end)
    sentence = page.words.sentence[i]
    first, last = page.words.bounds[sentence]
    near = page.words.norm[max(first, i - _NEAR) : min(last, j + _NEAR)]
    return any(word in _LATELY for word in near) and not has_time(page, sentence, old=True)
