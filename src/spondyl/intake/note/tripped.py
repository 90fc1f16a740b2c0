"""Whether somebody tripped and stayed on his feet. It reads; it adds no fact."""

from __future__ import annotations

import re
from typing import Final

from .lazy import Lazy
from .page import Page
from .phrases import Hit

_KEPT_UP: Final = Lazy(
    r"\b(?:tripp\w+|trips?|stumbl\w+|slipp\w+|slips?)\b[^.;\n]{0,60}?\b(?:(?:did\s+not|did\s?n[o'\u2019]?t|never|not)\s+(?:actually\s+)?(?:fall|fell|go\s+down)|without\s+(?:a\s+fall|falling|going\s+down)|no\s+falls?|caught\s+(?:him|her|my|them)self|(?:regained|kept)\s+(?:(?:his|her|my|the)\s+)?balance)\b",
    re.IGNORECASE,
)
_WENT_DOWN: Final = Lazy(
    r"\b(?<!not )(?<!n't )(?<!never )(?:fell|fallen|landed|went\s+down|hit\s+the\s+(?:floor|ground))\b",
    re.IGNORECASE,
)


def stayed_up(page: Page, hit: Hit) -> bool:
    """Whether the sentence of a mention tells of tripping without a fall: "tripped over a rug, did not fall"."""
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    start, stop = page.words.start[first], page.words.end[last - 1]
    return bool(_KEPT_UP.search(page.text, start, stop)) and not _WENT_DOWN.search(page.text, start, stop)
