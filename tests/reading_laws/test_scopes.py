"""Advice, fear, answers to a list and what is over: the sign stands there and is not one of now."""

from __future__ import annotations

import pytest
from reading_laws.sentences import lexicon

from spondyl.intake.note import read

HEAD = "Visit 11/20/2026. L4-5 fusion 11/02/2026.\n\n"

ADVICE = (
    "He has been told to come straight back to A&E for {}.",
    "- call neurosurgery for any new fever, {}",
    "She was reminded to report at once any {}.",
    "Please ring the ward without delay should there be {}.",
    "Advised to attend casualty for {}.",
    "Knows the warning signs ({}, weak legs), has the leaflet.",
    "Patient knows: fever, {} = ER.",
    "Instructed to go to the emergency department immediately with {} or fever.",
    "To contact us at any hour in case of {}.",
    "Family was asked to bring him in if he notices {}.",
)
ANSWERED = (
    "Fever, {}, trouble walking - no to all.",
    "{} - no.",
    "Chills, {}, sweats: none of these.",
    "Fever, unsteady walk, {} - no, no, no.",
)
TRUE = (
    "He came straight back to A&E for {}.",
    "She called neurosurgery for {}.",
    "Attended casualty with {}.",
    "Patient reports {} = new since Tuesday.",
    "He rang the ward because of {}.",
    "I told her to come in for this {} today.",
    "He wanted to come in for {}.",
    "Return of leg pain; {} since Wednesday.",
    "Return visit: {} since Tuesday.",
    "Return visit for {}.",
    "Call 11/18: {} since Tuesday.",
    "Phone call re {}.",
    "Call re: {} since Tuesday.",
    "Call about {}.",
    "Called earlier with {}.",
    "Came in earlier for {}.",
    "{} since noon, sent -> ED.",
    "Red flags: has {}.",
    "She has red flag symptoms: {}.",
    "Red flags reviewed: positive for {}.",
    "Should be seen today for {}.",
    "Told to attend A&E for an urgent MRI because of {}.",
    "Told to attend casualty for urgent scan, {} since noon.",
    "Afraid of falling, {} since Tuesday.",
)
SIGNS = (("saddle numbness", "saddle_anesthesia"), ("urinary retention", "urinary_retention"))


def said(text, fact):
    return {one.assertion for one in read(HEAD + text, "n", lexicon()).facts if one.fact == fact}


@pytest.mark.parametrize("frame", ADVICE)
def test_advice_is_supposed(frame):
    for words, fact in SIGNS:
        assert said(frame.format(words), fact) == {"hypothetical"}


@pytest.mark.parametrize("frame", ANSWERED)
def test_one_answer_denies_the_list(frame):
    for words, fact in SIGNS:
        assert said(frame.format(words.capitalize() if frame[0] == "{" else words), fact) == {"negated"}


@pytest.mark.parametrize("frame", TRUE)
def test_what_brought_somebody_in_is_there(frame):
    for words, fact in SIGNS:
        assert "present" in said(frame.format(words), fact)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("She is scared of losing the feeling in the saddle.", "saddle_anesthesia"),
        ("He fears the leg will get weak.", "weakness_reported"),
        ("Terrified of losing control of her bowels.", "bowel_incontinence"),
    ],
)
def test_a_fear_is_no_sign(text, fact):
    assert "present" not in said(text, fact)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Weak in the leg before the 2018 operation; strength came back and normal since.", "weakness_reported"),
        ("I had a cold last month, fever of 101 for two days, that's long gone.", "fever"),
        ("After it he was unable to void and was drained. He has passed urine normally since.", "urinary_retention"),
        ("In 2019 she thought about ending her life. She has had no such thoughts since 2020.", "suicidal_ideation"),
    ],
)  # fmt: skip
def test_what_is_over_is_not_present(text, fact):
    assert "present" not in said(text, fact)
    assert said(text, fact) != set()


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("He was unable to void last night and is unable to void again today.", "urinary_retention"),
        ("Was normal since the operation until yesterday, when saddle numbness began.", "saddle_anesthesia"),
        ("Passed urine normally after the operation. Since this morning unable to void.", "urinary_retention"),
    ],
)
def test_what_came_back_is_present(text, fact):
    assert "present" in said(text, fact)


@pytest.mark.parametrize(
    "text",
    [
        "In retention and has never been normal since the operation.",
        "In retention, and has not been well since surgery.",
        "In retention, saddle feeling gone since the operation.",
        "In retention; the pain came back and has been bad since.",
        "Fever [ ]  Urinary retention [x]",
        "Fever ( )  Urinary retention (x)",
    ],
)
def test_what_is_not_over_stays(text):
    assert "present" in said(text, "urinary_retention")


def test_signs_called_leftovers_are_old():
    text = "Reflexes brisk, Hoffmann present on the right. These are leftovers, documented in identical terms in 2022."
    facts = [one for one in read(HEAD + text, "n", lexicon()).facts if one.fact == "long_standing"]
    assert {value for one in facts for value in one.value} >= {"reflexes", "hoffmann"}


def test_an_examination_that_was_normal_before_makes_nothing_old():
    text = "EHL left 1/5. At discharge all of this was documented 5/5."
    assert not [one for one in read(HEAD + text, "n", lexicon()).facts if one.fact.endswith("old_unchanged")]


def test_a_task_done_without_difficulty_is_no_clumsiness():
    assert said("She does up buttons without difficulty.", "hand_clumsiness") == {"negated"}


FORM = """REVIEW OF SYSTEMS{legend}
[ ] Fever   [x] Balance trouble   [ ] Saddle numbness
Tobacco: ( ) never  ( ) former  (x) current
Clonus: ( ) pos  (x) neg            Hoffmann: (x) pos  ( ) neg
"""


def test_empty_boxes_are_open_unless_the_form_says_no():
    assert said(FORM.format(legend=""), "saddle_anesthesia") == {"uncertain"}
    assert said(FORM.format(legend=" (unchecked = denied)"), "saddle_anesthesia") == {"negated"}


def test_answers_not_chosen_say_nothing():
    text = FORM.format(legend="")
    assert said(text, "clonus") == {"negated"}
    assert said(text, "hoffmann") == {"present"}
    told = {one.value for one in read(text, "n", lexicon()).facts if one.fact == "nicotine_status"}
    assert told == {"current"}


@pytest.mark.parametrize(
    "text",
    [
        "Biofeedback not tried.",
        "Chiropractic not authorized.",
        "CBT has been requested, not started.",
        "MRI of the lumbar spine to be done tomorrow.",
        "Ultrasound follow-up advised.",
        "CT angiogram could be obtained if there are symptoms.",
        "Recommend: repeat lumbar MRI if not yet done.",
    ],
)
def test_what_is_only_asked_for_was_not_had(text):
    facts = read(HEAD + text, "n", lexicon()).facts
    had = [one for one in facts if one.fact.endswith((".type", ".modality")) and one.assertion == "present"]
    assert had == []


def test_a_denial_between_two_words_of_a_sign_denies_it():
    assert "present" not in said("His hands are not clumsy.", "hand_clumsiness")


def test_the_medicine_of_a_husband_is_not_taken_by_the_patient():
    assert "present" not in said("Husband takes warfarin.", "anticoagulant")
    assert said("Her husband says she takes warfarin.", "anticoagulant") == {"present"}


def test_since_then_takes_the_day_of_the_sentence_before():
    def old(text):
        facts = read(HEAD + text, "n", lexicon()).facts
        return any(one.fact == "long_standing" and one.value == ["urinary_retention"] for one in facts)

    assert old("Cauda equina in 2011. In retention since then.")
    assert not old("Operation on 11/18. In retention since then.")


def test_a_day_that_does_not_exist_is_read_as_none():
    for text in ("52F, L5-S1 fusion 2024-02-31. Back pain 7/10.", "Fusion 02/31/2024, weak leg before the operation."):
        dates = [one.value for one in read(text, "n", lexicon()).facts if one.fact.endswith(".date")]
        assert not [day for day in dates if str(day).endswith("-31")]


def test_text_carried_forward_has_the_day_it_was_written():
    text = (
        'HEAD\n\n[HPI carried forward from 03/14/2024] "Admitted with saddle numbness."\n\nTODAY: weakness of the leg.'
    )
    facts = read(HEAD + text, "n", lexicon()).facts
    assert {one.on for one in facts if one.fact == "saddle_anesthesia"} == {"2024-03-14"}
    assert {one.on for one in facts if one.fact == "weakness_reported"} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "Return/ED: fever, numbness in the saddle.",
        "Next control in one year or earlier with saddle numbness.",
        "ROS neg fever/saddle numbness.",
    ],
)
def test_short_forms_of_advice_and_denial(text):
    assert "present" not in said(text, "saddle_anesthesia")
    assert said(text, "saddle_anesthesia") != set()


def test_an_event_of_long_ago_that_did_not_come_back_is_past():
    text = "In June he had chest tightness, all normal at the hospital, and has not had another."
    assert said(text, "chest_pain_acute") == {"historical"}


def test_nothing_new_in_sexual_function():
    assert "present" not in said("No change in sexual sensation.", "sexual_dysfunction_new")


def test_a_label_with_its_value_ends_at_the_empty_line():
    text = "Dear Doctor\n\nPatient: Colette V\nSurgery: L4-S1 fusion\n\nHer left calf is swollen."
    told = {one.assertion for one in read(text, "n", lexicon()).facts if one.fact == "unilateral_calf_swelling"}
    assert told == {"present"}


def test_tablets_put_by_are_a_plan():
    text = "She has been putting two or three of her morphine by each week and has enough now."
    assert said(text, "suicidal_plan") == {"present"}
    assert said("She puts her tablets away in the drawer.", "suicidal_plan") == set()
