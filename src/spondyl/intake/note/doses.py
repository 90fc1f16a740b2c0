"""How much of a medicine, how often, by which route and in which release, from the words behind its name."""

from __future__ import annotations

import re
from typing import Final

from spondyl.record.facts import Assertion

from .found import EntryFound, Found, Said
from .lazy import Lazy
from .page import Page
from .phrases import Hit

_DOSE: Final = Lazy(
    r"(?<![\w.#])(?P<n>\d+(?:\.\d+)?)(?:\s*[-\u2013]\s*(?P<n2>\d+(?:\.\d+)?))?(?:\s*/\s*\d+(?:\.\d+)?)?\s*-?(?:(?P<unit>mg|mgs|milligram(?:me)?s?|mcg|mcgs|microgram(?:me)?s?|µg|μg|ug|g|gm|gram(?:me)?s?|units?|iu|ml|mls|millilit(?:er|re)s?|puffs?)\b)?"
    r"(?P<per>\s*(?:/|per|an)\s*(?:h|hr|hour)\b)?",
    re.IGNORECASE,
)
_UNITS: Final = {
    **dict.fromkeys(("mg", "milligram"), "mg"),
    **dict.fromkeys(("mcg", "microgram", "µg", "μg", "ug"), "mcg"),
    **dict.fromkeys(("g", "gm", "gram"), "g"),
    **dict.fromkeys(("ml", "milliliter", "millilitre"), "ml"),
    **dict.fromkeys(("unit", "iu"), "units"),
    "puff": "puff",
}
_WORDS: Final = {
    word: n
    for n, name in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
    for word in (name, str(n))
}
_COUNT: Final = r"(one|two|three|four|five|six|[1-6])"
_OFTEN: Final[tuple[tuple[Lazy, float | None], ...]] = tuple(
    (Lazy(pattern, re.IGNORECASE), number)
    for pattern, number in (
        (r"\bq\.?\s?(\d+)(?:\s*-\s*(\d+))?\s?(?:h\b|hrs?\b|hours?\b|\.?h\.)", None),
        # "q4 prn", "q6-8": hours, where no other unit follows
        (r"\bq\s?(3|4|6|8|12)(?:\s*-\s*(4|6|8|12))?(?![\w/.-]*\d|\s*-?\s*(?:d|w|m|y)[a-z]*\b)(?!\w)", None),
        (r"\bevery\s+(\d+|four|six|eight|twelve)(?:\s*(?:-|to)\s*(\d+|six|eight))?\s*(?:h\b|hrs?\b|hours?\b)", None),
        (
            r"\b(?:qid|q\.i\.d\.?|qds|q\.d\.s\.?)\b|\b(?:four|4)\s*(?:times|x)\s*/?\s*(?:a|per|each)?\s*(?:day|daily)",
            4,
        ),
        (
            r"\b(?:tid|t\.i\.d\.?|tds|t\.d\.s\.?)\b|\b(?:three|3)\s*(?:times|x)\s*/?\s*(?:a|per|each)?\s*(?:day|daily)|\bthrice\s+(?:daily|a\s+day)",
            3,
        ),
        (
            r"\b(?:bid|b\.i\.d\.?|bd|b\.d\.?)\b|\b(?:twice|two\s+times|2\s*times|2\s*x)\s*/?\s*(?:a|per|each)?\s*(?:day|daily)|\b(?:morning|am)\s+and\s+(?:night|evening|pm|bedtime)",
            2,
        ),
        (r"\b(?:five|5)\s*(?:times|x)\s*/?\s*(?:a|per|each)?\s*(?:day|daily)", 5),
        (
            r"\b(?:qd|q\.?d\.?|od|o\.d\.|qhs|q\.h\.s\.?|hs|nightly|nocte|on(?=\s*[,;.)])|mane|om(?=\s*[,;.)])|q\.?\s?daily|qam|qpm|daily|(?:once|one\s+time)\s+(?:a\s+day|daily)|(?:at|each|every)\s+(?:bedtime|night|morning)|in\s+the\s+(?:morning|evening)|a\s+day|every\s+(?:day|evening)|per\s+day)(?!\w)",
            1,
        ),
        (
            r"\b(?:weekly|(?:once|one\s+time)\s+(?:a|per|each|every)\s+week|(?:every|each|per)\s+week|q\.?\s?week)\b",
            1 / 7,
        ),
        (
            r"(?<![\d/.-])\b(?:(?P<count>two|three|four|five|six|[2-8])\s*(?:tabs?|tablets?|caps?|capsules?|pills?)?\s*(?:a|per|each|/)\s*day|(?P<words>two|three|four|five|six)\s+(?:(?:tabs?|tablets?|caps?|capsules?|pills?)\s+)?daily)\b",
            0,
        ),
        (r"\b(?:every\s+other\s+day|alternate\s+days?|qod)\b", 0.5),
    )
)
_HOURS: Final = {"four": 4, "six": 6, "eight": 8, "twelve": 12}
PRN: Final = Lazy(
    r"\b(?:prn|p\.r\.n\.?|as\s+(?:needed|required)|(?:when|if)\s+(?:needed|required)|now\s+and\s+then|occasional(?:ly)?|sometimes|from\s+time\s+to\s+time|for\s+breakthrough|on\s+demand|sparingly)",
    re.IGNORECASE,
)
_UPTO: Final = Lazy(
    r"\b(?:up\s+to|max(?:imum)?(?:\s+(?:of|is))?|(?:no|not)\s+more\s+than|at\s+most|not\s+(?:to\s+)?exceed(?:ing)?|limit(?:ed)?(?:\s+(?:to|of))?)\s*:?\s*"
    r"(?P<most>one|two|three|four|five|six|seven|eight|nine|ten|twelve|1[0-2]|[1-9])(?!\.?\d)"
    r"\s*(?:times|x|tablets?|tabs?|capsules?|caps?|pills?|doses?)?\s*(?:/|a\b|per\b|each\b|every\b|in\b(?:\s+(?:a|any|each))?)?\s*(?:day|daily|d\b|24\s*(?:-?\s*h|hr|hours?)\b)",
    re.IGNORECASE,
)
# "Not to exceed 3 g daily": a limit of weight says nothing of how often.
_LIMIT: Final = Lazy(
    r"\b(?:up\s+to|max(?:imum)?(?:\s+of)?|(?:no|not)\s+more\s+than|not\s+(?:to\s+)?exceed(?:ing)?|limit(?:ed)?(?:\s+to)?)\s*:?\s*\d[\d,.]*\s*(?:mg|mcg|g|gm|grams?)\b\s*(?:/|a|per|each|in)?\s*(?:day|daily|d\b|24\s*(?:h|hr|hours?)\b)",
    re.IGNORECASE,
)
# Tablets that a bare number names: "Norco 5 prn", "Tylenol 650 prn"; "Tylenol 2 prn" are two tablets.
_STRENGTHS: Final[dict[str, frozenset[float]]] = {
    "opioid": frozenset((2.5, 5, 7.5, 10, 15, 20, 30)),
    "analgesic": frozenset((325, 500, 650, 1000)),
    "nsaid": frozenset((200, 220, 250, 375, 400, 500, 550, 600, 800)),
    "muscle_relaxant": frozenset((10, 250, 350, 500, 750, 800)),
    "benzodiazepine": frozenset((5, 10, 15, 30)),
    "gabapentinoid": frozenset((25, 50, 75, 100, 150, 200, 225, 300, 400, 600, 800)),
}
_NO_STRENGTHS: Final[frozenset[float]] = frozenset()
_KNOWN: Final = Lazy(
    r"\s*(?:[/+-]?\s*(?:apap|acetaminophen)\s*)?(?:\d+(?:\.\d+)?\s*[/-]\s*(?:300|325|500|650)|75|81|325)\b(?!\s*(?:tab|cap|/|-|weeks|days))",
    re.IGNORECASE,
)
_BESIDE: Final = Lazy(r"\d+(?:\.\d+)?\s*[/-]\s*(?:300|325|500|650)\b")
_SALT: Final = r"\s*(?:hydrochloride|hcl|sulfate|sulphate|phosphate|succinate|tartrate|sodium|potassium|calcium)?"
_LONG: Final = (
    r"(?:ER|XR|SR|CR|LA|MR|XL|(?:extended|slow|sustained|modified|controlled|prolonged)[\s-]+release|long[\s-]acting)"
)
_SHORT: Final = r"(?:IR|(?:immediate|instant|normal)[\s-]+release|short[\s-]acting)"
_RELEASED: Final = Lazy(
    rf"{_SALT}[\s(-]*(?:\d[\d.]*\s*(?:mg|mcg)\s+)?(?:(?P<long>{_LONG})|(?P<short>{_SHORT}))\b", re.IGNORECASE
)
_RELEASES: Final = Lazy(rf"\b(?:(?P<long>{_LONG})|(?P<short>{_SHORT}))\s+$", re.IGNORECASE)
_ROUTE: Final = Lazy(
    r"\b(?:(?P<oral>po|p\.o\.|by\s+mouth|orally|oral)|(?P<intravenous>iv|i\.v\.|intravenous(?:ly)?)|(?P<sublingual>sl|sublingual(?:ly)?)"
    r"|(?P<buccal>buccal(?:ly)?)|(?P<nasal>nasal(?:ly)?|intranasal(?:ly)?)|(?P<rectal>rectal(?:ly)?|suppositor\w+)"
    r"|(?P<injection>im|i\.m\.|intramuscular(?:ly)?|sc|sq|s/c|subq|subcut\w*|injections?)|(?P<intrathecal>intrathecal(?:ly)?)"
    r"|(?P<topical>topical(?:ly)?|gel|cream|ointment))\b",
    re.IGNORECASE,
)
_ROUTE_BEFORE: Final = Lazy(
    r"\b(?:(?P<oral>oral|po)|(?P<intravenous>iv|intravenous)|(?P<intrathecal>intrathecal|it)|(?P<topical>topical)|(?P<nasal>intranasal)|(?P<injection>im|subcutaneous))\s+$",
    re.IGNORECASE,
)
_ON_THE_SKIN: Final = Lazy(
    r"\s*(?:\d[\d.]*\s*%\s*)?(?:gel|cream|ointment|topical(?:ly)?|emulgel|lotion|spray)\b", re.IGNORECASE
)


def on_the_skin(page: Page, hit: Hit) -> bool:
    """Whether a name is that of a gel or cream: "ibuprofen gel", "topical diclofenac"."""
    if hit.i and page.words.norm[hit.i - 1] == "topical":
        return True
    return _ON_THE_SKIN.match(page.text, page.words.end[hit.j - 1]) is not None


def release_of(page: Page, hit: Hit) -> tuple[str, int, int] | None:
    """How a tablet releases what it holds, and where that is said."""
    start, end = page.span(hit.i, hit.j)
    told = hit.entry.get("release")
    if told:
        return str(told), start, end
    after = _RELEASED.match(page.text, end)
    if after is not None:
        kind = "long" if after["long"] else "short"
        return ("extended" if after["long"] else "immediate"), after.start(kind), after.end(kind)
    before = _RELEASES.search(page.text, max(0, start - 24), start)
    if before is not None:
        kind = "long" if before["long"] else "short"
        return ("extended" if before["long"] else "immediate"), before.start(kind), before.end(kind)
    return None


def is_as_needed(after: str) -> bool:
    """Whether the words behind a name say that it is taken as needed."""
    return PRN.search(after) is not None


def has_frequency(after: str) -> bool:
    """Whether the words behind a name say how often it is taken."""
    return any(pattern.search(after) for pattern, _ in _OFTEN)


def say_dosing(
    page: Page, found: Found, entry: EntryFound, hit: Hit, how: Assertion, stretch: tuple[int, int], drug: str
) -> None:
    """Add dose, unit, times, route and release."""
    text, (low, high) = page.text, stretch
    after = text[low:high]
    upto = _UPTO.search(after)
    most = upto or _LIMIT.search(after)
    often, place = _often(after if most is None else after[: most.start()], low)
    prn = PRN.search(after)
    dose = _dose(after, often is not None, page.section[hit.i] == "medications")
    if dose is None and prn is not None:
        strengths = _STRENGTHS.get(str(hit.entry.get("class")), _NO_STRENGTHS)
        strength = _dose(after, True, False) if strengths else None
        dose = strength if strength is not None and float(strength["n"]) in strengths else None
    if dose is None and (hit.entry.get("class") == "opioid" or drug == "aspirin"):  # "Norco 7.5/325", "ASA 81"
        known = _KNOWN.match(after)
        dose = _dose(after, True, False) if known else None
    if dose is not None and entry.get("dose") is None:
        at = (low + dose.start(), low + dose.end())
        entry.say("dose", Said(number(dose["n"]), how, *at))
        found.used(*at)
        unit = (dose["unit"] or "").lower().rstrip("s")
        name = _UNITS.get(unit.removesuffix("me"))
        patch = "patch" in after.lower()[:60]
        if name == "mcg" and (dose["per"] or (patch and drug in ("fentanyl", "buprenorphine"))):
            name = "mcg_h"
        if name is None and hit.entry.get("class") == "opioid" and _BESIDE.match(text, dose.start() + low):
            name = "mg"  # "10/325": tablets with acetaminophen are labeled in milligrams
        if name:
            entry.say("unit", Said(name, how, *at))
    _way(page, entry, hit, how, (low, high))
    if prn:
        entry.say("as_needed", Said(True, how, low + prn.start(), low + prn.end()))
    if upto:
        entry.say("max_per_day", Said(_WORDS[upto["most"].lower()], how, low + upto.start(), low + upto.end()))
    elif often is not None:
        entry.say("max_per_day" if prn else "times_per_day", Said(tidy(often), how, *place))
    if often is not None:
        found.used(*place)


def _often(after: str, low: int) -> tuple[float | None, tuple[int, int]]:
    """The first word for how often, and its place: "15 mg weekly, folic acid daily" is once a week."""
    best: tuple[int, int, float | None] | None = None
    for pattern, times in _OFTEN:
        match = pattern.search(after)
        if match is None or (best is not None and best[0] <= match.start()):
            continue
        if times == 0:
            times = float(_WORDS[(match["count"] or match["words"]).lower()])
        if times is None:
            hours = float(_HOURS.get(match[1].lower(), 0) or match[1])
            times = 24 / hours if hours else None
        best = (match.start(), match.end(), times)
    return (best[2], (low + best[0], low + best[1])) if best is not None else (None, (low, low))


def _way(page: Page, entry: EntryFound, hit: Hit, how: Assertion, stretch: tuple[int, int]) -> None:
    """Route and release."""
    low, high = stretch
    patch = page.text.lower().find("patch", low, min(high, low + 60))
    if patch >= 0:
        entry.say("route", Said("transdermal", how, patch, patch + 5))
    elif entry.get("route") is None:
        start = page.words.start[hit.i]
        told = _ROUTE.search(page.text, low, min(high, low + 48)) or _ROUTE_BEFORE.search(
            page.text, max(0, start - 14), start
        )
        if told is not None and told.lastgroup:
            entry.say("route", Said(told.lastgroup, how, told.start(told.lastgroup), told.end(told.lastgroup)))
    release = release_of(page, hit)
    if release is not None:
        entry.say("release", Said(release[0], how, release[1], release[2]))


def _dose(after: str, often: bool, listed: bool) -> re.Match[str] | None:
    """The first number with a unit; a bare number only where a dose is expected."""
    bare: re.Match[str] | None = None
    joined = re.match(r"[/+-][A-Za-z]+", after)
    after = " " * joined.end() + after[joined.end() :] if joined else after
    for match in _DOSE.finditer(after[:60]):
        if match["unit"]:
            return match
        lead = after[: match.start()].strip(" ,:-")
        if (
            bare is None
            and not lead
            and (often or listed)
            and float(match["n"]) >= 1
            and not re.match(
                r"\s*(?:tabs?|tablets?|caps?|/|%|(?:weeks?|months?|days?)\b|times|x\b)",
                after[match.end() :],
                re.IGNORECASE,
            )
        ):
            bare = match
    return bare


def number(written: str) -> int | float:
    """A written number, whole where it is whole."""
    return tidy(float(written))


def tidy(value: float) -> int | float:
    """A number for people: whole, or with two places."""
    return int(value) if value == int(value) else round(value, 2)
