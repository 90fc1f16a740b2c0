"""Marks of layout made plain for reading: Markdown emphasis, table rows, a label with its answer in the next column.

Every character keeps its place: a mark becomes a blank or a stop of the same length, nothing moves.
"""

from __future__ import annotations

from typing import Final

from .lazy import Lazy

_EMPHASIS: Final = Lazy(r"\*\*|__|`")
_ROW: Final = Lazy(r"(?m)^[ \t]*\|[^\n]*\|[ \t\r]*$")
_RULE: Final = Lazy(r"[ \t|:-]*")
# "Fever      No" in a form: without the colon it would read as fever.
_ANSWERED: Final = Lazy(
    r"(?mi)^[ \t]*[^\W\d_](?:[^\n.!?;:\t ]|[ ](?![ \t]))*(?P<gap>(?:\t| {2})[ \t]*)"
    r"(?:yes|no|none|denie[sd]|negative|positive|absent|present|not present|unknown)\b[.,;]?[ \t\r]*$"
)


def layout(text: str) -> str:
    r"""The text with marks of layout made plain, of the same length.

    >>> layout("**Fever:** No"), layout("| Fever | No |"), layout("Fever\tNo")
    ('  Fever:   No', '  Fever : No .', 'Fever:No')
    """
    if "**" in text or "__" in text or "`" in text:
        text = _blanked(text)
    if "|" in text:
        text = _replaced(text, [(match.start(), _row(match[0])) for match in _ROW.finditer(text)])
    if "\t" in text or "  " in text:
        text = _replaced(text, [(match.start("gap"), ":") for match in _ANSWERED.finditer(text)])
    return text


def _blanked(text: str) -> str:
    return _replaced(text, [(match.start(), " " * len(match[0])) for match in _EMPHASIS.finditer(text)])


def _row(row: str) -> str:
    """A table row: two cells are a label and its value; the row ends its sentence."""
    if _RULE.match(row)[0] == row:  # type: ignore[index]
        return " " * len(row)
    places = [place for place, character in enumerate(row) if character == "|" and row[place - 1 : place] != "\\"]
    marks = list(row)
    for place in places:
        marks[place] = " "
    if len(places) == 3 and row[places[0] + 1 : places[1]].rstrip()[-1:] not in ("", ":", ".", "?", "!"):
        marks[places[1]] = ":"
    if row[: places[-1]].rstrip()[-1:] not in (".", ":", "?", "!"):
        marks[places[-1]] = "."
    return "".join(marks)


def _replaced(text: str, changes: list[tuple[int, str]]) -> str:
    parts: list[str] = []
    at = 0
    for start, new in changes:
        parts += (text[at:start], new)
        at = start + len(new)
    return "".join([*parts, text[at:]]) if parts else text
