"""Further ways in which signs are said, and the same signs denied, of long ago, or named as what may happen."""

from __future__ import annotations

import pytest

from spondyl.intake.note import Lexicon, read

SAYS = {
    "seizure_recent": (
        "Had a fit this morning.",
        "Generalised seizure in recovery.",
        "Convulsions witnessed by the nurse.",
        "Went stiff and shook all over, eyes rolled back.",
    ),
    "diplopia": ("Seeing two of everything.", "Sixth nerve palsy on the left.", "Everything is doubled far away."),
    "vomiting": ("Can't keep food down.", "N/V since last night.", "Been sick several times."),
    "neck_stiffness": ("Can't put chin to chest.", "Kernig positive."),
    "syncope": ("Had a faint at the bus stop.",),
    "confusion_new": ("Not making sense since last night.", "Talking complete nonsense."),
    "unarousable": ("No response to voice or pain.",),
    "swallowing_trouble": ("Can only swallow sips.", "Bread gets stuck in her throat."),
    "unilateral_calf_swelling": ("Calf circumference 41 vs 36.",),
    "pain_unrelenting": ("Pain never lets up, even lying down.", "Non-mechanical constant back pain."),
    "night_pain": ("Can't sleep for the pain.", "Paces about all night."),
    "night_sweats": ("Wakes drenched.", "My nightshirt is wringing wet in the morning."),
    "deformity_progressing": (
        "Leaning further forward each month.",
        "Curve progressing on serial films.",
        "Getting more and more bent over.",
        "Kyphosis increased from 30 to 45 degrees.",
    ),
    "weakness_progressing": ("Progressive motor deficit.", "Motor function is deteriorating."),
    "urinary_retention": ("Has not managed to empty the bladder since last night.",),
    "poor_stream": ("Stream has become weak this week.", "Needs to push to get the urine going."),
    "altered_urge": ("Diminished sensation of urinary flow.",),
    "sexual_dysfunction_new": ("Sudden impotence.",),
    "foot_drop": ("Can't lift the front of her left foot.",),
    "leg_numbness_bilateral": ("Can't feel his legs.", "Altered sensation in both legs."),
    "sensory_level": ("No pinprick below T8.", "Cannot feel anything below the waist.", "Level to pinprick at T6."),
    "pain_out_of_proportion": ("Pain far worse than expected on day 1.", "Disproportionately severe pain."),
    "worse_after_esi": ("Legs weaker since the injection.", "New weakness after the steroid injection yesterday."),
    "abdominal_or_flank_pain": ("C/o abdo pain.", "Pain in the loin on the right."),
    "aortic_aneurysm": ("Has an aneurysm of the aorta.",),
    "pump_problem": ("Pump catheter kinked on x-ray.",),
    "cannot_stand_upright": ("Unable to stand erect.", "He tips forward when standing.", "Fixed forward posture."),
    "new_focal_pain": ("New pinpoint pain over L1.", "One spot in the mid back hurts when tapped."),
    "suicidal_intent": ("Means to go through with it this weekend.", "He says he is going to end his life."),
    "suicide_attempt_recent": ("Took an overdose last week.", "Tried to hang himself last month."),
    "blood_culture_positive": ("BC positive for MRSA.", "Gram positive cocci in blood cultures."),
    "csf_leak_history": ("Dura was opened and sutured.", "Surgeon nicked the sac and stitched it."),
    "falls": ("Legs give way and he goes down.",),
    "trauma_recent": ("Hit by a falling beam at work last week.",),
    "rapid_breathing": ("Tachypnoea.",),
}
SAYS_NOT = {
    "seizure_recent": ("No seizures.", "Seizure in 2010, none since.", "Fit and well.", "Her son had a fit yesterday."),
    "diplopia": ("Vision is normal.", "No diplopia.", "Two of everything in the cupboard."),
    "vomiting": ("No nausea or vomiting.", "Off sick since May.", "Vomited after an infection in 2020."),
    "neck_stiffness": ("Neck supple.", "Kernig negative."),
    "syncope": ("Fainted once at school as a teenager.",),
    "fever": ("Fever with pneumonia in 2020.", "Fever on the second day, resolved."),
    "recent_bacteremia": ("Bacteremia in 2010.",),
    "dyspnea_acute": ("Chronic COPD breathlessness unchanged.",),
    "foot_drop": ("Foot drop was listed among the risks.", "Foot drop is a known complication."),
    "deformity_progressing": ("Curve is stable.", "Leans on the table.", "No progression of the scoliosis."),
    "weakness_progressing": ("Motor function is unchanged.",),
    "night_pain": ("Sleeps well despite the pain.",),
    "pain_unrelenting": ("Pain settles when lying down.",),
    "unarousable": ("My feet have both gone to sleep and won't wake up.",),
    "aortic_aneurysm": ("Screened for AAA, negative.", "Father died of an aortic aneurysm."),
    "falls": ("Fall risk assessment done.",),
    "trauma_recent": ("Trauma-focused therapy for PTSD.",),
    "looks_septic": ("Breathless, gray, sweaty.", "Looks well."),
    "worse_after_esi": ("Better since the injection.", "If your legs get weaker after the injection, call."),
    "sensory_level": ("No sensory level.", "Watch for numbness below the waist."),
    "suicide_attempt_recent": ("His brother tried to hang himself.", "No overdose."),
    "suicidal_intent": ("Will do it tonight with the physiotherapist if allowed.",),
    "csf_leak_history": ("Dura intact.",),
}


def _how(lexicon: Lexicon, said: str, fact: str) -> set[str]:
    facts = read(f"Clinic note 11/20/2026. {said}", "n.txt", lexicon).facts
    return {one.assertion for one in facts if one.fact == fact}


@pytest.mark.parametrize(("fact", "said"), [(fact, one) for fact, all_ in SAYS.items() for one in all_])
def test_it_is_said(lexicon: Lexicon, fact: str, said: str) -> None:
    assert "present" in _how(lexicon, said, fact)


@pytest.mark.parametrize(("fact", "said"), [(fact, one) for fact, all_ in SAYS_NOT.items() for one in all_])
def test_it_is_not_said(lexicon: Lexicon, fact: str, said: str) -> None:
    assert "present" not in _how(lexicon, said, fact)
