"""Strength written as a list without a total: "IP 4/4, TA 2/2" (right and left), "R HF 3 KE 2 DF 1". It adds no fact.

"TA 4/5" alone is a grade of five, and no pair: a pair has a second number that is not five, or "R/L" in front.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from .lazy import Lazy
from .page import Page
from .phrases import Hit
from .sides import side_of

_ONE: Final = r"(?P<{0}>[0-5])(?P<{0}s>[+\u2212-](?!\s?\d))?"
_PAIR: Final = Lazy(
    r"\s*[:=]?\s*(?:\(?\s*[RL]\s*/\s*[RL]\s*\)?\s*)?"
    + _ONE.format("a")
    + r"\s*/\s*"
    + _ONE.format("b")
    + r"(?![\w/]|\.\d|\s*(?:of|mm|cm)\b)",
    re.IGNORECASE,
)
_BARE: Final = Lazy(
    r"\s*[:=]?\s*"
    + _ONE.format("a")
    + r"(?=\s*(?:$|[\s,;.)]))(?!\s*(?:/|mg|days?|weeks?|months?|years?|x\b|cm|mm|of\b|out\b|sets?\b|reps?\b|%))",
    re.IGNORECASE,
)
_GRADED: Final = Lazy(
    r"(?:\s+(?:strength|power))?(?:\s*[:=]\s*|\s+(?:(?:is|was|which|at|of|now|today|grade|graded|mrc|only|about|a)\s+){0,4})"
    + _ONE.format("a")
    + r"(?=\s*(?:$|[,;)]|\.(?!\d)|(?:on|in|at)\s+the\b|bilat|both|and\b|with\b|but\b))",
    re.IGNORECASE,
)
_OF: Final = Lazy(
    r"\b(?:grade|mrc|power|strength)\s*(?:grade\s*)?(?:(?:of|is|was|at|only|about)\s+){0,2}[:=]?\s*"
    + _ONE.format("a")
    + r"\s+(?:power\s+|strength\s+|weakness\s+)?(?:in|at|of|for|on|with)\s+",
    re.IGNORECASE,
)
_AGAINST: Final = Lazy(
    r"\s*[:=]?\s*(?:is\s+|was\s+)?"
    + _ONE.format("a")
    + r"\s*(?:,|;|vs\.?|versus|against|\()\s*(?P<side>left|right|l|r|lt|rt)\s+(?:side\s+|is\s+|was\s+)?"
    + _ONE.format("b")
    + r"(?=\s*(?:$|[,;)]|\.(?!\d)|and\b))",
    re.IGNORECASE,
)
_COLUMNS: Final = Lazy(
    r"(?:^|[\s|:(])(r|rt|right)(?:\s+side)?[ \t|/,&]+(l|lt|left)(?:\s+side)?[ \t|):.]*$"
    r"|(?:^|[\s|:(])(l|lt|left)(?:\s+side)?[ \t|/,&]+(r|rt|right)(?:\s+side)?[ \t|):.]*$",
    re.IGNORECASE | re.MULTILINE,
)
_ROW: Final = Lazy(
    r"(?:[ \t]*\([^)\n]{1,24}\))?[ \t|:.]*"
    + _ONE.format("a")
    + r"(?:[ \t]*/[ \t]*5)?[ \t|,]+"
    + _ONE.format("b")
    + r"(?:[ \t]*/[ \t]*5)?[ \t|.]*$",
    re.MULTILINE,
)
_ORDER: Final = Lazy(r"\b(r|right|l|left)\s*/\s*(r|right|l|left)\b", re.IGNORECASE)
_TITLES: Final = frozenset("power motor strength mrc myotome myotomes".split())
_LEAST: Final = 3
_STEP: Final = 0.3
_ROWS: Final = 2
_ABOVE: Final = 400
_BESIDE: Final = 5


@dataclass(slots=True)
class Listed:
    """One muscle of a list: its grade by side ("", when it is not told which), and its place."""

    muscle: Hit
    grades: tuple[tuple[str, float], ...]
    start: int
    end: int


def power_lists(page: Page) -> list[Listed]:
    """The muscles of a note that are graded in lists without a total."""
    told: list[Listed] = []
    for sentence, muscles in page.by_sentence("muscle").items():
        told += (
            _pairs(page, sentence, muscles)
            or _bare(page, sentence, muscles)
            or _single(page, sentence, muscles)
            or _against(page, muscles)
        )
    return _table(page) or told


def rows(listed: list[Listed]) -> list[tuple[int, int, float, Hit | None, str | None]]:
    """Each grade of the lists by itself: its place, the grade, the muscle and the side."""
    return [(one.start, one.end, value, one.muscle, side or None) for one in listed for side, value in one.grades]


def _value(match: re.Match[str], name: str) -> float:
    sign = (match[name + "s"] or "").strip()
    value = float(match[name])
    return value + (0 if not sign else _STEP if sign == "+" else -_STEP)


def _pairs(page: Page, sentence: int, muscles: list[Hit]) -> list[Listed]:
    first, last = page.words.bounds[sentence]
    stop = page.words.end[last - 1]
    found = []
    for hit in muscles:
        if hit.entry.get("root"):
            continue
        match = _PAIR.match(page.text, page.words.end[hit.j - 1], stop)
        if match is not None:
            found.append((hit, match))
    if not found:
        return []
    by_total = all(match["b"] == "5" and not match["bs"] for _, match in found)
    ends = min(match.start() for _, match in found) if by_total else stop
    order = _ORDER.search(page.text, max(0, page.words.start[first] - 24), ends)
    if by_total and (order is None or order[1][0].lower() == order[2][0].lower()):
        return []
    sides = (order[1][0].upper(), order[2][0].upper()) if order is not None else ("", "")
    told = []
    for hit, match in found:
        a, b = _value(match, "a"), _value(match, "b")
        if a < 5 and b < 5:
            grades: tuple[tuple[str, float], ...] = (("both", min(a, b)),)
        else:
            grades = ((sides[0], a), (sides[1], b))
        told.append(Listed(hit, grades, match.start("a"), match.end()))
    return told


def _bare(page: Page, sentence: int, muscles: list[Hit]) -> list[Listed]:
    """ "Power: R HF 3 KE 2 DF 1": three muscles or more, each with a number, behind the word for strength or a side."""
    first, last = page.words.bounds[sentence]
    named = [hit for hit in muscles if not hit.entry.get("general") and not hit.entry.get("root")]
    if len(named) < _LEAST:
        return []
    stop = page.words.end[last - 1]
    told = []
    for hit in named:
        match = _BARE.match(page.text, page.words.end[hit.j - 1], stop)
        if match is not None:
            side = side_of(page, hit.i, hit.j, 1) or _side_ahead(page, hit.i, first) or ""
            told.append(Listed(hit, ((side, _value(match, "a")),), match.start("a"), match.end()))
    if len(told) < _LEAST:
        return []
    sided = all(side for one in told for side, _ in one.grades)  # "Now R HF 2 KE 2 DF 1": a side stands for the title
    return told if _titled(page, first, named[0].i) or sided else []


def _single(page: Page, sentence: int, muscles: list[Hit]) -> list[Listed]:
    """ "Left EHL strength is 4", "grade 3 power in the quadriceps": a grade that names no total, behind its word."""
    first, last = page.words.bounds[sentence]
    if _TITLES.isdisjoint(page.words.norm[first:last]) and "grade" not in page.words.norm[first:last]:
        return []
    stop = page.words.end[last - 1]
    named = [hit for hit in muscles if not hit.entry.get("general") and not hit.entry.get("root")]
    told = []
    for hit in named:
        end = page.words.end[hit.j - 1]
        match = _GRADED.match(page.text, end, stop)
        if match is not None:
            told.append(_listed(page, hit, match, first))
    if told or not named:
        return told
    for match in _OF.finditer(page.text, page.words.start[first], stop):
        _, j = page.words.slice(match.start(), match.end())
        near = next((one for one in named if 0 <= one.i - j <= _BESIDE), None)
        if near is not None and "," not in page.words.norm[j : near.i]:
            told.append(_listed(page, near, match, first))
    return told


def _against(page: Page, muscles: list[Hit]) -> list[Listed]:
    """ "Hip flexion and knee extension 4-, left 5": a grade, and that of the other side, which is full."""
    told = []
    for at, hit in enumerate(muscles):
        if hit.entry.get("general") or hit.entry.get("root"):
            continue
        match = _AGAINST.match(page.text, page.words.end[hit.j - 1])
        if match is None or (match["b"], match["bs"]) != ("5", None):
            continue
        side, other = ("R", "L") if match["side"][0].lower() == "l" else ("L", "R")
        grades = ((side, _value(match, "a")), (other, _value(match, "b")))
        told.append(Listed(hit, grades, match.start("a"), match.end()))
        before = muscles[at - 1] if at else None
        if before is not None and page.words.norm[before.j : hit.i] == ["and"] and not before.entry.get("general"):
            told.append(Listed(before, grades, match.start("a"), match.end()))
    return told


def _listed(page: Page, hit: Hit, match: re.Match[str], first: int) -> Listed:
    after = page.words.slice(match.start(), match.end())[1]
    side = side_of(page, hit.i, hit.j, 2) or side_of(page, after - 1, after, 3) or _side_ahead(page, hit.i, first) or ""
    return Listed(hit, ((side, _value(match, "a")),), match.start("a"), match.end("as" if match["as"] else "a"))


def _table(page: Page) -> list[Listed]:
    """A table with a column for each side: "Power: R L", and a line for each muscle below."""
    found = []
    for hit in page.of("muscle"):
        if page.words.line_start[hit.i] or (hit.i and not page.words.norm[hit.i - 1].isalnum()):
            end = page.words.end[hit.j - 1]
            match = _ROW.match(page.text, end)
            if match is not None and (match["b"] != "5" or "/" not in match[0] or match[0].count("/") > 1):
                found.append((hit, match))
    if len(found) < _ROWS:
        return []
    top = page.words.start[found[0][0].i]
    heads = list(_COLUMNS.finditer(page.text, max(0, top - _ABOVE), top))
    if not heads:
        return []
    first, second = ("R", "L") if heads[-1][1] else ("L", "R")
    told = []
    for hit, match in found:
        a, b = _value(match, "a"), _value(match, "b")
        grades: tuple[tuple[str, float], ...] = (("both", a),) if a == b else ((first, a), (second, b))
        told.append(Listed(hit, grades, match.start("a"), match.end()))
    return told


def _titled(page: Page, first: int, i: int) -> bool:
    """Whether the list stands behind the word for strength, in its sentence or on its line."""
    line = first
    while line and not page.words.line_start[line]:
        line -= 1
    return not _TITLES.isdisjoint(page.words.norm[line:i])


def _side_ahead(page: Page, i: int, first: int) -> str | None:
    """The side that heads a part of the list: "R HF 3 KE 2; L HF 3"."""
    line = first
    while line and not page.words.line_start[line]:
        line -= 1
    for t in range(i - 1, line - 1, -1):
        word = page.words.norm[t]
        if word in ("r", "right", "rt"):
            return "R"
        if word in ("l", "left", "lt"):
            return "L"
    return None
