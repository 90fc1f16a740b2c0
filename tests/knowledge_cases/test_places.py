"""What the cases of single rules cannot show: orders at every region, and lists recorded as none."""

from __future__ import annotations

import pytest
from knowledge_cases.patients import PROGRAM, REGIONS, RULES

from spondyl.engine import Candidate, Patient, confirming, imaging, is_order, triage
from spondyl.knowledge.identifiers import is_order as is_known_order
from spondyl.logic import FALSE, TRUE, Interval
from spondyl.proof.given import patient_with
from spondyl.record import Fact
from spondyl.timeline import chart


@pytest.mark.parametrize("region", REGIONS)
def test_orders_of_red_flags_name_a_place(region: str) -> None:
    patient = patient_with(PROGRAM, {"new_saddle_anesthesia": TRUE, "worst_new_mrc": Interval(2, 2)}, region=region)
    found = triage(patient)
    assert found.urgency == "emergency"
    for order in imaging(patient, found):
        assert "{" not in order.order
        assert is_order(order.order)
    expected = {"sacral": "sacrum", "sacroiliac": "pelvis", "unspecified": "lumbar"}.get(region, region)
    assert f"mri_{expected}_without_contrast" in {order.order for order in imaging(patient, found)}


@pytest.mark.parametrize("region", REGIONS)
def test_studies_that_would_settle_a_cause_keep_place_and_limb(region: str) -> None:
    patient = patient_with(PROGRAM, {}, region=region)
    for generator in RULES.generators.values():
        orders = confirming(patient, Candidate(generator, patient.main, "possible", [], [], [], (0, 0, 0)))
        assert all(is_known_order(order) and "{" not in order for order in orders), generator.id
        limbs = {order.removeprefix("emg_ncs_") for order in orders if order.startswith("emg_ncs_")}
        served = {"cervical": {"arm"}, "thoracic": set(), "unspecified": {"arm", "leg"}}.get(region, {"leg"})
        assert limbs <= served, generator.id


def test_no_weakness_recorded_reassures() -> None:
    facts = [Fact("motor_deficit", []), Fact("spine_surgery_ever", True), Fact("pain_regions", ["low_back", "leg_L"])]
    patient = Patient(PROGRAM, chart(facts, 740_000, {}, RULES))
    view = patient.safety(patient.main)
    assert view["worst_new_mrc"] == Interval(5, 5)
    assert view["grade_lost_14_days"] == Interval(0, 0)
    assert view["severe_recent_weakness"] is view["any_motor_deficit"] is view["foot_drop"] is FALSE


def test_a_bladder_change_recorded_as_old_is_not_new() -> None:
    facts = [Fact("bladder_change_unspecified", True), Fact("pain_regions", ["low_back"])]
    asked = [*facts, Fact("long_standing", ["bladder_change_unspecified"])]
    for recorded, urgency in ((facts, "urgent"), (asked, "routine")):
        patient = Patient(PROGRAM, chart(recorded, 740_000, {}, RULES))
        assert triage(patient).urgency == urgency


def test_a_normal_examination_reassures_unless_a_weakness_without_a_grade_is_recorded() -> None:
    normal = [Fact("neuro_exam_normal", True), Fact("pain_regions", ["low_back"])]
    ungraded = [*normal, Fact("motor_deficit.0.myotome", "L5"), Fact("motor_deficit.0.side", "L")]
    for recorded, answer in ((normal, FALSE), (ungraded, TRUE)):
        patient = Patient(PROGRAM, chart(recorded, 740_000, {}, RULES))
        view = patient.safety(patient.main)
        assert view["any_motor_deficit"] is answer
        assert view["new_deficit_here"] is answer
        assert view["worst_new_mrc"] == (Interval(5, 5) if answer is FALSE else None)
