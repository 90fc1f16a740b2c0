"""JSON as the standard has it: one meaning or none. What Python's reader would let pass in silence is a fault here.

A key that stands twice, NaN, Infinity, a number beyond 64 bits, more levels than any record has: it says which, and
where, and leaves the code to its caller.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from typing import Any, Final, Literal

from spondyl.record import Problem, Refusal

Fault = Literal["syntax", "number", "twice"]
MOST_DEPTH: Final = 100
_LONGEST_NUMBER: Final = 19
_LONE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_SHOWN: Final = 60


class JsonError(Exception):
    """What is wrong with a text, as (message, place, what to do); the places count lines and columns."""

    def __init__(self, fault: Fault, *problems: tuple[str, str, str]) -> None:
        self.fault = fault
        self.problems = problems
        super().__init__(fault)


def strict(text: str) -> Any:
    """The plain value of a JSON text. Raises JsonError."""
    twice: list[str] = []

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        keyed = dict(found)
        if len(keyed) < len(found):
            twice.extend(key for key, times in Counter(key for key, _ in found).items() if times > 1)
        return keyed

    try:
        plain = json.loads(text, object_pairs_hook=pairs, parse_constant=_constant, parse_float=_real, parse_int=_whole)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise JsonError("syntax", ("this is not valid JSON", place, "repair the syntax there")) from None
    except RecursionError:
        raise _too_deep() from None
    if _deep(plain):
        raise _too_deep()
    if twice:
        raise JsonError(
            "twice", *((f"'{key[:_SHOWN]}' stands twice", "", "keep one of the two") for key in sorted(set(twice)))
        )
    return _sound(plain) if _LONE.search(text) else plain


def parse_json(text: str, name: str) -> Any:
    """The plain value of a JSON input. Raises Refusal: I004, or I005 for a key that stands twice."""
    try:
        return strict(text.removeprefix("\ufeff"))
    except JsonError as error:
        code = "I005" if error.fault == "twice" else "I004"
        raise Refusal(
            [
                Problem(code, message, f"{name}: {place}" if place else name, remedy)
                for message, place, remedy in error.problems
            ]
        ) from None


def _constant(_: str) -> None:
    raise JsonError("number", ("NaN and Infinity are no JSON numbers", "", "write null for what is not known"))


def _real(written: str) -> float:
    number = float(written)
    if math.isinf(number):
        raise _too_large()
    return number


def _whole(written: str) -> int:
    if len(written.lstrip("-")) >= _LONGEST_NUMBER:
        raise _too_large()
    return int(written)


def _too_large() -> JsonError:
    return JsonError("syntax", ("a number in the JSON is too large", "", "write numbers of at most 18 digits"))


def _too_deep() -> JsonError:
    return JsonError("syntax", (f"the JSON is nested more than {MOST_DEPTH} deep", "", "write it flatter"))


def _deep(plain: Any) -> bool:
    level, depth = [plain], 0
    while level:
        depth += 1
        if depth > MOST_DEPTH + 1:
            return True
        held = [one for one in level if isinstance(one, dict | list)]
        level = [inner for one in held for inner in (one.values() if isinstance(one, dict) else one)]
    return False


def _sound(plain: Any) -> Any:
    """The same value with half a character, which no text can hold, as the sign for what cannot be read."""
    if isinstance(plain, str):
        return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(plain, list):
        return [_sound(one) for one in plain]
    if isinstance(plain, dict):
        return {_sound(key): _sound(value) for key, value in plain.items()}
    return plain
