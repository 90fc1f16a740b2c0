"""The note is shown whole and unchanged, whatever was read from it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from service.serving import NOTE

from spondyl.intake.inputs import Input, read_inputs
from spondyl.knowledge import load
from spondyl.record import Case, Fact, Source
from spondyl.service.marks import lit, marks_of, pieces

TEXT = "No fever, no chills. L4-S1 fusion 03/2025; 58M with back pain 6/10."
SPANS = st.lists(
    st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 20)).map(lambda one: (one[0], min(len(TEXT), sum(one)))),
    max_size=12,
)


def case_of(spans):
    facts = [
        Fact(
            "fever", True, "negated" if start % 2 else "present", None, Source("note", "n", start, end, TEXT[start:end])
        )
        for start, end in spans
    ]
    return Case(tuple(facts), {}, {"n": TEXT})


@given(SPANS, SPANS)
def test_nothing_is_lost_and_no_fact_is_without_a_mark(spans, unread):
    case = case_of(spans)
    marks = marks_of(case, ["n"])
    assert "".join(piece.text for piece in pieces(TEXT, 0, marks, unread)) == TEXT
    assert {place for mark in marks for place in mark.facts} == set(range(len(case.facts)))
    ends = [0, *[edge for mark in marks for edge in (mark.start, mark.end)]]
    assert ends == sorted(ends)  # no mark lies within another
    for place, fact in enumerate(case.facts):
        own = [mark.id for mark in marks if place in mark.facts]
        assert set(own) <= set(lit([fact], marks, ["n"]))


def test_the_marks_of_a_note():
    rules = load()
    case = read_inputs([Input("n", NOTE.encode())], rules, "2026-11-22")
    words = [NOTE[mark.start : mark.end] for mark in marks_of(case, ["n"])]
    assert "61F" in words
    assert "fever" in words
    denied = [mark for mark in marks_of(case, ["n"]) if NOTE[mark.start : mark.end] == "fever"]
    assert [mark.assertion for mark in denied] == ["negated"]
