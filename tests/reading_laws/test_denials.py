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
# What does not turn yet. A phrase that starts to turn is taken off; none is added without a reason.
KNOWN = {
    ("suicidal_ideation", "Her mother had thoughts of self-harm."),
    ("unarousable", "Her mother had found down unresponsive."),
    ("suicidal_plan", "Return if you develop plan to overdose."),
    ("suicidal_plan", "Return if you develop plans to overdose."),
}


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
    assert stayed <= KNOWN


@pytest.mark.xfail(reason="the reader takes these for present")
@pytest.mark.parametrize(("fact", "text"), sorted(KNOWN))
def test_what_does_not_turn_yet(fact, text):
    assert ("present", True) not in assertions(text, fact)
