"""Cases for the documents: the examples, the notes of the vignettes, and records planned from them, each once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from spondyl.engine import Program
from spondyl.explain import Words
from spondyl.intake.inputs import Input, read_inputs
from spondyl.knowledge import load
from spondyl.knowledge.source import plain, read_bytes
from spondyl.plan import Plan, plan
from spondyl.record import Case, Options

HOME = Path(__file__).resolve().parents[2]
DAY = "2026-11-22"
EXAMPLES = {
    path.name: path
    for path in (
        *sorted(one for one in (HOME / "examples").iterdir() if one.suffix in (".txt", ".yaml")),
        HOME / "src" / "spondyl" / "_examples" / "fluid_collection.txt",
    )
}


class Made(NamedTuple):
    record: dict[str, Any]
    words: Words
    case: Case


@cache
def program() -> Program:
    return Program(load(None))


def _made(inputs: list[Input], kind: str | None, profile: str, locale: str) -> Made:
    case = read_inputs(inputs, program().rules, DAY, kind)
    planned = plan(program(), case, Options(DAY, profile, locale))
    return Made(planned.record, planned.words, case)


@cache
def example(name: str, profile: str = "guideline", locale: str = "en-US") -> Made:
    return _made([Input(name, EXAMPLES[name].read_bytes())], None, profile, locale)


@cache
def note(text: str, locale: str = "en-US") -> Made:
    return _made([Input("note.txt", text.encode())], "note", "guideline", locale)


class Whole(NamedTuple):
    plan: Plan
    case: Case


@cache
def planned(text: str) -> Whole:
    """The plan of a note with all that it was made from."""
    case = read_inputs([Input("note.txt", text.encode())], program().rules, DAY, "note")
    return Whole(plan(program(), case, Options(DAY, "guideline", "en-US")), case)


@cache
def structured(text: str) -> Made:
    return _made([Input("case.yaml", text.encode())], "case", "guideline", "en-US")


@cache
def vignettes() -> tuple[tuple[str, str], ...]:
    """Every note of the vignettes by its id."""
    path = HOME / "tests" / "vignettes" / "vignettes.yaml"
    document = read_bytes(path.read_bytes(), path.name)
    assert document.root is not None
    return tuple((str(one["id"]), str(one["note"])) for one in plain(document.root))
