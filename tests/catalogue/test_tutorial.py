"""docs/tutorials/author.md is replayed: each file it writes, each command it types, each answer it shows."""

from __future__ import annotations

import functools
import importlib.util
import re
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2]


def _generator():
    path = HOME / "tools" / "generated" / "author.py"
    spec = importlib.util.spec_from_file_location("generated_author", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


author = _generator()
PAGE = (HOME / author.PAGE).read_text(encoding="utf-8")


@functools.cache
def replayed():
    return author.replay(PAGE)


@pytest.mark.slow
def test_each_step_fails_as_the_page_says_and_the_last_one_works():
    tried = replayed()[1]
    codes = [re.findall(r"\bK\d{3}\b", one.said.partition("before it is committed")[0]) for one in tried]
    assert codes == [["K008"], [], ["K008", "K012", "K103"], ["K103", "K014"], ["K107", "K014", "K017"], ["K008"],
                     ["K201"], []]  # fmt: skip
    assert [one.status for one in tried] == [4, 0, 4, 4, 4, 4, 4, 0]
    assert "cases: 4 run, 0 failed" in tried[-1].said
    assert "+ pitfall.restless_legs" in tried[-1].said


@pytest.mark.slow
def test_the_outputs_on_the_page_are_those_of_the_program():
    assert replayed()[0] == PAGE, "renew it with: make docs"


def test_nothing_of_the_tutorial_is_left_in_the_base():
    assert not list((HOME / "knowledge").rglob("*restless*"))


def test_every_part_of_a_rule_has_its_step():
    titles = re.findall(r"^## \d\. (.+)$", PAGE, re.MULTILINE)
    assert titles[:4] == ["A fact", "A rule", "A threshold", "A source"]
    # Each step begins with the files it is about.
    for section in re.split(r"^## \d\. ", PAGE, flags=re.MULTILINE)[1:5]:
        assert "| file | what |" in section
        assert "<!-- tried:" in section
