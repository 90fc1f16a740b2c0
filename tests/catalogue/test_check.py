"""`spondyl knowledge check`: claims that no plan says, dangerous ones that happen, and sources to be read again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from spondyl.cli.knowledge import _overdue
from spondyl.cli.main import main
from spondyl.knowledge import load

HOME = Path(__file__).resolve().parents[2]


def checked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict]:
    status = main(["knowledge", "check", *words, "--format", "json"])
    return status, json.loads(capsys.readouterr().out)


@pytest.fixture
def copy(tmp_path) -> Path:
    root = tmp_path / "knowledge"
    shutil.copytree(HOME / "knowledge", root)
    return root


@pytest.mark.slow
def test_the_claims_are_counted_and_overdue_sources_fail_only_when_strict(capsys):
    status, told = checked(capsys, "--as-of", "2040-01-01", "--strict")
    assert told["claims"]["total"] == 199
    assert told["claims"]["failed"] == 0
    assert told["claims"]["literal_forms_run"] >= 27
    assert sum(told["claims"][word] for word in ("encoded", "corrected", "left_out")) == 199
    assert {one["code"] for one in told["overdue"]} == {"K205"}
    assert all("was to be read again by" in one["message"] for one in told["overdue"])
    assert status == 4
    assert {one["code"] for one in told["errors"]} == {"K205"}


def test_a_source_is_overdue_the_day_after():
    rules = load()
    first = min(one.review_by for one in rules.evidence.values() if one.review_by)
    assert _overdue(rules, first, "knowledge") == []
    late = _overdue(rules, "2149-12-31", "knowledge")
    assert len(late) == sum(one.review_by is not None for one in rules.evidence.values())


@pytest.mark.slow
def test_a_dangerous_claim_that_happens_is_an_error(capsys, copy):
    path = copy / "imaging" / "bridge_ct.yaml"
    text = path.read_text(encoding="utf-8")
    assert " or fever_any or new_deficit_here" in text
    path.write_text(text.replace(" or fever_any or new_deficit_here", " or new_deficit_here"), encoding="utf-8")
    status, told = checked(capsys, str(copy))
    assert status == 4
    said = [one["message"] for one in told["errors"] if one["code"] == "K204"]
    assert any("S000-02" in one and "ct_lumbar_without_contrast: recommended does happen" in one for one in said)
    assert "K201" in {one["code"] for one in told["errors"]}


@pytest.mark.slow
def test_a_claim_that_no_plan_says_any_more_is_an_error(capsys, copy):
    path = copy / "pitfalls" / "normal_emg.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("when: ", "when: fever and ", 1), encoding="utf-8")
    status, told = checked(capsys, str(copy))
    assert status == 4
    said = [one["message"] for one in told["errors"] if one["code"] == "K203"]
    assert any("S003-12" in one and "the plan does not say pitfall.normal_emg/lumbar" in one for one in said)


@pytest.mark.slow
def test_a_rule_that_no_longer_lists_a_claim_is_an_error(capsys, copy):
    path = copy / "prognosis" / "axial_neck_pain.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("claims: [S001-25]\n", "claims: [S001-24]\n"), encoding="utf-8")
    register = copy / "claims" / "S001.yaml"
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace("count: 36", "count: 37"), encoding="utf-8")
    status, told = checked(capsys, str(copy))
    assert status == 4
    codes = {one["code"]: one["message"] for one in told["errors"]}
    assert "S001-37 is missing" in codes["K038"]
    assert "does not list 'S001-25'" in codes["K039"]


@pytest.mark.slow
def test_a_site_is_judged_by_its_own_cases_and_the_base_by_its_own_numbers(capsys, tmp_path):
    site = tmp_path / "ours"
    site.mkdir()
    name = "esi_conservative_weeks"
    usual = load().thresholds[name].values["guideline"]
    (site / "thresholds.yaml").write_text(
        f"thresholds:\n  - {{threshold: {name}, values: {{guideline: {usual * 2:g}}}}}\n", encoding="utf-8"
    )
    status, told = checked(capsys, "--site", str(site))
    assert status == 0, told["errors"]
    assert told["cases"]["failed"] == 0
    assert told["changed_by_site"]
    assert all("in the base" in one["message"] for one in told["changed_by_site"])
