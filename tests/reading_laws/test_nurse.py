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
