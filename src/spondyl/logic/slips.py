"""What an author meant who wrote a condition in the signs of another language. It reads what could not be parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_QUOTED: Final = re.compile(r"\"[^\"]*\"|'[^']*'")
_PAIRS: Final = {")": "(", "}": "{", "]": "["}
_SIGNS: Final = (
    (re.compile(r"\b(AND|And|OR|Or|NOT|Not|IN|In)\b"), "write '{lower}' in small letters"),
    (re.compile(r"&&?"), "write 'and' for '{found}'"),
    (re.compile(r"\|\|?"), "write 'or' for '{found}'"),
    (re.compile(r"!(?!=)"), "write 'not' for '!'"),
    (re.compile(r"<>"), "write 'not (x == 3)' for '<>'"),
    (re.compile(r"=<"), "write '<=' for '=<'"),
    (re.compile(r"=>"), "write '>=' for '=>'"),
    (re.compile(r"\u2264"), "write '<=' for '\u2264'"),
    (re.compile(r"\u2265"), "write '>=' for '\u2265'"),
    (re.compile(r"(?<![<>=!])=(?![=<>])"), "write '==' for one '='; a truth stands alone, a choice takes in {{a, b}}"),
)


class Slip(NamedTuple):
    """What to write instead, and the place in the text."""

    message: str
    start: int
    end: int


def slip(text: str) -> Slip | None:
    """The first sign of another language in a condition, or a bracket without its partner; None when there is none."""
    bare = _QUOTED.sub(lambda found: " " * len(found[0]), text)
    found = sorted(_signs(bare), key=lambda one: one.start)
    return found[0] if found else _bracket(bare)


def _signs(text: str) -> Iterator[Slip]:
    for sign, said in _SIGNS:
        for found in sign.finditer(text):
            yield Slip(said.format(found=found[0], lower=found[0].lower()), found.start(), found.end())


def _bracket(text: str) -> Slip | None:
    opened: list[tuple[str, int]] = []
    for place, sign in enumerate(text):
        if sign in _PAIRS.values():
            opened.append((sign, place))
        elif sign in _PAIRS:
            if not opened or opened[-1][0] != _PAIRS[sign]:
                return Slip(f"'{sign}' closes nothing", place, place + 1)
            opened.pop()
    if not opened:
        return None
    sign, place = opened[-1]
    return Slip(f"'{sign}' is not closed", place, place + 1)
