"""The phrases of the note reader: none of them says a fact by one bare word that its author did not mean to be enough.

It reads no note.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from spondyl.knowledge.gather import Source

_PIECE: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]|\{\w+\}|\.\.\.|[^\s(){}\[\]]+")
_WORD: Final = re.compile(r"\{\w+\}|#|[+\u2191\u2193]|[^\W_]+(?:['\u2019][^\W_]+)*")
_NO_PHRASES: Final = ("groups", "spelling", "tables", "typos", "classes", "frames", "context", "section")
# Words that say nothing at the end of a phrase, and those that say nothing at its beginning.
_ENDS: Final = frozenset(
    "a an the his her their to in into on onto of at for from with by as and or is are was were be been has have had it"
    " he she".split()
)
_OPENS: Final = frozenset("a an the his her their is are was were be been has have had".split())


def check_phrases(sources: Iterable[Source]) -> None:
    """A phrase whose brackets are left out still says something, or its bare word stands as a phrase of its own."""
    for source in sources:
        if source.kind.name == "facts":
            for index, fact in enumerate(source.data.get("facts", ()) if isinstance(source.data, dict) else ()):
                if isinstance(fact, dict) and fact.get("type") == "truth":
                    _check(source, fact.get("notes_say") or (), ("facts", index, "notes_say"))
        elif source.kind.name == "lexicon" and isinstance(source.data, dict):
            for kind, entries in source.data.items():
                for index, entry in enumerate(entries if kind not in _NO_PHRASES else ()):
                    _check(source, entry.get("say", ()), (kind, index, "say"))


def _check(source: Source, said: Iterable[Any], path: tuple[str | int, ...]) -> None:
    phrases = [str(phrase) for phrase in said]
    alone: set[str] | None = None
    for index, phrase in enumerate(phrases):
        if "(" not in phrase:
            continue
        for left in _left(phrase):
            if alone is None:
                alone = {bare for plain in phrases if "(" not in plain for bare in _left(plain)}
            if left not in alone:
                source.refuse("K046", f"without its brackets this phrase is '{left}' alone", *path, index)
                break


def _left(phrase: str) -> Iterator[str]:
    """What remains of a phrase without its brackets, where that is one word or none."""
    ways = [_ways(piece) for piece in _PIECE.findall(phrase) if piece[0] not in "(." and piece != "|"]
    if sum(all(_says(way) for way in each) for each in ways) > 1:
        return
    for choice in itertools.product(*ways):
        words = " ".join(choice)
        bare = _WORD.findall(words)
        while bare and bare[-1].lower() in _ENDS:
            bare.pop()
        while bare and bare[0].lower() in _OPENS:
            del bare[0]
        if len(bare) < 2:
            yield words


def _ways(piece: str) -> list[str]:
    inner = piece[1:-1] if piece[0] == "[" else piece
    return [way.strip() for way in inner.split("|")] if inner.strip("|") else [piece]


def _says(way: str) -> bool:
    return any(word.lower() not in _ENDS and word.lower() not in _OPENS for word in _WORD.findall(way))
