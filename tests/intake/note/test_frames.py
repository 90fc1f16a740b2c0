"""Sentences in many words: what they state, and look-alikes that must raise no alarm."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from spondyl.intake.note import Lexicon, compile_lexicon, read
from spondyl.knowledge.source import plain, read_bytes

FILE = Path(__file__).with_name("sentences.yaml")
HEAD = "Clinic note 11/20/2026. "
ALARMS = frozenset(
    (
        "saddle_anesthesia urinary_retention new_urinary_incontinence bowel_incontinence anal_tone_reduced altered_urge"
        " sexual_dysfunction_new weakness_reported bilateral_leg_weakness weakness_progressing loss_of_walking"
        " hand_clumsiness gait_ataxia lhermitte spasticity fever chills night_sweats orthostatic_headache trauma_recent"
        " low_energy_fall new_focal_pain unexplained_weight_loss unilateral_calf_swelling dyspnea_acute"
        " chest_pain_acute chest_pain_pleuritic hemoptysis airway_sign swallowing_trouble sudden_tearing_pain"
        " pulsatile_mass cold_pulseless_limb suicidal_ideation suicidal_plan sedation unarousable pinpoint_pupils"
        " opioid_withdrawal_signs cancer_history bladder_change_unspecified poor_stream foot_drop pump_withdrawal"
        " bilateral_leg_symptoms wound_status"
    ).split()
)


def _sentences() -> dict[str, Any]:
    document = read_bytes(FILE.read_bytes(), FILE.name)
    assert not document.problems
    assert document.root is not None
    found: dict[str, Any] = plain(document.root)
    return found


SENTENCES = _sentences()
SAID = [(fact, said) for fact, sentences in SENTENCES["says"].items() for said in sentences]


@pytest.mark.parametrize(("wanted", "said"), SAID, ids=[f"{fact}: {said}" for fact, said in SAID])
def test_a_sentence_says_its_fact(lexicon: Lexicon, wanted: str, said: str) -> None:
    fact, _, member = wanted.partition("=")
    facts = [one for one in read(HEAD + said, "n.txt", lexicon).facts if one.assertion == "present"]
    values = [one.value for one in facts if one.fact == fact]
    if fact == "urinary_retention":  # a high residual volume says it in a number
        values += [one.value for one in facts if one.fact == "pvr_ml"]
    assert any(member in value if isinstance(value, list) else True for value in values), [one.fact for one in facts]


@pytest.mark.parametrize("said", SENTENCES["benign"])
def test_a_look_alike_raises_no_alarm(lexicon: Lexicon, said: str) -> None:
    facts = read(HEAD + said, "n.txt", lexicon).facts
    old = {
        member for one in facts if one.fact == "long_standing" and isinstance(one.value, list) for member in one.value
    }
    raised = [
        (one.fact, one.value, one.source.text)
        for one in facts
        if one.fact in ALARMS and one.assertion == "present" and one.fact not in old and one.value != ["healed"]
    ]
    assert raised == []


def _with_frames(*frames: dict[str, Any]) -> Lexicon:
    facts = [{"fact": name, "type": "truth"} for name in ("urinary_retention", "saddle_anesthesia")]
    classes = {
        "bladder": {"void": ["pass water|urine", "urinate"]},
        "ability": {"cannot": "cannot|unable to|could not", "can": "can|could"},
        "place": {"foot": "foot"},
    }
    return Lexicon.from_plain(compile_lexicon(facts, {"frames": {"classes": classes, "frames": list(frames)}}))


CANNOT_VOID = {
    "frame": "cannot_void",
    "facts": {"urinary_retention": True},
    "all": ["void", "cannot"],
    "none": ["foot"],
    "within": 4,
}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("He cannot pass his water.", "cannot pass his water"),
        ("Urinate he says he could not.", "Urinate he says he could not"),
        ("He can pass water.", None),
        ("He cannot, foot and all, pass water.", None),
        ("He cannot walk but can urinate.", None),
        ("He cannot see his wife or children or dogs or pass water.", None),
        ("He cannot walk. Pass water into this cup.", None),
    ],
)
def test_a_frame_needs_its_slots_near_each_other_in_one_clause(said: str, found: str | None) -> None:
    facts = read(said, "n.txt", _with_frames(CANNOT_VOID)).facts
    assert [one.source.text for one in facts if one.fact == "urinary_retention"] == ([found] if found else [])


def test_the_longer_word_of_a_family_wins() -> None:
    frame = {"frame": "voids", "facts": {"urinary_retention": True}, "denies": True, "all": ["void", "can"]}
    facts = read("Could not urinate.", "n.txt", _with_frames(CANNOT_VOID, frame)).facts
    assert [(one.fact, one.assertion) for one in facts] == [("urinary_retention", "present")]
