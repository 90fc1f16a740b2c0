"""Reads files as the program does, with rules and phrases loaded once."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pytest

from spondyl import knowledge
from spondyl.intake import phrases
from spondyl.intake.inputs import Input, read_inputs
from spondyl.intake.reading import reading
from spondyl.record import Refusal

DAY = "2026-11-22"
_load = functools.cache(knowledge.load)
_plain = functools.cache(phrases._plain)


@pytest.fixture(autouse=True)
def _loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spondyl.intake.phrases._plain", _plain)


Read = Callable[..., dict[str, Any]]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    """The reading of a file, with its text. Every place in it is checked."""

    def follow(content: bytes, name: str = "file", kind: str | None = None, confined: bool = False) -> dict[str, Any]:
        if not confined:
            _in_this_process(monkeypatch)
        one = Input(name, content)
        answer = reading(read_inputs([one], _load(), DAY, kind), one, with_text=True)
        text = answer["text"]
        for place in [*(fact["source"] for fact in answer["facts"]), *answer["unread"]]:
            assert text[place["start"] : place["end"]] == place["text"], place
        return answer

    return follow


def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Extraction without a process for each file; test_limits.py runs the process itself."""
    from spondyl.intake.formats.attachment import read_form

    monkeypatch.setattr(
        "spondyl.intake.formats.confined.extract", lambda form, content, name: read_form(form, content, name)
    )


@pytest.fixture
def codes(read: Read) -> Callable[..., list[str]]:
    """The codes with which a file is refused."""

    def follow(content: bytes, **settings: Any) -> list[str]:
        with pytest.raises(Refusal) as refused:
            read(content, **settings)
        return [problem.code for problem in refused.value.problems]

    return follow


def told(answer: dict[str, Any]) -> dict[str, tuple[Any, str]]:
    """Value and assertion of each fact."""
    return {fact["fact"]: (fact["value"], fact["assertion"]) for fact in answer["facts"]}


def place(answer: dict[str, Any], fact: str) -> str | None:
    """Page or element of a fact."""
    return next(one["source"].get("locator") for one in answer["facts"] if one["fact"] == fact)
