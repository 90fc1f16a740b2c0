"""Signs, feeling, wound and results as notes write them, with what is normal or denied."""

from __future__ import annotations

from pathlib import Path

import pytest

from spondyl.intake.note import Lexicon, read
from spondyl.intake.note.__main__ import load_lexicon
from spondyl.record import Fact

HEAD = "Visit 11/20/2026.\n\n"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.from_plain(load_lexicon(Path(__file__).parents[2] / "knowledge"))


def _facts(lexicon: Lexicon, said: str) -> tuple[Fact, ...]:
    return read(HEAD + said + "\n", "n.txt", lexicon).facts


@pytest.mark.parametrize(
    ("said", "fact", "value", "assertion"),
    [
        ("The left knee reflex was diminished.", "reflexes", "reduced", "present"),
        ("Ankle jerks were not obtainable.", "reflexes", "absent", "present"),
        ("Reflexes 1+ and symmetric.", "reflexes", "normal", "present"),
        ("SLR positive at 40 degrees on both sides.", "slr", True, "present"),
        ("Seated SLR reproduces back pain only.", "slr", True, "negated"),
        ("SLR to 90 degrees bilaterally.", "slr", True, "negated"),
        ("Rectal tone nl.", "anal_tone_reduced", True, "negated"),
        ("Babinski was downgoing.", "babinski", True, "negated"),
        ("Pain-free hip rotation.", "hip_irom_pain", True, "negated"),
        ("Hips full and painless.", "hip_irom_pain", True, "negated"),
        ("Hips: no groin pain with IR.", "hip_irom_pain", True, "negated"),
        ("Hip internal rotation reproduced groin pain on the right.", "hip_irom_pain", True, "present"),
        ("Wasting of the small muscles of the left hand.", "arm_wasting", True, "present"),
        ("No thenar wasting.", "arm_wasting", True, "negated"),
        ("Prominent, tender rod end at T11.", "implant_tender", True, "present"),
        ("No tenderness over the screw heads.", "implant_tender", True, "negated"),
        ("Sore over the right iliac crest where bone was taken.", "graft_site_tender", True, "present"),
        ("He stands erect.", "cannot_stand_upright", True, "negated"),
        ("DXA T-score -1.7.", "dxa_t", -1.7, "present"),
        ("Osteoporosis (T -3.1).", "dxa_t", -3.1, "present"),
        ("Hoffmann present bilaterally, as before surgery.", "long_standing", ["hoffmann"], "present"),
        ("Scars look well healed.", "wound_status", ["healed"], "present"),
        ("Incision closed, no redness, no swelling.", "wound_status", ["fluctuant_swelling"], "negated"),
        ("Incision: no drainage, mild warmth.", "wound_status", ["warmth"], "present"),
        ("Motor 5/5, sensation intact, DTR 1+ throughout.", "neuro_exam_normal", True, "present"),
    ],
)
def test_sign(lexicon: Lexicon, said: str, fact: str, value: object, assertion: str) -> None:
    assert (value, assertion) in [(one.value, one.assertion) for one in _facts(lexicon, said) if one.fact == fact]


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ("Cannot stand upright.", "hip_irom_pain"),
        ("Tender over the left iliac crest.", "graft_site_tender"),
        ("T -2.9 at the counter.", "dxa_t"),
        ("Her mother has osteoporosis (T -2.9).", "dxa_t"),
        ("No ankle swelling.", "wound_status"),
        ("Hoffmann positive on the left, new since surgery.", "long_standing"),
    ],
)
def test_what_is_not_told(lexicon: Lexicon, said: str, fact: str) -> None:
    assert [one for one in _facts(lexicon, said) if one.fact == fact] == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Decreased sensation left S1 and right L5.", [("S1", "L"), ("L5", "R")]),
        ("Pinprick reduced in C6 and C7 on the right.", [("C6", "R"), ("C7", "R")]),
        ("Reduced pinprick S2-4 bilaterally and both L5.", [("S2-S4", "both"), ("L5", "both")]),
        ("Sensation decreased in left L5. MRI shows stenosis at L3 and L4.", [("L5", "L")]),
    ],
)
def test_feeling_by_root(lexicon: Lexicon, said: str, told: list[tuple[str, str]]) -> None:
    entries: dict[str, dict[str, object]] = {}
    for one in _facts(lexicon, said):
        if one.fact.startswith("sensory_deficit."):
            _, number, name = one.fact.split(".")
            entries.setdefault(number, {})[name] = one.value
    assert [(one.get("dermatome"), one.get("side")) for _, one in sorted(entries.items())] == told


def test_the_day_of_a_list_of_results(lexicon: Lexicon) -> None:
    told = {one.fact: one.on for one in _facts(lexicon, "Labs 11/13: CRP 3 mg/L, ESR 12, WBC 6.9.") if one.on}
    assert told["crp_mg_l"] == told["esr_mm_h"] == told["wbc"] == "2026-11-13"
    alone = {one.fact: one.on for one in _facts(lexicon, "Labs 11/13: CRP 3 (11/13), ESR 12 (10/02).") if one.on}
    assert (alone["crp_mg_l"], alone["esr_mm_h"]) == ("2026-11-13", "2026-10-02")
