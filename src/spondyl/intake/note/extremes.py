"""The best and the worst pain beside the usual one: the usual one is the score."""

from __future__ import annotations

import re
from typing import Final

from .lazy import Lazy
from .page import Page

# The usual score with its word on either side, and the words of the best and the worst one.
_USUAL: Final = Lazy(
    r"\d{1,2}(?:\.\d)?\s*/\s*10\s*,?\s*(?:on\s+average|average|avg|at\s+rest|today|now|currently|usually|typically|at\s+baseline)\b"
    r"|\b(?:average|avg|currently|now|today|current|usual|usually|baseline)\W{1,3}(?:pain\W{1,3})?(?:(?:of|is|score|at|rated)\s+){0,2}\d{1,2}(?:\.\d)?\s*/\s*10",
    re.IGNORECASE,
)
_EXTREME_BEFORE: Final = Lazy(
    r"\b(?:worst|best|max(?:imum)?|peak|minimum|least|up\s+to)\W{0,3}(?:(?:is|of|at|pain|score|rated)\s+){0,2}$",
    re.IGNORECASE,
)
_EXTREME_AFTER: Final = Lazy(r"\s*,?\s*\(?(?:at\s+(?:its\s+)?(?:worst|best|peak)|worst|best|max\b)", re.IGNORECASE)


def is_extreme(page: Page, start: int, end: int, i: int) -> bool:
    """Whether a score is the best or worst beside the usual one: "7/10 on average, 9/10 at worst"."""
    first, last = page.words.bounds[page.words.sentence[i]]
    low, high = page.words.start[first], page.words.end[last - 1]
    usual = _USUAL.search(page.text, low, high)
    if usual is None or usual.start() <= start < usual.end():
        return False
    return (
        _EXTREME_BEFORE.search(page.text, max(low, start - 24), start) is not None
        or _EXTREME_AFTER.match(page.text, end, high) is not None
    )
