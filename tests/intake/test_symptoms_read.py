"""Symptoms, person, course and examination in everyday words, with the twins that say the opposite or nothing.

`a=b` is said present, `!a=b` denied, `~a=b` historical, `-a` must not be said at all.
"""

from __future__ import annotations

import json
from functools import lru_cache

import pytest

from spondyl.intake.note import read
from spondyl.intake.phrases import phrases

HEAD = "Visit 11/20/2026. L4-5 fusion 3/2025.\n\n"

PROVOKED = {
    "Worse with sitting and bending forward.": "mechanical_features=worse_sitting mechanical_features=worse_flexion",
    "Aggravated by prolonged standing, lifting, and bending.": (
        "mechanical_features=worse_standing mechanical_features=worse_load mechanical_features=worse_flexion"
    ),
    "Extension and rotation make it worse.": "mechanical_features=worse_extension mechanical_features=worse_rotation",
    "Buttock pain 6/10, 2\u00b0 to sitting & stairs.": "mechanical_features=worse_sitting",
    "Agg: standing, walking. Ease: rest.": "mechanical_features=worse_walking mechanical_features=better_lying",
    "Standing at the sink and walking round the shops bring on the pain; lying down settles it.": (
        "mechanical_features=worse_standing mechanical_features=worse_walking mechanical_features=better_lying"
    ),
    "He can only stand for ten minutes before he has to lie down.": (
        "mechanical_features=worse_standing mechanical_features=better_lying"
    ),
    "The pain is worse with standing.": "mechanical_features=worse_standing -pain_change -course",
    "Denies pain with sitting.": "!mechanical_features=worse_sitting",
    "Sitting is fine; walking uphill hurts.": ("!mechanical_features=worse_sitting mechanical_features=worse_walking"),
    "Not relieved by lying down.": "!mechanical_features=better_lying",
    "Headache worse on standing, relieved lying flat.": "-mechanical_features",
    "Numbness worse with walking.": "-mechanical_features",
    "Stenosis increases with extension.": "-mechanical_features",
    "Pain on resisted knee extension.": "-mechanical_features",
    "Felt a pop and pain when lifting a box.": "-mechanical_features",
    "Father's back was worse with standing.": "-mechanical_features",
    "No lifting over 10 lb.": "-mechanical_features",
}
REGIONS = {
    "Chronic low back and bilateral leg pain.": "pain_regions=low_back pain_regions=leg_L pain_regions=leg_R",
    "Burning pain with jolts from the left buttock down the posterior calf.": "pain_regions=buttock_L",
    "left leg 8/10, back 6/10": "pain_regions=leg_L pain_regions=low_back",
    "PAIN (check all that apply)\n  [x] Neck   [x] Right arm   [ ] Left arm": (
        "pain_regions=neck pain_regions=arm_R -pain_regions=arm_L"
    ),
    "LBP with R LE radiation to the ankle.": "pain_regions=leg_R -pain_regions=leg_L",
    "c/o LBP w/ rad to L calf.": "pain_regions=leg_L",
    "The right leg is fine.": "!pain_regions=leg_R -bilateral_leg_weakness -weakness_reported",
    "The preoperative right arm pain is gone.": "!pain_regions=arm_R",
    "R leg pain gone since surgery.": "!pain_regions=leg_R",
    "Surgery got rid of his R leg pain.": "!pain_regions=leg_R",
    "Patient denies left leg complaints.": "!pain_regions=leg_L",
    "LBP itself ok.": "!pain_regions=low_back",
    "Right leg pain-free.": "!pain_regions=leg_R",
    "The operation cured her leg pain but not her back pain.": "!pain_regions=leg_L pain_regions=low_back",
    "Left leg pain resolved for 3 months but then came back.": "pain_change=returned",
    "He then returned to work.": "-pain_change",
    "Left leg 4/5.": "-pain_regions",
    "Great toe extension R 4/5.": "-pain_topography motor_deficit.0.myotome=big_toe_extension",
    "Numb left lateral calf.": "-pain_topography",
}
PERSON = {
    "Describes sleeping 3-4 hours per night.": "sleep_poor=True",
    "Up 3-4 times a night.": "sleep_poor=True",
    "She sleeps well.": "!sleep_poor=True",
    "Hopes to sleep through the night.": "goals=sleep -sleep_poor",
    'Avoids bending and housework for fear of "wrecking the hardware."': (
        "fear_of_movement=True -surgeon_restrictions"
    ),
    "I'm scared something will snap.": "fear_of_movement=True",
    "Not afraid to move.": "!fear_of_movement=True",
    "Afraid of surgery.": "-fear_of_movement",
    "Lives with daughter, who is supportive and attended today.": "!lives_alone=True !social_support_poor=True",
    "Lives alone, 4 steps to enter.": "lives_alone=True",
    "Works FT as bookkeeper.": "work_status=working",
    "He has been off sick since 28 September.": "work_status=sick_leave",
    "Lost his position in March because of his back.": "unemployed_pain=True",
    "Major depression, treated with sertraline.": "depression_treated=True",
    'He expects "to be a hundred percent" after fusion.': "expectations=complete_relief_expected",
    'Her expectation is "half the pain, I know it won\'t be zero."': "expectations=realistic",
    "Does not expect to be pain free.": "expectations=realistic -expectations=complete_relief_expected",
    "She hopes to be able to sit through a ball game and cut down on pills.": "goals=sitting goals=less_medicine",
    "Goals: walk in the garden without the walker, dress himself.": "goals=walking goals=self_care",
    "Goals of care discussed.": "-goals",
    "Wants to avoid surgery.": "-goals",
    "I would like him to start walking daily.": "-goals",
    "INSTRUCTIONS: Hard collar at all times x 6 weeks.": "surgeon_restrictions=collar",
    "PRECAUTIONS: no bending, lifting or twisting; LSO out of bed until 11/30/26.": (
        "surgeon_restrictions=no_bending surgeon_restrictions=no_lifting surgeon_restrictions=no_twisting"
        " surgeon_restrictions=brace"
    ),
    "Collar discontinued. Out of brace.": "-surgeon_restrictions",
    "Knee brace for the left knee.": "-surgeon_restrictions",
}
CONDITIONS = {
    "No active psychosis or current substance use disorder.": "!substance_use_disorder=True",
    "Sleep apnea, does not use CPAP.": "osa=True -!osa",
    "FHx: brother w/ AS, mother had a hip fracture.": "-spondyloarthritis=True -fragility_fracture_history=True",
    "FH: Sister with breast cancer. No personal history of cancer.": "!cancer_history=True",
    "Pre-diabetic.": "-diabetes",
    "Weight stable.": "!unexplained_weight_loss=True",
    "B/B intact.": "!bladder_change_unspecified=True",
    "Sagittal imbalance on the films.": "-gait_ataxia",
    "Gait slow but steady.": "!gait_ataxia=True",
    "Allergies: penicillin (rash).\nAfebrile, T 36.9.": "!fever=True",
    "Consent: bleeding, infection, nerve damage discussed.\nDiabetic, diet-controlled.": "diabetes=True",
    "Incision with mild erythema, not warm.": "wound_status=erythema !wound_status=warmth",
}
COURSE = {
    "Pain is slowly getting better each week.": "pain_change=better course=improving",
    "Symptoms are overall 50% improved.": "pain_change=better",
    "Flares every few weeks.": "course=fluctuating",
    "Degeneration with severe stenosis at L3-L4, worse since 2025.": "-pain_change -course",
    "Woke from surgery with new left leg pain.": "postop_course=worse_immediately",
    "He had an excellent result for two years.": "pain_free_interval_weeks=104.4",
    "The pain started 6 weeks ago.": "duration_weeks=6",
    "Compared with last visit: ( ) better  ( ) same  (x) worse": "pain_change=worse",
    "Goal: less pain.": "goals=less_pain -pain_change",
    "He was pain-free for some six months.": "pain_free_interval_weeks=26.1",
}
HISTORY = {
    "Before surgery he could not walk.": "~loss_of_walking=True -loss_of_walking",
    "One fall last winter before surgery on ice.": "~low_energy_fall=True",
    "He had a fever on 10/15 which settled with antibiotics.": "~fever=True",
    "Leg weakness is worse than before surgery.": "weakness_reported=True",
    "Leg weakness has been present since before the surgery.": "weakness_reported=True",
    "He had fever last night.": "fever=True",
}
EXAM = {
    "Sensation: dec R C7": "sensory_deficit.0.dermatome=C7 sensory_deficit.0.side=R",
    "Perianal pinprick decreased bilaterally.": "sensory_deficit.0.dermatome=S2-S4 saddle_anesthesia=True",
    "Right EHL 4/5 (was 4/5 in August, unchanged).": "motor_deficit.0.old_unchanged=True",
    "LE 5/5 b/l, SILT, DTR 2+ = .": "neuro_exam_normal=True",
    "LE 5/5 b/l, SILT, DTR 2+ = . Hoffmann positive.": "-neuro_exam_normal",
    "Facet load neg. GT NT.": "!facet_tenderness=True !trochanter_tender=True",
    "Tinel at the right fibular head negative.": "!peroneal_or_tarsal_tinel=True",
    "Reflexes 3+ and symmetric.": "reflexes=brisk -reflexes=normal",
    "SIJ provocation: 4/5 positive (thigh thrust, compression, Gaenslen, FABER).": (
        "sij_thigh_thrust=True sij_gaenslen=True fadir_faber=True"
    ),
    "SIJ tests negative (thigh thrust, Gaenslen).": "!sij_thigh_thrust=True !sij_gaenslen=True",
    "Log roll painful on the right.": "log_roll=True",
    "Tender over C5-6 facets bilaterally.": "facet_tenderness=True",
    "Sensation reduced to light touch over the lateral aspect of the left foot.": "sensory_deficit.0.side=L",
    "Burning in both legs at night.": "burning_or_electric=True pain_regions=leg_L pain_regions=leg_R",
}
TABLES = (PROVOKED, REGIONS, PERSON, CONDITIONS, COURSE, HISTORY, EXAM)
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
    ("sentence", "expected"), [pair for table in TABLES for pair in table.items()], ids=lambda text: text[:50]
)
def test_the_note_is_read(sentence: str, expected: str) -> None:
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
