"""Reads one YAML file into nodes that remember their place. It reads; it never judges what the file says.

A file that cannot be read gives coded problems, never a traceback. Anchors, aliases and tags are refused: a rule is
read by people from top to bottom, and an alias inside an alias grows without end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from spondyl.knowledge.diagnostics import Diagnostic
from spondyl.knowledge.scalars import unquoted

MOST_BYTES = 2_000_000
MOST_DEPTH = 30

_HALF = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Scalar:
    """A text, number, truth or null; `start` and `end` are offsets in the file."""

    value: str | int | float | bool | None
    start: int
    end: int
    style: str | None = None


@dataclass(slots=True)
class Sequence:
    """A list."""

    items: list[Node]
    start: int
    end: int


@dataclass(slots=True)
class Mapping:
    """Keys and values in the order of the file; `keys` holds the place of each key."""

    items: dict[str, Node]
    keys: dict[str, Scalar]
    start: int
    end: int


Node: TypeAlias = Scalar | Sequence | Mapping


@dataclass(slots=True)
class Document:
    """One file: its text, its nodes (None when it could not be read) and what was wrong."""

    path: str
    text: str
    root: Node | None = None
    problems: list[Diagnostic] = field(default_factory=list)
    _lines: list[int] | None = None

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1."""
        if self._lines is None:
            self._lines = [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", self.text))]
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, from 1."""
        lines = self.text.splitlines()
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def problem(
        self, code: str, message: str, start: int, end: int, nearest: str | None = None, next_: str | None = None
    ) -> Diagnostic:
        """A diagnostic of this file from `start` to `end`, cut at the end of its first line."""
        line, column = self.place(min(start, len(self.text)))
        shown = self.line(line)
        width = max(1, min(end - start, len(shown) - column + 1))
        return Diagnostic(code, message, self.path, line, column, width, shown, nearest, next_)

    def refuse(self, code: str, message: str, start: int, end: int, **more: str | None) -> None:
        """Records a problem."""
        self.problems.append(
            self.problem(code, message, start, end, nearest=more.get("nearest"), next_=more.get("next_"))
        )


def plain(node: Node) -> Any:
    """The node as lists, dicts, texts and numbers."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, value in node.items.items()}


def read(path: Path, name: str) -> Document:
    """The document of a file; `name` is how diagnostics call it."""
    try:
        content = path.read_bytes()
    except OSError as error:
        document = Document(name, "")
        document.refuse("K001", f"the file cannot be read: {error.strerror}", 0, 0)
        return document
    return read_bytes(content, name)


def read_bytes(content: bytes, name: str) -> Document:
    """The document of these bytes."""
    document = Document(name, "")
    if len(content) > MOST_BYTES:
        document.refuse("K001", f"the file is larger than {MOST_BYTES:,} bytes", 0, 0)
        return document
    try:
        document.text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        document.text = content[: error.start].decode("utf-8", "replace")
        end = len(document.text)
        document.refuse("K001", "the file is not UTF-8 from here on", end, end + 1)
        return document
    _Builder(document).build()
    return document


class _Builder:
    """Turns the parser's events into nodes, without recursion."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.open: list[Sequence | Mapping] = []
        self.pending: list[Scalar | None] = []
        self.skip = 0

    def build(self) -> None:
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError, YAMLError

        document = self.document
        try:
            for event in YAML(typ="safe", pure=True).parse(document.text):
                if not self.take(event):
                    document.root = None
                    return
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            start = mark.index if mark is not None else 0
            message = " ".join(str(error.problem or error.context or "this is not YAML").split())
            document.refuse("K002", f"this is not YAML: {message}", start, start + 1)
            document.root = None
        except (YAMLError, ValueError, IndexError, AttributeError, TypeError, RecursionError) as error:
            start = max(0, getattr(error, "position", 0) or 0)
            document.refuse("K002", "this is not YAML: a character that is not allowed", start, start + 1)
            document.root = None
        else:
            if document.root is None or (isinstance(document.root, Scalar) and document.root.value is None):
                document.root = None
                document.refuse("K003", "the file is empty", 0, 1)

    def take(self, event: Any) -> bool:
        kind = type(event).__name__
        start, end = event.start_mark.index, event.end_mark.index
        if kind == "AliasEvent" or getattr(event, "anchor", None):
            self.document.refuse("K006", "anchors and aliases are not used here", start, max(end, start + 1))
            return False
        if getattr(event, "tag", None) not in (None, "!"):
            self.document.refuse("K006", "tags are not used here", start, max(end, start + 1))
            return False
        if kind == "ScalarEvent":
            if not event.value.isascii() and _HALF.search(event.value):
                self.document.refuse("K002", "half a character (a surrogate)", start, max(end, start + 1))
                return False
            self.add(Scalar(_value(event), start, end, event.style), start, end)
        elif kind == "MappingStartEvent":
            return self.begin(Mapping({}, {}, start, end), start)
        elif kind == "SequenceStartEvent":
            return self.begin(Sequence([], start, end), start)
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            closed = self.open.pop()
            closed.end = end
            self.pending.pop()
        elif kind == "DocumentStartEvent" and self.document.root is not None:
            self.document.refuse("K002", "one file holds one document", start, start + 3)
            return False
        return True

    def begin(self, node: Sequence | Mapping, start: int) -> bool:
        if len(self.open) >= MOST_DEPTH:
            self.document.refuse("K002", f"more than {MOST_DEPTH} levels deep", start, start + 1)
            return False
        if self.open and isinstance(self.open[-1], Mapping) and self.pending[-1] is None:
            self.document.refuse("K005", "a key must be a text", start, start + 1)
            return False
        self.add(node, start, start)
        self.open.append(node)
        self.pending.append(None)
        return True

    def add(self, node: Node, start: int, end: int) -> None:
        if not self.open:
            self.document.root = node
            return
        owner = self.open[-1]
        if isinstance(owner, Sequence):
            owner.items.append(node)
            return
        key = self.pending[-1]
        if key is None:
            assert isinstance(node, Scalar)
            if not isinstance(node.value, str):
                self.document.refuse("K005", "a key must be a text; put it in quotes", start, max(end, start + 1))
            self.pending[-1] = node
            return
        self.pending[-1] = None
        name = key.value
        if not isinstance(name, str):
            return
        if name in owner.items:
            first = self.document.place(owner.keys[name].start)[0]
            self.document.refuse("K004", f"'{name}' is written twice; first in line {first}", key.start, key.end)
            return
        owner.items[name] = node
        owner.keys[name] = key


def _value(event: Any) -> str | int | float | bool | None:
    """The value of a scalar: a text where it is quoted, else what the word means."""
    text: str = event.value
    if event.style is not None or not event.implicit[0]:
        return text
    return unquoted(text)


def offset_in_file(document: Document, node: Scalar, offset: int) -> int:
    """Where in the file the character at `offset` of a text stands, also in folded and multi-line texts.

    Folding changes blanks only, so the n-th visible character of the value is the n-th of the source.
    """
    value = str(node.value)
    at = node.start
    if node.style in (">", "|"):
        at = document.text.find("\n", at) + 1
    elif node.style is not None:
        at += 1
    wanted = sum(1 for character in value[:offset] if not character.isspace())
    text, end = document.text, min(node.end, len(document.text))
    seen = 0
    while at < end:
        if node.style == '"' and text[at] == "\\" and at + 1 < end:
            at += 1
            if text[at] in "\r\n":
                continue
        elif node.style == "'" and text[at] == "'" and text[at + 1 : at + 2] == "'":
            at += 1
        if not text[at].isspace():
            if seen == wanted:
                break
            seen += 1
        at += 1
    return at
