"""Reads a case written the usual way: names, lists and short values, one thing a line. The full reader is slow to load.

It knows a part of YAML and is sure of that part. Anything else, and everything that is wrong with a file, it leaves to
the full reader (`knowledge.source`), which says what and where: it returns None and never an error of its own.
"""

from __future__ import annotations

import re
from typing import Any

from spondyl.knowledge.scalars import unquoted

MOST_BYTES = 2_000_000
MOST_DEPTH = 20
_LONGEST_KEY = 200
_KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_.-]*):(?= |\Z)")
# An unquoted word: nothing in it that YAML could read as more than a letter.
_WORD = re.compile(r"(?:[^\W]|[.]|[-+](?=[0-9.]))[\w.+/()<>=%; -]*")


class _UnusualError(Exception):
    """Something that the full reader has to look at."""


def usual(content: bytes) -> Any | None:
    """The plain value of a case in YAML, as the full reader gives it; None where that one has to read it."""
    if len(content) > MOST_BYTES:
        return None
    try:
        text = content.decode("utf-8")
        lines = [line for line in map(_Line, text.replace("\r\n", "\n").split("\n")) if line.text]
        if not lines or lines[0].indent:
            return None
        value, at = _block(lines, 0, 0, 0)
        return value if at == len(lines) and isinstance(value, dict) else None
    except (_UnusualError, UnicodeDecodeError):
        return None


class _Line:
    """A line without its indentation; empty where nothing but a remark stands."""

    __slots__ = ("indent", "text")

    def __init__(self, text: str) -> None:
        if not text.isprintable():
            raise _UnusualError
        self.text = text.strip(" ")
        self.indent = len(text) - len(text.lstrip(" "))
        if self.text.startswith("#"):
            self.text = ""
        if self.text.startswith(("---", "...", "%")):
            raise _UnusualError


def _block(lines: list[_Line], at: int, indent: int, depth: int) -> tuple[Any, int]:
    """The mapping or the list that starts at a line, and the line after it."""
    if depth > MOST_DEPTH:
        raise _UnusualError
    if lines[at].text.startswith("- "):
        return _list(lines, at, indent, depth)
    found: dict[str, Any] = {}
    while at < len(lines) and lines[at].indent == indent and not lines[at].text.startswith("- "):
        key = _KEY.match(lines[at].text)
        if key is None or len(key[1]) > _LONGEST_KEY or key[1] in found or not isinstance(unquoted(key[1]), str):
            raise _UnusualError
        rest = lines[at].text[key.end() :].lstrip(" ")
        at += 1
        if rest and not rest.startswith("#"):
            found[key[1]] = _line(rest)
        elif at < len(lines) and (lines[at].indent > indent or _is_list(lines[at], indent)):
            found[key[1]], at = _block(lines, at, lines[at].indent, depth + 1)
        else:
            found[key[1]] = None
    if at < len(lines) and lines[at].indent > indent:
        raise _UnusualError
    return found, at


def _is_list(line: _Line, indent: int) -> bool:
    return line.indent == indent and line.text.startswith("- ")


def _list(lines: list[_Line], at: int, indent: int, depth: int) -> tuple[list[Any], int]:
    found: list[Any] = []
    while at < len(lines) and _is_list(lines[at], indent):
        line = lines[at]
        rest = line.text[2:].lstrip(" ")
        if _KEY.match(rest):
            # A mapping that starts behind the dash: read on as if the dash were blank.
            line.indent += len(line.text) - len(rest)
            line.text = rest
            value, at = _block(lines, at, line.indent, depth + 1)
        else:
            value, at = _line(rest), at + 1
        found.append(value)
    if at < len(lines) and lines[at].indent > indent:
        raise _UnusualError
    return found, at


def _line(text: str) -> Any:
    """The value that fills the rest of a line."""
    value, at = _value(text, 0, False, 0)
    rest = text[at:]
    if rest.strip(" ") and not rest.lstrip(" ").startswith("#"):
        raise _UnusualError
    if rest.startswith("#"):
        raise _UnusualError  # a remark stands behind a blank
    return value


def _value(text: str, at: int, inside: bool, depth: int) -> tuple[Any, int]:
    """The value at a place, and the place behind it. `inside`: between brackets."""
    at = _blank(text, at)
    first = text[at : at + 1]
    if first in ('"', "'"):
        return _quoted(text, at)
    if first in ("[", "{") and first:
        if depth > MOST_DEPTH:
            raise _UnusualError
        return _brackets(text, at, depth + 1)
    word = _WORD.match(text, at)
    if word is None:
        raise _UnusualError
    end = word.end()
    if end < len(text) and not (text[end] in ",]}" if inside else text[end] == "#" and text[end - 1] == " "):
        raise _UnusualError
    plain = word[0].rstrip(" ")
    return unquoted(plain), at + len(plain)


def _quoted(text: str, at: int) -> tuple[str, int]:
    end = text.find(text[at], at + 1)
    inner = text[at + 1 : end]
    if end < 0 or "\\" in inner or text[end : end + 2] == "''":
        raise _UnusualError
    return inner, end + 1


def _brackets(text: str, at: int, depth: int) -> tuple[Any, int]:
    closing = "]" if text[at] == "[" else "}"
    items: list[Any] = []
    pairs: dict[str, Any] = {}
    at = _blank(text, at + 1)
    while text[at : at + 1] != closing:
        if closing == "}":
            key = _KEY.match(text, at)
            if key is None or key[1] in pairs or not isinstance(unquoted(key[1]), str):
                raise _UnusualError
            pairs[key[1]], at = _value(text, key.end(), True, depth)
        else:
            item, at = _value(text, at, True, depth)
            items.append(item)
        at = _blank(text, at)
        if text[at : at + 1] == ",":
            at = _blank(text, at + 1)
            if text[at : at + 1] == closing:
                raise _UnusualError
        elif text[at : at + 1] != closing:
            raise _UnusualError
    return (items if closing == "]" else pairs), at + 1


def _blank(text: str, at: int) -> int:
    while text[at : at + 1] == " ":
        at += 1
    return at
