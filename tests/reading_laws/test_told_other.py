"""Dangers as patients, families and nurses say them: each sentence says its sign, and its neighbor does not."""

from __future__ import annotations

import pytest
from reading_laws.sentences import lexicon

from spondyl.intake.note import read

DAY = "2026-11-22"
HEAD = "Visit 11/20/2026. L4-L5 fusion on 11/02/2026.\n\n"

SAID = (
    ("fever", "Her temperature is a hundred and two."),
    ("fever", "He felt roasting so we checked, 39.7."),
    ("fever", "The thermometer went up to 39.5."),
    ("fever", "She has had a temperature since Tuesday."),
    ("chills", "She shivered for an hour under three blankets and could not get warm."),
    ("chills", "His teeth were clacking and he shook all over."),
    ("rapid_breathing", "He is panting at rest."),
    ("rapid_breathing", "Thirty breaths a minute on the couch."),
    ("hypotension", "The home cuff read 84 over 46 and he looks gray."),
    ("hypotension", "Systolic 78 on arrival."),
    ("confusion_new", "He is talking gibberish since the operation."),
    ("confusion_new", "She doesn't know the date and is picking at the bedclothes."),
    ("confusion_new", "Oriented to self only this morning."),
    ("wound_status=warmth", "The skin around my cut is boiling."),
    ("wound_status=drainage_clear", "Something like tap water keeps running out of my back and soaks the sheets."),
    ("wound_status=drainage_purulent", "Thick creamy fluid comes from the wound."),
    ("wound_status=dehiscence", "The edges have pulled apart by 2 cm."),
    ("wound_status=skin_threatened", "Skin stretched tight over the screw head and about to give."),
    ("orthostatic_headache", "My head is fine in bed and murder when I'm up."),
    ("orthostatic_headache", "If I sit up my skull bursts, flat on the pillow it goes."),
    ("neck_stiffness", "Her neck is like a plank and she is burning up."),
    ("unilateral_calf_swelling", "My calf is rock hard and red, just the left one."),
    ("chest_pain_acute", "There is an elephant on my chest since this morning."),
    ("dyspnea_acute", "She has to stop halfway up the stairs to breathe, since Sunday."),
    ("dyspnea_acute", "He can only get two words out at a time and his lips are blue."),
    ("dyspnea_acute", "She stops on the landing to catch her breath since yesterday."),
    ("chest_pain_pleuritic", "Stabbing under the left breast with each breath."),
    ("hemoptysis", "There was a red streak in the handkerchief when he coughed."),
    ("airway_sign", "His shirt collar won't close any more."),
    ("airway_sign", "He makes a noise when he breathes in."),
    ("airway_sign", "He talks like he has a hot potato in his mouth."),
    ("new_urinary_incontinence", "She has lost her bladder control."),
    ("pulses_reduced", "The nurse says no pulse in the left foot."),
    ("cold_pulseless_limb", "Foot like marble, white, and no feeling in it."),
    ("pulsatile_mass", "Something beating in my abdomen, a lump, like a second heart."),
    ("airway_sign", "The swelling in my neck is pushing on my windpipe."),
    ("airway_sign", "She crows each time she breathes in, since the operation on her neck."),
    ("swallowing_trouble", "Toast gets held up in my throat and comes back up."),
    ("sedation", "He nods off with the fork in his hand and cannot keep his eyes open."),
    ("unarousable", "I slapped his face and shouted, nothing."),
    ("unarousable", "GCS 3 on the sofa."),
    ("respiratory_rate", "I timed her: four breaths in a minute."),
    ("respiratory_rate", "Respirations dropped from 14 to 6."),
    ("pinpoint_pupils", "The black part of her eyes shrunk to pinheads."),
    ("suicidal_ideation", "Sometimes I think of driving the car into a wall."),
    ("suicidal_ideation", "Death would be a relief, he says."),
    ("suicidal_plan", "He knows which bridge."),
    ("suicidal_plan", "She has looked up how many tablets it takes to die."),
    ("opioid_withdrawal_signs", "Sweats and crawling skin before her next dose is due."),
    ("opioid_withdrawal_signs", "Ran out of tramadol, yawning, goosebumps and the runs."),
    ("trauma_recent", "A beam landed on his back at work yesterday."),
    ("trauma_recent", "He went over the handlebars on Sunday."),
    ("low_energy_fall", "She missed the chair and landed on her tailbone on Monday."),
    ("night_pain", "The ache gets me out of bed at three in the morning whichever way I lie."),
    ("pain_unrelenting", "It never lets up, sitting, standing or lying."),
    ("pain_escalating", "The pain is ramping up by the hour on day 1 after surgery."),
    ("unexplained_weight_loss", "My trousers are hanging off me, the weight is dropping off me and I eat the same."),
    ("cancer_history", "Had a kidney taken out for a growth, it was malignant."),
    ("immunosuppression", "I take anti-rejection tablets for my new kidney."),
    ("iv_drug_use", "Fresh needle marks, he is shooting up daily."),
    ("recent_bacteremia", "They found staph in my blood last month."),
    ("recent_infection_elsewhere", "An infected tooth was pulled ten days ago, still on amoxicillin."),
    ("pump_problem", "The pump in my belly is chirping."),
    ("imaging=rod_fracture", "One of the rods has snapped."),
    ("imaging=screw_breakage", "There is breakage of the left S1 pedicle screw."),
    ("imaging=implant_migration", "The spacer has slid out of place."),
)
NOT_SAID = (
    ("fever", "Temp 36.9, feels fine."),
    ("fever", "Return if the thermometer shows 101 or more."),
    ("chills", "His hands shake from a tremor."),
    ("hypotension", "Blood pressure 128 over 76."),
    ("confusion_new", "He was confused about which tablets to take."),
    ("confusion_new", "Alert and oriented x3."),
    ("wound_status=warmth", "A heat pack on the scar helps."),
    ("wound_status=dehiscence", "Edges well approximated."),
    ("orthostatic_headache", "Headache worse at night lying down."),
    ("neck_stiffness", "Stiff neck from sleeping badly, no fever."),
    ("unilateral_calf_swelling", "Calves soft and equal."),
    ("chest_pain_acute", "The chest tube is out."),
    ("pulses_reduced", "Foot pulses strong."),
    ("airway_sign", "Neck stiff with tight muscles."),
    ("airway_sign", "He has a collar and closes the shirt over it."),
    ("hemoptysis", "Blood on the toilet tissue from piles."),
    ("altered_urge", "Strength is full, reduced pinprick on the left foot."),
    (
        "fever",
        "My sister had surgery in May. She got an abscess, fever 104. My back is fine after my laminectomy.",
    ),
    (
        "emergency_named=epidural_abscess",
        "MRI LUMBAR SPINE\nINDICATION: Rule out epidural abscess.\nFINDINGS: No collection.",
    ),
    ("swallowing_trouble", "A bitter pill to swallow, he says of the bill."),
    ("sedation", "His leg falls asleep when crossed."),
    ("unarousable", "Back pain unresponsive to ibuprofen."),
    ("respiratory_rate", "Heart rate 60 a minute, breathing quietly."),
    ("suicidal_ideation", "This pain is killing me, he laughs."),
    ("suicidal_plan", "Plan: continue tablets, rope exercises, review in four weeks."),
    ("opioid_withdrawal_signs", "Stopped ibuprofen, nausea gone."),
    ("trauma_recent", "The spacer slipped out of place."),
    ("low_energy_fall", "He fell asleep in the chair."),
    ("night_pain", "Wakes twice a night to urinate."),
    ("pain_unrelenting", "He never stops talking."),
    ("unexplained_weight_loss", "Lost 10 kg on purpose with a diet."),
    ("cancer_history", "A benign lump was removed."),
    ("immunosuppression", "Wears hearing aids."),
    ("iv_drug_use", "Sensation to pin is intact in both feet."),
    ("recent_bacteremia", "Blood cultures negative."),
    ("imaging=rod_fracture", "Afraid of a rod that could snap."),
)


def said(text: str, key: str) -> bool:
    """Whether a note says a fact, or a member of a set, as present."""
    name, _, member = key.partition("=")
    for fact in read(HEAD + text + "\n", "n", lexicon(), DAY).facts:
        own = fact.fact == name or (name == "imaging" and fact.fact.startswith("imaging.") and "findings" in fact.fact)
        if own and fact.assertion == "present" and fact.value not in (False, []):
            if name == "respiratory_rate" and isinstance(fact.value, int) and fact.value > 10:
                continue
            if not member or (isinstance(fact.value, list) and member in fact.value):
                return True
    return False


@pytest.mark.parametrize(("key", "text"), SAID)
def test_a_danger_in_everyday_words_is_read(key: str, text: str) -> None:
    assert said(text, key)


@pytest.mark.parametrize(("key", "text"), NOT_SAID)
def test_its_neighbor_is_none(key: str, text: str) -> None:
    assert not said(text, key)
