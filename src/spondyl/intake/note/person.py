"""Age and sex, as written at the opening of a note or beside the word patient."""

from __future__ import annotations

import re
from typing import Final

from .context import FAMILY
from .found import Found
from .lazy import Lazy
from .page import Page

_AGE_SEX: Final = Lazy(
    r"(?<![\w.])(?P<age>\d{1,3})\s*-?\s*(?:(?P<old>(?:years?|yrs?|y)\.?[\s-]*(?:/?o(?:ld)?\b\.?|of\s+age)|y/?o\b|yo\b|yrs?\b|y(?=[fm]\b|\b))[\s,-]*)?"
    r"(?:(?P<adj>(?:(?:[a-z]+-)?handed|white|black|caucasian|african[\s-]american|hispanic|asian|pleasant|obese|elderly|married|retired|healthy|previously\s+\w+|right|left|very)[\s,-]+){0,4})"
    r"(?P<sex>woman|female|lady|gentlewoman|girl|man|male|gentleman|boy|[fm])?(?![a-z0-9/]|\.\w)(?!\s*(?:/|ago\b|prn|%))",
    re.IGNORECASE,
)
_AGED: Final = Lazy(r"\b(?:aged?|age\s*[:=]?)\s*(?P<age>\d{1,3})(?!\w|[-/.]\d)", re.IGNORECASE)
_SEX_AGE: Final = Lazy(
    r"\b(?P<sex>female|male|woman|man|[FM])\s*[,/]?\s*(?P<age>\d{2,3})\s*(?:y/?o\b|y\b|years?\b|yrs?\b)", re.IGNORECASE
)
_SEX: Final = Lazy(r"\b(?:sex|gender)\s*[:=]\s*(?P<sex>female|male|f|m)\b", re.IGNORECASE)
_WORD: Final = Lazy(r"\b(?P<sex>female|woman|lady|gentleman|male|man)\b", re.IGNORECASE)
# "MS Contin" and "MS since 2010" are no title.
_TITLE: Final = Lazy(
    r"\b(?P<sex>mr|mrs|miss|(?-i:[Mm]s(?=\.?\s+[A-Z])|MS(?=\.\s)))\.?\s+(?!contin\b)[A-Za-z]", re.IGNORECASE
)
_PRONOUN: Final = Lazy(r"(?<![\w'])(?P<sex>she|he|herself|himself|her|his)(?![\w'])", re.IGNORECASE)
_OTHER_NUMBER: Final = Lazy(
    r"\b(?:t|temp(?:erature)?|tmax|febrile|fevers?|walks?|walking|distance|within|after)\s*(?:of|to|at|is|was|up to|about|only|[:=])?\s*$",  # noqa: E501
    re.IGNORECASE,
)
_FEMALE: Final = frozenset("woman female lady gentlewoman girl f mrs ms miss she her herself".split())


def read_person(page: Page, found: Found) -> None:
    """Add age and sex."""
    age = _age(page, found)
    for pattern in (_SEX, _WORD, _TITLE):
        if _said_sex(page, found, age):
            return
        for match in pattern.finditer(page.text):
            i, j = page.words.slice(match.start(), match.end())
            if j <= i or page.context.has(i, j, FAMILY) or page.section[i] == "family":
                continue
            _sex(found, match)
            return
    if not _said_sex(page, found, age):
        _pronoun(page, found)


def _said_sex(page: Page, found: Found, age: re.Match[str] | None) -> bool:
    if age is not None and age["sex"]:
        _sex(found, age)
        return True
    return False


def _age(page: Page, found: Found) -> re.Match[str] | None:
    for match in page.marks.tries(_AGE_SEX, page.marks.numbers):
        if not match["old"] and not (
            match["sex"] and page.text[match.end("age") : match.start("sex")].strip(" -") == ""
        ):
            continue
        short = match["old"] is None or match["old"].strip().lower() in ("y", "yr", "yrs", "years", "year")
        if short and not match["sex"]:
            continue
        if _take(page, found, match):
            return match
    for pattern in (_SEX_AGE, _AGED):
        for match in pattern.finditer(page.text):
            if _take(page, found, match):
                return match if pattern is _SEX_AGE else None
    return None


def _take(page: Page, found: Found, match: re.Match[str]) -> bool:
    years = int(match["age"])
    if _OTHER_NUMBER.search(page.text[max(0, match.start() - 20) : match.start()]) or _is_unit(page.text, match):
        return False
    i, j = page.words.slice(match.start(), match.end())
    if not 0 < years <= 115 or j <= i or page.context.has(i, j, FAMILY) or page.section[i] == "family":
        return False
    end = match.end("age") if match.lastgroup == "age" else match.end()
    while end > match.start() and page.text[end - 1].isspace():
        end -= 1
    found.say("age_years", years, "present", match.start(), end)
    found.used(match.start(), end)
    return True


def _is_unit(text: str, match: re.Match[str]) -> bool:
    """ "Walks 50 m": a small letter after a space is a unit, unless years stand beside it or a line begins so."""
    if not text[: match.start()].rstrip(" ") or text[: match.start()].rstrip(" ").endswith("\n"):
        return False
    named = match.groupdict()
    sex = named.get("sex")
    return bool(sex in ("m", "f") and not named.get("old") and match[0].rstrip().endswith(f" {sex}"))


def _sex(found: Found, match: re.Match[str]) -> None:
    value = "female" if match["sex"].lower() in _FEMALE else "male"
    found.say("sex", value, "present", match.start("sex"), match.end("sex"))


def _pronoun(page: Page, found: Found) -> None:
    """A note that speaks of the patient as "she" throughout says the sex."""
    count = {"female": 0, "male": 0}
    place: dict[str, re.Match[str]] = {}
    for match in _PRONOUN.finditer(page.text):
        i, j = page.words.slice(match.start(), match.end())
        if j <= i or page.section[i] == "family" or page.context.has(i, j, FAMILY):
            continue
        value = "female" if match["sex"].lower() in _FEMALE else "male"
        count[value] += 1
        place.setdefault(value, match)
    few, many = sorted(count.values())
    if many >= 1 and few == 0:
        _sex(found, place["female" if count["female"] else "male"])
