"""A small wrong change to a rule or a threshold is noticed by some case that stands in knowledge/."""

import re
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from spondyl.knowledge import cases, load
from spondyl.knowledge.rules import Threshold
from spondyl.proof.edges import propose
from spondyl.proof.mutants import Mutant, mutants, noticed

LEAST = 0.95
PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "changes-noticed.md"


@pytest.fixture(scope="module")
def rules():
    return load()


def test_a_dropped_disjunct_is_a_change(rules):
    changes = [one for one in islice(mutants(rules), 5000) if one.where == "red_flags/cauda_equina"]
    said = {one.change for one in changes}
    assert "levels.hard_sign.when: without new_saddle_anesthesia" in said
    assert len(said) > 40
    assert all(one.rules.red_flags["cauda_equina"] != rules.red_flags["cauda_equina"] for one in changes)


def test_what_changes_nothing_is_not_noticed(rules):
    same = Mutant("nothing", "red_flags/cauda_equina", rules, (("red_flags", "cauda_equina"),))
    assert not noticed(same, cases())


def test_without_cases_nothing_is_noticed_and_a_case_is_proposed(rules):
    flag = rules.red_flags["cauda_equina"]
    only = replace(rules, red_flags={flag.id: flag})
    made = next(iter(propose(only, {}, "red_flags/cauda_equina")))
    assert not isinstance(made, Mutant)
    assert made.rule == "cauda_equina"
    assert made.case["expect"]


def test_a_threshold_moves_by_the_step_of_its_unit(rules):
    threshold: Threshold = next(iter(rules.thresholds.values()))
    moved = [one for one in mutants(rules) if one.where == f"thresholds/{threshold.id}"]
    assert len(moved) == 2 * len(threshold.values)


@pytest.mark.slow
def test_the_score(rules):
    known, tried, missed = cases(), 0, 0
    for mutant in mutants(rules):
        tried += 1
        missed += not noticed(mutant, known)
    score = (tried - missed) / tried
    print(f"{tried - missed} of {tried} changes are noticed: {score:.1%}")
    assert score >= LEAST
    told = re.search(r"\*\*([\d.]+) %\*\*", PAGE.read_text(encoding="utf-8"))
    assert told is not None, "the page gives the score"
    assert abs(float(told.group(1)) / 100 - score) < 0.01, "write the page again: python tools/edges.py --page"
