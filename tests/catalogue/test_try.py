"""`spondyl knowledge try`: a draft is reported with carets, its cases run, and its effect on a case is shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spondyl.cli.main import main

HOME = Path(__file__).resolve().parents[2]
DRAFT = """\
pitfall: a_draft
title: A draft
per: patient
when: spine_surgery_ever
say: Something to think of.
evidence:
  - {source: EXPERT-DEFAULT, for: when}
cases:
  - {name: operated, given: {spine_surgery_ever: true}, expect: shown}
  - {name: never, given: {spine_surgery_ever: false}, expect: not_shown}
  - {name: nothing recorded, given: {}, expect: unknown}
"""


@pytest.fixture
def draft(tmp_path) -> Path:
    path = tmp_path / "a_draft.yaml"
    path.write_text(DRAFT, encoding="utf-8")
    return path


def test_a_sound_draft_and_whom_it_touches(capsys, draft):
    words = [str(draft), str(HOME / "examples" / "after_fusion.yaml"), "--as-of", "2026-11-22"]
    assert main(["knowledge", "try", *words]) == 0
    out = capsys.readouterr().out
    assert "cases: 3 run, 0 failed" in out
    assert "rule pitfall.a_draft: added: A draft" in out
    assert "+ pitfall.a_draft" in out
    assert not (HOME / "knowledge" / "pitfalls" / "a_draft.yaml").exists()


def test_a_slip_has_its_caret_in_the_draft(capsys, draft):
    draft.write_text(DRAFT.replace("when: spine_surgery_ever", "when: spine_surgery_evr"), encoding="utf-8")
    assert main(["knowledge", "try", str(draft)]) == 4
    out = capsys.readouterr().out
    assert f"{draft}:4" in out
    assert "^^^^" in out
    assert "Did you mean 'spine_surgery_ever'?" in out
    assert "cannot be tried" in out


def test_a_case_that_comes_out_otherwise(capsys, draft):
    draft.write_text(DRAFT.replace("expect: not_shown", "expect: shown"), encoding="utf-8")
    assert main(["knowledge", "try", str(draft), "--format", "json"]) == 4
    told = json.loads(capsys.readouterr().out)
    assert {one["code"] for one in told["errors"]} == {"K023", "K201"}
    assert told["cases"] == {"run": 3, "failed": 1}
    assert [one["where"] for one in told["errors"]][1] == str(draft)


def test_a_folder_of_drafts_is_tried_together(capsys, tmp_path):
    folder = tmp_path / "drafts"
    (folder / "pitfalls").mkdir(parents=True)
    (folder / "facts").mkdir()
    (folder / "pitfalls" / "a_draft.yaml").write_text(
        DRAFT.replace("when: spine_surgery_ever", "when: a_new_fact").replace("spine_surgery_ever:", "a_new_fact:"),
        encoding="utf-8",
    )
    (folder / "facts" / "drafts.yaml").write_text(
        "facts:\n  - {fact: a_new_fact, type: truth, per: patient, worse: true, fresh_for: none, label: new,\n"
        "     group: host, means: Something new, ask: New?, notes_say: [], codes: []}\n",
        encoding="utf-8",
    )
    assert main(["knowledge", "try", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "fact a_new_fact: added" in out
    assert "cases: 3 run, 0 failed" in out


@pytest.mark.parametrize(("text", "code"), [("nothing: here\n", "I101"), (None, "I020")])
def test_what_is_no_rule_is_said(capsys, tmp_path, text, code):
    path = tmp_path / "x.yaml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    assert main(["knowledge", "try", str(path)]) == 2
    assert code in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("spine_surgery_ever: false", "spine_surgery_evr: false", "K030", "spine_surgery_ever"),
        ("spine_surgery_ever: false", "nrs_leg: mild", "K030", "a number or [low, high]"),
        ("name: never", "name: operated", "K015", "stands in line"),
        ("when: spine_surgery_ever", "when: spine_surgery_ever AND fever", "K101", "small letters"),
        ("when: spine_surgery_ever", "when: (spine_surgery_ever", "K101", "'(' is not closed"),
    ],
)
def test_a_slip_is_coded_and_nothing_is_run(capsys, draft, old, new, code, said):
    draft.write_text(DRAFT.replace(old, new), encoding="utf-8")
    assert main(["knowledge", "try", str(draft)]) == 4
    out = capsys.readouterr().out
    assert f"{code}: " in out
    assert said in out
    assert "cannot be tried" in out
    assert "I199" not in out


def test_a_case_that_is_not_there(capsys, draft):
    assert main(["knowledge", "try", str(draft), "nosuch.yaml"]) == 3
    out, err = capsys.readouterr()
    assert (out, err[:5]) == ("", "I020:")


def test_a_file_of_another_ending_is_reported(capsys, tmp_path):
    (tmp_path / "pitfalls").mkdir()
    (tmp_path / "pitfalls" / "a_draft.yml").write_text(DRAFT, encoding="utf-8")
    assert main(["knowledge", "try", str(tmp_path)]) == 4
    assert "Rename it to pitfalls/a_draft.yaml." in capsys.readouterr().out
