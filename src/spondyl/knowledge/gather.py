"""Reads every file of a knowledge base, once, and checks the form of each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spondyl.knowledge.kept import Kept
from spondyl.knowledge.kinds import KINDS, Kind, kind_of
from spondyl.knowledge.shape import Found, check_shape, nearest
from spondyl.knowledge.source import Document, Mapping, Node, Sequence, offset_in_file, plain

BESIDE = ("VERSION", "CHANGELOG.md", "README.md", "LICENSE", "NOTICE")


@dataclass(slots=True)
class Source:
    """One file: its kind, its nodes, its plain data and the texts that have a role."""

    path: str
    kind: Kind
    document: Document
    found: list[Found]
    data: Any

    @property
    def stem(self) -> str:
        """The file name without its ending."""
        return self.path.rpartition("/")[2].removesuffix(".yaml")

    @property
    def id(self) -> str:
        """The id of a rule; empty for other files, or when it is missing."""
        value = self.data.get(self.kind.key) if self.kind.is_rule and isinstance(self.data, dict) else None
        return value if isinstance(value, str) else ""

    @property
    def broken(self) -> bool:
        """Whether something in the file keeps it from being compiled."""
        return any(problem.blocks for problem in self.document.problems)

    def at(self, *path: str | int) -> Node | None:
        """The node at a path, or None."""
        node: Node | None = self.document.root
        for part in path:
            if isinstance(node, Mapping) and isinstance(part, str):
                node = node.items.get(part)
            elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
                node = node.items[part]
            else:
                return None
        return node

    def refuse(
        self, code: str, message: str, *path: str | int, near: str | None = None, next_: str | None = None
    ) -> None:
        """Records a problem at the node of a path, or at the top of the file."""
        node = self.at(*path) or self.document.root
        start, end = (node.start, max(node.end, node.start + 1)) if node is not None else (0, 1)
        self.document.refuse(code, message, start, end, nearest=near, next_=next_)

    def refuse_found(self, found: Found, code: str, message: str, **more: str | None) -> None:
        """Records a problem at a text that was found."""
        self.document.refuse(code, message, found.node.start, max(found.node.end, found.node.start + 1), **more)

    def refuse_part(self, found: Found, part: str, code: str, message: str, near: str | None = None) -> None:
        """Records a problem at a part of a text that was found."""
        at = str(found.node.value).find(part)
        start = offset_in_file(self.document, found.node, max(at, 0))
        self.document.refuse(code, message, start, start + len(part), nearest=near)


@dataclass(slots=True)
class Gathered:
    """All files under a root. `sources` are those of a known kind that could be read."""

    sources: list[Source] = field(default_factory=list)
    strays: list[Document] = field(default_factory=list)
    version: str = "0"
    sha256: str = ""

    def of(self, *kinds: str) -> Iterator[Source]:
        """The sources of these kinds, sorted by path."""
        for source in self.sources:
            if source.kind.name in kinds and source.data is not None:
                yield source

    @property
    def documents(self) -> Iterator[Document]:
        """Every document, with its problems."""
        for source in self.sources:
            yield source.document
        yield from self.strays


def files(root: Path) -> list[Path]:
    """Every file under a root that is not hidden, sorted by its path."""
    found = [path for path in root.rglob("*") if path.is_file() and not _hidden(path.relative_to(root))]
    return sorted(found, key=lambda path: path.relative_to(root).as_posix())


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") or part.endswith("~") for part in path.parts)


def fingerprint(root: Path) -> str:
    """sha256 over the sorted relative paths and the bytes of all files."""
    digest = hashlib.sha256()
    for path in files(root):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def gather(root: Path, name: str | None = None, kept: Kept | None = None) -> Gathered:
    """Everything under `root`; `name` is how diagnostics call it."""
    kept = kept or Kept()
    shown = root.name if name is None else name
    gathered = Gathered(sha256=fingerprint(root))
    for path in files(root):
        relative = path.relative_to(root).as_posix()
        if path.name in BESIDE:
            if relative == "VERSION":
                gathered.version = path.read_text(encoding="utf-8").strip()
            continue
        kind = kind_of(relative)
        if kind is None:
            gathered.strays.append(_stray(f"{shown}/{relative}", relative))
            continue
        document = kept.read(path, f"{shown}/{relative}")
        found = check_shape(document, kind.schema)
        data = plain(document.root) if document.root is not None else None
        gathered.sources.append(Source(relative, kind, document, found, data))
    kept.keep()
    return gathered


def _stray(name: str, relative: str) -> Document:
    document = Document(name, "")
    folder, slash, _ = relative.partition("/")
    near = nearest(folder, KINDS) if slash else None
    message = f"nothing is read from '{relative}'"
    if relative.endswith(".yml"):
        document.refuse("K034", message, 0, 0, next_=f"Rename it to {relative.removesuffix('.yml')}.yaml.")
        return document
    document.refuse("K034", message, 0, 0, nearest=None if near == folder else near)
    return document
