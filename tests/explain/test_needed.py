"""What would have to be found reads as a clinician says it, also where the answer stands in a list of studies."""

from __future__ import annotations

import pytest
from explain.patients import program

from spondyl.explain import Words
from spondyl.logic import FALSE, TRUE, Compare, FactIs, Has

WORDS = Words(program().rules)


@pytest.mark.parametrize(
    ("fact", "leaf", "truth", "says"),
    [
        ("fever", FactIs("fever"), TRUE, "fever yes"),
        ("sij_positive_tests", Compare("sij_positive_tests", ">=", 3), TRUE, "positive sacroiliac tests >= 3"),
        ("sij_positive_tests", Compare("sij_positive_tests", ">=", 3), FALSE, "positive sacroiliac tests < 3"),
        ("imaging", Has("findings_here", "fracture"), TRUE, "imaging studies: fracture"),
        ("imaging", Has("findings_here", "fracture"), FALSE, "imaging studies: no fracture"),
        ("wound_status", Has("wound_status", "open"), TRUE, "state of the wound: open"),
    ],
)
def test_what_would_have_to_be_found(fact, leaf, truth, says):
    assert WORDS.found(fact, WORDS.needed(fact, leaf, truth)) == says


def test_what_is_derived_from_a_list_is_named_and_not_answered_with_yes():
    leaf = FactIs("cord_compression_imaging")
    said = WORDS.found("imaging", WORDS.needed("imaging", leaf, TRUE))
    assert said == f"imaging studies: {WORDS.state(leaf.fact, TRUE)}"
    assert "yes" not in said.split()
