"""The number a criterion shows is the one that decides it; a maximum reads as one."""

from __future__ import annotations

import pytest
from documents.made import note

from spondyl.engine.counted import Number, counted
from spondyl.knowledge.rules import Counter
from spondyl.logic import And, Compare, FactIs, Or

NUMBERS = {"least_months": 12, "least_weeks": 13, "most_months": 24}
MONTHS = Compare("a", ">=", "least_months")
UNION = "57F, L4-5 and L5-S1 TLIF 6/3/2025. Low back pain worse with standing 8/10. CT 10/5/2026: nonunion L5-S1."


def _criterion(text, gate, criterion, target=None):
    made = note(text)
    judged = next(one for one in made.record["gates"] if one["gate"] == gate and one["target"] == target)
    return next(one for one in judged["criteria"] if one["criterion"] == criterion), made


@pytest.mark.parametrize(
    ("care", "result", "have", "need"),
    [
        (" PT 8 weeks, completed 8/14/2026. No home exercise.", "not_met", "8 weeks", "13 weeks"),
        ("", "not_documented", None, "13 weeks"),
        (" PT 16 weeks, completed 9/30/2026.", "met", "17 months", "12 months"),
    ],
)
def test_of_two_numbers_the_one_that_decides_is_shown(care, result, have, need):
    found, _ = _criterion(UNION + care, "revision_surgery", "wait", "pseudarthrosis")
    assert (found["result"], found["have"], found["need"]) == (result, have, need)


def test_a_maximum_reads_as_one():
    found, made = _criterion(
        "54F L4-5 fusion in 2021. Left leg pain 8/10. MRI lumbar 10/5/2026: recurrent disc herniation L4-5.",
        "epidural_steroid_injection",
        "recent_picture",
    )
    assert (found["result"], found["have"], found["need"]) == ("met", "1.6 months", "at most 24 months")
    assert made.words.counted(found["have"], found["need"]) == "1.6 months, at most 24 months"


def test_a_number_that_is_short_proves_nothing_where_another_reason_holds():
    found, _ = _criterion(
        "54F L4-5 fusion in 2024. New weakness of the left foot since yesterday, ankle dorsiflexion 3/5. PT 2 weeks "
        "in November 2026.",
        "lumbar_mri",
        "indication",
    )
    assert found["result"] == "met"
    assert found["have"] is None


def test_what_is_compared_is_read_from_the_condition():
    found = counted(Counter("a", "least_months"), And((MONTHS, Compare("b", ">=", "least_weeks"))), NUMBERS)
    assert found.first == Number("a", ">=", 12)
    assert found.others == (Number("b", ">=", 13),)
    either = counted(Counter("a", "most_months"), Or((Compare("a", "<=", "most_months"), FactIs("c"))), NUMBERS)
    assert either.first == Number("a", "<=", 24)
    assert (either.others, either.alone) == ((), False)
