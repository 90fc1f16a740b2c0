"""The shapes of a page: what a rule about accessibility can tell apart.

A shape is an element with the elements it stands in, its attributes, what stands before it, and whether it holds text.
Pages made from data by the same program differ in their words; a page all of whose shapes stood on pages that were
judged has nothing new to judge.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

_VOID = {"meta", "link", "br", "img", "input", "hr", "path"}
_VALUES = {"class", "role", "scope", "tabindex", "type", "lang", "colspan", "hidden", "open", "aria-hidden"}
Element = tuple[Any, ...]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[tuple[Any, ...]] = set()
        self._open: list[Element] = []
        self._full: list[bool] = []
        self._before: list[Element | None] = [None]
        self._heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        me = (tag, *sorted((name, value if name in _VALUES else bool(value)) for name, value in attrs))
        depth = len(self._open)
        self.found.add(("after", tuple(self._open), me, self._before[depth]))
        self._before[depth:] = [me, None]
        if tag in ("h1", "h2", "h3", "h4"):
            self.found.add(("heading", self._heading, tag))
            self._heading = tag
        self._open.append(me)
        self._full.append(False)
        if tag in _VOID:
            self._leave()

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        while self._open[-1][0] != tag:
            self._leave()
        self._leave()

    def handle_data(self, data: str) -> None:
        if data.strip() and self._full:
            self._full[-1] = True

    def _leave(self) -> None:
        full = self._full.pop()
        self.found.add(("holds", tuple(self._open), full))
        self._open.pop()
        if full and self._full:
            self._full[-1] = True


def shapes(html: str) -> set[tuple[Any, ...]]:
    """Every shape of a page. Raises IndexError for a page that closes what it did not open."""
    reader = _Reader()
    reader.feed(html)
    return reader.found
