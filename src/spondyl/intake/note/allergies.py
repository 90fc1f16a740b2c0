"""Whether a medicine is named as an allergy, and the allergy as a fact. It reads; it never decides."""

from __future__ import annotations

import re
from typing import Final

from spondyl.record.facts import Assertion

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

_TO: Final = Lazy(
    r"\b(?:allerg(?:y|ies|ic)(?:\s+reactions?)?(?:\s+to\b|\s*:)|anaphylaxis\s+(?:to|with))[^.;]{0,60}$", re.IGNORECASE
)
_NONE_TO: Final = Lazy(
    r"\b(?:no|not|nor|non|never|den(?:y|ies|ied|ying)|without|neg(?:ative)?(?:\s+for)?|isn't|n't)\s+(?:(?:have|has|had|been|any|known|other|prior|previous|history|hx|of|an?|drug|medication|food|reported|documented|true|is|are)\s+){0,4}$",
    re.IGNORECASE,
)
_NONE_HERE: Final = Lazy(
    r"[:,;(-]\s*(?:and\s+|but\s+)?(?:no|not|none|denies|nil|never)\b(?:\s+(?:known|any|to|allergic|allergy|allergies))*\s*(?:[\w-]+(?:\s+[\w-]+){0,2}(?:\s*[,/]|\s+(?:or|and|nor)\b)\s*(?:(?:or|nor|to)\s+)*)*$",
    re.IGNORECASE,
)
_NONE_BEFORE: Final = Lazy(
    r"\b(?:no|not|denies|denied|without|nil|never)\s+(?:(?:have|has|had|any|known|a|an|history|of|prior|iodinated|iv|drug|[\w-]+\s+or|[\w-]+,)\s+){0,4}$",
    re.IGNORECASE,
)
_CALLED: Final = Lazy(r"\s+(?:drug\s+)?(?:allergy|allergies|allergic|intolerance|sensitivity)\b", re.IGNORECASE)
_BUT: Final = Lazy(
    r"\b(?:other\s+than|except(?:\s+for|ing)?|apart\s+from|besides|aside\s+from|but)\b[^.;]*$", re.IGNORECASE
)
_NONE_BUT: Final = Lazy(r"\b(?:(?:no|nil|denies)\s+(?:\w+\s+){0,2}allerg(?:y|ies)|nkd?a)\s*,?\s*$", re.IGNORECASE)
_ONLY_TO: Final = Lazy(
    r"\s*(?:known\s+)?(?:to\b|other\s+than|except|apart\s+from|besides|aside\s+from|but\b|,\s*(?:but|except)\b)",
    re.IGNORECASE,
)

# "Codeine -> vomits", "gabapentin => rash": an arrow from a name to what it did.
_ARROW: Final = Lazy(
    r"\s*(?:-+>|=+>|\u2192|\u21d2|:|makes?\s+(?:him|her|me|them)\b|gives?\s+(?:him|her|me|them)\b)\s*(?:(?:bad|severe|some|facial|made|makes|gets|got|had|very|gi|stomach)\s+){0,2}"
    r"(?:vomit\w*|naus\w+|n/v|sick\b|puk\w+|throw\w*\s+up|rash\w*|hives|itch\w*|prurit\w*|urticaria|swell\w*|swollen|angio\w+|anaphyl\w+|seiz\w+"
    r"|hallucin\w+|confus\w+|delir\w+|upset|dizz\w+|syncope|passed\s+out|wheez\w*|bronchospasm|hypotens\w+|sob\b|gi\s+bleed\w*|bleed\w*|agitat\w+|dystoni\w+)",
    re.IGNORECASE,
)
_ARROWS: Final = frozenset("-=\u2192\u21d2:mg")
_TAKES_IT: Final = Lazy(r"\b(?:takes|taking|(?:is|still|now)\s+on|continues)\s+(?:\w+\s+)?$", re.IGNORECASE)


def text_before(page: Page, hit: Hit) -> str:
    """The text before a phrase in its sentence, at most 120 characters."""
    first = page.words.bounds[page.words.sentence[hit.i]][0]
    return page.text[max(page.words.start[first], page.words.start[hit.i] - 120) : page.words.start[hit.i]]


def is_allergic(page: Page, hit: Hit) -> bool:
    """Whether the words before a medicine, or right after it, call it an allergy."""
    end = page.words.end[hit.j - 1]
    if _NAMED_AFTER.match(page.text, end):
        return page.assertion(hit) in ("present", "historical")
    if page.text[end : end + 2].strip()[:1] in _ARROWS and _ARROW.match(page.text, end):
        return _TAKES_IT.search(text_before(page, hit)) is None
    return _TO.search(text_before(page, hit)) is not None or _the_one(page, hit)


def is_denied(page: Page, hit: Hit) -> bool:
    """Whether the allergy is one the patient has not: "no allergies to contrast or lidocaine", "none to latex"."""
    before = text_before(page, hit)
    if _BUT.search(before):
        return False
    told = _TO.search(before)
    if told is not None and _NONE_TO.search(before[: told.start()]):
        return True
    if _NONE_BEFORE.search(before) and _CALLED.match(page.text, page.words.end[hit.j - 1]):
        return True  # "No contrast allergy"
    return _NONE_HERE.search(before) is not None


def no_allergy_at_all(page: Page, hit: Hit) -> bool:
    """Whether "no allergies" is said of every substance, and not of those named after it or of all but one."""
    return _ONLY_TO.match(page.text, page.words.end[hit.j - 1]) is None


def _the_one(page: Page, hit: Hit) -> bool:
    """ "No allergies other than penicillin", "NKDA except codeine"."""
    before = text_before(page, hit)
    but = _BUT.search(before) if "llerg" in before or "NK" in before else None
    return but is not None and _NONE_BUT.search(before[: but.start()]) is not None


def say_allergy(page: Page, found: Found, hit: Hit, substance: str, nsaid: bool) -> None:
    """Add an allergy, with the reaction told right before or after its name; one that is denied says so."""
    entry = found.entry("allergies")
    start, end = page.span(hit.i, hit.j)
    reaction = _reaction(page, hit)
    how: Assertion = "negated" if reaction is None and is_denied(page, hit) else "present"
    entry.say("substance", Said(substance, how, start, end))
    found.used(start, end)
    if nsaid:
        found.say("nsaid_allergy", True, how, start, end)
    if substance == "contrast":
        found.say("contrast_allergy", True, how, start, end)
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
