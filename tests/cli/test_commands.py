"""Every command and every form does its job, with the exit status of the contract."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from spondyl.cli.manual import BY_NAME, COMMANDS, FORMATS, LATER
from spondyl.cli.manual_knowledge import LATER as LATER_KNOWLEDGE

HOME = Path(__file__).resolve().parents[2]
DAY = ("--as-of", "2026-11-22")


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "pdf"])  # tests/documents opens the PDFs
def test_every_form_of_a_plan(run, note, form):
    ran = run("plan", note, *DAY, "--format", form)
    assert ran.status == 0
    assert ran.err == ""
    assert "L5-S1" in ran.out


def test_text_has_urgency_first_ids_and_the_safety_net(run, note):
    lines = run("plan", note, *DAY).out.splitlines()
    assert lines[0].startswith("52 F")
    assert lines[2].startswith("ROUTINE")
    assert any(line.endswith("  g1") for line in lines)
    assert any("Call at once if" in line for line in lines)
    assert max(map(len, lines)) <= 80


EXAMPLES = sorted(path.name for path in (HOME / "examples").iterdir() if path.is_file() and path.suffix != ".md")


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_plan_within_two_screens(run, name):
    ran = run("plan", HOME / "examples" / name, *DAY)
    assert ran.status == 0
    assert len(ran.out.splitlines()) <= 120


def test_chart_is_short_plain_and_whole(run, note):
    for path in (note, HOME / "examples" / "weak_foot.txt", HOME / "src/spondyl/_examples/fluid_collection.txt"):
        out = run("plan", path, *DAY, "--format", "chart").out
        lines = out.splitlines()
        assert len(lines) <= 25
        assert max(map(len, lines)) <= 100
        assert out.isascii()
        starts = ("PAIN AFTER", "URGENCY", "NOT YET EXCLUDED", "CALL AT ONCE", "IMAGE", "NOW", "NOT DONE", "REVIEW")
        for part in starts:
            assert any(line.startswith(part) for line in lines), part


def test_an_emergency_stands_first_and_complete(run):
    path = HOME / "examples" / "weak_foot.txt"
    text = run("plan", path, *DAY).out
    assert text.splitlines()[2].startswith("EMERGENCY")
    chart = run("plan", path, *DAY, "--format", "chart").out
    assert chart.splitlines()[1].startswith("URGENCY: emergency")
    assert "emergency department" in chart


def test_several_paths_are_one_patient(run):
    both = run("plan", HOME / "examples/weak_foot.txt", HOME / "examples/labs.yaml", *DAY, "--format", "json").json
    assert {fact["source"]["name"] for fact in both["facts"] if "name" in fact["source"]} == {
        "weak_foot.txt",
        "labs.yaml",
    }
    crp = next(fact for fact in both["facts"] if fact["fact"] == "crp_mg_l")
    assert crp["value"] == 4


def test_two_files_of_one_name_stay_apart(run, note, tmp_path):
    other = tmp_path / "second" / "note.txt"
    other.parent.mkdir()
    other.write_text("CRP 80 mg/L on 11/19/2026", encoding="utf-8")
    facts = run("plan", note, other, *DAY, "--format", "json").json["facts"]
    assert {fact["source"].get("name") for fact in facts} >= {"note.txt"}


def test_standard_input_is_a_dash(run, note):
    ran = run("plan", "-", *DAY, "--format", "json", stdin=note.read_bytes())
    assert ran.status == 0
    named = {fact["source"]["name"] for fact in ran.json["facts"] if fact["source"]["kind"] == "note"}
    assert named == {"stdin"}


def test_a_case_from_standard_input_is_recognized(run, case):
    assert run("plan", "-", *DAY, stdin=case.read_bytes()).out.startswith("52")


def test_reading_has_slices_of_the_text(run, note):
    reading = run("read", note, *DAY, "--format", "json", "--with-text").json
    assert reading["written_on"] == "2026-11-20"
    for fact in reading["facts"]:
        source = fact["source"]
        assert reading["text"][source["start"] : source["end"]] == source["text"]
    text = run("read", note, *DAY).out
    assert "negated" in text
    assert "“" in text


def test_ask_gives_seven_in_groups_and_all_on_request(run, note):
    few = run("ask", note, *DAY, "--format", "json").json
    every = run("ask", note, *DAY, "--all", "--format", "json").json
    assert 1 <= len(few["questions"]) <= 7
    assert few["left_out"] == len(every["questions"]) - len(few["questions"])
    assert [one["fact"] for one in every["questions"][: len(few["questions"])]] == [
        one["fact"] for one in few["questions"]
    ]
    grouped = [fact for group in few["groups"] for fact in group["facts"]]
    assert sorted(grouped) == sorted(one["fact"] for one in few["questions"])
    text = run("ask", note, *DAY).out
    assert all(one["ask"].split()[0] in text for one in few["questions"])
    assert "changes:" in text


@pytest.mark.parametrize("asked", ["g1", "S1", "gate:revision_surgery", "treatment:nsaid", "red_flag:cauda_equina"])
def test_why_takes_every_kind_of_id(run, note, asked):
    assert run("why", note, asked, *DAY).status == 0
    assert run("why", note, asked, *DAY, "--format", "json").json["asked"] == asked


def test_why_of_nothing_is_refused(run, note):
    ran = run("why", note, "gate:nsaids", *DAY)
    assert (ran.status, ran.out, ran.codes) == (3, "", ["I030"])


def test_whatif_shows_the_difference(run, note):
    ran = run("whatif", note, "saddle_anesthesia=true", *DAY, "--format", "json")
    assert ran.status == 0
    assert ran.json["schema"] == "spondyl/whatif/1"
    assert "emergency" in run("whatif", note, "saddle_anesthesia=true", *DAY).out


def test_demo_and_its_note(run, tmp_path):
    ran = run("demo")
    assert ran.status == 0
    assert "spondyl why" in ran.out
    saved = tmp_path / "fluid_collection.txt"
    assert run("demo", "--note", "-o", saved).status == 0
    planned = run("plan", saved, *DAY).out
    assert ran.out.startswith(planned)


def test_output_is_a_file_with_the_same_bytes(run, note, tmp_path):
    out = tmp_path / "plan.json"
    ran = run("plan", note, *DAY, "--format", "json", "-o", out)
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    assert out.read_text(encoding="utf-8") == run("plan", note, *DAY, "--format", "json").out
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".spondyl")] == []


def test_the_source_documents_profile_warns(run, note):
    ran = run("plan", note, *DAY, "--profile", "source_documents")
    assert ran.status == 0
    assert ran.err.startswith("warning:")


def test_british_words_change_no_decision(run, note):
    american = run("plan", note, *DAY, "--format", "json").json
    british = run("plan", note, *DAY, "--format", "json", "--locale", "en-GB").json
    assert british["triage"]["urgency"] == american["triage"]["urgency"]
    assert [one["generator"] for one in british["generators"]] == [one["generator"] for one in american["generators"]]
    assert [one["result"] for one in british["gates"]] == [one["result"] for one in american["gates"]]


def test_html_stands_alone_and_is_escaped(run, tmp_path):
    path = tmp_path / "note.txt"
    path.write_text(
        "11/20/2026. 52F, L5-S1 fusion 2025. Low back pain, <script>alert(1)</script> 7/10.", encoding="utf-8"
    )
    page = run("plan", path, *DAY, "--format", "html").out
    assert "<script" not in page
    assert "default-src &#x27;none&#x27;" in page
    assert all(word not in page for word in ("<img", "<link", "<iframe", "src=", "@import"))


def test_color_only_where_wanted(run, note, monkeypatch):
    assert "\x1b[" not in run("plan", note, *DAY).out
    assert "\x1b[" in run("plan", note, *DAY, "--color", "always").out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run("plan", note, *DAY).out


def test_site_changes_are_recorded(run, note, tmp_path):
    site = tmp_path / "clinic"
    (site / "thresholds").mkdir(parents=True)
    ran = run("plan", note, *DAY, "--site", site, "--format", "json")
    assert ran.status in (0, 4)  # an empty site is either nothing or refused with a code, never a traceback
    assert ran.status == 0 or ran.codes


# ---- help


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_help_of_every_command(run, command):
    ran = run(command.name, "--help")
    assert ran.status == 0
    assert all(typed in ran.out for typed, _ in command.examples)
    assert command.line in run("--help").out


def test_no_command_is_wrong_usage(run):
    ran = run()
    assert (ran.status, ran.out) == (2, "")
    assert "usage" in ran.err


def test_version(run):
    assert run("--version").out.startswith("spondyl ")


@pytest.mark.parametrize("name", LATER)
def test_later_commands_do_not_pretend(run, name):
    ran = run(name, "x")
    assert (ran.status, ran.out, ran.codes) == (2, "", ["I102"])
    assert name not in BY_NAME


@pytest.mark.parametrize("name", LATER_KNOWLEDGE)
def test_later_knowledge_commands_do_not_pretend(run, name):
    assert run("knowledge", name).codes == ["I102"]


@pytest.mark.parametrize("form", ["fhir"])
def test_later_forms_do_not_pretend(run, note, form):
    ran = run("plan", note, "--format", form)
    assert (ran.status, ran.out, ran.codes) == (2, "", ["I102"])


# ---- the same bytes everywhere


def _process(folder: Path, zone: str, seed: str, *argv: str) -> bytes:
    environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C", "PYTHONPATH": str(HOME / "src")}
    command = [sys.executable, "-c", "import sys; from spondyl.cli import main; sys.exit(main())", *argv]
    return subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True).stdout


@pytest.mark.parametrize(
    "argv", [("plan", "--format", "json"), ("plan",), ("ask", "--all"), ("plan", "--format", "md")]
)
def test_two_processes_give_the_same_bytes(note, tmp_path, argv):
    command, *rest = argv
    one = _process(tmp_path, "Pacific/Kiritimati", "1", command, "note.txt", *rest, *DAY)
    two = _process(HOME, "America/Los_Angeles", "4242", command, str(note), *rest, *DAY)
    assert one == two
    assert one


def test_a_reader_that_goes_away_is_no_fault(note):
    python = f"{sys.executable} -c 'import sys; from spondyl.cli import main; sys.exit(main())'"
    script = f"{python} plan {note} --as-of 2026-11-22 --format json"
    environment = {**os.environ, "PYTHONPATH": str(HOME / "src")}
    ran = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {script} | head -c 10"], env=environment, capture_output=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
