"""Where sources disagree: 32 conflicts with positions, sources, severity, what is applied in which profile, and why."""

from __future__ import annotations

import functools

import pytest

from spondyl.engine import Program
from spondyl.knowledge import PROFILES, cases, claims, load
from spondyl.proof.registers import planned

# A: can harm a patient if followed literally; B: wrong or misleading number or advice; C: wording or context.
SEVERITY = {
    "A": """bypass_of_conservative_care opioids persistent_pain_as_indication screw_loosening seroma_aspiration
        wait_before_revision""",
    "B": """adhesiolysis bone_scan_for_union ct_while_mri_waits delay_of_consultation epidural_steroid_effect
        facet_injection_as_treatment facet_pain_share fusion_for_radiculopathy fusion_indications
        length_of_conservative_care mri_at_once myelopathy_surgery opioid_hyperalgesia prevalence_of_persistent_pain
        pseudarthrosis_repeat_surgery seroma_resolution_time spinal_cord_stimulation""",
    "C": """acetaminophen_alone cervical_stenosis_and_back_pain cervical_surgery_success
        dynamic_devices_and_biologics gabapentinoids name_of_the_condition opioid_tolerance_mechanism
        promotional_claims what_adjacent_means""",
}
EXPECTED = {name: severity for severity, listed in SEVERITY.items() for name in listed.split()}


@functools.cache
def program() -> Program:
    return Program(load())


def test_all_thirty_two_stand_with_their_severity():
    assert len(EXPECTED) == 32
    assert {name: one.severity for name, one in load().conflicts.items()} == EXPECTED


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_conflict_says_who_holds_what_and_why_one_is_applied(name):
    one = program().rules.conflicts[name]
    assert len(one.positions) >= 2
    for position in one.positions:
        assert position.sources or position.claims, position.id
        assert set(position.sources) <= set(program().rules.evidence)
    # The documents stand on one side; a source, or the plain word that there is none, on another.
    assert any(position.claims for position in one.positions)
    assert any(position.sources for position in one.positions)
    assert len(one.why) > 20
    assert one.evidence
    assert set(one.by_profile) <= set(PROFILES)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_conflict_is_shown_in_the_record_of_a_case_it_touches(name):
    one = program().rules.conflicts[name]
    touching = [case for case in cases()["conflicts"][name] if case["expect"] == "shown"]
    assert touching
    for case in touching:
        record = planned(program(), case["given"])
        shown = next(entry for entry in record["conflicts"] if entry["conflict"] == name)
        keys = {record["statements"][alias]["key"] for alias in shown["positions"]}
        assert keys == {f"conflict.{name}.{position.id}" for position in one.positions}
        assert shown["why"]
        assert record["statements"][shown["applied"]]["text"]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_it_is_not_shown_where_it_does_not_touch(name):
    silent = [case for case in cases()["conflicts"][name] if case["expect"] != "shown"]
    assert silent
    for case in silent:
        record = planned(program(), case["given"])
        assert name not in [entry["conflict"] for entry in record["conflicts"]]


@pytest.mark.parametrize("profile", PROFILES)
def test_each_profile_says_what_is_applied_in_it(profile):
    for name, one in program().rules.conflicts.items():
        case = next(case for case in cases()["conflicts"][name] if case["expect"] == "shown")
        record = planned(program(), case["given"], profile)
        shown = next(entry for entry in record["conflicts"] if entry["conflict"] == name)
        wanted = one.by_profile.get(profile, one.applied)
        positions = {position.id: position.say for position in one.positions}
        said = record["statements"][shown["applied"]]["text"]
        assert said.split() == positions.get(wanted, wanted).split(), name


def test_every_claim_of_a_position_is_a_claim_of_a_document():
    registered = {one["claim"] for register in claims() for one in register["claims"]}
    for name, one in program().rules.conflicts.items():
        for position in one.positions:
            assert set(position.claims) <= registered, name
