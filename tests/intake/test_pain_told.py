"""Where a pain runs, how long it was gone, what scores are of today, and what a review of systems denies in passing.

`a=b` is said present, `!a=b` denied, `~a=b` historical, `-a` must not be said present at all.
"""

from __future__ import annotations

import json
from functools import lru_cache

import pytest

from spondyl.intake.note import read
from spondyl.intake.phrases import phrases

HEAD = "Visit 11/20/2026. L4-5 fusion 3/2025.\n\n"
_AGAIN = "postop_course=improved_then_recurred"

COURSE = {
    "Leg pain resolved completely for 9 weeks, then recurred in July.": f"{_AGAIN} pain_free_interval_weeks=9 -duration_weeks",  # noqa: E501
    "Sciatica was gone for six months before it returned.": f"{_AGAIN} pain_free_interval_weeks=26.1",
    "She recalls eight weeks of relief and then return of left leg pain.": "pain_free_interval_weeks=8",
    "The injection gave three weeks of good relief.": "-postop_course -pain_free_interval_weeks",
    "TFESI 8/2025 gave good relief for 3 weeks.": "-postop_course",
    "Leg pain resolved and has not recurred.": "!pain_regions=leg_L -postop_course",
    "Leg pain resolved after the injection, then recurred.": "-postop_course",
    "Numbness resolved and then recurred.": "-postop_course",
    "Leg pain better till 2 days ago.": f"{_AGAIN} -pain_change=better",
    "He was fine until the fall.": "-postop_course",
    "Comfortable for roughly 2 years after the operation.": _AGAIN,
    "He has been well for 2 years after the fusion.": "-postop_course",
    "L3-L5 laminectomy 2016 (good result).": "-postop_course",
    "A repeat discectomy was done on 08/15/2023, which she says made her worse.": "postop_course=worse_immediately",
    "Chiropractic manipulation made the pain worse.": "-postop_course",
    "The operation left him with the same leg pain.": "postop_course=never_improved",
    "She got no benefit whatsoever from the fusion.": "postop_course=never_improved",
    "Good recovery from myelopathy.": "postop_course=improving_as_expected",
    "Hopes for a good recovery.": "-postop_course",
    "Things have gone the wrong way over the past six weeks.": "course=worsening",
    "Three weeks ago he developed worsening mid back pain.": "duration_weeks=3 pain_regions=thoracic",
    "Did well until three weeks ago when right thigh pain began.": "duration_weeks=3 -pain_free_interval_weeks",
    "Two weeks ago she developed a wound infection with pain.": "-duration_weeks",
    "Two months ago he had an injection for pain.": "-duration_weeks",
    "Back pain for the first 2 weeks after surgery.": "-duration_weeks",
}
PLACES = {
    "Pain runs from the right buttock to the top of the foot.": "pain_pattern=radicular pain_topography=below_knee",
    "Pain goes from the neck to the right thumb.": "pain_pattern=radicular pain_topography=below_elbow",
    "Runs five miles, foot pain since.": "-pain_pattern",
    "Numbness runs into the foot.": "-pain_pattern",
    "Back pain radiates to the thigh, not the foot.": "-pain_topography=below_knee",
    "It does not travel into the legs.": "!pain_regions=leg_L !pain_regions=leg_R",
    "Midline pain at the thoracolumbar junction.": "pain_regions=thoracic",
    "Sagittal T1, T2; axial T1, T2; postcontrast axial T1.": "-pain_pattern -pain_topography",
    "CT with axial and sagittal reformats.": "-pain_pattern",
    "Axial back pain.": "pain_pattern=axial",
    "Seated SLR negative, supine SLR painful.": "-mechanical_features -!mechanical_features",
    "Painful to sit or drive.": "mechanical_features=worse_sitting",
    "Painful to palpation. He can sit.": "-mechanical_features",
    "Neck is stiff and sore.": "pain_regions=neck",
    "Walking tolerance was down to 50 m.": "claudication_distance_m=50",
    "Walking tolerance 30 minutes.": "-claudication_distance_m",
    "OBJECTIVE: SLR negative. Wants to walk his dog again.": "goals=walking",
    "Supine position relieves pain.": "mechanical_features=better_lying",
}
SCORES = {
    "Back pain has gone from 4/10 to 9/10.": "pain_regions=low_back nrs_back=9 ~nrs_back=4 -course=stable",
    "His usual back pain has gone up from 3 to 8.": "pain_regions=low_back -pain_change=unchanged pain_change=worse",
    "Leg pain is gone.": "!pain_regions=leg_L",
    "Back pain down from 6/10 at the first visit to 2/10 this week.": "nrs_back=2 ~nrs_back=6",
    "Leg pain 7/10 before, now 2/10.": "nrs_leg=2 ~nrs_leg=7 -nrs_back",
    "Back pain 8/10 in the evening, 3/10 in the morning.": "nrs_back=8 -nrs_back=3",
    "Back pain 8/10 with movement and 2/10 at rest.": "nrs_back=8 -nrs_back=2",
    "Back pain 5/10 at rest.": "nrs_back=5",
    "Back pain. AMTS 7/10.": "-nrs_back -confusion_new",
    "AMTS 4/10 today.": "confusion_new=True",
    "PAIN SCORES (0-10)\nBack: 2     Leg: 7": "nrs_back=2 nrs_leg=7",
    "Pain (0-10): neck 5, arm 3.": "nrs_neck=5 nrs_arm=3",
    "Pain scale 0-10 explained. Back 2 weeks.": "-nrs_back",
    "ODI 40% at start, 18% now.": "odi_pct=18 ~odi_pct=40",
    "ODI went from 58 to 36.": "odi_pct=36 ~odi_pct=58",
    "ODI 52 and leg pain 8 now.": "odi_pct=52 -odi_pct=8",
    "PROMIS PF T-score 34.5": "promis_pf_t=34.5",
    "PROMIS Pain Interference 66, Physical Function 35.": "promis_pi_t=66 promis_pf_t=35",
    "PHQ-9 16, item 9 zero.": "phq9=16 phq9_item9=0",
    "STarT Back total 6, psychological subscore 3.": "startback_total=6 startback_psych=3",
    "He says he is much better overall.": "pgic=much_better",
}
DENIED = {
    "No fevers or sweats.": "!fever=True !night_sweats=True",
    "Sweating during the exam.": "-night_sweats",
    "Fall or injury? No.": "!low_energy_fall=True !trauma_recent=True",
    "Denies diabetes and heart disease.": "!diabetes=True !cad_chf=True",
    "She denies difficulty with bowel control.": "!bowel_incontinence=True",
    "He voids normally with no leakage.": "!new_urinary_incontinence=True !urinary_retention=True",
    "Passing urine normally with some leakage.": "-!new_urinary_incontinence",
    "She has not lost any weight.": "!unexplained_weight_loss=True",
    "He has lost about 5 pounds on purpose.": "!unexplained_weight_loss=True",
    "Lost 10 kg. Weight loss not intentional.": "unexplained_weight_loss=True",
    "Sleep is back to normal.": "!sleep_poor=True",
    "Sleeping in short bursts.": "sleep_poor=True",
    "[x] Trouble sleeping": "sleep_poor=True",
    "Incision dry, no redness, no swelling.": "!wound_status=erythema !wound_status=fluctuant_swelling",
    "Incision healed, no leg swelling.": "-!wound_status=fluctuant_swelling -wound_status=fluctuant_swelling",
    "Calf swelling, wound healed.": "-wound_status=fluctuant_swelling",
    "Wound swollen and red.": "wound_status=fluctuant_swelling wound_status=erythema",
}
_MARKS = {"!": "negated", "~": "historical"}


@lru_cache(maxsize=512)
def _said(sentence: str) -> frozenset[tuple[str, str, str]]:
    facts = read(HEAD + sentence, "n", phrases(), "2026-11-22").facts
    said = set()
    for one in facts:
        for value in one.value if isinstance(one.value, list) and one.value else [one.value]:
            said.add((one.fact, value if isinstance(value, str) else json.dumps(value), one.assertion))
    return frozenset(said)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [pair for table in (COURSE, PLACES, SCORES, DENIED) for pair in table.items()],
    ids=lambda text: text[:50],
)
def test_the_pain_is_read(sentence: str, expected: str) -> None:
    """Each token of a row holds."""
    said = _said(sentence)
    for token in expected.split():
        name, _, value = token.lstrip("!~-").partition("=")
        value = {"True": "true"}.get(value, value)
        if token.startswith("-"):
            how = "negated" if token.startswith("-!") else "present"
            assert not [one for one in said if one[0] == name and value in ("", one[1]) and one[2] == how], token
        else:
            assert (name, value, _MARKS.get(token[0], "present")) in said, (token, sorted(said))
