"""Kept expressions are those that `re.compile` makes; without what is kept they are made as ever."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from spondyl.intake import expressions
from spondyl.intake.note import read
from spondyl.intake.note.lazy import Lazy

assert read  # brings in every expression of the reader


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(expressions, "KEPT", tmp_path / "expressions.quick")
    expressions._kept.cache_clear()
    yield tmp_path
    expressions._kept.cache_clear()


def test_what_is_kept_is_what_would_be_compiled(folder: Path) -> None:
    expressions.keep((one.pattern, one.flags) for one in Lazy.made)
    assert len(expressions._kept()) == len({(one.pattern, one.flags) for one in Lazy.made})
    for one in Lazy.made:
        assert expressions.ready(one.pattern, one.flags) == re.compile(one.pattern, one.flags)


def test_groups_have_their_names(folder: Path) -> None:
    pattern = r"(?P<year>\d{4})-(\d\d)(?P<rest>x)?"
    expressions.keep([(pattern, re.IGNORECASE)])
    match = expressions.ready(pattern, re.IGNORECASE).match("2024-05X")
    assert match is not None
    assert (match["year"], match[2], match.groupdict(), match.lastgroup) == (
        "2024",
        "05",
        {"year": "2024", "rest": "X"},
        "rest",
    )


@pytest.mark.parametrize("content", [b"", b"nothing of the kind", b"\xe3\x00\x00"])
def test_a_file_that_cannot_be_read_changes_nothing(folder: Path, content: bytes) -> None:
    (folder / "expressions.quick").write_bytes(content)
    assert expressions.ready("a+b", 0).match("aab")


def test_what_another_python_kept_is_left_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as other:
        other.setattr(expressions, "_python", lambda: "another")
        expressions.keep([("a+b", 0)])
    assert expressions._kept() == {}
    assert expressions.ready("a+b", 0).match("aab")
