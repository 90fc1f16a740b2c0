"""Whether there ever was an operation on the spine, from words that name none: "had back surgery". It adds no entry."""

from __future__ import annotations

from typing import Final

from .found import Found
from .page import Page
from .phrases import Hit

_NO_TELLING: Final = frozenset(("family", "return", "risks", "allergies"))


def say_ever(page: Page, found: Found, hit: Hit, how: str) -> None:
    """Say that there was, or never was, an operation, where one is named without more."""
    if how not in ("present", "negated") or page.section[hit.i] in _NO_TELLING:
        return
    start, end = page.span(hit.i, hit.j)
    found.used(start, end)
    if how == "negated" and "since" in page.words.norm[hit.j : page.words.bounds[page.words.sentence[hit.i]][1]]:
        return  # "no surgery since 2019": none after a day, which says nothing of before
    found.say("spine_surgery_ever", True, "negated" if how == "negated" else "present", start, end)
