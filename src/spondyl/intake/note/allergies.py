"""Whether a medicine is named as an allergy, and the allergy as a fact. It reads; it never decides."""

from __future__ import annotations

import re
from typing import Final

from .found import Found, Said
from .lazy import Lazy
from .page import Page
from .phrases import Hit

_AFTER: Final = Lazy(
    r"(?:\s+(?:allergy|intolerance))?\s*(?:\((?:reaction|rxn)?:?\s*|[-:=\u2013\u2014>]+\s*|,?\s*(?:which\s+)?(?:causes?|caused|gives?|gave|makes?|made|with|resulting\s+in|reaction(?:\s+(?:is|was|of))?|leads?\s+to)\s+(?:(?:him|her|me|a|an|severe|bad)\s+)*)(?P<what>[^,;.()\n]{1,40})",
    re.IGNORECASE,
)
_NAMED_AFTER: Final = Lazy(
    r"\s+(?:drug\s+)?(?:allergy|allergies|allergic|anaphylaxis)\b(?!\s+(?:(?:was|is|has\s+been)\s+)?(?:test\w*|ruled|removed|de-?label\w*|clinic|excluded|disproved))",
    re.IGNORECASE,
)
_BEFORE: Final = Lazy(
    r"(?P<what>anaphyla\w+|rash|hives|urticaria|angioedema|nausea|vomiting|swelling|itching)\s+(?:reaction\s+)?(?:to|with|from|after|on)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_KINDS: Final = tuple(
    (kind, Lazy(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("anaphylaxis", r"anaphyla\w+|\bshock\b|could\s?n[o']t\s+breathe|stopped\s+breathing"),
        (
            "angioedema",
            r"angio-?o?edema|(?:face|facial|lips?|tongue|throat)\s+(?:swelling|swells?|swelled|swollen|edema)|swelling\s+of\s+(?:the\s+)?(?:face|lips?|tongue|throat)|swollen\s+(?:face|lips?|tongue|throat)",
        ),
        ("rash", r"\brash(?:es)?\b|hives|urticaria|\bwelts|skin\s+eruption"),
        ("nausea", r"nausea\w*|vomit\w*|\bn/v\b|\bgi\s+upset|stomach\s+upset|upset\s+stomach|\bsick\b"),
        ("unknown", r"unknown|not\s+(?:known|recorded|sure)|unsure|as\s+a\s+child"),
        (
            "other",
            r"itch\w*|prurit\w*|dizz\w*|drows\w*|confus\w*|headache|diarrh\w*|palpitation\w*|hallucinat\w*|bronchospasm|wheez\w*|edema|swelling|blister\w*|cramps?",
        ),
    )
)


def text_before(page: Page, hit: Hit) -> str:
    """The text before a phrase in its sentence, at most 120 characters."""
    first = page.words.bounds[page.words.sentence[hit.i]][0]
    return page.text[max(page.words.start[first], page.words.start[hit.i] - 120) : page.words.start[hit.i]]


def is_allergic(page: Page, hit: Hit) -> bool:
    """Whether the words before a medicine, or right after it, call it an allergy."""
    if _NAMED_AFTER.match(page.text, page.words.end[hit.j - 1]):
        return page.assertion(hit) in ("present", "historical")
    return bool(
        re.search(
            r"\b(?:allerg(?:y|ies|ic)\s+(?:to|:)|anaphylaxis\s+(?:to|with))[^.;]{0,60}$",
            text_before(page, hit),
            re.IGNORECASE,
        )
    )


def say_allergy(page: Page, found: Found, hit: Hit, substance: str, nsaid: bool) -> None:
    """Add an allergy, with the reaction told right before or after its name."""
    entry = found.entry("allergies")
    start, end = page.span(hit.i, hit.j)
    entry.say("substance", Said(substance, "present", start, end))
    found.used(start, end)
    if nsaid:
        found.say("nsaid_allergy", True, "present", start, end)
    reaction = _reaction(page, hit)
    if reaction is not None:
        kind, a, b = reaction
        entry.say("reaction", Said(kind, "present", a, b))
        found.used(a, b)


def _reaction(page: Page, hit: Hit) -> tuple[str, int, int] | None:
    """The kind of reaction: "penicillin (rash)", "codeine - nausea", "anaphylaxis to latex"."""
    last = page.words.bounds[page.words.sentence[hit.i]][1]
    start, end = page.span(hit.i, hit.j)
    after = _AFTER.match(page.text, end, page.words.end[last - 1])
    before = _BEFORE.search(text_before(page, hit))
    told = (after["what"], after.start("what")) if after else None
    if told is None and before is not None:
        told = before["what"], start - len(text_before(page, hit)) + before.start("what")
    if told is None:
        return None
    for kind, pattern in _KINDS:
        match = pattern.search(told[0])
        if match is not None:
            return kind, told[1] + match.start(), told[1] + match.end()
    return None
