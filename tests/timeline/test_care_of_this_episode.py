"""Conservative care counts when it was given lately and after the last operation; without a day it counts as told."""

from __future__ import annotations

import pytest

from spondyl.intake.inputs import Input, read_inputs
from spondyl.knowledge import load
from spondyl.plan import plan
from spondyl.record import Options

DAY = "2026-11-22"


@pytest.fixture(scope="module")
def program():
    from spondyl.engine import Program

    return Program(load())


@pytest.mark.parametrize(
    ("told", "result"),
    [
        ("PT 8 weeks in 9/2026.", "met"),
        ("PT for 8 weeks.", "met"),
        ("PT 8 weeks in 2019 before surgery.", "not_documented"),
        ("6 weeks of PT in 2023, none since.", "not_documented"),
        ("PT 8 weeks in 1/2025.", "not_documented"),
        ("PT 8 weeks in 4/2025.", "met"),
    ],
)
def test_which_care_counts(program, told, result):
    note = f"Visit 2026-11-18\n54F, L4-5 fusion 3/2025. Low back pain 6/10. {told}\n"
    case = read_inputs([Input("n.txt", note.encode())], program.rules, DAY, None)
    record = plan(program, case, Options(DAY)).record
    [gate] = [one for one in record["gates"] if one["gate"] == "lumbar_mri"][:1]
    [care] = [one for one in gate["criteria"] if one["criterion"] == "indication"]
    assert care["result"] == result
