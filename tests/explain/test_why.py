"""What the answer of `why` says for each kind: the parts that decide, the facts under them, the words of the note."""

from __future__ import annotations

import pytest
from explain.patients import EVERYONE, NOTES, patient

from spondyl.explain.why import why
from spondyl.explain.why_text import why_text


def one(who: str, asked: str) -> dict:
    [entry] = why(patient(who), asked)["entries"]
    return entry


def parts(entry: dict, truth: str = "true") -> list[str]:
    return [part["part"] for part in entry["parts"] if part.get("truth") == truth]


def leaves(found: object) -> list[dict]:
    """Every leaf of an answer, at any depth."""
    if isinstance(found, list):
        return [leaf for item in found for leaf in leaves(item)]
    if not isinstance(found, dict):
        return []
    mine = [found] if "fact" in found and "kind" in found and "says" in found else []
    return mine + [leaf for value in found.values() for leaf in leaves(value)]


# ---- the words of the note


def test_an_established_flag_ends_at_the_words_of_the_note():
    answer = why(patient("quoted"), "red_flag:cauda_equina")
    [entry] = [entry for entry in answer["entries"] if entry["state"] == "established"]
    [level] = [part for part in entry["parts"] if part.get("decides")]
    assert level["urgency"] == "emergency"
    [saddle] = [leaf for leaf in level["reason"] if leaf["fact"] == "new_saddle_anesthesia"]
    assert (saddle["kind"], saddle["truth"]) == ("derived", "true")
    [below] = saddle["from"]
    assert (below["fact"], below["kind"]) == ("saddle_anesthesia", "recorded")
    [fact] = [fact for fact in answer["facts"] if fact["id"] in below["facts"]]
    assert fact["source"]["text"] == "Numb when wiping"


@pytest.mark.parametrize("who", list(NOTES))
def test_quotations_are_slices_of_the_note(who):
    made, (text, _) = patient(who), NOTES[who]
    quoted = 0
    for alias in made.record["statements"]:
        for fact in why(made, alias)["facts"]:
            source = fact["source"]
            if source["kind"] == "note":
                assert text[source["start"] : source["end"]] == source["text"]
                quoted += 1
    assert quoted


@pytest.mark.parametrize("who", EVERYONE)
def test_every_fact_named_in_a_reason_stands_in_the_answer(who):
    made = patient(who)
    for asked in [*made.record["statements"], "gate:nsaid", "generator:seroma", "red_flag:cauda_equina"]:
        answer = why(made, asked)
        known = {fact["id"] for fact in answer["facts"]}
        for leaf in leaves(answer["entries"]):
            assert set(leaf.get("facts", ())) <= known


@pytest.mark.parametrize("who", EVERYONE)
def test_what_is_unknown_names_its_cause(who):
    made = patient(who)
    for asked in made.record["statements"]:
        for leaf in leaves(why(made, asked)["entries"]):
            if leaf.get("truth") == "unknown":
                assert leaf["cause"] in {
                    "not_documented", "uncertain", "contradictory", "too_old", "past", "imprecise",
                }  # fmt: skip


# ---- each kind, where it stands


def test_a_flag_not_excluded_asks_for_the_fewest_facts_that_would_exclude_it():
    entry = one("collection", "red_flag:spinal_sepsis")
    assert (entry["state"], entry["short"][0]) == ("not_excluded", "s")
    record = patient("collection").record["triage"]["not_excluded"]
    [asked] = [flag["ask"] for flag in record if flag["red_flag"] == "spinal_sepsis"]
    assert [question["fact"] for question in entry["what_would_settle"]["questions"]] == asked


def test_a_generator_shows_for_against_and_what_is_set_aside():
    [entry] = [e for e in why(patient("collection"), "generator:seroma")["entries"] if e["key"].endswith("/lumbar")]
    assert entry["state"] == "possible"
    assert "collection_seen_long_ago" in parts(entry)
    assert "unchanged_pain" in parts(entry)
    [aside] = [part for part in entry["parts"] if part["part"] == "collection_seen"]
    assert aside["turned_off"]
    assert aside["unless"]["truth"] == "true"
    assert "mri_lumbar_without_contrast" in [study["order"] for study in entry["what_would_settle"]["studies"]]


def test_evidence_says_what_was_seen_how_far_it_was_checked_and_what_contradicts():
    entry = why(patient("collection"), "generator:seroma")["entries"][0]
    against = [source for source in entry["evidence"] if source["role"] == "contradicts"]
    assert [source["source"] for source in against] == ["SEROMA-17MO"]
    for source in entry["evidence"]:
        assert source["shows"]
        assert source["checked"]
    [default] = [source for source in entry["evidence"] if source["source"] == "EXPERT-DEFAULT"]
    assert default["mark"] == "expert default, not verified"


def test_what_rests_only_on_an_expert_default_says_so():
    entry = one("nobody", "red_flag:suicidality")
    assert not entry["verified"]
    assert "Rests only on expert default, not verified." in why_text(
        why(patient("nobody"), "red_flag:suicidality"), patient("nobody").words
    )


def test_contested_positions_that_were_not_applied_stand_beside():
    entry = why(patient("collection"), "generator:seroma")["entries"][0]
    said = {one["position"]: one for one in entry["not_used"] if one["conflict"] == "seroma_resolution_time"}
    assert set(said) == {"four_to_six_months", "two_to_four_months"}
    assert not any(one["sources"] for one in said.values())
    assert said["four_to_six_months"]["applied"].startswith("No time makes a collection gone")


def test_an_argument_is_a_statement_of_its_own():
    made = patient("collection")
    keys = [s["key"] for s in made.record["statements"].values()]
    key = next(key for key in keys if key == "generator.seroma.unchanged_pain/lumbar")
    entry = one("collection", key)
    assert (entry["state"], entry["statement"] is not None) == ("holds", True)
    assert [part["part"] for part in entry["parts"]] == ["unchanged_pain"]


def test_a_gate_counts_its_criteria_with_proof():
    entry = one("collection", "gate:collection_aspiration")
    by_name = {part["part"]: part for part in entry["parts"]}
    picture = by_name["recent_picture"]
    assert picture["result"] == "not_met"
    assert picture["have"].endswith("months")
    [leaf] = picture["reason"]
    assert leaf["threshold"]["name"] == "aspiration_imaging_months"
    assert by_name["picture_too_old"]["role"] == "check_first"
    assert entry["because_says"] == "a new picture comes first"
    assert "surgeon_approved_aspiration" in [q["fact"] for q in entry["what_would_settle"]["questions"]]


def test_a_treatment_names_its_offer_and_what_its_gate_lacks():
    entry = one("collection", "treatment:nsaid")
    assert (entry["offered_as"], entry["state"], entry["gate_result"]) == ("start", "consider", "needs_data")
    assert [part["part"] for part in entry["parts"] if part.get("chosen")]
    assert {part["gate"] for part in entry["parts"] if part["role"] == "gate"} == {"nsaid"}


def test_a_taken_opioid_is_tapered_for_recorded_reasons():
    entry = one("decompressed", "treatment:opioid")
    assert entry["state"] == "taper"
    [offer] = [part for part in entry["parts"] if part.get("chosen")]
    assert {"opioid_weeks", "opioid_relief_pct"} <= {leaf["fact"] for leaf in offer["reason"]}


def test_an_order_names_the_rules_that_ask_for_it():
    entry = one("collection", "imaging:mri_lumbar_without_and_with_contrast")
    assert entry["state"] == "recommended"
    assert entry["rule"]["id"] in entry["rules"]
    asking = [part for part in entry["parts"] if part.get("speaks") == "for" and part["truth"] == "true"]
    assert f"imaging.{asking[0]['part']}" in entry["rules"]


def test_an_order_a_red_flag_wants_names_the_flag():
    entry = one("emergency", "imaging:mri_lumbar_without_contrast")
    [flag] = [part for part in entry["parts"] if part["role"] == "red_flag"]
    assert (flag["part"], flag["urgency"]) == ("red_flag.cauda_equina", "emergency")


def test_an_emergency_closes_a_gate_and_names_the_flag():
    entry = one("emergency", "gate:nsaid")
    closing = [part for part in entry["parts"] if part["result"] == "not_met"]
    below = [leaf["fact"] for part in closing for leaf in leaves(part["reason"])]
    assert "red_flag:cauda_equina" in below


def test_a_referral_names_what_sends():
    entry = one("emergency", "referral:emergency_department")
    assert entry["state"] == "emergency"
    assert "red_flag.cauda_equina/lumbar" in parts(entry)


def test_a_conflict_shows_every_position():
    entry = one("collection", "conflict:seroma_resolution_time")
    assert entry["state"] == "touches"
    assert [part["part"] for part in entry["parts"] if part["role"] == "position"] == [
        "four_to_six_months", "two_to_four_months", "no_interval", "small_ones_go",
    ]  # fmt: skip


def test_a_fact_is_unfolded_to_what_it_rests_on():
    [entry] = why(patient("collection"), "fact:collection_status_unknown")["entries"]
    [leaf] = entry["parts"][0]["reason"]
    assert {inner["fact"] for inner in leaf["from"]} == {"collection.present", "months_since_collection_imaged"}


def test_an_open_argument_names_the_number_that_it_asks_for():
    open_ = {part["part"]: part["title"] for part in one("nobody", "generator:pseudarthrosis")["parts"]}
    assert open_["axial_pain_late"] == "axial pain, at least 6 months after fusion"
    assert open_["too_early"] == "too early, less than 6 months after fusion"
    assert "At least 4 weeks" in str(one("nobody", "treatment:tramadol")["parts"])


@pytest.mark.parametrize("name", sorted(patient("nobody").patient.rules.generators))
def test_no_argument_has_a_hole_in_its_words(name):
    for part in one("nobody", f"generator:{name}")["parts"]:
        assert not {"…", "{"} & set(part["title"])
        assert not part["title"].endswith((",", " "))


# ---- causes of unknown


def test_an_old_denial_says_that_it_is_too_old():
    entry = one("contradicted", "red_flag:cauda_equina")
    found = [leaf for leaf in leaves(entry["parts"]) if leaf["fact"] == "saddle_anesthesia"]
    assert {leaf["cause"] for leaf in found if leaf.get("truth") == "unknown"} == {"too_old"}
    assert found[0]["recorded_on"] == "2025-11-01"
    text = why_text(why(patient("contradicted"), "red_flag:cauda_equina"), patient("contradicted").words)
    assert "saddle numbness: unknown (recorded on 2025-11-01, too old to reassure)" in " ".join(
        text.replace("│", " ").split()
    )


def test_a_denial_of_some_days_ago_tells_its_day_and_is_never_called_not_recorded():
    made = patient("days_ago")
    answer = why(made, "gate:revision_surgery")
    found = [leaf for leaf in leaves(answer["entries"]) if leaf["fact"] in ("fever", "fever_any")]
    assert {leaf["says"] for leaf in found} == {"fever: unknown"}
    assert "fever: unknown (recorded on 2026-02-26, too old to reassure)" in why_text(answer, made.words)


def test_what_was_written_as_uncertain_says_so():
    found = leaves(one("contradicted", "red_flag:reported_weakness")["parts"])
    assert "uncertain" in {leaf.get("cause") for leaf in found if leaf["fact"] == "weakness_reported"}


# ---- why not


@pytest.mark.parametrize(
    "who, asked, state",
    [
        ("nobody", "red_flag:suicidality", "not_screened"),
        ("nobody", "generator:pseudarthrosis", "not_listed"),
        ("nobody", "treatment:spinal_cord_stimulation", "not_offered"),
        ("nobody", "imaging:mri_lumbar_without_contrast", "not_listed"),
        ("nobody", "imaging:bone_scan_leg", "no_rule"),
        ("nobody", "gate:revision_surgery", "needs_data"),
        ("nobody", "referral:oncology", "not_referred"),
        ("nobody", "conflict:opioids", "does_not_touch"),
        ("collection", "red_flag:early_postoperative_hematoma", "excluded"),
        ("collection", "treatment:opioid_taper", "not_offered"),
        ("collection", "revision:repeat_fusion", "not_shown"),
        ("emergency", "pitfall:collection_and_time", "not_said"),
        ("neck", "imaging:mri_cervical_without_contrast", "not_recommended"),
    ],
)
def test_why_not(who, asked, state):
    entries = why(patient(who), asked)["entries"]
    assert state in [entry["state"] for entry in entries]


@pytest.mark.parametrize("who", EVERYONE)
def test_the_state_of_every_flag_is_that_of_the_record(who):
    triage = patient(who).record["triage"]
    for state in ("established", "not_excluded", "excluded", "not_screened"):
        for listed in triage[state]:
            entries = why(patient(who), f"red_flag:{listed['red_flag']}")["entries"]
            states = {entry["state"] for entry in entries}
            assert states == {state} if state == "excluded" else state in states, listed


@pytest.mark.parametrize("who", EVERYONE)
def test_the_parts_of_what_stands_agree_with_the_record(who):
    record = patient(who).record
    for listed in record["generators"]:
        key = record["statements"][listed["statement"]]["key"]
        entry = one(who, key)
        for side in ("for", "against"):
            said = [part["statement"] for part in entry["parts"] if part["role"] == side and part["truth"] == "true"]
            assert said == listed[side]
    for listed in record["gates"]:
        entry = one(who, record["statements"][listed["statement"]]["key"])
        shown = {part["part"]: part["result"] for part in entry["parts"] if "result" in part}
        assert shown == {criterion["criterion"]: criterion["result"] for criterion in listed["criteria"]}


def test_an_excluded_flag_shows_the_recorded_reasons():
    entry = one("collection", "red_flag:early_postoperative_hematoma")
    levels = [part for part in entry["parts"] if part["role"] == "level"]
    assert {part["truth"] for part in levels} == {"false"}
    assert all(leaf["truth"] == "false" for part in levels for leaf in part["reason"])


def test_a_generator_not_listed_shows_what_is_missing_to_list_it():
    entry = one("nobody", "generator:pseudarthrosis")
    [applies] = [part for part in entry["parts"] if part["part"] == "applies"]
    assert applies["truth"] == "unknown"
    assert "surgeries" in [question["fact"] for question in entry["what_would_settle"]["questions"]]


def test_out_of_scope_is_said_where_things_are_left_out():
    from explain.patients import CASES, planned, program

    from spondyl.intake.case import read_case

    plain = {"schema": "spondyl/case/1", **CASES["collection"]}
    plain["facts"] = {**plain["facts"], "age_years": 12}
    child = planned(read_case(plain, "child", program().rules, "2026-03-02"))
    entry = why(child, "generator:seroma")["entries"][0]
    assert (entry["state"], entry["left_out"]) == ("not_listed", "pediatric")


# ---- as text

TREE = """\
e1  cauda equina compression, lumbar spine: established (emergency)
├─ rule      red_flag.cauda_equina/lumbar                       knowledge"""


def test_the_tree_quotes_the_note_with_its_place():
    made = patient("quoted")
    text = why_text(why(made, "e1"), made.words)
    assert text.startswith(TREE)
    assert "new saddle numbness\n│                saddle numbness\n" in text
    assert '"Numb when wiping"  note 67-83' in text
    assert text.splitlines()[-1].startswith(("└─", "   "))


def test_color_changes_no_word():
    import re

    made = patient("quoted")
    answer = why(made, "e1")
    painted = why_text(answer, made.words, color=True)
    assert "\x1b[" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == why_text(answer, made.words)
