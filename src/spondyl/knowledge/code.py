"""Conditions as Python code: many judged in one call, for programs that judge many patients. Nothing clinical is here.

The answers are those of `logic.judge`; tests compare them by generation. The text that is compiled is made of the
names, words and numbers of a checked knowledge base, each written by `repr`; nothing a patient says ever reaches it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias, assert_never

from spondyl.logic import (
    FALSE,
    TRUE,
    UNKNOWN,
    And,
    AtLeast,
    Compare,
    Condition,
    FactIs,
    Has,
    In,
    Known,
    Leaf,
    NoneOf,
    Not,
    Or,
    Thresholds,
    Truth,
    Value,
    Values,
    is_recorded,
)

NO_THRESHOLDS: Thresholds = {}

Batch: TypeAlias = Callable[[Values, Values], tuple[Truth, ...]]
Chosen: TypeAlias = Callable[[Values, Values], list[int]]


class Slot(NamedTuple):
    """A condition of a batch, FALSE where its `unless` is TRUE, with the numbers of its profile.

    `guard`: it is read in the safety reading, as every `unless` is.
    """

    when: Condition
    unless: Condition | None = None
    guard: bool = False
    thresholds: Mapping[str, float] = NO_THRESHOLDS


def batch(slots: Sequence[Slot]) -> Batch:
    """A function from the plain and the safety values of a patient to the truth of each condition, in order.

    Both must hold every name, with None for what is not known.
    """
    truths = [_truth(one) for one in slots]
    return _function(f"({', '.join(truths)}{',' if len(truths) == 1 else ''})")  # type: ignore[no-any-return]


def chosen(slots: Sequence[Slot]) -> Chosen:
    """A function from the values of a patient to the places of the conditions that are TRUE."""
    lines = [" found = []; a = found.append"]
    for place, one in enumerate(slots):
        guarded = "" if one.unless is None else f" and not {_unless(one)}"
        lines.append(f" if {_when(one, True)}{guarded}: a({place})")
    return _function("found", "\n".join(lines))  # type: ignore[no-any-return]


def entries(conditions: Sequence[Condition]) -> tuple[Callable[[Values], list[int]], Callable[[Values], list[int]]]:
    """Two functions of the fields of an entry: the places of the conditions that hold, and of those that may.

    Here `not x` asks whether x was told: it is TRUE where x is not recorded.
    """
    made = []
    for sense in (True, False):
        lines = [" found = []; a = found.append"]
        for place, one in enumerate(conditions):
            term = _term(one, sense, "d", NO_THRESHOLDS, told=True)
            lines.append(f" if {'' if sense else 'not '}{term}: a({place})")
        made.append(_function("found", "\n".join(lines), "d"))
    return made[0], made[1]


class Derived(NamedTuple):
    """A truth derived from others: TRUE when `when` is TRUE and `unless` is not, FALSE too by `false_when`."""

    name: str
    when: Condition
    unless: Condition | None
    false_when: Condition | None


def derived(facts: Sequence[Derived]) -> Callable[[dict[str, Value | None]], None]:
    """A function that puts each of these facts into a patient's values where it does not stand yet, in order."""
    lines = []
    for name, when, unless, false_when in facts:
        plain = Slot(when)
        denied = [_when(plain, False), *(_when(Slot(one), True) for one in (unless, false_when) if one is not None)]
        holds = _when(plain, True) + ("" if unless is None else f" and not {_when(Slot(unless), True)}")
        lines.append(f" if {name!r} not in d:\n  d[{name!r}] = T if {holds} else F if {' or '.join(denied)} else None")
    return _function("None", "\n".join(lines) or " pass", "d")  # type: ignore[no-any-return]


def _truth(one: Slot) -> str:
    if one.unless is None:
        return f"T if {_when(one, True)} else F if {_when(one, False)} else U"
    return f"(F if {_unless(one)} else T) if {_when(one, True)} else F if {_when(one, False)} or {_unless(one)} else U"


def _when(one: Slot, sense: bool) -> str:
    return _term(one.when, sense, "s" if one.guard else "d", one.thresholds)


def _unless(one: Slot) -> str:
    assert one.unless is not None
    return _term(one.unless, True, "s", one.thresholds)


def _function(answer: str, before: str = " pass", given: str = "d, s") -> Any:
    names: dict[str, Any] = {"_T": TRUE, "_F": FALSE, "_U": UNKNOWN, "_N": NoneOf, "_R": is_recorded}
    head = f"def judged({given}, *, T=_T, F=_F, U=_U, N=_N, R=_R):"
    exec(f"{head}\n{before}\n return {answer}\n", names)  # made of rules only, see above
    return names["judged"]


def _term(condition: Condition, sense: bool, values: str, thresholds: Mapping[str, float], told: bool = False) -> str:
    """The Python expression that is true when the condition is TRUE (or, for `sense` False, when it is FALSE).

    `told`: what is not recorded as TRUE is denied by `not`, as in `entries`.
    """
    if isinstance(condition, Not):
        if told:
            return f"({'not ' if sense else ''}{_term(condition.of, True, values, thresholds, told)})"
        return _term(condition.of, not sense, values, thresholds)
    if isinstance(condition, And | Or):
        parts = [_term(part, sense, values, thresholds, told) for part in condition.of]
        if not parts:
            return str(isinstance(condition, And) is sense)
        return f"({(' and ' if isinstance(condition, And) is sense else ' or ').join(parts)})"
    if isinstance(condition, AtLeast):
        wanted = condition.n if sense else len(condition.of) - condition.n + 1
        parts = [f"({_term(part, sense, values, thresholds, told)})" for part in condition.of]
        return f"({' + '.join(parts) or '0'} >= {wanted})"
    return _leaf(condition, sense, f"{values}[{condition.fact!r}]", thresholds)


def _leaf(leaf: Leaf, sense: bool, value: str, thresholds: Mapping[str, float]) -> str:
    match leaf:
        case FactIs():
            return f"{value} is {'T' if sense else 'F'}"
        case Compare(_, op, bound):
            number = thresholds[bound] if isinstance(bound, str) else bound
            return f"((v := {value}) is not None and {_compared(op, number, sense)})"
        case In(_, words):
            one_of = f"{{{', '.join(map(repr, words))}}}" if words else "()"
            if sense:
                return f"({value} in {one_of})"
            denied = f"v.values.issuperset({tuple(words)!r})"
            return f"((v := {value}) is not None and ({denied} if v.__class__ is N else v not in {one_of}))"
        case Has(_, member):
            if sense:
                return f"((v := {value}) is not None and {member!r} in v.yes)"
            absent = f"{member!r} not in v.yes and (v.closed or {member!r} in v.no)"
            return f"((v := {value}) is not None and {absent})"
        case Known():
            return f"(R({value}))" if sense else f"(not R({value}))"
        case _:
            assert_never(leaf)


_TURNED = {">=": "<", ">": "<=", "<=": ">", "<": ">="}


def _compared(op: str, number: float, sense: bool) -> str:
    """An interval `v` compared for every number in it (`sense`), or refuted for every one."""
    if op == "==":
        if sense:
            return f"v.low == {number!r} == v.high"
        above = f"(v.low is not None and v.low > {number!r})"
        return f"({above} or (v.high is not None and v.high < {number!r}))"
    op = op if sense else _TURNED[op]
    end = "v.low" if op[0] == ">" else "v.high"
    return f"(w := {end}) is not None and w {op} {number!r}"
