"""What is old, over or only named as a risk is no emergency; the same sign, new or worse, is one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from spondyl.engine import Program
from spondyl.intake.inputs import Input, read_inputs
from spondyl.knowledge import load
from spondyl.knowledge.source import plain, read_bytes
from spondyl.plan import plan
from spondyl.record import Options

DAY = "2026-11-22"
HEAD = "Visit 11/20/2026. L4-5 fusion 3/2025.\n\n"
FILES = tuple(Path(__file__).with_name(name) for name in ("old_or_new.yaml", "announced_or_there.yaml"))


def _all_told() -> list[Any]:
    return [one for file in FILES for one in _told(file)]


def _told(file: Path) -> list[Any]:
    document = read_bytes(file.read_bytes(), file.name)
    assert not document.problems, document.problems
    assert document.root is not None
    return [
        pytest.param(said, meant == "emergency", id=f"{cause}: {said[:60]}")
        for cause, sets in plain(document.root).items()
        for meant, all_said in sets.items()
        for said in all_said
    ]


@cache
def _program() -> Program:
    return Program(load(None))


@pytest.mark.parametrize(("said", "emergency"), _all_told())
def test_only_what_is_new_is_an_emergency(said: str, emergency: bool) -> None:
    case = read_inputs([Input("note", f"{HEAD}{said}\n".encode())], _program().rules, DAY, "note")
    record = plan(_program(), case, Options(DAY)).record
    assert (record["triage"]["urgency"] == "emergency") is emergency, record["triage"]["established"]
