"""Which figure of a date is the day: no note is written after the day it is read."""

from __future__ import annotations

import pytest
from reading_laws.sentences import lexicon

from spondyl.intake.note import read

TEXT = "Spine triage {}\n\n52 year old, L4-5 fusion 3/2/2025. Back pain 6/10.\n"


@pytest.mark.parametrize(
    ("head", "today", "day"),
    [
        ("12/11/2026", "2026-11-22", "2026-11-12"),
        ("11/12/2026", "2026-11-22", "2026-11-12"),
        ("12/11/2026", "2026-12-20", "2026-12-11"),
        ("12/11/2026", None, "2026-12-11"),
        ("12/11/2027", "2026-11-22", "2027-12-11"),
    ],
)
def test_the_order_that_does_not_lie_ahead(head, today, day):
    assert read(TEXT.format(head), "n", lexicon(), today).written_on == day


def test_the_whole_note_follows_the_day_of_its_head():
    facts = read(TEXT.format("12/11/2026"), "n", lexicon(), "2026-11-22").facts
    assert [one.value for one in facts if one.fact == "surgeries.0.date"] == ["2025-02-03"]


def test_a_date_that_shows_the_order_decides():
    text = TEXT.format("12/11/2026") + "MRI 10/25/2026.\n"
    assert read(text, "n", lexicon(), "2026-11-22").written_on == "2026-12-11"
