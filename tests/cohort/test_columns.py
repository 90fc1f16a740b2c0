"""Columns give the answers of the reference, for whole batches of patients."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from logic.engines import columns, truth
from logic.strategies import THRESHOLDS, TYPES, asked, conditions, patients

from spondyl.cohort.columns import column, row, schema
from spondyl.logic import Compare, Facts, FactType, In, Known, NoneOf, exactly, judge

batches = st.lists(patients(), min_size=1, max_size=5)


@given(asked(known=True))
def test_columns_equal_the_reference(asked):
    condition, batch = asked
    expected = [judge(condition, patient, THRESHOLDS).truth for patient in batch]
    assert columns(condition, batch, THRESHOLDS, TYPES) == expected


@given(conditions(), batches)
def test_without_columns_for_denied_values_they_are_not_known(condition, batch):
    undenied = [Facts({n: v for n, v in patient.items() if not isinstance(v, NoneOf)}) for patient in batch]
    frame = pl.DataFrame([row([condition], patient) for patient in batch], schema=schema([condition]))
    answers = frame.select(column(condition, THRESHOLDS).alias("answer"))["answer"].to_list()
    assert list(map(truth, answers)) == [judge(condition, patient, THRESHOLDS).truth for patient in undenied]


@given(st.lists(conditions(), min_size=2, max_size=4), batches)
def test_many_conditions_in_one_pass(several, batch):
    frame = pl.LazyFrame([row(several, patient) for patient in batch], schema=schema(several))
    denied = set(TYPES)
    named = {f"c{at}": column(condition, THRESHOLDS, denied=denied) for at, condition in enumerate(several)}
    answers = frame.select(**named).collect()
    for name, condition in zip(named, several, strict=True):
        expected = [judge(condition, patient, THRESHOLDS).truth for patient in batch]
        assert list(map(truth, answers[name].to_list())) == expected


def test_an_open_side_decides_nothing_and_no_answer_is_false():
    # `null >= 6` is null and not false; the other side alone still decides.
    frame = pl.DataFrame({"weeks_low": [None, None, 6.0], "weeks_high": [None, 5.0, None]}, schema_overrides=None)
    assert frame.select(column(Compare("weeks", ">=", 6.0)))["literal"].to_list() == [None, False, True]


def test_a_threshold_or_a_type_that_is_missing_is_an_error():
    with pytest.raises(KeyError, match="care_weeks"):
        column(Compare("weeks", ">=", "care_weeks"))
    with pytest.raises(KeyError, match="weeks"):
        column(Known("weeks"))
    with pytest.raises(ValueError, match="members of drugs are not listed"):
        column(Known("drugs"), types={"drugs": FactType("drugs", "set")})


def test_the_columns_of_a_condition_are_named_and_typed():
    both = [Compare("weeks", "<", 6.0), In("trend", ("enlarging",))]
    assert schema(both) == {
        "weeks_low": pl.Float64(),
        "weeks_high": pl.Float64(),
        "trend": pl.String(),
        "trend_not": pl.List(pl.String()),
    }
    assert row(both, Facts(weeks=exactly(3), trend=NoneOf(frozenset({"b", "a"})))) == {
        "weeks_low": 3,
        "weeks_high": 3,
        "trend": None,
        "trend_not": ["a", "b"],
    }
