"""Notes in many styles, each with what its plan must and must not say; every fact stands where the note says it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from vignettes.scorer import shortfalls

from spondyl.engine import Program
from spondyl.intake.inputs import Input, read_inputs
from spondyl.knowledge import load
from spondyl.knowledge.source import plain, read_bytes
from spondyl.plan import plan
from spondyl.record import Options

DAY = "2026-11-22"
FILES = tuple(
    Path(__file__).with_name(name)
    for name in (
        "vignettes.yaml",
        "later.yaml",
        "latest.yaml",
        "newest.yaml",
        "emergency_or_not.yaml",
        "emergency_or_not_2.yaml",
    )
)


def _vignettes() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for file in FILES:
        document = read_bytes(file.read_bytes(), file.name)
        assert not document.problems, document.problems
        assert document.root is not None
        found += plain(document.root)
    return found


VIGNETTES = _vignettes()


@cache
def _program() -> Program:
    return Program(load(None))


@cache
def _record(number: int) -> dict[str, Any]:
    case = read_inputs([Input("note", VIGNETTES[number]["note"].encode())], _program().rules, DAY, "note")
    return plan(_program(), case, Options(DAY)).record


def _cases() -> list[Any]:
    return [
        pytest.param(n, one["expect"], id=f"{one['id']} {one['title']}") for n, one in enumerate(VIGNETTES)
    ] + [
        pytest.param(
            n,
            one["known"]["expect"],
            id=f"{one['id']} not yet",
            marks=pytest.mark.xfail(reason=one["known"]["reason"], strict=True),
        )
        for n, one in enumerate(VIGNETTES)
        if "known" in one
    ]  # fmt: skip


@pytest.mark.parametrize(("number", "expect"), _cases())
def test_the_plan_says_what_it_must(number: int, expect: dict[str, Any]) -> None:
    assert shortfalls(expect, _record(number)) == []


@pytest.mark.parametrize("number", range(len(VIGNETTES)), ids=[one["id"] for one in VIGNETTES])
def test_every_fact_stands_at_its_place(number: int) -> None:
    note = VIGNETTES[number]["note"]
    for fact in _record(number)["facts"]:
        source = fact["source"]
        if source["kind"] == "note":
            assert note[source["start"] : source["end"]] == source["text"], fact


def test_each_vignette_has_a_name_of_its_own() -> None:
    names = [one["id"] for one in VIGNETTES]
    assert len(names) == len(set(names))
