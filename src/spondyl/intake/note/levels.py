"""Spine levels as they are written, and as the segments they mean. A single vertebra is no segment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from .landmarks import Landmarks
from .lazy import Lazy
from .words import Words

VERTEBRAE: Final[tuple[str, ...]] = (
    *(f"C{n}" for n in range(8)),
    *(f"T{n}" for n in range(1, 13)),
    *(f"L{n}" for n in range(1, 6)),
    "S1",
)
_PLACE: Final = {name: n for n, name in enumerate(VERTEBRAE)}
_JOIN: Final = r"\s*(?:-to-|-|\u2013|\u2014|\u2212|/|\\|to|through|thru|till|down\s+to|->)\s*"
_CHAIN: Final = Lazy(
    rf"(?<![A-Za-z0-9&])([CTLSD])\s?-?(\d{{1,2}})"
    rf"((?:{_JOIN}(?:[CTLSD]\s?)?\d{{1,2}}(?![\d.]\d|\d|/\d|\s?(?:mm|cm|mg|weeks?|wks?|months?|mo|days?|years?|yrs?)\b)){{0,6}})"
    rf"(?:{_JOIN}(pelvis|ilium|iliac|sacrum|the\s+pelvis|the\s+sacrum))?(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_SPOKEN_NUMBERS: Final = {
    word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
}
_SPOKEN_WORD: Final = "|".join(_SPOKEN_NUMBERS)
_SPOKEN: Final = Lazy(
    rf"(?<![\w.])(?P<p>lumbar|cervical|thoracic|dorsal|sacral|[CTLSD])[\s-](?P<a>{_SPOKEN_WORD})\b"
    rf"(?:(?:\s*-\s*|\s+(?:to\s+|through\s+|and\s+)?|\s*/\s*)(?P<p2>lumbar\s|sacral\s|thoracic\s|[CTLSD][\s-])?(?P<b>{_SPOKEN_WORD})\b(?!\s+(?:days?|weeks?|months?|years?|out|of|times|over)))?",
    re.IGNORECASE,
)
_LINK: Final = Lazy(rf"{_JOIN}([CTLSD]?)\s?(\d{{1,2}})", re.IGNORECASE)
_ROOTS: Final = Lazy(
    r"\s*(?:(?:and|&|,|/)?\s*[CTLS]\d\s*)?(?:nerve|root|dermatom|myotom|distribution|radicul|screw|pedicle|vertebra|bod(?:y|ies)|endplate|spinous|lamina|sensation|strength|power|[0-5]/5)",
    re.IGNORECASE,
)
_WEIGHTED: Final = Lazy(r"\s*-?\s*(?:weighted|w\b|signal|hyper|hypo|sequence|flair|score|stir)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Level:
    """A level or span: `segments` "L4-L5"; a single vertebra or root has none and stands in `vertebra`."""

    start: int
    end: int
    i: int
    j: int
    segments: tuple[str, ...]
    vertebra: str | None
    region: str
    to_sacrum: bool = False
    to_pelvis: bool = False


def region_of(segment: str) -> str:
    """The region of a segment, by its upper vertebra; the lumbosacral segment counts as lumbar."""
    return {"C": "cervical", "T": "thoracic", "L": "lumbar", "S": "sacral"}[segment[0]]


def between(upper: str, lower: str) -> tuple[str, ...]:
    """The segments from one vertebra to another.

    >>> between("C5", "C7"), between("L5", "S1")
    (('C5-C6', 'C6-C7'), ('L5-S1',))
    """
    if upper not in _PLACE or lower not in _PLACE:
        return ()
    a, b = sorted((_PLACE[upper], _PLACE[lower]))
    return tuple(f"{VERTEBRAE[n]}-{VERTEBRAE[n + 1]}" for n in range(a, b))


def _vertebra(letter: str, number: int) -> str | None:
    letter = "T" if letter == "D" else letter
    if letter == "L" and number == 6:
        return "S1"
    if letter == "S" and 1 <= number <= 4:
        return "S1" if number == 1 else f"S{number}"
    if letter == "C" and number == 8:
        return "C8"
    return f"{letter}{number}" if f"{letter}{number}" in _PLACE else None


def _next(letter: str, number: int, written: str, following: int) -> str | None:
    """The vertebra a shortened end means: "L4-5", "L5-1", "C7-T1"."""
    if written:
        return _vertebra(written.upper(), following)
    same = _vertebra(letter, following)
    if following > number and same is not None:
        return same
    crossing = {"L": "S", "C": "T", "T": "L"}.get(letter)
    last = {"L": 5, "C": 7, "T": 12}.get(letter)
    if crossing and following == 1 and number == last:
        return f"{crossing}1"
    return None


def find_levels(marks: Landmarks, words: Words) -> list[Level]:
    """Every level of a note in order."""
    found: list[Level] = []
    text = marks.text
    for match in marks.tries(_CHAIN, _letters(marks)):
        if _WEIGHTED.match(text, match.end()) and match[1] in "Tt":
            continue
        if (
            match[1] in "Tt"
            and text[match.end(2) : match.end(2) + 1] == "."
            and text[match.end(2) + 1 : match.end(2) + 2].isdigit()
        ):
            continue  # a T-score: "T -1.9"
        letter = match[1].upper()
        number = int(match[2])
        first = _vertebra(letter, number)
        if first is None:
            continue
        letter = "T" if letter == "D" else letter
        chain = [first]
        end = match.end(2)
        for link in _LINK.finditer(match[3]):
            following = _next(letter, number, link[1], int(link[2]))
            if following is None:
                break
            letter, number = following[0], int(following[1:])
            chain.append(following)
            end = match.start(3) + link.end()
        pelvis = False
        if match[4] and end == match.end(3):
            end = match.end()
            chain.append("S1")
            pelvis = not match[4].lower().endswith("sacrum")
        before = found[-1] if found else None
        if before is not None and _runs_on(text, before, match, chain):
            found.pop()
            found.append(_level([before.vertebra or "", *chain], before.start, end, pelvis, words))
            continue
        found.append(_level(chain, match.start(), end, pelvis, words))
    return sorted([*found, *_spoken(marks, words)], key=lambda level: level.start)


def _runs_on(text: str, before: Level, match: re.Match[str], chain: list[str]) -> bool:
    """Whether two neighbors with only a blank between them are one segment: "L3 L4 disc", not "L5 S1 roots"."""
    return (
        before.vertebra in _PLACE
        and text[before.end : match.start()].isspace()
        and "\n" not in text[before.end : match.start()]
        and _PLACE.get(chain[0], -9) == _PLACE[before.vertebra] + 1
        and _ROOTS.match(text, match.end()) is None
    )


def _letters(marks: Landmarks) -> list[int]:
    """The places of letters that a number follows, with no more than a space and a dash between: "L4", "L -4"."""
    low = marks.low
    found: list[int] = []
    for number in marks.numbers:
        place = number - 1
        if place > 0 and low[place] == "-":
            place -= 1
        if place > 0 and low[place].isspace():
            place -= 1
        if place >= 0 and low[place] in "ctlsd":
            found.append(place)
    return found


def _spoken_begin(words: Words) -> list[int]:
    """The places of words right before a spoken number, with no more than a dash between: "L four", "L-four"."""
    spoken = words.all(_SPOKEN_NUMBERS)
    return sorted({words.start[max(0, t - back)] for t in spoken for back in (1, 2)})


def _spoken(marks: Landmarks, words: Words) -> list[Level]:
    """Levels written as they are spoken: "L four L five", "lumbar four five"."""
    found: list[Level] = []
    for match in marks.tries(_SPOKEN, _spoken_begin(words)):
        first = _vertebra(match["p"][0].upper(), _SPOKEN_NUMBERS[match["a"].lower()])
        if first is None:
            continue
        chain, end = [first], match.end("a")
        if match["b"]:
            number = _SPOKEN_NUMBERS[match["b"].lower()]
            following = _next(first[0], int(first[1:]), (match["p2"] or "").strip(" -")[:1], number)
            if following is not None:
                chain.append(following)
                end = match.end("b")
        found.append(_level(chain, match.start(), end, False, words))
    return found


def _level(chain: list[str], start: int, end: int, pelvis: bool, words: Words) -> Level:
    i, j = words.slice(start, end)
    capped = ["S1" if name[0] == "S" else name for name in chain]
    segments: list[str] = []
    for upper, lower in pairwise(capped):
        segments += [segment for segment in between(upper, lower) if segment not in segments]
    if pelvis:
        segments.append("S1-pelvis")
    name = capped[0]
    region = region_of(segments[0] if segments else name)
    low = any(vertebra[0] == "S" for vertebra in chain) and len(chain) > 1
    return Level(start, end, i, j, tuple(segments), None if segments else chain[0], region, low, pelvis)
