"""Signs of the cauda equina and the cord as patients, relatives, nurses and residents say them, and what is none."""

from __future__ import annotations

import pytest
from reading_laws.sentences import lexicon
from ruamel.yaml import YAML

from spondyl.intake.note import read
from spondyl.knowledge.load import lexicon as sources

HEAD = "Visit 11/20/2026. L4-5 fusion 11/2/2026.\n\n"
SAID = {
    "saddle_anesthesia": (
        "I can't feel the toilet paper any more.",
        "It's like the dentist jabbed me between the legs.",
        "When I ride the exercise bike I can't feel the seat under me.",
        "Reports a horseshoe of numbness from buttock to buttock across the crotch.",
    ),
    "urinary_retention": (
        "The tap is dry, I've been trying since breakfast.",
        "They had to put a tube in because I couldn't go.",
        "Night nurse: bladder scanned for 610, pt voided 20.",
        "Doctor, three times I go to toilet and no water come.",
    ),
    "new_urinary_incontinence": (
        "I need a towel on the car seat now.",
        "My bladder has a mind of its own now, it goes whenever it wants.",
        "My bladder just lets go when I stand up, started on Monday.",
    ),
    "altered_urge": (
        "I go because I think I should, not because I feel it.",
        "The bladder doesn't announce itself anymore.",
        "Catheter was inserted and I didn't feel it going in.",
        "She denies any sensation of bladder filling.",
    ),
    "bowel_incontinence": (
        "I only noticed when I smelled it.",
        "Poo just drops out of me.",
        "Since Sunday my back door doesn't close.",
    ),
    "anal_tone_reduced": (
        "The ring doesn't close round the finger.",
        "Rectal exam: patulous anus, no squeeze.",
        "Doctor put finger behind and say muscle is sleeping.",
    ),
    "sexual_dysfunction_new": ("It doesn't get hard since the disc slipped.", "Sex feels like nothing now."),
    "bilateral_leg_symptoms": (
        "At first right sciatica, since Tuesday left as well.",
        "Now my good leg has started acting up.",
        "Both soles feel like walking on pebbles.",
        "SLR positive both sides at 30.",
    ),
    "bilateral_leg_weakness": (
        "Hip flexors 4/5 b/l.",
        "My two legs are getting useless.",
        "Doctor, the two legs no force.",
    ),
    "weakness_reported": ("I can't squeeze the toothpaste.", "My leg doesn't do what I tell it."),
    "foot_drop": (
        "The front of my foot won't come up off the gas pedal.",
        "I stumble because the tip of my shoe keeps catching.",
        "No active dorsiflexion on the right.",
        "The toes of my left foot drag on the carpet.",
    ),
    "weakness_progressing": (
        "Yesterday I could lift my foot, today I can't.",
        "On arrival 4/5, now 2/5.",
        "Power dropped from 4 to 3 since yesterday.",
    ),
    "gait_ataxia": (
        "I need to look at the floor all the time when I walk or I'd topple.",
        "I walk as if on cotton wool.",
        "I feel tipsy without having drunk anything.",
    ),
    "loss_of_walking": (
        "I've gone from walking to a wheelchair in ten days.",
        "She stopped walking on Thursday.",
        "He can only get about on his hands and knees.",
    ),
    "myelopathy_worsening": (
        "My hands get clumsier and my walking gets worse every month.",
        "mJOA 15 to 12 over 6 months.",
        "Interval progression of myelopathy.",
    ),
    "hand_clumsiness": (
        "I hit the wrong keys on my phone all the time.",
        "I can't play the guitar any more, my fingers are too slow.",
        "Finger escape sign positive.",
    ),
    "sensory_level": (
        "Doctor, from the breast to down I don't feel.",
        "Level at T4 to pin.",
        "Physio: light touch reduced from costal margin distally.",
    ),
    "reflexes": ("Achilles 3+ bilat.", "Doctor hit knee and leg kick to the ceiling."),
    "clonus": ("My heel bounces by itself when I rest on my toes.", "Rhythmic beating of the ankle on stretch."),
    "babinski": ("Plantars \u2191\u2191.", "Toes fan and the big one lifts on stroking.", "Babinski: [x] positive"),
    "hoffmann": ("Flicking the middle fingernail makes the thumb bend.", "Hoffmann: [x] R [x] L"),
    "spasticity": ("Clasp-knife rigidity of the legs.", "My knees lock and won't bend."),
    "lhermitte": ("When I look down it zaps into my legs.", "Chin to chest gives a jolt down the arms."),
    "sensory_deficit": ("I burn my fingers on the stove and don't notice.", "LT \u2193 hands bilat."),
    "falls": ("I went over on the pavement twice on Saturday.", "Pt found on floor by nurse."),
}
NOT_SAID = (
    ("urinary_retention", "The door won't open at the clinic."),
    ("urinary_retention", "Bladder scan 40 mL after voiding."),
    ("urinary_retention", "Bladder not palpable."),
    ("urinary_retention", "No voiding problem."),
    ("new_urinary_incontinence", "Pain is running down my legs without warning."),
    ("new_urinary_incontinence", "Uses a heating pad since last week."),
    ("new_urinary_incontinence", "The wound is leaking all day since yesterday."),
    ("altered_urge", "She feels the bladder fill and the urge is normal."),
    ("bowel_incontinence", "Loose stools and weight loss for a month."),
    ("anal_tone_reduced", "Weak grip of the right hand, cannot squeeze my fingers."),
    ("anal_tone_reduced", "PR: [x] normal tone [ ] reduced tone"),
    ("bilateral_leg_symptoms", "Power and sensation in both legs are normal."),
    ("bilateral_leg_symptoms", "Pain in the left leg; the right leg is fine."),
    ("bilateral_leg_weakness", "Strength 5/5 in both legs."),
    ("weakness_reported", "Leg strength same as before."),
    ("weakness_reported", "The battery of my phone went out."),
    ("foot_drop", "Dorsiflexion 5/5 on both sides."),
    ("foot_drop", "Toe numb since the operation."),
    ("weakness_progressing", "Quads 2/5 on Monday, 4/5 today."),
    ("weakness_progressing", "Burning spread from the knee to the hip."),
    ("gait_ataxia", "Tandem gait normal, Romberg negative."),
    ("loss_of_walking", "He walks two miles without a stick."),
    ("myelopathy_worsening", "mJOA 12 to 15 over 6 months."),
    ("hand_clumsiness", "No trouble with buttons or keys."),
    ("sensory_level", "Feels touch normally below the navel."),
    ("reflexes", "Knee jerks 2+ and symmetric."),
    ("clonus", "Pushed the foot up: no beats."),
    ("babinski", "Plantars: [x] down [ ] up"),
    ("lhermitte", "Electric scooter crash, neck supple."),
    ("falls", "He fell asleep on the couch twice this week."),
)
BAD = {"reflexes": ("brisk",)}


def present(text: str, fact: str) -> bool:
    return any(
        (one.fact == fact or one.fact.startswith(fact + "."))
        and one.assertion == "present"
        and one.value in BAD.get(fact, (one.value,))
        and one.value not in (False, [])
        for one in read(HEAD + text + "\n", "n", lexicon()).facts
    )


@pytest.mark.parametrize(("fact", "text"), [(fact, text) for fact, said in SAID.items() for text in said])
def test_a_sign_in_everyday_words_is_read(fact, text):
    assert present(text, fact)


@pytest.mark.parametrize(("fact", "text"), NOT_SAID)
def test_what_only_sounds_like_a_sign_is_none(fact, text):
    assert not present(text, fact)


def test_a_daughter_tells_of_her_mother():
    assert present("Daughter: Mum can't take a single step since Sunday.", "loss_of_walking")
    assert not present("Her mother can't take a single step since Sunday.", "loss_of_walking")


def test_every_class_has_a_name_of_its_own_and_every_slot_names_one():
    files = sources()["files"]
    content = next(content for name, content in files.items() if "frames" in name)
    content = YAML(typ="safe", pure=True).load(content) if isinstance(content, str) else content
    names = [name for classes in content["classes"].values() for name in classes]
    asked = {
        name
        for frame in content["frames"]
        for slot in (*frame["all"], *frame.get("none", ()), *frame.get("between", ()))
        for name in slot.split("|")
    }
    assert sorted(names) == sorted(set(names))
    assert asked <= set(names)
