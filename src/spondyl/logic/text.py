"""Condition to text: the inverse of `parse`."""

from __future__ import annotations

import keyword
from typing import assert_never

from spondyl.logic.nodes import And, AtLeast, Compare, Condition, FactIs, Has, In, Known, Not, Or


def to_text(condition: Condition) -> str:
    """The expression that `parse` reads back to the same condition."""
    match condition:
        case FactIs(fact):
            return fact
        case Compare(fact, op, bound):
            return f"{fact} {op} {bound if isinstance(bound, str) else number_text(bound)}"
        case In(fact, values):
            return f"{fact} in {{{', '.join(_word(value) for value in values)}}}"
        case Has(fact, member):
            return f"has({fact}, {_word(member)})"
        case Known(fact):
            return f"known({fact})"
        case Not(of):
            return f"not {_grouped(of)}"
        case And(parts):
            return " and ".join(_grouped(part) for part in parts)
        case Or(parts):
            return " or ".join(_grouped(part) for part in parts)
        case AtLeast(n, parts):
            return f"at_least({n}, {', '.join(to_text(part) for part in parts)})"
        case _:
            assert_never(condition)


def number_text(number: float) -> str:
    """A number without a needless fraction: 6, not 6.0."""
    return str(int(number)) if number == int(number) else repr(number)


def _grouped(condition: Condition) -> str:
    text = to_text(condition)
    return f"({text})" if isinstance(condition, And | Or | Not) else text


def _word(word: str) -> str:
    plain = all(part.isidentifier() and not keyword.iskeyword(part) for part in word.split("."))
    return word if plain and word.isascii() else repr(word)
