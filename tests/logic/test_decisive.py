"""The facts to ask for: what is found works, and up to three facts nothing smaller does. Tried by brute force."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from logic.strategies import JOIN_STRATEGIES

from spondyl.logic import (
    FALSE,
    TRUE,
    UNKNOWN,
    And,
    AtLeast,
    Compare,
    Condition,
    Decisive,
    FactIs,
    Facts,
    Has,
    In,
    Interval,
    Members,
    Names,
    NoneOf,
    Not,
    Or,
    Paths,
    Search,
    Truth,
    Value,
    closure,
    decisive,
    exactly,
    fact_names,
    judge,
)
from spondyl.logic.decisive import EXACT_UP_TO

THRESHOLDS = {"care_weeks": 6.0}
TRUTHS = ("a", "b", "c", "d")
GRID = (3.0, 4.0, 5.0, 6.0, 7.0)  # the bounds, and one number on each side of them
WORDS = ("root", "facet", "disc")
MEMBERS = ("x", "y")

leaf = st.one_of(
    st.builds(FactIs, st.sampled_from(TRUTHS)),
    st.builds(
        Compare, st.just("n"), st.sampled_from(["<", "<=", ">", ">=", "=="]), st.sampled_from([4.0, "care_weeks"])
    ),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=2, unique=True).map(lambda some: In("w", tuple(some))),
    st.builds(Has, st.just("s"), st.sampled_from(MEMBERS)),
)
conditions = st.recursive(
    leaf, lambda part: st.one_of([make(part) for make in JOIN_STRATEGIES.values()]), max_leaves=10
)
wide = st.lists(leaf | leaf.map(Not), min_size=4, max_size=9).map(lambda parts: And(tuple(parts)))

recorded = st.fixed_dictionaries(
    {},
    optional={
        "a": st.sampled_from([TRUE, FALSE, UNKNOWN]),
        "n": st.sampled_from([Interval(4, 6), Interval(5, None), Interval(None, 6), Interval(3, 5), exactly(6)]),
        "w": st.sampled_from(["root", NoneOf(frozenset({"facet"})), NoneOf(frozenset({"root", "facet"}))]),
        "s": st.sampled_from([Members(frozenset({"x"})), Members(no=frozenset({"y"})), Members(closed=True)]),
    },
).map(Facts)


def could_be(name: str, value: Value | None) -> list[Value]:
    """Everything the fact may turn out to be, given what is known of it."""
    if name in TRUTHS:
        return [TRUE, FALSE] if value in (None, UNKNOWN) else [value]
    if name == "n":
        known = value if isinstance(value, Interval) else Interval(None, None)
        return [exactly(number) for number in GRID if known.meets(exactly(number))]
    if name == "w":
        denied = value.values if isinstance(value, NoneOf) else frozenset()
        return [value] if isinstance(value, str) else [word for word in (*WORDS, "another") if word not in denied]
    known_members = value if isinstance(value, Members) else Members()
    sides = [{TRUE: [True], FALSE: [False], UNKNOWN: [True, False]}[known_members.has(member)] for member in MEMBERS]
    return [
        Members(
            frozenset(member for member, there in zip(MEMBERS, some, strict=True) if there),
            frozenset(member for member, there in zip(MEMBERS, some, strict=True) if not there),
        )
        for some in itertools.product(*sides)
    ]


def answers(facts: Facts, names: tuple[str, ...]) -> Iterator[Facts]:
    for some in itertools.product(*(could_be(name, facts[name]) for name in names)):
        yield Facts({**facts, **dict(zip(names, some, strict=True))})


def reachable(condition: Condition, facts: Facts, goal: Truth, names: tuple[str, ...]) -> bool:
    """Whether answers about these facts alone, with everything else as it was, can bring the goal."""
    check = closure(condition, THRESHOLDS)
    return any(check(answered) is goal for answered in answers(facts, names))


def smallest(condition: Condition, facts: Facts, goal: Truth) -> int | None:
    names = fact_names(condition)
    if not reachable(condition, facts, goal, names):
        return None
    sizes = range(len(names) + 1)
    return next(n for n in sizes if any(reachable(condition, facts, goal, s) for s in itertools.combinations(names, n)))


def hold(condition: Condition, facts: Facts, goal: Truth) -> Decisive | None:
    """The law itself."""
    found = decisive(condition, facts, goal, THRESHOLDS)
    least = smallest(condition, facts, goal)
    if least is None:
        assert found is None, "found where no answers lead there"
        return None
    assert found is not None, "there are answers that lead there"
    assert reachable(condition, facts, goal, found.facts), "what was found does not work"
    assert found.exact is (least <= EXACT_UP_TO)
    assert len(found.facts) == least if found.exact else len(found.facts) > EXACT_UP_TO
    assert found.facts == tuple(sorted({wanted.fact for wanted, _ in found.needs}))
    return found


@given(conditions, recorded, st.sampled_from([TRUE, FALSE]))
def test_what_is_found_works_and_nothing_smaller_does(condition, facts, goal):
    hold(condition, facts, goal)


@given(wide, recorded)
def test_beyond_three_it_is_greedy_and_says_so(condition, facts):
    hold(condition, facts, TRUE)


@given(conditions, recorded, st.sampled_from([TRUE, FALSE]))
def test_the_answers_it_asks_for_bring_the_goal(condition, facts, goal):
    found = decisive(condition, facts, goal, THRESHOLDS)
    for answered in answers(facts, found.facts) if found else ():
        if all(judge(wanted, answered, THRESHOLDS).truth is truth for wanted, truth in found.needs):
            assert judge(condition, answered, THRESHOLDS).truth is goal


@given(conditions, recorded)
def test_nothing_is_asked_where_the_answer_stands(condition, facts):
    truth = judge(condition, facts, THRESHOLDS).truth
    if truth is not UNKNOWN:
        assert decisive(condition, facts, truth, THRESHOLDS) == Decisive((), True)
        assert decisive(condition, facts, TRUE if truth is FALSE else FALSE, THRESHOLDS) is None


a, b, c, d = map(FactIs, TRUTHS)
WORKED = [
    ("one of two", Or((a, b)), {}, TRUE, ("a",)),
    ("both of two", And((a, b)), {}, TRUE, ("a", "b")),
    ("one denial is enough", And((a, b)), {}, FALSE, ("a",)),
    ("the short way round", Or((And((a, b)), c)), {}, TRUE, ("c",)),
    ("what is recorded is not asked", And((a, b)), {"a": TRUE}, TRUE, ("b",)),
    ("one fact that settles two parts", And((Compare("n", ">=", 4), Compare("n", "<", 6))), {}, TRUE, ("n",)),
    ("no number is both", And((Compare("n", "<", 4), Compare("n", ">", 6))), {}, TRUE, None),
    ("only 6 is left, and 6 is excluded", And((Compare("n", ">=", 6), Not(Compare("n", "==", 6)))),
     {"n": Interval(4, 6)}, TRUE, None),
    ("only facet is left, and facet was denied", And((In("w", ("root", "facet")), Not(In("w", ("root",))))),
     {"w": NoneOf(frozenset({"facet"}))}, TRUE, None),
    ("two of four", AtLeast(2, (a, b, c, d)), {"b": FALSE}, TRUE, ("a", "c")),
    ("not two of four", AtLeast(2, (a, b, c, d)), {"b": FALSE}, FALSE, ("a", "c")),
    (
        "three, though the parts overlap",
        Not(Or((Compare("n", "<", 4), Or((a, Has("s", "x"), Compare("n", "<", 4))), a))),
        {},
        TRUE,
        ("a", "n", "s"),
    ),
    ("four are too many for exactness", And((a, b, c, d)), {}, TRUE, ("a", "b", "c", "d")),
    ("four, and a contradiction", And((a, b, c, d, Compare("n", "<", 4), Compare("n", ">", 6))), {}, TRUE, None),
    ("four, and the cheap branch contradicts", And((a, b, c, Not(Compare("n", ">", 6)), Or((Compare("n", ">", 6), d)))),
     {}, TRUE, ("a", "b", "c", "d", "n")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "facts", "goal", "expected"), [row[1:] for row in WORKED], ids=[r[0] for r in WORKED]
)
def test_worked_examples(condition, facts, goal, expected):
    found = hold(condition, Facts(facts), goal)
    assert (found.facts if found else None) == expected


def test_many_sets_of_the_same_size_stay_exact():
    # 1,140 sets of three; the smaller sizes are searched first, so three is known to be the least.
    found = decisive(AtLeast(3, tuple(FactIs(f"f{n:02}") for n in range(20))), Facts(), TRUE)
    assert found is not None
    assert (found.facts, found.exact) == (("f00", "f01", "f02"), True)


def test_a_large_condition_ends():
    parts = tuple(Or((And((FactIs(f"x{n}"), FactIs(f"y{n}"))), And((FactIs(f"z{n}"), FactIs("a"))))) for n in range(40))
    found = decisive(AtLeast(20, parts), Facts(), TRUE)
    assert found is not None
    assert not found.exact


def test_a_derived_fact_is_asked_for_by_what_it_is_made_of():
    def expand(wanted: Condition) -> Condition | None:
        return And((a, b)) if wanted == c else None

    found = decisive(Or((c, AtLeast(3, (a, b, d)))), Facts(a=TRUE), TRUE, expand=expand)
    assert found == Decisive(("b",), True, ((b, TRUE),))


@given(st.lists(conditions, min_size=1, max_size=3), st.lists(recorded, min_size=2, max_size=3))
def test_what_is_shared_between_searches_changes_nothing(several, patients):
    paths = Paths(THRESHOLDS, lambda wanted: None, names := Names())
    for facts in patients:
        touched = 0
        for name in facts:
            touched |= names.bit(name)
        search = Search(facts, paths, touched)
        for condition, goal in itertools.product(several, [TRUE, FALSE]):
            alone = decisive(condition, facts, goal, THRESHOLDS)
            assert search.settle(condition, goal) == alone
            single = alone if alone is not None and len(alone.facts) == 1 else None
            assert search.single(condition, goal) == single
