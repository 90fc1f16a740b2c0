"""Translation and angulation on motion films, in mm and degrees. Sizes on other studies are none of them."""

from __future__ import annotations

import re
from typing import Final

from .found import EntryFound, Found, Said
from .lazy import Lazy
from .page import Page

_NUMBER: Final = r"(?<![\w./])(?P<{0}>\d{{1,2}}(?:\.\d)?)"
_MM: Final = Lazy(
    _NUMBER.format("a")
    + r"\s*-?\s*mm\s+(?:of\s+)?(?:\w+\s+){0,2}?(?:translation\w*|motion|movement|shift\w*|excursion|mobility)"
    r"|(?:translat\w+|motion|move[sd]|movement|shift\w*|excursion|open(?:s|ed|ing)(?:\s+up)?|splay\w*|gap(?:s|ped|ping)|widen(?:s|ed|ing))\s+(?:\w+\s+){0,3}?"
    + _NUMBER.format("b")
    + r"\s*-?\s*mm",
    re.IGNORECASE,
)
_TWO: Final = Lazy(
    _NUMBER.format("a")
    + r"\s*(?:mm)?\s*(?:\w+\s+){0,2}?(?:in|on|with)\s+(?P<p>flexion|extension)\b[^.;]{0,30}?"
    + _NUMBER.format("b")
    + r"\s*mm\s*(?:\w+\s+){0,2}?(?:in|on|with)\s+(?P<q>flexion|extension)",
    re.IGNORECASE,
)
_DEGREES: Final = Lazy(
    _NUMBER.format("a")
    + r"\s*-?\s*(?:°|degrees?|deg\b)\s*(?:of\s+)?(?:\w+\s+){0,2}?(?:angulation|angular\s+\w+|motion|rotation|movement)"
    r"|(?:angulat\w+|angular\s+\w+|rotation)\s+(?:\w+\s+){0,3}?" + _NUMBER.format("b") + r"\s*(?:°|degrees?|deg\b)",
    re.IGNORECASE,
)


def read_motion(page: Page, found: Found) -> None:
    """Add the measures of motion films to their entries."""
    for entry in found.of("imaging"):
        if entry.get("modality") == "flexion_extension_radiograph":
            _measures(page, found, entry)


def _measures(page: Page, found: Found, entry: EntryFound) -> None:
    said = entry.told["modality"][0]
    i, _ = page.words.slice(said.start, said.end)
    sentence = page.words.sentence[i]
    last = sentence
    if sentence + 1 < len(page.words.bounds) and not page.by_sentence("study").get(sentence + 1):
        last += 1
    start, end = page.words.start[page.words.bounds[sentence][0]], page.words.end[page.words.bounds[last][1] - 1]
    two = _TWO.search(page.text, start, end)
    found_mm = _MM.search(page.text, start, end)
    if two is not None and two["p"].lower() != two["q"].lower():
        moved = abs(float(two["a"]) - float(two["b"]))
        _say(found, entry, "measure_mm", moved, two)
    elif found_mm is not None:
        _say(found, entry, "measure_mm", float(found_mm["a"] or found_mm["b"]), found_mm)
    degrees = _DEGREES.search(page.text, start, end)
    if degrees is not None:
        _say(found, entry, "measure_deg", float(degrees["a"] or degrees["b"]), degrees)


def _say(found: Found, entry: EntryFound, name: str, number: float, match: re.Match[str]) -> None:
    value = int(number) if number == int(number) else round(number, 1)
    entry.say(name, Said(value, "present", match.start(), match.end()))
    found.used(match.start(), match.end())
