"""Cuts a note where facts begin and end, and writes it as HTML in which nothing of the note is markup."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final

# What stands in the note beside a mark; `present` is the plain case and needs no word.
LABELS: Final = {
    "present": "",
    "negated": "no",
    "uncertain": "?",
    "historical": "past",
    "planned": "planned",
    "hypothetical": "if",
    "family": "family",
    "unread": "not read",
}
_KEPT: Final = "\n\t"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the note: what is said there, and where the list has it."""

    start: int
    end: int
    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch that no span cuts: its text, the innermost span that covers it, the spans that begin with it."""

    start: int
    text: str
    inner: Span | None
    begins: tuple[Span, ...]


def segments(text: str, spans: Sequence[Span]) -> Iterator[Segment]:
    """The text in order, cut at every start and end of a span."""
    sound = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    starts: dict[int, list[Span]] = {}
    ends: dict[int, list[Span]] = {}
    for span in sound:
        starts.setdefault(span.start, []).append(span)
        ends.setdefault(span.end, []).append(span)
    places = sorted({0, len(text), *starts, *ends})
    active: dict[int, Span] = {}
    for start, end in pairwise(places):
        for span in ends.get(start, ()):
            active.pop(id(span), None)
        begins = tuple(starts.get(start, ()))
        for span in begins:
            active[id(span)] = span
        inner = min(active.values(), key=_depth, default=None)
        yield Segment(start, text[start:end], inner, begins)


def _depth(span: Span) -> tuple[bool, int, int]:
    """The shortest span says most exactly what stands there; what was not read comes last."""
    return span.kind == "unread", span.end - span.start, span.start


def shown(text: str) -> str:
    """A stretch of the note for a page: escaped, line ends made one, what cannot be seen made visible."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(_seen(character) for character in lines) if not lines.isprintable() else escape(lines)


def _seen(character: str) -> str:
    if character in _KEPT or character.isprintable():
        return escape(character)
    kind = unicodedata.category(character)
    if kind == "Zs":
        return character
    if kind == "Cs":
        return "\ufffd"
    return f'<span class="sign">U+{ord(character):04X}</span>'


def marked(text: str, spans: Sequence[Span]) -> Iterator[str]:
    """The note as HTML: each stretch with a meaning is a mark that leads to its line in the list."""
    before: Span | None = None
    for segment in segments(text, spans):
        last, before = before, segment.inner
        if segment.inner is None:
            yield shown(segment.text)
            continue
        kind = segment.inner.kind
        begun = {span.kind for span in segment.begins}
        label = LABELS[kind] if kind in begun and (last is None or last.kind != kind) else ""
        said = f'<span class="label">{escape(label)}</span>' if label else ""
        place = f' id="p{segment.start}"' if segment.begins else ""
        yield f'<mark class="{kind}"{place}>{said}<a href="#{segment.inner.target}">{shown(segment.text)}</a></mark>'
