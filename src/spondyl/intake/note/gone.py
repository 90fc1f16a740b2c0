"""Whether a sign is called gone right behind its name: "steppage gone, no trips". It reads; it adds no fact."""

from __future__ import annotations

from typing import Final

from .page import Page
from .phrases import Hit

_LINKS: Final = frozenset("has have had is are now all completely fully entirely since almost".split())
_ENDS: Final = frozenset(", . ; ) now since and - today".split())
# what is gone with these words is the sense itself, and that is the sign
_SENSES: Final = frozenset("feeling sensation control strength power function sense grip balance".split())
_LINKED: Final = 3


def is_gone(page: Page, hit: Hit) -> bool:
    """Whether "gone" follows a sign and ends its part of the sentence."""
    norm = page.words.norm
    last = page.words.bounds[page.words.sentence[hit.i]][1]
    t = hit.j
    while t < last and t - hit.j < _LINKED and norm[t] in _LINKS:
        t += 1
    if t >= last or norm[t] != "gone" or "almost" in norm[hit.j : t]:
        return False
    if t + 1 < last and norm[t + 1] not in _ENDS:
        return False  # "gone up", "gone to the other leg"
    return _SENSES.isdisjoint(norm[hit.i : hit.j])
