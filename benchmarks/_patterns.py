"""Every regular expression of the note reader, and text made to be the worst for each. For benchmarks only."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import spondyl.intake.formats
import spondyl.intake.note
from spondyl.intake.note.lazy import Lazy

_END = "\x00"
_CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d",
    op.CATEGORY_NOT_DIGIT: r"\D",
    op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_NOT_SPACE: r"\S",
    op.CATEGORY_WORD: r"\w",
    op.CATEGORY_NOT_WORD: r"\W",
}


def expressions() -> list[tuple[str, re.Pattern[str]]]:
    """Name and expression, from all modules of the reader and of the formats."""
    found: dict[str, re.Pattern[str]] = {}
    for package in (spondyl.intake.note, spondyl.intake.formats):
        for module in pkgutil.iter_modules(package.__path__):
            if module.name in ("__main__", "lexicon"):  # the lexicon is compiled from our own phrases, not from notes
                continue
            held = vars(importlib.import_module(f"{package.__name__}.{module.name}"))
            for name, value in held.items():
                if isinstance(value, Lazy):
                    value = value.compiled
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    found.setdefault(value.pattern + str(value.flags), value)
                    found[value.pattern + str(value.flags)] = value
                    _NAMES.setdefault(value.pattern + str(value.flags), f"{module.name}.{name}")
    return [(_NAMES[key], value) for key, value in found.items()]


_NAMES: dict[str, str] = {}


def worst(pattern: re.Pattern[str]) -> Iterator[str]:
    """Pieces to repeat: what each repeating part of the expression matches, alone and after what stands before it."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    whole = _sample(tree)
    pieces = {whole, whole + " ", whole + "\n", " ", "\n", "a", "1", ".", "("}
    for prefix, piece in _repeats(tree, ""):
        pieces |= {piece, piece + " ", prefix + piece}
    return iter(sorted(piece for piece in pieces if piece))


def text_of(piece: str, length: int) -> str:
    """The piece repeated, with an end at which every try fails."""
    return (piece * (length // len(piece) + 1))[:length] + _END


def _sample(tree: Any) -> str:
    """A short text that the expression, or a part of it, matches."""
    made = []
    for code, value in tree:
        if code is op.LITERAL:
            made.append(chr(value))
        elif code is op.NOT_LITERAL:
            made.append("b" if value != ord("b") else "c")
        elif code is op.ANY:
            made.append("x")
        elif code is op.IN:
            made.append(_member(value))
        elif code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            low, _, inner = value
            made.append(_sample(inner) * max(1, low))
        elif code is op.SUBPATTERN:
            made.append(_sample(value[3]))
        elif code is op.ATOMIC_GROUP:
            made.append(_sample(value))
        elif code is op.BRANCH:
            made.append(_sample(value[1][0]))
    return "".join(made)


def _member(members: Any) -> str:
    if members[0][0] is op.NEGATE:
        for candidate in "b 1.\n-\t,":
            if not any(_holds(code, value, candidate) for code, value in members[1:]):
                return candidate
        return "\u00e9"
    code, value = members[0]
    if code is op.LITERAL:
        return chr(value)
    if code is op.RANGE:
        return chr(value[0])
    return {op.CATEGORY_DIGIT: "7", op.CATEGORY_SPACE: " ", op.CATEGORY_WORD: "w"}.get(value, "-")


def _holds(code: Any, value: Any, character: str) -> bool:
    if code is op.LITERAL:
        return chr(value) == character
    if code is op.RANGE:
        return value[0] <= ord(character) <= value[1]
    return bool(re.match(_CATEGORIES[value], character))


def _repeats(tree: Any, prefix: str) -> Iterator[tuple[str, str]]:
    before = prefix
    for item in tree:
        code, value = item
        if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            _, high, inner = value
            if high > 1:
                yield before, _sample(inner)
            yield from _repeats(inner, before)
        elif code is op.SUBPATTERN:
            yield from _repeats(value[3], before)
        elif code is op.ATOMIC_GROUP:
            yield from _repeats(value, before)
        elif code is op.BRANCH:
            for branch in value[1]:
                yield from _repeats(branch, before)
        elif code in (op.ASSERT, op.ASSERT_NOT):
            yield from _repeats(value[1], before)
        before += _sample([item])
