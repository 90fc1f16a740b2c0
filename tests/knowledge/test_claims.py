"""The claims of the source documents: all of them registered, all of their cases true, no dangerous one literal."""

from __future__ import annotations

import functools
import re

import pytest

from spondyl.engine import Program
from spondyl.knowledge import cases, claims, load
from spondyl.proof.registers import happens, planned, run_claims
from spondyl.render.catalogue.claims import claims_list

COUNTS = {"S000": 39, "S001": 36, "S002": 39, "S003": 55, "S004": 30}
CONTRADICTED = """S000-16 S000-38 S001-03 S001-17 S001-18 S001-21 S002-08 S002-27 S002-32 S003-20 S003-22 S003-50
S004-11 S004-29""".split()
FLAGGED = """S000-02 S000-04 S000-10 S000-25 S001-04 S001-13 S001-16 S001-21 S001-26 S002-17 S002-19 S002-27 S002-30
S003-19 S003-20 S003-46 S004-11""".split()
# Lists that stood in the documents without their entries, and the rules that fill them.
EMPTY_LISTS = {
    "S001-36": {"referral.correctable_cause", "red_flag.motor_loss", "red_flag.progressive_myelopathy"},
    "S004-10": {
        "treatment.duloxetine",
        "treatment.tricyclic",
        "treatment.gabapentinoid",
        "treatment.topical_analgesic",
    },
    "S004-18": {"gate.epidural_steroid_injection", "outcome.epidural_steroid"},
    "S004-19": {"gate.medial_branch_block", "gate.radiofrequency_ablation"},
    "S004-20": {"gate.spinal_cord_stimulator_trial", "gate.spinal_cord_stimulator_implant", "outcome.stimulation"},
    "S004-24": {"prognosis.leg_over_back", "prognosis.low_distress", "prognosis.working"},
    "S004-25": {"prognosis.distress", "prognosis.long_duration", "prognosis.several_operations"},
}


@functools.cache
def program() -> Program:
    return Program(load())


@functools.cache
def results():
    return run_claims(load(), claims(), cases())


def entries():
    return {one["claim"]: one for register in claims() for one in register["claims"]}


def test_every_claim_of_every_document_is_registered():
    assert {one["document"]: len(one["claims"]) for one in claims()} == COUNTS
    assert len(entries()) == sum(COUNTS.values()) == 199


def test_every_case_of_a_claim_says_its_statement():
    shown = [one for one in results() if one.what == "shown"]
    assert {one.claim for one in shown} == {n for n, one in entries().items() if one["disposition"] != "left_out"}
    assert [one for one in shown if not one.ok] == []


def test_no_dangerous_claim_happens_as_it_was_written():
    literal = [one for one in results() if one.what == "literal"]
    assert {one.claim for one in literal} == {*CONTRADICTED, *FLAGGED}
    assert [one for one in literal if not one.ok] == []


def test_the_verdicts_are_those_found_on_checking():
    assert sorted(n for n, one in entries().items() if one["verdict"] == "contradicted") == sorted(CONTRADICTED)
    assert sorted(n for n, one in entries().items() if "danger" in one) == sorted(FLAGGED)


@pytest.mark.parametrize("claim", sorted({*CONTRADICTED, *FLAGGED}))
def test_what_must_not_happen_would_be_seen(claim):
    """Each literal form is looked for in a plan that says something at that very point, so the look is not empty."""
    for form in entries()[claim]["literal"]:
        record = planned(program(), form["given"], form.get("profile", "guideline"))
        assert record["statements"]
        for never in form["never"]:
            if "words" in never:
                re.compile(never["words"])
            kinds = {"treatment": "treatments", "imaging": "imaging", "gate": "gates", "generator": "generators"}
            named = [(kind, part) for kind, part in kinds.items() if kind in never]
            for kind, part in named:
                key = "order" if kind == "imaging" else kind
                there = [one for one in record[part] if one[key] == never[kind]]
                # Where the plan speaks of it, another state would have been found.
                for one in there:
                    state = next(name for name in ("status", "result", "standing") if name in one)
                    assert happens(record, {kind: never[kind], state: [one[state]]})


def test_the_look_finds_what_is_there():
    record = planned(program(), {"new_saddle_anesthesia": True})
    assert happens(record, {"urgency": ["emergency"]}) == ["urgency emergency"]
    assert happens(record, {"imaging": "mri_lumbar_without_contrast", "status": ["recommended"]})
    assert happens(record, {"statement": "red_flag.cauda_equina"})
    assert happens(record, {"words": "mri"})
    assert happens(record, {"referral": "emergency_department"})
    assert not happens(record, {"words": "aspirate the moon"})


def test_a_wrong_register_is_noticed():
    register = {
        "document": "S000",
        "claims": [
            {
                "claim": "S000-01",
                "shown": [
                    {"rule": "follow_up.authorization", "case": "request filed", "key": "follow_up.nothing"},
                    {"rule": "follow_up.authorization", "case": "no such case", "key": "follow_up.authorization"},
                ],
                "literal": [
                    {
                        "name": "a true emergency",
                        "given": {"new_saddle_anesthesia": True},
                        "never": [{"urgency": ["emergency"]}],
                        "instead": "pitfall.nothing",
                    }
                ],
            }
        ],
    }
    wrong = [one for one in run_claims(load(), [register], cases()) if not one.ok]
    assert [one.what for one in wrong] == ["shown", "shown", "literal"]
    assert wrong[2].wrong == ("urgency emergency does happen", "the plan does not say pitfall.nothing")


@pytest.mark.parametrize("claim", sorted(EMPTY_LISTS))
def test_lists_the_documents_left_empty_are_filled(claim):
    told = {one["claim"]: one for one in claims_list(load(), claims())}[claim]
    assert told["disposition"] == "corrected"
    assert told["changed"]
    assert EMPTY_LISTS[claim] <= set(told["encoded_by"])
    assert EMPTY_LISTS[claim] & {one["rule"] for one in told["shown"]}


def test_no_promotional_claim_is_encoded():
    for name, one in entries().items():
        if one.get("reason") == "promotional":
            assert one["disposition"] == "left_out", name
