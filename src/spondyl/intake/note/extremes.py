"""Which of several scores is the one of today: the usual pain, the pain when moving, the score of now.

It tells them apart by the words beside them; it adds no fact.
"""

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
# The score in the mild hours or at rest, and the words of the hard ones: the hard one is the score.
_MILD_AFTER: Final = Lazy(
    r"\s*,?\s*\(?(?:(?:at|when|with|on)\s+(?:rest(?:ing)?|lying|ease)|(?:while|when)?\s*(?:lying|reclin\w+|resting)"
    r"|(?:first\s+thing\s+)?in\s+the\s+mornings?|on\s+(?:waking|good\s+days)|(?:with|on|after)\s+(?:medication|meds|pills))\b",
    re.IGNORECASE,
)
_HARD_AFTER: Final = Lazy(
    r"\d{1,2}(?:\.\d)?\s*/\s*10\s*,?\s*\(?(?:(?:on|with|when|while|during|after)\s+(?:any\s+)?(?:mov\w+|activit\w+|walk\w+|stand\w+"
    r"|exertion|bad\s+days|lift\w+|sitting)|(?:in|by|at|towards?)\s+(?:the\s+)?(?:evenings?|end\s+of|night|nightfall)|without)\b",
    re.IGNORECASE,
)
_MIND: Final = frozenset(
    "amt amts mmse moca cognition cognitive gcs satisfaction happiness confidence motivation importance readiness"
    " apgar ruler stress mood".split()
)
_OF_MIND: Final = 4
# "40% at start, 18% now": a later value with its word for now
_LATER: Final = Lazy(
    r"(?:[ \t,(%]|\b(?:at|on|in|before|after|the|his|her|start|baseline|intake|first|initial(?:ly)?|visit"
    r"|surgery|operation|pre-?op\w*|last|month|year|week|therapy|rehab|admission|evaluation|assessment|and|but|then|to|is|was|down|up|jan\w*"
    r"|feb\w*|march|april|may|june|july|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*)\b){0,16}"
    r"(?:(?P<now>\b(?:now|today|currently)[ \t]*(?:is|at|:)?)[ \t]*)?"
    r"(?<![\d/.-])(?P<n>\d{1,3}(?:\.\d+)?)(?![\d/:.-])\s*%?"
    r"(?:\s*(?P<then>\b(?:now|today|currently|at\s+(?:discharge|present|this\s+visit)|this\s+(?:week|month|visit))\b))?",
    re.IGNORECASE,
)


def later_score(text: str, start: int, stop: int, most: float) -> tuple[float, int, int] | None:
    """The value of now behind an earlier one: "ODI 40% at start, 18% now"; None without a word for now."""
    later = _LATER.match(text, start, stop)
    if later is None or not (later["now"] or later["then"]) or float(later["n"]) > most:
        return None
    return float(later["n"]), later.start("n"), later.end("n")


def is_of_mind(norm: list[str], i: int) -> bool:
    """Whether a number out of ten is one of memory or mood: "AMTS 7/10"."""
    return not _MIND.isdisjoint(norm[max(0, i - _OF_MIND) : i])


def is_extreme(page: Page, start: int, end: int, i: int) -> bool:
    """Whether a score is not the one to keep: "9/10 at worst" beside an average, "2/10 at rest" beside "on moving"."""
    first, last = page.words.bounds[page.words.sentence[i]]
    low, high = page.words.start[first], page.words.end[last - 1]
    mild = _MILD_AFTER.match(page.text, end, high)
    if mild is not None and _HARD_AFTER.search(page.text, low, high) is not None:
        return True
    usual = _USUAL.search(page.text, low, high)
    if usual is None or usual.start() <= start < usual.end():
        return False
    return (
        _EXTREME_BEFORE.search(page.text, max(low, start - 24), start) is not None
        or _EXTREME_AFTER.match(page.text, end, high) is not None
    )
