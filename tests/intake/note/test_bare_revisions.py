"""A revision told by its year alone is an operation of its own, in the region of the one before it."""

from __future__ import annotations

import pytest

from spondyl.intake.note import Lexicon, read


def _operations(lexicon: Lexicon, said: str) -> list[dict[str, object]]:
    told: dict[str, dict[str, object]] = {}
    for one in read("Clinic note 11/20/2026. " + said, "n.txt", lexicon).facts:
        parts = one.fact.split(".")
        if parts[0] == "surgeries" and len(parts) == 3:
            told.setdefault(parts[1], {})[parts[2]] = one.value
    return list(told.values())


@pytest.mark.parametrize(
    "said",
    [
        "L4-5 fusion 2018, revision 2020.",
        "L4-5 fusion 2018, revised 2020.",
        "L4-5 fusion in 2018 with revision surgery in 2020.",
        "L4-5 fusion 2018. Revision 2020.",
    ],
)
def test_a_revision_by_its_year(lexicon: Lexicon, said: str) -> None:
    first, second = _operations(lexicon, said)
    assert first["date"] == "2018"
    assert second == {"region": "lumbar", "revision_of_earlier": True, "date": "2020"}


@pytest.mark.parametrize(
    "said",
    [
        "L4-5 fusion 2018, no revision.",
        "L4-5 fusion 2018, revision planned 2027.",
        "L4-5 fusion 2018. Medication revision 2020.",
        "Father had a fusion 2018, revision 2020. L4-5 fusion 2018.",
    ],
)
def test_no_revision_was_done(lexicon: Lexicon, said: str) -> None:
    (only,) = _operations(lexicon, said)
    assert "revision_of_earlier" not in only


def test_a_revision_with_a_name_is_told_once(lexicon: Lexicon) -> None:
    first, second = _operations(lexicon, "L5-S1 microdiscectomy 2019, revision microdiscectomy 2021.")
    assert (first["date"], second["date"], second["procedure"]) == ("2019", "2021", ["discectomy"])
