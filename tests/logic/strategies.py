"""Vocabularies, patients and conditions by generation. A node class without a strategy fails test_nodes.py."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

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
    Members,
    NoneOf,
    Not,
    Or,
    Value,
    Vocabulary,
    exactly,
    fact_names,
)

# Few names and few numbers, so that what a condition asks and what a patient has meet often.
TRUTHS = ("fever", "tone_reduced", "collection.present")
NUMBERS = ("weeks",)
CHOICES = {"ckd_stage": ("3a", "3b", "4")}
SETS = {"findings": ("collection", "nonunion")}
THRESHOLDS = {"care_weeks": 6.0}

TYPES = {
    **{name: FactType(name, "truth") for name in TRUTHS},
    **{name: FactType(name, "number", unit="1") for name in NUMBERS},
    **{name: FactType(name, "choice", frozenset(values)) for name, values in CHOICES.items()},
    **{name: FactType(name, "set", frozenset(values)) for name, values in SETS.items()},
}
VOCABULARY = Vocabulary(TYPES, dict.fromkeys(THRESHOLDS, "1"))

# Numbers sit on, just beside and between the bounds, where a comparison turns.
MARKS = (4.0, 6.0)
BOUNDS = st.sampled_from([*MARKS, *THRESHOLDS])
NEAR = st.sampled_from([number for mark in MARKS for number in (mark - 0.5, mark, mark + 0.5)])
OPS = st.sampled_from(["<", "<=", ">", ">=", "=="])


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted([draw(NEAR), draw(NEAR)])
    shape = draw(st.sampled_from(["exact", "closed", "closed", "open low", "open high"]))
    if shape == "exact":
        return exactly(low)
    return Interval(None if shape == "open low" else low, None if shape == "open high" else high)


@st.composite
def members(draw: st.DrawFn, words: tuple[str, ...]) -> Members:
    said = {word: draw(st.sampled_from(["yes", "no", "nothing"])) for word in words}
    yes = frozenset(word for word, how in said.items() if how == "yes")
    return Members(yes, frozenset(word for word, how in said.items() if how == "no"), draw(st.booleans()))


def values(fact: FactType) -> st.SearchStrategy[Value | None]:
    """Everything that may be recorded about a fact, and that nothing is."""
    if fact.kind == "truth":
        recorded: st.SearchStrategy[Value] = st.sampled_from([TRUE, FALSE])
    elif fact.kind == "number":
        recorded = intervals()
    elif fact.kind == "choice":
        words = sorted(fact.values or ())
        denied = st.sets(st.sampled_from(words), min_size=1).map(lambda some: NoneOf(frozenset(some)))
        recorded = st.sampled_from(words) | denied
    else:
        recorded = members(tuple(sorted(fact.values or ())))
    return st.none() | recorded | recorded


@st.composite
def patients(draw: st.DrawFn, facts: tuple[str, ...] = tuple(TYPES)) -> Facts:
    recorded = {name: draw(values(TYPES[name])) for name in facts}
    return Facts({name: value for name, value in recorded.items() if value is not None})


@st.composite
def refined(draw: st.DrawFn, patient: Facts, facts: tuple[str, ...] = tuple(TYPES)) -> Facts:
    """The same patient when more is known: what was open is filled or narrowed, nothing is taken back."""
    learned = {name: draw(_refined(patient[name], TYPES[name])) for name in facts}
    return Facts({name: value for name, value in learned.items() if value is not None})


def _refined(value: Value | None, fact: FactType) -> st.SearchStrategy[Value | None]:
    if value is None:
        return values(fact)
    if isinstance(value, Interval):
        inside = [n for mark in MARKS for n in (mark - 0.5, mark, mark + 0.5) if value.meets(exactly(n))]
        ends = st.sampled_from(inside or [_some_number(value)])
        return st.tuples(ends, ends).map(lambda pair: Interval(min(pair), max(pair)))
    if isinstance(value, NoneOf):
        left = sorted((fact.values or frozenset()) - value.values)
        wider = st.sets(st.sampled_from(sorted(fact.values or ()))).map(lambda some: NoneOf(value.values | some))
        return wider | st.sampled_from(left) if left else wider
    if isinstance(value, Members):
        open_ = () if value.closed else tuple(sorted((fact.values or frozenset()) - value.yes - value.no))
        return members(open_).map(
            lambda more: Members(value.yes | more.yes, value.no | more.no, value.closed or more.closed)
        )
    return st.just(value)


def _some_number(value: Interval) -> float:
    return value.low if value.low is not None else value.high if value.high is not None else 0.0


# One strategy per leaf, and one per node that joins, made from the strategy of its parts.
LEAF_STRATEGIES: dict[type[Condition], st.SearchStrategy[Condition]] = {
    FactIs: st.builds(FactIs, st.sampled_from(TRUTHS)),
    Compare: st.builds(Compare, st.sampled_from(NUMBERS), OPS, BOUNDS),
    In: st.sampled_from(sorted(CHOICES)).flatmap(
        lambda name: st.lists(st.sampled_from(CHOICES[name]), min_size=1, max_size=2, unique=True).map(
            lambda words: In(name, tuple(words))
        )
    ),
    Has: st.sampled_from(sorted(SETS)).flatmap(lambda name: st.builds(Has, st.just(name), st.sampled_from(SETS[name]))),
    Known: st.builds(Known, st.sampled_from(sorted(TYPES))),
}
Joined = Callable[[st.SearchStrategy[Condition]], st.SearchStrategy[Condition]]
JOIN_STRATEGIES: dict[type[Condition], Joined] = {
    Not: lambda part: st.builds(Not, part),
    And: lambda part: st.builds(And, st.lists(part, min_size=2, max_size=4).map(tuple)),
    Or: lambda part: st.builds(Or, st.lists(part, min_size=2, max_size=4).map(tuple)),
    AtLeast: lambda part: st.lists(part, min_size=1, max_size=4).flatmap(
        lambda parts: st.integers(1, len(parts)).map(lambda n: AtLeast(n, tuple(parts)))
    ),
}


def conditions(known: bool = False, max_leaves: int = 8) -> st.SearchStrategy[Condition]:
    """Conditions over the vocabulary, with `known` only where it is wanted."""
    leaf = st.one_of([made for node, made in LEAF_STRATEGIES.items() if known or node is not Known])
    return st.recursive(
        leaf, lambda part: st.one_of([join(part) for join in JOIN_STRATEGIES.values()]), max_leaves=max_leaves
    )


def asked(known: bool = False) -> st.SearchStrategy[tuple[Condition, list[Facts]]]:
    """A condition, and patients of whom only what it reads may be recorded."""
    return conditions(known).flatmap(
        lambda one: st.tuples(st.just(one), st.lists(patients(fact_names(one)), min_size=3, max_size=5))
    )
