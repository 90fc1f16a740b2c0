"""The guide: plain words, and each statement stands on sources and rules that are there."""

from __future__ import annotations

import json

import pytest
from documents.made import HOME, program
from jsonschema import Draft202012Validator

from spondyl.explain import Words
from spondyl.knowledge import guide as sections_of
from spondyl.record import Refusal
from spondyl.render.documents import guide, guide_sheet, written
from spondyl.render.documents.reading import grade, sentences

GROUND = tuple("fusion why_pain finding_cause without_surgery surgery recovery prevention help_now answers".split())
STATEMENTS = [(one["guide"], each) for one in sections_of() for each in one["statements"]]
IDS = [f"{name}.{each['id']}" for name, each in STATEMENTS]


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(program().rules, "en-US")


def test_it_covers_its_ground(words):
    found = guide(words)
    assert tuple(one["id"] for one in found["sections"]) == GROUND
    assert found["readability"]["grade"] <= 7
    assert len(STATEMENTS) == len(set(IDS)) > 90


@pytest.mark.parametrize(("name", "one"), STATEMENTS, ids=IDS)
def test_each_statement_stands_on_what_is_there(words, name, one):
    rules = words.rules
    shown = next(
        each for part in guide(words)["sections"] if part["id"] == name for each in part["statements"]
        if each["id"] == one["id"]
    )  # fmt: skip
    assert one["sources"]
    assert set(one["sources"]) <= set(rules.evidence)
    tiers = {rules.evidence[source].tier for source in one["sources"]}
    assert shown["verified"] == bool(tiers - {"expert_default", "seed"})
    assert "seed" not in tiers
    for rule in one.get("rules", ()):
        kind, _, rule_id = rule.partition(".")
        kept = {
            "red_flag": rules.red_flags, "generator": rules.generators, "gate": rules.gates, "imaging": rules.imaging,
            "treatment": rules.treatments, "revision": rules.revision, "conflict": rules.conflicts,
        }  # fmt: skip
        plural = {"follow_up": "follow_up", "pitfall": "pitfalls", "outcome": "outcomes"}
        known = kept[kind] if kind in kept else {each.id for each in rules.remarks[plural.get(kind, kind)]}
        assert rule_id in known, rule
    if one.get("leaflet"):
        assert one.get("es"), "a statement that a leaflet repeats has its Spanish text"
        assert grade([one["say"]]) <= 10
    if not one["say"].startswith("{"):
        assert max(len(part.split()) for part in sentences([one["say"]])) <= 32


def test_what_rests_on_no_source_says_so(words):
    found = guide(words)
    text = " ".join(written(guide_sheet(found), "text").decode().split())
    unverified = [one for part in found["sections"] for one in part["statements"] if not one["verified"]]
    assert unverified
    assert "expert default, not verified" in text
    number = next(one["number"] for one in found["sources"] if one["source"] == "EXPERT-DEFAULT")
    assert f"[{number}*]" in text


def test_it_keeps_to_its_schema(words):
    schema = json.loads((HOME / "schemas/record/guide.schema.json").read_text(encoding="utf-8"))
    found = json.loads(json.dumps(guide(words)))
    assert [one.message[:200] for one in Draft202012Validator(schema).iter_errors(found)] == []


def test_one_section_and_none(words):
    assert [one["id"] for one in guide(words, "surgery")["sections"]] == ["surgery"]
    with pytest.raises(Refusal) as refused:
        guide(words, "surgry")
    assert "surgery" in refused.value.problems[0].next


def test_british_words_and_numbers(words):
    british = written(guide_sheet(guide(Words(words.rules, "en-GB"))), "text").decode()
    assert "999" in british
    assert "911" not in british
    assert "paracetamol" in british.lower()
