"""Dates are intervals of days; months are counted by the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spondyl.timeline import Days, months_from, written


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-03-09", date(2026, 3, 9), date(2026, 3, 9)),
    ],
)
def test_a_date_is_as_wide_as_it_was_written(text, first, last):
    assert written(text) == Days(first.toordinal(), last.toordinal())


@pytest.mark.parametrize("text", ["", "26", "2026-13", "2026-02-30", "March 2026", "2026-3"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError):
        written(text)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2025, 11, 22), date(2026, 11, 22), 12.0),
        (date(2025, 12, 31), date(2026, 11, 22), 10.72),
        (date(2025, 1, 1), date(2026, 11, 22), 22.69),
        (date(2026, 11, 22), date(2026, 11, 22), 0.0),
        (date(2026, 1, 31), date(2026, 2, 28), 1.0),
    ],
)
def test_months_are_counted_by_the_calendar(start, end, months):
    assert months_from(start.toordinal(), end.toordinal()) == pytest.approx(months, abs=0.01)


@given(st.dates(date(1950, 1, 1), date(2060, 1, 1)), st.integers(0, 20000), st.integers(0, 400))
def test_later_is_never_fewer_months(start, days, more):
    first = start.toordinal()
    assert months_from(first, first + days) <= months_from(first, first + days + more) + 0.04
