"""What goes in and comes out keeps to the committed JSON Schemas; they catch a member that is missing or renamed."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from spondyl.engine import Program
from spondyl.intake.inputs import Input, read_inputs
from spondyl.knowledge import PROFILES, load
from spondyl.plan import plan
from spondyl.record import Options

HOME = Path(__file__).resolve().parents[2]
SCHEMAS = HOME / "schemas" / "record"
EXAMPLES = sorted(path for path in (HOME / "examples").iterdir() if path.is_file() and path.suffix != ".md")
CASES = [*EXAMPLES, HOME / "src" / "spondyl" / "_examples" / "fluid_collection.txt"]
SPARSE = {
    "nothing known": "schema: spondyl/case/1\n",
    "a child": "schema: spondyl/case/1\nfacts: {age_years: 9, pain_regions: [low_back]}\n",
    "before the operation": "schema: spondyl/case/1\nfacts: {age_years: 50, spine_surgery_ever: false}\n",
    "a contradiction": (
        "schema: spondyl/case/1\nsurgeries: [{procedure: [fusion], levels: [L4-L5], date: '2025', status: done}]\n"
        "facts: {age_years: 50, pain_regions: [low_back], fever: true}\n"
    ),
}
DAY = "2026-11-22"


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")))


def problems(name: str, document: Any) -> list[str]:
    return [f"{'/'.join(map(str, one.path))}: {one.message[:200]}" for one in validator(name).iter_errors(document)]


@cache
def program() -> Program:
    return Program(load())


def planned(content: bytes, name: str, **options: str) -> dict[str, Any]:
    case = read_inputs([Input(name, content)], program().rules, DAY)
    record = plan(program(), case, Options(DAY, **options)).record
    return json.loads(json.dumps(record))  # type: ignore[no-any-return]


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.name)
def test_the_schemas_are_schemas(path):
    Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_every_example_gives_a_record_of_the_schema(path, profile):
    assert problems("record", planned(path.read_bytes(), path.name, profile=profile)) == []


@pytest.mark.parametrize("name", SPARSE)
def test_sparse_cases_give_a_record_of_the_schema(name):
    assert problems("record", planned(SPARSE[name].encode(), "case.yaml", locale="en-GB")) == []


def test_every_reference_in_a_record_leads_somewhere():
    for path in CASES:
        record = planned(path.read_bytes(), path.name)
        text = json.dumps({key: value for key, value in record.items() if key not in ("statements", "facts")})
        known = {fact["id"] for fact in record["facts"]}
        used = {one for one in record["statements"] if f'"{one}"' in text}
        assert used == set(record["statements"]), path.name
        for statement in record["statements"].values():
            assert set(statement["facts"]) <= known
        assert len({one["key"] for one in record["statements"].values()}) == len(record["statements"])


# ---- a schema that lets a renamed member through would be no schema


def members(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of members of a document, one of each kind."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key)
            yield from members(inner, (*path, key))
    elif isinstance(value, list) and value:
        yield from members(value[0], (*path, 0))


# Members that this version adds to the contract, and members of free forms.
ADDED = {
    "left_out", "level", "minimal", "urgency.imaging", "step", "rules", "held_by", "alternative", "statements",
    "topic", "why", "group", "precision", "site.facts", "because.criteria",
}  # fmt: skip


def first_of_each(value: Any) -> Any:
    """The document with one entry in each list, so that it is quick to check many times."""
    if isinstance(value, dict):
        return {key: first_of_each(inner) for key, inner in value.items()}
    return [first_of_each(one) for one in value[:1]] if isinstance(value, list) else value


def test_a_missing_member_is_caught():
    record = first_of_each(planned(CASES[-1].read_bytes(), "n.txt"))
    record["statements"] = {"S1": record["statements"]["S1"]}
    assert problems("record", record) == []
    missed = []
    for place in members(record):
        name, inside = place[-1], place[0]
        if name in ADDED or f"{name}.{inside}" in ADDED or {"value", "by_profile"} & set(place[:-1]):
            continue
        if place == ("statements", "S1"):
            continue
        changed = copy.deepcopy(record)
        holder = changed
        for step in place[:-1]:
            holder = holder[step]
        del holder[name]
        if not problems("record", changed):
            missed.append("/".join(map(str, place)))
    assert missed == ["treatments/0/site"]  # of this version; the contract has no site there


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record["triage"].update(urgency="red"),
        lambda record: record["generators"][0].update(standing="likely"),
        lambda record: record["generators"][0].update(generator="loose_screw"),
        lambda record: record["treatments"][0].update(status="begin"),
        lambda record: record["gates"][0].update(result="maybe"),
        lambda record: record["gates"][0]["criteria"][0].update(result=True),
        lambda record: record["imaging"][0].update(rating="good"),
        lambda record: record["facts"][0].update(assertion="maybe"),
        lambda record: record["reassessment"][0].update(on="in six weeks"),
        lambda record: record.update({"as_of": "11/22/2026"}),
        lambda record: record["statements"].update({"T1": record["statements"]["S1"]}),
    ],
)
def test_a_wrong_value_is_caught(change: Callable[[dict[str, Any]], None]):
    record = first_of_each(planned(CASES[-1].read_bytes(), "n.txt"))
    change(record)
    assert problems("record", record)


# ---- the other documents


def test_the_other_answers_keep_to_their_schemas(tmp_path, capsys):
    from spondyl.cli import main

    path = str(CASES[-1])
    asked = [
        ("reading", ["read", path, "--with-text"]),
        ("ask", ["ask", path, "--all"]),
        ("whatif", ["whatif", path, "saddle_anesthesia=true"]),
        *(("why", ["why", path, one]) for one in ("g1", "gate:nsaid", "red_flag:cauda_equina", "treatment:opioid")),
    ]
    for name, argv in asked:
        capsys.readouterr()
        assert main([*argv, "--as-of", DAY, "--format", "json"]) == 0
        assert problems(name, json.loads(capsys.readouterr().out)) == [], argv
    (tmp_path / "bad.yaml").write_text("schema: spondyl/case/1\nfacts: {nrs_back: 14, nrs: 2}\n", encoding="utf-8")
    assert main(["plan", str(tmp_path / "bad.yaml"), "--format", "json"]) == 3
    assert problems("errors", json.loads(capsys.readouterr().err)) == []


def test_the_case_schema_takes_the_examples_and_refuses_what_is_refused():
    yaml = YAML(typ="safe")
    for path in EXAMPLES:
        if path.suffix == ".yaml":
            assert problems("case", yaml.load(path)) == []
    for text in SPARSE.values():
        assert problems("case", yaml.load(text)) == []
    head = {"schema": "spondyl/case/1"}
    assert problems("case", {**head, "facts": {"nrs_bakc": 3}})
    assert problems("case", {**head, "surgeries": [{"levels": ["L4-L7"]}]})
    assert problems("case", {**head, "facts": {"fever": "yes"}})
    assert problems("case", {"facts": {}})
