"""Words that were taken for more than they say: the level of a root is no number of injections, worse since a day none
since the operation."""

from __future__ import annotations

import pytest

from spondyl.intake.note import Lexicon, read

HEAD = "Clinic note 11/20/2026. L4-L5 microdiscectomy 02/2022. "


def _values(lexicon: Lexicon, said: str, name: str) -> list[object]:
    return [one.value for one in read(HEAD + said, "n.txt", lexicon).facts if one.fact.rpartition(".")[2] == name]


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("Left L5 epidural steroid injection 06/2026.", []),
        ("S1 epidural steroid injection 06/2026.", []),
        ("L4-5 epidural steroid injection 06/2026.", []),
        ("Had 2 left L5 epidural steroid injections.", [2]),
        ("Three epidural steroid injections.", [3]),
    ],
)
def test_a_level_is_no_number_of_injections(lexicon: Lexicon, said: str, count: list[int]) -> None:
    assert _values(lexicon, said, "weeks_or_n") == count


@pytest.mark.parametrize(
    ("said", "course"),
    [
        ("Back pain had been getting better and is worse since 11/12/2026.", []),
        ("Pain worse after sitting.", []),
        ("Since surgery leg pain is gone.", []),
        ("Pain is worse since the surgery.", ["worse_immediately"]),
        ("Leg worse right after surgery.", ["worse_immediately"]),
    ],
)
def test_worse_is_since_the_operation_only_when_it_is_said(lexicon: Lexicon, said: str, course: list[str]) -> None:
    assert _values(lexicon, said, "postop_course") == course


def test_scar_around_a_root_is_epidural_scar(lexicon: Lexicon) -> None:
    said = "MRI lumbar spine 08/21/2026: scar around the left L5 root, no recurrent herniation."
    assert ["epidural_fibrosis"] in _values(lexicon, said, "findings")


@pytest.mark.parametrize(
    "said",
    [
        "MRI 10/2026 shows a seroma. Discectomy in 2019 for a herniated disc.",
        "CT 10/2026 solid fusion L5-S1, laminectomy 2019 for severe central stenosis.",
        "MRI 10/2026 showed a seroma; operated for stenosis in 2019.",
    ],
)
def test_what_was_operated_for_is_no_finding_of_a_study(lexicon: Lexicon, said: str) -> None:
    findings = [name for value in _values(lexicon, said, "findings") for name in value]  # type: ignore[attr-defined]
    assert findings
    assert not {"central_stenosis", "new_herniation", "recurrent_herniation"} & set(findings)


def test_a_level_above_a_fusion_is_not_fused(lexicon: Lexicon) -> None:
    said = "MRI 10/2026: severe stenosis at L3-4 above the fusion."
    assert ["L3-L4"] not in [
        one.value
        for one in read(HEAD + said, "n.txt", lexicon).facts
        if one.fact.startswith("surgeries.") and one.fact.endswith("levels")
    ]


def test_a_solid_fusion_leaves_its_neighbor_the_day(lexicon: Lexicon) -> None:
    facts = read("Clinic note 11/20/2026. CT 10/2026 solid fusion, laminectomy 2019.", "n.txt", lexicon).facts
    assert [one.value for one in facts if one.fact == "surgeries.0.date"] == ["2019"]
    assert [one.value for one in facts if one.fact == "surgeries.0.procedure"] == [["laminectomy"]]
