"""Whether a sign is what complicated an operation of long ago: "fusion in 2020 complicated by septic shock".

It reads; it adds no fact. The day must lie long before the note and stand right before the word, and nothing behind
that word may speak of now. What may last for good, such as a weak leg, counts only where the sentence treats it.
"""

from __future__ import annotations

from typing import Final

from .ages import OLD_DAYS, RECENT_DAYS, age_of
from .page import Page
from .phrases import Hit

_BY: Final = frozenset("complicated complication".split())
_NOW: Final = frozenset(
    "now today currently still since yesterday tonight overnight again new newly worse worsening worsened returned"
    " recurred recurrence recurrent ongoing persist persisted persistent persisting remain remained remains continue"
    " continued continuing continues residual unresolved never present presented presents presenting arrival"
    " admitted recently lately but however until unhealed draining chronic permanent ever".split()
)
_TREATED: Final = frozenset(
    "washout evacuated evacuation drained drainage debridement debrided treated cured recovered recovery resolved"
    " settled cleared healed transient transiently temporary temporarily brief briefly antibiotic anticoagulated"
    " reoperated explored re-explored".split()
)
_IS: Final = frozenset("has have is are cannot cant report reports complain complains feel feels".split())
_CARE: Final = _TREATED | frozenset("on with of icu hospital hospitalized rehab home course stay therapy iv in".split())
_LAST: Final = frozenset("last this past".split())
_LATE: Final = frozenset(
    "week weekend day night month morning monday tuesday wednesday thursday friday saturday sunday".split()
)
_BETWEEN: Final = 8
_BACK: Final = 40


def complicated_then(page: Page, hit: Hit, sentence: int) -> bool:
    """Whether a sign follows "complicated by" and an operation of long ago, and is told as over or passing."""
    norm = page.words.norm
    first, last = page.words.bounds[sentence]
    if _BY.isdisjoint(norm[first : hit.i]) and "c" not in norm[first : hit.i]:
        return False
    at = next((t for t in range(hit.i - 1, first - 1, -1) if _is_by(norm, t)), None)
    if at is None:
        return False
    times = page.times_in(max(first, at - _BACK), at)
    if not times or (age_of(page, times[-1]) or 0) < OLD_DAYS or at - times[-1].j > _BETWEEN:
        return False
    if not _NOW.isdisjoint(norm[first:at]) or not _NOW.isdisjoint(norm[at : hit.j]):
        return False
    if ";" in norm[at : hit.i] or not _IS.isdisjoint(norm[at : hit.i]):
        return False
    if any(norm[t] in _LAST and norm[t + 1] in _LATE for t in range(first, last - 1)):
        return False
    if any(
        time.cue in ("for", "ago")
        and time.days[0] < RECENT_DAYS
        and (time.cue == "ago" or _CARE.isdisjoint(norm[hit.j : time.i]))
        for time in page.times_in(hit.j, last)
    ):
        return False
    done = page.by_sentence("procedure").get(sentence, ())
    if not any(one.i < at for one in done):
        return False
    end = next((t for t in range(hit.j, last) if norm[t] in _NOW), last)
    if end < last and not _parted(norm, hit.j, end):
        return False
    lasting = page.lexicon.tables.get("can_be_long_standing", ())
    if any(name in lasting for name in hit.entry.get("facts", ())):
        return not _TREATED.isdisjoint(norm[at:end])
    return True


def _is_by(norm: list[str], t: int) -> bool:
    return norm[t] in _BY or norm[t : t + 3] == ["c", "/", "b"]


def _parted(norm: list[str], j: int, end: int) -> bool:
    """Whether a comma or the like parts a sign from a later word of now: "septic shock; now well"."""
    return any(norm[t] in (",", ";", ")", "-") for t in range(j, end))
