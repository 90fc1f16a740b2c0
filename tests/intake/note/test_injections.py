"""Injections each by themselves, how long they helped, how they were done, and what the last diagnostic block told."""

from __future__ import annotations

from typing import Any

import pytest

from spondyl.intake.note import Lexicon, read


def _facts(lexicon: Lexicon, said: str) -> dict[str, Any]:
    facts = read(f"Clinic note 11/20/2026. {said}", "n.txt", lexicon).facts
    return {one.fact: one.value for one in facts if one.assertion == "present"}


def _list(lexicon: Lexicon, said: str) -> list[dict[str, Any]]:
    told: dict[str, dict[str, Any]] = {}
    for name, value in _facts(lexicon, said).items():
        if name.startswith("prior_treatments."):
            _, number, field = name.split(".")
            told.setdefault(number, {})[field] = value
    return [told[number] for number in sorted(told)]


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("ESI 3/2026 no help. ESI 6/2026 70% relief for 3 weeks.", ["2026-03", "2026-06"]),
        ("ESI March 2026 helped for 2 weeks, ESI June 2026 did nothing.", ["2026-03", "2026-06"]),
        ("L5 TFESI in March, second one in June with 50% relief.", ["2026-03", "2026-06"]),
        ("3/2026 ESI no relief, 5/2026 SI joint injection good relief.", ["2026-03", "2026-05"]),
        ("L4-5 ESI 3/2026, SI joint injection 5/2026.", ["2026-03", "2026-05"]),
        ("ESI 6/2026. The ESI gave 40% relief.", ["2026-06"]),
    ],
)
def test_two_injections_are_two(lexicon: Lexicon, said: str, days: list[str]) -> None:
    assert [one.get("date") for one in _list(lexicon, said)] == days


def test_what_an_injection_did_stands_with_it(lexicon: Lexicon) -> None:
    first, second = _list(lexicon, "ESI 3/2026 no help. ESI 6/2026 70% relief for 3 weeks.")
    assert (first["relief_pct"], "relief_weeks" in first) == (0, False)
    assert (second["relief_pct"], second["relief_weeks"]) == (70, 3)
    assert "pain_free_interval_weeks" not in _facts(lexicon, "ESI 6/2026 70% relief for 3 weeks.")


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("CT-guided L5 nerve root injection 5/2026.", "image_guided", True),
        ("Caudal epidural under fluoroscopic guidance.", "image_guided", True),
        ("Trigger point injection, landmark based.", "image_guided", False),
        ("Facet injections without image guidance.", "image_guided", False),
        ("ESI under light sedation.", "sedation_used", True),
        ("ESI without sedation.", "sedation_used", False),
        ("Completed a full course of physical therapy, 12 weeks.", "adequate", True),
        ("Inadequate trial of gabapentin.", "adequate", None),
        ("Physical therapy stopped after two sessions.", "adequate", False),
        ("Caudal epidural gave 3 months of relief.", "relief_weeks", 13.0),
        ("Physiotherapy helped for 6 weeks.", "relief_weeks", 6),
        ("ESI 3 weeks ago, no relief.", "relief_weeks", None),
        ("Rhizotomy: pain went from 8/10 to 2/10.", "relief_pct", 75),
    ],
)
def test_how_it_was_done_and_how_long_it_helped(lexicon: Lexicon, said: str, field: str, value: object) -> None:
    (one,) = _list(lexicon, said) or [{}]
    assert one.get(field) == value


def test_a_needle_guided_by_ct_is_no_scan(lexicon: Lexicon) -> None:
    assert not any(name.startswith("imaging") for name in _facts(lexicon, "CT-guided L5 nerve root injection 5/2026."))


@pytest.mark.parametrize(
    ("said", "target", "relief"),
    [
        ("Left L5 selective nerve root block: 80% relief for 4 hours.", "root", 80),
        ("C6 nerve root block gave 90% relief.", "cervical_root", 90),
        ("MBB L4-5: pain from 7 to 1 for 5 hours.", "medial_branch", 86),
        ("Test injections of the nerves of the facet joints: no relief at all.", "medial_branch", 0),
        ("Diagnostic SI joint block with lidocaine relieved 100% of the pain.", "sacroiliac_joint", 100),
        ("Hardware block positive.", "implant", {"low": 50, "high": 100}),
        ("Superior cluneal nerve block, complete relief.", "cluneal_nerve", 100),
        ("Diagnostic hip joint injection with bupivacaine: no relief.", "hip_joint", 0),
        ("MBB 5/2026 90% relief. MBB 7/2026 60% relief.", "medial_branch", 60),
    ],
)
def test_the_last_diagnostic_block(lexicon: Lexicon, said: str, target: str, relief: object) -> None:
    facts = _facts(lexicon, said)
    assert (facts.get("block_target"), facts.get("block_relief_pct")) == (target, relief)


@pytest.mark.parametrize(
    "said",
    [
        "SI joint injection with steroid 9/2026 helped 60% for 2 months.",
        "MBB is planned.",
        "We will consider a selective nerve root block if pain returns with 80% relief expected.",
        "Her sister had an L5 nerve root block with 80% relief.",
        "Never had a nerve root block.",
        "L5 nerve root block 10/2026, result not recorded.",
    ],
)
def test_no_diagnostic_block(lexicon: Lexicon, said: str) -> None:
    assert not {"block_target", "block_relief_pct"} & set(_facts(lexicon, said))


@pytest.mark.parametrize(
    ("said", "relief"),
    [
        ("SCS trial in 2025 with 65% relief.", 65),
        ("Stimulator trial failed.", 0),
        ("SCS trial is planned, 50% relief is needed.", None),
        ("No SCS trial so far.", None),
    ],
)
def test_the_stimulator_trial(lexicon: Lexicon, said: str, relief: object) -> None:
    assert _facts(lexicon, said).get("scs_trial_relief_pct") == relief
