"""Remembers the nodes of files that were read before, by the sha256 of their bytes. Reading YAML is slow."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import orjson

from spondyl.knowledge import source
from spondyl.knowledge.source import Document, Mapping, Node, Scalar, Sequence, read_bytes


class Kept:
    """Nodes by the hash of a file. Without a path nothing is remembered; without `writes` nothing new is."""

    def __init__(self, path: Path | None = None, *, writes: bool = True) -> None:
        self.path = path
        self.writes = writes
        self.old: dict[str, Any] = {}
        self.new: dict[str, Any] = {}
        self.changed = False
        if path is not None:
            try:
                kept = orjson.loads(path.read_bytes())
                if kept["reader"] == _reader():
                    self.old = kept["files"]
            except (OSError, ValueError, KeyError, TypeError):
                pass  # nothing remembered, or something else stands there: the files are read

    def read(self, path: Path, name: str) -> Document:
        """The document of a file, like `source.read`."""
        try:
            content = path.read_bytes()
        except OSError:
            return source.read(path, name)
        key = hashlib.sha256(content).hexdigest()
        known = self.old.get(key)
        if known is not None:
            self.new[key] = known
            return Document(name, content.decode("utf-8").removeprefix("\ufeff"), _node(known))
        document = read_bytes(content, name)
        if document.root is not None and not document.problems:
            self.new[key] = _plain(document.root)
            self.changed = True
        return document

    def keep(self) -> None:
        """Writes what was read; does nothing where that is not possible."""
        if self.path is None or not self.writes or not (self.changed or len(self.new) < len(self.old)):
            return
        try:
            self.path.parent.mkdir(exist_ok=True)
            beside = self.path.with_name(f"{self.path.name}.{id(self)}")
            beside.write_bytes(orjson.dumps({"reader": _reader(), "files": self.new}))
            beside.replace(self.path)
        except OSError:
            pass  # a checkout that cannot be written to is only slower


def _reader() -> str:
    from importlib.metadata import version

    own = hashlib.sha256(Path(source.__file__).read_bytes()).hexdigest()
    return f"{version('ruamel.yaml')} {own}"


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return [node.value, node.start, node.end, node.style]
    if isinstance(node, Sequence):
        return {"s": [_plain(item) for item in node.items], "at": [node.start, node.end]}
    items = [[*_plain(node.keys[key]), _plain(value)] for key, value in node.items.items()]
    return {"m": items, "at": [node.start, node.end]}


def _node(plain: Any) -> Node:
    if isinstance(plain, list):
        return Scalar(*plain)
    start, end = plain["at"]
    if "s" in plain:
        return Sequence([_node(item) for item in plain["s"]], start, end)
    mapping = Mapping({}, {}, start, end)
    for value, first, last, style, item in plain["m"]:
        mapping.keys[value] = Scalar(value, first, last, style)
        mapping.items[value] = _node(item)
    return mapping
