"""The effect of a needle or a trial told in the sentence behind it: "Left L5 TFESI 3/12/2026. 60% relief."

It completes entries that `treatments` opened, and never opens one.
"""

from __future__ import annotations

import re
from typing import Final

from .effects import Told
from .found import Found, Said
from .injections import INJECTED, add_details
from .lazy import Lazy
from .page import Page
from .relief import relief_in

_SKIP: Final = frozenset(("plan", "risks", "return", "family", "medications", "allergies", "exam", "imaging"))
_OTHERS: Final = ("treatment", "drug", "drug_class", "procedure", "needle_again")
_OPENS: Final = Lazy(
    r"\W*(?:(?:this|it|that|these|they|which|both|neither|each|the\s+(?:injection|block|shot|trial|procedure|epidural)s?|s?he|pt|patient|pain)\s+(?:(?:\w+)\s+){0,4}?)?"
    r"(?:\d{1,3}(?:\s*-\s*\d{1,3})?\s*(?:%|percent)|(?:pain\s+)?(?:relief|improvement|reduction)\b|(?:no|zero|minimal|good|great|excellent|some|partial|temporary|complete|short|brief|transient|little|significant|moderate)\s+(?:\w+\s+)?(?:relief|benefit|improvement|help|effect|response)\b|(?:helped|lasted|did\s+not\s+help|did\s+nothing|gave|provided))",
    re.IGNORECASE,
)
_AHEAD: Final = Lazy(
    r"\b(?:if|will|would|expect\w*|hop(?:e|es|ing)|goal|until|when|than\s+\d+\s*%|at\s+least)\b", re.IGNORECASE
)
_FURTHER: Final = {"scs_trial": 2}


def read_told_next(page: Page, found: Found, read: list[Told]) -> None:
    """Give a needle without an effect the one that opens the next sentence."""
    for number, told in enumerate(read):
        kind = str(told.entry.get("type"))
        if kind not in INJECTED and kind != "scs_trial":
            continue
        if told.entry.get("relief_pct") is not None or told.entry.told["type"][0].assertion != "present":
            continue
        own = page.words.sentence[told.hit.i]
        if number + 1 < len(read) and page.words.sentence[read[number + 1].hit.i] == own:
            continue
        for sentence in range(own + 1, own + 1 + _FURTHER.get(kind, 1)):
            if sentence >= len(page.words.bounds) or any(page.by_sentence(name).get(sentence) for name in _OTHERS):
                break
            if _effect(page, found, told, kind, sentence):
                break


def _effect(page: Page, found: Found, told: Told, kind: str, sentence: int) -> bool:
    first, last = page.words.bounds[sentence]
    if last <= first or page.section[first] in _SKIP or page.section[first] != page.section[told.hit.i]:
        return False
    start, end = page.words.start[first], page.words.end[last - 1]
    opening = _OPENS.match(page.text, start, end)
    if opening is None or _AHEAD.search(page.text, start, end):
        return False
    relief = relief_in(page.text, start, end)
    if relief is None or relief[1] > opening.end() + 24:
        return False
    told.entry.say("relief_pct", Said(relief[0], "present", relief[1], relief[2]))
    found.used(relief[1], relief[2])
    add_details(page, found, told.entry, kind, "present", start, end)
    return True
