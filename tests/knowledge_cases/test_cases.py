"""Every rule proves itself on its own cases, and a case that expects something else is noticed."""

from __future__ import annotations

from typing import Any

import pytest
from knowledge_cases.patients import CASES, PROGRAM, RULES

from spondyl.proof.cases import as_text, run_case, run_cases

EVERY = [(kind, rule, case) for kind, rules in CASES.items() for rule, listed in rules.items() for case in listed]
OTHERWISE = {
    "red_flags": ("emergency", "urgent"),
    "generators": ("confirmed", "excluded"),
    "gates": ("open", "closed"),
    "treatments": ("start", "avoid"),
    "imaging": ({"mri_hip_without_contrast": "recommended"}, "none"),
    "device_gate": ({"mri_hip_without_contrast": "recommended"}, {}),
}
SAID = ("shown", "not_shown")


@pytest.mark.parametrize(
    "kind, rule, case", EVERY, ids=[f"{kind}/{rule}: {case['name']}" for kind, rule, case in EVERY]
)
def test_case(kind: str, rule: str, case: dict[str, Any]) -> None:
    result = run_case(PROGRAM, kind, rule, case)
    assert result.ok, f"{result.where}: {result.name}\n  expected {result.expected}\n  got      {result.got}"


def test_every_rule_has_cases() -> None:
    tables = {
        "red_flags": RULES.red_flags, "generators": RULES.generators, "gates": RULES.gates, "imaging": RULES.imaging,
        "treatments": RULES.treatments, "revision": RULES.revision, "conflicts": RULES.conflicts,
    }  # fmt: skip
    without = [f"{kind}/{rule}" for kind, rules in tables.items() for rule in rules if not CASES[kind].get(rule)]
    without += [
        f"{kind}/{one.id}" for kind, ones in RULES.remarks.items() for one in ones if not CASES[kind].get(one.id)
    ]
    assert without == []


def test_a_case_that_expects_something_else_fails() -> None:
    """At least one of two other expectations must fail, for every case there is."""
    unseen = []
    for kind, rule, case in EVERY:
        others = [word for word in OTHERWISE.get(kind, SAID) if word != case["expect"]]
        if all(run_case(PROGRAM, kind, rule, {**case, "expect": word}).ok for word in others):
            unseen.append((kind, rule, case["name"]))
    assert unseen == []


def test_other_questions_reasons_and_arguments_fail() -> None:
    for kind, rule, case in EVERY:
        for key, wrong in (
            ("asks", ["pain_since"]),
            ("because", "x"),
            ("basis", "x"),
            ("for", ["x"]),
            ("against", ["x"]),
        ):
            if key in case:
                assert not run_case(PROGRAM, kind, rule, {**case, key: wrong}).ok, (kind, rule, case["name"], key)


def test_the_report_names_file_case_and_both_answers() -> None:
    case = {"name": "grade 2", "given": {"worst_new_mrc": 2}, "expect": "soon"}
    results = run_cases(RULES, {"red_flags": {"motor_loss": [case]}})
    assert as_text(results) == (
        "knowledge/red_flags/motor_loss.yaml: grade 2\n"
        "  expected soon\n"
        "  got      emergency\n"
        "1 cases of 1 rules, 1 failed"
    )
