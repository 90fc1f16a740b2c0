"""Puts the text of a file together, block by block. Every format writes through `Writer`; none counts by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from .document import Document

MOST_TEXT: Final = 1_000_000
_LINES: Final = re.compile(r"\r\n?|[\x0b\x0c\u0085\u2028\u2029]")
_ENDS: Final = ".!?:;"
_LABEL: Final = 60


class TooLongError(Exception):
    """The text is longer than a note may be; raised early, so that a bomb is not unpacked whole."""


def sound(text: str) -> str:
    """The text with paired surrogates joined and lone ones replaced, so that it can be written in any encoding."""
    if not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def plain_lines(text: str) -> str:
    """Every line end as a line feed, no blanks before it."""
    # Line by line: an expression for blanks before a line end takes the square of a long run of blanks.
    return "\n".join(line.rstrip(" \t") for line in _LINES.sub("\n", text).split("\n"))


@dataclass(slots=True)
class Writer:
    """Puts blocks of text one after the other and remembers where each came from."""

    parts: list[str] = field(default_factory=list)
    places: list[tuple[int, str]] = field(default_factory=list)
    length: int = 0
    last: str = ""

    def put(self, text: str, locator: str, *, apart: bool = True) -> None:
        """Add a block. `apart`: it is a paragraph of its own, so that no sentence runs into it.

        Raises TooLongError.
        """
        block = plain_lines(sound(text)).strip("\n ")
        if not block.strip():
            return
        if self.parts:
            self._add("\n" if not apart or self._runs_on(block, locator) else "\n\n")
        if not self.places or self.places[-1][1] != locator:
            self.places.append((self.length, locator))
        self._add(block)
        self.last = block

    def row(self, cells: Sequence[str], locator: str) -> None:
        """Add a table row as one line; a label beside one value reads as it would in prose."""
        filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
        labeled = len(cells) == 2 == len(filled) and len(filled[0]) <= _LABEL and filled[0][-1] not in _ENDS
        self.put((": " if labeled else "\t").join(filled), locator)

    def _runs_on(self, block: str, locator: str) -> bool:
        """Whether the block is the rest of a line that was broken by hand: no stop before, a small letter after."""
        same = self.places[-1][1].partition(" ")[0] == locator.partition(" ")[0]
        return same and self.last[-1:] not in _ENDS and block[:1].islower()

    def _add(self, piece: str) -> None:
        self.parts.append(piece)
        self.length += len(piece)
        if self.length > MOST_TEXT:
            raise TooLongError

    def document(self, written_on: str | None = None, resource: str | None = None) -> Document:
        """What was written so far; the text ends with a line feed."""
        text = "".join(self.parts)
        return Document(text + "\n" if text else "", tuple(self.places), written_on, resource)
