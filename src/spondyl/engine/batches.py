"""Many conditions judged in one call. For the first patients of a program one by one, later as compiled Python code.

Both ways give the same answers; compiling costs more than a single plan does, and many plans gain several times that.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from spondyl.knowledge import code
from spondyl.logic import FALSE, TRUE, And, Condition, Truth, Values, truth_in
from spondyl.timeline import Derivations

# From the plain and the safety values of a patient to the truth of each condition, or the places of those that hold.
Batch: TypeAlias = Callable[[Values, Values], Sequence[Truth]]
Chosen: TypeAlias = Callable[[Values, Values], Sequence[int]]
FEW_PATIENTS = 12
ALWAYS = And(())


class Asked(NamedTuple):
    """A condition to be judged, FALSE where its `unless` is TRUE. `guard`: it is read in the safety reading."""

    when: Condition
    unless: Condition | None = None
    guard: bool = False
    profile: str = "guideline"


class Batches:
    """The batches of one program, each made on first use from the rules alone."""

    def __init__(self, derivations: Derivations, thresholds: Callable[[str], Mapping[str, float]]) -> None:
        self.derivations = derivations
        self.thresholds = thresholds
        self.patients = 0
        self.compiled = False
        self._batches: dict[Hashable, Batch] = {}
        self._chosen: dict[Hashable, Chosen] = {}
        self._kept: list[object] = []

    def one_more(self) -> None:
        """Count a patient; after a few of them everything is compiled."""
        self.patients += 1
        if self.patients == FEW_PATIENTS:
            self.compiled = True
            self._batches.clear()
            self._chosen.clear()
            self.derivations.compile()

    def truths(self, kind: Hashable, owner: object, asked: Callable[[], Sequence[Asked]]) -> Batch:
        """The truth of each condition, in order. `asked` is read once for a kind and the rules that own it."""
        key = (kind, id(owner))
        found = self._batches.get(key)
        if found is None:
            slots = self._slots(asked())
            found = self._batches[key] = code.batch(slots) if self.compiled else _apart(slots)
            self._kept.append(owner)
        return found

    def chosen(self, kind: Hashable, owner: object, asked: Callable[[], Sequence[Asked]]) -> Chosen:
        """The places of the conditions that are TRUE while their `unless` is not. `asked` is read once as above."""
        key = (kind, id(owner))
        found = self._chosen.get(key)
        if found is None:
            slots = self._slots(asked())
            found = self._chosen[key] = code.chosen(slots) if self.compiled else _chosen_apart(slots)
            self._kept.append(owner)
        return found

    def _slots(self, asked: Sequence[Asked]) -> list[code.Slot]:
        return [code.Slot(one.when, one.unless, one.guard, self.thresholds(one.profile)) for one in asked]


def _apart(slots: Sequence[code.Slot]) -> Batch:
    return lambda plain, safety: [_truth(one, plain, safety) for one in slots]


def _chosen_apart(slots: Sequence[code.Slot]) -> Chosen:
    return lambda plain, safety: [place for place, one in enumerate(slots) if _truth(one, plain, safety) is TRUE]


def _truth(slot: code.Slot, plain: Values, safety: Values) -> Truth:
    when, unless, guard, thresholds = slot
    truth = truth_in(when, safety if guard else plain, thresholds)
    if unless is None or truth is FALSE:
        return truth
    return FALSE if truth_in(unless, safety, thresholds) is TRUE else truth
