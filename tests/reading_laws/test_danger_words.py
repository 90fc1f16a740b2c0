"""Dangers in the words of wards, clinics and patients: there, and in their twins not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading_laws.sentences import lexicon
from ruamel.yaml import YAML

from spondyl.intake.note import read

TABLE = YAML(typ="safe").load(Path(__file__).parent / "danger_words.yaml")
BESIDE = "Visit 11/20/2026. L4-5 fusion 11/2/2026.\n\n{}\n"


def says(text, key):
    name, _, member = key.partition("=")
    told = [one for one in read(BESIDE.format(text), "n", lexicon()).facts if one.assertion == "present"]
    if member:
        return any(member in one.value for one in told if one.fact == name)
    if name == "reflexes":
        return any(one.value == "brisk" for one in told if one.fact == name)
    return any(one.value not in (False, []) for one in told if one.fact == name or one.fact.startswith(name + "."))


@pytest.mark.parametrize("key", TABLE)
def test_a_danger_is_read_in_every_wording(key):
    assert [text for text in TABLE[key].get("there", ()) if not says(text, key)] == []


@pytest.mark.parametrize("key", TABLE)
def test_its_twin_is_none(key):
    assert [text for text in TABLE[key].get("not_there", ()) if says(text, key)] == []
