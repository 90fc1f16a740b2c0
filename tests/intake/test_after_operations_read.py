"""What notes tell of an operation beside its name: how it helped, what went wrong, its graft, level, and days."""

from __future__ import annotations

from pathlib import Path

import pytest

from spondyl.intake.note import Lexicon, read
from spondyl.intake.note.__main__ import load_lexicon

HEAD = "Visit 11/20/2026.\n\n"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.from_plain(load_lexicon(Path(__file__).parents[2] / "knowledge"))


def _told(lexicon: Lexicon, said: str, field: str) -> list[tuple[str, object, str]]:
    """The values of a field of the operations: number of the operation, value, assertion."""
    facts = read(HEAD + said + "\n", "n.txt", lexicon).facts
    parts = [(one, one.fact.split(".")) for one in facts if one.fact.startswith("surgeries.")]
    return [(number, one.value, one.assertion) for one, (_, number, name) in parts if name == field]


@pytest.mark.parametrize(
    ("said", "relief"),
    [
        ("L4-5 discectomy in May 2024. Partial relief.", "partial"),
        ("L5-S1 discectomy 06/04/2026. Leg pain resolved completely for 10 weeks, then recurred.", "complete"),
        ("L5-S1 discectomy in November of 2022. He recalls perhaps six weeks of good relief.", "good"),
        ("A repeat discectomy at L5-S1 was carried out on 08/15/2023, which she says made her worse.", "worse"),
        ("L5/S1 discectomy 22 July 2026. His leg pain settled straight after the operation.", "complete"),
        ("L4-5 discectomy 11/14/2026.\n - Leg pain? Gone since surgery.", "complete"),
        ("L4-5 fusion 2019. She never had relief from the surgery.", "none"),
        ("L4-5 fusion in 2019 took care of all his leg pain.", "complete"),
        ("L4-5 TLIF 05/11/2026, did well until three weeks ago.", "good"),
        ("C5-6 ACDF 2021. The arms have been much better since the operation.", "good"),
        ("L4-5 laminectomy 2023. Relief of back pain, leg pain unchanged.", "partial"),
        ("L4-5 fusion 3/2019. She had complete relief from her 2019 fusion.", "complete"),
    ],
)
def test_relief(lexicon: Lexicon, said: str, relief: str) -> None:
    assert _told(lexicon, said, "relief") == [("0", relief, "present")]


@pytest.mark.parametrize(
    "said",
    [
        "L4-5 fusion 2019 and two epidural injections with good relief.",
        "L4-5 fusion 2019. TFESI in 2020 gave excellent relief.",
        "L4-5 fusion 2019. Leg pain resolved completely after the epidural injection.",
        "L4-5 fusion 2019. Back pain is much better with physical therapy.",
        "L4-5 fusion 2019. Her pain is not much better since surgery.",
        "L4-5 fusion 2019. We expect good relief after another operation.",
        "L4-5 fusion 2019. Her brother had complete relief after his operation.",
    ],
)
def test_relief_of_something_else(lexicon: Lexicon, said: str) -> None:
    assert _told(lexicon, said, "relief") == []


def test_each_operation_has_its_own_relief(lexicon: Lexicon) -> None:
    said = (
        "L4-5 laminectomy 2015, L4-5 fusion 2018. The first surgery helped a lot; the second operation made her worse."
    )
    assert _told(lexicon, said, "relief") == [("0", "good", "present"), ("1", "worse", "present")]


@pytest.mark.parametrize(
    ("said", "complications"),
    [
        (
            "L4-5 fusion 10/01/2026 with a dural tear (no sequelae), complicated by a DVT.",
            [("0", "thrombosis", "present")],
        ),
        (
            "L4-5 discectomy 06/20/2024; L4-5 fusion 03/18/2025. The note of 03/25/2025 records a wound infection.",
            [("1", "wound_infection", "present")],
        ),
        ("C3-C6 posterior cervical fusion 08/13/2026. Resolving left C5 palsy.", [("0", "nerve_injury", "present")]),
        ("L4-5 discectomy 11/14/2026. Possible CSF leak.", [("0", "csf_leak", "uncertain")]),
        (
            "L4-5 fusion 10/28/2026. The catheter came out on 10/31; he could not void.",
            [("0", "urinary_retention", "present")],
        ),
        ("L4-5 fusion 10/28/2026 without DVT or wound infection.", []),
        ("L4-5 fusion 2010. On 10/31/2026 he could not void.", []),
        ("L4-5 fusion 2019. Father had a DVT.", []),
        ("L4-5 fusion planned for 12/14/2026. Risks include CSF leak and wound infection.", []),
    ],
)
def test_complications(lexicon: Lexicon, said: str, complications: list[tuple[str, str, str]]) -> None:
    told = _told(lexicon, said, "complications")
    assert [(number, value[0], how) for number, value, how in told if isinstance(value, list)] == complications


@pytest.mark.parametrize(
    ("said", "field", "told"),
    [
        ("L5-S1 discectomy 2022. A repeat discectomy at the same level in 2023.", "levels", ["L5-S1"]),
        ("Right leg pain 5 months after surgery.\n\nL4-5 discectomy on 06/04/2026.", "date", "2026-06-04"),
        ("L3-S1 fusion (3/2023). L3-S1 fusion 3/14/2023.", "date", "2023-03-14"),
        ("L4-5 fusion 8/13/2026. No lifting over 5 kg until 02/2027.", "restrictions_until", "2027-02"),
        ("C3-6 posterior cervical laminectomy and fusion 2020.", "procedure", ["laminectomy", "fusion"]),
        ("L4-5 fusion 2020 with bone taken from the left hip.", "graft", ["iliac_crest"]),
        ("L4-5 fusion 2020 with bone from the lamina.", "graft", ["local_autograft"]),
    ],
)
def test_details(lexicon: Lexicon, said: str, field: str, told: object) -> None:
    assert told in [value for _, value, _ in _told(lexicon, said, field)]


def test_the_day_of_a_treatment_is_not_that_of_the_operation_it_followed(lexicon: Lexicon) -> None:
    said = "L5/S1 discectomy 22 July 2026.\n\nSeen for ten sessions up to 17 November 2026 following his discectomy."
    assert _told(lexicon, said, "date") == [("0", "2026-07-22", "present")]


def test_a_report_with_its_narrative(lexicon: Lexicon) -> None:
    said = (
        "OPERATIVE REPORT\nDATE OF OPERATION: 11/18/2026\nPROCEDURES PERFORMED:\n1. L3-L4 laminectomy.\n2. L3-L4 TLIF."
        "\n3. Primary repair of incidental durotomy.\n\nDESCRIPTION: The cage was packed with local bone graft."
        " Demineralized bone matrix was added. No BMP was used.\n"
    )
    assert _told(lexicon, said, "procedure")[0][1] == ["laminectomy", "fusion", "dural_repair"]
    assert [value for _, value, _ in _told(lexicon, said, "graft")] == [
        ["local_autograft"],
        ["demineralized_bone_matrix"],
    ]
    assert _told(lexicon, said, "bmp_used") == [("0", True, "negated")]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("L4-5 fusion 3/18/2025 complicated by a deep infection.", ["present"]),
        ("L4-5 fusion 3/18/2025. Superficial wound infection treated with cephalexin.", ["present"]),
        ("L4-5 fusion 3/18/2025 not complicated by infection.", ["negated"]),
        ("Her sister had a fusion complicated by infection.", []),
    ],
)
def test_an_earlier_infection(lexicon: Lexicon, said: str, told: list[str]) -> None:
    facts = read(HEAD + said + "\n", "n.txt", lexicon).facts
    how = [one.assertion for one in facts if one.fact == "surgical_infection_history" and one.assertion != "family"]
    assert how == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Request: permanent spinal cord stimulator implantation.", ["planned"]),
        ("Patient requests a spinal cord stimulator implant.", []),
        ("Request: spinal cord stimulator trial.", []),
    ],
)
def test_a_request_for_authorization(lexicon: Lexicon, said: str, told: list[str]) -> None:
    assert [how for _, _, how in _told(lexicon, said, "procedure")] == told


def test_a_torn_dura_denied_at_the_end(lexicon: Lexicon) -> None:
    said = "L4-5 laminectomy 10/28/2026. He walked. He ate. He slept. He had no fever. "
    assert _told(lexicon, said + "There was no dural tear.", "durotomy") == [("0", True, "negated")]
    assert _told(lexicon, said + "Risks include dural tear.", "durotomy") == []
