"""Review-of-systems lists as forms give them: answers behind, boxes, columns, headings that deny a list.

`a=b` is said present, `!a=b` denied, `?a=b` open, `-a` must not be said present at all.
"""

from __future__ import annotations

import json
from functools import lru_cache

import pytest

from spondyl.intake.note import read
from spondyl.intake.note.answers import answers
from spondyl.intake.phrases import phrases

HEAD = "Visit 11/20/2026. L4-5 fusion 3/2025.\n\n"
_NNY = "!fever=True !chills=True night_sweats=True"

ANSWERS = {
    "ROS: Fever N, Chills N, Night sweats Y": _NNY,
    "Fever: N   Chills: N   Night sweats: Y": _NNY,
    "Fever No  Chills No  Night sweats Yes": _NNY,
    "Fever No Chills No Night sweats Yes": _NNY,
    "Fever (N) Chills (N) Night sweats (Y)": _NNY,
    "Fever [N]  Chills [N]  Night sweats [Y]": _NNY,
    "fever no, chills no, night sweats yes, saddle numbness no.": _NNY + " !saddle_anesthesia=True",
    "Fever: no, chills: no, night sweats: yes": _NNY,
    "Fever? n  chills? n  night sweats? y  saddle numbness? n": _NNY + " !saddle_anesthesia=True",
    "Fever-n, chills-n, night sweats-y": _NNY,
    "Fever = no, chills = no, night sweats = yes": _NNY,
    "Fever (no), chills (no), night sweats (yes)": _NNY,
    "Fever N\nChills N\nNight sweats Y": _NNY,
    "Fever (no)\nChills (no)\nNight sweats (yes)": _NNY,
    "Bowel incontinence: no, bladder incontinence: yes since Monday.": (
        "!bowel_incontinence=True new_urinary_incontinence=True"
    ),
    "Power N, sensation N, reflexes N. Fever last night.": "fever=True",
    "Takes Tylenol No. 3, naproxen yes.": "medications.0.drug=acetaminophen",
    "Diabetes: no. Cancer: no. Osteoporosis: yes, on alendronate.": (
        "!diabetes=True !cancer_history=True osteoporosis=True"
    ),
    "She said no fever.": "-fever",
    "He has fever, and said no to antibiotics.": "fever=True",
}
BOXES = {
    "| Symptom | Yes | No |\n|---|---|---|\n| Fever | | X |\n| Night sweats | X | |": "!fever=True night_sweats=True",
    "Symptom          Yes   No\nFever                  x\nNight sweats      x": "!fever=True night_sweats=True",
    "                Y    N\nFever          [ ]  [x]\nChills         [ ]  [x]\nNight sweats   [x]  [ ]": _NNY,
    "Fever: Y [ ] N [x]\nNight sweats: Y [x] N [ ]": "!fever=True night_sweats=True",
    "Fever  Y[ ] N[x]   Night sweats Y[x] N[ ]": "!fever=True night_sweats=True",
    "Fever: [ ] yes [x] no\nNight sweats: [x] yes [ ] no": "!fever=True night_sweats=True",
    "Fever \u2610 Yes \u2612 No\nNight sweats \u2612 Yes \u2610 No": "!fever=True night_sweats=True",
    "Fever: Y [ ] N [ ]": "?fever=True",
    "\u2610 Fever \u2610 Chills \u2612 Night sweats \u2611 Weight loss": (
        "?fever=True ?chills=True night_sweats=True unexplained_weight_loss=True"
    ),
    "SYMPTOMS (checked = present)\n[ ] Fever   [ ] Chills   [x] Night sweats\nOsteopathy: [ ]  Chiropractic: [ ]": (
        _NNY + " -prior_treatments.0.type"
    ),
    "[ ] Fever   [ ] Chills   [x] Night sweats": "?fever=True ?chills=True night_sweats=True",
    "Chiropractic: [ ]": "-prior_treatments.0.type",
    "Chiropractic: \u2610": "-prior_treatments.0.type",
}
HEADED = {
    "Pertinent negatives: fever, chills, saddle anesthesia.": "!fever=True !chills=True !saddle_anesthesia=True",
    "Pertinent negatives include no fever and no saddle numbness.": "!fever=True !saddle_anesthesia=True",
    "Red flag negatives: fever, weight loss. Positives: fall last week.": "!fever=True !unexplained_weight_loss=True",
    "Red flags negative (fever, cancer, saddle numbness).": "!fever=True !cancer_history=True !saddle_anesthesia=True",
    "Red flags negative: fever, weight loss.": "!fever=True !unexplained_weight_loss=True",
    "All questions negative: saddle numbness, retention.": "!saddle_anesthesia=True !urinary_retention=True",
    "No to all: fever, chills, saddle numbness.": "!fever=True !chills=True !saddle_anesthesia=True",
    "Answered NO to: fever, urinary retention.": "!fever=True !urinary_retention=True",
    "She answered no to fever and chills but yes to saddle numbness.": (
        "!fever=True !chills=True saddle_anesthesia=True"
    ),
    "Asked about chills or saddle numbness he said no.": "!saddle_anesthesia=True -chills",
    "Asked about incontinence.": "?new_urinary_incontinence=True",
    "Denies fever, steroid use, cancer.": "!fever=True !chronic_steroid=True !cancer_history=True",
    "Denies fever, IV drug use, cancer, trauma.": (
        "!fever=True !iv_drug_use=True !cancer_history=True !trauma_recent=True"
    ),
    "Denies numbness, uses tramadol for pain.": "medications.0.drug=tramadol",
    "Denies numbness and uses prednisone 10 mg daily.": "medications.0.drug=prednisone",
}
_MARKS = {"!": "negated", "?": "uncertain"}


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
    [pair for table in (ANSWERS, BOXES, HEADED) for pair in table.items()],
    ids=lambda text: text[:50],
)
def test_the_list_is_read(sentence: str, expected: str) -> None:
    """Each token of a row holds."""
    said = _said(sentence)
    for token in expected.split():
        name, _, value = token.lstrip("!?-").partition("=")
        value = {"True": "true"}.get(value, value)
        if token.startswith("-"):
            assert not [one for one in said if one[0] == name and one[2] == "present"], token
        else:
            assert (name, value, _MARKS.get(token[0], "present")) in said, (token, sorted(said))


@pytest.mark.parametrize("sentence", [*ANSWERS, *BOXES, *HEADED])
def test_every_character_keeps_its_place(sentence: str) -> None:
    """What is made plain is as long as it was, with its lines where they were."""
    plain = answers(sentence)
    assert len(plain) == len(sentence)
    assert [k for k, c in enumerate(plain) if c == "\n"] == [k for k, c in enumerate(sentence) if c == "\n"]


def test_long_lists_take_no_longer_per_answer() -> None:
    """Ten thousand answers, blanks or open boxes are read at once."""
    for text in (
        "Fever N, " * 9_000,
        "Fever" + " " * 60_000 + "No\n" * 3,
        "[ ] y " * 9_000,
        "Y N\n" + "a [ ] [ ]\n" * 6_000,
    ):
        assert len(answers(text)) == len(text)
