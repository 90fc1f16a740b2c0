"""The note cut into pieces of text and marks: a mark is a run of words from which facts were read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from spondyl.record import Case, Fact

_ROW = 500  # letters, at least: about as much as a phone shows
# The assertion that a mark shows when it carries several facts: what is not simply so comes first.
_FIRST = ("negated", "uncertain", "planned", "hypothetical", "family", "historical", "present")


@dataclass(slots=True)
class Mark:
    """A run of words. `facts` are places in the facts of the case as it was read."""

    input: int
    start: int
    end: int
    facts: list[int] = field(default_factory=list)
    assertion: str = "present"

    @property
    def id(self) -> str:
        """The name of the mark on the page and in a form."""
        return f"{self.input}-{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text: plain, part of a mark, or not understood."""

    text: str
    mark: Mark | None = None
    unread: bool = False


def marks_of(case: Case, names: Sequence[str]) -> list[Mark]:
    """The marks of all inputs, in order. Facts of words within words share the mark of the inner words."""
    found: list[Mark] = []
    for number, name in enumerate(names):
        spans: dict[tuple[int, int], list[int]] = {}
        for place, fact in enumerate(case.facts):
            source = fact.source
            if source.kind == "note" and source.name == name and source.start is not None and source.end is not None:
                if source.start < source.end:
                    spans.setdefault((source.start, source.end), []).append(place)
        found += _placed(number, spans)
    for mark in found:
        said = {case.facts[place].assertion for place in mark.facts}
        mark.assertion = next(one for one in _FIRST if one in said)
    return found


def _placed(number: int, spans: Mapping[tuple[int, int], list[int]]) -> list[Mark]:
    taken: list[Mark] = []
    for (start, end), facts in sorted(spans.items(), key=lambda one: (one[0][1] - one[0][0], one[0])):
        over = [mark for mark in taken if mark.start < end and start < mark.end]
        if not over:
            taken.append(Mark(number, start, end, list(facts)))
            continue
        for mark in over:
            mark.facts += [one for one in facts if one not in mark.facts]
        if len(over) == 1:  # the words around a single mark belong to it: "58M" around "M"
            one = over[0]
            one.start, one.end = min(one.start, start), max(one.end, end)
    return sorted(taken, key=lambda mark: mark.start)


def pieces(text: str, number: int, marks: Iterable[Mark], unread: Iterable[tuple[int, int]]) -> list[Piece]:
    """A text in its pieces, none of them lost and none of them changed."""
    made: list[Piece] = []
    mine = [mark for mark in marks if mark.input == number and mark.end <= len(text)]
    open_spans = _apart(unread)
    at = 0
    for mark in mine:
        made += _plain(text, at, mark.start, open_spans)
        made.append(Piece(text[mark.start : mark.end], mark))
        at = mark.end
    return made + _plain(text, at, len(text), open_spans)


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that overlap as one."""
    made: list[tuple[int, int]] = []
    for low, high in sorted(spans):
        if made and low < made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], high))
        else:
            made.append((low, high))
    return made


def rows(parts: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces in rows that end with a line of the text, so that a browser lays out only the rows that are seen."""
    made: list[list[Piece]] = [[]]
    size = 0
    for one in parts:
        text, plain = one.text, one.mark is None and not one.unread
        while plain and (cut := text.find("\n", max(0, _ROW - size)) + 1):
            made[-1].append(Piece(text[:cut]))
            made.append([])
            text, size = text[cut:], 0
        if text:
            made[-1].append(one if text == one.text else Piece(text))
            size += len(text)
    return [row for row in made if row]


def _plain(text: str, start: int, end: int, unread: Sequence[tuple[int, int]]) -> list[Piece]:
    made: list[Piece] = []
    if start >= end:
        return made
    at = start
    for low, high in unread[bisect_right(unread, start, key=lambda one: one[1]) :]:
        if low >= end:
            break
        low, high = max(low, at), min(high, end)
        if low >= high:
            continue
        if low > at:
            made.append(Piece(text[at:low]))
        made.append(Piece(text[low:high], unread=True))
        at = high
    if at < end:
        made.append(Piece(text[at:end]))
    return made


def lit(facts: Iterable[Fact | Mapping[str, Any]], marks: Sequence[Mark], names: Sequence[str]) -> list[str]:
    """The ids of the marks on which these facts stand."""
    places = {name: number for number, name in enumerate(names)}
    spans: set[tuple[int, int, int]] = set()
    for fact in facts:
        source = fact.source.as_json() if isinstance(fact, Fact) else fact["source"]
        number = places.get(str(source.get("name")))
        if number is not None and source.get("start") is not None:
            spans.add((number, int(str(source["start"])), int(str(source["end"]))))
    return [
        mark.id
        for mark in marks
        if any(at == mark.input and low < mark.end and mark.start < high for at, low, high in spans)
    ]
