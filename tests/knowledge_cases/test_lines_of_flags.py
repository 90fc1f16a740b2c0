"""Flags that ask the same have one line, and what stands already is not asked on; no emergency loses its line."""

from __future__ import annotations

from typing import Any

import pytest
from knowledge_cases.patients import PROGRAM, RULES

from spondyl.engine import URGENCIES, triage
from spondyl.engine.results import Triage
from spondyl.proof.given import patient_with, values

Given = dict[str, Any]
NECK: Given = {"focus_region": "cervical"}
BACK: Given = {"operated_here": True, "limb_pain_here": True}
COLLECTION: Given = {**BACK, "known_collection": True, "days_since_last_surgery": 400}


def flags(given: Given) -> Triage:
    return triage(patient_with(PROGRAM, values(RULES, given)))


def lines(given: Given) -> dict[str, tuple[str, ...]]:
    return {one.flag.id: one.ask for one in flags(given).not_excluded}


@pytest.mark.parametrize(
    ("given", "line", "without"),
    [
        (NECK, "acute_cord_compression", {"progressive_myelopathy", "stable_myelopathy"}),
        (COLLECTION, "collection_change", {"csf_leak", "surgical_site_infection", "motor_loss"}),
    ],
)
def test_flags_that_ask_the_same_have_one_line(given: Given, line: str, without: set[str]) -> None:
    found = lines(given)
    assert line in found
    assert not without & set(found)


def test_the_questions_go_with_the_line() -> None:
    alone = lines({**BACK, "known_collection": False, "days_since_last_surgery": 30})
    together = lines(COLLECTION)
    assert set(alone["csf_leak"]) <= set(together["collection_change"])


def test_cauda_equina_and_sepsis_keep_their_lines_beside_a_collection() -> None:
    assert {"cauda_equina", "spinal_sepsis"} <= set(lines(COLLECTION))


def test_without_the_line_of_the_other_a_flag_has_its_own() -> None:
    assert "surgical_site_infection" in lines({**BACK, "days_since_last_surgery": 10})
    normal: Given = {"gait_ataxia": False, "hoffmann": False, "reflexes": "normal"}
    found = lines({**NECK, **normal})
    assert "acute_cord_compression" not in found
    assert "progressive_myelopathy" in found


def test_what_stands_as_an_emergency_is_not_asked_on() -> None:
    found = flags({**BACK, "saddle_anesthesia": True})
    assert "cauda_equina" in {one.flag.id for one in found.established}
    assert "cauda_equina" not in {one.flag.id for one in found.not_excluded}


def test_flags_ask_only_with_flags_that_can_be_as_urgent() -> None:
    for flag in RULES.red_flags.values():
        worst = max(URGENCIES.index(level.urgency) for level in flag.levels)
        for name in flag.asked_with:
            levels = RULES.red_flags[name].levels
            assert max(URGENCIES.index(level.urgency) for level in levels) >= worst, (flag.id, name)
            assert flag.id not in RULES.red_flags[name].asked_with
