"""Every engine gives every answer of the reference page (tests/logic/tables.py)."""

from __future__ import annotations

import itertools

import pytest
from logic.engines import ENGINES, Engine
from logic.tables import TABLES, THRESHOLDS, TRUTHS, TYPES, Table

from spondyl.logic import FALSE, TRUE, UNKNOWN, Truth, truth_of


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.title.replace("`", ""))
@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_an_engine_answers_as_the_page_says(engine: Engine, table: Table):
    if engine.missing:
        pytest.skip(engine.missing)
    for condition, rows in itertools.groupby(sorted(table.rows(), key=lambda row: repr(row.condition)), _condition):
        listed = list(rows)
        answers = engine.answer(condition, [row.patient for row in listed], THRESHOLDS, TYPES)
        for row, answer in zip(listed, answers, strict=True):
            assert answer is row.expected, f"{row.words}: {answer.name}, not {row.expected.name}"


def _condition(row):
    return row.condition


def test_the_tables_of_two_truths_have_every_row():
    for title, count in [("`not`", 3), ("`and` and `or`", 9)]:
        table = next(table for table in TABLES if table.title == title)
        facts = [tuple(cells) for cells, _ in table.lines[1:]]
        assert len(set(facts)) == len(facts) == count


def test_the_tables_of_three_truths_have_every_mixture():
    table = next(table for table in TABLES if table.title == "`at_least`")
    mixtures = {tuple(sorted(cells)) for cells, _ in table.lines[1:]}
    assert mixtures == {tuple(sorted(some)) for some in itertools.combinations_with_replacement(TRUTHS, 3)}


@pytest.mark.parametrize("truth", Truth)
@pytest.mark.parametrize(
    "read",
    [bool, lambda truth: not truth, lambda truth: truth and True, lambda truth: 1 if truth else 0, lambda t: any([t])],
)
def test_a_truth_is_no_bool(truth, read):
    with pytest.raises(TypeError, match="UNKNOWN is neither side"):
        read(truth)


def test_a_recorded_answer_becomes_a_truth():
    assert [truth_of(value) for value in (True, False, None)] == [TRUE, FALSE, UNKNOWN]
