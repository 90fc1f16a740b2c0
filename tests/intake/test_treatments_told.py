"""Treatments in the words of every day: boxes, sides behind the name, counts, effects of the next sentence, advice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from spondyl.intake.note import Lexicon, read
from spondyl.intake.note.__main__ import load_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.from_plain(load_lexicon(Path(__file__).parents[2] / "knowledge"))


def _told(lexicon: Lexicon, said: str) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for fact in read(f"Visit 11/20/2026. L4-5 fusion 3/2/2025.\n\n{said}\n", "n", lexicon).facts:
        head, _, rest = fact.fact.partition(".")
        if head == "prior_treatments":
            number, _, name = rest.partition(".")
            entry = found.setdefault(number, {})
            entry.setdefault(name, fact.value)
            if name == "type":
                entry["how"] = fact.assertion
    return [found[number] for number in sorted(found, key=int)]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Ten weeks of supervised physical therapy failed.", [{"weeks_or_n": 10, "supervised": True, "relief_pct": 0}]),
        ("Eight weeks of intensive outpatient PT, no relief.", [{"type": "physical_therapy", "weeks_or_n": 8}]),
        (
            "Six weeks of physical therapy in 2021, a 3-week pain program in 2023 (no change in pain).",
            [
                {"type": "physical_therapy", "weeks_or_n": 6, "relief_pct": None},
                {"type": "pain_program", "weeks_or_n": 3, "relief_pct": 0},
            ],
        ),
        ("Epidural injection: left L4-L5 transforaminal 9/2026, 40% relief", [{"type": "esi", "side": "L"}]),
        ("L5-S1 transforaminal ESI, right, 2025: no benefit.", [{"side": "R", "relief_pct": 0}]),
        ("Transforaminal injection at S1 on the left in March 2026.", [{"side": "L", "date": "2026-03"}]),
        ("ESI 3/2026, left leg pain better.", [{"type": "esi", "side": None}]),
        ("Trigger point injections x3, a few days of relief each.", [{"weeks_or_n": 3}]),
        ("Lumbar epidurals five times without benefit.", [{"type": "esi", "weeks_or_n": 5, "relief_pct": 0}]),
        ("SI joint injection twice with good relief.", [{"type": "sij_injection", "weeks_or_n": 2}]),
        ("Saw a chiropractor four times.", [{"type": "manipulation", "weeks_or_n": 4}]),
        ("Left S1 TFESI 3/2026 helped for a month.", [{"relief_weeks": 4.3}]),
        ("Chiropractic treatment made the pain worse.", [{"type": "manipulation", "adverse": True}]),
        ("She did not have relief from physical therapy.", [{"how": "present", "relief_pct": 0}]),
        ("Left L5 transforaminal epidural 3/12/2026. 60% relief for two months.", [{"relief_pct": 60}]),
        ("MBB 3/12/2026. She reports 80% relief.", [{"type": "mbb", "relief_pct": 80}]),
        (
            "Percutaneous SCS trial 10/5/2026 to 10/12/2026. Pain relief 70%. Walking tolerance doubled.",
            [{"type": "scs_trial", "relief_pct": 70, "function_better": True}],
        ),
        ("Nerve block at the left L5 root in July took away 80% of the pain.", [{"type": "snrb", "side": "L"}]),
        ("The nerves were burned in 2023.", [{"type": "rfa", "date": "2023"}]),
        ("The pain clinic injected her SI joint with good relief.", [{"type": "sij_injection"}]),
        ("Intrathecal pump trial in 2020 was unsuccessful.", [{"type": "intrathecal_pump"}]),
        # an effect that is another's, or lies ahead
        ("Left L5 TFESI 3/12/2026. If 50% relief, repeat.", [{"relief_pct": None}]),
        ("Left L5 TFESI 3/12/2026. Now pain is 60% of what it was.", [{"relief_pct": None}]),
        ("Continue PT; ESI in 3/2026 helped.", [{"how": "present"}, {"type": "esi", "how": "present"}]),
    ],
)
def test_what_was_had(lexicon: Lexicon, said: str, wanted: list[dict[str, Any]]) -> None:
    told = _told(lexicon, said)
    assert len(told) == len(wanted)
    for one, want in zip(told, wanted, strict=True):
        assert one["how"] == "present"
        assert {name: one.get(name) for name in want} == want


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ("Physical therapy: [x]  Acupuncture: [ ]  Massage: [x]", {"acupuncture": "negated", "massage": "present"}),
        ("[x] Physical therapy  [ ] Acupuncture", {"physical_therapy": "present", "acupuncture": "negated"}),
        ("[ ] Physical therapy  [ ] Acupuncture", {}),  # nobody filled it in
        ("I did not use manipulation.", {"manipulation": "negated"}),
        ("She has not undergone radiofrequency ablation.", {"rfa": "negated"}),
        ("She has never had a stimulator.", {"scs": "negated"}),
        ("Continue venlafaxine; brief CBT for insomnia alongside.", {"cbt": "planned"}),
        (
            "If he has no surgery, a functional restoration program would be reasonable.",
            {"pain_program": "hypothetical"},
        ),
        ("If favorable, a stimulator trial could be entertained.", {"scs_trial": "hypothetical"}),
    ],
)
def test_what_was_not_had(lexicon: Lexicon, said: str, how: dict[str, str]) -> None:
    assert {one["type"]: one["how"] for one in _told(lexicon, said) if one["type"] in how} == how


def test_needles_told_one_by_one_are_not_counted_again(lexicon: Lexicon) -> None:
    told = _told(lexicon, "SI joint injection twice, 2024 and 2025, 70% relief.")
    assert [one.get("weeks_or_n") for one in told] == [None, None]
