"""What a later sentence says of an earlier one: that it is over for good, or that it never was. It adds no fact."""

from __future__ import annotations

import re
from typing import Final

from .ages import OLD_DAYS, age_of, has_time
from .lazy import Lazy
from .page import Page

_OVER: Final = Lazy(
    r"(?:(?:all|both|each|none|everything|these|those|they|which|it|this)\b(?:\s+(?:of\s+(?:them|these|which|this)|two|three|four|problems?|complications?|issues?|symptoms?|has|have|had|was|were|since|fully|completely|eventually|then|now|long|ago|been))*)\s+"
    r"(?:resolved|settled|cleared|recovered|healed|gone|went|treated|over)\b",
    re.IGNORECASE,
)
_NEVER_WAS: Final = Lazy(
    r"(?:but\s+|and\s+|so\s+far\s+)?(?:(?:none|nothing|neither|no\s+sign)\s+(?:of\s+)?(?:like\s+)?(?:these|those|this|that|which|the\s+above|the\s+sort|it|such)|no\s+such\s+\w+)\b(?:[^.;]{0,30}\b(?:happen\w*|occur\w*|present|appl\w+|noticed?|reported|developed|experienced|so\s+far|at\s+present|currently|yet)\b|\s*[.;,]|\s*$)",
    re.IGNORECASE,
)
_NEVER_OPENS: Final = frozenset("but and so none nothing neither no".split())
# "since spring 2024 there have been no such thoughts": the sentence before is over
_NONE_SINCE: Final = Lazy(
    r"(?:since|from)\b[^.;]{0,40}\b(?:no\s+such|none|nothing\s+(?:like|of\s+the)|no\s+(?:further|more)\s+(?:\w+\s+)?(?:thoughts|episodes?|symptoms?|attacks?|events?|problems?|trouble|recurrence)|not\s+(?:recurred|returned|come\s+back)|never\s+(?:again|returned|came\s+back))\b",
    re.IGNORECASE,
)
# "she has had no such thoughts since early 2020"
_NO_SUCH: Final = Lazy(
    r"\b(?:no\s+(?:such|further|more)\s+\w+|nothing\s+(?:like|of)\s+(?:it|that|this|the\s+\w+)|not\s+(?:had|felt|experienced)\s+(?:any|it|them)|none)\s+(?:\w+\s+){0,3}(?:since|from|for|after|in)\b[^.;]{0,30}",
    re.IGNORECASE,
)
_SUCH: Final = frozenset("such further more nothing not none".split())
# "it was gone inside a minute", "it has not come back": a passing event of long ago
PASSED: Final = Lazy(
    r"\b(?:gone|over|normal|passed|wore\s+off|went)\s+(?:again\s+)?(?:in|inside|within|after)\s+(?:less\s+than\s+)?(?:a|one|two|three|five|ten|a\s+few|some|\d+)\s+(?:seconds?|minutes?|mins?|moments?)\b"
    r"|\b(?:has|have|had|did)(?:\s+not|n't)\s+(?:come\s+back|returned?|happened|happen|recurred?|had\s+(?:another|any\s+(?:more|further|since)|one\s+since))\b|\bnever\s+(?:came\s+back|returned|happened\s+again|recurred|again)\b",
    re.IGNORECASE,
)
# "resolved by 11/3 and hasn't returned": an episode that a sentence before tells with its day
_EPISODE_OVER: Final = Lazy(
    r"\b(?:resolved|settled|cleared|gone|disappeared|passed|subsided|over)\b[^.;]{0,48}?(?:\b(?:has|have|had|did)(?:\s+not|n['\u2019]?t)\s+(?:come\s+back|returned?|recurred?|happened\s+again|been\s+back)"
    r"|\bnever\s+(?:come\s+back|came\s+back|returned|recurred)|\bnot\s+(?:returned|recurred|come\s+back)|\bno\s+recurrence|\bnone\s+since|\bno\s+(?:further|more)\s+(?:such\s+)?(?:episodes?|attacks?|trouble|problems?|pain))\b",
    re.IGNORECASE,
)
_EPISODE_WORDS: Final = frozenset("resolved settled cleared gone disappeared passed subsided over".split())
_ITSELF: Final = frozenset(
    "it this that they these all everything which pain pains episode episodes attack symptom symptoms event problem"
    " complaint , ; ( and".split()
)
_AUXILIARY: Final = frozenset(
    "was were is are has have had been fully completely entirely then since eventually soon all long quickly".split()
)
_EPISODE_DAYS: Final = 14
_WEEK: Final = 7
_BACK_TO: Final = 4
_IT: Final = frozenset("it they this that these symptom everything problem episode same".split())
_CAME: Final = frozenset("returned recurred restarted again".split())
_LATELY: Final = frozenset("yesterday today tonight now overnight since morning".split())


def answered(page: Page) -> dict[int, str]:
    """The sentences that the next one calls long over ("historical") or never there ("negated")."""
    told: dict[int, str] = {}
    words = page.words
    for sentence in range(1, len(words.bounds)):
        first, last = words.bounds[sentence]
        start, end = words.start[first], words.end[last - 1]
        if not _EPISODE_WORDS.isdisjoint(words.norm[first:last]):
            over = _episode(page, sentence, first, last)
            if over is not None:
                told[over] = "historical"
                continue
        such = None if _SUCH.isdisjoint(words.norm[first:last]) else _NO_SUCH.search(page.text, start, end)
        if such is not None:
            meant = _meant(page, sentence, such.start(), such.end())
            if meant is not None:
                told[meant] = "historical"
                continue
        if words.norm[first] in _NEVER_OPENS and _NEVER_WAS.match(page.text, start, end):
            told[sentence - 1] = "negated"
        elif _gone_since(page, sentence, start, end):
            told[sentence - 1] = "historical"
    return told


def _meant(page: Page, sentence: int, start: int, end: int) -> int | None:
    """The sentence of long ago that "no such thoughts since 2020" is about, at most three before it."""
    i, j = page.words.slice(start, end)
    ages = [age for age in (age_of(page, time) for time in page.times_in(i, j + 2)) if age is not None]
    if not ages or min(ages) < OLD_DAYS:
        return None
    for before in range(sentence - 1, max(-1, sentence - 4), -1):
        if page.by_sentence("finding").get(before):
            return None if has_time(page, before, old=False) else before
    return None


def _gone_since(page: Page, sentence: int, start: int, end: int) -> bool:
    """Whether a sentence says that what the one before it tells of long ago passed, or has not come back."""
    here = has_time(page, sentence, old=True)
    if here and _OVER.match(page.text, start, end):
        return True
    if has_time(page, sentence - 1, old=False) or has_time(page, sentence, old=False):
        return False
    if here and _NONE_SINCE.match(page.text, start, end):
        return True
    return has_time(page, sentence - 1, old=True) and PASSED.search(page.text, start, end) is not None


def _episode(page: Page, sentence: int, first: int, last: int) -> int | None:
    """The sentence, at most four before, that tells with its day an episode that this one calls over for good."""
    if not page.times:
        return None
    words = page.words
    match = _EPISODE_OVER.search(page.text, words.start[first], words.end[last - 1])
    if match is None:
        return None
    i, j = words.slice(match.start(), match.end())
    if any((age_of(page, time) or _WEEK) < _WEEK for time in page.times_in(first, last)):
        return None
    if not {"but", "until", "however", "again"}.isdisjoint(words.norm[j:last]) or comes_back(page, sentence):
        return None
    for before in range(sentence - 1, max(-1, sentence - 1 - _BACK_TO), -1):
        ages = [age for age in (age_of(page, time) for time in page.times_of(before)) if age is not None]
        hits = page.by_sentence("finding").get(before)
        if hits and ages:
            named = {word for hit in hits for word in words.norm[hit.i : hit.j]}
            return before if min(ages) >= _EPISODE_DAYS and _of_it(words.norm, first, i, named) else None
    return None


def _of_it(norm: list[str], first: int, i: int, named: set[str]) -> bool:
    """Whether what is over is the episode itself: "it resolved", ", resolved"; not "the rash resolved"."""
    t = i - 1
    while t >= first and norm[t] in _AUXILIARY:
        t -= 1
    return t < first or norm[t] in _ITSELF or norm[t] in named


def comes_back(page: Page, sentence: int) -> bool:
    """Whether one of the next two sentences says that it came back of late: "Last night it returned"."""
    words = page.words
    for following in range(sentence + 1, min(sentence + 3, len(words.bounds))):
        first, last = words.bounds[following]
        norm = words.norm[first:last]
        back = not _CAME.isdisjoint(norm) or ("back" in norm and not {"came", "come"}.isdisjoint(norm))
        if not back or _IT.isdisjoint(norm) or not {"not", "never", "no"}.isdisjoint(norm):
            continue
        if not _LATELY.isdisjoint(norm) or has_time(page, following, old=False):
            return True
    return False
