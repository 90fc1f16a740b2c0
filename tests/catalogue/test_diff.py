"""`spondyl knowledge diff`: every kind of change is named in words, and whose plan changes is found."""

from __future__ import annotations

import functools
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from spondyl.cli.main import main
from spondyl.knowledge import load
from spondyl.logic import Vocabulary, parse
from spondyl.render.catalogue.changes import Comparing, changes
from spondyl.render.catalogue.telling import Catalogue

HOME = Path(__file__).resolve().parents[2]
KNOWLEDGE = HOME / "knowledge"


@functools.cache
def page() -> Catalogue:
    return Catalogue(load())


def read(text: str):
    rules = load_once()
    thresholds = {name: one.unit for name, one in rules.thresholds.items()}
    return parse(text, Vocabulary(rules.types, thresholds))


@functools.cache
def load_once():
    return load()


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("fever or chills", "fever or chills or night_sweats", ["gained: it now holds also when night sweats"]),
        ("fever or chills", "fever", ["lost: it no longer holds when chills"]),
        ("fever and chills", "fever", ["lost: it no longer needs chills"]),
        ("fever", "fever and chills", ["gained: it now needs also chills"]),
        ("egfr < 30", "egfr < 45", [" less than 30 "]),
        ("fever and (chills or egfr < 30)", "fever and (chills or egfr < 45)", ["less than 45"]),
        ("not (fever or chills)", "not fever", ["under not: lost: it no longer holds when chills"]),
        (
            "at_least(2, fever, chills, night_sweats)",
            "at_least(1, fever, chills, night_sweats)",
            ["at least 2 becomes"],
        ),
        ("pain_change in {new, worse}", "pain_change in {new}", ["no longer worse"]),
        ("fever", "chills", ["was: fever; now: chills"]),
        ("fever", "fever", []),
    ],
)
def test_a_condition_is_compared_part_by_part(was, now, said):
    found = list(Comparing(page(), page()).condition(read(was), read(now)))
    assert len(found) == len(said)
    for one, wanted in zip(found, said, strict=True):
        assert wanted in one


def test_a_base_does_not_differ_from_itself():
    assert changes(page(), page()) == []


@pytest.fixture(scope="module")
def changed(tmp_path_factory) -> Path:
    """A copy with a threshold raised, a disjunct lost, a sentence reworded, a rule and a source added."""
    root = tmp_path_factory.mktemp("after") / "knowledge"
    shutil.copytree(KNOWLEDGE, root)

    def put(name: str, old: str, new: str) -> None:
        path = root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    injections = (root / "thresholds" / "injections.yaml").read_text(encoding="utf-8")
    at = injections.index("esi_conservative_weeks")
    place = injections.index("guideline: 6", at)
    (root / "thresholds" / "injections.yaml").write_text(
        injections[:place] + "guideline: 8" + injections[place + len("guideline: 6") :], encoding="utf-8"
    )
    put("imaging/bridge_ct.yaml", " or fever_any or new_deficit_here", " or fever_any")
    put("outcomes/persistent_pain.yaml", "about 10 to 40 %", "10 to 40 %")
    (root / "pitfalls" / "an_added_one.yaml").write_text(
        "pitfall: an_added_one\ntitle: Added\nper: patient\nwhen: fever\nsay: Look again.\n"
        "evidence:\n  - {source: EXPERT-DEFAULT, for: when}\ncases:\n"
        "  - {name: a, given: {fever: true}, expect: shown}\n  - {name: b, given: {fever: false}, expect: not_shown}\n"
        "  - {name: c, given: {}, expect: unknown}\n",
        encoding="utf-8",
    )
    return root


def run(capsys, *words: str) -> str:
    assert main(["knowledge", "diff", *words]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return said.out


@pytest.mark.slow
def test_what_changed_is_said_in_words_and_whose_plan(capsys, changed):
    words = ("--cases", str(HOME / "examples"), "--as-of", "2026-11-22")
    out = run(capsys, str(KNOWLEDGE), str(changed), *words)
    assert "esi_conservative_weeks, value: 6 to 8 weeks in guideline" in out
    assert "imaging.bridge_ct, unless: lost: it no longer holds when" in out
    assert "outcome.persistent_pain, say:" in out
    assert "pitfall.an_added_one: added: Added" in out
    assert "pitfalls/an_added_one: 3 added" in out
    assert "after_fusion.yaml: routine, unchanged" in out
    assert "needed 8 weeks, was 6 weeks" in out
    told = json.loads(run(capsys, str(changed), str(KNOWLEDGE), *words, "--format", "json"))
    by_name = {(one["name"], one["where"]): one["says"] for one in told["changes"]}
    assert by_name["esi_conservative_weeks", "value"] == "8 to 6 weeks in guideline"
    assert by_name["pitfall.an_added_one", ""] == "removed: Added"
    assert {one["case"] for one in told["plans"]} >= {"after_fusion.yaml", "weak_foot.txt"}
    assert told["as_of"] == "2026-11-22"


@pytest.mark.slow
def test_the_same_base_and_a_site(capsys, tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "thresholds.yaml").write_text(
        "thresholds:\n  - threshold: esi_conservative_weeks\n    title: Ours\n    unit: weeks\n"
        "    values: {guideline: 10}\n    last_confirmed: null\n",
        encoding="utf-8",
    )
    assert "The two are the same." in run(capsys, str(KNOWLEDGE), str(KNOWLEDGE))
    out = run(capsys, str(KNOWLEDGE), str(KNOWLEDGE), "--new-site", str(site), "--format", "md")
    assert "- `esi_conservative_weeks`, value: 6 to 10 weeks in guideline" in out


@pytest.mark.parametrize(
    ("words", "code"),
    [(("/nowhere", "/nowhere"), "I108"), ((str(KNOWLEDGE), str(KNOWLEDGE), "--cases", "/nowhere"), "I020")],
)
def test_folders_that_are_not_there(capsys, words, code):
    assert main(["knowledge", "diff", *words]) == 2
    assert code in capsys.readouterr().err


def test_tables_and_computed_facts_are_compared_too():
    rules = load_once()
    oxycodone = {**rules.tables["drugs"]["oxycodone"], "brand_names": ["somebody's"]}
    tables = {**rules.tables, "drugs": {**rules.tables["drugs"], "oxycodone": oxycodone}}
    tables.pop("never_stopped")
    name, entry = next(
        (name, entry)
        for name, entry in rules.derived.items()
        if entry["form"] == "holds" and entry["body"]["c"][0] == "or"
    )
    less = {"t": "shorter", "c": [*entry["body"]["c"][:-1]]}
    derived = {**rules.derived, name: {**entry, "body": less}}
    found = changes(page(), Catalogue(replace(rules, tables=tables, derived=derived)))
    said = {(one.part, one.name): one.says for one in found}
    assert ("table", "drugs oxycodone") in said
    assert any(part == "table" and one.startswith("never_stopped") for part, one in said)
    assert said["derived fact", name].startswith("lost: it no longer holds when")
