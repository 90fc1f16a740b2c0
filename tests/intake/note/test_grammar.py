"""Dates of headings, weekdays, spoken levels, lists of tests, regions and levels of studies, and where denials end."""

from __future__ import annotations

import time
from typing import Any

import pytest

from spondyl.intake.note import Lexicon, read
from spondyl.intake.note.words import mended, shortened


def _facts(lexicon: Lexicon, note: str) -> dict[tuple[str, str], Any]:
    return {(one.fact, one.assertion): one.value for one in read(note, "n.txt", lexicon).facts}


@pytest.mark.parametrize(
    ("note", "day"),
    [
        ("Phone call, 11/19/2026\n54F L4-5 fusion 2 weeks ago.", "2026-11-19"),
        ("Letter dictated 3 Nov 2026\nDear Dr Smith, L4-5 fusion.", "2026-11-03"),
        ("Thank you for seeing her. Date of visit: 11/03/2026.", "2026-11-03"),
        ("Home care visit, district nurse, 20.11.26\nWound dry.", "2026-11-20"),
        ("Seen 13/11/2026. Fusion 05/03/2024.", "2026-11-13"),
    ],
)
def test_the_day_of_a_note(lexicon: Lexicon, note: str, day: str) -> None:
    assert read(note, "n.txt", lexicon).written_on == day


@pytest.mark.parametrize(
    ("note", "day"),
    [
        ("Clinic 13/11/2026. L4-5 fusion 05/03/2024.", "2024-03-05"),  # the first date proves the order
        ("Clinic 11/13/2026. L4-5 fusion 05/03/2024.", "2024-05-03"),
        ("Clinic 05/11/2026, GP and physio aware. L4-5 fusion 05/03/2024.", "2024-03-05"),  # words of British wards
        ("Clinic 11/05/2026. L4-5 fusion 05/03/2024.", "2024-05-03"),
    ],
)
def test_day_or_month_first(lexicon: Lexicon, note: str, day: str) -> None:
    assert _facts(lexicon, note)["surgeries.0.date", "present"] == day


def test_a_weekday_counts_back_from_the_note(lexicon: Lexicon) -> None:
    facts = _facts(lexicon, "11/19/2026. Both legs hurt since Monday. EHL 2/5 left since last Friday.")
    assert facts["bilateral_onset_weeks", "present"] == 0.4
    assert facts["motor_deficit.0.onset_days", "present"] == 6


def test_levels_as_they_are_spoken(lexicon: Lexicon) -> None:
    facts = _facts(lexicon, "Fusion L four L five in 2021, discectomy at lumbar five S one in 2022.")
    assert facts["surgeries.0.levels", "present"] == ["L4-L5"]
    assert facts["surgeries.1.levels", "present"] == ["L5-S1"]


def test_sacroiliac_tests_in_counts_and_lists(lexicon: Lexicon) -> None:
    assert _facts(lexicon, "SIJ provocation tests 3/5.")["sij_positive_tests", "present"] == 3
    facts = _facts(lexicon, "Positive SI joint tests: 3 of 5.")
    assert facts == {("sij_positive_tests", "present"): 3}
    facts = _facts(lexicon, "FABER, thigh thrust and compression positive on the left, Gaenslen negative.")
    assert {"fadir_faber", "sij_thigh_thrust", "sij_compression"} == {
        fact for fact, how in facts if how == "present" and fact != "side"
    }
    assert ("sij_gaenslen", "negated") in facts


@pytest.mark.parametrize(
    "note", ["She is asking whether she can take ibuprofen.", "Can I take ibuprofen?", "Is it safe to take ibuprofen?"]
)
def test_a_medicine_asked_about_is_not_taken(lexicon: Lexicon, note: str) -> None:
    assert ("nsaid_use", "present") not in _facts(lexicon, note)


def test_a_denial_reaches_no_further_than_its_words(lexicon: Lexicon) -> None:
    facts = _facts(lexicon, "MRI lumbar 10/2/2026: no high-grade stenosis.")
    assert not any(fact.endswith("findings") for fact, _ in facts)
    facts = _facts(lexicon, "Back pain, no radiation below the knee.")
    assert ("pain_pattern", "present") not in facts
    assert ("pain_topography", "negated") in facts


def test_denials_run_on_through_a_very_long_list(lexicon: Lexicon) -> None:
    list_ = ", ".join(["headache, chest pain, cough, rash, itching, nausea, vomiting, abdominal pain"] * 25)
    facts = _facts(lexicon, f"He denies {list_}, fever, saddle numbness, urinary retention, or weakness.")
    for fact in ("fever", "saddle_anesthesia", "urinary_retention", "weakness_reported"):
        assert (fact, "negated") in facts
        assert (fact, "present") not in facts


def test_findings_stand_with_their_levels(lexicon: Lexicon) -> None:
    note = "MRI lumbar 10/2/2026: severe stenosis at L3-4, solid fusion at L4-5, no stenosis at L5-S1."
    told = {
        tuple(_facts(lexicon, note)[f"imaging.{n}.levels", "present"]): [
            (one.value, one.assertion)
            for one in read(note, "n.txt", lexicon).facts
            if one.fact == f"imaging.{n}.findings"
        ]
        for n in range(3)
    }
    assert told == {
        ("L3-L4",): [(["central_stenosis"], "present")],
        ("L4-L5",): [(["bridging_bone"], "present")],
        ("L5-S1",): [(["central_stenosis"], "negated")],
    }


def test_two_regions_of_one_report_are_two_studies(lexicon: Lexicon) -> None:
    facts = _facts(lexicon, "CT of the cervical and lumbar spine 10/2/2026: C5-6 nonunion. L4-5 solid fusion.")
    assert facts["imaging.0.region", "present"] == "cervical"
    assert facts["imaging.0.findings", "present"] == ["nonunion"]
    assert facts["imaging.1.region", "present"] == "lumbar"
    assert facts["imaging.1.findings", "present"] == ["bridging_bone"]
    assert facts["imaging.1.date", "present"] == "2026-10-02"


@pytest.mark.parametrize(
    "note", ["Fever: -", "fever (-), chills +", "[-] fever", "\u00d8 fever", "fever -, cough -", "(neg) fever"]
)
def test_a_minus_answers(lexicon: Lexicon, note: str) -> None:
    facts = _facts(lexicon, note)
    assert ("fever", "negated") in facts
    assert ("fever", "present") not in facts


@pytest.mark.parametrize(
    "note",
    [
        "She has saddle anesthesia, correction, strike that, she has no saddle anesthesia.",
        "The note of August listed urinary incontinence, which was a charting error.",
        "I am terrified that one day I will pee myself and my legs won't move. Nothing like that has happened.",
        "Urinary retention and a wound infection in May 2018. Both resolved by the end of 2018.",
        "Risks I went through: infection 3%, foot drop, loss of bladder or bowel function, death.",
        "If you were to notice numbness between the legs? I would ring. Has any of it happened? No.",
    ],
)
def test_what_is_taken_back_feared_over_or_supposed_is_not_there(lexicon: Lexicon, note: str) -> None:
    facts = {fact for fact, how in _facts(lexicon, f"11/20/2026. {note}") if how == "present"}
    assert not facts & {
        "saddle_anesthesia", "urinary_retention", "new_urinary_incontinence", "bilateral_leg_weakness", "foot_drop",
        "bowel_incontinence",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("note", "fact"),
    [
        ("L dorsiflexion 2/5, same grade as recorded in 2018 and 2021.", "motor_deficit.0.old_unchanged"),
        ("Numb strip beside the anus, mapped in 2013 and again today with identical borders.", "long_standing"),
        ("Weak stream, same for 8+ yrs.", "long_standing"),
        ("Brisk reflexes, she has been told so since school.", "long_standing"),
    ],
)
def test_old_and_unchanged(lexicon: Lexicon, note: str, fact: str) -> None:
    assert (fact, "present") in _facts(lexicon, f"11/20/2026. {note}")


def test_a_slip_is_mended_and_a_word_of_its_own_is_not(lexicon: Lexicon) -> None:
    table = dict.fromkeys(["infection", *shortened("infection")], "infection")
    assert mended("infecton", table, frozenset()) == "infection"
    assert mended("infectoin", table, frozenset()) == "infection"
    assert mended("injection", table, frozenset({"injection"})) == "injection"
    facts = _facts(lexicon, "Urinary incontinance and saddle nubmness, weekness of both legs. Two injections in May.")
    for fact in ("new_urinary_incontinence", "saddle_anesthesia", "bilateral_leg_weakness"):
        assert (fact, "present") in facts


@pytest.mark.parametrize(
    ("note", "there", "not_there"),
    [
        ("66-year-old woman with fever and back pain.", ("fever", "present"), ("fever", "historical")),
        ("For the past year severe low back pain.", ("pain_regions", "present"), ("pain_regions", "historical")),
        ("Strength 5/5 in both legs.", ("motor_deficit", "present"), ("bilateral_leg_symptoms", "present")),
        ("T2 and T3 laminectomy.", ("spine_surgery_ever", "present"), ("medications.0.drug", "present")),
        ("Paraplegic since a C6-C7 fracture eight years ago.", ("long_standing", "present"), ("fever", "present")),
        ("Back pain since a fall three years ago.", ("pain_regions", "present"), ("low_energy_fall", "present")),
        (
            "For two years leg pain, and he has begun to notice weakness lifting the foot.",
            ("weakness_reported", "present"),
            ("long_standing", "present"),
        ),
        (
            "Pulses could not be palpated due to leg edema.",
            ("pulses_reduced", "uncertain"),
            ("cold_pulseless_limb", "present"),
        ),
    ],
)
def test_what_a_word_nearby_does_not_change(
    lexicon: Lexicon, note: str, there: tuple[str, str], not_there: tuple[str, str]
) -> None:
    facts = _facts(lexicon, f"11/20/2026. {note}")
    assert not_there not in facts
    assert there in facts


def test_an_unknown_medicine_ends_the_one_before(lexicon: Lexicon) -> None:
    facts = _facts(lexicon, "Meds: gabapentin 300 tid, zyxomab 40 mg weekly.")
    assert facts["medications.0.dose", "present"] == 300


@pytest.mark.slow
def test_the_cost_of_one_sentence_said_again_and_again_is_linear(lexicon: Lexicon) -> None:
    said = "MRI lumbar spine 10/2/2026: stenosis at L4-L5, no fracture at L3-4, solid fusion at L5-S1.\n"

    def seconds(times: int) -> float:
        start = time.process_time()
        read(said * times, "n.txt", lexicon)
        return time.process_time() - start

    seconds(10)
    assert seconds(4000) < 12 * seconds(1000)
