"""Which side a phrase is about: the side word right before it, or else the nearest in its part of the sentence."""

from __future__ import annotations

from typing import Final

from .page import Page

_CUTS: Final = frozenset((";", ".", ",", "but", "and"))
_REACH: Final = 5


def side_of(page: Page, i: int, j: int, reach: int = _REACH) -> str | None:
    """L, R or both for words `i` to before `j`; None when no side is written beside them."""
    words = page.words
    sentence = words.sentence[i]
    first, last = words.bounds[sentence]
    best: tuple[int, str] | None = None
    for hit in page.by_sentence("side").get(sentence, ()):
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
