"""A packet names the level and side in question, and shows the words on record beside what they do not settle."""

from __future__ import annotations

import pytest
from documents.made import DAY, planned

from spondyl.render.documents import packet, packet_sheet, written
from spondyl.render.documents.cells import Shown
from spondyl.render.documents.quotes import _abbreviated
from spondyl.render.pictures.wording import table

FUSED = (
    "11/10/2026\nMrs. K is a 57F s/p L4-5 and L5-S1 TLIF on 6/3/2025 (Dr. Ames, outside hospital) with low back pain "
    "8/10, worse with standing. Afebrile 98.4 F. Incision well healed, no drainage.\nOn Plavix 75 mg daily.\n"
    "DEXA 3/2026 T-score -1.4.\nCT lumbar 10/5/2026: no bridging bone at L5-S1. CT lumbar 10/5/2026: L4-5 solid "
    "fusion.\nPT 8 weeks, completed 8/14/2026. No home exercise."
)


def _packet(text, gate, **chosen):
    made = planned(text)
    found = packet(made.plan.record, made.plan.words, gate, texts=made.case.texts, plan=made.plan, **chosen)
    return found, " ".join(written(packet_sheet(found, made.plan.words), "text").decode().split())


def _of(found, criterion):
    return next(one for one in found["criteria"] if one["criterion"] == criterion)


def _quoted(found, criterion):
    return " ".join(quote["text"] for quote in _of(found, criterion)["quotes"])


def test_the_level_of_the_finding_is_requested_and_not_the_whole_fusion():
    found, said = _packet(FUSED, "revision_surgery", target="pseudarthrosis")
    assert found["place"] == {"region": "lumbar", "levels": ["L5-S1"], "side": None}
    assert found["site"]["levels"] == ["L4-L5", "L5-S1"]
    assert "Requested revision surgery, pseudarthrosis, L5-S1 " in said


def test_without_a_finding_the_operated_levels_stand():
    text = "57F, L4-5 and L5-S1 TLIF 6/3/2025. Low back pain 8/10, worse with standing."
    found, _ = _packet(text, "revision_surgery", target="pseudarthrosis")
    assert found["place"]["levels"] == ["L4-L5", "L5-S1"]


@pytest.mark.parametrize(
    ("pain", "side", "title"),
    [
        ("Left buttock pain 6/10.", "L", "sacroiliac injection, left"),
        ("Left and right buttock pain 6/10.", "both", "sacroiliac injection, both sides"),
        ("Low back pain 6/10.", None, "sacroiliac injection"),
    ],
)
def test_a_joint_has_its_side_and_no_region(pain, side, title):
    found, said = _packet(f"66F, L3-S1 fusion in 2022. {pain}", "sacroiliac_injection")
    assert found["place"]["side"] == side
    assert f"Requested {title} Thresholds" in said


def test_words_that_are_too_old_are_shown_with_how_old_they_are():
    found, said = _packet(FUSED, "revision_surgery", target="pseudarthrosis")
    assert _of(found, "infection_excluded")["result"] == "not_documented"
    assert _of(found, "infection_excluded")["standing"] == {
        "kind": "too_old", "on": "2026-11-10", "days": 12, "most": 2,
    }  # fmt: skip
    assert "Incision well healed" in _quoted(found, "infection_excluded")
    assert "too old (12 days, at most 2)" in said


def test_words_that_settle_only_a_part_are_shown():
    found, said = _packet(FUSED, "revision_surgery", target="pseudarthrosis")
    plan = _of(found, "anticoagulant_plan")
    assert (plan["result"], plan["standing"]) == ("not_documented", {"kind": "in_part"})
    assert "On Plavix 75 mg daily." in _quoted(found, "anticoagulant_plan")
    assert plan["missing"] == ["anticoagulant", "agreed plan for the blood thinner"]
    assert "recorded, does not settle it" in said


def test_a_device_that_is_denied_is_quoted_and_the_others_are_asked_for():
    found, _ = _packet("44F, L4-5 discectomy 2019. Leg pain 7/10. Pacemaker: none.", "lumbar_mri")
    assert "Pacemaker: none." in _quoted(found, "device")
    assert _of(found, "device")["missing"] == ["other implanted devices"]


def test_proof_of_a_finding_is_the_study_that_shows_it():
    found, _ = _packet(FUSED, "revision_surgery", target="pseudarthrosis")
    assert "no bridging bone" in _quoted(found, "cause")
    assert "DEXA" not in _quoted(found, "cause")
    assert "solid fusion" not in _quoted(found, "cause")
    assert "Report of the DXA, 2026-03" not in found["attach"]


def test_what_decides_is_to_get_and_no_number_that_is_enough():
    found, said = _packet(FUSED, "revision_surgery", target="pseudarthrosis")
    assert _of(found, "wait")["missing"] == ["weeks of conservative care: 8 weeks, needed 13 weeks"]
    assert "17 months, needed" not in said


def test_a_quotation_is_not_cut_at_a_title_or_an_initial():
    found, _ = _packet(FUSED, "revision_surgery", target="pseudarthrosis")
    texts = [quote["text"] for one in [*found["criteria"], *found["besides"]] for quote in one["quotes"]]
    whole = next(text for text in texts if "TLIF" in text)
    assert whole.startswith("Mrs. K is a 57F")
    assert whole.endswith("worse with standing.")
    assert not any(text.endswith(("(Dr.", "Mrs.")) for text in texts)


@pytest.mark.parametrize(
    ("before", "cut_short"),
    [
        ("by Dr", True), ("by Dr. J", True), ("John F", True), ("for approx", True), ("1", True), ("a\n2", True),
        ("Afebrile 98.4 F", False), ("Vitamin D", False), ("no drainage", False), ("levels L4-5 and 6", False),
    ],
)  # fmt: skip
def test_where_a_period_ends_a_sentence(before, cut_short):
    short = table(planned(FUSED).plan.words, "fixed")["abbreviations"].split()
    assert _abbreviated(before, short) is cut_short


def test_more_quotations_than_are_shown_are_counted():
    quotes = [{"text": f"word {n}", "source": "a.txt", "on": None, "verbatim": True} for n in range(5)]
    shown = "".join(span.text for span in Shown(planned(FUSED).plan.words, named=False).quotes(quotes))
    assert shown == "word 0; word 1; word 2; and 2 more"


def test_the_summary_stands_first_and_each_criterion_once():
    found, said = _packet(FUSED, "revision_surgery", target="pseudarthrosis")
    met, total = found["counted"]["met"], found["counted"]["total"]
    counts = found["results"]["required"]
    assert met == counts["met"]
    assert sum(counts.values()) == total
    assert f"{met} OF {total} MET, 1 NOT MET, {counts['not_documented']} NOT DOCUMENTED" in said
    assert said.index("TO GET") < said.index("WHAT HAS TO BE DOCUMENTED")
    required = [one for one in found["criteria"] if one["kind"] == "required"]
    assert all(said.count(one["label"]) >= 1 for one in required)
    assert said.count("Infection excluded [infection_excluded]") == 1
    assert said.count(f"({DAY}") == 0


def test_every_reason_of_a_refusal_is_recognized():
    reason = (
        "member has not completed conservative care and nicotine cessation is not documented. CT does not confirm "
        "pseudarthrosis."
    )
    found, _ = _packet(FUSED, "revision_surgery", target="pseudarthrosis", appeal=reason)
    assert {"wait", "nicotine", "cause"} <= set(found["appeal"]["matched"])
    assert "psychological_screen" not in found["appeal"]["matched"]
    assert found["appeal"]["matched_by"] == "words"
    assert any("weeks of conservative care 8 weeks, needed 13 weeks" in one for one in found["appeal"]["conceded"])
