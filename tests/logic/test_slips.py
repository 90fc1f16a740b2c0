"""A condition in the signs of another language is told which sign to write; the caret stands at it."""

from __future__ import annotations

import pytest

from spondyl.logic import ExpressionError, FactType, Vocabulary, parse

WORDS = Vocabulary(
    {name: FactType(name, "truth") for name in ("a", "b")} | {"n": FactType("n", "number", low=0, high=10)}, {}
)
SLIPS = {
    "a AND b": ("write 'and' in small letters", "AND"),
    "a Or b": ("write 'or' in small letters", "Or"),
    "NOT a": ("write 'not' in small letters", "NOT"),
    "a && b": ("write 'and' for '&&'", "&&"),
    "a || b": ("write 'or' for '||'", "||"),
    "!a": ("write 'not' for '!'", "!"),
    "n = 3": ("write '==' for one '='; a truth stands alone, a choice takes in {a, b}", "="),
    "n => 3": ("write '>=' for '=>'", "=>"),
    "n \u2265 3": ("write '>=' for '\u2265'", "\u2265"),
    "a and (b or n > 3": ("'(' is not closed", "("),
    "a and b)": ("')' closes nothing", ")"),
    "a and": ("this is not an expression; conditions are joined by and, or, not", ""),
}


@pytest.mark.parametrize("text", SLIPS)
def test_each_slip_has_its_message(text):
    said, sign = SLIPS[text]
    with pytest.raises(ExpressionError) as refused:
        parse(text, WORDS)
    (problem,) = refused.value.problems
    assert (problem.code, problem.message) == ("K101", said)
    if sign:
        assert text[problem.start : problem.end] == sign


@pytest.mark.parametrize(("text", "said"), [("a & b", "'and' for '&'"), ("a | b", "'or' for '|'")])
def test_signs_that_python_takes(text, said):
    with pytest.raises(ExpressionError) as refused:
        parse(text, WORDS)
    assert said in refused.value.problems[0].message


def test_signs_in_quotes_are_words():
    with pytest.raises(ExpressionError) as refused:
        parse('a and "AND (" b', WORDS)
    assert "not an expression" in refused.value.problems[0].message
