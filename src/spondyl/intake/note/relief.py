"""How much something helped, as a percentage or as the interval its words stand for."""

from __future__ import annotations

import re
from typing import Final

from spondyl.record.facts import JsonValue

from .lazy import Lazy

_LITTLE: Final[JsonValue] = {"low": 0, "high": 29}
_SOME: Final[JsonValue] = {"low": 30, "high": 49}
_GOOD: Final[JsonValue] = {"low": 50, "high": 100}
_PERCENT: Final = Lazy(
    r"(?P<n>\d{1,3})\s*(?:%|percent|per\s*cent)(?:\s*(?:-|to)\s*(?P<n2>\d{1,3})\s*%)?\s*(?:pain\s+)?(?:relief|improve\w*|better|reduction|benefit|help)?|(?:helped|improved|relief|reduced|benefit)\b[^.;]{0,40}?(?P<m>\d{1,3})\s*(?:%|percent)",
    re.IGNORECASE,
)
_SAYS: Final[tuple[tuple[Lazy, JsonValue], ...]] = tuple(
    (Lazy(pattern, re.IGNORECASE), value)
    for pattern, value in (
        (
            r"\b(?:no|without|zero)\s+(?:any\s+|significant\s+|real\s+|lasting\s+)?(?:relief|help|benefit|improvement|effect|response)\b|\b(?:did|does)(?:\s+not|n't)\s+help|\bno\s+better|\bnot\s+help(?:ful|ed|ing)|\bineffective|\bfailed(?=[.,;)\n]|\s+(?:to|and|due|because|in|after)\b)|\bunhelpful",
            0,
        ),
        (
            r"\b(?:little|minimal|slight|not\s+much|without\s+much|poor|marginal|hardly\s+any|mild)\s+(?:relief|help|benefit|improvement|effect|response)|\bhelps?\s+(?:a\s+)?little|\bbarely\s+helps|\bnot\s+(?:very|quite)\s+(?:helpful|taking\s+care)",
            _LITTLE,
        ),
        (
            r"\b(?:some|partial|moderate|modest|temporary|brief|short[\s-]lived|transient)\s+(?:relief|help|benefit|improvement|effect)|\bhelps?\s+some(?:what)?|\bsomewhat\s+help|\btakes\s+the\s+edge\s+off|\bhelped\s+(?:her\s+|him\s+)?briefly",
            _SOME,
        ),
        (r"\b(?:complete|total|full|100\s*%)\s+(?:pain\s+)?relief", 100),
        (
            r"\b(?:good|great|excellent|significant|substantial|marked|major|considerable|very\s+good)\s+(?:pain\s+)?(?:relief|help|benefit|improvement|effect|response)|\bvery\s+helpful|\bhelped\s+(?:a\s+lot|greatly|well|her|him)|\bhelpful|\bhas\s+been\s+helping|\bwith\s+(?:relief|benefit|improvement)",
            _GOOD,
        ),
    )
)


def relief_in(text: str, start: int, end: int) -> tuple[JsonValue, int, int] | None:
    """The first relief told in a stretch of text, and its place."""
    best: tuple[int, int, JsonValue] | None = None
    match = _PERCENT.search(text, start, end)
    if match is not None:
        number = int(match["n"] or match["m"])
        if number <= 100:
            best = (match.start(), match.end(), number)
    for pattern, value in _SAYS:
        match = pattern.search(text, start, end)
        if match is not None and (best is None or match.start() < best[0]):
            best = (match.start(), match.end(), value)
    return (best[2], best[0], best[1]) if best else None
