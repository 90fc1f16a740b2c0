"""Short forms of an examination, of studies and of operations: sides behind grades, reflexes, vital signs in a line,
studies that were not done, papers of somebody else, drains, and what is planned with a day."""

from __future__ import annotations

import pytest

from spondyl.intake.inputs import Input, read_inputs
from spondyl.knowledge import load

_HEAD = "Visit 11/20/2026.\n\n"


def _told(text: str) -> set[str]:
    case = read_inputs([Input("note.txt", (_HEAD + text).encode())], load(), "2026-11-22")
    return {
        f"{fact.fact}={fact.value}" + ("" if fact.assertion == "present" else f" {fact.assertion}")
        for fact in case.facts
    }


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Exam: quads 4/5 bil, TA 4-/5 B.", ["motor_deficit.0.side=both", "motor_deficit.1.side=both"]),
        ("Exam: grip 4/5 B/L.", ["motor_deficit.0.side=both"]),
        ("Exam: dec LT R C6.", ["sensory_deficit.0.side=R"]),
        ("Exam: knee jerks missing on both sides.", ["reflexes=absent"]),
        ("Exam: AJ absent, KJ 2+.", ["reflexes=absent"]),
        ("Exam: could not elicit the left ankle jerk.", ["reflexes=absent"]),
        ("Exam: DTR patellar 2+, Achilles 2+ B.", ["reflexes=normal"]),
        ("Exam: the plantar responses are flexor.", ["babinski=True negated"]),
        ("Exam: SLR does not trouble her.", ["slr=True negated"]),
        ("Exam: straight leg raising on the right at 40 degrees reproduces the calf pain.", ["slr=True"]),
        ("Exam: Spurling to the left brings on his arm pain.", ["spurling=True"]),
        ("Exam: hip IR full & painless B.", ["hip_irom_pain=True negated"]),
        ("Exam: calves soft, nontender.", ["unilateral_calf_swelling=True negated"]),
        ("Exam: ABPI 0.98.", ["abi=0.98"]),
        ("Post-void scan 320.", ["pvr_ml=320"]),
        ("VS 38.4 / 118 / 104/60 / RR 24 / 93% RA", ["fast_heart=True", "respiratory_rate=24", "oxygen_saturation=93"]),
        ("Obs: HR 80, 96% on 2L.", ["oxygen_saturation=96"]),
        ("Today afebrile 36.8.", ["temp_c=36.8", "fever=True negated"]),
        ("Exam: 5 feet 9, 190 pounds.", ["weight_kg=86.2"]),
        ("CT L-spine w contrast tonight: 4 cm collection.", ["imaging.0.modality=ct", "imaging.0.contrast=with"]),
        ("MRI lumbar STAT: severe stenosis L3-4.", ["imaging.0.modality=mri", "imaging.0.region=lumbar"]),
        ("MRI lumbar STAT: r/o abscess.", ["imaging.0.modality=mri planned"]),
        ("XR before d/c.", ["imaging.0.modality=radiograph planned"]),
        ("CT, lumbar: solid fusion.", ["imaging.0.region=lumbar"]),
        ("MRI L/S 8/2026 w/wo: interbody graft incorporated.", ["imaging.0.findings=['bridging_bone']"]),
        ("MRI C-spine 8/5/2026: disc C6-7 indents the cord.", ["imaging.0.findings=['cord_compression']"]),
        ("Tentatively down for C5-6 disc replacement 4/2.", ["surgeries.0.status=planned planned"]),
        ("ALIF 2/2019 with bone taken from the left iliac crest; no metal was used.",
         ["surgeries.0.graft_site=iliac_crest_left", "surgeries.0.instrumented=True negated"]),
        ("L4-5 fusion 5/2019 for the slip.", ["surgeries.0.indication=spondylolisthesis"]),
        ("S/p C3-7 laminectomy 11/16/2026. The drain came out on 11/18/2026.",
         ["surgeries.0.drain_removed_on=2026-11-18"]),
        ("L5-S1 microdiscectomy, right (May 2022).", ["surgeries.0.side=R"]),
        ("SCS implanted 3/2024; explanted 2/2025 for infection.", ["surgeries.1.procedure=['implant_removal']"]),
        ("L4-5 microdiscectomy in 3/2018 and a redo of the same in 6/2019.", ["surgeries.1.procedure=['discectomy']"]),
        ("2011 lami L4-5, 2014 fusion L4-S1.", ["surgeries.0.date=2011", "surgeries.1.date=2014"]),
        ("Lami L4-5 2011, fusion L4-S1 2014.", ["surgeries.0.date=2011", "surgeries.1.date=2014"]),
        ("3/2/2018. Right L5-S1 microdiscectomy, Dr. A.", ["surgeries.0.date=2018-03-02"]),
        ("Fused at L4-5 in 2003. She had very good relief of her leg pain.", ["surgeries.0.relief=good"]),
        ("CT 9/1/2026: L5-S1 is not fused and the S1 screws are loose.",
         ["imaging.0.findings=['nonunion']", "imaging.0.findings=['hardware_loosening']"]),
        ("Flex ext films 9/1/2026: 4 mm of motion.", ["imaging.0.modality=flexion_extension_radiograph"]),
        ("Waiting on MRI.", ["imaging.0.modality=mri planned"]),
        ("H/o L3-4 PLIF 2011. S/p L4-5 TLIF for stenosis 11/16. No pain. A durotomy was repaired.",
         ["surgeries.1.durotomy=True", "surgeries.1.date=2026-11-16"]),
    ],
)  # fmt: skip
def test_it_is_read(text: str, facts: list[str]) -> None:
    told = _told(text)
    for fact in facts:
        assert fact in told, (fact, sorted(told))


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("MRI: has a pacemaker, not done.", "imaging."),
        ("MRI: cannot, cochlear implant.", "imaging."),
        ("A letter of 8/2/2021 about a neck fusion relates to another patient.", "surgeries."),
        ("The op note for an L3-4 laminectomy belongs to a different individual.", "surgeries."),
        ("MRI 8/5/2026: good decompression at L4-5.", "surgeries."),
        ("S/p L4-5 TLIF 11/16/2026. Drain to be pulled 11/21/2026.", "surgeries.0.drain"),
        ("A rent was made in the dura with egress of clear fluid.", "wound_status"),
        ("Left foot numb on the bottom since the last operation.", "saddle_anesthesia"),
        ("Exam: ankle jerks not absent.", "reflexes=absent"),
        ("Grip 4/5, B12 normal.", "motor_deficit.0.side"),
        ("Afebrile 36 hours.", "temp_c"),
        ("MRI could not be done, too large for the scanner.", "imaging."),
        ("Exam: reflexes 2+ knees, 0 ankles.", "reflexes=normal"),
        ("Exam: rectal tone weak, squeeze poor.", "motor_deficit"),
        ("He was advised that he might get an infection, of paralysis, of a CSF leak.", "csf_leak_history=True"),
        ("Exam: calves soft but the left is 3 cm bigger.", "unilateral_calf_swelling=True negated"),
    ],
)
def test_it_is_not_said(text: str, beginning: str) -> None:
    assert not [fact for fact in _told(text) if fact.startswith(beginning) and "hypothetical" not in fact]
