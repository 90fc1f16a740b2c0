"""An effect that is told once for a list of treatments: "failed PT and ESIs", "PT, massage and TENS did nothing".

It adds to the entries that `treatments` opens, and never opens one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from .found import EntryFound, Found, Said
from .lazy import Lazy
from .page import Page
from .phrases import Hit

_GLUE: Final = Lazy(
    r"(?:[\s,/&+()#\d-]|\b(?:and|or|plus|as|well|also|a|an|the|some|of|course|courses|trial|trials|formal|multiple|several|two|three|four|home|prior|previous|various|with|sessions?|visits?|weeks?|months?|wks?|x|including|both|then|nsaids?|heat|ice|rest|medications?|meds|gabapentin|tramadol|ibuprofen|naproxen|opioids?|activity|modification|oral|steroids?|weekly|monthly|regular|mg|mcg|bid|tid|qid|daily|prn|qhs|per|day|in|on|from|jan\w*|feb\w*|mar\w*|apr\w*|may|jun\w*|jul\w*|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|left|right|bilateral|lumbar|cervical|[lcts]\d+|s1)\b)*$",
    re.IGNORECASE,
)
_FAILED: Final = Lazy(
    r"\b(?:failed(?!\s+(?:back|neck|spin\w+|lumbar|cervical|fusion|surg\w+|hardware|implant\w*|void\w*|tov|trial\s+of\s+void\w*|to\b)\b)|failure\s+of|refractory\s+to|unresponsive\s+to|(?:did\s+not|didn't|not|never)\s+respond(?:ed|ing)?\s+to|no\s+(?:lasting\s+|significant\s+|sustained\s+|meaningful\s+)?(?:help|relief|benefit|improvement|response)\s+(?:from|with|to|after|despite)|without\s+(?:lasting\s+|significant\s+)?(?:help|relief|benefit|improvement)\s+(?:from|with|after)|unsuccessful\s+(?:trials?\s+of\s+)?|(?:did\s+not|didn't|never)\s+(?:have|get|find|notice|experience|obtain)\s+(?:any\s+|much\s+|significant\s+|lasting\s+|real\s+){0,2}(?:relief|benefit|help|improvement)\s+(?:from|with|after)|unrelieved\s+by|not\s+(?:helped|relieved|improved)\s+(?:by|with))",
    re.IGNORECASE,
)
_TURNS: Final = Lazy(
    r"\b(?:but|then|underwent|had|received|gave|now|is|was|are|were|before|after|considering|so|referred|helped|who|which|has|have|with|proceed\w*|went|still|until|therefore|will|relief|while|although)\b|[.;:]",
    re.IGNORECASE,
)
_WORSE: Final = Lazy(
    r"\b(?:made|making)\s+(?:(?:the|his|her|my)\s+)?(?:it|things|him|her|me|them|(?:\w+\s+)?(?:pain|symptoms?|leg|back|sciatica))\s+(?:(?:much|a\s+lot|even|feel|significantly|somewhat)\s+){0,2}worse\b"
    r"|\b(?:worsened|aggravated|flared(?:\s+up)?|exacerbated|inflamed|increased)\s+(?:(?:the|his|her|my|their)\s+)?(?:\w+\s+)?(?:pain|symptoms?|sciatica|back|leg)\b|\bcaused\s+(?:(?:a|an|severe|bad|terrible|spinal|positional|more|increased)\s+){0,3}(?:headaches?|flare\S*|pain|flushing|facial\s+flushing|sugars?|infection|weakness)",
    re.IGNORECASE,
)
_ALL: Final = Lazy(r"\b(?:all|both|each|either|neither|none|nothing)\b", re.IGNORECASE)
_FAR: Final = 160
_LONGEST: Final = 70


@dataclass(slots=True)
class Told:
    """A treatment as a sentence names it, its entry, and where what is told of it ends."""

    hit: Hit
    entry: EntryFound
    high: int


def share_effect(page: Page, found: Found, read: list[Told]) -> None:
    """Give an effect to every member of the list it is told of."""
    source: Told | None = None
    for number in range(len(read) - 2, -1, -1):
        one, after = read[number], read[number + 1]
        start, end = page.words.end[one.hit.j - 1], page.words.start[after.hit.i]
        joined = (
            page.words.sentence[one.hit.i] == page.words.sentence[after.hit.i]
            and end - start <= _LONGEST
            and _GLUE.match(page.text, start, end) is not None
        )
        source = (source or after) if joined else None
        if source is None or one.entry is source.entry:
            continue
        if one.entry.get("relief_pct") is not None or one.entry.get("adverse") is not None:
            continue
        behind = page.words.end[source.hit.j - 1]
        said = next(iter(source.entry.told.get("relief_pct", ())), None)
        if said is None or not behind <= said.start <= source.high:
            continue
        universal = _ALL.search(page.text, behind, said.end)
        bracket = page.text.rfind("(", behind, said.start)
        own = bracket >= 0 and page.text.find(")", bracket, said.start) < 0 and re.search(r"\d", page.text[start:end])
        if own and not universal:
            continue  # "therapy in 2020, a pain program in 2022 (no change)": each with a time of its own
        if said.value == 0 or universal or not re.search(r"\d", page.text[said.start : said.end]):
            one.entry.say("relief_pct", said)
    for told in read:
        if told.entry.get("relief_pct") is None and _first_mention(told):
            failed = _failed_before(page, told.hit)
            if failed is not None:
                told.entry.say("relief_pct", Said(0, "present", *failed))
                found.used(*failed)


def _first_mention(told: Told) -> bool:
    said = next(iter(told.entry.told.get("type", ())), None)
    return said is not None and said.assertion == "present"


def _failed_before(page: Page, hit: Hit) -> tuple[int, int] | None:
    """Where the sentence says, before the list that a name stands in, that all of it failed."""
    start = page.words.start[hit.i]
    first = page.words.start[page.words.bounds[page.words.sentence[hit.i]][0]]
    failed = list(_FAILED.finditer(page.text, max(first, start - _FAR), start))
    if not failed or _TURNS.search(page.text, failed[-1].end(), start):
        return None
    return failed[-1].start(), failed[-1].end()


def made_worse(text: str, low: int, high: int) -> tuple[int, int] | None:
    """Where a stretch says that a treatment did harm: "made the pain worse"; None where it does not."""
    told = _WORSE.search(text, low, high)
    return (told.start(), told.end()) if told is not None else None
