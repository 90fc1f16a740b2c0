"""Laws of the reader that hold for every note."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake.note.test_styles import NOTES

from spondyl.intake.note import Lexicon, read

SIGNS = {
    "saddle numbness": "saddle_anesthesia", "urinary retention": "urinary_retention", "bowel incontinence": "bowel_incontinence",  # noqa: E501
    "fever": "fever", "chills": "chills", "foot drop": "foot_drop", "weight loss": "unexplained_weight_loss",
    "night sweats": "night_sweats", "ankle clonus": "clonus", "unsteady gait": "gait_ataxia", "diplopia": "diplopia",
}  # fmt: skip


def told(text: str, lexicon: Lexicon) -> set[tuple[str, str, str]]:
    return {(fact.fact, json.dumps(fact.value), fact.assertion) for fact in read(text, "n", lexicon).facts}


@pytest.mark.parametrize(
    "change", [lambda t: t.replace(" ", "   "), lambda t: t.replace("\n", "\r\n"), lambda t: re.sub(" ", "\t", t)]
)
def test_white_space_changes_nothing(change, lexicon):
    for text, _ in NOTES.values():
        assert told(change(text), lexicon) == told(text, lexicon)


@pytest.mark.parametrize("change", [str.upper, str.lower])
def test_case_changes_nothing(change, lexicon):
    for name, (text, _) in NOTES.items():
        assert told(change(text), lexicon) == told(text, lexicon), name


@pytest.mark.parametrize("sign", SIGNS)
def test_a_denial_turns_a_sign(sign, lexicon):
    fact = SIGNS[sign]
    assert (fact, "true", "present") in told(f"The patient has {sign}.", lexicon)
    for denial in (
        "Denies {}.",
        "No {}.",
        "Without {}.",
        "{}: denied.",
        "No cough or {}.",
        "Negative for cough, {}, and rash.",
        "Patient does not have {}.",
    ):
        said = told(denial.format(sign), lexicon)
        assert (fact, "true", "negated") in said, denial
        assert (fact, "true", "present") not in said, denial


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    "frame",
    [
        "Return if {}.",
        "Call us immediately if he develops {}.",
        "Watch for {}.",
        "Return precautions: {}.",
        "His mother had {}.",
        "Possible {}.",
        "?{}",
    ],
)
def test_what_is_not_said_of_the_patient_now(sign, frame, lexicon):
    assert (SIGNS[sign], "true", "present") not in told(frame.format(sign), lexicon)


@settings(deadline=None, max_examples=60)
@given(
    parts=st.lists(
        st.sampled_from(
            [text for text, _ in NOTES.values()]
            + ["\x00", "\u202e", "\ud800", "no " * 40, "((((", "L4-", "5/5/5", "é\u0301", "\u00a0", "İ"]
        ),
        max_size=6,
    ),
    junk=st.text(max_size=60),
)
def test_spans_are_exact_whatever_the_text(parts, junk, lexicon):
    text = junk.join(parts) + junk
    reading = read(text, "n", lexicon)
    for fact in reading.facts:
        assert fact.source.text == text[fact.source.start : fact.source.end]
        assert fact.source.start < fact.source.end
    for unread in reading.unread:
        assert unread.text == text[unread.start : unread.end]
    assert reading == read(text, "n", lexicon)


@pytest.mark.parametrize(
    "text", ["", "no " * 20_000, "\x00" * 1000, "\ud800fever", "(" * 20_000, "L4-" * 10_000, " " * 50_000, "1" * 50_000]
)
def test_naughty_text_is_read(text, lexicon):
    read(text, "n", lexicon)
