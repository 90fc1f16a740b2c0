"""Text to condition: every refusal has its code and its place, and a hostile text is refused like any other."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from spondyl.logic import (
    And,
    AtLeast,
    Compare,
    ExpressionError,
    FactIs,
    FactType,
    Has,
    In,
    Known,
    Not,
    Or,
    Vocabulary,
    parse,
    to_text,
)
from spondyl.logic.parse import DEEPEST, LONGEST

VOCABULARY = Vocabulary(
    {
        "fever": FactType("fever", "truth"),
        "collection.present": FactType("collection.present", "truth"),
        "nrs_leg": FactType("nrs_leg", "number", low=0, high=10, unit="1"),
        "weeks": FactType("weeks", "number", unit="weeks"),
        "ckd_stage": FactType("ckd_stage", "choice", frozenset({"3a", "3b", "none"})),
        "region": FactType("region", "choice"),
        "findings": FactType("findings", "set", frozenset({"collection", "nonunion"})),
        "operated_on": FactType("operated_on", "date"),
        "surgeries": FactType("surgeries", "list"),
    },
    {"care_weeks": "weeks", "severe_nrs": "1"},
)

READ = [
    ("fever", FactIs("fever")),
    ("collection.present and not fever", And((FactIs("collection.present"), Not(FactIs("fever"))))),
    ("fever and fever or fever", Or((And((FactIs("fever"), FactIs("fever"))), FactIs("fever")))),
    ("not fever and fever", And((Not(FactIs("fever")), FactIs("fever")))),
    ("nrs_leg >= 7", Compare("nrs_leg", ">=", 7.0)),
    ("7 <= nrs_leg", Compare("nrs_leg", ">=", 7.0)),
    ("weeks == -1.5", Compare("weeks", "==", -1.5)),
    ("weeks < care_weeks", Compare("weeks", "<", "care_weeks")),
    ("not weeks >= 6", Not(Compare("weeks", ">=", 6.0))),
    ('ckd_stage in {"3a", none}', In("ckd_stage", ("3a", "none"))),
    ("ckd_stage in {None}", In("ckd_stage", ("none",))),
    ("region in {a, a, b.c}", In("region", ("a", "b.c"))),
    ("region not in {'#'}", Not(In("region", ("#",)))),
    ("has(findings, nonunion)", Has("findings", "nonunion")),
    (
        "at_least(2, fever, weeks > 1, fever)",
        AtLeast(2, (FactIs("fever"), Compare("weeks", ">", 1.0), FactIs("fever"))),
    ),
    ("known(surgeries)", Known("surgeries")),
    ("\n  fever\n\tor\r\n  fever\n", Or((FactIs("fever"), FactIs("fever")))),
]


@pytest.mark.parametrize(("text", "condition"), READ)
def test_it_reads(text, condition):
    assert parse(text, VOCABULARY, allow_known=True) == condition
    assert parse(to_text(condition), VOCABULARY, allow_known=True) == condition


# The words under the caret, the code, and the nearest name.
REFUSED = [
    ("K101", "fever or", "", None),
    ("K101", "fever fever", "fever", None),
    ("K101", "", "", None),
    ("K101", "fever = 3", "=", None),
    ("K101", "fever # or not\n or fever", "# or not\n or fever", None),
    ("K101", "(fever) # no", "# no", None),
    ("K102", "fever + fever", "fever + fever", None),
    ("K102", "weeks != 3", "weeks != 3", None),
    ("K102", "1 < weeks < 3", "1 < weeks < 3", None),
    ("K102", "weeks < nrs_leg", "nrs_leg", None),
    ("K102", "3 < 4", "3", None),
    ("K102", "region in (a, b)", "(a, b)", None),
    ("K102", "region in {}", "{}", None),
    ("K102", "region in {1}", "1", None),
    ("K102", "at_leats(2, fever)", "at_leats(2, fever)", "at_least"),
    ("K102", "at_least(3, fever, fever)", "3", None),
    ("K102", "at_least(0, fever)", "0", None),
    ("K102", "at_least(1.5, fever, fever)", "1.5", None),
    ("K102", "at_least(1e999, fever)", "1e999", None),
    ("K102", "has(findings, 'collection', 1)", "has(findings, 'collection', 1)", "has"),
    ("K102", "fever if fever else fever", "fever if fever else fever", None),
    ("K102", "True", "True", None),
    ("K103", "fevr", "fevr", "fever"),
    ("K103", "fever and colection.present", "colection.present", "collection.present"),
    ("K103", "weeks < care_week", "care_week", "care_weeks"),
    ("K103", "weeks < 1e999", "1e999", None),
    ("K103", "weeks < 'six'", "'six'", None),
    ("K103", "zzz", "zzz", None),
    ("K104", "weeks", "weeks", None),
    ("K104", "operated_on", "operated_on", None),
    ("K104", "fever >= 1", "fever", None),
    ("K104", "findings in {collection}", "findings", None),
    ("K104", "has(region, lumbar)", "region", None),
    ("K101", "ckd_stage in {3a}", "3a}", None),
    ("K105", "ckd_stage in {'3c'}", "'3c'", None),
    ("K105", "has(findings, colection)", "colection", "collection"),
    ("K106", "nrs_leg > 10", "nrs_leg > 10", None),
    ("K106", "fever or nrs_leg >= 0", "nrs_leg >= 0", None),
    ("K106", "nrs_leg == 11", "nrs_leg == 11", None),
    ("K106", 'ckd_stage in {"3a", "3b", none}', '{"3a", "3b", none}', None),
    ("K107", "weeks >= severe_nrs", "severe_nrs", None),
    ("K108", "fever or known(fever)", "known(fever)", None),
]


@pytest.mark.parametrize(("code", "text", "under", "nearest"), REFUSED)
def test_a_refusal_names_its_code_its_place_and_what_was_meant(code, text, under, nearest):
    with pytest.raises(ExpressionError) as refused:
        parse(text, VOCABULARY)
    problem = refused.value.problems[0]
    assert (problem.code, text[problem.start : problem.end], problem.nearest) == (code, under, nearest)
    assert problem.message


def test_every_code_is_tried():
    assert {row[0] for row in REFUSED} == {f"K10{digit}" for digit in range(1, 9)}


def test_every_problem_is_told_in_order_of_place():
    with pytest.raises(ExpressionError) as refused:
        parse("fevr or weeks or has(findings, x) or nrs_leg > 99", VOCABULARY)
    assert [problem.code for problem in refused.value.problems] == ["K103", "K104", "K105", "K106"]
    assert str(refused.value).startswith("'fevr' is not a fact of the vocabulary; ")


def test_places_count_characters_and_lines_as_they_were_written():
    text = "\n   region in {'größer', 'µ'}\n   or fevr"
    with pytest.raises(ExpressionError) as refused:
        parse(text, VOCABULARY)
    problem = refused.value.problems[0]
    assert text[problem.start : problem.end] == "fevr"


HOSTILE = {
    "nul": "fever\0",
    "surrogate": "\ud800",
    "surrogate in quotes": "region in {'\ud800'}",
    "parentheses": "(" * 5_000 + "fever" + ")" * 5_000,
    "parentheses Python accepts": "(" * 150 + "fevr" + ")" * 150,
    "not": "not " * 4_000 + "fever",
    "not, as deep as Python reads": "not " * 500 + "fever",
    "minus": "weeks > " + "-" * 4_000 + "1",
    "dots": "a." * 6_000 + "a",
    "dots, as deep as Python reads": "a." * 200 + "a",
    "calls": "at_least(1, " * 90 + "fever" + ")" * 90,
    "subscripts": "a" + "[0]" * 500,
    "digits": "weeks > " + "9" * 5_000,
    "more than a float": "weeks > " + "9" * 400,
    "long": "fever or " * 5_000 + "fever",
    "very long": "x" * 50_000_000,
    "braces": "{" * 300,
    "string prefix": "region in {f'{fever}'}",
    "bytes": "region in {b'a'}",
    "lambda": "lambda: fever",
    "walrus": "(fever := weeks)",
    "await": "await fever",
    "yield": "(yield)",
    "comprehension": "[fever for fever in weeks]",
    "star": "at_least(*fever)",
    "keyword argument": "known(fact=fever)",
    "import": "__import__('os').system('true')",
    "statement": "import os",
    "semicolon": "fever; fever",
    "line separator": "fever\u2028or fevr",
    "right to left": "\u202efever",
    "no break space": "fever\xa0or fever",
    "null in quotes": "region in {'\\0', fevr, 1}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_refused(name):
    with pytest.raises(ExpressionError) as refused:
        parse(HOSTILE[name], VOCABULARY)
    for problem in refused.value.problems:
        assert 0 <= problem.start <= problem.end <= len(HOSTILE[name])
        assert len(problem.message) < 200 or name == "dots, as deep as Python reads"


def test_depth_and_length_have_a_limit_that_is_told():
    assert parse("not " * (DEEPEST - 1) + "fever", VOCABULARY)
    with pytest.raises(ExpressionError, match=f"nested more than {DEEPEST} deep"):
        parse("not " * DEEPEST + "fever", VOCABULARY)
    with pytest.raises(ExpressionError, match=f"at most {LONGEST} characters"):
        parse(" " * LONGEST + "fever", VOCABULARY)


PIECES = [
    *(
        "fever",
        "weeks",
        "region",
        "findings",
        "has",
        "known",
        "at_least",
        "care_weeks",
        "not ",
        " and ",
        " or ",
        " in ",
    ),
    *(
        "(",
        ")",
        "{",
        "}",
        "[",
        "]",
        ",",
        ">=",
        "==",
        "<",
        "=",
        "-",
        ".",
        "*",
        ":",
        "'",
        '"',
        "#",
        "\\",
        "\n",
        "\r",
        "\0",
    ),
    *("6", "3a", "0x", "1e9", "_", "é", "\ud83d\ude00", "None", "lambda ", "if ", "f'"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=60))
@example("at_least(1e400, fever)")
@example("weeks > -1e999")
def test_any_text_is_a_condition_or_a_refusal(text):
    condition, problems = None, ()
    try:
        condition = parse(text, VOCABULARY, allow_known=True)
    except ExpressionError as refused:
        problems = refused.problems
    assert (condition is None) is bool(problems)
    assert all(0 <= problem.start <= problem.end <= len(text) for problem in problems)
    if condition is not None:
        assert parse(to_text(condition), VOCABULARY, allow_known=True) == condition
