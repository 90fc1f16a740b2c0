"""What must not change the facts: blanks, case, spelling, other words, order, the calendar, other sentences."""

from __future__ import annotations

import random
import re
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_laws.sentences import DAY, HEAD, ORDERS, SENTENCES, SPELLED, SPELLINGS, SYNONYMS, UNRELATED, told, written

NOTES = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6, unique=True)
FEW = settings(max_examples=60)


@FEW
@given(note=NOTES, seed=st.integers(0, 10_000))
def test_extra_blanks(note, seed):
    chance = random.Random(seed)
    plain = written(note)
    spread = re.sub(" ", lambda _: chance.choice([" ", " ", "  ", "\u00a0"]), plain)
    assert told(spread) == told(plain)


@FEW
@given(note=NOTES, end=st.sampled_from(["\r\n", "\r", "\n\n", "\n \n", "  \n", "\u2028", "\x0b"]))
def test_line_ends(note, end):
    plain = written(note)
    assert told(plain.replace("\n", end)) == told(plain)


@FEW
@given(note=NOTES, seed=st.integers(0, 10_000))
def test_letter_case(note, seed):
    chance = random.Random(seed)
    head, body = HEAD.format(DAY), written(note)[len(HEAD.format(DAY)) :]
    changed = "\n".join(chance.choice([str.upper, str.lower, str])(line) for line in body.split("\n"))
    assert told(head + changed) == told(head + body)


@FEW
@given(note=NOTES, seed=st.integers(0, 10_000), join=st.sampled_from(["\n", " ", "\n\n"]))
def test_order_of_sentences(note, seed, join):
    other = list(note)
    random.Random(seed).shuffle(other)
    assert told(written(other, join=join)) == told(written(note, join=join))


@FEW
@given(note=NOTES, by=st.integers(-5_000, 5_000))
def test_another_calendar(note, by):
    later = DAY + timedelta(days=by)
    assert told(written(note, later), later) == told(written(note))


@FEW
@given(note=NOTES, added=st.sampled_from(UNRELATED), at=st.integers(0, 6), join=st.sampled_from(["\n", " "]))
def test_a_sentence_about_something_else(note, added, at, join):
    longer = [*note[:at], added, *note[at:]]
    assert told(written(longer, join=join)) == told(written(note, join=join))


@FEW
@given(note=NOTES, order=st.sampled_from(ORDERS), at=st.integers(0, 6), join=st.sampled_from(["\n", " "]))
def test_text_that_gives_orders_to_the_reader(note, order, at, join):
    longer = [*note[:at], order, *note[at:]]
    assert told(written(longer, join=join)) == told(written(note, join=join))


@FEW
@given(note=NOTES)
def test_each_sentence_says_the_same_alone_and_among_others(note):
    together = set(told(written(note)))
    for sentence in note:
        alone = {
            said for said in told(written([sentence])) if "=[]" not in said
        }  # "5/5 throughout" yields to "EHL 3/5"
        assert alone <= together


@pytest.mark.parametrize(("frame", "ways"), SYNONYMS)
def test_other_words_for_the_same(frame, ways):
    base = told(written([frame.format(ways[0])]))
    assert base
    for way in ways[1:]:
        assert told(written([frame.format(way)])) == base, way


@pytest.mark.parametrize("sentence", SPELLED)
def test_american_and_british_spelling(sentence):
    british = sentence
    for american, other in SPELLINGS:
        british = re.sub(american, other, british, flags=re.IGNORECASE)
    assert told(written([sentence])) == told(written([british])) != []


@pytest.mark.parametrize(
    ("frame", "ways"),
    [
        ("Takes naproxen 500 {} twice daily.", ("mg", "milligrams", "mg.", "milligram", "mgs")),
        ("Patient {} saddle numbness.", ("denies", "is negative for")),
    ],
)
def test_more_words_for_the_same(frame, ways):
    test_other_words_for_the_same(frame, ways)


def test_the_reason_of_an_operation_is_no_finding():
    study, operation = (
        "MRI of the lumbar spine on 10/31/2026 shows a fluid collection.",
        "A right L5-S1 microdiscectomy was performed on 09/21/2026 for a herniated disc.",
    )
    assert told(written([study, operation])) == told(written([operation, study]))
