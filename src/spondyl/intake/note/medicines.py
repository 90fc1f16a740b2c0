"""Medicines taken now: ingredient, dose, how often, how long, with what relief. What was stopped or is planned says so."""  # noqa: E501

from __future__ import annotations

import re
from typing import Final

from spondyl.record.facts import Assertion, JsonValue

from .allergies import is_allergic, say_allergy, text_before
from .found import EntryFound, Found, Said
from .lazy import Lazy
from .page import Page
from .phrases import Hit
from .relief import relief_in
from .times import Time, weeks
from .tried import NOT_TRIED, TRIED, failure_before, is_tried, tried_after

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
    word: n for n, name in enumerate("one two three four five six".split(), start=1) for word in (name, str(n))
}
_COUNT: Final = r"(one|two|three|four|five|six|[1-6])"
_OFTEN: Final[tuple[tuple[Lazy, float | None], ...]] = tuple(
    (Lazy(pattern, re.IGNORECASE), number)
    for pattern, number in (
        (r"\bq\.?\s?(\d+)(?:\s*-\s*(\d+))?\s?(?:h\b|hrs?\b|hours?\b|\.?h\.)", None),
        (r"\bevery\s+(\d+|four|six|eight|twelve)(?:\s*(?:-|to)\s*(\d+|six|eight))?\s*(?:h\b|hrs?\b|hours?\b)", None),
        (r"\b(?:qid|q\.i\.d\.?|qds)\b|\b(?:four|4)\s+times\s+(?:a|per|each)?\s*(?:day|daily)", 4),
        (r"\b(?:tid|t\.i\.d\.?|tds|tid\b)|\b(?:three|3)\s+times\s+(?:a|per|each)?\s*(?:day|daily)|\bthrice\s+daily", 3),
        (r"\b(?:bid|b\.i\.d\.?|bd)\b|\b(?:twice|two\s+times|2\s+times|2x)\s*/?\s*(?:a|per|each)?\s*(?:day|daily)", 2),
        (r"\b(?:five|5)\s+times\s+(?:a|per|each)?\s*(?:day|daily)", 5),
        (
            r"\b(?:qd|q\.?d\.?|od|o\.d\.|qhs|q\.h\.s\.?|hs|nightly|nocte|q\.?\s?daily|qam|qpm|daily|(?:once|one\s+time)\s+(?:a\s+day|daily)|(?:at|each|every)\s+(?:bedtime|night|morning)|a\s+day|every\s+day|per\s+day)(?!\w)",
            1,
        ),
    )
)
_HOURS: Final = {"four": 4, "six": 6, "eight": 8, "twelve": 12}
_PRN: Final = Lazy(
    r"\b(?:prn|p\.r\.n\.?|as\s+(?:needed|required)|when\s+needed|now\s+and\s+then|occasional(?:ly)?|sometimes|from\s+time\s+to\s+time|for\s+breakthrough)",
    re.IGNORECASE,
)
_UPTO: Final = Lazy(
    r"\b(?:up\s+to|max(?:imum)?(?:\s+of)?)\s+"
    + _COUNT
    + r"\s*(?:times|x|tablets|tabs|/)?\s*(?:a|per|each)?\s*(?:day|daily|d\b)",
    re.IGNORECASE,
)
# A name that is no known medicine, with a dose of its own, ends the entry before it.
_OTHER: Final = Lazy(
    r"[,;\n]\s*(?:and\s+)?(?!(?:dose|daily|twice|three|four|once|tabs?|tablets?|caps?|capsules?|about|approx\w*|then|plus|times|every|max\w*|with|taking|usually|increased|reduced|total|currently|from|started|since|last|first|morning|evening|night|nightly|bedtime|breakthrough|long|short|extended|patch|gives?|helps?|relief|pain|score|less|more|over|under|only|takes?|also|now)\b)[A-Za-z][A-Za-z-]{3,}\s+\d+(?:\.\d+)?\s*(?:mg|milligrams?|mcg|micrograms?|g|ml|units?|iu)\b",
    re.IGNORECASE,
)
_STOP: Final = Lazy(
    r"\b(?:stop(?:ped)?|d/c'?d?|discontinu(?:e|ed|ing)|no\s+longer\s+(?:taking|on)|weaned\s+off|came\s+off|held|quit|finished|completed)\b",
    re.IGNORECASE,
)
_STRENGTHS: Final = frozenset((2.5, 5.0, 7.5, 10.0, 15.0, 20.0, 30.0))
_HARM: Final = Lazy(
    r"\b(?:upsets?|upset|bothers?|hurts?)\s+(?:his|her|the|my)\s+(?:stomach|gut|tummy)|\bgi\s+(?:upset|intolerance)|\bnot\s+tolerated|\bintoleran|\bcould\s?n[o']t\s+tolerate|\bside\s+effects?|\bmade\s+(?:him|her)\s+(?:sick|drowsy|sleepy|nauseated|dizzy)|\bcaused\s+(?:nausea|sedation|dizziness|rash)|\bgastritis|\bdyspepsia",
    re.IGNORECASE,
)
_KEEP: Final = Lazy(
    r"\b(?:continu\w*|cont\.?|remain\w*\s+on|keep\w*|taking|takes|maintained|refill\w*|currently|already)\b[^.;]{0,200}$",
    re.IGNORECASE,
)
_ASKED: Final = Lazy(
    r"\b(?:ask(?:s|ed|ing)?|enquir\w+|inquir\w+|wonder\w*|wants\s+to\s+know|question(?:s|ed)?|unsure|advice\s+on)\s+(?:\w+\s+){0,2}?(?:whether|if|about|when|what)\b[^.;]{0,60}$"
    r"|\b(?:can|may|could|should|might)\s+(?:i|she|he|they|we)\s+(?:also\s+)?(?:take|use|have|try|start|restart|resume)\s+(?:\w+\s+){0,2}$"
    r"|\b(?:is|would)\s+(?:it\s+)?(?:be\s+)?(?:ok|okay|safe|all\s+right|alright|fine)\s+to\s+(?:take|use|start|restart)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_TYPE: Final = {
    "nsaid": "nsaid",
    "gabapentinoid": "gabapentinoid",
    "snri": "snri",
    "ssri": "snri",
    "tca": "tca",
    "muscle_relaxant": "muscle_relaxant",
    "opioid": "opioid",
    "analgesic": "acetaminophen",
    "topical": "topical",
}
_NOT_ON: Final = Lazy(
    r"(?:\bnot|n't|n\u2019t|\bnever(?:\s+been)?)\s+(?:\w+ly\s+)?(?:on|taking|using)\s+(?:(?:any|a|an|daily|regular|other|low[\s-]dose|baby)\s+){0,2}$",
    re.IGNORECASE,
)
_LOW_DOSE: Final = Lazy(r"\b(?:low[\s-]dose|baby|mini|cardiac|junior|children'?s|prophylactic)\s+$", re.IGNORECASE)
_SKIP: Final = frozenset(("family", "return", "risks"))


def read_medicines(page: Page, found: Found) -> None:
    """Add medicines, allergies and the flags of their classes."""
    held: dict[str, EntryFound] = {}
    hits = page.of("drug")
    listed: dict[int, int] = {}
    for number, hit in enumerate(hits):
        section = page.section[hit.i]
        _, end = page.span(hit.i, hit.j)
        if section in _SKIP or _is_level(page, hit):
            continue
        if section == "allergies" or is_allergic(page, hit):
            nsaid = hit.entry.get("class") == "nsaid" or hit.entry["drug"] == "aspirin"
            say_allergy(page, found, hit, hit.entry["drug"], nsaid)
            continue
        after = number + 1
        while after < len(hits) and _joined(page, hits[after - 1], hits[after]):
            after += 1
        following = hits[after].i if after < len(hits) else len(page.words.norm)
        stretch = _stretch(page, hit, following)
        if number and _joined(page, hits[number - 1], hit):
            stretch = (stretch[0], stretch[0])
        _medicine(page, found, hit, stretch, held)
        if section == "medications":
            listed[hit.i] = end
    for hit in page.of("allergen"):
        if page.section[hit.i] == "allergies" or is_allergic(page, hit):
            say_allergy(page, found, hit, hit.entry["substance"], False)
    for kind, fact in (("no_medicines", "medications"), ("no_allergies", "allergies")):
        for hit in page.of(kind):
            found.say(fact, [], "present", *page.span(hit.i, hit.j))
    for hit in page.of("section"):
        if (
            listed
            and hit.entry["section"] == "medications"
            and page.heading[hit.i]
            and any(at > hit.i for at in listed)
        ):
            if {"current", "active", "list"} & set(page.words.norm[hit.i : hit.j]):
                found.say("medications", "complete", "present", *page.span(hit.i, hit.j))
            break
    for hit in page.of("drug_class"):
        _class(page, found, hit)


def _is_level(page: Page, hit: Hit) -> bool:
    """Whether "T3" is a vertebra and no tablet: another level or an operation stands in the sentence."""
    if not page.levels_in(hit.i, hit.j):
        return False
    sentence = page.words.sentence[hit.i]
    first, last = page.words.bounds[sentence]
    return len(page.levels_in(first, last)) > 1 or bool(page.by_sentence("procedure").get(sentence))


def _joined(page: Page, first: Hit, second: Hit) -> bool:
    """Whether two names are one product: "oxycodone/APAP 5/325"; the dose written is that of the first."""
    return page.words.norm[first.j : second.i] in (["/"], ["-"], ["+"])


def _stretch(page: Page, hit: Hit, following: int) -> tuple[int, int]:
    """The text that belongs to one medicine: up to the next one or the end of the sentence."""
    last = min(page.words.bounds[page.words.sentence[hit.i]][1], following)
    end = page.words.end[last - 1] if last > hit.j else page.words.end[hit.j - 1]
    start = page.words.end[hit.j - 1]
    other = _OTHER.search(page.text, start, end)
    if other is not None:
        end = other.start()
    semicolon = page.text.find(";", start, end)
    return start, semicolon if semicolon >= 0 else min(end, start + 160)


def _how(page: Page, hit: Hit) -> tuple[Assertion, str]:
    """Assertion and status of a medicine."""
    before = text_before(page, hit)
    after_start = page.words.end[hit.j - 1]
    last = page.words.bounds[page.words.sentence[hit.i]][1]
    after = page.text[after_start : min(page.words.end[last - 1], after_start + 60)]
    how = page.assertion(hit, plan=True)
    if how == "present" and _NOT_ON.search(before):
        return "negated", "taking"
    keeps = bool(_KEEP.search(before))
    if how == "planned" and keeps and not _ASKED.search(before):
        how = "present"
    if how == "present" and _ASKED.search(before):
        how = "planned"
    if page.section[hit.i] == "plan" and how == "present" and not keeps:
        how = "planned"
    if how == "historical":
        return "historical", "stopped"
    if how == "present" and (
        _STOP.search(before[-50:]) or re.match(r"[^,;]{0,25}" + _STOP.pattern, after, re.IGNORECASE)
    ):
        return "historical", "stopped"
    return how, "planned" if how == "planned" else "taking"


def _medicine(page: Page, found: Found, hit: Hit, stretch: tuple[int, int], held: dict[str, EntryFound]) -> None:
    start, end = page.span(hit.i, hit.j)
    found.used(start, end)
    before = text_before(page, hit)
    after = page.text[stretch[0] : stretch[1]]
    if NOT_TRIED.search(before):
        return
    how, status = _how(page, hit)
    if how in ("hypothetical", "family"):
        return
    kind = str(hit.entry.get("class", ""))
    harmed = _HARM.search(after)
    stop = page.words.end[page.words.bounds[page.words.sentence[hit.i]][1] - 1]
    tried = tried_after(page, hit, before)
    if (
        how in ("present", "historical")
        and page.section[hit.i] != "medications"
        and (is_tried(before) or harmed or tried or status == "stopped")
    ):
        tried_end = stretch[0] + harmed.end() if harmed else end
        if tried is not None and stretch[1] < tried.end():
            stretch = (tried.start(), min(stop, tried.end() + 60))
        _treatment(found, kind, hit.entry["drug"], start, tried_end, bool(harmed), page, stretch)
        return
    for flag in hit.entry.get("flags", ()):
        if not (flag == "nsaid_use" and _PRN.search(after)):
            found.say(flag, True, how, start, end)
    drug = hit.entry["drug"]
    entry = held.get(f"{drug} {how}")
    if entry is None:
        entry = held[f"{drug} {how}"] = found.entry("medications")
    entry.say("drug", Said(drug, how, start, end))
    if how == "planned":
        entry.say("status", Said("planned", how, start, end))
    low = _LOW_DOSE.search(before) if drug == "aspirin" and how in ("present", "negated") else None
    if low is not None:
        found.say("aspirin_low_dose", True, how, start - len(before) + low.start(), end)
    _dosing(page, found, entry, hit, how, stretch, drug)
    if how == "present":
        _course(page, found, entry, hit, stretch, kind)


def _dosing(
    page: Page, found: Found, entry: EntryFound, hit: Hit, how: Assertion, stretch: tuple[int, int], drug: str
) -> None:
    text, (low, high) = page.text, stretch
    after = text[low:high]
    often: float | None = None
    place = (low, low)
    for pattern, number in _OFTEN:
        match = pattern.search(after)
        if match is None:
            continue
        often = number
        if number is None:
            hours = float(_HOURS.get(match[1].lower(), 0) or match[1])
            often = 24 / hours if hours else None
        place = (low + match.start(), low + match.end())
        break
    prn = _PRN.search(after)
    upto = _UPTO.search(after)
    dose = _dose(after, often is not None, page.section[hit.i] == "medications")
    if dose is None and prn is not None and hit.entry.get("class") == "opioid":  # "Norco 5 prn": the opioid in it
        strength = _dose(after, True, False)
        dose = strength if strength is not None and float(strength["n"]) in _STRENGTHS else None
    if dose is not None and entry.get("dose") is None:
        at = (low + dose.start(), low + dose.end())
        entry.say("dose", Said(_number(dose["n"]), how, *at))
        found.used(*at)
        unit = (dose["unit"] or "").lower().rstrip("s")
        name = _UNITS.get(unit.removesuffix("me"))
        patch = "patch" in after.lower()[:60]
        if name == "mcg" and (dose["per"] or (patch and drug in ("fentanyl", "buprenorphine"))):
            name = "mcg_h"
        if name:
            entry.say("unit", Said(name, how, *at))
    patch_at = after.lower().find("patch", 0, 60)
    if patch_at >= 0:
        entry.say("route", Said("transdermal", how, low + patch_at, low + patch_at + 5))
    if prn:
        entry.say("as_needed", Said(True, how, low + prn.start(), low + prn.end()))
    if upto:
        entry.say("max_per_day", Said(_WORDS[upto[1].lower()], how, low + upto.start(), low + upto.end()))
    elif often is not None:
        entry.say("max_per_day" if prn else "times_per_day", Said(_tidy(often), how, *place))
    if often is not None:
        found.used(*place)


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
                r"\s*(?:tabs?|tablets?|caps?|/|weeks?|months?|days?|times|x\b)", after[match.end() :], re.IGNORECASE
            )
        ):
            bare = match
    return bare


def _course(page: Page, found: Found, entry: EntryFound, hit: Hit, stretch: tuple[int, int], kind: str) -> None:
    """Since when, and with what relief."""
    for time in _times(page, stretch):
        if time.iso is not None:
            if re.search(r"(?:since|started|start)\s*(?:in\s*)?$", page.text[stretch[0] : time.start], re.IGNORECASE):
                entry.say("since", Said(time.iso, "present", time.start, time.end, None, time.precision))
            continue
        if time.cue not in ("for", "ago") or time.unit == "hour":
            continue
        low, high = weeks(time)
        value: JsonValue = _tidy(low) if low == high else {"low": _tidy(low), "high": _tidy(high)}
        entry.say("weeks_taken", Said(value, "present", time.start, time.end, None, time.precision))
        found.used(time.start, time.end)
        if kind == "opioid":
            found.say("opioid_weeks", value, "present", time.start, time.end, None, time.precision)
        break
    relief = relief_in(page.text, *stretch)
    if relief is not None:
        value, start, end = relief
        entry.say("relief_pct", Said(value, "present", start, end))
        found.used(start, end)
        if kind == "opioid":
            found.say("opioid_relief_pct", value, "present", start, end)
    del hit


def _times(page: Page, stretch: tuple[int, int]) -> list[Time]:
    at = page.words.at(stretch[0])
    return [time for time in page.times_in(at, at + 60) if stretch[0] <= time.start and time.end <= stretch[1]]


def _treatment(
    found: Found, kind: str, drug: str, start: int, end: int, harmed: bool, page: Page, stretch: tuple[int, int]
) -> None:
    name = "tramadol" if drug == "tramadol" else _TYPE.get(kind)
    if name is None:
        return
    entry = found.entry("prior_treatments")
    entry.say("type", Said(name, "present", start, start + len(page.text[start:end])))
    if harmed:
        entry.say("adverse", Said(True, "present", start, end))
    relief = relief_in(page.text, *stretch)
    if relief is None:
        failed = failure_before(page, start)
        relief = (0, *failed) if failed else None
    if relief is not None:
        entry.say("relief_pct", Said(relief[0], "present", relief[1], relief[2]))


def _class(page: Page, found: Found, hit: Hit) -> None:
    before = text_before(page, hit)
    start, end = page.span(hit.i, hit.j)
    found.used(start, end)
    how, _ = _how(page, hit)
    if (
        NOT_TRIED.search(before)
        or how in ("hypothetical", "family", "planned", "uncertain")
        or page.section[hit.i] in (*_SKIP, "allergies", "plan")
    ):
        return
    if how == "negated":
        for flag in hit.entry.get("flags", ()):
            found.say(flag, True, "negated", start, end)
        return
    after = page.text[end : end + 60]
    if TRIED.search(before[-60:]) or _HARM.search(after):
        _treatment(
            found,
            hit.entry["class"],
            "",
            start,
            end,
            bool(_HARM.search(after)),
            page,
            (end, min(len(page.text), end + 60)),
        )
    elif (
        re.search(r"\b(?:takes?|taking|on|uses?|using)\s+(?:\w+\s+){0,2}$", before, re.IGNORECASE)
        or page.section[hit.i] == "medications"
    ):
        for flag in hit.entry.get("flags", ()):
            found.say(flag, True, how, start, end)


def _number(written: str) -> int | float:
    return _tidy(float(written))


def _tidy(number: float) -> int | float:
    return int(number) if number == int(number) else round(number, 2)
