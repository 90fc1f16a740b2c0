"""`spondyl knowledge prove` at the terminal: what it prints, and how it ends."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path

import pytest

pytest.importorskip("z3")

from spondyl.cli.main import main
from spondyl.knowledge.load import checkout


def prove(capsys, *arguments: str) -> tuple[int, str, str]:
    status = main(["knowledge", "prove", *arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


def changed(tmp_path: Path, file: str, old: str, new: str) -> str:
    root = checkout()
    assert root is not None
    folder = tmp_path / "knowledge"
    shutil.copytree(root, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return str(folder)


def test_a_property_that_does_not_exist(capsys):
    status, out, err = prove(capsys, "--property", "emergency_last")
    assert (status, out) == (2, "")
    assert "I104" in err
    assert "emergency_first" in err


def test_a_folder_that_does_not_exist(capsys):
    status, out, err = prove(capsys, "nowhere")
    assert (status, out) == (2, "")
    assert "I108" in err


def test_without_z3_the_extra_is_named(capsys, monkeypatch):
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name == "z3" else found(name, *rest))
    status, out, err = prove(capsys)
    assert (status, out) == (2, "")
    assert "I113" in err
    assert "spondyl[proof]" in err


@pytest.mark.slow
def test_one_property_as_text_and_as_a_document(capsys):
    status, out, err = prove(capsys, "--property", "no_abrupt_stop")
    assert status == 0
    assert out.startswith("shown  no_abrupt_stop")
    assert "1 of 1 properties shown" in out
    assert "no_abrupt_stop: shown" in err
    status, out, _ = prove(capsys, "--property", "no_abrupt_stop", "--format", "json")
    document = json.loads(out)
    assert status == 0
    assert document["schema"] == "spondyl/proof/1"
    assert [one["property"] for one in document["properties"]] == ["no_abrupt_stop"]
    assert document["mcdc"] is None
    assert document["errors"] == []


@pytest.mark.slow
def test_a_rule_broken_on_purpose_prints_a_patient_that_plan_takes(capsys, tmp_path):
    folder = changed(tmp_path, "treatments/tricyclic.yaml", "taper_only: true", "taper_only: false")
    found = tmp_path / "found"
    status, out, _ = prove(capsys, folder, "--property", "no_abrupt_stop", "--cases", str(found))
    assert status == 4
    assert "K206: no_abrupt_stop fails: tricyclic" in out
    (case,) = found.iterdir()
    assert case.read_text(encoding="utf-8").splitlines()[0] in out
    assert main(["plan", str(case), "--as-of", "2026-11-22", "--format", "json"]) == 0
    planned = json.loads(capsys.readouterr().out)
    # With the rule as it is the patient is told to taper it, or nothing of it.
    assert all(one["status"] != "stop" for one in planned["treatments"])


@pytest.mark.slow
def test_a_constraint_that_cannot_be_read(capsys, tmp_path):
    folder = changed(tmp_path, "derived/constraints.yaml", "constraints:\n", "constraints:\n  - fever maybe chills\n")
    status, out, err = prove(capsys, folder, "--property", "no_abrupt_stop")
    assert (status, out) == (4, "")
    assert "K207" in err
    assert "fever maybe chills" in err
