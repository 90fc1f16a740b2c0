"""Whether the box beside a treatment is ticked: "Acupuncture: [ ]", "[x] Massage". It reads; it adds no fact.

A box stands for an answer only on a form that someone filled in: another box of the note is ticked.
"""

from __future__ import annotations

from typing import Final

from .lazy import Lazy
from .page import Page

_BEFORE: Final = Lazy(r"(?:\[\s*(?P<a>[xX\u2713\u2714]?)\s*\]|(?P<b>[\u2610-\u2612]))[ \t]*$")
_AFTER: Final = Lazy(r"[ \t]*:?[ \t]*(?:\[\s*(?P<a>[xX\u2713\u2714]?)\s*\]|(?P<b>[\u2610-\u2612]))")
_FILLED: Final = ("[x]", "[ x ]", "\u2611", "\u2612", "[\u2713]", "[\u2714]")
_EMPTY: Final = ("[ ]", "[]", "[  ]", "\u2610")


def box_of(page: Page, start: int, end: int) -> bool | None:
    """True for a ticked box, False for an empty one of a form that was filled in, None where no box is."""
    low = page.marks.low
    if not any(mark in low for mark in _EMPTY) or not any(mark in low for mark in _FILLED):
        return None
    line = page.text.rfind("\n", 0, start) + 1
    opens = page.text[line:start].lstrip(" \t-*\u2022")[:1]
    after = _AFTER.match(page.text, end, end + 8)
    before = _BEFORE.search(page.text, max(line, start - 6), start)
    leads = opens in ("[", "\u2610", "\u2611", "\u2612")  # on such a line each box stands before its word
    told = before if leads and before is not None else after
    if told is None:
        return None
    mark = told["a"] if told["b"] is None else ("x" if told["b"] != "\u2610" else "")
    return bool(mark)
