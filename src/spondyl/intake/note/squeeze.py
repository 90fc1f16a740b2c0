"""White space made plain for reading, with the way back to the places of the note as it was written."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from .lazy import Lazy

_RUN: Final = Lazy(r"\s(?:\s+|(?<![ \n]))")  # a plain blank or line break by itself stays
_BREAK: Final = Lazy(r"\r\n|[\n\r\x0b\x0c\u0085\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A text whose runs of white space are one space, one line break, or two; `places` leads back."""

    text: str
    new: list[int]
    old: list[int]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The place in the note of a place in the squeezed text."""
        if len(self.new) == 1:  # nothing was squeezed
            return start, end if end > start else start
        return self._one(start), self._one(end - 1) + 1 if end > start else self._one(start)

    def _one(self, place: int) -> int:
        at = bisect_right(self.new, place) - 1
        return self.old[at] + place - self.new[at]


def squeeze(text: str) -> Squeezed:
    r"""Squeeze the white space of a note.

    >>> squeeze("no   fever\\r\\nno cough").text
    'no fever\\nno cough'
    """
    parts: list[str] = []
    new, old = [0], [0]
    length = at = 0
    for run in _RUN.finditer(text):
        breaks = len(_BREAK.findall(run.group()))
        kept = " " if not breaks else "\n" if breaks == 1 else "\n\n"
        if kept == run.group():
            continue
        parts += (text[at : run.start()], kept)
        length += run.start() - at + len(kept)
        at = run.end()
        new.append(length)
        old.append(at)
    parts.append(text[at:])
    return Squeezed("".join(parts), new, old)
