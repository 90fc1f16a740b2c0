"""Whether words name what was operated for: "microdiscectomy in September for a herniated disc". It reads no facts."""

from __future__ import annotations

from typing import Final

from .context import HYPOTHETICAL, PLANNED
from .page import Page
from .phrases import Hit

_REACH: Final = 6
_SHOWS: Final = frozenset("show showed shown demonstrate demonstrated reveal revealed with , ; :".split())
_OPERATED: Final = frozenset(("operated", "surgery", "operation"))
_NEAR: Final = 5
_SINCE: Final = frozenset("new now since worsening recurrent persistent persisting ongoing ongoing".split())


def is_reason(page: Page, hit: Hit) -> bool:
    """Whether a finding stands after the "for" of an operation of its sentence, with no study named between."""
    at, sentence = _for(page, hit), page.words.sentence[hit.i]
    norm = page.words.norm
    if at is None or any(norm[t] in _SHOWS for t in range(at, hit.i)):
        return False
    first, _ = page.words.bounds[sentence]
    operations = [other.j for other in page.by_sentence("procedure").get(sentence, ()) if other.j <= at]
    operations += [t + 1 for t in range(max(first, at - 3), at) if norm[t] in _OPERATED]
    studies = page.by_sentence("study").get(sentence, ())
    return bool(operations) and not any(max(operations) <= study.i < hit.i for study in studies)


def was_reason(page: Page, hit: Hit) -> bool:
    """Whether the "for" stands right after an operation that was done, and the finding right after the "for"."""
    at, norm = _for(page, hit), page.words.norm
    if at is None or hit.i - at > 3 or any(norm[t] in _SINCE for t in range(at, hit.i)):
        return False
    before = [
        other
        for other in page.by_sentence("procedure").get(page.words.sentence[hit.i], ())
        if other.j <= at and at - other.j <= _NEAR
    ]
    return bool(before) and not page.context.has(before[-1].i, before[-1].j, PLANNED | HYPOTHETICAL)


def _for(page: Page, hit: Hit) -> int | None:
    first, _ = page.words.bounds[page.words.sentence[hit.i]]
    return next((t for t in range(hit.i - 1, max(first, hit.i - _REACH) - 1, -1) if page.words.norm[t] == "for"), None)
