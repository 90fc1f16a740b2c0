"""What a nurse found misread in notes, with everyday variants of each and the twins that must not be read."""

from __future__ import annotations

import pytest
from reading_laws.sentences import lexicon

from spondyl.intake.note import read

HEAD = "2026-11-18\n"


def told(text: str, head: str = HEAD) -> set[str]:
    """Facts as `name=value`, without `=True`; what is not present carries its assertion."""
    facts = read(head + text + "\n", "n", lexicon()).facts
    return {
        f"{f.fact}{'' if f.value is True else f'={f.value}'}{'' if f.assertion == 'present' else f' {f.assertion}'}"
        for f in facts
    }


JOINTS = (
    "SI joint tenderness absent",
    "SI positive on left",
    "SI positive.",
    "SI + on the right, FABER neg",
    "SI maneuvers negative bilaterally",
    "Tenderness over SI: none",
    "No SI pain.",
    "Denies SI joint pain",
    "No SI or facet tenderness",
    "FABER positive, SI positive, Gaenslen negative",
    "Has SI and buttock pain",
    "Left SI positive, mood good.",
    "Bilateral SI nontender. PHQ-9 12.",
    "SI: no",
)
IDEATION = (
    "PHQ-9 18. SI present, no plan.",
    "Endorses passive SI",
    "Mood low. SI: yes",
    "SI with plan to overdose on pills.",
    "She admits to active SI without intent.",
    "Depressed, + SI",
    "Psych: SI positive",
)
NO_IDEATION = (
    "SI/HI denied",
    "Psych: no SI, no HI, no AVH",
    "Denies SI.",
    "PHQ-9 14, SI negative",
    "Mood low. SI: denied",
    "Psych:\nSI: none\nHI: none",
    "Mood stable, no SI.",
    "No SI/HI",
)


@pytest.mark.parametrize("text", JOINTS)
def test_sacroiliac_joint_is_no_wish_to_die(text: str) -> None:
    assert not any(fact.startswith("suicid") for fact in told(text))


@pytest.mark.parametrize("text", IDEATION)
def test_suicidal_ideation_among_words_of_the_mind(text: str) -> None:
    assert "suicidal_ideation" in told(text)


@pytest.mark.parametrize("text", NO_IDEATION)
def test_suicidal_ideation_denied_among_words_of_the_mind(text: str) -> None:
    facts = told(text)
    assert "suicidal_ideation negated" in facts
    assert "suicidal_ideation" not in facts


NO_ALLERGY = (
    ("No allergies to contrast, lidocaine or steroid", ("contrast", "lidocaine")),
    ("Not allergic to contrast or latex.", ("contrast", "latex")),
    ("No known allergy to iodine, shellfish or latex", ("iodine", "latex")),
    ("Denies allergies to contrast dye, lidocaine or corticosteroids.", ("contrast", "lidocaine")),
    ("Denies any allergy to lidocaine", ("lidocaine",)),
    ("Allergies: no contrast, latex or lidocaine allergy", ("contrast", "latex", "lidocaine")),
    ("Allergies: none to contrast or steroids", ("contrast",)),
    ("Never had allergic reactions to lidocaine or contrast.", ("contrast", "lidocaine")),
)
ALLERGIC = (
    ("Allergies: penicillin (rash); no latex allergy", "penicillin"),
    ("Allergic to penicillin, not to latex", "penicillin"),
    ("No allergies other than penicillin", "penicillin"),
    ("No allergies except to codeine.", "codeine"),
    ("NKDA except codeine (nausea)", "codeine"),
    ("No allergy to contrast, codeine causes nausea", "codeine"),
    ("No known allergies but had hives with morphine", "morphine"),
    ("Allergy to IV contrast: hives", "contrast"),
)


@pytest.mark.parametrize(("text", "substances"), NO_ALLERGY)
def test_allergy_to_what_is_denied(text: str, substances: tuple[str, ...]) -> None:
    facts = told(text)
    named = {fact.split("=")[1] for fact in facts if fact.startswith("allergies.")}
    assert named >= {f"{substance} negated" for substance in substances}
    assert all(one.endswith(" negated") for one in named)
    assert "allergies=[]" not in facts
    assert ("contrast_allergy negated" in facts) == ("contrast" in substances)


@pytest.mark.parametrize(("text", "substance"), ALLERGIC)
def test_allergy_that_is_there_beside_one_denied(text: str, substance: str) -> None:
    facts = told(text)
    present = {fact.split("=")[1] for fact in facts if ".substance=" in fact and not fact.endswith(" negated")}
    assert present == {substance}
    assert "allergies=[]" not in facts


def test_no_allergies_at_all() -> None:
    assert "allergies=[]" in told("NKDA")
    assert "allergies=[]" in told("Allergies: none")


NOT_TAKEN = (
    ("Not taking any blood thinners or aspirin", {"anticoagulant negated", "medications.0.drug=aspirin negated"}),
    ("Not taking any blood thinners, aspirin or NSAIDs", {"anticoagulant negated", "nsaid_use negated"}),
    ("She is not taking any anticoagulants or antiplatelets.", {"anticoagulant negated", "antiplatelet negated"}),
    ("He takes no aspirin or blood thinners.", {"anticoagulant negated", "medications.0.drug=aspirin negated"}),
    ("Is not on aspirin or Plavix.", {"antiplatelet negated", "medications.1.drug=clopidogrel negated"}),
    ("Patient is not taking Eliquis, Xarelto or warfarin.", {"anticoagulant negated"}),
    ("Not currently taking gabapentin or duloxetine.", {"medications.1.drug=duloxetine negated"}),
    ("Does not take aspirin, Plavix or fish oil.", {"antiplatelet negated"}),
    ("Cannot take NSAIDs due to ulcer.", {"nsaid_use negated"}),
)
TAKEN = (
    ("Not taking blood thinners but takes aspirin 81 mg daily.", "medications.0.drug=aspirin"),
    ("Not taking gabapentin, aspirin 81 mg daily.", "medications.1.drug=aspirin"),
    ("Not taking her Eliquis as prescribed.", "anticoagulant"),
    ("Not taking blood thinners for 5 days before surgery.", "anticoagulant"),
    ("Is not taking opioids, takes gabapentin 300 mg tid", "medications.0.drug=gabapentin"),
    ("Not taking gabapentin, leg weakness.", "weakness_reported"),
)


@pytest.mark.parametrize(("text", "denied"), NOT_TAKEN)
def test_every_name_of_a_list_that_is_not_taken(text: str, denied: set[str]) -> None:
    facts = told(text)
    assert facts >= denied
    assert not any(
        fact in ("anticoagulant", "antiplatelet", "nsaid_use")
        or (fact.startswith("medications.") and ".drug=" in fact and not fact.endswith("negated"))
        for fact in facts
    )


@pytest.mark.parametrize(("text", "taken"), TAKEN)
def test_what_is_taken_beside_what_is_not(text: str, taken: str) -> None:
    assert taken in told(text)


def test_advice_not_to_take_is_no_use() -> None:
    assert "nsaid_use" not in told("Told not to take NSAIDs or aspirin.")


RELIEF = (
    ("ESI 5/2025 with <50% relief", {"low": 0, "high": 49}),
    ("ESI 5/2025 with less than 50% relief", {"low": 0, "high": 49}),
    ("ESI 5/2025 relief < 30%", {"low": 0, "high": 29}),
    ("ESI 5/2025 with at most 50% relief", {"low": 0, "high": 50}),
    ("ESI 5/2025 with 50% relief", 50),
)
DAYS = (
    ("fusion L4-5 March 2024", "2024-03"),
    ("Laminectomy L3-5 Jan 2021", "2021-01"),
    ("ACDF C5-6 June 2023", "2023-06"),
    ("Fusion T10-12 Feb 2023", "2023-02"),
    ("Fusion L4 - 5 March 2024", "2024-03"),
    ("L4-5 fusion on 5 March 2024", "2024-03-05"),
    ("Fusion L4-5 5 March 2024", "2024-03-05"),
)
SCORES = (
    ("Pain 6/10 back 7/10 leg", {"nrs_back=6", "nrs_leg=7"}),
    ("6/10 low back, 7/10 left leg", {"nrs_back=6", "nrs_leg=7"}),
    ("Pain 4/10 neck 5/10 arm", {"nrs_neck=4", "nrs_arm=5"}),
    ("Pain 5/10 leg 2/10 back", {"nrs_leg=5", "nrs_back=2"}),
    ("Pain 6/10 in the back, 3/10 in the legs", {"nrs_back=6", "nrs_leg=3"}),
    ("Pain: back 6/10 leg 7/10", {"nrs_back=6", "nrs_leg=7"}),
    ("Back pain 6/10, leg pain 7/10", {"nrs_back=6", "nrs_leg=7"}),
)
PATIENTS = ("Pt 66 F with back pain.", "Pt 66M c/o leg pain", "PT 66 F", "Pt 54 yo female", "Pt. 72 M")


@pytest.mark.parametrize(("text", "percent"), RELIEF)
def test_relief_below_a_figure_is_not_the_figure(text: str, percent: object) -> None:
    assert f"prior_treatments.0.relief_pct={percent}" in told(text)


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_end_of_a_level_is_no_day_of_the_month(text: str, day: str) -> None:
    assert f"surgeries.0.date={day}" in told(text)


@pytest.mark.parametrize(("text", "scores"), SCORES)
def test_score_goes_to_its_place(text: str, scores: set[str]) -> None:
    assert {fact for fact in told(text) if fact.startswith("nrs_")} == scores


@pytest.mark.parametrize("text", PATIENTS)
def test_patient_of_an_age_is_no_therapy(text: str) -> None:
    assert not any(fact.startswith("prior_treatments") for fact in told(text))


def test_weeks_of_therapy_are_therapy() -> None:
    assert "prior_treatments.0.weeks_or_n=8" in told("PT x 8 weeks")


def test_relief_of_a_needle_is_no_interval_after_the_operation() -> None:
    facts = told("SIJ steroid injection 5/2025 w/ 80% relief x 4 months")
    assert "prior_treatments.0.relief_weeks=17.4" in facts
    assert not any(fact.startswith(("pain_free_interval", "postop_course")) for fact in facts)


EFFECTS_OF_THE_PAST = (
    "Flexeril made her drowsy",
    "Flexeril made him too drowsy, stopped.",
    "gabapentin caused sedation, stopped in 2025",
    "Tried gabapentin (sedation), nortriptyline (dry mouth), duloxetine (nausea).",
    "Tried: gabapentin 300 mg tid - drowsy",
    "Could not tolerate Lyrica because of drowsiness",
    "Failed baclofen (too sleepy)",
    "Did not tolerate cyclobenzaprine, drowsiness.",
    "Previously on oxycodone, made him confused and sleepy",
    "Gabapentin stopped due to sedation.",
    "Pregabalin trial 2024: no relief, sedation",
    "Tried Flexeril, drowsy.",
)
SEDATED_NOW = (
    "Norco makes her drowsy",
    "On oxycodone 20 mg q4h, now drowsy and hard to wake",
    "Taking morphine, very drowsy today",
    "Found drowsy this morning, oxycodone stopped.",
    "Oxycodone stopped, RR 8 and drowsy",
    "Gabapentin stopped yesterday, drowsy today",
    "Stopped gabapentin, she is drowsy",
    "Tried gabapentin, takes oxycodone, drowsy",
    "Drowsy. Oxycodone stopped.",
)
TRIED_WITH_HARM = (
    ("Tried gabapentin, nortriptyline, dry mouth", "tca"),
    ("Tried nortriptyline - dry mouth", "tca"),
    ("Tried duloxetine (nausea)", "snri"),
)


@pytest.mark.parametrize("text", EFFECTS_OF_THE_PAST)
def test_drowsy_from_what_was_stopped_is_not_drowsy_now(text: str) -> None:
    facts = told(text)
    assert not facts & {"sedation", "confusion_new"}
    assert any(".adverse" in fact for fact in facts)


@pytest.mark.parametrize("text", SEDATED_NOW)
def test_drowsy_now(text: str) -> None:
    assert "sedation" in told(text)


@pytest.mark.parametrize(("text", "kind"), TRIED_WITH_HARM)
def test_what_was_tried_with_harm_is_not_taken(text: str, kind: str) -> None:
    facts = told(text)
    assert any(fact.startswith("prior_treatments") and fact.endswith(f".type={kind}") for fact in facts)
    assert any(".adverse" in fact for fact in facts)
    assert not any(fact.startswith("medications.") for fact in facts)


NO_OPERATION = (
    "Seen in spine surgery clinic 10/2026: not a candidate for further surgery",
    "Seen by spine surgery 10/2026, no operation recommended",
    "Spine surgery consult 9/2026: not a surgical candidate",
    "Lumbar MRI 9/2026: no surgical target.",
    "Neurosurgery 8/2026: no surgical option",
    "Spine surgeon saw her 10/2026: not a candidate for surgery",
    "Surgeon has nothing to offer surgically.",
)
NOT_DONE = (
    ("Declined ESI", "esi"),
    ("Declines repeat ESI.", "esi"),
    ("Declined ESI or RFA", "rfa"),
    ("Patient declined RFA and SCS trial.", "scs_trial"),
    ("cleared for stimulator trial", "scs_trial"),
    ("Cleared for SCS trial by psychology 9/2026", "scs_trial"),
    ("Clearance for SCS trial obtained.", "scs_trial"),
    ("Scheduled for SIJ injection.", "sij_injection"),
    ("Wants ESI.", "esi"),
    ("ESI offered, declined", "esi"),
)
PSYCHOLOGY = (
    ("Psychological evaluation 9/18/2026: cleared/appropriate candidate", "2026-09-18"),
    ("Psychology clearance obtained 9/2026", "2026-09"),
    ("psych eval 9/2026 appropriate for SCS", "2026-09"),
    ("Psychology: screened by Dr. Lowe 10/2026, cleared", "2026-10"),
    ("Seen by psychologist Dr. Lowe 10/2026, cleared for SCS", "2026-10"),
)
SHARED = (
    "Risks, benefits and alternatives discussed, shared decision made",
    "Shared decision making: risks and benefits of ESI discussed, patient elects to proceed",
    "Risks and alternatives reviewed; shared decision to hold off surgery.",
    "Discussed risks/benefits/alternatives. Shared decision making used.",
)
NOT_SHARED = (
    "Will discuss with patient for a shared decision next visit",
    "Shared decision making not yet done",
    "Needs to make a shared decision.",
)


@pytest.mark.parametrize("text", NO_OPERATION)
def test_opinion_of_a_surgeon_is_no_operation(text: str) -> None:
    facts = told(text)
    assert not any(fact.startswith(("surgeries.", "spine_surgery_ever", "postop_course")) for fact in facts)
    assert "spine_surgery_planned negated" in facts


@pytest.mark.parametrize(("text", "kind"), NOT_DONE)
def test_what_was_declined_or_lies_ahead_was_not_had(text: str, kind: str) -> None:
    facts = told(text)
    types = {fact.split(".type=")[1] for fact in facts if ".type=" in fact}
    assert f"{kind} planned" in types
    assert kind not in types
    assert not any(fact.startswith("surgeries.") and not fact.endswith("hypothetical") for fact in facts)


@pytest.mark.parametrize(("text", "day"), PSYCHOLOGY)
def test_psychological_evaluation(text: str, day: str) -> None:
    assert told(text) >= {f"psychological_evaluation_on={day}", "psychological_evaluation_result=suitable"}


@pytest.mark.parametrize("text", SHARED)
def test_shared_decision(text: str) -> None:
    assert "shared_decision_recorded" in told(text)


@pytest.mark.parametrize("text", NOT_SHARED)
def test_shared_decision_to_come(text: str) -> None:
    assert "shared_decision_recorded" not in told(text)


def test_what_was_had_beside_what_was_declined() -> None:
    facts = told("Declined surgery, ESI 5/2025 gave 50% relief.")
    assert facts >= {"prior_treatments.0.type=esi", "prior_treatments.0.relief_pct=50"}
    assert "postop_course=never_improved" in told("No improvement after fusion")


MOTION = (
    "Flex/ex XR 10/5/2026: 5 mm translation at L4-5",
    "Flex/ext XR 10/5/2026: 5 mm translation L4-5",
    "Flexion-extension films 10/5/2026: 5 mm motion L4-5",
)


@pytest.mark.parametrize("text", ["urgency of urine, legs weak", "urinary urgency for two weeks, saddle numbness"])
def test_urgency_of_urine(text: str) -> None:
    assert "bladder_change_unspecified" in told(text)
    assert "bladder_change_unspecified" not in told("No urgency of urine")


@pytest.mark.parametrize("text", ["tandem gait impossible", "Gait: tandem impossible"])
def test_tandem_gait_is_not_walking(text: str) -> None:
    facts = told(text)
    assert "gait_ataxia" in facts
    assert "loss_of_walking" not in facts
    assert "loss_of_walking" in told("Gait impossible")


@pytest.mark.parametrize("text", MOTION)
def test_motion_films_with_millimeters(text: str) -> None:
    assert told(text) >= {"imaging.0.modality=flexion_extension_radiograph", "imaging.0.measure_mm=5"}


def test_small_words_of_a_form() -> None:
    assert "implanted_devices.0.type=pacemaker negated" in told("Pacemaker: none")
    assert "pain_regions=['buttock_L']" in told("L buttock / PSIS pain")


RETENTION = (
    "Saddle numbness and retention",
    "Retention, legs weak, saddle numb",
    "Hoffmann positive, retention since yesterday",
    "Saddle anesthesia with retention",
    "Legs weak, in retention",
)
NO_RETENTION = (
    "No saddle numbness or retention.",
    "Denies retention, saddle numbness, leg weakness",
    "Saddle sensation intact, no retention",
    "Return if retention, saddle numbness or leg weakness.",
    "Fluid retention in both legs.",
    "Retention of screws good, cauda equina free.",
)


@pytest.mark.parametrize("text", RETENTION)
def test_retention_beside_signs_of_cord_or_cauda(text: str) -> None:
    assert "urinary_retention" in told(text)


@pytest.mark.parametrize("text", NO_RETENTION)
def test_no_retention(text: str) -> None:
    assert "urinary_retention" not in told(text)
