"""Formulas give the answers of the reference for one patient, and every patient they allow is a possible one."""

from __future__ import annotations

import pytest
import z3
from hypothesis import given
from hypothesis import strategies as st
from logic.engines import formulas
from logic.strategies import THRESHOLDS, TYPES, asked, conditions

from spondyl.logic import FALSE, TRUE, UNKNOWN, And, Compare, FactIs, FactType, Has, In, Known, Not, Or, judge
from spondyl.proof.smt import facts_of, later, learns, nothing_recorded, possible, term


@given(asked(known=True))
def test_formulas_equal_the_reference(asked):
    condition, batch = asked
    expected = [judge(condition, patient, THRESHOLDS).truth for patient in batch]
    assert formulas(condition, batch, THRESHOLDS, TYPES) == expected


@given(conditions(), st.sampled_from([TRUE, FALSE, UNKNOWN]))
def test_a_patient_that_is_found_is_judged_the_same(condition, wanted):
    must, may = term(condition, THRESHOLDS)
    answer = {TRUE: must, FALSE: z3.Not(may), UNKNOWN: z3.And(may, z3.Not(must))}
    solver = z3.SimpleSolver()
    solver.add(possible([condition]), answer[wanted])
    if solver.check() == z3.sat:
        assert judge(condition, facts_of(solver.model(), [condition]), THRESHOLDS).truth is wanted


@given(conditions())
def test_of_a_patient_about_whom_nothing_is_recorded_nothing_is_concluded(condition):
    must, may = term(condition, THRESHOLDS)
    solver = z3.SimpleSolver()
    solver.add(possible([condition]), nothing_recorded([condition]), z3.Or(must, z3.Not(may)))
    assert solver.check() == z3.unsat


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        (And((FactIs("a"), Not(FactIs("a")))), "a truth is not both"),
        (And((Compare("n", "<", 5.0), Compare("n", ">=", 5.0))), "a number lies on one side"),
        (And((Compare("n", ">", 5.0), Not(Compare("n", ">=", 5.0)))), "bounds do not cross"),
        (And((In("c", ("x",)), In("c", ("y", "z")))), "a choice has one value"),
        (And((In("c", ("x",)), Not(In("c", ("x", "y"))))), "a recorded value is not denied"),
        (And((Has("s", "m"), Not(Has("s", "m")))), "a member is not both"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_no_patient_is_possible(condition, why):
    solver = z3.SimpleSolver()
    solver.add(possible([condition]), term(condition)[0])
    assert solver.check() == z3.unsat


def test_without_excluded_middle():
    # A patient of whom it is not known refutes it, as it should.
    condition = Or((FactIs("a"), Not(FactIs("a"))))
    solver = z3.SimpleSolver()
    solver.add(possible([condition]), z3.Not(term(condition)[0]))
    assert solver.check() == z3.sat
    assert facts_of(solver.model(), [condition]) == {}


def test_a_threshold_or_a_type_that_is_missing_is_an_error():
    with pytest.raises(KeyError, match="care_weeks"):
        term(Compare("weeks", ">=", "care_weeks"))
    with pytest.raises(KeyError, match="weeks"):
        term(Known("weeks"))
    with pytest.raises(ValueError, match="values of drugs are not listed"):
        term(Known("drugs"), types={"drugs": FactType("drugs", "set")})


@given(conditions())
def test_learning_more_never_reverses_an_answer_for_any_patient(condition):
    now, then = term(condition, THRESHOLDS), [later(formula, [condition]) for formula in term(condition, THRESHOLDS)]
    solver = z3.SimpleSolver()
    solver.add(possible([condition]), later(possible([condition]), [condition]), learns([condition]))
    reversed_ = z3.Or(z3.And(now[0], z3.Not(then[0])), z3.And(z3.Not(now[1]), then[1]))
    assert solver.check(reversed_) == z3.unsat


def test_known_is_not_monotone_and_the_formulas_say_so():
    condition, types = Not(Known("a")), {"a": FactType("a", "truth")}
    must, _ = term(condition, types=types)
    solver = z3.SimpleSolver()
    solver.add(possible([condition], types), learns([condition], types), must)
    assert solver.check(z3.Not(later(must, [condition], types))) == z3.sat
