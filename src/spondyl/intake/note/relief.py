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
_LESS: Final = Lazy(
    r"(?:less\s+than|under|below|<|not\s+even|(?P<most>at\s+most|maximum\s+of|\u2264|<=))\s*$", re.IGNORECASE
)
_SAYS: Final[tuple[tuple[Lazy, JsonValue], ...]] = tuple(
    (Lazy(pattern, re.IGNORECASE), value)
    for pattern, value in (
        (
            r"\b(?:no|without|zero|nil|not?\s+any|little\s+to\s+no)\s+(?:any\s+|significant\s+|real\s+|lasting\s+|sustained\s+|meaningful\s+|appreciable\s+|durable\s+|noticeable\s+|long[\s-]term\s+|pain\s+|clinical\s+|symptomatic\s+|useful\s+){0,2}(?:relief|help|benefit|improvement|effect|response|avail|difference)\b|\bno\s+change\s+in\s+(?:\w+\s+){0,2}(?:pain|symptoms)|\b(?:of|was|were|is|are)\s+no\s+(?:use|good)\b|\b(?:did|does)(?:\s+not|n't|n\u2019t)\s+(?:really\s+|actually\s+|ever\s+)?(?:help|work|make\s+(?:any|a|much)\s+difference|touch\s+(?:it|the\s+pain))|\bno\s+better|\bnot\s+help(?:ful|ed|ing)|\bineffective|\bfailed(?=\s*[.,;)\n]|\s+(?:to|and|due|because|in|after)\b)|\bunhelpful|\bdid\s+(?:absolutely\s+|next\s+to\s+)?nothing|\b(?:neither|none)(?:\s+of\s+(?:it|them|these|those|which|this))?\s+(?:has\s+|have\s+)?(?:really\s+)?(?:helped|worked|gave|given|provided)|\bnothing\s+(?:has\s+)?(?:helped|worked)|\bto\s+no\s+avail|\bin\s+vain|\bunsuccessful|\bnever\s+(?:really\s+)?(?:helped|worked|touched)|\bmade\s+(?:it|things|her|him|the\s+pain|no)\s+(?:\w+\s+)?(?:worse|difference)",
            0,
        ),
        (
            r"\b(?:little|minimal|min\.?|slight|not\s+much|without\s+much|poor|marginal|hardly\s+any|mild|limited|negligible|very\s+little|scant)\s+(?:pain\s+)?(?:relief|help|benefit|improvement|effect|response)|\b(?:helps?|helped)\s+(?:only\s+)?(?:a\s+little|a\s+bit|slightly|minimally|very\s+little|marginally)|\bhelps?\s+little|\bbarely\s+helps|\bnot\s+(?:very|quite)\s+(?:helpful|taking\s+care)",
            _LITTLE,
        ),
        (
            r"\b(?:some|partial|moderate|mod\.?|modest|temporary|brief|short[\s-]lived|short[\s-]term|short|transient|incomplete|fleeting)\s+(?:pain\s+)?(?:relief|help|benefit|improvement|effect)|\b(?:relief|benefit|effect)\s+(?:was|were)\s+(?:only\s+)?(?:short[\s-]lived|temporary|brief|transient|modest|partial)|\bhelps?\s+some(?:what)?|\bsomewhat\s+help|\btakes\s+the\s+edge\s+off|\bhelped\s+(?:her\s+|him\s+)?briefly",
            _SOME,
        ),
        (r"\b(?:complete|total|full|100\s*%)\s+(?:pain\s+)?relief", 100),
        (
            r"\b(?:good|great|excellent|significant|sig\.?|substantial|marked|major|considerable|very\s+good|dramatic|near[\s-]complete|profound|sustained|lasting)\s+(?:pain\s+)?(?:relief|help|benefit|improvement|effect|response)|\bvery\s+helpful|\bhelped\s+(?:a\s+lot|a\s+great\s+deal|greatly|well|her|him|tremendously|significantly)|\bhelpful(?!\s+(?:for|with)\s+(?:mood|sleep|coping|stress|anxiety|depression|motion|strength|mobility|posture))|\bhas\s+been\s+helping|\bwith\s+(?:relief|benefit|improvement)",
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
            place = match.start("n") if match["n"] else match.start("m")
            less = _LESS.search(text, max(start, place - 14), place)
            most = number if less and less["most"] else max(0, number - 1)  # "<50%" is not 50
            best = (match.start(), match.end(), {"low": 0, "high": most} if less else number)
    for pattern, value in _SAYS:
        match = pattern.search(text, start, end)
        if match is not None and (best is None or match.start() < best[0]):
            best = (match.start(), match.end(), value)
    return (best[2], best[0], best[1]) if best else None
