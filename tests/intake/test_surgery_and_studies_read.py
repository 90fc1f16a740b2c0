"""Operations, studies and devices as notes tell them: what was done, what is still to come, and what was never done."""

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
    return read(said if said.startswith("\n") else HEAD + said + "\n", "n.txt", lexicon).facts


def _told(lexicon: Lexicon, said: str, name: str) -> list[tuple[object, str]]:
    return [(one.value, one.assertion) for one in _facts(lexicon, said) if one.fact == name]


def _values(lexicon: Lexicon, said: str, ending: str, assertion: str = "present") -> list[object]:
    return [one.value for one in _facts(lexicon, said) if one.fact.endswith(ending) and one.assertion == assertion]


@pytest.mark.parametrize(
    "said",
    [
        "He was offered a C5-6 ACDF.",
        "Second surgery, L4-5 TLIF, recommended by Dr. Varga.",
        "Fusion at L4-5 proposed by the surgeon.",
        "Fusion L4-5 denied by insurance.",
        "ACDF C5-6 has been requested.",
        "Awaiting authorization for L4-5 fusion.",
        "Booked for L4/5 TLIF next month.",
        "L4-5 fusion: patient undecided.",
    ],
)
def test_what_is_proposed_is_not_done(lexicon: Lexicon, said: str) -> None:
    assert _values(lexicon, said, ".procedure") == []
    assert ["fusion"] in _values(lexicon, said, ".procedure", "planned")


@pytest.mark.parametrize(
    "said",
    [
        "He cancelled his L4-5 fusion.",
        "L5-S1 fusion was recommended but she declined.",
        "Was offered L4-5 fusion in 2019 but opted for injections.",
        "She wants to avoid another fusion at L4-5.",
        "Plan: L4-5 laminectomy if injections fail.",
        "He expects to be a hundred percent after fusion.",
        "Her brother had an L4-5 fusion in 2019.",
        "Referred to spine surgery.",
        "Declined back surgery.",
        "No plans for surgery.",
    ],
)
def test_what_was_turned_down_is_neither_done_nor_planned(lexicon: Lexicon, said: str) -> None:
    for assertion in ("present", "planned"):
        assert _values(lexicon, said, ".procedure", assertion) == []
        assert _values(lexicon, said, "spine_surgery_planned", assertion) == []
        assert _values(lexicon, said, "spine_surgery_ever", assertion) == []


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("L4-5 fusion was recommended in 2024 and performed in May 2025.", "2025-05"),
        ("C3-C6 posterior fusion 14 months ago. ?nonunion", None),
        ("L4-5 discectomy Wed 11/11 (POD 9), Dr. Sandoval.", "2026-11-11"),
    ],
)
def test_what_was_done_stays_done(lexicon: Lexicon, said: str, date: str | None) -> None:
    assert len(_values(lexicon, said, ".procedure")) == 1
    assert _values(lexicon, said, "surgeries.0.date") == ([date] if date else [])


@pytest.mark.parametrize(
    "said",
    [
        "No further surgery contemplated at present.",
        "There is no indication for further surgery.",
        "No surgery planned.",
        "Not a surgical candidate.",
        "Surgeon does not recommend further surgery.",
    ],
)
def test_no_surgery_planned_denies_no_earlier_one(lexicon: Lexicon, said: str) -> None:
    assert _told(lexicon, said, "spine_surgery_planned") == [(True, "negated")]
    assert _told(lexicon, said, "spine_surgery_ever") == []


@pytest.mark.parametrize(
    ("said", "name", "value"),
    [
        ("s/p L3-L5 PLIF 8/31/26. Indication: lumbar stenosis.", "indication", "stenosis"),
        ("s/p L4-S1 TLIF 11/2024 (DDD).", "indication", "degenerative_disc"),
        ("Cervical myelopathy, s/p C4-C7 ACDF 10/28/2026.", "indication", "myelopathy"),
        ("T11-L2 fusion 10/10/2026 for L1 burst fracture.", "indication", "fracture"),
        ("L4-S1 fusion 2020 c/b deep wound infection.", "complications", ["wound_infection"]),
        ("L4-5 fusion 2019 for spondylolisthesis, complicated by DVT.", "complications", ["thrombosis"]),
        ("L4-5 discectomy 12/05/2023. He never improved after that surgery.", "relief", "none"),
        ("L5/S1 discectomy R 2011 (good result).", "relief", "good"),
        ("L4-5 fusion 2021 with partial relief.", "relief", "partial"),
        ("L4-5 discectomy 11/1/2026. Op note: small dural tear, repaired.", "durotomy", True),
        ("L4-5 fusion 2019 with left iliac crest autograft.", "graft_site", "iliac_crest_left"),
        ("L4-S1 fusion 2019. CT lumbar 10/2/2026: pedicle screws at L4 to S1.", "instrumented", True),
        ("Re-do left L5-S1 discectomy 9/12/2024.", "revision_of_earlier", True),
    ],
)
def test_what_stands_beside_an_operation(lexicon: Lexicon, said: str, name: str, value: object) -> None:
    assert _told(lexicon, said, f"surgeries.0.{name}") == [(value, "present")]


@pytest.mark.parametrize(
    "said",
    [
        "L4-5 laminectomy 11/1/2026. Complications: bleeding, infection, nerve injury, CSF leak discussed.",
        "L4-5 laminectomy 11/1/2026. Complications: none.",
        "L4-5 fusion 2021. ESI gave good relief.",
        "L4-5 fusion 2019. Now recurrent stenosis at L3-4.",
        "I&D 10/24/2026, hardware retained.",
    ],
)
def test_what_is_not_of_the_operation(lexicon: Lexicon, said: str) -> None:
    names = {one.fact.rpartition(".")[2] for one in _facts(lexicon, said) if one.fact.startswith("surgeries.")}
    assert not names & {"complications", "relief", "indication", "instrumented", "durotomy", "levels"} - {"levels"}


def test_implants_go_to_the_operation_of_their_bracket(lexicon: Lexicon) -> None:
    facts = _facts(lexicon, "C5-6 ACDF 2015, L4-5 laminectomy 2017, L4-S1 fusion 2019 (screws, cages).")
    told = {one.fact for one in facts if one.fact.endswith(("instrumented", "interbody_cage"))}
    assert told == {"surgeries.2.instrumented", "surgeries.2.interbody_cage"}


def test_a_part_of_an_operation_is_no_second_one(lexicon: Lexicon) -> None:
    said = "Seen 20 months following T10-pelvis fusion with L5-S1 TLIF for degenerative scoliosis (March 4, 2025)."
    facts = {one.fact: one.value for one in _facts(lexicon, said)}
    assert not any(name.startswith("surgeries.1") for name in facts)
    assert facts["surgeries.0.approach"] == "tlif"
    assert facts["surgeries.0.date"] == "2025-03-04"
    assert facts["surgeries.0.months_since"] == 20


def test_an_operative_report_is_one_operation(lexicon: Lexicon) -> None:
    note = """
OPERATIVE REPORT
DATE OF PROCEDURE: 10/12/2026

PREOPERATIVE DIAGNOSIS: Pseudarthrosis, L5-S1.

PROCEDURES PERFORMED:
1. Removal of L5 and S1 pedicle screws.
2. Revision posterolateral arthrodesis, L5-S1.
3. Bilateral foraminotomies, L5-S1.

INDICATIONS: She underwent an L4-S1 laminectomy in March of 2024 at another hospital.

DESCRIPTION OF PROCEDURE: A 3 mm durotomy was closed. New screws were placed. No BMP was used.
"""
    facts = _facts(lexicon, note)
    first = {(one.fact, str(one.value), one.assertion) for one in facts if one.fact.startswith("surgeries.0.")}
    assert ("surgeries.0.procedure", "['implant_removal', 'fusion', 'foraminotomy']", "present") in first
    for name, value, assertion in (
        ("date", "2026-10-12", "present"),
        ("indication", "pseudarthrosis", "present"),
        ("durotomy", "True", "present"),
        ("instrumented", "True", "present"),
        ("bmp_used", "True", "negated"),
    ):
        assert (f"surgeries.0.{name}", value, assertion) in first
    assert _values(lexicon, note, "surgeries.1.date") == ["2024-03"]
    assert _values(lexicon, note, "surgeries.1.durotomy") == []


@pytest.mark.parametrize(
    ("said", "modality"),
    [
        ("MRI thoracic spine ordered.", "mri"),
        ("Follow up in 2 weeks with cervical x-rays.", "radiograph"),
        ("CT lumbar spine at six months to assess fusion.", "ct"),
        ("I have requested a CT scan and will see her with the results.", "ct"),
        ("CT angiogram could be obtained.", "ct_angiogram"),
        ("I should be grateful for an MRI.", "mri"),
        ("Surgeon follow-up 11/24 with standing x-rays.", "standing_radiograph"),
        ("DXA ordered.", "dxa"),
        ("Needs MRI today.", "mri"),
        ("If groin worse, hip XR.", "radiograph"),
        ("Would repeat MRI if the block fails.", "mri"),
    ],
)
def test_a_study_to_come_is_not_done(lexicon: Lexicon, said: str, modality: str) -> None:
    told = _told(lexicon, said, "imaging.0.modality")
    assert told in ([(modality, "planned")], [(modality, "hypothetical")])


@pytest.mark.parametrize(
    "said",
    [
        "Cannot have MRI because of her pacemaker.",
        "MRI-conditional pacemaker placed 2021.",
        "Bring the MRI disc next visit.",
        "No MRI has been done.",
        "Her brother had an MRI showing cancer.",
    ],
)
def test_no_study_at_all(lexicon: Lexicon, said: str) -> None:
    assert not any(one.fact.startswith("imaging") for one in _facts(lexicon, said))


@pytest.mark.parametrize(
    ("said", "finding", "assertion"),
    [
        ("The rods are intact.", "rod_fracture", "negated"),
        ("No rod fracture.", "rod_fracture", "negated"),
        ("No hardware failure.", "screw_breakage", "negated"),
        ("Metastasis cannot be entirely excluded.", "metastasis", "uncertain"),
        ("Mild epidural fibrosis is questioned.", "epidural_fibrosis", "uncertain"),
        ("Possible loosening at S1.", "hardware_loosening", "uncertain"),
        ("No lucency, solid-appearing fusion.", "bridging_bone", "present"),
        ("L5-S1 appears fused.", "bridging_bone", "present"),
        ("L5-S1 does not appear fused.", "nonunion", "present"),
        ("No bridging bone at L5-S1.", "bridging_bone", "negated"),
        ("Canal is widely decompressed.", "central_stenosis", "negated"),
        ("Recurrent right paracentral herniation L4-5.", "recurrent_herniation", "present"),
        ("Right sacral ala insufficiency fracture.", "sacral_fracture", "present"),
        ("R SIJ degen, no sacral fx.", "sacral_fracture", "negated"),
        ("Cage has subsided into L5.", "cage_subsidence", "present"),
        ("Adjacent segment degeneration with severe stenosis at L3-L4.", "adjacent_level_stenosis", "present"),
    ],
)
def test_findings(lexicon: Lexicon, said: str, finding: str, assertion: str) -> None:
    facts = _facts(lexicon, f"CT lumbar 10/2/2026: {said}")
    told = {one.assertion for one in facts if one.fact.endswith(".findings") and finding in list(one.value or ())}
    assert told == {assertion}


def test_one_rod_intact_says_nothing_of_the_other(lexicon: Lexicon) -> None:
    told = _values(lexicon, "CT lumbar 10/2/2026: right rod broken at L4-5, left rod intact.", ".findings", "negated")
    assert ["rod_fracture"] not in told


def test_a_report_has_one_study_and_its_comparison_has_its_own_day(lexicon: Lexicon) -> None:
    note = """
EXAM: MRI LUMBAR SPINE WITHOUT AND WITH CONTRAST
EXAM DATE: 10/06/2026

CLINICAL HISTORY: Prior L4-L5 fusion 2022. Rule out infection.
COMPARISON: MRI lumbar spine 03/17/2025.
TECHNIQUE: Susceptibility artifact from hardware degrades evaluation.

FINDINGS:
L3-L4: Moderate central canal stenosis, progressed.
L4-L5: No residual stenosis. Pedicle screws in place.
Soft tissues: No epidural abscess.

IMPRESSION: Consider bone scan.
"""
    told = {(one.fact, str(one.value), one.assertion) for one in _facts(lexicon, note)}
    for fact in (
        ("imaging.0.date", "2026-10-06", "present"),
        ("imaging.0.contrast", "without_and_with", "present"),
        ("imaging.0.quality", "limited_by_metal", "present"),
        ("imaging.0.levels", "['L3-L4']", "present"),
        ("imaging.0.findings", "['abscess']", "negated"),
        ("imaging.1.date", "2025-03-17", "present"),
        ("imaging.2.modality", "bone_scan", "planned"),
        ("surgeries.0.instrumented", "True", "present"),
    ):
        assert fact in told
    assert ("imaging.0.findings", "['central_stenosis']", "negated") not in told


def test_the_day_of_a_study_told_by_today(lexicon: Lexicon) -> None:
    assert _values(lexicon, "X-rays of the lumbar spine today show solid fusion.", "imaging.0.date") == ["2026-11-20"]
    assert _values(lexicon, "He is here today. MRI showed L4-5 stenosis.", "imaging.0.date") == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("She has a spinal cord stimulator? No, it was never placed.", [("spinal_cord_stimulator", "negated")]),
        ("Patient has SCS and is being considered for revision.", [("spinal_cord_stimulator", "present")]),
        ("s/p SCS implant 2021.", [("spinal_cord_stimulator", "present")]),
        ("Spinal cord stimulator was explanted in 2022.", []),
        ("Pacemaker was removed in 2020.", []),
        ("Her sister has a pacemaker.", []),
        ("Patient is asking for a spinal cord stimulator.", []),
    ],
)
def test_devices(lexicon: Lexicon, said: str, told: list[tuple[str, str]]) -> None:
    assert _told(lexicon, said, "implanted_devices.0.type") == told


@pytest.mark.parametrize(
    ("said", "procedure", "assertion"),
    [
        ("Percutaneous SCS trial 11/09/2026 gave 70% relief.", "spinal_cord_stimulator_trial", "present"),
        ("Underwent spinal cord stimulator trial in March 2025.", "spinal_cord_stimulator_trial", "present"),
        (
            "SCS trial went well. Proceed to permanent implant, tentatively 12/15/2026.",
            "spinal_cord_stimulator_implant",
            "planned",
        ),
        ("Suitable for an SCS trial. If cleared, could consider a trial in January.", "", ""),
        ("Bone growth stimulator placed.", "", ""),
    ],
)
def test_stimulator_trials(lexicon: Lexicon, said: str, procedure: str, assertion: str) -> None:
    told = [(one.value, one.assertion) for one in _facts(lexicon, said) if one.fact.endswith(".procedure")]
    assert told == ([([procedure], assertion)] if procedure else [])


def test_what_presses_on_a_root_is_no_collection(lexicon: Lexicon) -> None:
    said = "MRI lumbar 10/2/2026: disc extrusion at L5-S1 compressing the S1 root."
    assert not any(one.fact.startswith("collection") for one in _facts(lexicon, said))


def test_a_t_score_is_no_level(lexicon: Lexicon) -> None:
    assert _values(lexicon, "DEXA 3/2026 T -1.9.", "imaging.0.region") == []


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Kypho T12 2021; lami L2-L5 '14 for stenosis.", {"vertebral_augmentation": "2021", "laminectomy": "2014"}),
        ("ACDF C5-6 ('18), then L5-S1 discectomy '21.", {"fusion": "2018", "discectomy": "2021"}),
        ("L4-L5 laminectomy 10/19, husband says he is sore.", {"laminectomy": "2026-10-19"}),
        ("I did an L4/5 decompression in 2017 and we went on to fuse him L3 to L5 in 2024.",
         {"laminectomy": "2017", "fusion": "2024"}),
        ("OPERATIVE NOTE\nDOS: 04/16/2013\n\nOperation:\n- Cervical discectomy C5-6\n- Interbody arthrodesis C5-6\n",
         {"discectomy": "2013-04-16", "fusion": "2013-04-16"}),
        ("OPERATIVE REPORT\nDATE OF PROCEDURE: 02/18/2021\nTITLE OF OPERATION: Removal of hardware L4-S1.\n\n\
CLINICAL SUMMARY: He had an L4 through S1 TLIF on August 6 2019.\n",
         {"implant_removal": "2021-02-18", "fusion": "2019-08-06"}),
        ("Removal of old L2-5 rods on 03/09/2022.", {"implant_removal": "2022-03-09"}),
        # what names no operation
        ("Post-laminectomy syndrome with radiculopathy.", {}),
        ("She rates it '10 out of 10'.", {}),
    ],
)  # fmt: skip
def test_what_was_done_when(lexicon: Lexicon, said: str, wanted: dict[str, str]) -> None:
    facts = read(f"Clinic note 11/20/2026.\n\n{said}\n" if "OPERATIVE" not in said else said, "n.txt", lexicon).facts
    days = {one.fact.split(".")[1]: one.value for one in facts if one.fact.endswith(".date") and "surg" in one.fact}
    told = {
        name: days.get(one.fact.split(".")[1])
        for one in facts
        if one.fact.startswith("surgeries.") and one.fact.endswith(".procedure")
        for name in one.value  # type: ignore[union-attr]
    }
    assert told == wanted
