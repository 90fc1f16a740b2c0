"""A page of the catalogue as text or HTML. It reads the Markdown that the catalogue writes, and no other."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from html import escape

WIDTH = 100
_CELLS = re.compile(r"(?<!\\)\|")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_SOFT = re.compile(r"(?<![*\w])\*([^*]+)\*(?![*\w])")
_CODE = re.compile(r"`([^`]+)`")
_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.45 system-ui, sans-serif; max-width: 75rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.15rem; margin-top: 2rem; } h3 { font-size: 1rem; margin-top: 1.5rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .92rem; }
th, td { border: 1px solid #8886; padding: .25rem .45rem; text-align: left; vertical-align: top; }
code { font-size: .9em; } ul.flow, ul.flow ul { border-left: 2px solid #8886; list-style: none; padding-left: 1rem; }
.flow .answer { font-weight: 600; } .flow .end { border: 1px solid #8886; border-radius: .3rem; padding: 0 .4rem; }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def to_text(markdown: str) -> str:
    """The page for a terminal: headings underlined, tables as entries, no marks."""
    lines: list[str] = []
    for block in _blocks(markdown):
        if block[0].startswith("#"):
            level, _, title = block[0].partition(" ")
            title = _plain(title)
            lines += [title.upper() if len(level) == 1 else title, ("=" if len(level) < 3 else "-") * len(title), ""]
        elif block[0].startswith("|"):
            lines += [*_rows_as_text(block), ""]
        elif block[0].startswith("```"):
            lines += [*(f"    {line}" for line in block[1:-1]), ""]
        elif block[0].startswith(("- ", "  - ")):
            for line in block:
                indent = len(line) - len(line.lstrip())
                shown = _plain(line.strip().removeprefix("- "))
                lines += textwrap.wrap(
                    shown, WIDTH, initial_indent=" " * indent + "- ", subsequent_indent=" " * indent + "  "
                )
            lines.append("")
        else:
            lines += [*textwrap.wrap(_plain(" ".join(block)), WIDTH), ""]
    return "\n".join(lines).rstrip() + "\n"


def to_html(markdown: str, title: str, extra: str = "") -> str:
    """The page for a browser, alone and without a script. `extra` is HTML that stands at its end."""
    body = to_body(markdown)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n{extra}</main>\n"
        "</body>\n</html>\n"
    )


def to_body(markdown: str) -> str:
    """The content of the page alone, to stand in another one."""
    return "\n".join(line for block in _blocks(markdown) for line in _as_html(block))


def _blocks(markdown: str) -> Iterator[list[str]]:
    """Blocks of lines: a fence, a heading, a table, a list or a paragraph. Comments are left out."""
    block: list[str] = []
    fenced = False
    for line in [*re.sub(r"<!--.*?-->\n?", "", markdown, flags=re.DOTALL).split("\n"), ""]:
        if fenced or line.startswith("```"):
            if not fenced and block:
                yield block
                block = []
            block.append(line)
            if line.startswith("```") and fenced:
                yield block
                block = []
            fenced = not fenced if line.startswith("```") else fenced
        elif not line.strip() or line.startswith("#"):
            if block:
                yield block
            block = []
            if line.startswith("#"):
                yield [line]
        elif block and (line.startswith("|") != block[0].startswith("|") or _starts_list(line, block)):
            yield block
            block = [line]
        else:
            block.append(line)


def _starts_list(line: str, block: list[str]) -> bool:
    return line.lstrip().startswith("- ") and not block[0].lstrip().startswith("- ")


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in _CELLS.split(line.strip())[1:-1]]


def _rows_as_text(block: list[str]) -> Iterator[str]:
    """Rows with a head: the first cell as a line of its own, the others below it by their names."""
    heads, rows = _cells(block[0]), [_cells(line) for line in block[2:]]
    widths = [max(len(_plain(row[column])) for row in [heads, *rows]) for column in range(len(heads))]
    if sum(widths) + 2 * len(widths) <= WIDTH:
        for row in [heads, *rows]:
            yield "  ".join(_plain(cell).ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        return
    for row in rows:
        yield from textwrap.wrap(_plain(row[0]), WIDTH - 2, initial_indent="- ", subsequent_indent="  ")
        for head, cell in zip(heads[1:], row[1:], strict=True):
            if cell:
                name = f"{_plain(head)}: " if head else ""
                yield from textwrap.wrap(
                    name + _plain(cell), WIDTH - 4, initial_indent="    ", subsequent_indent="      "
                )


def _plain(text: str) -> str:
    text = _LINK.sub(lambda found: found[1] if found[2].startswith(("#", ".")) else f"{found[1]} {found[2]}", text)
    return _CODE.sub(r"\1", _SOFT.sub(r"\1", _BOLD.sub(r"\1", text)))


def _as_html(block: list[str]) -> Iterator[str]:
    if block[0].startswith("#"):
        level, _, title = block[0].partition(" ")
        anchor = re.sub(r"[^a-z0-9_]+", "-", title.lower()).strip("-")
        yield f'<h{len(level)} id="{anchor}">{_inline(title)}</h{len(level)}>'
    elif block[0].startswith("|"):
        yield '<div class="wide"><table>'
        yield "<tr>" + "".join(f"<th>{_inline(cell)}</th>" for cell in _cells(block[0])) + "</tr>"
        for line in block[2:]:
            yield "<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in _cells(line)) + "</tr>"
        yield "</table></div>"
    elif block[0].startswith("```"):
        yield f"<pre>{escape(chr(10).join(block[1:-1]))}</pre>"
    elif block[0].startswith("- "):
        yield "<ul>" + "".join(f"<li>{_inline(line.strip().removeprefix('- '))}</li>" for line in block) + "</ul>"
    else:
        yield f"<p>{_inline(' '.join(block))}</p>"


def _inline(text: str) -> str:
    """Escaped, with code, bold, emphasis and links; nothing inside code is marked up."""
    parts = _CODE.split(text)
    made = []
    for place, part in enumerate(parts):
        shown = escape(part)
        if place % 2:
            made.append(f"<code>{shown}</code>")
            continue
        shown = _LINK.sub(lambda found: f'<a href="{_target(found[2])}">{found[1]}</a>', shown)
        made.append(_SOFT.sub(r"<em>\1</em>", _BOLD.sub(r"<strong>\1</strong>", shown)))
    return "".join(made)


def _target(link: str) -> str:
    return link if link.startswith(("https://", "http://", "#")) or re.match(r"[\w./#-]+$", link) else "#"
