"""Whether a medicine is named as an allergy, and the allergy as a fact. It reads; it never decides."""

from __future__ import annotations

import re

from .found import Found, Said
from .page import Page
from .phrases import Hit


def text_before(page: Page, hit: Hit) -> str:
    """The text before a phrase in its sentence, at most 120 characters."""
    first = page.words.bounds[page.words.sentence[hit.i]][0]
    return page.text[max(page.words.start[first], page.words.start[hit.i] - 120) : page.words.start[hit.i]]


def is_allergic(page: Page, hit: Hit) -> bool:
    """Whether the words before a medicine call it an allergy."""
    return bool(
        re.search(
            r"\b(?:allerg(?:y|ies|ic)\s+(?:to|:)|anaphylaxis\s+(?:to|with))[^.;]{0,60}$",
            text_before(page, hit),
            re.IGNORECASE,
        )
    )


def say_allergy(found: Found, substance: str, start: int, end: int, nsaid: bool) -> None:
    """Add an allergy."""
    entry = found.entry("allergies")
    entry.say("substance", Said(substance, "present", start, end))
    found.used(start, end)
    if nsaid:
        found.say("nsaid_allergy", True, "present", start, end)
