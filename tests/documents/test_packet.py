"""The packet restates the record: every gate, every profile, with words of the note, and an answer to a refusal."""

from __future__ import annotations

import json
from functools import cache

import pytest
from documents.made import EXAMPLES, HOME, example, note
from jsonschema import Draft202012Validator

from spondyl.knowledge.identifiers import GATES
from spondyl.record import Refusal
from spondyl.render.documents import packet, packet_sheet, written

PROFILES = ("guideline", "payer_cms", "payer_commercial", "nice_uk")
FLUID = "fluid_collection.txt"


@cache
def schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads((HOME / "schemas/record/packet.schema.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_gate_has_a_packet_that_says_what_the_record_says(name, profile):
    made = example(name, profile)
    for gate in sorted(GATES):
        found = packet(made.record, made.words, gate, texts=made.case.texts)
        plain = json.loads(json.dumps(found))
        assert [f"{list(one.path)}: {one.message[:120]}" for one in schema().iter_errors(plain)] == []
        judged = next(
            one
            for one in made.record["gates"]
            if (one["gate"], one["site"], one["target"]) == (gate, found["site"], found["target"])
        )
        assert found["result"] == judged["result"]
        assert [(one["criterion"], one["result"]) for one in found["criteria"]] == [
            (one["criterion"], one["result"]) for one in judged["criteria"]
        ]
        open_ = {
            one["criterion"]
            for one in found["criteria"]
            if one["result"] not in ("met", "bypassed") and (one["kind"] == "required" or one["result"] != "not_met")
        }
        assert {one["criterion"] for one in found["checklist"]} == open_
        text = written(packet_sheet(found, made.words), "text").decode()
        assert all(one["label"].split()[0].lower() in text.lower() for one in found["criteria"])


@pytest.mark.parametrize("name", EXAMPLES)
def test_quotations_stand_in_the_note(name):
    made = example(name)
    texts = {key: " ".join(text.split()) for key, text in made.case.texts.items()}
    quoted = 0
    for gate in sorted(GATES):
        found = packet(made.record, made.words, gate, texts=made.case.texts)
        for one in [*found["criteria"], *found["besides"], *found["red_flags"]]:
            for quote in one["quotes"]:
                assert quote["verbatim"] == (quote["source"] in texts)
                if quote["verbatim"]:
                    assert quote["text"] in texts[quote["source"]], quote
                    quoted += 1
    assert quoted or not texts


def test_a_quotation_has_its_day_and_source():
    made = example(FLUID)
    found = packet(made.record, made.words, "lumbar_mri", texts=made.case.texts)
    indication = next(one for one in found["criteria"] if one["criterion"] == "indication")
    assert {"text": "In PT since 09/2026, core program.", "source": FLUID, "on": "2026-11-20"}.items() <= next(
        quote for quote in indication["quotes"] if quote["text"].startswith("In PT")
    ).items()
    assert "Report of the CT, 2026-07-06" in found["attach"]
    assert [one["get"] for one in found["checklist"]] == [["implanted devices"]]


def test_without_the_texts_the_words_themselves_are_quoted():
    made = example(FLUID)
    found = packet(made.record, made.words, "lumbar_mri")
    words = {fact["source"].get("text") for fact in made.record["facts"]}
    quoted = {quote["text"] for one in found["criteria"] for quote in one["quotes"]}
    assert quoted
    assert quoted <= {" ".join(str(one).split()).rstrip(";") for one in words}


@pytest.mark.parametrize(
    ("given", "near"),
    [
        ({"gate": "lumbar_mr"}, "lumbar_mri"),
        ({"gate": "revision_surgery", "target": "pseudartrosis"}, "pseudarthrosis"),
    ],
)
def test_what_is_not_there_is_refused_with_the_nearest_name(given, near):
    made = example(FLUID)
    with pytest.raises(Refusal) as refused:
        packet(made.record, made.words, **given)
    assert [one.code for one in refused.value.problems] == ["I030"]
    assert near in refused.value.problems[0].next


def test_the_cause_can_be_chosen_and_the_others_are_named():
    made = example(FLUID)
    chosen = packet(made.record, made.words, "revision_surgery", target="seroma")
    assert chosen["target"] == "seroma"
    assert "pseudarthrosis" in {one["target"] for one in chosen["also"]}


def test_what_reviewers_ask_besides_is_on_record_only_where_it_is():
    made = example("after_fusion.yaml")
    found = packet(made.record, made.words, "sacroiliac_injection")
    recorded = {one["id"]: one["recorded"] for one in found["besides"]}
    assert recorded == {"pain": True, "care": True, "pictures": True, "response": False, "blood": False}
    known = made.words.rules.facts
    for group in made.words.rules.tables["wording"]["documents"]["asked_besides"]:
        assert set(group["gates"]) <= set(GATES)
        assert {fact for point in group["points"] for fact in point["facts"]} <= set(known)


# ---- refusals


def test_a_reason_is_matched_by_id_and_by_words():
    made = example("after_fusion.yaml")
    by_id = packet(made.record, made.words, "sacroiliac_injection", appeal="conservative_care")
    by_words = packet(
        made.record, made.words, "sacroiliac_injection", appeal="Six weeks of physical therapy are not documented"
    )
    assert (by_id["appeal"]["matched"], by_id["appeal"]["matched_by"]) == (["conservative_care"], "id")
    assert (by_words["appeal"]["matched"], by_words["appeal"]["matched_by"]) == (["conservative_care"], "words")
    assert "8 weeks" in by_words["appeal"]["arguments"][0]


def test_each_clause_of_a_reason_is_matched():
    made = example(FLUID)
    reason = "Conservative care of three months and smoking cessation are not documented"
    said = packet(made.record, made.words, "revision_surgery", target="pseudarthrosis", appeal=reason)["appeal"]
    assert {"wait", "nicotine"} <= set(said["matched"])
    assert "psychological_screen" not in said["matched"]


def test_what_is_missing_is_conceded_and_nothing_is_invented():
    made = example(FLUID)
    found = packet(
        made.record, made.words, "revision_surgery", target="pseudarthrosis", appeal="nicotine", texts=made.case.texts
    )
    said = found["appeal"]
    held = {one["label"] for one in found["criteria"] if one["result"] in ("met", "bypassed")}
    assert "nicotine" in said["matched"]
    assert said["conceded_of_reason"]
    assert all(any(one.startswith(label) for label in held) for one in said["arguments"])
    text = " ".join(made.case.texts[FLUID].split())
    for one in said["arguments"]:
        for quote in one.split("“")[1:]:
            assert quote.split("”")[0] in text
    assert all(one["tier"] not in ("expert_default", "seed") for one in said["evidence"])


def test_a_reason_that_means_nothing_here_is_said_to_mean_nothing():
    made = example(FLUID)
    said = packet(made.record, made.words, "lumbar_mri", appeal="xyzzy")["appeal"]
    assert (said["matched"], said["matched_by"]) == ([], "none")
    assert "names no criterion" in said["stands"]


def test_an_established_flag_asks_for_an_expedited_review():
    made = example("weak_foot.txt")
    found = packet(made.record, made.words, "lumbar_mri", texts=made.case.texts)
    assert {one["red_flag"] for one in found["red_flags"]} >= {"cauda_equina", "motor_loss"}
    assert "Expedited review" in written(packet_sheet(found, made.words), "text").decode()


def test_an_emergency_operation_is_never_called_unsupported():
    made = example("weak_foot.txt")
    found = packet(made.record, made.words, "revision_surgery", texts=made.case.texts)
    said = " ".join(written(packet_sheet(found, made.words), "text").decode().split())
    assert "never holds back emergency imaging, referral or surgery" in said
    assert "not supported now" not in said
    assert "Expedited review" in said


def test_a_needle_is_not_hastened_by_what_speaks_against_it():
    made = note("59F, ACDF C5-C7 2024. Neck pain. Hands clumsy for three months, gait unsteady, Hoffmann positive.")
    found = packet(made.record, made.words, "epidural_steroid_injection", texts=made.case.texts)
    said = " ".join(written(packet_sheet(found, made.words), "text").decode().split())
    assert "No reason to speed this up" in said
    assert "Expedited review" not in said


def test_hostile_words_stay_words():
    made = note("52F, L5-S1 fusion 2025. Low back pain 7/10 <script>alert(1)</script>. In PT for 8 weeks <b>x</b>.")
    found = packet(made.record, made.words, "lumbar_mri", texts=made.case.texts, appeal="<img src=x onerror=y>")
    page = written(packet_sheet(found, made.words), "html").decode()
    assert "<script" not in page
    assert "<img" not in page
