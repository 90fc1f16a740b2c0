"""The fast ways round give what the slow ones give: facts of a reason without it, paths shared by patients."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from logic.strategies import THRESHOLDS, asked

from spondyl.logic import FALSE, TRUE, Paths, Reason, Search, decisive, judge


@given(asked())
def test_the_facts_of_a_reason_are_those_of_the_reference(asked):
    condition, patients = asked
    why = Reason(condition, THRESHOLDS)
    for patient in patients:
        judged = judge(condition, patient, THRESHOLDS)
        names = tuple(leaf.condition.fact for leaf in judged.leaves())
        assert why.deciding(patient) == why.deciding(patient, judged.truth) == names


@given(asked(), st.sampled_from([TRUE, FALSE]))
def test_paths_shared_by_patients_find_what_fresh_ones_find(asked, goal):
    condition, patients = asked
    paths = Paths(THRESHOLDS, lambda leaf: None)
    for patient in patients:
        touched = 0
        for name in patient:
            touched |= paths.names.bit(name)
        found = Search(patient, paths, touched).settle(condition, goal)
        assert found == decisive(condition, patient, goal, THRESHOLDS)
        single = found if found is not None and found.exact and len(found.facts) == 1 else None
        assert Search(patient, paths, touched).single(condition, goal) == single
