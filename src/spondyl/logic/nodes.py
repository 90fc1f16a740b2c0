"""The closed set of nodes a condition is made of. A new node has a price: see docs/decisions/0012."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class FactIs:
    """A truth fact by its name."""

    fact: str


@dataclass(frozen=True, slots=True)
class Compare:
    """A number fact against a number, or against a threshold by its name."""

    fact: str
    op: str
    bound: float | str


@dataclass(frozen=True, slots=True)
class In:
    """A choice fact is one of these values."""

    fact: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Has:
    """A set fact has this member."""

    fact: str
    member: str


@dataclass(frozen=True, slots=True)
class Known:
    """Something is recorded about the fact. Not monotone, so refused in rules."""

    fact: str


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite; UNKNOWN stays UNKNOWN."""

    of: Condition


@dataclass(frozen=True, slots=True)
class And:
    """All of these."""

    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One of these."""

    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least n of these."""

    n: int
    of: tuple[Condition, ...]


Leaf: TypeAlias = FactIs | Compare | In | Has | Known
Condition: TypeAlias = Leaf | Not | And | Or | AtLeast
LEAVES = (FactIs, Compare, In, Has, Known)


def children(condition: Condition) -> tuple[Condition, ...]:
    """The conditions this one is made of; empty for a leaf."""
    if isinstance(condition, And | Or | AtLeast):
        return condition.of
    if isinstance(condition, Not):
        return (condition.of,)
    return ()


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every leaf, in reading order, repeated when it stands twice."""
    if isinstance(condition, And | Or | AtLeast):
        for part in condition.of:
            yield from leaves(part)
    elif isinstance(condition, Not):
        yield from leaves(condition.of)
    else:
        yield condition


def fact_names(condition: Condition) -> tuple[str, ...]:
    """The names of the facts the condition reads, each once, in reading order."""
    return tuple(dict.fromkeys(leaf.fact for leaf in leaves(condition)))


def threshold_names(condition: Condition) -> tuple[str, ...]:
    """The names of the thresholds the condition compares with, each once."""
    named = (leaf.bound for leaf in leaves(condition) if isinstance(leaf, Compare))
    return tuple(dict.fromkeys(bound for bound in named if isinstance(bound, str)))


# What compiled knowledge holds instead of objects: lists, strings and numbers only.
Plain: TypeAlias = list[Any]


def to_plain(condition: Condition) -> Plain:
    """The condition as nested lists, for the compiled knowledge base."""
    match condition:
        case FactIs(fact):
            return ["fact", fact]
        case Compare(fact, op, bound):
            return ["cmp", fact, op, bound]
        case In(fact, values):
            return ["in", fact, list(values)]
        case Has(fact, member):
            return ["has", fact, member]
        case Known(fact):
            return ["known", fact]
        case Not(of):
            return ["not", to_plain(of)]
        case And(parts):
            return ["and", *map(to_plain, parts)]
        case Or(parts):
            return ["or", *map(to_plain, parts)]
        case AtLeast(n, parts):
            return ["atleast", n, *map(to_plain, parts)]


def from_plain(plain: Plain) -> Condition:
    """The condition written by `to_plain`. Raises ValueError on anything else."""
    kind = plain[0]
    if kind == "fact":
        return FactIs(plain[1])
    if kind == "cmp":
        return Compare(plain[1], plain[2], plain[3])
    if kind == "in":
        return In(plain[1], tuple(plain[2]))
    if kind == "has":
        return Has(plain[1], plain[2])
    if kind == "known":
        return Known(plain[1])
    if kind == "not":
        return Not(from_plain(plain[1]))
    if kind == "and":
        return And(tuple([from_plain(part) for part in plain[1:]]))
    if kind == "or":
        return Or(tuple([from_plain(part) for part in plain[1:]]))
    if kind == "atleast":
        return AtLeast(plain[1], tuple([from_plain(part) for part in plain[2:]]))
    raise ValueError(f"no node {kind!r}")
