"""Text made to break a reader: a result or a coded refusal, never a fault, never a wrong place."""

from __future__ import annotations

import functools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_laws.sentences import SENTENCES, lexicon, written

from spondyl import knowledge
from spondyl.intake.inputs import Input, read_inputs
from spondyl.intake.note import read
from spondyl.record import Refusal

DAY = "2026-11-22"
load = functools.cache(knowledge.load)

NAUGHTY = (
    "\x00", "\x00" * 40, "\x01\x02\x1b[31m", "\ud800", "\udfff\ud800", "\ufeff", "\ufffe", "\uffff", "\u202e",
    "\u2066\u2069", "\u200b\u200c\u200d\u2060", "\u00ad", "e\u0301\u0301\u0301", "Z\u0351\u036b\u0343\u036a\u0302",
    "\U0001f469\U0001f3fd\u200d\u2695\ufe0f", "\u0661\u0662\u0663 mg", "\u00bd\u00b2\u2075", "\u2170 \u2167",
    "\uff26\uff45\uff56\uff45\uff52", "\u0130\u0131\u017f\u212a", "\u1e9e\u00df", "\ufb01\ufb02",
    "\u2028\u2029\x85\x0b\x0c", "\t \r\n\r", "(((((", "]]]]]", "{{{{", "\"'`\u2018\u201c", "\\\\n\\", "%s%n%d",
    "${x}", "<!--", "<![CDATA[", "&#0;&lt;", "1e309", "-0", "00000", "9" * 400, "1/0", "0/0/0000", "99/99/9999",
    "L99-T77", "C0-S9", "L5-L4", "+-/*", "....", ",,,,", ";;;;", "----", "????", "NaN", "null", "undefined", "True",
    "None", "--", "no " * 50, "denies " * 50, "not not not", "L4-" * 30, "5/" * 30, "mg " * 30,
)  # fmt: skip


def sound(text: str) -> None:
    reading = read(text, "n", lexicon(), DAY)
    for fact in reading.facts:
        source = fact.source
        assert 0 <= source.start < source.end <= len(text)
        assert source.text == text[source.start : source.end]
    for unread in reading.unread:
        assert unread.text == text[unread.start : unread.end]


@settings(max_examples=150)
@given(
    note=st.lists(st.sampled_from(SENTENCES), max_size=4),
    junk=st.lists(st.one_of(st.sampled_from(NAUGHTY), st.text(max_size=30)), min_size=1, max_size=6),
    data=st.data(),
)
def test_junk_anywhere(note, junk, data):
    text = written(note)
    for piece in junk:
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + piece + text[at:]
    sound(text)


@pytest.mark.parametrize("junk", NAUGHTY)
def test_the_same_facts_beside_it(junk):
    """Junk on lines of its own takes away none of what the note says."""
    text = "Clinic note 11/20/2026.\nNew saddle numbness since yesterday.\n\n" + junk + "\n\nDenies chills.\n"
    sound(text)
    told = {(fact.fact, fact.assertion) for fact in read(text, "n", lexicon(), DAY).facts}
    assert {("saddle_anesthesia", "present"), ("chills", "negated")} <= told


@settings(max_examples=100)
@given(content=st.binary(max_size=300))
def test_any_bytes_are_a_case_or_a_refusal(content):
    try:
        case = read_inputs([Input("n", content)], load(), DAY, "note")
    except Refusal as refusal:
        codes = [problem.code for problem in refusal.problems]
    else:
        codes = []
    assert all(code.startswith("I0") for code in codes)
    for fact in case.facts if not codes else ():
        assert case.texts["n"][fact.source.start : fact.source.end] == fact.source.text


LONG = {
    "negations": "no fever, " * 100_000,
    "denials of nothing": "denies " * 140_000,
    "open brackets": "(" * 1_000_000,
    "brackets in words": "a(b[c{ " * 140_000,
    "digits": "7" * 1_000_000,
    "numbers": "4.5 " * 250_000,
    "levels": "L4-L5 " * 160_000,
    "one word": "a" * 1_000_000,
    "dates": "11/20/2026 " * 90_000,
    "grades": "5/5 " * 250_000,
    "line breaks": "\n" * 1_000_000,
    "blanks": " \t" * 500_000,
    "rows": "| a | b |\n" * 100_000,
    "emphasis": "**a** " * 160_000,
    "doses": "mg 5 mg q6h " * 80_000,
    "marks": ".,;:!?" * 160_000,
    "emoji": "\U0001f600" * 500_000,
    "headings": "PLAN:\n" * 160_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_a_long_note_of_one_thing(name):
    """A tenth of what is accepted; benchmarks/reading.py measures the cost up to 1 MB."""
    began = time.perf_counter()
    sound(LONG[name][:100_000])
    assert time.perf_counter() - began < 20


@pytest.mark.slow
def test_a_hundred_thousand_negations_in_one_sentence():
    sound(LONG["negations"])
