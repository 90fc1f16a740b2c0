"""What holds for every condition and every patient, tried on many."""

from __future__ import annotations

import json
from typing import assert_never

from hypothesis import given
from hypothesis import strategies as st
from logic.strategies import THRESHOLDS, TYPES, VOCABULARY, conditions, patients, refined

from spondyl.logic import (
    FALSE,
    TRUE,
    UNKNOWN,
    And,
    AtLeast,
    Condition,
    Facts,
    Not,
    Or,
    Truth,
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


@given(conditions(), patients(), st.data())
def test_learning_more_never_reverses_an_answer(condition, patient, data):
    before = truth(condition, patient)
    after = truth(condition, data.draw(refined(patient)))
    assert before in {UNKNOWN, after}


@given(conditions(), patients())
def test_the_facts_of_the_reason_alone_give_the_answer(condition, patient):
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


@given(conditions(known=True), patients())
def test_closures_equal_the_reference(condition, patient):
    assert closure(condition, THRESHOLDS)(patient) is truth(condition, patient)


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
