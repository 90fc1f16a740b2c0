"""Charts and views from structured cases, for the tests of the timeline."""

from __future__ import annotations

from functools import cache
from typing import Any

from spondyl.engine import Patient, Program
from spondyl.intake.case import read_case
from spondyl.knowledge import load
from spondyl.timeline import View, chart, written

AS_OF = "2026-11-22"


@cache
def program() -> Program:
    return Program(load())


def patient(written_on: str | None = AS_OF, **case: Any) -> Patient:
    plain: dict[str, Any] = {"schema": "spondyl/case/1", **case}
    if written_on:
        plain["written_on"] = written_on
    rules = program().rules
    read = read_case(plain, "case", rules, AS_OF)
    return Patient(program(), chart(read.facts, written(AS_OF).first, read.written_on, rules))


def view(written_on: str | None = AS_OF, **case: Any) -> View:
    made = patient(written_on, **case)
    return made.plain(made.main)
