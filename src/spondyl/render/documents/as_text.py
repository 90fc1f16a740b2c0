"""A document as plain text of at most 80 columns, for a terminal or a message. It leaves pictures to their words."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from spondyl.render.documents.blocks import (
    Banner,
    Block,
    Document,
    Heading,
    Inline,
    Listed,
    Pairs,
    Para,
    Picture,
    Table,
    plain,
)

WIDTH = 80


def to_text(document: Document) -> str:
    """The document as text; lines end without blanks, and it ends with one newline."""
    lines: list[str] = []
    for block in document.blocks:
        made = list(_block(block))
        if made and lines and lines[-1]:
            lines.append("")
        lines += made
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def _wrapped(text: str, indent: str = "", hang: str = "") -> list[str]:
    said = " ".join(text.split())
    return textwrap.wrap(
        said, WIDTH, initial_indent=indent, subsequent_indent=indent + hang, break_on_hyphens=False
    ) or [indent.rstrip()]


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        if block.level == 1:
            yield from _wrapped(block.text)
            yield "═" * WIDTH
        else:
            yield from _wrapped(block.text.upper() if block.level == 2 else block.text)
    elif isinstance(block, Para):
        yield from _wrapped(plain(block.text))
    elif isinstance(block, Listed):
        for place, entry in enumerate(block.entries, 1):
            sign = {"numbers": f"{place}. ", "boxes": "[ ] "}.get(block.kind, "- ")
            yield from _wrapped(sign + plain(entry), "  ", " " * len(sign))
    elif isinstance(block, Pairs):
        room = max(len(name) for name, _ in block.rows) + 2
        for name, said in block.rows:
            first, *rest = textwrap.wrap(" ".join(plain(said).split()), WIDTH - room, break_on_hyphens=False) or [""]
            yield f"{name:<{room}}{first}"
            yield from (" " * room + line for line in rest)
    elif isinstance(block, Banner):
        yield from _wrapped(block.title.upper())
        for line in block.lines:
            yield from _wrapped(plain(line), "  ", "  ")
    elif isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, Picture):
        yield from _wrapped(f"[{block.alt}]", "  ", " ")


def _table(table: Table) -> Iterator[str]:
    """Narrow tables stand in columns; others row by row, each cell with the name of its column."""
    cells = [[" ".join(plain(cell).split()) for cell in row] for row in table.rows]
    if table.caption:
        yield from _wrapped(table.caption)
    widths = [max(len(row[place]) for row in [list(table.head), *cells]) for place in range(len(table.head))]
    if len(table.head) <= 4 and sum(widths) + 2 * len(widths) <= WIDTH:
        yield "  " + "  ".join(f"{name:<{width}}" for name, width in zip(table.head, widths, strict=True))
        for row in cells:
            yield "  " + "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
        return
    for row in cells:
        yield from _wrapped(row[0], "  ", "  ")
        for name, cell in zip(table.head[1:], row[1:], strict=True):
            if cell:
                yield from _wrapped(f"{name}: {cell}" if name else cell, "      ", "  ")


def one_line(text: Inline) -> str:
    """A text as one line."""
    return " ".join(plain(text).split())
