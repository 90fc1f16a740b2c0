"""Permanent names."""

from __future__ import annotations

import pytest

from spondyl.knowledge.identifiers import GATES, GENERATORS, RED_FLAGS, is_order, orders


def test_how_many_there_are() -> None:
    assert (len(RED_FLAGS), len(GENERATORS), len(GATES)) == (22, 36, 24)


@pytest.mark.parametrize(
    "name",
    [
        "mri_lumbar_without_contrast",
        "ct_{region}",
        "standing_radiograph_whole_spine",
        "emg_ncs_leg",
        "ct_angiogram_abdomen",
    ],
)
def test_orders(name: str) -> None:
    assert is_order(name)
    assert name in orders()


@pytest.mark.parametrize("name", ["mri", "mri_back", "mri_lumbar_contrast", "pet_lumbar", "lumbar_mri", "ct__lumbar"])
def test_no_orders(name: str) -> None:
    assert not is_order(name)
