"""The ways to judge a condition, each as `answer(condition, patients) -> truths`, and what keeps one from running."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from spondyl.knowledge.code import Slot, batch, chosen
from spondyl.logic import (
    FALSE,
    TRUE,
    UNKNOWN,
    Condition,
    Facts,
    FactType,
    Thresholds,
    Truth,
    Value,
    closure,
    judge,
    truth_in,
)

Answer = Callable[[Condition, Sequence[Facts], Thresholds, Mapping[str, FactType]], list[Truth]]


@dataclass(frozen=True)
class Engine:
    name: str
    answer: Answer
    module: str | None = None

    @property
    def missing(self) -> str | None:
        """Why it cannot run; the suite of its own folder then says NOT RUN."""
        if self.module is None or importlib.util.find_spec(self.module):
            return None
        return f"{self.module} is not installed"


def truth(value: bool | None) -> Truth:
    return UNKNOWN if value is None else TRUE if value else FALSE


def reference(condition, patients, thresholds, types):
    return [judge(condition, patient, thresholds).truth for patient in patients]


def closures(condition, patients, thresholds, types):
    check = closure(condition, thresholds)
    return [check(patient) for patient in patients]


def nodes(condition, patients, thresholds, types):
    return [truth_in(condition, patient, thresholds) for patient in patients]


def code(condition, patients, thresholds, types):
    """The condition plain, in the safety reading, turned off by itself, and chosen among others."""
    never = Slot(condition, condition, False, thresholds)
    slots = [Slot(condition, None, False, thresholds), Slot(condition, None, True, thresholds), never]
    judged, chooses = batch(slots), chosen(slots)
    nobody: dict[str, Value | None] = dict.fromkeys(types)
    answers = []
    for patient in patients:
        values = {**nobody, **patient}
        plain, guard, off = judged(values, values)
        assert plain is guard
        assert off is (FALSE if plain is TRUE else plain)
        assert chooses(values, values) == ([0, 1] if plain is TRUE else [])
        assert judged(values, nobody)[2] is (plain if judged(nobody, nobody)[0] is not TRUE else FALSE)
        answers.append(plain)
    return answers


def columns(condition, patients, thresholds, types):
    import polars as pl

    from spondyl.cohort.columns import column, row, schema

    rows = [row([condition], patient, types) for patient in patients]
    frame = pl.DataFrame(rows, schema=schema([condition], types))
    answers = frame.select(column(condition, thresholds, types, denied=set(types)).alias("answer"))
    return [truth(value) for value in answers["answer"].to_list()]


def formulas(condition, patients, thresholds, types):
    import z3

    from spondyl.proof.smt import patient as is_patient
    from spondyl.proof.smt import possible, term

    must, may = term(condition, thresholds, types)
    solver = z3.SimpleSolver()
    solver.add(possible([condition], types))
    answers = []
    for patient in patients:
        solver.push()
        solver.add(is_patient([condition], patient, types))
        assert solver.check() == z3.sat, "a patient that the formulas call impossible"
        model = solver.model()
        yes, open_ = (z3.is_true(model.eval(formula, model_completion=True)) for formula in (must, may))
        assert open_ or not yes, "TRUE and FALSE at once"
        answers.append(TRUE if yes else UNKNOWN if open_ else FALSE)
        solver.pop()
    return answers


ENGINES = [
    Engine("reference", reference),
    Engine("closures", closures),
    Engine("nodes", nodes),
    Engine("code", code),
    Engine("columns", columns, "polars"),
    Engine("formulas", formulas, "z3"),
]
