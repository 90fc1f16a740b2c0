"""A site changes thresholds and adds rules; it never replaces one."""

from __future__ import annotations

from pathlib import Path

import pytest
from knowledge.bases import base

from spondyl.knowledge import KnowledgeError, check
from spondyl.knowledge.assemble import compile_knowledge
from spondyl.knowledge.ruleset import ruleset
from spondyl.knowledge.site import with_site

PITFALL = """\
pitfall: local_form
title: Local form
per: patient
when: nsaid_use and egfr < nsaid_egfr_floor
say: Fill in the local form.
evidence:
  - {source: EXPERT-DEFAULT, for: when}
cases: []
"""


@pytest.fixture
def compiled(tmp_path: Path) -> dict[str, object]:
    return compile_knowledge(base(tmp_path))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "ours"
    folder.mkdir()
    return folder


def test_a_threshold_of_one_profile(compiled, site):
    (site / "thresholds.yaml").write_text("thresholds:\n  - {threshold: nsaid_egfr_floor, values: {guideline: 45}}\n")
    merged, known = with_site(compiled, site)
    rules = ruleset(merged, known)
    assert rules.threshold_values("guideline") == {"nsaid_egfr_floor": 45.0}
    assert rules.threshold_values("nice_uk") == {"nsaid_egfr_floor": 40.0}
    assert rules.thresholds["nsaid_egfr_floor"].unit == "mL/min"
    assert rules.site is not None
    assert rules.site["name"] == "ours"
    assert len(rules.site["sha256"]) == 64
    assert compiled["thresholds"][0]["values"]["guideline"] == 30


def test_a_rule_is_added(compiled, site):
    (site / "pitfalls").mkdir()
    text = PITFALL.replace(" and egfr < nsaid_egfr_floor", "")
    (site / "pitfalls" / "local_form.yaml").write_text(text)
    merged, known = with_site(compiled, site)
    assert [remark.id for remark in ruleset(merged, known).remarks["pitfalls"]] == ["local_form"]


def test_its_rules_are_checked_against_the_whole(compiled, site):
    (site / "pitfalls").mkdir()
    (site / "pitfalls" / "local_form.yaml").write_text(PITFALL)
    with pytest.raises(KnowledgeError) as refused:
        with_site(compiled, site)
    assert [diagnostic.code for diagnostic in refused.value.diagnostics] == ["K018"]


def test_no_rule_is_replaced(compiled, site, tmp_path):
    (site / "red_flags").mkdir()
    flag = (tmp_path / "knowledge" / "red_flags" / "cauda_equina.yaml").read_text()
    (site / "red_flags" / "cauda_equina.yaml").write_text(flag)
    with pytest.raises(KnowledgeError, match="K037: 'cauda_equina' is already a rule"):
        with_site(compiled, site)
    assert [diagnostic.code for diagnostic in check(tmp_path / "knowledge", site)] == ["K037"]


def test_a_threshold_that_is_not_there_names_the_nearest(compiled, site):
    (site / "thresholds.yaml").write_text("thresholds:\n  - {threshold: nsaid_egfr_flor, values: {guideline: 45}}\n")
    with pytest.raises(KnowledgeError) as refused:
        with_site(compiled, site)
    (found,) = refused.value.diagnostics
    assert (found.code, found.nearest) == ("K103", "nsaid_egfr_floor")


def test_a_threshold_is_never_negative(compiled, site):
    (site / "thresholds.yaml").write_text("thresholds:\n  - {threshold: nsaid_egfr_floor, values: {guideline: -45}}\n")
    with pytest.raises(KnowledgeError) as refused:
        with_site(compiled, site)
    assert "at 0 or above" in refused.value.diagnostics[0].message
