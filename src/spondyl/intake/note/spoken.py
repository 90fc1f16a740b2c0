"""The sentences that hold one of some words: where an expression that costs is worth a try. It reads nothing."""

from __future__ import annotations

from .page import Page


def bounds_of(page: Page, place: int) -> tuple[int, int]:
    """Where the sentence around a place starts and ends."""
    i = min(page.words.at(place), len(page.words.norm) - 1)
    first, last = page.words.bounds[page.words.sentence[i]]
    return page.words.start[first], page.words.end[last - 1]


def sentences_with(page: Page, *words: str) -> list[tuple[int, int]]:
    """The bounds of each sentence in which one of these words stands, in small letters, in order."""
    found: list[tuple[int, int]] = []
    for place in page.marks.of(*words):
        if not found or place >= found[-1][1]:
            found.append(bounds_of(page, place))
    return found
