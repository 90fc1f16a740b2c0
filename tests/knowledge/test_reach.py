"""What can hold is found by going through all combinations; judged here by the reference engine."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from spondyl.knowledge.reach import covered, outcomes
from spondyl.logic import (
    FALSE,
    TRUE,
    And,
    AtLeast,
    Compare,
    Condition,
    FactIs,
    Facts,
    FactType,
    Has,
    In,
    Members,
    Not,
    Or,
    exactly,
    judge,
    parse,
)
from spondyl.logic.vocabulary import Vocabulary

TYPES = {
    "a": FactType("a", "truth"),
    "b": FactType("b", "truth"),
    "n": FactType("n", "number", None, 0, 4),
    "c": FactType("c", "choice", frozenset({"x", "y", "z"})),
    "s": FactType("s", "set", frozenset({"p", "q"})),
}
LEAVES = st.one_of(
    st.sampled_from([FactIs("a"), FactIs("b"), Has("s", "p"), Has("s", "q")]),
    st.builds(Compare, st.just("n"), st.sampled_from(["<", "<=", ">", ">=", "=="]), st.sampled_from([0, 1, 2, 4, "t"])),
    st.builds(lambda words: In("c", tuple(sorted(words))), st.sets(st.sampled_from("xyz"), min_size=1)),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(lambda parts: And(tuple(parts)), st.lists(inner, min_size=2, max_size=3)),
        st.builds(lambda parts: Or(tuple(parts)), st.lists(inner, min_size=2, max_size=3)),
        st.builds(
            lambda n, parts: AtLeast(n, tuple(parts)), st.integers(1, 3), st.lists(inner, min_size=3, max_size=4)
        ),
    ),
    max_leaves=8,
)
PATIENTS = [
    Facts(a=a, b=b, n=exactly(n), c=c, s=Members(frozenset(s), closed=True))
    for a, b, n, c, s in product(
        (TRUE, FALSE), (TRUE, FALSE), (0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4), "xyz", ("", "p", "q", "pq")
    )
]
NUMBERS = {"t": 3.0}


@given(CONDITIONS)
def test_what_can_hold_and_fail(condition: Condition) -> None:
    truths = {judge(condition, patient, NUMBERS).truth for patient in PATIENTS}
    assert outcomes(condition, TYPES, NUMBERS) == (TRUE in truths, FALSE in truths)


@given(st.lists(st.tuples(CONDITIONS, st.none() | CONDITIONS), min_size=1, max_size=2), CONDITIONS)
def test_what_is_covered_is_covered_for_every_patient(
    steps: list[tuple[Condition, Condition | None]], last: Condition
) -> None:
    found = covered(steps, (last, None), TYPES, NUMBERS)
    if found is None:
        return
    for patient in (*PATIENTS, Facts(a=TRUE), Facts(n=exactly(1)), Facts(c="x", b=FALSE), Facts()):
        if judge(last, patient, NUMBERS).truth is TRUE:
            assert any(
                judge(when, patient, NUMBERS).truth is TRUE
                and (unless is None or judge(unless, patient, NUMBERS).truth is not TRUE)
                for when, unless in (steps[index] for index in found)
            )


def read(text: str) -> Condition:
    return parse(text, Vocabulary(TYPES, {"t": None}))


def test_an_unknown_keeps_a_later_level_alive() -> None:
    # With b unknown the first two say nothing, and the third holds.
    steps = [(read("a and b"), None), (read("a and not b"), None)]
    assert covered(steps, (read("a"), None), TYPES, NUMBERS) is None
    assert covered([(read("a"), read("b"))], (read("a"), None), TYPES, NUMBERS) is None
    assert covered([(read("a or b"), None)], (read("a"), None), TYPES, NUMBERS) == (0,)


def test_large_conditions_are_taken_apart() -> None:
    names = {f"f{i}": FactType(f"f{i}", "truth") for i in range(40)}
    wide = " or ".join(names)
    assert outcomes(parse(wide, Vocabulary(names)), names, {}) == (True, True)
    narrow = parse(f"({wide}) and (f0 and not f0)", Vocabulary(names))
    assert outcomes(narrow, names, {}) in ((True, True), (False, True))
