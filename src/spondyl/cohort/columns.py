"""Conditions as expressions over columns, with null as UNKNOWN. It compiles; it reads no file.

A truth fact is one Boolean column; a number is `x_low` and `x_high`, where null is an open side; a choice is a text
column, with `x_not` for the values that were denied; a set has one Boolean column `x__member` per member in use.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, TypeAlias, assert_never

from spondyl.logic import (
    FALSE,
    TRUE,
    And,
    AtLeast,
    Compare,
    Condition,
    FactIs,
    Facts,
    FactType,
    Has,
    In,
    Interval,
    Known,
    Leaf,
    Members,
    NoneOf,
    Not,
    Or,
    Thresholds,
    Truth,
    leaves,
)

if TYPE_CHECKING:
    import polars as pl

Cell: TypeAlias = bool | float | str | list[str] | None

_NO_THRESHOLDS: Thresholds = {}
_NO_TYPES: Mapping[str, FactType] = {}
_NONE: Collection[str] = frozenset()


def column(
    condition: Condition,
    thresholds: Thresholds = _NO_THRESHOLDS,
    types: Mapping[str, FactType] = _NO_TYPES,
    denied: Collection[str] = _NONE,
) -> pl.Expr:
    """A Boolean expression: true, false, or null where the condition is UNKNOWN.

    `denied` names the choices that have a column `x_not`; for the others a denied value is simply not known. `types`
    is needed for `known` only. Raises KeyError for a threshold, or the type of a known fact, that is not given.
    """
    import polars as pl

    def compiled(part: Condition) -> pl.Expr:
        return column(part, thresholds, types, denied)

    match condition:
        case FactIs(name):
            return pl.col(name)
        case Compare(name, op, bound):
            return _compare(name, op, thresholds[bound] if isinstance(bound, str) else bound)
        case In(name, values):
            held = pl.col(name).is_in(list(values))
            if name not in denied:
                return held
            # Where the choice itself is not known, null and false make false.
            gone = [pl.col(f"{name}_not").list.contains(value).fill_null(False) for value in values]
            return held & ~reduce(and_, gone)
        case Has(name, member):
            return pl.col(f"{name}__{member}")
        case Known(name):
            return _known(types[name], name in denied)
        case Not(of):
            return ~compiled(of)
        case And(parts):
            return reduce(and_, map(compiled, parts), pl.lit(True))
        case Or(parts):
            return reduce(or_, map(compiled, parts), pl.lit(False))
        case AtLeast(n, parts):
            made = [compiled(part) for part in parts]
            certain = pl.sum_horizontal([part.fill_null(False) for part in made])
            possible = pl.sum_horizontal([part.fill_null(True) for part in made])
            return _either(certain >= n, possible < n)
        case _:
            assert_never(condition)


def _either(yes: pl.Expr, no: pl.Expr) -> pl.Expr:
    import polars as pl

    return pl.when(yes).then(True).when(no).then(False).otherwise(None)


def _compare(name: str, op: str, bound: float) -> pl.Expr:
    import polars as pl

    low, high = pl.col(f"{name}_low"), pl.col(f"{name}_high")
    # `when` takes null for false, so that a side that is open decides nothing.
    match op:
        case ">=":
            return _either(low >= bound, high < bound)
        case ">":
            return _either(low > bound, high <= bound)
        case "<=":
            return _either(high <= bound, low > bound)
        case "<":
            return _either(high < bound, low >= bound)
        case "==":
            return _either((low == bound) & (high == bound), (low > bound) | (high < bound))
    raise ValueError(f"no comparison {op!r}")


def _known(fact: FactType, denied: bool) -> pl.Expr:
    import polars as pl

    columns = [pl.col(name).is_not_null() for name in _names(fact)]
    if denied and fact.kind == "choice":
        columns.append((pl.col(f"{fact.name}_not").list.len() > 0).fill_null(False))
    return reduce(or_, columns)


def _names(fact: FactType) -> list[str]:
    if fact.kind == "number":
        return [f"{fact.name}_low", f"{fact.name}_high"]
    if fact.kind == "set":
        if not fact.values:
            raise ValueError(f"the members of {fact.name} are not listed, so known({fact.name}) has no columns")
        return [f"{fact.name}__{member}" for member in sorted(fact.values)]
    return [fact.name]


def schema(conditions: Iterable[Condition], types: Mapping[str, FactType] = _NO_TYPES) -> dict[str, pl.DataType]:
    """The columns that the conditions read, with their types: what a population must be flattened to."""
    import polars as pl

    made: dict[str, pl.DataType] = {}
    for leaf in _leaves(conditions, types):
        match leaf:
            case FactIs(name):
                made[name] = pl.Boolean()
            case Compare(name):
                made[f"{name}_low"] = made[f"{name}_high"] = pl.Float64()
            case In(name):
                made[name], made[f"{name}_not"] = pl.String(), pl.List(pl.String())
            case Has(name, member):
                made[f"{name}__{member}"] = pl.Boolean()
    return made


def row(conditions: Iterable[Condition], facts: Facts, types: Mapping[str, FactType] = _NO_TYPES) -> dict[str, Cell]:
    """The cells of one patient, for the columns of `schema`."""
    made: dict[str, Cell] = {}
    for leaf in _leaves(conditions, types):
        value = facts[leaf.fact]
        match leaf:
            case FactIs(name):
                made[name] = _cell(value) if isinstance(value, Truth) else None
            case Compare(name):
                number = value if isinstance(value, Interval) else Interval(None, None)
                made[f"{name}_low"], made[f"{name}_high"] = number.low, number.high
            case In(name):
                made[name] = value if isinstance(value, str) else None
                made[f"{name}_not"] = sorted(value.values) if isinstance(value, NoneOf) else None
            case Has(name, member):
                made[f"{name}__{member}"] = _cell(value.has(member)) if isinstance(value, Members) else None
    return made


def _cell(truth: Truth) -> bool | None:
    return {TRUE: True, FALSE: False}.get(truth)


def _leaves(conditions: Iterable[Condition], types: Mapping[str, FactType]) -> list[Leaf]:
    """The leaves, with those that hold the columns of a fact in place of `known`."""
    found: list[Leaf] = []
    for leaf in (leaf for condition in conditions for leaf in leaves(condition)):
        if not isinstance(leaf, Known):
            found.append(leaf)
            continue
        fact = types[leaf.fact]
        if fact.kind == "number":
            found.append(Compare(fact.name, "==", 0))
        elif fact.kind == "set":
            found += [Has(fact.name, member) for member in sorted(fact.values or ())]
        else:
            found.append(In(fact.name, ()) if fact.kind == "choice" else FactIs(fact.name))
    return found
