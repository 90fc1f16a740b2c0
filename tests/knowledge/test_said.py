"""Phrases of the note reader that cannot be read, words that two facts claim, groups and names of cases."""

from __future__ import annotations

from pathlib import Path

import pytest
from knowledge.bases import KNOWLEDGE, base

from spondyl.knowledge import check
from spondyl.knowledge.gather import gather

SADDLE = "notes_say: [saddle numbness]"


def codes(root: Path) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in check(root)]


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ('"{numbb} legs"', "no group is named 'numbb'"),
        ('"(restless legs"', "'(' has no partner in this phrase"),
        ('"restless] legs"', "']' has no partner in this phrase"),
        ('"[when (a|the) leg|often] aches"', "a choice in inner brackets cuts the outer ones in two"),
    ],
)
def test_a_phrase_that_cannot_be_read(tmp_path, phrase, said):
    root = base(tmp_path, facts__bladder=(SADDLE, f"notes_say: [{phrase}]"))
    assert codes(root) == [("K047", said)]


def test_brackets_inside_brackets_without_a_choice_are_read(tmp_path):
    assert codes(base(tmp_path, facts__bladder=(SADDLE, 'notes_say: ["[cannot (ever) feel|numb] there"]'))) == []


def test_a_phrase_that_another_fact_says(tmp_path):
    root = base(tmp_path, facts__bladder=(SADDLE, 'notes_say: [saddle numbness, "Cannot  pass urine"]'))
    assert [code for code, _ in codes(root)] == ["K043"]
    text = (root / "facts" / "bladder.yaml").read_text(encoding="utf-8")
    shared = text.replace('pass urine"]\n', 'pass urine"]\n    said_with: [urinary_retention]\n', 1)
    (root / "facts" / "bladder.yaml").write_text(shared, encoding="utf-8")
    assert codes(root) == []


def test_a_group_of_facts_has_a_title(tmp_path):
    root = base(tmp_path, facts__bladder=(SADDLE, f"group: bladdr\n    {SADDLE}"))
    assert codes(root) == []  # a base without titles has no groups to compare with
    (root / "wording").mkdir()
    (root / "wording" / "values.yaml").write_text(
        (KNOWLEDGE / "wording" / "values.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    assert [code for code, _ in codes(root) if code == "K010"] == ["K010"]


def test_two_cases_of_one_name(tmp_path):
    root = base(tmp_path)
    path = root / "red_flags" / "cauda_equina.yaml"
    names = [case["name"] for case in next(gather(root).of("red_flags")).data["cases"]]
    path.write_text(path.read_text(encoding="utf-8").replace(names[1], names[0], 1), encoding="utf-8")
    assert [code for code, _ in codes(root)] == ["K015"]


def test_another_ending_is_told_to_be_renamed(tmp_path):
    root = base(tmp_path)
    (root / "facts" / "more.yml").write_text("facts: []\n", encoding="utf-8")
    (found,) = check(root)
    assert (found.code, found.next) == ("K034", "Rename it to facts/more.yaml.")


def test_a_threshold_below_zero(tmp_path):
    root = base(tmp_path, thresholds__medicines=("30", "-30"))
    assert "K011" in {code for code, _ in codes(root)}
