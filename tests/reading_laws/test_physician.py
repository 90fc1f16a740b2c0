"""What a physician found misread in notes, with everyday variants of each and the twins that must not be read."""

from __future__ import annotations

import pytest
from reading_laws.sentences import lexicon

from spondyl.intake.note import read

HEAD = "Visit 11/20/2026. L4-5 fusion 3/2/2025.\n\n"


def told(text: str, head: str = HEAD) -> set[str]:
    """Facts as `name=value`, without `=True`; what is not present carries its assertion."""
    facts = read(head + text, "n", lexicon()).facts
    return {
        f"{f.fact}{'' if f.value is True else f'={f.value}'}{'' if f.assertion == 'present' else f' {f.assertion}'}"
        for f in facts
    }


ANGLES = (
    "SLR positive left at 40 degrees, crossed SLR negative.",
    "SLR positive right at 40 deg, left 80.",
    "Straight leg raising to 39 degrees on the right.",
    "Lasegue positive at 40 degrees.",
    "Neck rotation 40 degrees to the left, flexion 38 degrees.",
    "Lumbar flexion 40 degrees, extension 10.",
    "Shoulder abduction to 102 degrees.",
    "No fever, SLR to 39 degrees left.",
    "Temperature normal, SLR 40 degrees.",
    "He turns his head 40 degrees to the right.",
    "Thoracic kyphosis 40 degrees.",
    "Head of bed at 40 degrees.",
    "40 degrees of flexion, pain at the end.",
)
HEATS = (
    ("Temp 38.7. SLR 40 degrees.", 38.7),
    ("T 39 deg, SLR 40 deg.", 39.0),
    ("Febrile to 39.4, SLR to 60 degrees.", 39.4),
    ("The thermometer read 39 last night.", 39.0),
    ("102 degrees yesterday with chills.", 38.9),
    ("Vitals: 38.9, 110, 100/60.", 38.9),
    ("Temp raised at 39 degrees this morning.", 39.0),
)


@pytest.mark.parametrize("text", ANGLES)
def test_angle_is_no_temperature(text: str) -> None:
    facts = told(text)
    assert not any(fact.startswith("temp_c") for fact in facts)
    assert "fever" not in facts


@pytest.mark.parametrize(("text", "celsius"), HEATS)
def test_temperature_with_its_word_or_unit(text: str, celsius: float) -> None:
    facts = told(text)
    assert f"temp_c={celsius}" in facts
    assert "fever" in facts
    assert sum(fact.startswith("temp_c") for fact in facts) == 1
