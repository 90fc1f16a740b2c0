"""Several inputs are one patient: what is told twice stands once, what differs stays apart."""

from __future__ import annotations

from spondyl.intake.merge import merge
from spondyl.record import Case, Fact, Source


def case(name: str, *facts: tuple[str, object]) -> Case:
    return Case(tuple(Fact(path, value, source=Source("note", name)) for path, value in facts), {name: "2026-11-01"})


def paths(merged: Case) -> list[str]:
    return [fact.fact for fact in merged.facts]


FUSION = [("surgeries.0.procedure", ["fusion"]), ("surgeries.0.levels", ["L4-L5"])]


def test_the_same_operation_told_twice_stands_once():
    merged = merge(
        [case("a", *FUSION, ("surgeries.0.date", "2025")), case("b", *FUSION, ("surgeries.0.date", "2025-06"))]
    )
    assert {path.split(".")[1] for path in paths(merged)} == {"0"}
    assert {fact.source.name for fact in merged.facts} == {"a", "b"}


def test_operations_with_other_dates_stay_apart():
    merged = merge([case("a", *FUSION, ("surgeries.0.date", "2019")), case("b", *FUSION, ("surgeries.0.date", "2025"))])
    assert {path.split(".")[1] for path in paths(merged)} == {"0", "1"}


def test_operations_at_other_levels_stay_apart():
    other = [("surgeries.0.procedure", ["fusion"]), ("surgeries.0.levels", ["C5-C6"])]
    assert {path.split(".")[1] for path in paths(merge([case("a", *FUSION), case("b", *other)]))} == {"0", "1"}


def test_two_operations_of_one_note_are_never_joined():
    twice = [*FUSION, ("surgeries.1.procedure", ["fusion"]), ("surgeries.1.levels", ["L4-L5"])]
    merged = merge([case("a", *FUSION), case("b", *twice)])
    assert {path.split(".")[1] for path in paths(merged)} == {"0", "1"}


def test_a_medicine_told_twice_stands_once():
    merged = merge(
        [
            case("a", ("medications.0.drug", "oxycodone")),
            case("b", ("medications.0.drug", "apixaban"), ("medications.1.drug", "oxycodone")),
        ]
    )
    assert paths(merged) == ["medications.0.drug", "medications.1.drug", "medications.0.drug"]
