"""The printed CQL: how it looks, and that an engine of other people answers as the reference does."""

from __future__ import annotations

import pytest
from cql.engine import run
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from logic import strategies as generated
from logic.engines import truth
from logic.tables import TABLES, THRESHOLDS, TYPES, VOCABULARY

from spondyl.cohort.columns import row
from spondyl.logic import AtLeast, Compare, Facts, FactType, Has, In, Known, Not, Or, judge, parse
from spondyl.render.cql import expression, library, parameters

LIBRARY = """\
library "spike" version '2.1.0'

parameter "a" Boolean
parameter "findings__collection" Boolean
parameter "trend" String
parameter "trend_not" List<String>
parameter "weeks_high" Decimal
parameter "weeks_low" Decimal

context Unfiltered

define "threshold care_weeks": 6.0

define "waited":
  (case when "weeks_low" >= "threshold care_weeks" then true when "weeks_high" < "threshold care_weeks" then false \
else null end)
    and (not "a")

define "collection":
  "findings__collection"
    or (case when "trend" is not null then "trend" in {'enlarging'} when "trend" is null and 'enlarging' in \
"trend_not" then false else null end)
"""


def test_a_library_is_readable():
    conditions = {
        "waited": parse("weeks >= care_weeks and not a", VOCABULARY),
        "collection": parse("has(findings, collection) or trend in {enlarging}", VOCABULARY),
    }
    assert library("spike", conditions, thresholds={"care_weeks": 6}, version="2.1.0") == LIBRARY


def test_every_row_of_the_reference_page():
    rows = [row for table in TABLES for row in table.rows()]
    names = {condition: f"c{at}" for at, condition in enumerate(dict.fromkeys(one.condition for one in rows))}
    patients = [row([one.condition], one.patient, TYPES) for one in rows]
    text = library("tables", {name: condition for condition, name in names.items()}, TYPES, THRESHOLDS)
    for one, found in zip(rows, run(text, patients), strict=True):
        assert truth(found[names[one.condition]]) is one.expected, one.words


@settings(max_examples=3, phases=[Phase.generate])
@given(
    st.lists(generated.conditions(known=True, max_leaves=6), min_size=25, max_size=25),
    st.lists(generated.patients(), min_size=25, max_size=25),
)
def test_cql_equals_the_reference(several, patients):
    conditions = {f"c{at}": condition for at, condition in enumerate(several)}
    types, thresholds = generated.TYPES, generated.THRESHOLDS
    answers = run(library("laws", conditions, types, thresholds), [row(several, p, types) for p in patients])
    for patient, found in zip(patients, answers, strict=True):
        for name, condition in conditions.items():
            assert truth(found[name]) is judge(condition, patient, thresholds).truth, (condition, patient)


def test_words_cannot_leave_their_quotes():
    word = 'it\'s "a" \\ b\n§ Δ {x}\'; define "evil": true'
    conditions = {'odd "name" \\': In("c", (word,)), "set": Has("s", word)}
    patients = [{"c": word, f"s__{word}": False}, {"c": "other"}]
    first, second = run(library("quotes' \"", conditions), patients)
    assert first == {'odd "name" \\': True, "set": False}
    assert second == {'odd "name" \\': False, "set": None}


def test_a_faulty_library_is_told():
    with pytest.raises(ValueError, match="nowhere"):
        run('library "faulty" version \'1\'\ncontext Unfiltered\ndefine "a": "nowhere"\n', [])


def test_null_in_a_list_is_false_there_and_unknown_here():
    # The two traps of CQL that the printed form avoids.
    text = 'library "traps" version \'1\'\nparameter "word" String\ncontext Unfiltered\n'
    text += 'define "in": "word" in {\'a\'}\n'
    text += 'define "counted": Count(({true, true}) one where one is true)\n'
    assert run(text, [{}]) == [{"in": False, "counted": 1}]
    (found,) = run(
        library(
            "right",
            {"in": In("word", ("a",)), "two": AtLeast(2, (Known("t"), Known("t")))},
            {"t": FactType("t", "truth")},
        ),
        [{"t": True}],
    )
    assert found == {"in": None, "two": True}


@pytest.mark.parametrize("number", [1e-9, float("inf"), float("nan"), 0.1234567891])
def test_a_number_cql_cannot_hold_is_an_error(number):
    with pytest.raises(ValueError, match="8 decimal places"):
        expression(Compare("x", "<", number))


@pytest.mark.parametrize(
    ("number", "text"), [(6, "6.0"), (0.5, "0.5"), (-2.25, "-2.25"), (1e-8, "0.00000001"), (1e6, "1000000.0")]
)
def test_numbers_are_decimals(number, text):
    assert f'"x_low" >= {text} ' in expression(Compare("x", ">=", float(number)))


def test_what_is_missing_is_an_error():
    with pytest.raises(KeyError, match="care_weeks"):
        library("x", {"a": Compare("weeks", ">=", "care_weeks")})
    with pytest.raises(KeyError, match="weeks"):
        library("x", {"a": Known("weeks")})
    with pytest.raises(ValueError, match="members of drugs are not listed"):
        library("x", {"a": Known("drugs")}, {"drugs": FactType("drugs", "set")})


def test_the_parameters_are_the_columns_of_the_same_conditions():
    several = [Or((Compare("weeks", "<", 6.0), Not(In("trend", ("x",))))), Has("findings", "m")]
    assert list(parameters(several)) == sorted(row(several, Facts()))
