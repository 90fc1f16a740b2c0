"""A needle that was given more than once: the parts of a sentence that each tell of one, and the needles named by
their place in a row. It opens no entry and says no fact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from .injections import INJECTED
from .lazy import Lazy
from .page import Page
from .phrases import Hit
from .relief import relief_in
from .times import Time

_CUE: Final = Lazy(
    r"(?:\b(?:(?:a\s+|the\s+)?(?:second|2nd|third|3rd|fourth|4th|repeat(?:ed)?|another|next|last|latest)(?:\s+(?:one|injection|block|time|round|set|dose|shot))?|again|and\s+then|then)\b"
    r"|(?:#|\bno\.?\s?|\bnumber\s+)\s?[2-9]\b)\s*(?:[:(]\s*)?(?:(?!no\b|did\b|gave\b|had\b)\w+\s+){0,2}?(?:in\s+|on\s+|done\s+|from\s+)?(?:early\s+|late\s+|mid[\s-])?$",
    re.IGNORECASE,
)
_LISTED: Final = Lazy(
    r"\s*(?:[,;/]|and|&|\+|then|,\s*and)\s*(?:(?:again|then|again\s+then)\s+)?(?:in\s+|on\s+)?(?:early\s+|late\s+)?$",
    re.IGNORECASE,
)
_GOES_ON: Final = Lazy(
    r";\s*(?:and\s+|then\s+)?(?:a\s+|the\s+)?(?:second|2nd|third|3rd|fourth|4th|repeat\w*|another|again|#\s?\d|no\.?\s?\d|\d{1,2}/\d{1,4}(?:/\d{2,4})?\b)",
    re.IGNORECASE,
)
_ORDINALS: Final = {
    **dict.fromkeys(("first", "1st", "initial", "#1", "1"), 1),
    **dict.fromkeys(("second", "2nd", "confirmatory", "#2", "2"), 2),
    **dict.fromkeys(("third", "3rd", "#3", "3"), 3),
    **dict.fromkeys(("fourth", "4th", "#4", "4"), 4),
}
_NUMBER_BEFORE: Final = Lazy(
    r"\b(?P<n>first|1st|initial|second|2nd|confirmatory|third|3rd|fourth|4th)\s+(?:(?:set|round|session|series|course)\s+of\s+)?(?:(?!and\b|or\b)\w+[\s-]+){0,3}$",
    re.IGNORECASE,
)
_NUMBER_AFTER: Final = Lazy(r"\s*\(?(?:#|no\.?|number)\s?(?P<n>[1-9])\b", re.IGNORECASE)
_TESTS: Final = frozenset("snrb mbb hardware_block nerve_block facet_injection sij_injection".split())
_KEPT: Final = ("kind", "type", "region", "target")
_FAR: Final = 40
_OTHER_KINDS: Final = ("study", "procedure")


def place_in_row(page: Page, hit: Hit) -> int | None:
    """Which of several needles a phrase names: "MBB #2", "second left L5 TFESI"."""
    told = hit.entry.get("number")
    if isinstance(told, int):
        return told
    start, end = page.span(hit.i, hit.j)
    after = _NUMBER_AFTER.match(page.text, end)
    if after is not None:
        return int(after["n"])
    first = page.words.start[page.words.bounds[page.words.sentence[hit.i]][0]]
    before = _NUMBER_BEFORE.search(page.text, max(first, start - _FAR), start)
    return _ORDINALS[before["n"].lower()] if before is not None else None


def with_repeats(page: Page, hits: list[Hit]) -> list[Hit]:
    """The treatments of a note with those that are named by their place alone, each of the kind spoken of before."""
    again = page.of("needle_again")
    if not again:
        return hits
    needles = [hit for hit in hits if str(hit.entry["type"]) in INJECTED]
    if not needles:
        return hits
    inside = {t for hit in hits for t in range(hit.i, hit.j)}
    added = []
    for hit in again:
        if not inside.isdisjoint(range(hit.i, hit.j)) or (hit.entry.get("bare") and not _dated_right_after(page, hit)):
            continue
        meant = _meant(page, hit, needles)
        if meant is not None:
            entry: dict[str, object] = {key: meant.entry[key] for key in _KEPT if key in meant.entry}
            number = hit.entry.get("number")
            added.append(Hit(hit.i, hit.j, {**entry, "number": number, "again": True}))
    return sorted([*hits, *added], key=lambda hit: hit.i)


def _dated_right_after(page: Page, hit: Hit) -> bool:
    return any(time.iso for time in page.times_in(hit.j, hit.j + 3))


def _meant(page: Page, hit: Hit, needles: list[Hit]) -> Hit | None:
    """The needle that "the second block" repeats: the last one named before, or the only kind of the note."""
    block = any(word.startswith("block") for word in page.words.norm[hit.i : hit.j])
    fitting = [one for one in needles if not block or str(one.entry["type"]) in _TESTS] or needles
    before = [one for one in fitting if one.i < hit.i]
    if hit.entry.get("bare"):
        here = page.words.sentence[hit.i]
        before = [one for one in before if here - page.words.sentence[one.i] <= 1]
        if not before or any(before[-1].i < other.i < hit.i for kind in _OTHER_KINDS for other in page.of(kind)):
            return None
        return before[-1]
    if before:
        return before[-1]
    return fitting[0] if len({str(one.entry["type"]) for one in fitting}) == 1 else None


def end_of_clause(page: Page, start: int, end: int, needle: bool, another: bool) -> int:
    """Where what is told of a treatment ends: at a semicolon, unless a repeat of the same needle follows it.

    `another`: whether the stretch ends before another treatment, whose day and level may stand before its name.
    """
    semicolon = page.text.find(";", start, end)
    while needle and semicolon >= 0 and _GOES_ON.match(page.text, semicolon):
        further = page.text.find(";", semicolon + 1, end)
        if further < 0 and another:
            break
        semicolon = further
    return semicolon if semicolon >= 0 else min(end, start + (300 if needle else 140))


def parts(page: Page, kind: str, low: int, high: int, times: list[Time]) -> Iterator[tuple[int, int, list[Time]]]:
    """The parts of a stretch that each tell of one needle: from, to, and their times. One part where it is one."""
    cuts: list[int] = []
    dated = [time for time in times if time.iso is not None] if kind in INJECTED else []
    for before, time in pairwise(dated):
        cut = _cut(page.text, before.end, time.start)
        if cut is not None:
            cuts.append(cut)
    starts = [low, *cuts]
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else high
        own = [time for time in times if time.start < end and (number == 0 or time.start >= start)]
        yield start, end, own


def _cut(text: str, start: int, end: int) -> int | None:
    """Where the next needle begins between the days of two; None where both days belong to one."""
    cue = _CUE.search(text, start, end)
    if cue is not None and cue.end() == end:
        return cue.start()
    listed = _LISTED.match(text, start, end)
    if listed is not None and listed.end() == end:
        return end
    told = relief_in(text, start, end)
    if told is None:
        return None
    mark = max(text.rfind(sign, told[2], end) for sign in ",;/")
    return mark + 1 if mark >= 0 else end
