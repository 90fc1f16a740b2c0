"""The compiled base: the same bytes every time, everything in it, built without the YAML reader."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import orjson
import pytest
from knowledge.bases import HOME, base

from spondyl.knowledge.assemble import assemble, compile_knowledge
from spondyl.knowledge.build import main
from spondyl.knowledge.examine import examine
from spondyl.knowledge.load import PARTS, QUICK, quickly
from spondyl.knowledge.ruleset import fresh_days, ruleset
from spondyl.logic import Compare, FactIs, Or, to_plain


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = orjson.dumps(assemble(examine(base(tmp_path / "a"))))
    assert first == orjson.dumps(assemble(examine(base(tmp_path / "b"))))


def test_any_change_of_a_source_changes_the_hash(tmp_path: Path) -> None:
    root = base(tmp_path)
    before = compile_knowledge(root)["sha256"]
    with (root / "evidence" / "sources.yaml").open("a") as file:
        file.write("# a comment\n")
    assert compile_knowledge(root)["sha256"] != before


def test_a_ruleset(tmp_path: Path) -> None:
    rules = ruleset(orjson.loads(orjson.dumps(compile_knowledge(base(tmp_path)))))
    flag = rules.red_flags["cauda_equina"]
    assert [(level.id, level.urgency) for level in flag.levels] == [("hard_sign", "emergency"), ("retention", "urgent")]
    assert flag.in_play == Or((FactIs("saddle_anesthesia"), FactIs("urinary_retention")))
    assert flag.claims == ("S001-19",)
    assert flag.evidence[0].source == "GIRFT-CES-2023"
    assert rules.texts["red_flag.cauda_equina.levels.0.when"] == (
        "new_saddle_anesthesia or pvr_ml >= 200 or (urinary_retention and sex in {female, male})"
    )
    gate = rules.gates["nsaid"]
    assert gate.checks[0].closed_when == Compare("egfr", "<", "nsaid_egfr_floor")
    assert rules.threshold_values("nice_uk") == {"nsaid_egfr_floor": 40.0}
    fact = rules.facts["saddle_anesthesia"]
    assert (fact.fresh_days, fact.worse, fact.label) == (7.0, True, "numbness in the saddle area")
    assert rules.facts["long_standing"].worse is None
    assert rules.types["worst_odi"].high == 100
    derived = rules.derived["new_saddle_anesthesia"]
    assert derived["form"] == "holds"
    assert derived["body"] == {"t": "saddle_anesthesia", "c": to_plain(FactIs("saddle_anesthesia"))}
    assert rules.derived["worst_odi"]["body"]["where"]["c"] == ["in", "name", ["odi"]]
    assert rules.version == "0.1.0"


@pytest.mark.parametrize(
    ("duration", "days"), [("none", None), (None, None), ("P7D", 7.0), ("P2W", 14.0), ("PT48H", 2.0), ("P1Y", 365.25)]
)
def test_how_long_a_denial_holds(duration: str | None, days: float | None) -> None:
    assert fresh_days(duration) == days


def test_incomplete_leaves_out_what_does_not_compile(tmp_path: Path) -> None:
    root = base(tmp_path, red_flags__cauda_equina=("pvr_ml >= 200", "pvr >= 200"))
    compiled = compile_knowledge(root, incomplete=True)
    assert compiled["red_flags"] == []
    assert [rule["id"] for rule in compiled["treatments"]] == ["nsaid"]


def test_the_builder_writes_all_or_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, out = base(tmp_path), tmp_path / "out"
    assert main(["--root", str(root), "--out", str(out)]) == 0
    written = sorted([*(f"{part}.json" for part in PARTS), *(f"{part}.quick" for part in QUICK)])
    assert sorted(path.name for path in out.iterdir()) == written
    cases = orjson.loads((out / "cases.json").read_bytes())["cases"]
    assert cases["red_flags"]["cauda_equina"][0]["name"] == "numb saddle"
    assert b"numb saddle" not in (out / "knowledge.json").read_bytes()
    lexicon = orjson.loads((out / "lexicon.json").read_bytes())
    assert lexicon["facts"][0]["notes_say"] == ["saddle numbness"]
    for part in QUICK:
        assert quickly(out / f"{part}.quick") == orjson.loads((out / f"{part}.json").read_bytes())
    before = (out / "knowledge.json").read_bytes()
    (root / "gates" / "nsaid.yaml").write_text("gate: nsaid\n")
    assert main(["--root", str(root), "--out", str(out)]) == 1
    assert "K008" in capsys.readouterr().err
    assert (out / "knowledge.json").read_bytes() == before


def test_starting_up_brings_in_no_yaml() -> None:
    code = "import sys, spondyl.knowledge; sys.exit(any(m.startswith(('ruamel', 'jsonschema')) for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": str(HOME / "src")}).returncode == 0
