"""Lists of what to come back for that open with a place or a short order, and reports that only look like them."""

from __future__ import annotations

from pathlib import Path

import pytest

from spondyl.intake.note import Lexicon, read
from spondyl.intake.note.__main__ import load_lexicon

_SIGNS = frozenset(
    "fever saddle_anesthesia urinary_retention new_urinary_incontinence bowel_incontinence weakness_reported"
    " orthostatic_headache falls dyspnea_acute unilateral_calf_swelling suicidal_ideation".split()
)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.from_plain(load_lexicon(Path(__file__).parents[2] / "knowledge"))


def _there(lexicon: Lexicon, said: str) -> set[str]:
    facts = read(f"Clinic note 11/20/2026.\n\nPLAN\nContinue PT.\n{said}\n", "n.txt", lexicon).facts
    return {one.fact for one in facts if one.fact in _SIGNS and one.assertion in ("present", "historical")}


@pytest.mark.parametrize(
    "said",
    [
        "ER for new weakness, inability to urinate, loss of bowel control, saddle numbness.",
        "ED if fever, new leg weakness or saddle numbness.",
        "Emergency room for numbness between the legs, trouble peeing or weak legs.",
        "Call/return: fever > 101, can't pee, incontinence of stool or urine, calf swelling, SOB, HA when upright.",
        "Call right away: fever, drainage, severe HA sitting up, leg weakness, loss of bladder or bowel.",
        "- Go to ER immediately for: saddle numbness, new incontinence, leg weakness",
        "911 if chest pain, short of breath or suicidal.",
        "Caution re: overdose, falls.",
        "Go to the emergency department if you: cannot pee; notice weak legs; have a temperature over 38.5 C.",
        "He was told to come to the emergency room at once for fever, saddle numbness or trouble urinating.",
        "We discussed palsy, infection, hematoma, loss of bladder control and saddle numbness.",
    ],
)
def test_a_list_of_what_to_come_back_for_is_not_there(lexicon: Lexicon, said: str) -> None:
    assert _there(lexicon, said) == set()


@pytest.mark.parametrize(
    ("said", "there"),
    [
        (
            "ED for urinary retention and saddle numbness since this morning.",
            {"urinary_retention", "saddle_anesthesia"},
        ),
        ("Call: numb saddle, cannot pee.", {"saddle_anesthesia", "urinary_retention"}),
        ("Go to ER: cannot pee, saddle numbness since noon.", {"saddle_anesthesia", "urinary_retention"}),
        ("Seen in ER for fever, saddle numbness and retention of urine last night.", {"fever", "saddle_anesthesia"}),
        ("We discussed infection, hematoma, and he now has saddle numbness.", {"saddle_anesthesia"}),
        ("He was told to come to the ER for his fever last night, which he did.", {"fever"}),
        ("Return visit: saddle numbness, fever.", {"saddle_anesthesia", "fever"}),
    ],
)
def test_a_report_is_no_such_list(lexicon: Lexicon, said: str, there: set[str]) -> None:
    assert there <= _there(lexicon, said)
