"""`whatif`: the difference some changes would make, by keys; changes are read, or refused, like a case."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from explain.patients import EVERYONE, NOTES, OPTIONS, TODAY, case, note, patient, program
from hypothesis import given
from hypothesis import strategies as st

from spondyl.explain.difference import difference
from spondyl.explain.whatif_text import whatif_text
from spondyl.intake.changes import read_changes
from spondyl.plan import plan
from spondyl.plan.whatif import SOURCE, apply, plans, whatif
from spondyl.record import Case, Refusal, Source


def recorded(who: str) -> Case:
    if who == "nobody":
        return Case(())
    return note(who) if who in NOTES else case(who)


def changed(who: str, *texts: str) -> dict:
    made = recorded(who)
    return whatif(program(), made, OPTIONS, read_changes(texts, program().rules, TODAY, made))


# ---- golden differences


def test_a_numb_saddle_makes_it_an_emergency():
    answer = changed("collection", "saddle_anesthesia=yes")
    assert (answer["before"]["urgency"], answer["after"]["urgency"]) == ("routine", "emergency")
    change = answer["difference"]
    [flag] = [one for one in change["red_flags"] if one["name"] == "cauda_equina" and one["before"] is None]
    assert (flag["key"], flag["after"]["urgency"]) == ("red_flag.cauda_equina/lumbar", "emergency")
    [exercise] = [one for one in change["treatments"] if one["name"] == "exercise"]
    assert (exercise["before"]["status"], exercise["after"]["status"]) == ("start", "not_yet")
    [nsaid] = [one for one in change["gates"] if one["name"] == "nsaid"]
    assert (nsaid["after"]["result"], nsaid["after"]["because"]) == ("closed", "emergency_first")
    assert "emergency_department" in [one["name"] for one in change["referrals"]]
    assert "red_flag.cauda_equina/lumbar" in [one["key"] for one in change["statements"]["added"]]
    assert "red_flag.cauda_equina.not_excluded" in [one["key"] for one in change["statements"]["removed"]]
    assert "saddle_anesthesia" in change["questions"]["gone"]


def test_a_collection_gone_is_excluded_and_its_gate_closes():
    change = changed("collection", "collection.trend=resolved")["difference"]
    [seroma] = [one for one in change["generators"] if one["key"] == "generator.seroma/lumbar"]
    assert seroma["after"]["standing"] == "excluded"
    assert "generator.seroma.resolved/lumbar" in seroma["after"]["against"]


def test_another_profile_changes_criteria_and_nothing_else():
    answer = changed("collection", "profile=payer_cms")
    assert (answer["before"]["profile"], answer["after"]["profile"]) == ("guideline", "payer_cms")
    change = answer["difference"]
    [injection] = [one for one in change["gates"] if one["name"] == "epidural_steroid_injection"]
    counts = [state["criteria"]["conservative_care"]["need"] for state in (injection["before"], injection["after"])]
    assert counts == ["6 weeks", "4 weeks"]
    for part in ("red_flags", "generators", "imaging", "referrals"):
        assert change[part] == []


def test_levels_move_the_site():
    change = changed("collection", "surgeries.0.levels=L4-L5")["difference"]
    moved = [one for one in change["generators"] if one.get("site_before")]
    assert moved
    assert {tuple(one["site_before"]["levels"]) for one in moved} == {("L4-L5", "L5-S1")}
    assert {tuple(one["site"]["levels"]) for one in moved} == {("L4-L5",)}


def test_unknown_takes_a_fact_away_and_no_denies_it():
    assert "egfr" in changed("decompressed", "egfr=unknown")["difference"]["questions"]["new"]
    answer = changed("decompressed", "medications=no")
    assert answer["changes"][0]["before"][0]["fact"] == "medications.0.drug"
    [opioid] = [one for one in answer["difference"]["treatments"] if one["name"] == "opioid"]
    assert opioid["before"]["status"] == "taper"


def test_several_changes_are_made_one_after_the_other():
    answer = changed("collection", "fever=yes", "crp_mg_l=80", "fever=no")
    assert [one["change"] for one in answer["changes"]] == ["fever=yes", "crp_mg_l=80", "fever=no"]
    assert answer["difference"] == changed("collection", "crp_mg_l=80", "fever=no")["difference"]


def test_what_is_changed_says_where_it_comes_from():
    made = recorded("quoted")
    changes = read_changes(["nrs_back=3"], program().rules, TODAY, made)
    _, after = plans(program(), made, OPTIONS, changes)
    [fact] = [fact for fact in after.record["facts"] if fact["fact"] == "nrs_back"]
    assert fact["source"] == {"kind": "case", "name": SOURCE, "path": SOURCE}
    assert fact["value"] == 3
    assert "undated_input" not in after.record["scope"]["notes"]


def test_the_text_has_the_urgency_first_and_eighty_columns():
    answer = changed("collection", "saddle_anesthesia=yes", "surgeries.0.levels=L4-S1")
    text = whatif_text(answer, patient("collection").words)
    assert "ROUTINE becomes EMERGENCY" in text.splitlines()
    assert "  + cauda equina compression, lumbar spine: established, emergency" in text.splitlines()
    assert max(len(line) for line in text.splitlines()) <= 80
    none = changed("collection", "surgeries.0.levels=L4-S1", "age_years=61")
    assert whatif_text(none, patient("collection").words).endswith("Nothing in the plan changes.\n")


# ---- how changes are read


@pytest.mark.parametrize(
    "text, value, assertion",
    [
        ("fever=yes", True, "present"),
        ("fever=no", True, "negated"),
        ("nrs_back=3", 3, "present"),
        ("nrs_back=3..6", {"low": 3, "high": 6}, "present"),
        ("crp_mg_l=2 mg/dL", 20, "present"),
        ("temp_c=101.3 F", 38.5, "present"),
        ("pain_regions=leg_L,low_back", ["leg_L", "low_back"], "present"),
        ("pain_regions=no", [], "present"),
        ("pain_change=not worse", "worse", "negated"),
        ("collection.last_imaged=2025-12", "2025-12", "present"),
        ("surgeries.0.levels=L4-S1", ["L4-L5", "L5-S1"], "present"),
        ("medications=none", [], "present"),
    ],
)
def test_a_change_is_read_as_a_fact(text, value, assertion):
    [change] = read_changes([text], program().rules, TODAY, recorded("collection"))
    [fact] = change.facts
    assert (fact.value, fact.assertion) == (value, assertion)


def test_members_can_be_denied_one_by_one():
    [change] = read_changes(["pain_regions=leg_R,no leg_L"], program().rules, TODAY)
    assert [(fact.value, fact.assertion) for fact in change.facts] == [("leg_R", "present"), ("leg_L", "negated")]


@pytest.mark.parametrize(
    "text, code, remedy",
    [
        ("fever", "I031", "for example fever=yes"),
        ("feever=yes", "I010", "did you mean 'fever'?"),
        ("fever=maybe", "I011", "write true, false or null"),
        ("nrs_back=14", "I012", "write 0 to 10"),
        ("nrs_back=6..3", "I012", "turn them round"),
        ("pain_regions=legL", "I013", "did you mean 'leg_L'?"),
        ("surgeries.0.levels=L9-L10", "I016", ""),
        ("surgeries.0.level=L4-L5", "I010", "did you mean 'levels'?"),
        ("surgeries.7.levels=L4-L5", "I031", "the next new one is surgeries.1"),
        ("surgeries=fusion", "I031", "write surgeries.0.FIELD=value"),
        ("surgeries.levels=L4-L5", "I031", "write surgeries.0.levels"),
        ("collection.last_imaged=2027-01-01", "I015", "correct the date"),
        ("profile=payer_cmss", "I013", "did you mean 'payer_cms'?"),
        ("fused_here=no", "I010", "this is computed from other facts; give those instead"),
        ("crp_mg_l=2 pounds", "I017", "give it in mg/L"),
    ],
)
def test_a_change_that_cannot_be_is_refused_with_its_remedy(text, code, remedy):
    with pytest.raises(Refusal) as refused:
        read_changes([text], program().rules, TODAY, recorded("collection"))
    [problem] = refused.value.problems
    assert problem.code == code
    assert problem.next.startswith(remedy)


def test_every_problem_is_told_at_once():
    with pytest.raises(Refusal) as refused:
        read_changes(["fever", "nrs_back=14", "profile=x"], program().rules, TODAY)
    assert [problem.code for problem in refused.value.problems] == ["I031", "I012", "I013"]


# ---- laws

WHO = st.sampled_from(EVERYONE)
CHANGES = st.one_of(
    st.tuples(st.sampled_from(["fever", "saddle_anesthesia", "gait_ataxia", "neuro_exam_normal", "night_pain"]),
              st.sampled_from(["yes", "no", "unknown"])),
    st.tuples(st.sampled_from(["nrs_back", "nrs_leg"]), st.integers(0, 10).map(str)),
    st.tuples(st.just("crp_mg_l"), st.sampled_from(["3", "40..90", "unknown"])),
    st.tuples(st.just("pain_change"), st.sampled_from(["worse", "unchanged", "not new"])),
    st.tuples(st.just("pain_regions"), st.sampled_from(["low_back", "leg_L,no leg_R", "neck", "unknown"])),
    st.tuples(st.just("medications"), st.sampled_from(["no", "unknown"])),
).map("=".join)  # fmt: skip


@pytest.mark.parametrize("who", EVERYONE)
def test_no_change_gives_an_empty_difference(who):
    answer = whatif(program(), recorded(who), OPTIONS, [])
    assert answer["difference"]["same"]
    before, after = plans(program(), recorded(who), OPTIONS, [])
    assert json.dumps(before.record) == json.dumps(after.record)


@given(WHO, CHANGES)
def test_a_change_and_back_gives_the_first_record_byte_for_byte(who, text):
    made = recorded(who)
    [change] = read_changes([text], program().rules, TODAY, made)
    before = plan(program(), made, OPTIONS)
    first = Case(tuple(before.patient.chart.facts.values()), made.written_on, made.texts)
    old = tuple(one for one in first.facts if one.fact == change.path or one.fact.startswith(change.path + "."))
    after = apply(first, OPTIONS, [change])
    if old and change.facts and len({place_of(first, one) for one in old}) > 1 and not together(first, old):
        return  # facts of one name in several places of the note come back side by side, in another order
    if old and not change.facts:
        return  # what was taken away has no place to come back to
    back = apply(after, OPTIONS, [replace(change, facts=old)])
    dates = {name: day for name, day in back.written_on.items() if name != SOURCE}
    again = plan(program(), replace(back, written_on=dates), OPTIONS)
    assert json.dumps(again.record) == json.dumps(before.record)


def place_of(made: Case, fact: object) -> int:
    return made.facts.index(fact)  # type: ignore[arg-type]


def together(made: Case, facts: tuple) -> bool:
    places = sorted(place_of(made, fact) for fact in facts)
    return places == list(range(places[0], places[0] + len(places)))


@given(WHO, CHANGES)
def test_the_difference_is_that_of_the_two_records(who, text):
    made = recorded(who)
    changes = read_changes([text], program().rules, TODAY, made)
    before, after = plans(program(), made, OPTIONS, changes)
    change = difference(before.record, after.record)
    back = difference(after.record, before.record)
    assert change["same"] == back["same"]
    for part in ("red_flags", "generators", "imaging", "treatments", "gates", "referrals"):
        assert {one["key"] for one in change[part]} == {one["key"] for one in back[part]}
        assert all(one["before"] != one["after"] or one.get("site_before") for one in change[part])
    keys = {one["key"] for one in after.record["statements"].values()}
    assert {one["key"] for one in change["statements"]["added"]} <= keys
    assert not {one["key"] for one in change["statements"]["removed"]} & keys


def test_sources_of_other_facts_stay():
    made = recorded("quoted")
    [change] = read_changes(["fever=yes"], program().rules, TODAY, made)
    after = apply(made, OPTIONS, [change])
    kept = [fact for fact in made.facts if fact.fact != "fever"]
    assert [fact for fact in after.facts if fact.fact != "fever"] == kept
    assert {fact.source for fact in after.facts if fact.fact == "fever"} == {Source("case", SOURCE, path=SOURCE)}
