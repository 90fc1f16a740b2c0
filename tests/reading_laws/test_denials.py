"""Every plain phrase of the knowledge base, in frames that turn it: denied, only possible, only if."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from reading_laws.sentences import lexicon
from ruamel.yaml import YAML

from spondyl.intake.note import read

FACTS = Path(__file__).parents[2] / "knowledge" / "facts"
_PLAIN = re.compile(r"[a-z][a-z \-']*")
TURNING = (
    "She denies {}.",
    "Denies {}.",
    "She does not have {}.",
    "No evidence of {}.",
    "Negative for {}.",
    "Return if you develop {}.",
    "Possible {}.",
)


@cache
def phrases() -> tuple[tuple[str, str], ...]:
    """Fact and phrase, for each truth, where the phrase is words and no pattern."""
    return tuple(_phrases())


def _phrases() -> Iterator[tuple[str, str]]:
    for path in sorted(FACTS.glob("*.yaml")):
        for fact in YAML(typ="safe").load(path)["facts"]:
            for said in fact.get("notes_say") or [] if fact.get("type") == "truth" else []:
                if isinstance(said, str) and _PLAIN.fullmatch(said):
                    yield fact["fact"], said


def assertions(text, fact):
    return {(one.assertion, one.value) for one in read(text, "n", lexicon()).facts if one.fact == fact}


def test_there_are_many_phrases():
    assert len(phrases()) > 500


@pytest.mark.parametrize("frame", TURNING)
def test_a_frame_turns_every_phrase(frame):
    stayed = set()
    for fact, said in phrases():
        turned = assertions(frame.format(said), fact)
        if ("present", True) in turned and ("present", True) in assertions(f"She has {said}.", fact):
            stayed.add((fact, frame.format(said)))
    assert stayed == set()


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("suicidal_ideation", "Her mother had thoughts of self-harm."),
        ("unarousable", "Her mother had found down unresponsive."),
        ("unarousable", "Her mother was found unresponsive."),
        ("suicidal_plan", "Return if you develop plan to overdose."),
        ("suicidal_plan", "Come back if you develop plans to overdose."),
    ],
)
def test_others_and_advice(fact, text):
    assert ("present", True) not in assertions(text, fact)


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("unarousable", "Her mother found him unresponsive."),
        ("saddle_anesthesia", "His mother has noticed saddle numbness."),
        ("suicidal_plan", "If the pain goes on he has plans to overdose."),
    ],
)
def test_a_witness_and_a_threat(fact, text):
    assert ("present", True) in assertions(text, fact)
