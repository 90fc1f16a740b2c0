"""What holds for every condition and every patient, tried on many."""

from __future__ import annotations

import json
from itertools import combinations, product
from typing import assert_never

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from logic.engines import ENGINES
from logic.strategies import THRESHOLDS, TYPES, VOCABULARY, asked, conditions, patients, refined

from spondyl.logic import (
    FALSE,
    TRUE,
    UNKNOWN,
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
    Members,
    NoneOf,
    Not,
    Or,
    Truth,
    Value,
    at_least,
    both,
    closure,
    either,
    fact_names,
    from_plain,
    judge,
    leaves,
    negate,
    parse,
    threshold_names,
    to_plain,
    to_text,
)
from spondyl.logic.nodes import LEAVES


def truth(condition: Condition, patient: Facts) -> Truth:
    return judge(condition, patient, THRESHOLDS).truth


@given(asked(), st.data())
def test_learning_more_never_reverses_an_answer(asked, data):
    condition, patients = asked
    for patient in patients:
        before = truth(condition, patient)
        after = truth(condition, data.draw(refined(patient, fact_names(condition))))
        assert before in {UNKNOWN, after}


def everything(fact: FactType) -> list[Value | None]:
    """Every value a small fact can have."""
    if fact.kind == "truth":
        return [None, TRUE, FALSE]
    if fact.kind == "number":
        ends = [None, 5.0, 6.0, 7.0]
        pairs = [(low, high) for low in ends for high in ends if None in (low, high) or low <= high]
        return [None, *(Interval(low, high) for low, high in pairs)]
    words = sorted(fact.values or ())
    some = [frozenset(part) for size in range(len(words) + 1) for part in combinations(words, size)]
    if fact.kind == "choice":
        return [None, *words, *map(NoneOf, some)]
    return [
        None,
        *(Members(yes, no, closed) for yes in some for no in some if not yes & no for closed in (False, True)),
    ]


def tells_more(value: Value | None, learned: Value | None) -> bool:
    """Whether `learned` may follow on `value`: all that was said is still said."""
    if value is None or value == learned:
        return True
    if isinstance(value, Interval) and isinstance(learned, Interval):
        above = value.low is None or (learned.low is not None and learned.low >= value.low)
        return above and (value.high is None or (learned.high is not None and learned.high <= value.high))
    if isinstance(value, NoneOf):
        return learned not in value.values if isinstance(learned, str) else value.values <= learned.values  # type: ignore[union-attr]
    if isinstance(value, Members) and isinstance(learned, Members):
        if value.closed:
            return learned.closed and learned.yes == value.yes
        return value.yes <= learned.yes and all(learned.has(word) is FALSE for word in value.no)
    return False


LEAVES_OF = {
    "fever": [FactIs("fever")],
    "weeks": [Compare("weeks", op, bound) for op in ("<", "<=", ">", ">=", "==") for bound in (6.0, "care_weeks")],
    "ckd_stage": [In("ckd_stage", words) for words in (("3a",), ("3a", "3b"), ("3b", "4"))],
    "findings": [Has("findings", "collection"), Has("findings", "nonunion")],
}


@pytest.mark.parametrize("name", LEAVES_OF)
def test_learning_more_never_reverses_a_leaf(name):
    # Every pair of values, not some; that the nodes that join keep the order is the next test.
    values = everything(TYPES[name])
    for leaf, value, learned in product(LEAVES_OF[name], values, values):
        if learned is not None and tells_more(value, learned):
            before, after = truth(leaf, Facts({name: value})), truth(leaf, Facts({name: learned}))
            assert before in {UNKNOWN, after}, (leaf, value, learned)


def test_the_nodes_that_join_keep_the_order_of_information():
    below = {(UNKNOWN, TRUE), (UNKNOWN, FALSE), *((one, one) for one in Truth)}
    joins = [both, either, lambda truths: at_least(2, truths), lambda truths: at_least(3, truths)]
    for less in product(Truth, repeat=3):
        for more in product(Truth, repeat=3):
            if all(pair in below for pair in zip(less, more, strict=True)):
                assert all((join(less), join(more)) in below for join in joins)
                assert (negate(less[0]), negate(more[0])) in below


@given(asked())
def test_the_facts_of_the_reason_alone_give_the_answer(asked):
    condition, patients = asked
    for patient in patients:
        judgment = judge(condition, patient, THRESHOLDS)
        named = {leaf.condition.fact for leaf in judgment.leaves()}
        assert truth(condition, Facts({name: patient[name] for name in named})) is judgment.truth


@given(conditions(known=True), patients())
def test_the_leaves_of_the_reason_alone_give_the_answer(condition, patient):
    # Stronger than the facts: what another leaf says about the same fact is left out too.
    judgment = judge(condition, patient, THRESHOLDS)
    said = {leaf.condition: leaf.truth for leaf in judgment.leaves()}

    def from_leaves(part: Condition) -> Truth:
        match part:
            case Not(of):
                return negate(from_leaves(of))
            case And(parts):
                return both(map(from_leaves, parts))
            case Or(parts):
                return either(map(from_leaves, parts))
            case AtLeast(n, parts):
                return at_least(n, map(from_leaves, parts))
            case leaf if isinstance(leaf, LEAVES):
                return said.get(leaf, UNKNOWN)
            case _:
                assert_never(part)

    assert from_leaves(condition) is judgment.truth


@given(conditions(known=True), patients())
def test_every_leaf_of_the_reason_is_a_leaf_of_the_condition_judged_the_same(condition, patient):
    written = set(leaves(condition))
    for leaf in judge(condition, patient, THRESHOLDS).leaves():
        assert leaf.condition in written
        assert leaf.truth is truth(leaf.condition, patient)


@given(asked(known=True))
def test_closures_equal_the_reference(asked):
    condition, patients = asked
    check = closure(condition, THRESHOLDS)
    for patient in patients:
        assert check(patient) is truth(condition, patient)


@settings(max_examples=40)
@given(asked(known=True))
def test_nodes_and_code_equal_the_reference(asked):
    condition, patients = asked
    for engine in ENGINES:
        if engine.name in ("nodes", "code"):
            answers = engine.answer(condition, patients, THRESHOLDS, TYPES)
            assert answers == [truth(condition, patient) for patient in patients]


@given(conditions(known=True))
def test_printing_and_parsing_are_inverse(condition):
    assert parse(to_text(condition), VOCABULARY, allow_known=True) == condition


@given(conditions(known=True))
def test_plain_values_are_the_condition_even_through_json(condition):
    assert from_plain(to_plain(condition)) == condition
    assert from_plain(json.loads(json.dumps(to_plain(condition)))) == condition


@given(conditions(known=True))
def test_names_are_those_of_the_text(condition):
    assert set(fact_names(condition)) <= set(TYPES)
    assert list(fact_names(condition)) == list(dict.fromkeys(leaf.fact for leaf in leaves(condition)))
    assert set(threshold_names(condition)) <= set(THRESHOLDS)


# Kleene's algebra, on conditions. The truth tables stand in test_tables.py.

small = conditions(known=True, max_leaves=3)


def same(one: Condition, other: Condition, patient: Facts) -> bool:
    return truth(one, patient) is truth(other, patient)


@given(small, small, patients())
def test_de_morgan(a, b, patient):
    assert same(Not(And((a, b))), Or((Not(a), Not(b))), patient)
    assert same(Not(Or((a, b))), And((Not(a), Not(b))), patient)


@given(small, patients())
def test_double_negation_and_idempotence(a, patient):
    assert same(Not(Not(a)), a, patient)
    assert same(And((a, a)), a, patient)
    assert same(Or((a, a)), a, patient)


@given(small, small, patients())
def test_absorption_and_order_of_parts(a, b, patient):
    assert same(And((a, Or((a, b)))), a, patient)
    assert same(Or((a, And((a, b)))), a, patient)
    assert same(And((a, b)), And((b, a)), patient)
    assert same(Or((a, b)), Or((b, a)), patient)


@given(small, small, small, patients())
def test_distributivity_and_grouping(a, b, c, patient):
    assert same(And((a, Or((b, c)))), Or((And((a, b)), And((a, c)))), patient)
    assert same(Or((a, And((b, c)))), And((Or((a, b)), Or((a, c)))), patient)
    assert same(And((a, b, c)), And((a, And((b, c)))), patient)
    assert same(Or((a, b, c)), Or((Or((a, b)), c)), patient)


@given(st.lists(small, min_size=1, max_size=5).map(tuple), patients())
def test_and_and_or_are_at_least_all_and_at_least_one(parts, patient):
    assert same(AtLeast(len(parts), parts), And(parts), patient)
    assert same(AtLeast(1, parts), Or(parts), patient)


@given(st.lists(small, min_size=1, max_size=5).map(tuple), st.data(), patients())
def test_not_at_least_n_is_at_least_the_rest_not(parts, data, patient):
    n = data.draw(st.integers(1, len(parts)))
    negated = tuple(Not(part) for part in parts)
    assert same(Not(AtLeast(n, parts)), AtLeast(len(parts) - n + 1, negated), patient)


def test_there_is_no_excluded_middle():
    for value, answer in [(TRUE, TRUE), (FALSE, TRUE), (UNKNOWN, UNKNOWN)]:
        assert either([value, negate(value)]) is answer
