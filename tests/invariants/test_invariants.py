"""The safety invariants, each with cases made to break it: one structured case in, one decision record out."""

from __future__ import annotations

import re
from typing import Any

import pytest
from invariants.cases import (
    BACK,
    FUSION,
    LAMINECTOMY,
    LEG,
    NECK,
    OXYCODONE,
    PROFILES,
    READY,
    SCREENED,
    Facts,
    Record,
    medicines,
    picture,
    record,
    taking,
)

START = {"start", "continue", "consider"}
NEEDLES = (
    "epidural_steroid_injection", "selective_nerve_root_block", "medial_branch_block", "sacroiliac_injection",
    "radiofrequency_ablation", "adhesiolysis",
)  # fmt: skip
NOT_ELECTIVE: set[str] = set()
TAPERED = ("opioid", "gabapentinoid", "benzodiazepine", "duloxetine", "tricyclic", "muscle_relaxant", "tramadol")
SEROMA = picture("ct", ["collection"], "2026-07-06", levels=["L5-S1"])
PACEMAKER: Facts = {"type": "pacemaker"}


def elective(found: Record) -> dict[tuple[str, str | None], str]:
    return {key: result for key, result in found.gates().items() if key[0] not in NOT_ELECTIVE}


# ---- 1. An emergency is never lowered by missing data, authorization, elapsed time or a normal of another sign.
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"auth_status": "requested", "auth_requested_on": "2026-09-01"},
        {"urinary_retention": False, "bowel_incontinence": False, "neuro_exam_normal": True, "pvr_ml": 30},
        {"saddle_anesthesia": {"value": True, "on": "2026-05-02"}},
        {"course": "improving", "pain_change": "better", "nrs_back": 1},
        {"age_years": None, "surgeries": None, "pain_regions": None},
    ],
    ids=["alone", "waiting for the payer", "all other signs normal", "months old", "better", "nothing else known"],
)
def test_01_an_emergency_is_never_lowered(more: Facts) -> None:
    found = record(BACK, **{"saddle_anesthesia": True, **more})
    assert found.established["cauda_equina"] == "emergency"
    assert found.urgency == "emergency"


# ---- 2. A level falls only when a recorded normal or denial stands in its reason, never by silence or age.
def test_02_a_level_falls_only_by_a_recorded_normal() -> None:
    yesterday = [{**FUSION, "date": "2026-11-21"}]
    silent = record(BACK, surgeries=yesterday, urinary_retention=True)
    normal = record(BACK, surgeries=yesterday, urinary_retention=True, saddle_anesthesia=False, neuro_exam_normal=True)
    assert (silent.urgency, normal.urgency) == ("emergency", "urgent")


def test_02_strength_recorded_as_full_answers_for_growth_and_silence_does_not() -> None:
    assert "motor_loss" in record(BACK).not_excluded
    assert "motor_loss" in record(BACK, motor_deficit=[]).excluded
    assert record(BACK, motor_deficit=[], weakness_progressing=True).established["motor_loss"] == "urgent"


@pytest.mark.parametrize("on", ["2019-03-01", "2026-11-22"])
def test_02_a_sign_does_not_fade(on: str) -> None:
    assert record(BACK, bowel_incontinence={"value": True, "on": on}).urgency == "emergency"


def test_02_a_reassurance_does_fade() -> None:
    """A normal examination of last year does not lower a weakness reported today."""
    old = {"neuro_exam_normal": {"value": True, "on": "2025-11-01"}, "neuro_exam_on": "2025-11-01"}
    assert record(LEG, weakness_reported=True, **old).established["reported_weakness"] == "urgent"


# ---- 3. Unknown never opens a gate.
@pytest.mark.parametrize("base", [{}, BACK, LEG, NECK, {"surgeries": [FUSION]}], ids=str)
@pytest.mark.parametrize("profile", PROFILES)
def test_03_unknown_never_opens_a_gate(base: Facts, profile: str) -> None:
    assert "open" not in record(base, profile).gates().values()


@pytest.mark.parametrize(
    "dropped", ["imaging", "anticoagulant", "wound_status", "hoffmann", "temp_c", "saddle_anesthesia"]
)
def test_03_one_missing_word_closes_what_stood_open(dropped: str) -> None:
    assert record(READY).gates()["selective_nerve_root_block", None] == "open"
    more: Facts = {dropped: None}
    if dropped == "hoffmann":
        more |= {"neuro_exam_normal": None, "babinski": None, "clonus": None}
    if dropped == "temp_c":
        more |= {"fever": None}
    assert record(READY, **more).gates()["selective_nerve_root_block", None] != "open"


def test_03_a_recorded_score_is_read() -> None:
    assert record(LEG).criteria("epidural_steroid_injection", "limb_pain_score") == {"met"}
    assert record(BACK).criteria("medial_branch_block", "pain_score") == {"met"}


# ---- 4. No rule uses elapsed time alone to declare a collection resolved, or a finding the cause.
@pytest.mark.parametrize("date", ["2026-07-06", "2021-12-20", "2016-01-01"])
def test_04_time_neither_resolves_a_collection_nor_blames_it(date: str) -> None:
    surgeries = [{**FUSION, "date": date}]
    found = record(
        BACK, surgeries=surgeries, imaging=[{**SEROMA, "date": date}], pain_change="unchanged", course="stable"
    )
    assert found.standing("seroma", "lumbar") <= {"possible", "opposed"}
    assert found.plain["triage"]["urgency"] == "routine"
    assert "mri_lumbar_without_and_with_contrast" in found.orders
    for one in found.plain["statements"].values():
        if not one["rule"].startswith("conflict."):  # there the claim is quoted, and not applied
            assert not re.search(r"(has|have|is|was) (resolved|gone)\b", one["text"]) or "not" in one["text"]


def test_04_only_a_picture_resolves_it() -> None:
    denied = record(BACK, imaging=[SEROMA], **{"collection.trend": "resolved"})
    assert denied.standing("seroma", "lumbar") <= {"excluded"}


# ---- 5. No drug is named without its checks; undocumented checks make it `consider`, never `start`.
@pytest.mark.parametrize(
    "base", [BACK, {**LEG, "dn4": 6, "sleep_poor": True, "muscle_spasm": True}], ids=["back", "leg"]
)
def test_05_no_drug_starts_unchecked(base: Facts) -> None:
    found = record(base)
    drugs = ("nsaid", "duloxetine", "tricyclic", "gabapentinoid", "muscle_relaxant", "opioid", "tramadol")
    assert all("start" not in found.treatment(drug) for drug in drugs)
    for one in found.plain["treatments"]:
        if one["treatment"] in ("nsaid", "duloxetine", "tricyclic", "muscle_relaxant") and one["status"] == "consider":
            assert one["check_first"]


def test_05_an_opioid_trial_is_no_proposal_until_it_is_prepared() -> None:
    asks: Facts = {"nrs_back": 9, "prior_treatments": [{"type": "nsaid", "relief_pct": 0}], "requested": ["opioid"]}
    assert record(BACK, **asks).treatment("opioid") == {"not_yet"}
    assert record(BACK, **asks, pdmp_checked=True, opioid_agreement=True, ort=2).treatment("opioid") == {"not_yet"}


# ---- 6. Region, level and side are judged.
BREACH = picture("ct", ["screw_malposition"], levels=["L5-S1"], side="R")


def test_06_a_breach_on_the_other_side_does_not_support() -> None:
    found = record(LEG, imaging=[BREACH])
    assert found.standing("implant_malposition", "lumbar") == {"opposed"}
    assert found.said("side", "root", "not")
    assert "open" not in found.gates("revision_surgery").values()


def test_06_a_finding_of_another_root_does_not_support() -> None:
    high = picture("mri", ["foraminal_stenosis"], levels=["L2-L3"], side="L")
    found = record(READY, imaging=[high])
    assert "supported" not in found.standing("residual_stenosis", "lumbar")
    assert set(found.gates("revision_surgery").values()) == {"closed"}


def test_06_a_collection_of_the_low_back_does_not_explain_a_neck() -> None:
    found = record({**NECK, "imaging": [SEROMA, picture("mri", ["central_stenosis"], "2024", "cervical")]})
    assert not found.standing("seroma", "cervical") & {"possible", "supported", "confirmed"}
    assert not found.standing("residual_stenosis", "cervical") & {"possible", "supported", "confirmed"}


# ---- 7. Negated, family, historical, hypothetical and planned statements are never facts about the patient now.
@pytest.mark.parametrize("assertion", ["negated", "family", "hypothetical", "planned", "historical", "uncertain"])
@pytest.mark.parametrize("fact", ["saddle_anesthesia", "fever", "suicidal_plan", "cancer_history"])
def test_07_only_a_present_statement_raises_a_flag(assertion: str, fact: str) -> None:
    if (assertion, fact) == ("historical", "cancer_history"):
        return  # a cancer of the past is what this fact means
    found = record(BACK, **{fact: {"value": True, "assertion": assertion}, "pain_change": "new"})
    assert not found.established


@pytest.mark.parametrize("status", ["planned", "canceled"])
def test_07_an_operation_not_done_is_no_operation(status: str) -> None:
    found = record(BACK, surgeries=[{**FUSION, "status": status}])
    assert found.plain["scope"]["status"] != "in_scope"
    assert not found.standing("pseudarthrosis")


# ---- 8. A contradiction is shown, the alarming value is used for safety, and it never opens a gate.
def test_08_the_alarming_side_of_a_contradiction_counts() -> None:
    found = record(BACK, saddle_anesthesia=True, also={"saddle_anesthesia": False})
    assert found.urgency == "emergency"
    assert "saddle_anesthesia" in {one["fact"] for one in found.plain["contradictions"]}


@pytest.mark.parametrize(
    "fact, value", [("anticoagulant", True), ("hoffmann", True), ("local_infection_at_site", True)]
)
def test_08_a_contradiction_never_opens_a_gate(fact: str, value: bool) -> None:
    found = record(READY, also={fact: value})
    assert found.gates()["selective_nerve_root_block", None] != "open"


def test_08_a_word_against_a_picture_does_not_free_the_needle() -> None:
    """`No collection` in words, and a study of this region that shows one."""
    found = record(READY, imaging=[*READY["imaging"], picture("mri", ["collection"], "2026-10-02")])
    assert found.gates()["selective_nerve_root_block", None] == "closed"


# ---- 9. Promotional statements and unreviewed text are never evidence; unverified numbers are labeled or not shown.
PLENTY: list[Facts] = [
    {**LEG, "requested": ["revision_surgery", "spinal_cord_stimulator", "injection", "opioid"],
     "expectations": "complete_relief_expected", "duration_weeks": 120},
    {**BACK, "imaging": [SEROMA], "auth_status": "requested", **medicines(OXYCODONE, taking("gabapentin", 300))},
]  # fmt: skip


@pytest.mark.parametrize("base", PLENTY, ids=["asks for much", "collection and opioid"])
def test_09_advertising_and_web_text_are_no_evidence(base: Facts) -> None:
    found = record(base)
    for key, one in found.plain["statements"].items():
        tiers = {each["tier"] for each in one["evidence"]}
        conflict = one["rule"].startswith("conflict.")
        assert "seed" not in tiers or conflict, (key, one)
    assert not any(re.search(r"pain-free life|renowned|highest standard", text) for text in found.texts) or all(
        one["rule"].startswith("conflict.")
        for one in found.plain["statements"].values()
        if re.search(r"pain-free life|renowned|highest standard", one["text"])
    )
    assert not any("97 %" in text for text in found.texts)


# ---- 10. Nothing is dosed for a child or in pregnancy.
def test_10_a_child_gets_no_treatment_and_every_gate_is_closed() -> None:
    found = record({**LEG, "dn4": 7}, age_years=15)
    assert found.plain["scope"]["status"] == "pediatric"
    assert not found.plain["treatments"]
    assert set(found.gates().values()) == {"closed"}
    assert "pediatric_spine" in found.referrals


@pytest.mark.parametrize("weeks", [None, 8, 19, 26])
def test_10_no_drug_starts_in_pregnancy(weeks: int | None) -> None:
    ready: Facts = {
        "egfr": 95, "ulcer_active": False, "pud_gi_bleed": False, "nsaid_allergy": False, "cabg_recent": False,
        "cad_chf": False, "anticoagulant": False, "antiplatelet": False, "dn4": 7, "muscle_spasm": True,
        "sleep_poor": True,
    }  # fmt: skip
    found = record(LEG, age_years=31, sex="female", pregnancy=True, gestational_weeks=weeks, **ready)
    for drug in ("nsaid", "gabapentinoid", "duloxetine", "tricyclic", "muscle_relaxant", "opioid", "tramadol"):
        assert not found.treatment(drug) & {"start", "continue"}, drug
    for drug in ("gabapentinoid", "duloxetine", "tricyclic", "muscle_relaxant"):
        assert found.treatment(drug) <= {"avoid"}, drug
    assert not any(re.search(r"\d+ ?mg\b", text) for text in found.texts)


# ---- 11. No abrupt stop.
HARMS: list[Facts] = [
    {"egfr": 18, "liver_disease": "severe"},
    {"sedation": True, "respiratory_rate": 8},
    {"age_years": 30, "sex": "female", "pregnancy": True},
    {"phq9_item9": 2, "substance_use_disorder": True},
]


@pytest.mark.parametrize("harm", HARMS, ids=["organs", "oversedated", "pregnant", "suicidal"])
def test_11_nothing_that_needs_a_taper_is_stopped(harm: Facts) -> None:
    everything = medicines(
        OXYCODONE, taking("gabapentin", 300, 3, weeks_taken=60), taking("alprazolam", 1, 3, weeks_taken=60),
        taking("duloxetine", 60, 1), taking("amitriptyline", 25, 1), taking("baclofen", 10, 3, weeks_taken=60),
        taking("tramadol", 50, 3),
    )  # fmt: skip
    found = record(BACK, **{**everything, **harm})
    for drug in TAPERED:
        assert "stop" not in found.treatment(drug), drug


def test_11_an_established_opioid_in_pregnancy_continues() -> None:
    found = record(BACK, age_years=30, sex="female", pregnancy=True, **medicines(OXYCODONE))
    assert found.treatment("opioid") == {"continue"}
    assert found.treatment("opioid_taper") <= {"not_yet"}
    assert {"obstetrics", "addiction_medicine"} <= found.referrals


# ---- 12. No number from memory tells someone to stop, hold or dose a drug.
@pytest.mark.parametrize("base", PLENTY, ids=["asks for much", "collection and opioid"])
def test_12_no_remembered_number_in_a_drug_line(base: Facts) -> None:
    more = {"egfr": 28, "muscle_spasm": True, "anticoagulant": True, "dn4": 6, "sleep_poor": True, "diabetes": True}
    found = record({**base, **more})
    orders = re.compile(r"(stop|hold|interrupt|pause|dose|reduce|taper)[^.]{0,60}\b\d+ ?(mg|days?|hours?|%|mL)", re.I)
    for one in found.plain["statements"].values():
        tiers = {each["tier"] for each in one["evidence"]}
        if orders.search(one["text"]) and one["rule"].split(".")[0] in ("treatment", "gate", "drug"):
            assert tiers - {"expert_default", "seed"}, one["text"]
    assert not any(re.search(r"INR|HbA1c (of|under|below) \d|QTc? ?>? ?500", text) for text in found.texts)


# ---- 13. Emergency MRI is never on hold alone: an alternative and the device team are named now.
@pytest.mark.parametrize("status", ["unsafe", "unknown", None])
@pytest.mark.parametrize("sign", ["saddle_anesthesia", "urinary_retention"])
def test_13_an_emergency_is_imaged_with_any_device(status: str | None, sign: str) -> None:
    device = {**PACEMAKER, **({"mri_status": status} if status else {})}
    found = record(BACK, **{sign: True, "implanted_devices": [device]})
    mri = [one for order, one in found.orders.items() if order.startswith("mri_lumbar")]
    ct = [one for order, one in found.orders.items() if order.startswith("ct_")]
    assert not any(one["status"] == "on_hold" for one in mri)
    assert any(one["status"] == "recommended" for one in ct)
    assert "device_clinic" in found.referrals
    if status != "unsafe":
        assert any(one["status"] == "recommended" for one in mri)


@pytest.mark.parametrize("sign", [{"saddle_anesthesia": True}, {"pain_change": "worse"}], ids=["emergency", "elective"])
def test_13_a_conditional_device_is_checked_first(sign: Facts) -> None:
    found = record(BACK, implanted_devices=[{**PACEMAKER, "mri_status": "conditional"}], **sign)
    mri = [one for order, one in found.orders.items() if order.startswith("mri_")]
    assert mri
    assert all(one["check_first"] for one in mri)


# ---- 14. No manipulation at an operated, unstable, deformed or cord-compressed segment; none with a deficit.
NEVER_OPERATED_NECK: Facts = {
    "age_years": 40, "sex": "male", "surgeries": [LAMINECTOMY], "pain_regions": ["neck"], "pain_pattern": "axial",
    "nrs_neck": 5, "requested": ["manipulation"],
}  # fmt: skip


@pytest.mark.parametrize(
    "base, more",
    [
        (BACK, {}),
        (NEVER_OPERATED_NECK, {"motor_deficit": [{"myotome": "C7", "side": "L", "mrc": 4}]}),
        (NEVER_OPERATED_NECK, {"hoffmann": True}),
        (NEVER_OPERATED_NECK, {"deformity_known": ["kyphosis"]}),
        (NEVER_OPERATED_NECK, {"imaging": [picture("mri", ["cord_compression"], region="cervical")]}),
        (
            NEVER_OPERATED_NECK,
            {"imaging": [picture("flexion_extension_radiograph", ["instability"], region="cervical")]},
        ),
    ],
    ids=["operated", "deficit", "cord sign", "deformity", "cord compressed", "unstable"],
)
def test_14_no_manipulation(base: Facts, more: Facts) -> None:
    found = record({**base, "requested": ["manipulation"], **more})
    assert not found.treatment("manipulation") & START
    assert found.gates("manipulation")["manipulation", None] == "closed"


# ---- 15. No needle at a collection, infection, unexamined new deficit or leak, before the surgeon.
DANGERS: dict[str, Facts] = {
    "collection": {"imaging": [*READY["imaging"], SEROMA], "collection.present": None},
    "fever": {"temp_c": 38.6, "fever": None},
    "wound": {"wound_status": ["drainage_purulent"]},
    "weakness told by phone": {"weakness_reported": True, "neuro_exam_normal": None, "neuro_exam_on": None},
    "growing weakness": {"weakness_progressing": True},
    "upright headache": {"orthostatic_headache": True},
    "skin": {"local_infection_at_site": True},
}


@pytest.mark.parametrize("danger", DANGERS)
@pytest.mark.parametrize("profile", PROFILES)
def test_15_no_needle_before_the_surgeon(danger: str, profile: str) -> None:
    found = record(READY, profile, **DANGERS[danger])
    assert "open" not in found.gates(*NEEDLES, "collection_aspiration").values()
    assert found.gates()["selective_nerve_root_block", None] == "closed"
    assert not found.treatment("selective_nerve_root_block") & START


# ---- 16. No NSAID from 20 weeks of pregnancy, and unknown weeks count as later.
@pytest.mark.parametrize("weeks", [None, 20, 24, 36])
@pytest.mark.parametrize("base", [BACK, LEG], ids=["back", "leg"])
def test_16_no_nsaid_late_in_pregnancy(weeks: int | None, base: Facts) -> None:
    found = record(base, age_years=30, sex="female", pregnancy=True, gestational_weeks=weeks)
    assert found.gates()["nsaid", None] == "closed"
    assert found.treatment("nsaid") <= {"avoid"}


# ---- 17. While an emergency is established, every elective gate is closed; what the emergency needs is not gated.
@pytest.mark.parametrize("sign", ["saddle_anesthesia", "dyspnea_acute", "suicidal_plan", "unarousable", "looks_septic"])
@pytest.mark.parametrize("base", [READY, NECK], ids=["ready for a needle", "neck"])
def test_17_emergency_first(sign: str, base: Facts) -> None:
    found = record({**base, sign: True})
    assert found.urgency == "emergency"
    assert set(elective(found).values()) == {"closed"}
    assert "emergency_first" in found.because("revision_surgery")
    assert found.plain["referrals"]
    assert not {name for name, statuses in found.statuses().items() if "start" in statuses} & {
        "nsaid", "duloxetine", "exercise", "physical_therapy", "epidural_steroid_injection", "mobilization",
    }  # fmt: skip


@pytest.mark.parametrize("sign", ["saddle_anesthesia", "urinary_retention", "bilateral_leg_weakness"])
@pytest.mark.parametrize("base", [BACK, LEG], ids=["back", "leg"])
def test_17_an_emergency_is_not_imaged_in_elective_words(sign: str, base: Facts) -> None:
    found = record(base, **{sign: True})
    wanted = [one for one in found.plain["imaging"] if one["status"] == "recommended"]
    assert any(one["urgency"] == "emergency" for one in wanted)
    for one in wanted:
        text = found.plain["statements"][one["statement"]]["text"]
        assert not re.search(r"six weeks|course of care|films raise|waits? for", text), text
    assert not any("flexion_extension" in one["order"] for one in wanted)


# ---- 18. Bypass frees waiting, conservative care and optimization only, at the same site.
STENOSIS = picture("mri", ["foraminal_stenosis"], "2026-11-10", levels=["L5-S1"], side="L")
WEAK: Facts = {"motor_deficit": [{"myotome": "L5", "side": "L", "mrc": 3, "onset_days": 20}]}
FREED = {"wait", "conservative_care", "drugs_tried", "optimization", "nicotine", "psychological_screen", "indication"}


def test_18_a_bypass_frees_time_and_preparation_only() -> None:
    found = record(LEG, imaging=[STENOSIS], **WEAK)
    assert found.established["motor_loss"] == "urgent"
    assert found.bypassed()
    assert found.bypassed() <= FREED
    assert "open" not in found.gates("revision_surgery").values()


@pytest.mark.parametrize(
    "flag",
    [{"unilateral_calf_swelling": True}, {"suicidal_ideation": True}, {"sedation": True, **medicines(OXYCODONE)}],
    ids=["clot", "suicidality", "oversedated"],
)  # fmt: skip
def test_18_a_clot_an_opioid_emergency_and_suicidality_bypass_nothing(flag: Facts) -> None:
    found = record(LEG, imaging=[STENOSIS], **flag)
    assert found.established
    assert not found.bypassed()


def test_18_a_flag_of_the_low_back_frees_nothing_at_the_neck() -> None:
    neck = {**FUSION, "region": "cervical", "levels": ["C5-C6"], "approach": "acdf", "date": "2023-05-01"}
    pain = {"pain_regions": ["low_back", "leg_L", "neck"], "nrs_neck": 6}
    found = record(LEG, surgeries=[FUSION, neck], imaging=[STENOSIS], nicotine_status="current", **pain, **WEAK)
    for one in found.plain["gates"]:
        if one["site"] and one["site"]["region"] == "cervical":
            assert not any(each["result"] == "bypassed" for each in one["criteria"]), one["gate"]


# ---- 19. Revision never without a correctable cause at the level, side and root; persistent pain alone is not one.
@pytest.mark.parametrize(
    "more",
    [
        {"nrs_back": 10, "duration_weeks": 300, "requested": ["revision_surgery"]},
        {"imaging": [picture("mri", ["degeneration", "facet_arthropathy", "scoliosis"])]},
        {
            "imaging": [{**SEROMA, "date": "2026-11-01"}],
            "collection.trend": "unchanged",
            "collection.compressing": False,
        },
    ],
    ids=["pain alone", "wear", "silent collection"],
)
@pytest.mark.parametrize("profile", PROFILES)
def test_19_no_revision_without_a_target(more: Facts, profile: str) -> None:
    ready: Facts = {**READY, "prior_treatments": [{**READY["prior_treatments"][0], "weeks_or_n": 60}]}
    found = record({**ready, "imaging": [], "pain_pattern": "axial", "pain_regions": ["low_back"], **more}, profile)
    assert "open" not in found.gates("revision_surgery").values()
    assert not found.treatment("revision_surgery") & START


# ---- 20. Anticoagulants are never stopped by this system; stents, valves and clots close the gate until answered.
RISKS: list[Facts] = [
    {"coronary_stent_months": 4, "antiplatelet": True},
    {"mechanical_heart_valve": True, "anticoagulant": True},
    {"thrombosis_months": 1, "anticoagulant": True},
    {"stroke_months": 2, "antiplatelet": True},
]


@pytest.mark.parametrize("risk", RISKS, ids=["stent", "valve", "clot", "stroke"])
@pytest.mark.parametrize("agreed", [None, False])
def test_20_a_clot_risk_closes_until_the_prescriber_answers(risk: Facts, agreed: bool | None) -> None:
    found = record(READY, anticoagulant_plan_agreed=agreed, requested=["injection"], **risk)
    gates = ("selective_nerve_root_block", "epidural_steroid_injection", "revision_surgery")
    assert set(found.gates(*gates).values()) == {"closed"}
    assert "anticoagulation_prescriber" in found.referrals


def test_20_no_word_stops_an_anticoagulant() -> None:
    found = record(
        READY, anticoagulant=None, antiplatelet=None, requested=["injection"], **medicines(taking("apixaban", 5))
    )
    names = r"(apixaban|anticoagulant|antiplatelet|blood thinner|warfarin)"
    assert not any(re.search(rf"\b(stop|hold|pause|omit)\b[^.]*{names}", text, re.I) for text in found.texts)
    assert not any(re.search(rf"{names}[^.]*\b(stopped|held) for\b", text, re.I) for text in found.texts)


# ---- 21. No opioid is added to a benzodiazepine or another opioid; naloxone is judged for a depressant pair.
PREPARED: Facts = {
    "nrs_back": 9, "prior_treatments": [{"type": "nsaid", "relief_pct": 0}, {"type": "snri", "relief_pct": 0}],
    "opioid_agreement": True, "pdmp_checked": True, "shared_decision_recorded": True, "ort": 1,
    "suicidal_ideation": False, "substance_use_disorder": False, "opioid_use_disorder": False, "requested": ["opioid"],
}  # fmt: skip


@pytest.mark.parametrize("drug, dose", [("alprazolam", 1.0), ("diazepam", 5.0)])
def test_21_no_opioid_is_added_to_a_benzodiazepine(drug: str, dose: float) -> None:
    found = record(BACK, **PREPARED, **medicines(taking(drug, dose)))
    assert found.treatment("opioid") == {"avoid"}
    assert not found.treatment("tramadol") & START
    assert {found.gates()["opioid_trial", None], found.gates()["tramadol", None]} == {"closed"}


@pytest.mark.parametrize("second", ["alprazolam", "pregabalin"])
def test_21_a_depressant_pair_is_tapered_with_naloxone_at_home(second: str) -> None:
    found = record(BACK, **PREPARED, **medicines(OXYCODONE, taking(second, 1)))
    assert found.treatment("opioid") == {"taper"}
    assert found.treatment("naloxone") == {"start"}
    assert not found.treatment("tramadol") & START
    assert found.gates()["opioid_trial", None] == "closed"


# ---- 22. A gate never blocks a consultation or a referral.
def test_22_closed_gates_leave_the_consultation_open() -> None:
    found = record(LEG, imaging=[STENOSIS], nicotine_status="current", suicidal_ideation=False)
    assert "open" not in found.gates("revision_surgery").values()
    assert "spine_surgery" in found.referrals


def test_22_neither_the_payer_nor_missing_care_delays_a_referral() -> None:
    collection: Facts = {"imaging": [SEROMA], "auth_status": "denied", "prior_treatments": []}
    assert "spine_surgery" in record(BACK, **collection).referrals
    assert "spine_surgery" in record(NECK, hoffmann=True, auth_status="denied").referrals


# ---- 23. Suicidality is never closed by a phone contact or by another value; plan or intent is an emergency.
@pytest.mark.parametrize(
    "more, urgency",
    [
        ({"suicidal_ideation": True, "phone_contact_only": True, "phq9": 2}, "urgent"),
        ({"phq9_item9": 1, "suicidal_ideation": False}, "urgent"),
        ({"suicidal_ideation": True, "phq9_item9": 0, "depression_treated": True}, "urgent"),
        ({"suicidal_plan": True, "phq9_item9": 0}, "emergency"),
        ({"suicidal_intent": True, "suicidal_plan": False}, "emergency"),
    ],
)
def test_23_suicidality_is_not_closed_by_another_value(more: Facts, urgency: str) -> None:
    assert record(BACK, **more).established["suicidality"] == urgency


# ---- 24. What never excludes: normal CRP, supine CT, plain films of the sacrum, a low residual.
def test_24_a_normal_crp_does_not_exclude_infection_of_loose_screws() -> None:
    loose = [picture("ct", ["hardware_loosening"])]
    found = record(
        BACK, imaging=loose, **{name: SCREENED[name] for name in ("crp_mg_l", "temp_c", "fever", "wound_status")}
    )
    assert found.standing("spinal_infection", "lumbar") == {"possible"}
    assert found.criteria("revision_surgery", "infection_excluded") == {"not_met"}
    assert found.said("normal", "crp", "does not exclude")


def test_24_a_supine_ct_does_not_exclude_junctional_failure() -> None:
    long_fusion = {**FUSION, "levels": ["T12-L1", "L1-L2", "L2-L3", "L3-L4", "L4-L5", "L5-S1"]}
    supine = picture("ct", ["bridging_bone"], "2026-11-01", position="supine")
    found = record(BACK, surgeries=[long_fusion], imaging=[supine], pain_change="worse", cannot_stand_upright=True)
    assert "excluded" not in found.standing("junctional_failure")
    assert found.said("lying down", "standing")


def test_24_plain_films_do_not_exclude_a_sacral_fracture() -> None:
    films = picture("radiograph", ["normal"], "2026-11-20", "pelvis")
    early = [{**FUSION, "date": "2026-10-10"}]
    found = record(
        BACK, age_years=72, sex="female", osteoporosis=True, pain_regions=["sacrum"], pain_change="new",
        surgeries=early, imaging=[films],
    )  # fmt: skip
    assert found.established["suspected_fracture"] == "urgent"
    assert not found.standing("sacral_insufficiency_fracture") & {"excluded", "opposed"}


@pytest.mark.parametrize("sign", [{"saddle_anesthesia": True}, {"poor_stream": True, "bilateral_leg_symptoms": True}])
def test_24_a_low_residual_does_not_exclude_cauda_equina(sign: Facts) -> None:
    assert record(BACK, pvr_ml=20, **sign).established["cauda_equina"] == "emergency"


# ---- 25. Profiles change gate criteria only.
ANY: list[Facts] = [
    {**LEG, "imaging": [STENOSIS], **WEAK}, {**BACK, **medicines(OXYCODONE, taking("alprazolam", 1))},
    {**NECK, "hoffmann": True, "pregnancy": True, "sex": "female", "age_years": 30},
    {**READY, "saddle_anesthesia": True},
]  # fmt: skip


@pytest.mark.parametrize("case", ANY, ids=["weakness", "depressants", "cord sign in pregnancy", "cauda equina"])
@pytest.mark.parametrize("profile", [*PROFILES[1:], "source_documents"])
def test_25_profiles_change_gate_criteria_only(case: Facts, profile: str) -> None:
    mine, other = record(case), record(case, profile)
    assert mine.plain["triage"] == other.plain["triage"]
    assert mine.plain["generators"] == other.plain["generators"]
    assert [(one["order"], one["rating"], one["status"]) for one in mine.plain["imaging"]] == [
        (one["order"], one["rating"], one["status"]) for one in other.plain["imaging"]
    ]
    for a, b in zip(mine.plain["gates"], other.plain["gates"], strict=True):
        checks: list[list[tuple[Any, ...]]] = [
            [(each["criterion"], each["result"]) for each in one["criteria"] if each["kind"] == "check_first"]
            for one in (a, b)
        ]
        assert checks[0] == checks[1], a["gate"]


# ---- 26. Pain in a never operated region is not explained by an implant elsewhere; a cord sign overrides region.
@pytest.mark.parametrize(
    "generator", ["adjacent_segment_disease", "pseudarthrosis", "implant_loosening", "sacroiliac_joint"]
)
def test_26_a_fusion_does_not_explain_pain_elsewhere(generator: str) -> None:
    listed = {"possible", "supported", "confirmed"}
    assert not record(NECK).standing(generator) & listed
    if generator in ("adjacent_segment_disease", "pseudarthrosis", "sacroiliac_joint"):
        assert record(BACK).standing(generator, "lumbar") & listed


def test_26_a_cord_sign_overrides_the_region() -> None:
    found = record(LEG, hoffmann=True, gait_ataxia=True)
    assert found.established.keys() & {"progressive_myelopathy", "acute_cord_compression"}
    assert found.standing("cord_compression") & {"possible", "supported"}
    assert any("cervical" in order or "whole_spine" in order for order in found.orders)


# ---- 27. Red flags run for everybody, also out of scope.
@pytest.mark.parametrize(
    "who",
    [
        {"age_years": 12}, {"surgeries": [], "spine_surgery_ever": False}, {"cancer_pain": True},
        {"palliative_care": True},
        {"surgeries": [{**FUSION, "status": "planned"}], "spine_surgery_planned": True}, {"age_years": None},
    ],
    ids=["child", "never operated", "cancer pain", "palliative care", "planned", "age unknown"],
)  # fmt: skip
def test_27_red_flags_run_for_everybody(who: Facts) -> None:
    found = record(BACK, **{**who, "saddle_anesthesia": True})
    assert found.urgency == "emergency"
    assert "emergency_department" in found.referrals


# ---- 28. Fatal alternatives outside the spine are named when interscapular or flank pain is alone.
def test_28_pain_between_the_shoulder_blades_alone() -> None:
    found = record(BACK, pain_regions=["interscapular"])
    assert found.said("heart", "aorta", "lung")
    assert "vascular_emergency" in found.not_excluded
    assert found.standing("non_spinal_source") & {"possible", "supported"}


@pytest.mark.parametrize("side", ["flank_L", "flank_R"])
def test_28_flank_pain_alone(side: str) -> None:
    found = record(BACK, pain_regions=[side])
    assert found.standing("non_spinal_source") & {"possible", "supported"}
    assert found.said("aorta")
    assert "vascular_emergency" in found.not_excluded


def test_standing_and_walking_load_the_spine_in_a_form_as_in_a_note() -> None:
    """What a rule asks for as load may be told as standing or walking; unknown load stays unknown."""

    def argued(*loads: str) -> list[str]:
        plain = record(mechanical_features=["better_lying", *loads]).plain
        union = next(one for one in plain["generators"] if one["generator"] == "pseudarthrosis")
        return [plain["statements"][each]["text"] for each in union["for"]]

    bare, load = argued("morning_stiffness"), argued("worse_load")
    assert argued("worse_standing") == argued("worse_walking") == load != bare
