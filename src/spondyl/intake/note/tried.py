"""Whether a medicine was tried and is taken no more, from the words around its name. It adds no fact."""

from __future__ import annotations

import re
from typing import Final

from .lazy import Lazy
from .page import Page
from .phrases import Hit

NOT_TRIED: Final = Lazy(
    r"\b(?:not\s+(?:yet\s+)?(?:been\s+)?(?:tried|trialled|trialed|used|had)|never\s+(?:tried|had|used|taken)|untried|has\s+not\s+tried|hasn't\s+tried)\b[^.;\n]{0,120}$",
    re.IGNORECASE,
)
TRIED: Final = Lazy(
    r"\b(?:tried|trial(?:s)?\s+of|failed(?!\s+(?:back|neck|spin\w+|lumbar|cervical|fusion|surg\w+|hardware|implant\w*|void\w*|tov|trial\s+of\s+void\w*)\b)|failure\s+of|previously|past|used\s+to\s+take|did\s+not\s+(?:help|tolerate)|didn't\s+(?:help|tolerate)|no\s+(?:help|relief|benefit)|could\s+not\s+tolerate|couldn't\s+tolerate|intoleran|has\s+taken|had\s+taken|upset)",
    re.IGNORECASE,
)
# "Gabapentin and duloxetine tried", "pregabalin 75 mg was ineffective": what follows the name, or the end of its list.
_DOSED: Final = (
    r"(?:\s+(?:gel|cream|patch(?:es)?|ointment|tablets?|spray))?"
    r"(?:\s+\d[\d./]*\s*(?:mg|mcg|g)?(?:\s*(?:bid|tid|qid|qhs|daily|nightly))?)?"
)
_TRIED_AFTER: Final = Lazy(
    rf"{_DOSED}(?:(?:\s*,\s*[A-Za-z-]+{_DOSED}){{0,6}}\s*(?:,\s*and|,\s*or|and|or|&|\+|/|plus)\s+[A-Za-z-]+{_DOSED})?"
    r"\s*,?\s*(?:(?:were|was|have|has|had|been|all|both|each|also|already|previously|then)\s+){0,3}"
    r"(?:(?:tried|trialed|trialled|failed)(?=\s*(?:[.,;)\n]|$|(?:to|and|due|because|without|with|but|for|in|at|already|previously|earlier)\b))|trial(?:s)?(?=\s*[:(,]|\s+(?:in\s+)?(?:19|20)\d\d\b|\s+(?:with|without|failed|no)\b)|ineffective|unhelpful|unsuccessful|not\s+(?:helpful|effective)|of\s+no\s+(?:help|benefit|use)|no\s+(?:help|use|good)|did\s+nothing|(?:did\s+not|didn't|never)\s+(?:help|helped|work|worked))\b",
    re.IGNORECASE,
)
_ON: Final = Lazy(
    r"\b(?:now|currently|takes?|taking|continu\w+|remains?|(?:is|was|are|still|also|and|but)\s+on)\b|\b(?:on|uses?|using)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_FAILED: Final = Lazy(
    r"\b(?:failed(?!\s+(?:back|neck|spin\w+|lumbar|cervical|fusion|surg\w+|hardware|implant\w*|void\w*|tov|trial\s+of\s+void\w*)\b)|failure\s+of|no\s+(?:help|relief|benefit)\s+(?:from|with)|did\s+not\s+(?:help|respond\s+to)|unsuccessful\w*)\b",
    re.IGNORECASE,
)


def is_tried(before: str) -> bool:
    """Whether the words before a name say that it was tried, and none after them that it is taken now."""
    told = list(TRIED.finditer(before[-100:]))
    rest = before[-100:][told[-1].end() :] if told else ""
    return bool(told) and ";" not in rest and not _ON.search(rest)


def tried_after(page: Page, hit: Hit, before: str) -> re.Match[str] | None:
    """The words behind a name, or behind the list it opens, that say it was tried; None when it is taken now."""
    if _ON.search(before[-60:]):
        return None
    stop = page.words.end[page.words.bounds[page.words.sentence[hit.i]][1] - 1]
    return _TRIED_AFTER.match(page.text, page.words.end[hit.j - 1], stop)


def failure_before(page: Page, start: int) -> tuple[int, int] | None:
    """Where the sentence says, before a name, that what follows failed: "failed gabapentin, pregabalin"."""
    first = page.words.start[page.words.bounds[page.words.sentence[page.words.at(start)]][0]]
    failed = list(_FAILED.finditer(page.text, max(first, start - 100), start))
    if not failed or ";" in page.text[failed[-1].end() : start]:
        return None
    return failed[-1].start(), failed[-1].end()
