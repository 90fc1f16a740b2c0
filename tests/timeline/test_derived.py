"""Derived facts: data in a closed set of forms. Silence never becomes a no on the way."""

from __future__ import annotations

import pytest
from timeline.charts import patient, program, view

from spondyl.logic import FALSE, TRUE, Interval
from spondyl.timeline import FORMS

LUMBAR = {"pain_regions": ["low_back"]}
FUSION = {"procedure": ["fusion"], "levels": ["L4-L5", "L5-S1"], "date": "2025"}


def test_every_derivation_has_a_form_that_exists():
    assert {form["form"] for form in program().derivations.forms.values()} <= set(FORMS)


def test_every_form_is_used():
    used = {form["form"] for form in program().derivations.forms.values()}
    assert set(FORMS) - used == set()


def test_nothing_is_derived_from_an_empty_case_but_the_place():
    empty = view()
    known = {name for name in program().derivations.forms if empty[name] is not None}
    allowed = {"focus_region", "limb_pain_or_unplaced_here", "pregnancy_unknown", "collection_is_elsewhere"}
    allowed |= {"low_back_in_question"}  # the place "unspecified" is judged as the low back
    assert known - allowed <= {name for name, form in program().derivations.forms.items() if form["form"] == "triage"}


def test_a_fusion_in_2025_is_ten_to_twenty_two_months_ago():
    months = view(facts=LUMBAR, surgeries=[FUSION])["months_since_fusion_here"]
    assert isinstance(months, Interval)
    assert (months.low, months.high) == (pytest.approx(10.72, abs=0.01), pytest.approx(22.69, abs=0.01))


def test_a_neck_is_not_judged_by_a_lumbar_implant():
    made = patient(facts={"pain_regions": ["neck"]}, surgeries=[{**FUSION, "instrumented": True}])
    neck = next(focus for focus in made.foci if focus.region == "cervical")
    assert made.plain(neck)["fused_here"] is not TRUE
    lumbar = next(focus for focus in made.foci if focus.region == "lumbar")
    assert made.plain(lumbar)["fused_here"] is TRUE


def test_an_undated_deficit_counts_as_new():
    weak = view(motor_deficit=[{"myotome": "L5", "side": "L", "mrc": 4}])
    assert weak["new_motor_deficit"] is TRUE
    old = view(motor_deficit=[{"myotome": "L5", "side": "L", "mrc": 4, "old_unchanged": True}])
    assert old["new_motor_deficit"] is not TRUE


def test_a_sign_listed_as_long_standing_is_not_new():
    known = {"urinary_retention": True, "long_standing": ["urinary_retention"]}
    assert view(facts=known)["new_urinary_retention"] is FALSE
    assert view(facts={"urinary_retention": True})["new_urinary_retention"] is TRUE


def test_fever_is_denied_by_a_word_or_a_measured_normal():
    assert view(facts={"fever": False})["fever_any"] is FALSE
    assert view(facts={"temp_c": 36.8})["fever_any"] is FALSE
    assert view(facts={"fever": False, "temp_c": 38.4})["fever_any"] is TRUE
    assert view()["fever_any"] is None


def test_a_finding_stays_until_a_later_study_denies_it():
    first = {"modality": "mri", "region": "lumbar", "date": "2025-01", "findings": {"foraminal_stenosis": True}}
    later = {"modality": "mri", "region": "lumbar", "date": "2026-01", "findings": {"foraminal_stenosis": False}}
    silent = {"modality": "ct", "region": "lumbar", "date": "2026-01", "findings": {"bridging_bone": True}}
    here = view(facts=LUMBAR, imaging=[first])["findings_here"]
    assert here.has("foraminal_stenosis") is TRUE
    assert view(facts=LUMBAR, imaging=[first, silent])["findings_here"].has("foraminal_stenosis") is TRUE
    assert view(facts=LUMBAR, imaging=[first, later])["findings_here"].has("foraminal_stenosis") is FALSE


def test_opioids_as_needed_without_a_maximum_leave_the_upper_end_open():
    taken = [
        {"drug": "oxycodone", "dose": 10, "unit": "mg", "times_per_day": 4},
        {"drug": "hydromorphone", "dose": 2, "unit": "mg", "as_needed": True},
    ]
    assert view(medications=taken)["mme_per_day"] == Interval(60, None)
    assert view(medications=taken[:1])["mme_per_day"] == Interval(60, 60)


def test_the_segment_above_a_fusion_is_a_focus_of_its_own():
    study = {
        "modality": "mri",
        "region": "lumbar",
        "levels": ["L3-L4"],
        "date": "2026-10",
        "findings": {"central_stenosis": True},
    }
    made = patient(facts=LUMBAR, surgeries=[FUSION], imaging=[study])
    segment = next(focus for focus in made.foci if focus.kind == "segment")
    assert segment.levels == ("L3-L4",)
    assert made.plain(segment)["next_to_fusion_here"] is TRUE
    assert made.plain(segment)["fused_level_here"] is FALSE


def test_two_levels_away_is_not_next():
    study = {"modality": "mri", "region": "lumbar", "levels": ["L1-L2"], "findings": {"central_stenosis": True}}
    made = patient(facts=LUMBAR, surgeries=[FUSION], imaging=[study])
    segment = next(focus for focus in made.foci if focus.kind == "segment")
    assert made.plain(segment)["next_to_fusion_here"] is FALSE
    assert made.plain(segment)["remote_from_fusion_here"] is TRUE


def test_therapy_denied_is_none_and_therapy_not_mentioned_is_unknown():
    denied = [{"type": {"value": "physical_therapy", "assertion": "negated"}}]
    assert view(facts=LUMBAR, prior_treatments=denied)["conservative_weeks_here"] == Interval(0, 0)
    assert view(facts=LUMBAR)["conservative_weeks_here"] is None


def test_an_operation_on_record_speaks_against_never_operated():
    told_twice = view(facts={"age_years": 60, "spine_surgery_ever": False}, surgeries=[FUSION])
    assert told_twice["scope_no_spine_surgery"] is FALSE
    assert view(facts={"age_years": 60, "spine_surgery_ever": False})["scope_no_spine_surgery"] is TRUE


def test_a_picture_of_the_future_is_not_a_recent_one():
    from spondyl.record import Fact, Source
    from spondyl.timeline import View, chart

    today = patient()
    facts = (
        Fact("collection.present", True, source=Source("note", "a")),
        Fact("collection.last_imaged", "2027-03-01", source=Source("note", "a")),
    )
    charted = chart(facts, today.chart.as_of, {"a": "2026-11-22"}, program().rules)
    seen = View(program().derivations, charted, today.main, safety=False)
    assert seen["months_since_collection_imaged"] is None
