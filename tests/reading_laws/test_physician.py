"""What a physician found misread in notes, with everyday variants of each and the twins that must not be read."""

from __future__ import annotations

import pytest
from reading_laws.sentences import lexicon

from spondyl.intake.note import read

HEAD = "Visit 11/20/2026. L4-5 fusion 3/2/2025.\n\n"


def told(text: str, head: str = HEAD) -> set[str]:
    """Facts as `name=value`, without `=True`; what is not present carries its assertion."""
    facts = read(head + text, "n", lexicon()).facts
    return {
        f"{f.fact}{'' if f.value is True else f'={f.value}'}{'' if f.assertion == 'present' else f' {f.assertion}'}"
        for f in facts
    }


ANGLES = (
    "SLR positive left at 40 degrees, crossed SLR negative.",
    "SLR positive right at 40 deg, left 80.",
    "Straight leg raising to 39 degrees on the right.",
    "Lasegue positive at 40 degrees.",
    "Neck rotation 40 degrees to the left, flexion 38 degrees.",
    "Lumbar flexion 40 degrees, extension 10.",
    "Shoulder abduction to 102 degrees.",
    "No fever, SLR to 39 degrees left.",
    "Temperature normal, SLR 40 degrees.",
    "He turns his head 40 degrees to the right.",
    "Thoracic kyphosis 40 degrees.",
    "Head of bed at 40 degrees.",
    "40 degrees of flexion, pain at the end.",
)
HEATS = (
    ("Temp 38.7. SLR 40 degrees.", 38.7),
    ("T 39 deg, SLR 40 deg.", 39.0),
    ("Febrile to 39.4, SLR to 60 degrees.", 39.4),
    ("The thermometer read 39 last night.", 39.0),
    ("102 degrees yesterday with chills.", 38.9),
    ("Vitals: 38.9, 110, 100/60.", 38.9),
    ("Temp raised at 39 degrees this morning.", 39.0),
)


@pytest.mark.parametrize("text", ANGLES)
def test_angle_is_no_temperature(text: str) -> None:
    facts = told(text)
    assert not any(fact.startswith("temp_c") for fact in facts)
    assert "fever" not in facts


@pytest.mark.parametrize(("text", "celsius"), HEATS)
def test_temperature_with_its_word_or_unit(text: str, celsius: float) -> None:
    facts = told(text)
    assert f"temp_c={celsius}" in facts
    assert "fever" in facts
    assert sum(fact.startswith("temp_c") for fact in facts) == 1


HEADS = (
    "SPINE SURGERY CLINIC 11/19/2026\n",
    "Spine Surgery 11/19/2026\n",
    "Department of Spine Surgery, 19 November 2026\n",
    "Orthopaedic Spine Surgery Follow-up 11/19/2026\n",
    "Center for Minimally Invasive Spine Surgery, 11/19/2026\n",
    "Visit 11/19/2026\nReferred to spine surgery clinic 11/01/2026.\n",
    "Visit 11/19/2026\nSeen by the spine surgery service 11/10/2026.\n",
    "Visit 11/19/2026\nDiscussed with spine surgery (Dr. Lee) 11/10/2026.\n",
)


@pytest.mark.parametrize("head", HEADS)
def test_service_is_no_operation(head: str) -> None:
    reading = read(head + "61F s/p L4-S1 TLIF 08/2025.", "n", lexicon())
    assert reading.written_on == "2026-11-19"
    assert [f.value for f in reading.facts if f.fact.startswith("surgeries.") and f.fact.endswith(".date")] == [
        "2025-08"
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [("Spine surgery on 11/10/2026, no problems.", "2026-11-10"), ("Spine surgery 2019.", "2019")],
)
def test_spine_surgery_with_its_day_is_one(text: str, day: str) -> None:
    assert f"surgeries.0.date={day}" in told(text, "Visit 11/19/2026\n\n")


LANDMARKS = (
    "MRI lumbar 09/2026: severe stenosis L2-L3 above laminectomy, moderate right foraminal L4-5.",
    "MRI 09/2026: no stenosis at the level of the laminectomy.",
    "MRI 09/2026: disc bulge just below the laminectomy.",
    "MRI 09/2026 shows stenosis adjacent to the L3-5 laminectomy.",
    "CT 10/2026: prior laminectomy L3-5.",
    "MRI 09/2026: postsurgical change of laminectomy L3-L5.",
)


@pytest.mark.parametrize("text", LANDMARKS)
def test_landmark_is_no_new_operation(text: str) -> None:
    facts = read("Visit 11/18/2026\n83F, L3-L5 laminectomy 2018.\n" + text, "n", lexicon()).facts
    dates = [f.value for f in facts if f.fact.startswith("surgeries.") and f.fact.endswith(".date")]
    levels = [f.value for f in facts if f.fact.startswith("surgeries.") and f.fact.endswith(".levels")]
    assert dates == ["2018"]
    assert levels == [["L3-L4", "L4-L5"]]


def test_operation_beside_a_landmark_keeps_its_day() -> None:
    facts = told("L2-L3 decompression above the fusion 09/2026.", "Visit 11/18/2026\nL3-L5 fusion 2018.\n")
    assert {"surgeries.0.date=2018", "surgeries.1.date=2026-09", "surgeries.1.procedure=['laminectomy']"} <= facts


SERIES = (
    ("CRP 148 -> 92 -> 61.", 61, 92),
    ("CRP 148 \u2192 92 \u2192 61, ESR 80.", 61, 148),
    ("CRP 148, 92, 61.", 61, 148),
    ("CRP trending down from 148 to 61.", 61, 148),
    ("CRP has come down from 148 to 12.", 12, 148),
    ("CRP is still rising from 40 to 96.", 96, 40),
    ("CRP 148 -> 61, now 130.", 130, 148),
    ("CRP 14 then 41.", 41, 14),
)


@pytest.mark.parametrize(("text", "latest", "before"), SERIES)
def test_latest_of_a_series_counts(text: str, latest: int, before: int) -> None:
    facts = told(text)
    assert [fact for fact in facts if fact.startswith("crp_mg_l") and " " not in fact] == [f"crp_mg_l={latest}"]
    assert f"crp_mg_l={before} historical" in facts


@pytest.mark.parametrize(
    ("text", "value"),
    [("CRP 12, 38.2 C, HR 90.", 12), ("CRP 45, ESR 60, WBC 12.", 45), ("CRP 45, 3 weeks after surgery.", 45),
     ("CRP 180 (D3 120).", 180), ("CRP 61 (was 148).", 61)],
)  # fmt: skip
def test_one_result_is_no_series(text: str, value: int) -> None:
    assert [fact for fact in told(text) if fact.startswith("crp_mg_l")] == [f"crp_mg_l={value}"]


def deficits(text: str, head: str = HEAD) -> list[tuple[object, object, object]]:
    """Muscle, grade and side of every deficit, in the order of the note."""
    rows: dict[str, dict[str, object]] = {}
    for fact in read(head + text, "n", lexicon()).facts:
        if fact.fact.startswith("motor_deficit."):
            _, number, name = fact.fact.split(".")
            rows.setdefault(number, {})[name] = fact.value
    return [(row.get("myotome"), row.get("mrc"), row.get("side")) for _, row in sorted(rows.items())]


HF, KE, TA, EHL = "hip_flexion", "knee_extension", "ankle_dorsiflexion", "big_toe_extension"
PF = "ankle_plantarflexion"

POWER = (
    ("Motor: IP 4/4, Quad 3/3, TA 2/2, EHL 2/2.",
     [(HF, 4, "both"), (KE, 3, "both"), (TA, 2, "both"), (EHL, 2, "both")]),
    ("Power R/L: hip flexors 5/4, quads 5/3, TA 5/2.", [(HF, 4, "L"), (KE, 3, "L"), (TA, 2, "L")]),
    ("Motor (R/L): IP 5/5, Quad 5/5, TA 5/3, EHL 5/2.", [(TA, 3, "L"), (EHL, 2, "L")]),
    ("Motor (L/R): IP 4/5, quads 5/5, TA 4-/5.", [(HF, 4, "L"), (TA, 3.7, "L")]),
    ("Motor: IP 4+/4+, TA 4-/4.", [(HF, 4.3, "both"), (TA, 3.7, "both")]),
    ("Power: R HF 3 KE 2 DF 1; L HF 4 KE 4 DF 2.",
     [(HF, 3, "R"), (KE, 2, "R"), (TA, 1, "R"), (HF, 4, "L"), (KE, 4, "L"), (TA, 2, "L")]),
    ("TA 4/5, EHL 4/5, GS 5/5.", [(TA, 4, None), (EHL, 4, None)]),
    ("Power: HF 5 KE 5 DF 5 PF 5 on both sides.", []),
    ("Exercises: quads 3, TA 4, hamstrings 3 sets daily.", []),
    ("At sign-out strength was 5/5 throughout. Now IP 4/4, Quad 3/3.", [(HF, 4, "both"), (KE, 3, "both")]),
    ("At midnight 5/5 throughout. At 06:00 left TA 2/5.", [(TA, 2, "L")]),
    ("Strength 5/5 this morning; now left EHL 1/5.", [(EHL, 1, "L")]),
    ("Left EHL 3/5 yesterday, now 5/5 throughout.", []),
    ("TA pre-op 3/5 and EHL 2/5, today 4+ and 4.", [(TA, 4.3, None), (EHL, 4, None)]),
    ("Left TA 3/5 and EHL 2/5 before surgery; today 4+/5 and 4/5.", [(TA, 4.3, "L"), (EHL, 4, "L")]),
    ("Ankle dorsiflexion 4+/5 (pre-op 3/5).", [(TA, 4.3, None)]),
    ("Left foot drop, pre-op 2/5, now 4/5.", [(TA, 4, "L")]),
    ("Pre-op R foot drop (TA 3/5, EHL 2/5).\nNow: TA 4+/5, EHL 4/5 - better than at d/c.",
     [(TA, 4.3, None), (EHL, 4, None)]),
    ("Pre-op left TA 2/5. Postop left TA 4/5.", [(TA, 4, "L")]),
    ("TA was 3/5 at discharge, today 2/5.", [(TA, 2, None)]),
    ("Left TA 3/5 yesterday. Right quad 5/5.", [(TA, 3, "L")]),
)  # fmt: skip


@pytest.mark.parametrize(("text", "rows"), POWER)
def test_power_in_lists_and_before(text: str, rows: list[tuple[object, object, object]]) -> None:
    assert deficits(text) == rows


BROKEN = (
    ("R rod # at L5/S1, new.", "rod_fracture"),
    ("XR 11/2026: R rod # at L5/S1, new.", "rod_fracture"),
    ("X-ray 11/12/2026: S1 screw # left.", "screw_breakage"),
    ("CT 11/01/2026: T12 wedge #.", "fracture"),
    ("CT 11/01/2026: T12 # after fall.", "fracture"),
    ("Wedge # L1 on x-ray.", "fracture"),
    ("CT 11/01/2026: burst # L1.", "fracture"),
    ("Imp: unilateral rod #, likely L5/S1 non-union.", "rod_fracture"),
    ("Imp: unilateral rod fracture, clinically quiet.", "rod_fracture"),
)


@pytest.mark.parametrize(("text", "finding"), BROKEN)
def test_hash_is_a_fracture(text: str, finding: str) -> None:
    assert any(fact.startswith("imaging.") and fact.endswith(f".findings=['{finding}']") for fact in told(text))


@pytest.mark.parametrize(
    "text", ["Rod #2 was contoured.", "Problem #1: screw", "XR 11/2026: no rod #.", "# Screw\n# Rod", "Left # 3 rod."]
)
def test_hash_is_a_number_or_denied(text: str) -> None:
    assert not any(fact.endswith((".findings=['rod_fracture']", ".findings=['screw_breakage']")) for fact in told(text))


CONCLUDED = (
    ("Imp: non-union L5/S1.", "nonunion"),
    ("Impression: pseudarthrosis L5-S1.", "nonunion"),
    ("Imp: failed fusion L5-S1.", "nonunion"),
    ("Assessment: cage subsidence L4-5.", "cage_subsidence"),
    ("Imp: recurrent disc herniation L4-5 left.", "recurrent_herniation"),
    ("Imp: recurrent HNP L5-S1.", "recurrent_herniation"),
    ("Impression: adjacent segment stenosis L3-4.", "adjacent_level_stenosis"),
    ("Assessment:\n1. Adjacent segment disease L3-4\n2. SI joint pain right", "adjacent_level_degeneration"),
    ("A/P: symptomatic L5-S1 pseudarthrosis with S1 screw loosening.", "hardware_loosening"),
    ("Impression: loose S1 screws.", "hardware_loosening"),
    ("Imp: foraminal stenosis L5-S1 right.", "foraminal_stenosis"),
    ("Dx: epidural fibrosis L5.", "epidural_fibrosis"),
    ("Imp: proximal junctional kyphosis.", "junctional_kyphosis"),
)
NOT_CONCLUDED = (
    "Imp: possible non-union.",
    "Imp: ?non-union.",
    "Imp: no evidence of non-union.",
    "Imp: rule out non-union.",
    "Imp: L4-5 nonunion 2019, revised.",
    "Assessment: right L4-5 foraminal stenosis s/p foraminotomy.",
    "Assessment: nonunion L5-S1 treated with revision 2024, solid now.",
    "Preoperative diagnosis: recurrent disc herniation L4-5.\nProcedure: L4-5 microdiscectomy 11/19/2026.",
    "Plan: CT for nonunion.",
    "Imp: recurrent disc herniation excluded.",
)


@pytest.mark.parametrize(("text", "finding"), CONCLUDED)
def test_impression_names_a_finding(text: str, finding: str) -> None:
    assert f"imaging.0.findings=['{finding}']" in told(text)


@pytest.mark.parametrize("text", NOT_CONCLUDED)
def test_impression_in_doubt_or_of_then(text: str) -> None:
    assert not any(".findings=" in fact and fact.endswith("']") for fact in told(text))


NO_DANGER = (
    ("Pain comes on when he looks up.", "altered_urge"),
    ("She is dead on her feet by evening.", "sensory_deficit"),
    ("Out cold on the sofa by nine.", "syncope"),
    ("She is dead on her feet and out cold till seven.", "syncope"),
    ("Urine stream starts and stops at will.", "urinary_retention"),
    ("The strap has worn through.", "wound_status"),
    ("The brace strap is worn through.", "wound_status"),
    ("A taxi has been arranged and I will see him next week.", "suicidal_ideation"),
    ("MRI has been arranged and I will discuss the result with him.", "suicidal_ideation"),
    ("Everything has been arranged and she will come on Monday.", "suicidal_ideation"),
    ("Could not walk heel to toe.", "loss_of_walking"),
    ("Unable to walk heel-to-toe.", "loss_of_walking"),
    ("Tandem gait impossible.", "loss_of_walking"),
    ("Could not walk heel to toe.", "weakness_reported"),
    ("Can go up on toes and heels.", "babinski"),
    ("Can go up on heels and toes.", "babinski"),
    ("Up on toes normal.", "babinski"),
    ("Great toe extensor 3/5 left.", "babinski"),
    ("Great toe extensors 4/5.", "pain_topography"),
)
DANGER = (
    ("He was out cold for a minute.", "syncope"),
    ("Toes upgoing.", "babinski"),
    ("Toes are up on the left.", "babinski"),
    ("Could not walk heel to toe.", "gait_ataxia"),
    ("Unable to walk heel-to-toe.", "gait_ataxia"),
    ("Tandem gait impossible.", "gait_ataxia"),
    ("Could not walk since this morning.", "loss_of_walking"),
    ("Everything is arranged, the will is signed, he wrote his goodbyes.", "suicidal_ideation"),
    ("Stitches look pink.", "wound_status=['erythema']"),
    ("Stitches pink and itchy.", "wound_status=['erythema']"),
    ("Pink drainage from the stitches.", "wound_status=['drainage_bloody']"),
    ("Dressing stained pink.", "wound_status=['drainage_bloody']"),
    ("Left ankle jerk absent.", "reflexes=absent"),
    ("MRI 10/2026: recurrent extrusion L4-5.", "imaging.0.findings=['recurrent_herniation']"),
)


@pytest.mark.parametrize(("text", "fact"), NO_DANGER)
def test_everyday_words_are_no_danger(text: str, fact: str) -> None:
    assert not any(one.split("=")[0].startswith(fact) and " " not in one for one in told(text))


@pytest.mark.parametrize(("text", "fact"), DANGER)
def test_the_danger_itself_is_read(text: str, fact: str) -> None:
    assert fact in told(text)


THINNERS = (
    ("On LMWH until day 28.", "anticoagulant"),
    ("On Clexane 40 mg.", "anticoagulant"),
    ("Fragmin 5000 units daily.", "anticoagulant"),
    ("Tinzaparin 4500 units daily.", "anticoagulant"),
    ("On anticoagulation for AF.", "anticoagulant"),
    ("No LMWH.", "anticoagulant negated"),
    ("Not for LMWH.", "anticoagulant negated"),
    ("LMWH to be discussed with hematology.", "anticoagulant planned"),
    ("Patient may need LMWH.", "anticoagulant planned"),
    ("Anticoagulation to be discussed with cardiology.", "anticoagulant planned"),
    ("I will discuss anticoagulation with him when the result is known.", "anticoagulant planned"),
    ("May need anticoagulation.", "anticoagulant planned"),
    ("Start anticoagulation once the scan is back.", "anticoagulant planned"),
)


@pytest.mark.parametrize(("text", "fact"), THINNERS)
def test_blood_thinner_taken_or_spoken_of(text: str, fact: str) -> None:
    assert {one for one in told(text) if one.startswith("anticoagulant")} == {fact}


WEIGHTS = (
    ("He is losing 9 kg without trying.", True),
    ("Losing weight without trying.", True),
    ("84 -> 75 kg, cannot explain it.", True),
    ("Weight went from 84 to 75 kg, she cannot explain it.", True),
    ("Weight steady.", False),
    ("Weight the same as in spring.", False),
    ("Her weight is 148 pounds, the same as in spring.", False),
    ("Her weight has not changed.", False),
    ("Lost 9 kg with a diet.", False),
    ("Weight down 9 kg on semaglutide.", False),
)


@pytest.mark.parametrize(("text", "lost"), WEIGHTS)
def test_weight_lost_or_steady(text: str, lost: bool) -> None:
    assert ("unexplained_weight_loss" in told(text)) is lost


OVER = (
    ("Steppage gone, no trips.", "foot_drop historical"),
    ("Foot drop has gone.", "foot_drop historical"),
    ("Saddle numbness is gone now.", "saddle_anesthesia historical"),
    ("Fever gone since Monday.", "fever historical"),
    ("Bladder control has gone.", "new_urinary_incontinence"),
    ("The feeling has gone from the saddle.", "saddle_anesthesia"),
    ("Numb leg, feeling gone in the saddle.", "saddle_anesthesia"),
    ("Brisk knee jerks, same as in 2018.", "long_standing=['reflexes']"),
    ("Hoffmann positive. All signs recorded each year since 2021 and today exactly as they were.",
     "long_standing=['hoffmann']"),
    ("Hoffmann positive on the left. This is identical with the findings of 2021.", "long_standing=['hoffmann']"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "fact"), OVER)
def test_gone_or_as_it_was(text: str, fact: str) -> None:
    assert fact in told(text)


@pytest.mark.parametrize("text", ["Hoffmann positive. New since last visit.", "Hoffmann positive and brisk reflexes."])
def test_new_sign_is_not_old(text: str) -> None:
    assert not any(fact.startswith("long_standing") for fact in told(text))
