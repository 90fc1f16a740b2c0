"""Bad input: each is refused with a code, a place and a remedy; nothing on standard output, nothing half written."""

from __future__ import annotations

import importlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from spondyl.cli import main

HOME = Path(__file__).resolve().parents[2]
DAY = ("--as-of", "2026-11-22")
HEAD = "schema: spondyl/case/1\n"
SECRET = "Zebulon"


def facts(*lines: str) -> str:
    return HEAD + "facts:\n" + "".join(f"  {line}\n" for line in lines)


def surgery(*fields: str) -> str:
    return HEAD + f"surgeries:\n  - {{{', '.join(fields)}}}\n"


# name: (file, content, code, the place it names, a word of the remedy)
REFUSED: dict[str, tuple[str, str | bytes, str, str, str]] = {
    "an unknown fact": ("c.yaml", facts("nrs_bakc: 5"), "I010", "facts.nrs_bakc", "nrs_back"),
    "an unknown key at the top": ("c.yaml", HEAD + "surgerys: []\n", "I010", "surgerys", "surgeries"),
    "an unknown field": ("c.yaml", surgery("level: [L4-L5]"), "I010", "surgeries.0.level", "levels"),
    "a derived fact": ("c.yaml", facts("months_since_last_surgery: 3"), "I010", "months_since", "computed"),
    "NRS 14": ("c.yaml", facts("nrs_back: 14"), "I012", "facts.nrs_back", "0 to 10"),
    "MRC 7": ("c.yaml", HEAD + "motor_deficit: [{mrc: 7}]\n", "I012", "motor_deficit.0.mrc", "0 to 5"),
    "a text for a number": ("c.yaml", facts(f"nrs_back: '{SECRET}'"), "I011", "facts.nrs_back", "number"),
    "a truth that is none": ("c.yaml", facts(f"fever: {SECRET}"), "I011", "facts.fever", "true, false or null"),
    "low above high": ("c.yaml", facts("nrs_back: {low: 8, high: 3}"), "I012", "facts.nrs_back", "turn"),
    "a value that does not exist": ("c.yaml", facts(f"sex: {SECRET}"), "I013", "facts.sex", "female"),
    "a level that does not exist": ("c.yaml", surgery("levels: [L4-L7]"), "I016", "surgeries.0.levels", "L4-L5"),
    "a date after the day": ("c.yaml", surgery('date: "2027-03-01"'), "I015", "surgeries.0.date", "--as-of"),
    "written after the day": ("c.yaml", HEAD + 'written_on: "2027-01-01"\n', "I015", "written_on", "--as-of"),
    "a day that does not exist": ("c.yaml", surgery('date: "2026-02-30"'), "I014", "surgeries.0.date", "2026-03-09"),
    "a date in another order": ("c.yaml", surgery("date: 03/09/2026"), "I014", "surgeries.0.date", "2026-03-09"),
    "a wrong unit": ("c.yaml", facts("crp_mg_l: {value: 4, unit: mmHg}"), "I017", "facts.crp_mg_l", "mg/L"),
    "a temperature without its unit": ("c.yaml", facts("temp_c: 101.3"), "I012", "facts.temp_c", "unit: F"),
    "a wrong assertion": ("c.yaml", facts(f"fever: {{assertion: {SECRET}}}"), "I018", "facts.fever", "present"),
    "no schema": ("c.json", '{"facts": {"age_years": 50}}', "I001", "schema", "spondyl/case/1"),
    "another schema": ("c.yaml", "schema: spondyl/case/9\n", "I001", "schema", "spondyl/case/1"),
    "a list for a case": ("c.json", '["surgeries", {"schema": 1}]', "I003", "top", "schema"),
    "facts that are a list": ("c.yaml", HEAD + "facts: [1]\n", "I003", "facts", "name"),
    "a key twice in YAML": ("c.yaml", facts("fever: true", "fever: false"), "I005", "c.yaml:4", ""),
    "a key twice in JSON": ("c.json", '{"schema": 1, "facts": {"fever": 1, "fever": 0}}', "I005", "c.json", "keep one"),
    "broken JSON": ("c.json", '{"schema": "spondyl/case/1", "facts": {', "I004", "line 1", "repair"),
    "NaN": ("c.json", '{"schema": "spondyl/case/1", "facts": {"nrs_back": NaN}}', "I004", "c.json", "write null"),
    "JSON without end": ("c.json", '{"schema": ' + "[" * 200_000, "I004", "c.json", "flatter"),
    "broken YAML": ("c.yaml", facts(f"name: [{SECRET}"), "I004", "c.yaml:", ""),
    "YAML aliases that explode": (
        "c.yaml",
        HEAD + "facts:\n  n0: &n0 [x, x]\n" + "".join(f"  n{n}: &n{n} [*n{n - 1}, *n{n - 1}]\n" for n in range(1, 30)),
        "I004",
        "c.yaml:3",
        "",
    ),
    "a YAML tag": ("c.yaml", facts("fever: !!python/object/apply:os.system [true]"), "I004", "c.yaml:3", ""),
    "an empty file": ("c.txt", "", "I002", "c.txt", "note"),
    "only blanks": ("c.txt", " \n\t\n", "I002", "c.txt", "note"),
    "bytes of no encoding": ("c.txt", b"52F \x81\x8d\x8f fever", "I008", "c.txt", "UTF-8"),
    "a broken PDF": ("c.txt", b"%PDF-1.7 ...", "I022", "c.txt", "text"),
    "a picture": ("c.txt", b"\x89PNG\r\n\x1a\n....", "I007", "c.txt", "OCR"),
    "a FHIR record": ("c.json", '{"resourceType": "Bundle", "entry": []}', "I009", "c.json", "note"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_code_place_and_remedy(run, tmp_path, name):
    file, content, code, place, remedy = REFUSED[name]
    path, out = tmp_path / file, tmp_path / "out.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    out.write_text("before", encoding="utf-8")
    ran = run("plan", path, *DAY, "-o", out)
    assert (ran.status, ran.out) == (3, "")
    assert code in ran.codes
    assert place in ran.err
    assert remedy.lower() in ran.err.lower()
    assert SECRET not in ran.err
    assert "Traceback" not in ran.err
    assert out.read_text(encoding="utf-8") == "before"
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted({file, "out.txt"})


def test_every_problem_of_every_file_at_once(run, tmp_path):
    (tmp_path / "a.yaml").write_text(facts("nrs_back: 14", "fevr: true"), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(facts("sex: x"), encoding="utf-8")
    ran = run("plan", tmp_path / "a.yaml", tmp_path / "b.yaml", *DAY)
    assert ran.status == 3
    assert sorted(ran.codes) == ["I010", "I012", "I013"]


def test_errors_as_json_on_standard_error(run, tmp_path):
    path = tmp_path / "c.yaml"
    path.write_text(facts("nrs_back: 14"), encoding="utf-8")
    ran = run("plan", path, *DAY, "--format", "json")
    errors = json.loads(ran.err)
    assert (ran.status, ran.out) == (3, "")
    assert errors["schema"] == "spondyl/errors/1"
    assert errors["errors"][0].keys() == {"code", "message", "where", "next"}


def test_fifty_megabytes_are_refused_without_reading_them_all(run, tmp_path):
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert run("plan", path, *DAY).codes == ["I006"]
    path.write_bytes(b"back pain " * 200_000)
    assert run("plan", path, *DAY).codes == ["I006"]


@pytest.mark.parametrize("path", ["nowhere.txt", "."])
def test_a_path_that_cannot_be_read(run, tmp_path, monkeypatch, path):
    monkeypatch.chdir(tmp_path)
    assert run("plan", path).codes == ["I020"]


@pytest.mark.parametrize(
    "text", ["52F; rm -rf /", "\x1b[31mred", "a" * 50_000, "{not json", "schema but no case", "é" * 10]
)
def test_strange_notes_are_planned_or_refused(run, tmp_path, text):
    path = tmp_path / "n.txt"
    path.write_text(text, encoding="utf-8")
    for command in ("plan", "read", "ask"):
        ran = run(command, path, *DAY)
        assert ran.status in (0, 3)
        assert "I199" not in ran.err


# ---- wrong usage


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("plan",), "I101"),
        (("plan", "NOTE", "--fromat", "json"), "I101"),
        (("plan", "NOTE", "--format", "docx"), "I104"),
        (("plan", "NOTE", "--profile", "medicare"), "I104"),
        (("plan", "NOTE", "--locale", "fr-FR"), "I104"),
        (("plan", "NOTE", "--kind", "pdf"), "I104"),
        (("plan", "NOTE", "--as-of", "11/22/2026"), "I105"),
        (("plan", "NOTE", "--as-of", "2026-02-30"), "I105"),
        (("plan", "NOTE", "--as-of", "0001-01-01"), "I105"),
        (("plan", "NOTE", "--as-of", "9999-12-31"), "I105"),
        (("plan", "NOTE", "-o", "/nowhere/plan.txt"), "I106"),
        (("plan", "NOTE", "-o", "NOTE"), "I107"),
        (("plan", "-", "-"), "I101"),
        (("why", "NOTE"), "I101"),
        (("whatif", "NOTE"), "I101"),
        (("plam", "NOTE"), "I103"),
        (("knowledge", "chek"), "I103"),
        (("knowledge", "check", "/nowhere"), "I108"),
    ],
)  # fmt: skip
def test_wrong_usage_is_two(run, note, argv, code):
    before = note.read_bytes()
    ran = run(*(str(note) if one == "NOTE" else one for one in argv))
    assert (ran.status, ran.out, ran.codes) == (2, "", [code])
    assert note.read_bytes() == before


@pytest.mark.parametrize("change", ["nrs_bakc=3", "nrs_back=14", "surgeries.0.levels=L4-L7", "fever=perhaps"])
def test_a_wrong_change_is_refused(run, note, change):
    ran = run("whatif", note, change, *DAY)
    assert (ran.status, ran.out) == (3, "")
    assert ran.codes


def test_an_interrupt_is_quiet(monkeypatch, note, capsys):
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("spondyl.cli.commands.take", stop)
    assert main(["plan", str(note)]) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("argv", [("plan", "NOTE"), ("--version",), ("--help",)])
def test_output_that_nothing_takes_is_said(note, argv):
    typed = [str(note) if one == "NOTE" else one for one in argv]
    command = [str(Path(sys.executable).parent / "spondyl"), *typed]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"I106: ")


def test_a_fault_is_coded_and_tells_no_value(monkeypatch, note, capsys):
    def fail(*_: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr("spondyl.cli.commands.take", fail)
    assert main(["plan", str(note)]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("I199: ")
    assert SECRET not in err


# ---- a broken knowledge base


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of a small sound knowledge base."""
    root = tmp_path / "knowledge"
    shutil.copytree(HOME / "tests" / "errors" / "sound", root)
    return root


def test_a_broken_rule_is_four_with_file_line_and_caret(run, small):
    rule = next(iter(sorted((small / "red_flags").glob("*.yaml"))))
    rule.write_text(rule.read_text(encoding="utf-8").replace("in_play:", "in_plya:", 1), encoding="utf-8")
    ran = run("knowledge", "check", small)
    assert ran.status == 4
    assert f"{rule.name}:" in ran.out
    assert "^" in ran.out
    errors = run("knowledge", "check", small, "--format", "json")
    assert errors.status == 4
    assert errors.json["errors"]


def test_a_case_that_expects_otherwise_is_four(run, monkeypatch):
    from spondyl.knowledge import cases

    listed = cases()["follow_up"]["yearly"]
    wrong = [{**one, "expect": "unknown" if one["expect"] != "unknown" else "shown"} for one in listed]
    load = importlib.import_module("spondyl.knowledge.load")
    examine = importlib.import_module("spondyl.knowledge.examine")
    monkeypatch.setattr(load, "cases", lambda: {"follow_up": {"yearly": wrong}})
    monkeypatch.setattr(examine, "check", lambda *_: [])
    ran = run("knowledge", "check")
    assert ran.status == 4
    assert ran.out.count("K201: yearly") == len(listed)
    assert f"{len(listed)} failed" in ran.out


def test_a_base_without_what_the_engine_reads_is_four(run, small):
    ran = run("knowledge", "check", small)
    assert ran.status == 4
    assert "K202" in ran.out


def test_the_knowledge_base_holds(run):
    ran = run("knowledge", "check")
    assert (ran.status, ran.err) == (0, "")
    assert "0 problems" in ran.out


def test_a_broken_site_is_four_and_plans_nothing(run, note, tmp_path):
    site = tmp_path / "clinic"
    (site / "gates").mkdir(parents=True)
    (site / "gates" / "mine.yaml").write_text("gate: mine\nrequired: [unclosed\n", encoding="utf-8")
    ran = run("plan", note, *DAY, "--site", site)
    assert (ran.status, ran.out) == (4, "")
    assert "mine.yaml" in ran.err
    as_json = run("plan", note, *DAY, "--site", site, "--format", "json")
    assert json.loads(as_json.err)["errors"][0]["code"].startswith("K")


def test_a_site_that_is_not_there_is_never_no_site(run, note, tmp_path):
    ran = run("plan", note, *DAY, "--site", tmp_path / "nowhere")
    assert (ran.status, ran.out, ran.codes) == (2, "", ["I109"])
