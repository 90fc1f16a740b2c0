"""Days that a note names: when smoking stopped, the last steroid, EMG, nerve examination, wound, visits; and motion on
films, reactions to medicines, low-dose aspirin. Each is there, denied, long ago, planned, or of somebody else."""

from __future__ import annotations

from typing import Any

import pytest

from spondyl.intake.note import Lexicon, read


def _facts(lexicon: Lexicon, said: str) -> list[tuple[str, Any, str]]:
    facts = read(f"Clinic note 11/20/2026. {said}", "n.txt", lexicon).facts
    return [(one.fact, one.value, one.assertion) for one in facts]


def _value(lexicon: Lexicon, said: str, fact: str) -> Any:
    return next((value for name, value, how in _facts(lexicon, said) if name == fact and how == "present"), None)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Ex-smoker, quit 2019.", "2019"),
        ("She stopped smoking 8 weeks ago.", "2026-09-25"),
        ("Nicotine-free since 05/2026.", "2026-05"),
        ("Has not smoked since March 2024.", "2024-03"),
        ("Last cigarette on 10/03/2026.", "2026-10-03"),
        ("Gave up cigarettes in 2011.", "2011"),
        ("Wants to quit smoking in January 2027.", None),
        ("Advised to stop smoking 2 weeks ago.", None),
        ("Her husband quit smoking in 2020.", None),
        ("Quit smoking in 2020 but started again.", None),
        ("Smokes a pack a day.", None),
        ("He quit his job in 2021.", None),
    ],
)
def test_the_day_smoking_stopped(lexicon: Lexicon, said: str, day: str | None) -> None:
    assert _value(lexicon, said, "nicotine_quit_on") == day


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Wants to quit smoking.", "current"),
        ("Smoke-free for 3 months.", "former"),
        ("Trying to stop smoking.", "current"),
        ("Has not smoked since March.", "former"),
    ],
)
def test_who_wants_to_stop_still_smokes(lexicon: Lexicon, said: str, status: str) -> None:
    assert _value(lexicon, said, "nicotine_status") == status


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("ESI 9/12/2026, little help.", "2026-09-12"),
        ("Epidural steroid injection 3 weeks ago.", "2026-10-30"),
        ("Cortisone shot in the knee on 11/02/2026.", "2026-11-02"),
        ("ESI 3/2026. SI joint injection with steroid 7/2026.", "2026-07"),
        ("Facet injection with lidocaine 7/2026.", None),
        ("ESI is planned for 12/12/2026.", None),
        ("Her mother had a cortisone shot on 11/02/2026.", None),
        ("Never had a steroid injection.", None),
    ],
)
def test_the_last_steroid(lexicon: Lexicon, said: str, day: str | None) -> None:
    assert _value(lexicon, said, "last_steroid_injection_on") == day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("EMG 03/04/2026 showed chronic L5 denervation.", "2026-03-04"),
        ("EMG in March 2026: normal.", "2026-03"),
        ("EMG is planned.", None),
        ("No EMG so far.", None),
    ],
)
def test_the_day_of_the_emg(lexicon: Lexicon, said: str, day: str | None) -> None:
    assert _value(lexicon, said, "emg_on") == day


def test_denervation_of_a_muscle_is_no_treatment(lexicon: Lexicon) -> None:
    assert _value(lexicon, "EMG 03/04/2026 showed chronic L5 denervation.", "prior_treatments.0.type") is None
    assert _value(lexicon, "Facet denervation 2024 without relief.", "prior_treatments.0.type") == "rfa"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Neurological examination on 09/14/2026 was normal.", "2026-09-14"),
        ("Nerves tested 2 weeks ago by the registrar.", "2026-11-06"),
        ("Exam: power 5/5, sensation intact, reflexes 2+ symmetric.", "2026-11-20"),
        ("Exam: power 5/5, reflexes 2+ symmetric.", None),
        ("Neurological examination deferred.", None),
        ("Neurological examination planned for 12/01/2026.", None),
    ],
)
def test_the_last_nerve_examination(lexicon: Lexicon, said: str, day: str | None) -> None:
    assert _value(lexicon, said, "neuro_exam_on") == day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Wound leaking pus since Tuesday.", "2026-11-17"),
        ("Wound red for 3 days.", "2026-11-17"),
        ("The incision opened up 2 days ago.", "2026-11-18"),
        ("No wound drainage since Tuesday.", None),
        ("Wound well healed since May.", None),
        ("Return if the wound is red for 3 days.", None),
    ],
)
def test_since_when_the_wound_has_changed(lexicon: Lexicon, said: str, day: str | None) -> None:
    assert _value(lexicon, said, "wound_red_flag_since") == day


@pytest.mark.parametrize(
    ("said", "visits"),
    [
        ("Seen in the ED on 11/02/2026, nerves tested, normal.", [("2026-11-02", "emergency", True)]),
        ("Last seen 06/03/2026.", [("2026-06-03", "clinic", None)]),
        ("Phone call 10/28/2026.", [("2026-10-28", "phone", None)]),
        ("Admitted 10/01/2026 for pain.", [("2026-10-01", "inpatient", None)]),
        ("Next visit 12/20/2026.", []),
        ("Seen on MRI 11/02/2026.", []),
        ("Her sister was admitted 10/01/2026.", []),
        ("Return to clinic 12/20/2026.", []),
    ],
)  # fmt: skip
def test_visits(lexicon: Lexicon, said: str, visits: list[tuple[str, str, bool | None]]) -> None:
    told: dict[str, dict[str, Any]] = {}
    for name, value, _ in _facts(lexicon, said):
        if name.startswith("visits."):
            _, number, field = name.split(".")
            told.setdefault(number, {})[field] = value
    assert [(one["on"], one["kind"], one.get("neuro_examined")) for one in told.values()] == visits


@pytest.mark.parametrize(
    ("said", "mm", "degrees"),
    [
        ("Flexion-extension films 10/2026: 4 mm translation at L4-5.", 4, None),
        ("Flexion extension x-rays: slip of 6 mm in flexion, 2 mm in extension, 12 degrees of angulation.", 4, 12),
        ("Dynamic x-rays: motion of 3.5 mm.", 3.5, None),
        ("Flexion-extension views without instability.", None, None),
        ("MRI: disc protrusion of 4 mm, 4 mm of translation.", None, None),
    ],
)
def test_motion_on_films(lexicon: Lexicon, said: str, mm: float | None, degrees: float | None) -> None:
    assert _value(lexicon, said, "imaging.0.measure_mm") == mm
    assert _value(lexicon, said, "imaging.0.measure_deg") == degrees


@pytest.mark.parametrize(
    ("said", "reactions"),
    [
        ("Allergies: penicillin (rash), codeine - nausea, sulfa.", ["rash", "nausea", None]),
        ("Allergic to morphine (anaphylaxis).", ["anaphylaxis"]),
        ("Allergies: latex: hives; lisinopril causes lip swelling.", ["rash", "angioedema"]),
        ("Allergies: codeine (itching), aspirin (unknown).", ["other", "unknown"]),
    ],
)
def test_reactions(lexicon: Lexicon, said: str, reactions: list[str | None]) -> None:
    told = {name: value for name, value, _ in _facts(lexicon, said)}
    assert [told.get(f"allergies.{n}.reaction") for n in range(len(reactions))] == reactions


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ("Takes low-dose aspirin.", ["present"]),
        ("On baby aspirin since the stent.", ["present"]),
        ("Not on low-dose aspirin.", ["negated"]),
        ("Her father takes baby aspirin.", []),
        ("Low-dose aspirin was stopped last year.", []),
        ("Takes aspirin 325 mg for pain.", []),
    ],
)
def test_low_dose_aspirin(lexicon: Lexicon, said: str, how: list[str]) -> None:
    assert [told for name, _, told in _facts(lexicon, said) if name == "aspirin_low_dose"] == how
