"""Three truth values (strong Kleene). UNKNOWN is an answer of its own, never a hidden no."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Final, NoReturn


class Truth(Enum):
    """TRUE, FALSE or UNKNOWN; refuses to be read as a Python bool."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    # Enum hashes by name in Python; identity is enough for three members and many times faster.
    __hash__ = object.__hash__

    def __bool__(self) -> NoReturn:
        # `if truth:` would silently read UNKNOWN as one of the two sides.
        raise TypeError("A Truth is not a bool: UNKNOWN is neither side. Write `truth is Truth.TRUE`.")


TRUE: Final = Truth.TRUE
FALSE: Final = Truth.FALSE
UNKNOWN: Final = Truth.UNKNOWN


def negate(truth: Truth) -> Truth:
    """TRUE and FALSE change places; UNKNOWN stays."""
    if truth is TRUE:
        return FALSE
    return TRUE if truth is FALSE else UNKNOWN


def both(truths: Iterable[Truth]) -> Truth:
    """FALSE if one is FALSE, else UNKNOWN if one is UNKNOWN, else TRUE (also of nothing)."""
    answer = TRUE
    for truth in truths:
        if truth is FALSE:
            return FALSE
        if truth is UNKNOWN:
            answer = UNKNOWN
    return answer


def either(truths: Iterable[Truth]) -> Truth:
    """TRUE if one is TRUE, else UNKNOWN if one is UNKNOWN, else FALSE (also of nothing)."""
    answer = FALSE
    for truth in truths:
        if truth is TRUE:
            return TRUE
        if truth is UNKNOWN:
            answer = UNKNOWN
    return answer


def at_least(n: int, truths: Iterable[Truth]) -> Truth:
    """TRUE if n are TRUE, FALSE if even the UNKNOWN ones would not make n, else UNKNOWN."""
    certain = open_ = 0
    for truth in truths:
        if truth is TRUE:
            certain += 1
        elif truth is UNKNOWN:
            open_ += 1
    if certain >= n:
        return TRUE
    return UNKNOWN if certain + open_ >= n else FALSE


def truth_of(value: bool | None) -> Truth:
    """A recorded yes or no as a Truth; None is UNKNOWN."""
    if value is None:
        return UNKNOWN
    return TRUE if value else FALSE
