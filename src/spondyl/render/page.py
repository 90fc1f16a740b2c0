"""The plan as one HTML page that stands alone: no script, no request, everything escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from spondyl.explain import Words
from spondyl.render.markdown import plan_markdown

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.45 system-ui, sans-serif; max-width: 70rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.3rem; } h2 { font-size: 1.05rem; margin: 1.6rem 0 .4rem; }
.emergency, .urgent, .soon, .routine { border-left: .6rem solid; padding: .5rem .8rem; font-weight: 600; }
.emergency { border-color: #b00020; } .urgent { border-color: #b36b00; }
.soon { border-color: #8a7a00; } .routine { border-color: #2e7d32; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { border: 1px solid #8886; padding: .25rem .45rem; text-align: left; vertical-align: top; }
footer { margin-top: 2rem; font-size: .85rem; }
@media print { body { max-width: none; font-size: 11px; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_CELLS = re.compile(r"(?<!\\)\|")
_ESCAPED = re.compile(r"\\([\\`*_\[\]|~#])")


def plan_page(record: Mapping[str, Any], words: Words) -> str:
    """The record as an HTML page."""
    blocks = plan_markdown(record, words).split("\n\n")
    body = "\n".join(line for block in blocks for line in _block(block.strip("\n"), record["triage"]["urgency"]))
    title = escape(str(record["who"]["line"]) or "Plan")
    return (
        f'<!doctype html>\n<html lang="{escape(record["locale"])}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _block(block: str, urgency: str) -> Iterator[str]:
    lines = block.split("\n")
    while lines:
        line = lines.pop(0)
        if line.startswith("# "):
            yield f"<h1>{_inline(line[2:])}</h1>"
        elif line.startswith("## "):
            yield f"<h2>{_inline(line[3:])}</h2>"
        elif line.startswith("| "):
            rows = [line, *lines]
            lines = []
            yield from _table(rows)
        elif line.startswith("- "):
            yield "<ul>" + "".join(f"<li>{_inline(one[2:])}</li>" for one in [line, *lines]) + "</ul>"
            lines = []
        elif line == "---":
            yield "<hr>"
        elif line:
            mark = f' class="{urgency}"' if line.startswith(f"**{urgency.upper()}**") else ""
            yield f"<p{mark}>{_inline(line)}</p>"


def _table(rows: list[str]) -> Iterator[str]:
    head, body = rows[0], rows[2:]
    yield '<div class="wide"><table>'
    yield f"<thead><tr>{''.join(f'<th scope=col>{_inline(cell)}</th>' for cell in _cells(head))}</tr></thead>"
    for row in body:
        yield f"<tr>{''.join(f'<td>{_inline(cell)}</td>' for cell in _cells(row))}</tr>"
    yield "</table></div>"


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in _CELLS.split(row)[1:-1]]


def _inline(text: str) -> str:
    """Markdown of the plan as HTML: it is escaped already; only its bold and its backslashes are left."""
    bold = re.sub(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*", r"<strong>\1</strong>", text)
    return _ESCAPED.sub(r"\1", bold)
