"""Whether a sign is old by its own history: "dates from 2017", "2/5 at every visit since", "today 2/5, same chart".

It reads; it adds no fact. A day long ago must stand in the sentence, or in the one before it where only the record is
compared; a time of the last weeks in the same part of the sentence speaks against it.
"""

from __future__ import annotations

from typing import Final

from .ages import OLD_DAYS, RECENT_DAYS, age_of, has_time
from .page import Page
from .phrases import Hit

_CUES: Final = frozenset(
    "date dated dating goe go going went stem chart visit review appointment check followup".split()
)
_EACH: Final = frozenset("every each all".split())
_SEEN: Final = frozenset("visit review appointment check followup exam examination clinic".split())
_SAME: Final = frozenset("same identical identically unchanged as matches match".split())
_RECORD: Final = frozenset("chart charted charts charting".split())
_FRESH: Final = frozenset(
    "new newly worse worsened worsening weaker yesterday overnight tonight sudden suddenly acute acutely increasing"
    " progressive but until down dropped lost further".split()
)
_LATE: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday yesterday overnight tonight week weekend"
    " hour morning night".split()
)
_NEAR: Final = 6
_TO_DAY: Final = 14
_BEFORE: Final = 4


def unchanged(page: Page, hit: Hit, first: int, last: int) -> bool:
    """Whether the words around a sign, `first` to before `last`, tell that it began long ago and stayed as it was."""
    norm = page.words.norm
    if not page.times or _CUES.isdisjoint(norm[first:last]):
        return False
    low = next((t + 1 for t in range(hit.i - 1, first - 1, -1) if norm[t] == ";"), first)
    high = next((t for t in range(hit.j, last) if norm[t] == ";"), last)
    if not _FRESH.isdisjoint(norm[low:high]) or not _LATE.isdisjoint(norm[first:last]) or _recent(page, low, high):
        return False
    return (
        _dates_from(page, hit, high)
        or (_at_each(norm, hit, high) and _long_ago(page, first, low, high))
        or (_as_charted(norm, hit, high) and _long_ago(page, first, low, high))
    )


def _recent(page: Page, low: int, high: int) -> bool:
    ages = (age_of(page, time) for time in page.times_in(low, high))
    return any(age is not None and age < RECENT_DAYS for age in ages)


def _dates_from(page: Page, hit: Hit, high: int) -> bool:
    """ "Foot drop on the left dates from his injury of 2011"."""
    norm = page.words.norm
    for t in range(hit.j, min(high, hit.j + _NEAR)):
        if norm[t] in (",", "and"):
            return False
        from_then = norm[t] in ("date", "dated", "dating", "stem") and not {"from", "to", "since"}.isdisjoint(
            norm[t + 1 : t + 3]
        )
        goes_back = norm[t] in ("goe", "go", "going", "went") and norm[t + 1 : t + 3] == ["back", "to"]
        if from_then or goes_back:
            ages = [age_of(page, time) for time in page.times_in(t, min(high, t + _TO_DAY))]
            return bool(ages) and (ages[0] or 0) >= OLD_DAYS
    return False


def _at_each(norm: list[str], hit: Hit, high: int) -> bool:
    """ "2/5 at every visit since"."""
    return any(
        norm[t] in _SEEN and not _EACH.isdisjoint(norm[t - 2 : t]) and "since" in norm[t + 1 : t + 4]
        for t in range(hit.j + 1, high)
    )


def _as_charted(norm: list[str], hit: Hit, high: int) -> bool:
    """ "TA 2/5 today, same chart", "as on the chart in 2018"."""
    return any(
        norm[t] in _RECORD and not _SAME.isdisjoint(norm[max(hit.j, t - _BEFORE) : t]) for t in range(hit.j, high)
    )


def _long_ago(page: Page, first: int, low: int, high: int) -> bool:
    """Whether a day long ago stands in the part, earlier in its sentence or in the one before, and none of late."""
    if any((age_of(page, time) or 0) >= OLD_DAYS for time in page.times_in(first, high)):
        return not _recent(page, first, low)
    before = page.words.sentence[first] - 1
    if before < 0 or has_time(page, before, old=False):
        return False
    begin, end = page.words.bounds[before]
    return has_time(page, before, old=True) and _FRESH.isdisjoint(page.words.norm[begin:end])
