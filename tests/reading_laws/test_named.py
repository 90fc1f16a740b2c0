"""An emergency that the note itself names: present or suspected now, and not one excluded, long past or warned of."""

from __future__ import annotations

import pytest
from reading_laws.sentences import lexicon

from spondyl.intake.note import read

HEAD = "Visit 11/20/2026. L4-5 fusion 3/2/2025.\n\n"

NAMED = (
    ("Impression: acute cauda equina syndrome. Emergency MRI requested.", "cauda_equina_syndrome"),
    ("Assessment: CES, transfer to spine center tonight.", "cauda_equina_syndrome"),
    ("Referred with ?CES.", "cauda_equina_syndrome"),
    ("Impression: cauda equina syndrome, incomplete (CESI).", "cauda_equina_syndrome"),
    ("GP referral: concern for cauda equina.", "cauda_equina_syndrome"),
    ("MRI requested to rule out CES.", "cauda_equina_syndrome"),
    ("Clinical picture in keeping with cauda equina compression.", "cauda_equina_syndrome"),
    ("Diagnosis: epidural abscess L4, on vancomycin. Surgery tonight.", "epidural_abscess"),
    ("Assessment:\n1. Epidural abscess L3-4\n2. Diabetes", "epidural_abscess"),
    ("MRI lumbar spine today: epidural hematoma T12-L2.", "epidural_hematoma"),
    ("Presumed postoperative epidural haematoma, theatre alerted.", "epidural_hematoma"),
    ("Impression: acute cord compression T10.", "acute_cord_compression"),
    ("Working diagnosis: likely MSCC T8.", "acute_cord_compression"),
    ("High suspicion of bacterial meningitis.", "meningitis"),
    ("CTPA confirms bilateral PE.", "pulmonary_embolism"),
    ("?PE, CTPA booked", "pulmonary_embolism"),
    ("Doppler positive for DVT left leg.", "deep_vein_thrombosis"),
    ("CT shows a ruptured AAA.", "aortic_rupture_or_dissection"),
    ("Admitted with acute leg ischemia after ALIF.", "acute_limb_ischemia"),
)
NOT_NAMED = (
    "No evidence of cauda equina syndrome.",
    "Return if signs of cauda equina.",
    "History of CES 2019, decompressed, full recovery.",
    "MRI excluded cauda equina compression.",
    "CES precautions given and understood.",
    "Discussed the risks of surgery including infection, epidural hematoma and CES.",
    "Low suspicion for CES at this point.",
    "CES unlikely, screen negative.",
    "MRI: conus and cauda equina normal, no cord compression.",
    "MRI shows crowding of the cauda equina roots at L3-4.",
    "PMH: DVT 2015, epidural abscess 2021 treated.",
    "Past medical history: cauda equina syndrome 2018, pulmonary embolism 2019.",
    "DVT prophylaxis with enoxaparin.",
    "His father was admitted with a pulmonary embolism.",
    "Warned about cauda equina syndrome and given a card.",
    "Chronic cauda equina syndrome since 2012, self-catheterizes, unchanged.",
    "If you notice these you may have cauda equina syndrome: go to the emergency department.",
    "Six weeks of antibiotics for epidural abscess completed in March, CRP 3.",
    "Diagnosis: 1. Chronic low back pain. 2. Old CES with residual numbness, unchanged.",
    "Cauda equina?  No",
    "CES: no",
    "PE: normal gait, 5/5.",
    "Imp: PE unlikely.",
    "Impression: wound haematoma, stable.",
    "Imp: ruptured disc L4-5.",
    "MRI 11/19/2026: small postoperative epidural hematoma without compression.",
    "Aortic aneurysm 3.2 cm under surveillance, no dissection.",
    "Not suspicious for epidural abscess.",
)


def named(text):
    facts = read(HEAD + text + "\n", "n", lexicon()).facts
    return {
        value for one in facts if one.fact == "emergency_named" and one.assertion == "present" for value in one.value
    }


@pytest.mark.parametrize(("text", "emergency"), NAMED)
def test_what_the_note_names_or_suspects_is_named(text, emergency):
    assert named(text) == {emergency}


@pytest.mark.parametrize("text", NOT_NAMED)
def test_what_is_excluded_past_or_warned_of_is_not_named(text):
    assert named(text) == set()
