"""A document as Markdown that shows what was written, whatever a note holds. Pictures are told in words."""

from __future__ import annotations

from collections.abc import Iterator

from spondyl.render.documents.blocks import (
    MARKS,
    Banner,
    Block,
    Break,
    Document,
    Heading,
    Inline,
    Listed,
    Pairs,
    Para,
    Picture,
    Span,
    Table,
)

_SPECIAL = "\\`*_[]|~#"


def to_markdown(document: Document) -> str:
    """The document as Markdown; it ends with one newline."""
    made = ("\n".join(_block(block)) for block in document.blocks)
    return "\n\n".join(part for part in made if part) + "\n"


def escape(text: str) -> str:
    r"""The text so that Markdown and HTML show it as it is.

    >>> print(escape("a <b> | c_d"))
    a &lt;b&gt; \| c\_d
    """
    shown = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"\\{one}" if one in _SPECIAL else one for one in shown)


def _inline(text: Inline) -> str:
    if isinstance(text, str):
        return _lead(text)
    return "".join(_span(span) for span in text)


def _lead(text: str) -> str:
    r"""Escaped, and so that no line begins a list or a heading.

    >>> _lead("1. x"), _lead("- y")
    ('1\\. x', '\\- y')
    """
    shown = escape(text)
    head, dot, rest = shown.partition(".")
    if dot and head.isdigit():
        return f"{head}\\.{rest}"
    return f"\\{shown}" if shown[:1] in "+-" else shown


def _span(span: Span) -> str:
    shown = escape(span.text)
    # Blanks at the ends keep words of neighboring spans apart.
    before = " " if span.text[:1].isspace() else ""
    after = " " if span.text[-1:].isspace() and shown else ""
    if not shown:
        return before
    if span.style == "quote":
        shown = f"“{shown}”"
    elif span.style in MARKS:
        shown = f"{MARKS[span.style]} **{shown}**"
    elif span.style == "strong":
        shown = f"**{shown}**"
    elif span.style == "soft":
        shown = f"*{shown}*"
    return f"{before}{shown}{after}"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {escape(block.text)}"
    elif isinstance(block, Para):
        shown = _inline(block.text)
        yield f"**{shown}**" if block.kind in ("lead", "warn", "section") and "**" not in shown else shown
    elif isinstance(block, Listed):
        for place, entry in enumerate(block.entries, 1):
            sign = {"numbers": f"{place}.", "boxes": "- [ ]"}.get(block.kind, "-")
            yield f"{sign} {_inline(entry)}"
    elif isinstance(block, Pairs):
        yield from _rows(("", ""), [(f"**{escape(name)}**", _inline(said)) for name, said in block.rows])
    elif isinstance(block, Banner):
        yield f"> **{escape(block.title)}**"
        for line in block.lines:
            yield ">"
            yield f"> {_inline(line)}"
    elif isinstance(block, Table):
        if block.caption:
            yield f"**{escape(block.caption)}**"
            yield ""
        yield from _rows(tuple(map(escape, block.head)), [tuple(map(_inline, row)) for row in block.rows])
    elif isinstance(block, Picture):
        yield f"*{escape(block.alt)}*"
    elif isinstance(block, Break):
        yield "---"


def _rows(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
