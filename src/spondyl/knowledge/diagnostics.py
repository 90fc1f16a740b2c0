"""What is wrong in the knowledge base, where, and what to type next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from spondyl.knowledge.codes import CODES

_WIDTH = 110


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: its code, what is wrong in words, the place (line and column from 1) and the way out."""

    code: str
    message: str
    path: str
    line: int
    column: int
    width: int
    shown: str
    nearest: str | None = None
    next_: str | None = None

    @property
    def next(self) -> str:
        """What to type next."""
        if self.nearest is not None:
            return f"Did you mean '{self.nearest}'?"
        return self.next_ or CODES[self.code].remedy

    @property
    def blocks(self) -> bool:
        """Whether the knowledge base cannot be compiled with it."""
        return CODES[self.code].blocks

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """By file and line, then column."""
        return self.path, self.line, self.column, self.code, self.message

    def text(self, color: bool = False) -> str:
        """The problem as it is printed, without a line end."""
        shown, column = _window(self.shown, self.column)
        bold, red, dim, off = ("\x1b[1m", "\x1b[31m", "\x1b[2m", "\x1b[0m") if color else ("", "", "", "")
        lines = [f"{bold}{red}{self.code}{off}{bold}: {self.message}{off}", ""]
        lines.append(f"  {dim}{self.path}:{self.line}{off}" if self.line else f"  {dim}{self.path}{off}")
        if shown.strip():
            width = max(1, min(self.width, len(shown) - column))
            lines += [f"    {shown}", f"    {' ' * column}{red}{'^' * width}{off}"]
        lines.append(f"  {self.next}")
        return "\n".join(lines)


class KnowledgeError(Exception):
    """The knowledge base cannot be compiled; `diagnostics` says why."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics, key=lambda d: d.order))
        super().__init__(as_text(self.diagnostics))


def as_text(diagnostics: Iterable[Diagnostic], color: bool = False) -> str:
    """All problems of a run, sorted by file and line, a blank line between two."""
    ordered = sorted(diagnostics, key=lambda d: d.order)
    return "\n\n".join(diagnostic.text(color) for diagnostic in ordered)


def as_json(diagnostics: Iterable[Diagnostic]) -> dict[str, Any]:
    """The problems in the form of `spondyl/errors/1`."""
    errors = [
        {"code": d.code, "message": d.message, "where": f"{d.path}:{d.line}:{d.column}", "next": d.next}
        for d in sorted(diagnostics, key=lambda d: d.order)
    ]
    return {"schema": "spondyl/errors/1", "errors": errors}


def _window(shown: str, column: int) -> tuple[str, int]:
    """The line without its indent, cut around the caret when it is long; and the caret's offset in it."""
    indent = len(shown) - len(shown.lstrip())
    text, at = shown[indent:].rstrip().replace("\t", " "), max(0, column - 1 - indent)
    if len(text) <= _WIDTH:
        return text, at
    first = max(0, min(at - 30, len(text) - _WIDTH))
    cut = text[first : first + _WIDTH]
    head = "…" if first else ""
    return head + cut + ("…" if first + _WIDTH < len(text) else ""), at - first + len(head)
