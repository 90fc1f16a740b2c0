"""Which side a phrase is about: the side word right before it, or else the nearest in its part of the sentence."""

from __future__ import annotations

import re
from typing import Final

from .lazy import Lazy
from .page import Page

_CUTS: Final = frozenset((";", ".", ",", "but", "and"))
_REACH: Final = 5
_ONE: Final = {"left": "L", "right": "R", "bilateral": "both", "l": "L", "r": "R"}
_CLOSES: Final = frozenset((",", ";", ".", "(", ")", "in", "on", "done", "at"))
_TESTED: Final = frozenset(
    "dec decr decreased reduced diminished absent impaired altered intact normal \u2193 full".split()
)
_SIDE_AFTER: Final = Lazy(
    r"[\s,:(\u2013-]*(?:\[\s*[xX]\s*\]\s*)?(?:(?:at|to|of|for|on|the|in|into)\s+){0,2}(?:(?:[CTLS]\d{1,2}(?:\s*[-/]\s*[CTLS]?\d{1,2})?)[\s,]*(?:(?:on|to|at)\s+)?(?:the\s+)?)?"
    r"(?P<side>left|right|bilateral(?:ly)?|both\s+sides)\b(?!\s+(?:leg|buttock|thigh|arm|calf|foot|hip|pain|shoulder|knee|groin|sciatica))",
    re.IGNORECASE,
)


def side_of(page: Page, i: int, j: int, reach: int = _REACH) -> str | None:
    """L, R or both for words `i` to before `j`; None when no side is written beside them."""
    words = page.words
    sentence = words.sentence[i]
    first, last = words.bounds[sentence]
    best: tuple[int, str] | None = None
    for hit in page.by_sentence("side").get(sentence, ()):
        if words.norm[hit.i] == "lt" and _is_touch(words.norm, hit.i, last):
            continue
        if i <= hit.i < j:
            return str(hit.entry["side"])
        if hit.j <= i:
            between = words.norm[hit.j : i]
            distance = len(between)
        elif hit.i >= j:
            between = words.norm[j : hit.i]
            distance = len(between) + 1
        else:
            continue
        if distance > reach or any(word in _CUTS for word in between) or not first <= hit.i < last:
            continue
        if best is None or distance < best[0]:
            best = (distance, str(hit.entry["side"]))
    return best[1] if best else None


def _is_touch(norm: list[str], t: int, last: int) -> bool:
    """Whether "LT" is light touch, and not the left: "dec LT R C7", "LT intact"."""
    return norm[t - 1] in _TESTED or (t + 1 < last and norm[t + 1] in _TESTED)


def side_apart(page: Page, j: int, last: int) -> str | None:
    """The side that stands for itself behind a comma: "microdiscectomy, left (May 2023)", "laminotomy L5, right"."""
    norm = page.words.norm
    levels = {t for level in page.levels_in(j, j + 4) for t in range(level.i, level.j)}
    while j in levels:
        j += 1
    if norm[j : j + 1] != [","] or j + 1 >= last or norm[j + 1] not in _ONE:
        return None
    return _ONE[norm[j + 1]] if j + 2 >= last or norm[j + 2] in _CLOSES or norm[j + 2][0].isdigit() else None


def side_behind(text: str, low: int, high: int) -> str | None:
    """The side right behind a needle: "ESI, left, 2025", "epidural: right L4-L5", "TFESI at L5 on the left"."""
    told = _SIDE_AFTER.match(text, low, min(high, low + 40))
    if told is None:
        return None
    word = told["side"].lower()
    return "both" if word[0] == "b" else word[0].upper()
