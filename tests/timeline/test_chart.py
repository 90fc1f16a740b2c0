"""What is current, too old or contradicted; unknown keeps its cause."""

from __future__ import annotations

import pytest
from timeline.charts import patient, view

from spondyl.logic import FALSE, TRUE, Interval, Members


def test_a_denial_grows_old_and_an_alarm_stays():
    old = view("2026-10-01", facts={"saddle_anesthesia": False, "urinary_retention": True})
    assert old["saddle_anesthesia"] is None
    assert old.cause("saddle_anesthesia") == "too_old"
    assert old["urinary_retention"] is TRUE


def test_a_recent_denial_holds():
    assert view("2026-11-20", facts={"saddle_anesthesia": False})["saddle_anesthesia"] is FALSE


def test_an_old_number_keeps_only_its_alarming_side():
    assert view("2026-06-01", facts={"crp_mg_l": 60})["crp_mg_l"] == Interval(60, None)
    assert view("2026-06-01", facts={"egfr": 40})["egfr"] == Interval(None, 40)


@pytest.mark.parametrize(("name", "old"), [("pain_change", "new"), ("pain_change", "worse")])
def test_an_alarming_choice_stays(name, old):
    assert view("2026-09-01", facts={name: old})[name] == old


def test_a_reassuring_choice_grows_old():
    assert view("2026-09-01", facts={"pain_change": "unchanged"})["pain_change"] is None


def test_two_words_of_one_day_contradict_and_both_are_shown():
    made = patient(facts={"clonus": True, "hoffmann": True})
    assert made.chart.contradictions == []
    from timeline.charts import program

    from spondyl.record import Fact, Source
    from spondyl.timeline import chart

    facts = (
        Fact("clonus", True, "present", None, Source("note", "a")),
        Fact("clonus", True, "negated", None, Source("note", "a")),
    )
    charted = chart(facts, made.chart.as_of, {"a": "2026-11-22"}, program().rules)
    assert charted.plain["clonus"] is None
    assert charted.safety["clonus"] is TRUE
    assert charted.causes["clonus"] == "contradictory"
    assert [one.fact for one in charted.contradictions] == ["clonus"]


def test_a_later_word_replaces_an_earlier_one():
    case = {"fever": {"value": True, "on": "2026-11-01"}}
    assert view(facts=case)["fever"] is TRUE
    from timeline.charts import program

    from spondyl.record import Fact, Source
    from spondyl.timeline import chart

    facts = (
        Fact("fever", True, "present", "2026-11-01", Source("note", "a")),
        Fact("fever", True, "negated", "2026-11-21", Source("note", "b")),
    )
    charted = chart(facts, view().chart.as_of, {}, program().rules)
    assert charted.plain["fever"] is FALSE
    assert charted.contradictions == []


@pytest.mark.parametrize("assertion", ["planned", "hypothetical", "family"])
def test_what_is_not_about_this_patient_now_is_no_fact(assertion):
    assert view(facts={"saddle_anesthesia": {"value": True, "assertion": assertion}})["saddle_anesthesia"] is None


def test_hedged_words_stay_unknown_with_their_cause():
    hedged = view(facts={"fever": {"value": True, "assertion": "uncertain"}})
    assert hedged["fever"] is None
    assert hedged.cause("fever") == "uncertain"


def test_a_set_is_a_family_of_truths():
    wound = view(facts={"wound_status": {"healed": True, "erythema": False}})["wound_status"]
    assert isinstance(wound, Members)
    assert (wound.has("healed"), wound.has("erythema")) == (TRUE, FALSE)
    assert wound.has("dehiscence").name == "UNKNOWN"


def test_a_list_recorded_as_none_is_a_denial_and_silence_is_not():
    assert view(motor_deficit=[])["any_motor_deficit"] is FALSE
    assert view()["any_motor_deficit"] is None
    assert view(medications=[])["opioid_use"] is FALSE
    assert view(medications=[{"drug": "naproxen"}])["opioid_use"] is None
    complete = {"complete": True, "entries": [{"drug": "naproxen"}]}
    assert view(medications=complete)["opioid_use"] is FALSE


def test_the_oldest_operation_comes_first():
    made = patient(surgeries=[{"procedure": ["fusion"], "date": "2024"}, {"procedure": ["discectomy"], "date": "2019"}])
    assert [fact.value for fact in made.chart.facts.values() if fact.fact == "surgeries.0.procedure"] == [
        ["discectomy"]
    ]
