"""Messages that relatives write about the patient, and what a patient tells of relatives."""

from __future__ import annotations

import pytest

from spondyl.intake.note import Lexicon, read


def _how(lexicon: Lexicon, note: str, fact: str) -> set[str]:
    return {one.assertion for one in read(note, "n.txt", lexicon, "2026-11-20").facts if one.fact == fact}


@pytest.mark.parametrize(
    ("note", "fact"),
    [
        ("My dad had a fusion last week, he wet the bed last night.", "new_urinary_incontinence"),
        ("From his daughter: my dad had a fusion in May. He lost control of his bladder.", "new_urinary_incontinence"),
        ("Hi, my mum had her back op 10 days ago. My mum has a fever of 39.", "fever"),
        ("Our mother was fused in June and our mother has wet herself twice today.", "new_urinary_incontinence"),
        ("My son had spine surgery on Monday. I cannot wake him, my son has a fever.", "fever"),
    ],
)  # fmt: skip
def test_the_relative_is_the_patient(lexicon: Lexicon, note: str, fact: str) -> None:
    assert "present" in _how(lexicon, note, fact)
    assert "family" not in _how(lexicon, note, fact)


@pytest.mark.parametrize(
    ("note", "fact"),
    [
        ("I had a fusion in May. My dad had one too and wet the bed. My back is fine.", "new_urinary_incontinence"),
        ("My brother had spine surgery and lost control of his bladder. I have a fever.", "new_urinary_incontinence"),
        ("My back hurts. My mother had breast cancer.", "cancer_history"),
        ("My mother had breast cancer.", "cancer_history"),
    ],
)  # fmt: skip
def test_the_relative_is_somebody_else(lexicon: Lexicon, note: str, fact: str) -> None:
    assert _how(lexicon, note, fact) == {"family"}


@pytest.mark.parametrize(
    ("said", "fact", "expected"),
    [
        ("Pedal pulses diminished due to edema.", "pulses_reduced", {"uncertain"}),
        ("Pulses not palpable secondary to body habitus.", "pulses_reduced", {"uncertain"}),
        ("Pulses reduced in the left foot.", "pulses_reduced", {"present"}),
        ("ACDF for radiculopathy, arm pain resolved.", "pain_pattern", set()),
        ("L5-S1 fusion 2019 for isthmic spondylolisthesis.", "deformity_known", set()),
        ("Scheduled for fusion for spondylolisthesis.", "deformity_known", {"present"}),
        ("Seen after laminectomy for new neurogenic claudication.", "neurogenic_claudication", {"present"}),
    ],
)
def test_what_the_words_around_make_of_it(lexicon: Lexicon, said: str, fact: str, expected: set[str]) -> None:
    assert _how(lexicon, said, fact) == expected
