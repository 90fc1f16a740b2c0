"""Whether a sign told of long ago is called over in its own sentence: "one fall in 2012, none since". It adds no fact.

The day must lie long before the note, none may be recent, and what is over must be the sign itself: the words that say
so open their part of the sentence, so that "numb since 2024, bowels normal" tells nothing of the numbness.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from spondyl.record.facts import Assertion

from .lazy import Lazy
from .page import Page
from .past import has_time
from .phrases import Hit

_WELL: Final = Lazy(
    r"[,;(]\s*(?:(?:and|but|which|who|it|he|she|i|has|have|had|was|is|then|since|now|all|both|fully|completely|entirely|long|made\s+an?|with\s+an?)\s+){0,4}"
    r"(?:normal\s+(?:now|since|again|today)|(?:fine|well|ok|okay)\s+(?:now|since|again)|none\s+since|nothing\s+since|healed|settled|recovered|(?:full|complete|good)\s+recovery|regained|resolved|cured"
    r"|clean\s+(?:now|since|for)|sober\s+(?:now|since|for)|cool\s+(?:now|since)|gone\s+(?:now|since)|no\s+(?:\w+\s+){1,2}since|back\s+to\s+(?:normal|baseline)|never\s+(?:since|again)|not\s+since)\b",
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


# what is told as "ever", though the fact means now or of late
_PASSING: Final = frozenset(
    (
        "iv_drug_use",
        "recent_bacteremia",
        "recent_infection_elsewhere",
        "low_energy_fall",
        "trauma_recent",
        "falls",
        "unexplained_weight_loss",
    )
)


def passing(page: Page, facts: Iterable[str], assertion: Assertion) -> bool:
    """Whether none of the facts lasts for life, as a cancer or an overdose of long ago does."""
    if _PASSING.issuperset(facts):
        return assertion in ("present", "historical")
    return assertion == "present" and all(fact not in page.lexicon.tables.get("lasting", ()) for fact in facts)


def bygone(page: Page, hit: Hit) -> bool:
    """Whether the sentence sets the sign long ago and then says that it is over."""
    sentence = page.words.sentence[hit.i]
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
