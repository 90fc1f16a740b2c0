"""Whether an operation is only a landmark of a report: "stenosis above the fusion". It reads; it adds no fact."""

from __future__ import annotations

from typing import Final

from .page import Page
from .phrases import Hit

_BESIDE: Final = frozenset("above below adjacent beneath over cranial caudal cephalad rostral next behind".split())
_LEADS: Final = frozenset("to the a an prior previous earlier old her his my level of immediately just".split())
_BACK: Final = 8


def is_landmark(page: Page, hit: Hit) -> bool:
    """Whether an operation only says where something lies: "above the fusion", "at the level of the laminectomy"."""
    norm = page.words.norm
    first, _ = page.words.bounds[page.words.sentence[hit.i]]
    within = {t for level in page.levels_in(max(first, hit.i - _BACK), hit.i) for t in range(level.i, level.j)}
    t = hit.i - 1
    while t >= first and (norm[t] in _LEADS or t in within):
        if norm[t : t + 2] == ["level", "of"]:
            return True
        t -= 1
    return t >= first and norm[t] in _BESIDE
