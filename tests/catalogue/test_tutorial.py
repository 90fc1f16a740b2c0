"""docs/tutorials/author.md: what each of its steps shows.

That the program prints what the page shows is held by `tools/generate.py --check`, which replays the whole page.
"""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]


def _generator():
    path = HOME / "tools" / "generated" / "author.py"
    spec = importlib.util.spec_from_file_location("generated_author", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


author = _generator()
PAGE = (HOME / author.PAGE).read_text(encoding="utf-8")


def test_each_step_fails_as_the_page_says_and_the_last_one_works():
    said = re.findall(r"<!-- tried: [^>]+ -->\n```\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    codes = [re.findall(r"\bK\d{3}\b", one.partition("before it is committed")[0]) for one in said]
    assert codes == [["K008"], [], ["K008", "K012", "K103"], ["K103", "K014"], ["K107", "K014", "K017"], ["K008"],
                     ["K201"], []]  # fmt: skip
    assert "cases: 4 run, 0 failed" in said[-1]
    assert "+ pitfall.restless_legs" in said[-1]


def test_a_page_that_no_longer_fits_is_stale():
    """The replay prints each answer anew, and takes no failure without a code and no code without a failure."""
    step = "<!-- tried: knowledge try nowhere.yaml -->\n"
    page, (tried,) = author.replay(f"{step}```\nold\n```\n<!-- /tried -->\n")
    assert "old" not in page
    assert tried.said.rstrip("\n") in page
    assert tried.status in (2, 3)


def test_nothing_of_the_tutorial_is_left_in_the_base():
    assert not list((HOME / "knowledge").rglob("*restless*"))


def test_every_part_of_a_rule_has_its_step():
    titles = re.findall(r"^## \d\. (.+)$", PAGE, re.MULTILINE)
    assert titles[:4] == ["A fact", "A rule", "A threshold", "A source"]
    # Each step begins with the files it is about.
    for section in re.split(r"^## \d\. ", PAGE, flags=re.MULTILINE)[1:5]:
        assert "| file | what |" in section
        assert "<!-- tried:" in section
