"""What a note itself names is no question: it moves no order and stands in no list of what to ask."""

from __future__ import annotations

from spondyl.engine import Program
from spondyl.intake.inputs import Input, read_inputs
from spondyl.knowledge import load
from spondyl.plan import plan
from spondyl.record import Options

DAY = "2026-11-22"
NOTE = b"Visit 2026-11-18\n54F, L4-5 fusion with screws 3/2025. Low back pain 6/10. CT: lucency around the screws.\n"


def test_nobody_is_asked_what_the_note_names():
    program = Program(load())
    record = plan(program, read_inputs([Input("n.txt", NOTE)], program.rules, DAY, None), Options(DAY)).record
    flips = [flip["fact"] for one in record["generators"] for flip in one.get("would_change", ())]
    asked = [name for one in record["triage"]["not_excluded"] for name in one["ask"]]
    questions = [one["fact"] for group in record["questions"] for one in group.get("questions", [group])]
    assert record["generators"]
    assert asked
    assert "emergency_named" not in [*flips, *asked, *questions]
    assert "emergency named" not in str(record["generators"])
