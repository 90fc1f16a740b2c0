"""The safety file says what the build holds: every named test and proof is there, and nothing open is left out."""

from __future__ import annotations

import functools
import importlib.util
import re
from pathlib import Path

import pytest

from spondyl import knowledge
from spondyl.render.catalogue.naming import all_rules, rule_name

HOME = Path(__file__).resolve().parents[2]


def _generator():
    spec = importlib.util.spec_from_file_location("generated_safety", HOME / "tools" / "generated" / "safety.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


load = functools.cache(knowledge.load)
safety = _generator()
HAZARDS = safety.hazards()


@pytest.mark.parametrize("one", HAZARDS, ids=lambda one: one["id"])
def test_a_hazard_is_held_by_tests_and_proofs_that_exist(one):
    assert one["tests"]
    assert one["severity"] in safety.SEVERITY
    for test in one["tests"]:
        path, _, name = test.partition("::")
        assert name in safety.tests_of(HOME / path), test
    assert set(one.get("proofs", ())) <= safety.properties()
    for part in ("hazard", "cause", "control"):
        assert len(one[part]) > 20


def test_ids_are_written_once_and_the_worst_are_proved():
    ids = [one["id"] for one in HAZARDS]
    assert len(ids) == len(set(ids))
    assert sum(one["severity"] == "catastrophic" for one in HAZARDS) >= 8
    assert sum(bool(one.get("proofs")) for one in HAZARDS) >= 10


def test_every_property_that_is_proved_holds_some_hazard():
    held = {proof for one in HAZARDS for proof in one.get("proofs", ())}
    proved_of_safety = set(
        re.findall(r'\bProperty\(\s*"(\w+)"', (HOME / "src/spondyl/proof/safety.py").read_text(encoding="utf-8"))
    )
    assert proved_of_safety - held <= {"never_bypassed", "learning_reverses_nothing"}


def test_every_unverified_value_is_listed():
    rules = load()
    page = safety.unverified_page(rules)
    for name, entry in rules.thresholds.items():
        is_open = any(entry.sources.get(profile, safety.DEFAULT) == safety.DEFAULT for profile in entry.values)
        assert (f"| `{name}` |" in page) is is_open, name
    for kind, name, rule in all_rules(rules):
        if any(one.source == safety.DEFAULT for one in rule.evidence):
            assert f"| `{name}` |" in page, rule_name(kind, name)


def test_the_thirteen_attributes_stand_and_their_facts_exist():
    rules = load()
    page = safety.attributes_page(rules)
    assert [int(number) for number in re.findall(r"^## (\d+)\.", page, re.MULTILINE)] == list(range(1, 14))
    for facts in safety.USES.values():
        assert set(facts) <= set(rules.facts)
    assert "Unknown. No funding is recorded" in page


@pytest.mark.parametrize("word", safety.WORDS_NOT_THERE)
def test_what_is_said_not_to_be_used_is_no_fact(word):
    rules = load()
    assert not [name for name in [*rules.facts, *rules.derived] if re.search(rf"(^|_){word}(_|$)", name)]


def test_the_readers_of_a_fact_are_those_whose_conditions_name_it():
    using = safety.readers(load(), ["sex", "age_years"])
    assert any(name.startswith("red_flag.") for name in using["age_years"])
    assert any(name.startswith("gate.") for name in using["sex"])
    assert all("." in name for names in using.values() for name in names)
