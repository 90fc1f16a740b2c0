"""How hard a text is to read, and whether a leaflet keeps the rules of plain writing. It measures; it changes nothing.

The grade is Flesch-Kincaid: 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid and others, 1975). The
checks follow the items of PEMAT-P, the tool for printed patient material, that a program can count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_YOU = re.compile(r"\b(you|your)\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(is|are|was|were|be|been)\s+(being\s+)?\w+ed\b", re.IGNORECASE)
MOST_IN_LIST, LONGEST_SENTENCE = 10, 30


@cache
def _hyphenation() -> Any:
    import pyphen  # type: ignore[import-untyped]

    return pyphen.Pyphen(lang="en_US", left=1, right=1)


@cache
def syllables(word: str) -> int:
    """The syllables of an English word: places of hyphenation, but never fewer than its groups of vowels allow.

    >>> [syllables(word) for word in ("pain", "doctor", "medicine", "stopped")]
    [1, 2, 3, 1]
    """
    plain = re.sub(r"[^a-z]", "", word.lower())
    if not plain:
        return 1
    groups = len(re.findall(r"[aeiouy]+", plain))
    if plain.endswith("e") and not plain.endswith("le") and groups > 1:
        groups -= 1
    if re.search(r"[^td]ed$", plain) and groups > 1:
        groups -= 1
    hyphened = len(_hyphenation().positions(plain)) + 1
    return max(1, hyphened, groups)


def sentences(texts: Sequence[str]) -> list[str]:
    """The sentences of several texts; a line is at least one sentence."""
    return [part for text in texts for part in _SENTENCE.split(text.strip()) if _WORD.search(part)]


def grade(texts: Sequence[str]) -> float:
    """The reading grade of English texts, to one place; 0 for none."""
    parts = sentences(texts)
    found = [word for part in parts for word in _WORD.findall(part)]
    if not found:
        return 0.0
    spoken = sum(syllables(word) for word in found)
    return round(0.39 * len(found) / len(parts) + 11.8 * spoken / len(found) - 15.59, 1)


def checks(leaflet: Mapping[str, Any]) -> dict[str, bool]:
    """The checklist of a leaflet: what is asked and whether it holds. Grade and voice are counted in English only."""
    texts = [line["text"] for section in leaflet["sections"] for line in section["lines"]]
    parts = sentences(texts)
    lengths = [len(_WORD.findall(part)) for part in parts] or [0]
    english = not str(leaflet["locale"]).startswith("es")
    kinds = {section["id"] for section in leaflet["sections"]}
    passive = sum(bool(_PASSIVE.search(part)) for part in parts)
    return {
        "the title says what it is about": bool(leaflet["title"]),
        "each part has a heading": all(section["title"] for section in leaflet["sections"]),
        "common words": not english or grade(texts) <= 6,
        "short sentences": sum(lengths) / len(lengths) <= 15 and max(lengths) <= LONGEST_SENTENCE,
        "mostly the active voice": not english or passive <= 0.15 * len(parts),
        "speaks to the reader": not english or any(_YOU.search(text) for text in texts),
        "short lists": all(_listed(section["lines"]) <= MOST_IN_LIST for section in leaflet["sections"]),
        "nothing to calculate": not any("%" in text or re.search(r"\d+\s*[×x/]\s*\d", text) for text in texts),
        "says what to do": bool(kinds & {"go_now", "helps", "next", "help"}),
        "says whom to call and when": bool(kinds & {"go_now", "help"}),
        "says who hands it over": bool(leaflet["handed_over"]),
    }


def _listed(lines: Sequence[Mapping[str, Any]]) -> int:
    """How many entries the list of a section has; what stands before and after a list of signs is no entry."""
    signs = [line for line in lines if line["key"].startswith("help.emergency.")]
    others = [line for line in lines if line["key"].startswith("help.same_day.")]
    return max(len(signs), len(others)) or len(lines)
