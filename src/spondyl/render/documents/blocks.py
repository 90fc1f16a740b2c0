"""What a document is made of, in no form yet: headings, paragraphs, lists, tables, pictures. It knows no medicine.

Every form (text, Markdown, HTML, PDF) is written from the same blocks, so that no form says something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias


class Span(NamedTuple):
    """A piece of text with one style: "" plain, strong, soft, quote, id, or a mark (met, not_met, ...)."""

    text: str
    style: str = ""


Inline: TypeAlias = str | tuple[Span, ...]
MARKS = {
    "met": "✓",
    "not_met": "✗",
    "not_documented": "?",
    "contradicted": "≠",
    "bypassed": "→",
    "absent": "✓",
    "present": "✗",
    "todo": "☐",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title of the document."""

    text: str
    level: int = 2
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph. `kind`: "" plain, lead, soft, small, warn, section (a short label above what follows)."""

    text: Inline
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: bullets, numbers, boxes to tick, signs of danger, or fine print."""

    entries: tuple[Inline, ...]
    kind: str = "bullets"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head. `widths` are parts of a hundred, one per column; `stacked` reads better in few columns."""

    head: tuple[str, ...]
    rows: tuple[tuple[Inline, ...], ...]
    caption: str = ""
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names with what belongs to them, such as the head of a letter."""

    rows: tuple[tuple[str, Inline], ...]


@dataclass(frozen=True, slots=True)
class Banner:
    """What must be seen first. `level`: emergency, urgent, soon, routine, open, closed, needs_data, note."""

    level: str
    title: str
    lines: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawing with the words that replace it for who cannot see it."""

    svg: str
    alt: str
    caption: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """What follows begins on a new page, where there are pages."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Links to the sections of a page, `(text, anchor)`. Only a page on a screen has them."""

    label: str
    entries: tuple[tuple[str, str], ...]


Block: TypeAlias = Heading | Para | Listed | Table | Pairs | Banner | Picture | Break | Contents


@dataclass(frozen=True, slots=True)
class Document:
    """A document: `kind` clinical or patient, `day` the ISO day it is for, `subject` the line at the foot."""

    title: str
    blocks: tuple[Block, ...]
    name: str
    kind: str = "clinical"
    lang: str = "en-US"
    day: str = ""
    subject: str = ""
    page_word: tuple[str, str] = ("Page", "of")


def plain(text: Inline) -> str:
    """The text without styles; a quotation keeps its marks, a mark its sign."""
    if isinstance(text, str):
        return text
    return "".join(_plain(span) for span in text)


def _plain(span: Span) -> str:
    if span.style == "quote":
        return f"“{span.text}”"
    sign = MARKS.get(span.style)
    return f"{sign} {span.text}".rstrip() if sign else span.text


def joined(parts: Iterable[Inline], between: str = "; ") -> tuple[Span, ...]:
    """Several texts as one, with their styles."""
    made: list[Span] = []
    for part in parts:
        if made:
            made.append(Span(between))
        made += [Span(part)] if isinstance(part, str) else part
    return tuple(made)


def strong(text: str) -> tuple[Span, ...]:
    """Text that stands out."""
    return (Span(text, "strong"),)


def section(title: str, *blocks: Block | None, anchor: str = "") -> tuple[Block, ...]:
    """A heading with what belongs to it; nothing when nothing belongs to it."""
    kept = tuple(block for block in blocks if block is not None and not _empty(block))
    return (Heading(title, 2, anchor), *kept) if kept else ()


def _empty(block: Block) -> bool:
    if isinstance(block, Listed):
        return not block.entries
    if isinstance(block, Table | Pairs):
        return not block.rows
    if isinstance(block, Picture):
        return not block.svg
    return isinstance(block, Para) and not plain(block.text)


def texts(blocks: Sequence[Block]) -> list[str]:
    """Every text a reader meets, in order, without captions of the frame; for reading grades and searches."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Heading | Para):
            found.append(plain(block.text))
        elif isinstance(block, Listed):
            found += [plain(one) for one in block.entries]
        elif isinstance(block, Table):
            found += [plain(cell) for row in block.rows for cell in row if plain(cell)]
        elif isinstance(block, Pairs):
            found += [f"{name}: {plain(said)}" for name, said in block.rows]
        elif isinstance(block, Banner):
            found += [block.title, *map(plain, block.lines)]
    return found
