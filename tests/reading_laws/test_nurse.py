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
