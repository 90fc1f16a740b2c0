"""A small wrong change to a rule or a threshold is noticed by some case that stands in knowledge/."""

import re
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from spondyl.engine import Program
from spondyl.knowledge import cases, load
from spondyl.knowledge.rules import Threshold
from spondyl.proof.cases import run_case
from spondyl.proof.edges import propose
from spondyl.proof.mutants import Mutant, mutants
from spondyl.proof.watch import Watch

LEAST = 0.95
# A page may lag behind the rules by this much before somebody has to write it again.
LAG = 0.01
PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "changes-noticed.md"
RENEW = "run `.venv/bin/python tools/edges.py --propose`, judge the cases it adds, then `tools/edges.py --page`"


@pytest.fixture(scope="module")
def rules():
    return load()


@pytest.fixture(scope="module")
def watch(rules):
    return Watch(rules, cases())


def test_a_dropped_disjunct_is_a_change(rules):
    changes = [one for one in islice(mutants(rules), 5000) if one.where == "red_flags/cauda_equina"]
    said = {one.change for one in changes}
    assert "levels.hard_sign.when: without new_saddle_anesthesia" in said
    assert len(said) > 40
    assert all(one.rules.red_flags["cauda_equina"] != rules.red_flags["cauda_equina"] for one in changes)


def test_what_changes_nothing_is_not_noticed(rules, watch):
    same = Mutant("nothing", "red_flags/cauda_equina", rules, (("red_flags", "cauda_equina"),))
    assert not watch.noticed(same)


def test_what_was_derived_once_gives_the_answer_of_a_patient_made_anew(rules, watch):
    known = cases()
    for mutant in islice(mutants(rules), 11, None, 211):
        made = Program(mutant.rules)
        anew = any(
            not run_case(made, kind, rule, case).ok
            for kind, rule in mutant.looks_at
            for case in known.get(kind, {}).get(rule, ())
        )
        assert watch.noticed(mutant) is anew, (mutant.where, mutant.change)


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
def test_the_score(rules, watch):
    tried = seen = 0
    for mutant in mutants(rules):
        tried += 1
        seen += watch.noticed(mutant)
    score = seen / tried
    print(f"{seen} of {tried} changes are noticed: {score:.1%}")
    told = re.search(r"\*\*([\d.]+) %\*\*", PAGE.read_text(encoding="utf-8"))
    assert told is not None, "the page gives the score"
    assert score >= LEAST, f"only {score:.1%} of the changes are noticed: {RENEW}"
    assert float(told.group(1)) / 100 <= score + LAG, (
        f"the page says {told.group(1)} %, the cases notice {score:.1%}: {RENEW}"
    )
