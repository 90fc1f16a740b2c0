"""A dated revision that names nothing but itself: "L4-5 fusion 2018, revision 2020". It adds no fact of its own."""

from __future__ import annotations

import re
from typing import Final

from .lazy import Lazy
from .operation import DONE, Operation
from .page import Page
from .phrases import Hit

_REVISION: Final = Lazy(
    r"\b(?:revision|revised|redo|re-?operation|re-?operated)(?:\s+(?:surgery|operation|procedure|spine|done|was|in|on|again|of\s+(?:the\s+)?(?:fusion|same)|of\s+(?:it|this|that)|for\s+(?:an?\s+)?\w+)){0,3}\s*[(:,]?\s*$",
    re.IGNORECASE,
)
_LEADS: Final = frozenset(
    ", ; . and with then a the prior previous later subsequent had underwent plu + ( & her his".split()
)
_NOT_DONE: Final = frozenset(("plan", "return", "family", "risks", "allergies"))


def bare_revisions(page: Page, kept: list[Operation]) -> list[Operation]:
    """The revisions told after an operation that was done, each with its day and the region of that operation."""
    told: list[Operation] = []
    if "revi" not in page.marks.low and "redo" not in page.marks.low and "operat" not in page.marks.low:
        return told
    taken = {operation.time.start for operation in kept if operation.time is not None}
    for time in page.times:
        match = _REVISION.search(page.text, max(0, time.start - 48), time.start) if time.iso else None
        if match is None or time.start in taken or page.section[time.i] in _NOT_DONE:
            continue
        i, _ = page.words.slice(match.start(), match.end())
        first, _ = page.words.bounds[page.words.sentence[time.i]]
        earlier = [operation for operation in kept if operation.assertion in DONE and operation.first < i]
        if not earlier or i < first or (i > first and page.words.norm[i - 1] not in _LEADS):
            continue
        if page.written_on is not None and str(time.iso) > page.written_on[: len(str(time.iso))]:
            continue
        if page.assertion(Hit(i, time.j, {}), plan=True) not in DONE:
            continue
        place = earlier[-1].place
        fresh = Operation("present", i, time.j, time=time, firm=True, revision=True)
        if " same" in match[0].lower():  # "then a redo of the same on 09/12/2009"
            fresh.procedures = list(earlier[-1].procedures)
            fresh.levels, fresh.side = list(earlier[-1].levels), earlier[-1].side
        if place is not None:
            fresh.region = (place, match.start(), time.end)
        told.append(fresh)
    return told
