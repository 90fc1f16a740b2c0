"""Words that begin many sentences and say nothing by themselves: no fact comes of them."""

from __future__ import annotations

import pytest

from spondyl.intake.note import Lexicon, read


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ("She intends to go back to teaching in spring.", "suicidal_intent"),
        ("He has a plan to sell the farm.", "suicidal_plan"),
        ("They planned to visit Ohio.", "suicidal_plan"),
        ("She has thoughts of moving closer to her son.", "suicidal_ideation"),
        ("He is straining to hear the television.", "poor_stream"),
        ("It is hard to park at the clinic.", "poor_stream"),
        ("She was unaware of the new address.", "altered_urge"),
        ("The price fell in the autumn.", "low_energy_fall"),
        ("The report fell on deaf ears.", "low_energy_fall"),
        ("He is afraid to ask his employer.", "fear_of_movement"),
        ("She wants to thank the ward.", "goals"),
        ("The rod was ordered from the same maker.", "imaging.0.findings"),
        ("After removal of the sutures the wound is clean.", "surgeries.0.procedure"),
        ("Repair of the roof kept him busy.", "surgeries.0.procedure"),
    ],
)
def test_a_bare_word_is_no_fact(lexicon: Lexicon, said: str, fact: str) -> None:
    assert fact not in {one.fact for one in read(f"11/20/2026. {said}", "n.txt", lexicon).facts}


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ("She intends to end her life.", "suicidal_intent"),
        ("He has a plan to overdose.", "suicidal_plan"),
        ("She has thoughts of killing herself.", "suicidal_ideation"),
        ("He is straining to pee.", "poor_stream"),
        ("It is hard to start peeing.", "poor_stream"),
        ("She was unaware of passing urine.", "altered_urge"),
        ("He fell in the shower.", "low_energy_fall"),
        ("She is afraid to bend.", "fear_of_movement"),
        ("He uses diabetes tablets for his diabetes mellitus.", "diabetes"),
    ],
)
def test_what_the_words_say_with_the_rest(lexicon: Lexicon, said: str, fact: str) -> None:
    assert fact in {one.fact for one in read(f"11/20/2026. {said}", "n.txt", lexicon).facts}
