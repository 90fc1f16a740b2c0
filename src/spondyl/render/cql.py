"""Conditions as a CQL 1.5 library, for other people's engines. Every fact is a parameter, and null is UNKNOWN.

A truth is a Boolean, a number two Decimals `x_low` and `x_high`, a choice a String with the denied values in `x_not`,
a set one Boolean `x__member` per member in use. Two traps of CQL are avoided here: `null in {...}` is false and not
null, and a query drops repeated values, so that counting goes through `Sum` of ones and zeros.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import assert_never

from spondyl.logic import (
    And,
    AtLeast,
    Compare,
    Condition,
    FactIs,
    FactType,
    Has,
    In,
    Known,
    Not,
    Or,
    Thresholds,
    leaves,
    threshold_names,
)

_NO_TYPES: Mapping[str, FactType] = {}
_NO_THRESHOLDS: Thresholds = {}
_DECIMALS = 8  # CQL knows no finer step
_PLACES = Decimal(1).scaleb(-_DECIMALS)


def library(
    name: str,
    conditions: Mapping[str, Condition],
    types: Mapping[str, FactType] = _NO_TYPES,
    thresholds: Thresholds = _NO_THRESHOLDS,
    version: str = "1.0.0",
) -> str:
    """The text of a library that defines each condition by its name: true, false or null.

    `types` is needed for `known` only. Raises KeyError for a threshold, or the type of a known fact, that is not given,
    and ValueError for a number that CQL cannot hold.
    """
    numbers = {name: None for condition in conditions.values() for name in threshold_names(condition)}
    lines = [f"library {_identifier(name)} version {_string(version)}", ""]
    lines += [f"parameter {_identifier(fact)} {kind}" for fact, kind in parameters(conditions.values(), types).items()]
    lines += ["", "context Unfiltered"]
    lines += [f"\ndefine {_threshold(bound)}: {_decimal(thresholds[bound])}" for bound in sorted(numbers)]
    for defined, condition in conditions.items():
        lines.append(f"\ndefine {_identifier(defined)}:\n  {_top(condition, types)}")
    return "\n".join(lines) + "\n"


def parameters(conditions: Iterable[Condition], types: Mapping[str, FactType] = _NO_TYPES) -> dict[str, str]:
    """The parameters that the conditions read, with their CQL types, sorted by name."""
    found: dict[str, str] = {}
    for leaf in (leaf for condition in conditions for leaf in leaves(condition)):
        match leaf:
            case FactIs(fact):
                found[fact] = "Boolean"
            case Compare(fact):
                found |= _number(fact)
            case In(fact):
                found |= _choice(fact)
            case Has(fact, member):
                found[f"{fact}__{member}"] = "Boolean"
            case Known(fact):
                found |= _columns(types[fact])
            case _:
                assert_never(leaf)
    return dict(sorted(found.items()))


def expression(condition: Condition, types: Mapping[str, FactType] = _NO_TYPES) -> str:
    """The condition as one CQL expression that can stand inside another."""
    match condition:
        case FactIs(fact):
            return _identifier(fact)
        case Compare(fact, op, bound):
            return _compare(fact, op, _threshold(bound) if isinstance(bound, str) else _decimal(bound))
        case In(fact, values):
            choice, denied = _identifier(fact), _identifier(f"{fact}_not")
            words = [_string(value) for value in values]
            gone = " and ".join(f"{word} in {denied}" for word in words)
            return _case(f"{choice} in {{{', '.join(words)}}}", f"{choice} is null and {gone}", f"{choice} is not null")
        case Has(fact, member):
            return _identifier(f"{fact}__{member}")
        case Known(fact):
            known = [
                f"exists {_identifier(name)}" if kind.startswith("List") else f"{_identifier(name)} is not null"
                for name, kind in _columns(types[fact]).items()
            ]
            return f"({' or '.join(known)})"
        case Not(of):
            return f"(not {expression(of, types)})"
        case And(parts):
            return f"({' and '.join(expression(part, types) for part in parts) or 'true'})"
        case Or(parts):
            return f"({' or '.join(expression(part, types) for part in parts) or 'false'})"
        case AtLeast(n, parts):
            made = [expression(part, types) for part in parts]
            certain = ", ".join(f"if {part} is true then 1 else 0" for part in made)
            possible = ", ".join(f"if {part} is false then 0 else 1" for part in made)
            return _case(f"Sum({{{certain}}}) >= {n}", f"Sum({{{possible}}}) < {n}")
        case _:
            assert_never(condition)


def _top(condition: Condition, types: Mapping[str, FactType]) -> str:
    """The outermost form, one part a line."""
    if isinstance(condition, And | Or) and condition.of:
        word = "and" if isinstance(condition, And) else "or"
        return f"\n    {word} ".join(expression(part, types) for part in condition.of)
    return expression(condition, types)


def _case(yes: str, no: str, decided: str | None = None) -> str:
    """True, false or null by two tests; with `decided`, `yes` is the answer wherever that holds."""
    first = f"when {decided} then {yes}" if decided else f"when {yes} then true"
    return f"(case {first} when {no} then false else null end)"


def _compare(fact: str, op: str, bound: str) -> str:
    low, high = _identifier(f"{fact}_low"), _identifier(f"{fact}_high")
    match op:
        case ">=":
            return _case(f"{low} >= {bound}", f"{high} < {bound}")
        case ">":
            return _case(f"{low} > {bound}", f"{high} <= {bound}")
        case "<=":
            return _case(f"{high} <= {bound}", f"{low} > {bound}")
        case "<":
            return _case(f"{high} < {bound}", f"{low} >= {bound}")
        case "==":
            return _case(f"{low} = {bound} and {high} = {bound}", f"{low} > {bound} or {high} < {bound}")
    raise ValueError(f"no comparison {op!r}")


def _number(fact: str) -> dict[str, str]:
    return {f"{fact}_low": "Decimal", f"{fact}_high": "Decimal"}


def _choice(fact: str) -> dict[str, str]:
    return {fact: "String", f"{fact}_not": "List<String>"}


def _columns(fact: FactType) -> dict[str, str]:
    if fact.kind == "number":
        return _number(fact.name)
    if fact.kind == "choice":
        return _choice(fact.name)
    if fact.kind == "set":
        if not fact.values:
            raise ValueError(f"the members of {fact.name} are not listed, so known({fact.name}) has no parameters")
        return {f"{fact.name}__{member}": "Boolean" for member in sorted(fact.values)}
    return {fact.name: "Boolean"}


def _threshold(name: str) -> str:
    return _identifier(f"threshold {name}")


def _decimal(number: float) -> str:
    exact = Decimal(repr(number))
    if not exact.is_finite() or exact % _PLACES:
        raise ValueError(f"CQL has {_DECIMALS} decimal places: {number!r}")
    text = f"{exact:f}"
    return text if "." in text else f"{text}.0"


def _identifier(name: str) -> str:
    return f'"{_escaped(name, chr(34))}"'


def _string(text: str) -> str:
    return f"'{_escaped(text, chr(39))}'"


def _escaped(text: str, quote: str) -> str:
    plain = text.replace("\\", "\\\\").replace(quote, f"\\{quote}")
    return re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found.group()):04x}", plain)
