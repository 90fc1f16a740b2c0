"""How the phrases of the note reader are written: brackets, groups, words that two facts claim. It reads no note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from spondyl.knowledge.gather import Source
from spondyl.knowledge.shape import nearest

_PIECE: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]|\{\w+\}|\.\.\.|#|[^\s(){}\[\]]+")
_BRACKET: Final = re.compile(r"[(){}\[\]]")
# A bar between the phrases of a class, and not one inside brackets.
_BAR: Final = re.compile(r"\|(?![^(\[{]*[)\]}])")
_NO_PHRASES: Final = ("groups", "spelling", "tables", "typos", "classes", "frames", "note")
_Said = tuple[Source, tuple[str | int, ...], str]


def check_said(sources: Iterable[Source], *, site: bool = False) -> None:
    """Every phrase can be read, and no two facts claim one phrase unless one of them says so.

    A site has no words of its own; the groups of the base are not looked at there.
    """
    listed = list(sources)
    groups = {name for source in listed for name in _mapping(source, "groups")}
    for source, path, phrase in _phrases(listed):
        wrong = _wrong(phrase, None if site else groups, nested=path[0] != "classes")
        if wrong is not None:
            source.refuse("K047", wrong[0], *path, near=wrong[1])
    _claimed_twice(listed)


def _phrases(sources: Iterable[Source]) -> Iterator[_Said]:
    for source in sources:
        if source.kind.name == "facts":
            for index, fact in _truths(source):
                for at, phrase in enumerate(fact.get("notes_say") or ()):
                    yield source, ("facts", index, "notes_say", at), str(phrase)
        if source.kind.name != "lexicon" or not isinstance(source.data, dict):
            continue
        for name, said in _mapping(source, "groups").items():
            for at, phrase in enumerate(said if isinstance(said, list) else ()):
                yield source, ("groups", name, at), str(phrase)
        for family, members in _mapping(source, "classes").items():
            for name, said in members.items() if isinstance(members, dict) else ():
                for phrase in _BAR.split(said) if isinstance(said, str) else said:
                    yield source, ("classes", family, name), str(phrase)
        for kind, entries in source.data.items():
            for index, entry in enumerate(entries if kind not in _NO_PHRASES and isinstance(entries, list) else ()):
                for at, phrase in enumerate(entry.get("say", ()) if isinstance(entry, dict) else ()):
                    yield source, (kind, index, "say", at), str(phrase)


def _mapping(source: Source, key: str) -> dict[str, Any]:
    data = source.data if source.kind.name == "lexicon" and isinstance(source.data, dict) else {}
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def _truths(source: Source) -> Iterator[tuple[int, dict[str, Any]]]:
    listed = source.data.get("facts") if isinstance(source.data, dict) else None
    for index, fact in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(fact, dict) and fact.get("type") == "truth":
            yield index, fact


def _wrong(phrase: str, groups: set[str] | None, *, nested: bool = True) -> tuple[str, str | None] | None:
    """What keeps a phrase from being read, and the nearest group."""
    stray = _BRACKET.search(_PIECE.sub("", phrase))
    if stray is not None:
        return f"'{stray[0]}' has no partner in this phrase", None
    for piece in _PIECE.findall(phrase):
        if piece[0] == "{" and groups is not None and piece[1:-1] not in groups:
            return f"no group is named '{piece[1:-1]}'", nearest(piece[1:-1], sorted(groups))
        if piece[0] not in "([" or not nested:
            continue
        for part in piece[1:-1].split("|"):
            if _wrong(part, groups) is not None:
                inner = _wrong(part, groups)
                return (
                    inner
                    if inner and inner[0].startswith("no group")
                    else ("a choice in inner brackets cuts the outer ones in two", None)
                )
    return None


def _claimed_twice(sources: Iterable[Source]) -> None:
    seen: dict[str, tuple[str, set[str]]] = {}
    for source in sources:
        if source.kind.name != "facts":
            continue
        for index, fact in _truths(source):
            name, shared = str(fact.get("fact")), {str(one) for one in fact.get("said_with") or ()}
            for at, phrase in enumerate(fact.get("notes_say") or ()):
                for said in _whole(str(phrase)):
                    other, allowed = seen.setdefault(said, (name, shared))
                    if other != name and other not in shared and name not in allowed:
                        message = f"'{said}' says '{other}' already; each note with these words would say both"
                        source.refuse("K043", message, "facts", index, "notes_say", at)


def _whole(phrase: str) -> list[str]:
    """The phrase without its case and blanks; each choice of one that is a single word."""
    plain = " ".join(phrase.lower().split())
    return [plain] if " " in plain or _BRACKET.search(plain) else [one for one in plain.split("|") if one]
