"""Whether a sign told of long ago is called over in its own sentence: "one fall in 2012, none since". It adds no fact.

The day must lie long before the note, none may be recent, and what is over must be the sign itself: the words that say
so open their part of the sentence, so that "numb since 2024, bowels normal" tells nothing of the numbness.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from spondyl.record.facts import Assertion

from .complicated import complicated_then
from .lazy import Lazy
from .page import Page
from .past import has_time
from .phrases import Hit

_WELL: Final = Lazy(
    r"[,;(]\s*(?:(?:and|but|which|who|it|he|she|i|has|have|had|was|is|then|since|now|all|both|fully|completely|entirely|long|made\s+an?|with\s+an?)\s+){0,4}"
    r"(?:normal\s+(?:now|since|again|today)|(?:fine|well|ok|okay)\s+(?:now|since|again)|none\s+since|nothing\s+since|healed|settled|recovered|(?:full|complete|good)\s+recovery|regained|resolved|cured"
    r"|clean\s+(?:now|since|for)|sober\s+(?:now|since|for)|cool\s+(?:now|since)|gone\s+(?:now|since)|no\s+(?:\w+\s+){1,2}since|back\s+to\s+(?:normal|baseline)|never\s+(?:since|again)|not\s+(?:since|now|any\s?more))\b",
    re.IGNORECASE,
)
_CUES: Final = frozenset(
    "normal fine well ok okay none nothing healed settled recovered recovery regained resolved cured clean sober cool"
    " gone back never not since".split()
)
_COMES_BACK: Final = frozenset(
    "but again however returned recurred until today tonight yesterday worse new partly"
    " partially incompletely mostly almost nearly largely somewhat slightly apart except like still".split()
)
_YEAR: Final = Lazy(r"\b(?:the|a|an|in)\s+(?:19|20)\d\d\b|\b(?:last|years?|decades?)\s+(?:year|ago)\b", re.IGNORECASE)


# events that are meant only when they are of late
_ATTEMPT: Final = frozenset(("suicide_attempt_recent",))
_OF_LATE: Final = _ATTEMPT | frozenset(
    ("trauma_recent", "low_energy_fall", "recent_bacteremia", "recent_infection_elsewhere", "seizure_recent")
)
_YOUTH: Final = frozenset(
    "teen teens twenty twenties thirty thirties teenager student youth childhood school college".split()
)
_ONCE_MORE: Final = frozenset(
    "again recently lately this now today tonight yesterday new newly another repeatedly".split()
)
# what is told as "ever", though the fact means now or of late
_PASSING: Final = _OF_LATE | {"iv_drug_use", "falls", "unexplained_weight_loss", "wound_status"}

# and what is told as it was, when it is said to have ended
_WELL_AGAIN: Final = frozenset(("wound_status", "falls"))
_ENDED: Final = frozenset("resolved settled subsided disappeared vanished cleared".split())


def bygone(page: Page, hit: Hit, facts: Iterable[str], assertion: Assertion) -> bool:
    """Whether a sign is of long ago and no longer counts: an accident of years back, a use called over."""
    if assertion not in ("present", "historical"):
        return False
    names = set(facts)
    sentence = page.words.sentence[hit.i]
    if names & _ATTEMPT and _once_more(page, sentence):
        return False
    if names & _OF_LATE and has_time(page, sentence, old=True) and not has_time(page, sentence, old=False):
        return True
    if names <= _ATTEMPT and _in_youth(page, hit, sentence):
        return True
    if not names <= _PASSING and (
        assertion == "historical" or any(name in page.lexicon.tables.get("lasting", ()) for name in names)
    ):
        return False  # a cancer or an overdose of long ago still counts
    if assertion == "historical" and names <= _WELL_AGAIN and not _ENDED.isdisjoint(page.words.norm[hit.j : hit.j + 5]):
        return True
    return _over(page, hit, sentence) or (names <= _PASSING and complicated_then(page, hit, sentence))


def _once_more(page: Page, sentence: int) -> bool:
    """Whether the sentence of an attempt long ago tells of another one: "in 2019, and again this week"."""
    first, last = page.words.bounds[sentence]
    return not _ONCE_MORE.isdisjoint(page.words.norm[first:last])


def _in_youth(page: Page, hit: Hit, sentence: int) -> bool:
    """ "In her twenties she tried to kill herself": told of a time of life that opens the sentence or follows."""
    first, last = page.words.bounds[sentence]
    norm = page.words.norm
    return any(
        norm[t] in _YOUTH and norm[t - 1] in ("his", "her", "my", "a", "at", "in")
        for t in (*range(first + 1, min(hit.i, first + 4)), *range(hit.j, min(last, hit.j + 6)))
    )


def _over(page: Page, hit: Hit, sentence: int) -> bool:
    """Whether the sentence sets the sign long ago and then says that it is over."""
    first, last = page.words.bounds[sentence]
    norm = page.words.norm
    if _CUES.isdisjoint(norm[hit.j : last]) or has_time(page, sentence, old=False):
        return False
    stop = page.words.end[last - 1]
    well = _WELL.search(page.text, page.words.end[hit.j - 1], stop)
    if well is None:
        return False
    after = page.words.at(well.end() - 1) + 1
    if not _COMES_BACK.isdisjoint(norm[after:last]):
        return False
    return has_time(page, sentence, old=True) or _YEAR.search(page.text, page.words.start[first], stop) is not None
