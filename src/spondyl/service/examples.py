"""The bundled cases, one click away. None of them is a real person."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "_examples"


@dataclass(frozen=True, slots=True)
class Example:
    """A bundled case: its files, the day it is planned for, and what it shows."""

    name: str
    title: str
    shows: str
    as_of: str
    files: tuple[str, ...]

    def texts(self) -> tuple[tuple[str, str], ...]:
        """The inputs by name."""
        return tuple((name, (FOLDER / name).read_text(encoding="utf-8")) for name in self.files)


EXAMPLES = (
    Example("fluid_collection", "Fluid collection, waiting for MRI", "Back pain unchanged ten months after a fusion.",
            "2026-11-22", ("fluid_collection.txt",)),
    Example("sacroiliac_joint", "Buttock pain after fusion to the sacrum", "Positive tests of the joint next to it.",
            "2026-11-22", ("sacroiliac_joint.txt",)),
    Example("weak_foot", "Weak foot, and a bladder that does not empty", "A phone call that is an emergency.",
            "2026-11-19", ("weak_foot.txt", "weak_foot_labs.yaml")),
    Example("missing_union", "Loose screws, no union", "Criteria for a revision, counted one by one.",
            "2026-11-22", ("missing_union.txt",)),
    Example("draining_wound", "Wound that drains, CRP that rises again", "Urgent, and what must not wait.",
            "2026-11-18", ("draining_wound.txt",)),
    Example("clumsy_hands", "Clumsy hands after neck surgery", "Cord signs, and a pacemaker before the MRI.",
            "2026-11-22", ("clumsy_hands.txt",)),
    Example("leg_pain_two_operations", "Leg pain after two operations", "Is a stimulator justified, and what is short.",
            "2026-11-22", ("leg_pain_two_operations.txt",)),
    Example("after_fusion", "A structured case", "The same without a note: what was asked, and what was not.",
            "2026-11-22", ("after_fusion.yaml",)),
)  # fmt: skip


def example(name: str) -> Example | None:
    """A bundled case by its name."""
    return next((one for one in EXAMPLES if one.name == name), None)
