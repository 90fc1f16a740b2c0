"""Where in a note an expression can begin at all, found by plain search: an expression tried everywhere is slow.

It reads nothing: it only says where to look, and what it leaves out could not have matched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from sys import maxsize
from typing import Final

from .lazy import Lazy

_DIGITS: Final = Lazy(r"\d+")
# The letters that `re.IGNORECASE` takes for one of a to z, though `str.lower` does not give that letter alone.
_LIKE_LETTERS: Final = str.maketrans({"\u0130": "i", "\u0131": "i", "\u017f": "s"})


def folded(text: str) -> str:
    """A text in small letters, of the same length, in which a letter is found wherever `re.IGNORECASE` finds it."""
    return text.lower() if text.isascii() else text.translate(_LIKE_LETTERS).lower()


class Landmarks:
    """The numbers of a text and the places of words, each word looked for once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.low = folded(text)
        self.numbers: list[int] = [match.start() for match in _DIGITS.finditer(text)]
        # numbers of one or two digits before a slash, as in dates
        self.slashed: list[int] = [at for at in self.numbers if "/" in text[at + 1 : at + 3]]

    def of(self, *words: str) -> list[int]:
        """Where one of these words, in small letters, begins, inside other words too."""
        places: list[int] = []
        for word in words:
            place = self.low.find(word)
            while place >= 0:
                places.append(place)
                place = self.low.find(word, place + 1)
        places.sort()
        return places

    def tries(self, pattern: Lazy, places: Iterable[int], end: int = maxsize) -> Iterator[re.Match[str]]:
        """As `finditer`, for an expression whose matches begin at some of these places, given in order."""
        at = 0
        for place in places:
            if place >= at:
                match = pattern.compiled.match(self.text, place, end)
                if match is not None:
                    yield match
                    at = match.end()
