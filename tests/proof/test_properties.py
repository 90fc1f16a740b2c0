"""All properties hold for the knowledge base, each is seen to fail on a defect, and what fails is a patient."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

z3 = pytest.importorskip("z3")

from proof.seeds import SEEDS  # noqa: E402

from spondyl.engine import Program  # noqa: E402
from spondyl.intake.case import parse_yaml, read_case  # noqa: E402
from spondyl.knowledge import Ruleset, load  # noqa: E402
from spondyl.knowledge.load import part  # noqa: E402
from spondyl.knowledge.rules import Remark  # noqa: E402
from spondyl.logic import And, FactIs, Or  # noqa: E402
from spondyl.plan import plan  # noqa: E402
from spondyl.proof import caps, safety, verdicts  # noqa: E402
from spondyl.proof.claims import World  # noqa: E402
from spondyl.proof.mcdc import coverage, parts_of  # noqa: E402
from spondyl.proof.prove import AGREEMENT, MOST_WITHOUT_PAIR, PROPERTIES, agree, prove, show  # noqa: E402
from spondyl.proof.realize import AS_OF  # noqa: E402
from spondyl.proof.report import as_document, as_markdown, as_text, case_files  # noqa: E402
from spondyl.record import Options  # noqa: E402


@cache
def rules() -> Ruleset:
    return load()


@cache
def world() -> World:
    return World(rules())


@pytest.mark.slow
def test_everything_is_shown_and_every_condition_matters():
    proof = prove(part("knowledge"))
    assert {one.id: one.failed for one in proof.shown if not one.ok} == {}
    assert [one.id for one in proof.shown] == [*PROPERTIES, AGREEMENT]
    assert all(one.claims > 0 for one in proof.shown)
    assert proof.coverage is not None
    assert proof.coverage.leaves > 3000
    assert proof.coverage.share <= MOST_WITHOUT_PAIR, proof.coverage.infeasible
    assert proof.ok


def test_the_quick_properties_are_shown():
    for name in ("no_abrupt_stop", "never_bypassed", "no_opposites"):
        assert show(world(), PROPERTIES[name]).failed == (), name


def test_every_property_has_a_defect():
    assert {*SEEDS, "every_criterion_counts"} == set(PROPERTIES)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(SEEDS))
def test_a_defect_is_caught(name):
    found = show(World(SEEDS[name](rules())), PROPERTIES[name], example=False, most=1)
    assert found.failed


@pytest.mark.slow
def test_an_engine_that_frees_a_cause_is_caught(monkeypatch):
    monkeypatch.setattr(verdicts, "BYPASSABLE", (*verdicts.BYPASSABLE, "cause"))
    assert "cause" not in safety.BYPASSABLE
    found = show(World(rules()), PROPERTIES["every_criterion_counts"], example=False)
    assert any("cause" in claim for claim in found.failed)


@pytest.mark.slow
def test_formulas_about_another_engine_are_caught(monkeypatch):
    monkeypatch.setattr(caps, "_HOLDS", ())
    assert agree(World(rules()), samples=30).failed


def test_a_leaf_that_says_nothing_new_is_found():
    both = Remark(
        "twice", "pitfalls", "", "patient", Or((FactIs("fever"), And((FactIs("fever"), FactIs("chills"))))), ""
    )
    small = replace(rules(), remarks={"pitfalls": (both,)}, red_flags={}, gates={}, treatments={}, imaging={})
    small = replace(small, generators={}, conflicts={}, tables={**small.tables, "device_gate": {}, "constraints": []})
    found = coverage(World(small))
    assert (found.conditions, found.leaves) == (1, 3)
    # Inside the `and` neither leaf can matter: where fever holds, the first leaf has said so already.
    assert {(one.leaf, one.value) for one in found.infeasible} == {
        ("fever", "TRUE"),
        ("chills", "TRUE"),
        ("chills", "FALSE"),
    }
    assert all(one.reason.startswith("another leaf") for one in found.infeasible)


def test_shares_of_the_conditions_are_all_of_them():
    whole = [part for part, _ in parts_of(world())]
    assert sorted(one.id for share in (0, 1) for one, _ in parts_of(world(), share, 2)) == sorted(
        one.id for one in whole
    )


@pytest.mark.slow
def test_a_broken_rule_is_shown_on_a_patient_that_plan_takes():
    broken = SEEDS["emergency_first"](rules())
    found = show(World(broken), PROPERTIES["emergency_first"])
    assert found.example is not None
    (patient,) = found.example.patients
    assert patient.unrealized == ()
    assert "urgency: emergency" in patient.says
    from spondyl.proof.prove import Proof

    proof = Proof((found,), None, 0.0)
    (text,) = case_files(proof).values()
    case = read_case(parse_yaml(text.encode(), "found.yaml"), "found.yaml", rules(), AS_OF)
    options = Options(AS_OF, "guideline", "en-US")
    gate = found.example.claim.split()[1].partition("@")[0]

    def closed(base: Ruleset) -> bool:
        record = plan(Program(base), case, options).record
        assert record["triage"]["urgency"] == "emergency"
        return all(one["result"] == "closed" for one in record["gates"] if one["gate"] == gate)

    assert closed(rules())
    assert not closed(broken)
    # And so it is printed.
    assert "K206: emergency_first fails" in as_text(proof)
    assert text.splitlines()[0] in as_text(proof)
    assert as_document(proof)["errors"][0]["code"] == "K206"
    assert as_document(proof)["properties"][0]["counterexample"]["patients"][0]["cases"]
    assert "| fails |" in as_markdown(proof)
