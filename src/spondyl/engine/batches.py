"""Many conditions judged in one call. For the first patients of a program one by one, later as compiled Python code.

Both ways give the same answers; compiling costs more than a single plan does, and many plans gain several times that.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from spondyl.knowledge import code
from spondyl.logic import FALSE, TRUE, And, Condition, Truth, Values

if TYPE_CHECKING:
    from spondyl.engine.program import Program

# From the plain values, the safety values and the bits of what may be known to the truth of each condition.
Batch: TypeAlias = Callable[[Values, Values, int], Sequence[Truth]]
Chosen: TypeAlias = Callable[[Values, Values, int], Sequence[int]]
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

    def __init__(self, program: Program) -> None:
        self.program = program
        self.patients = 0
        self.compiled = False
        self._batches: dict[Hashable, Batch] = {}
        self._chosen: dict[Hashable, Chosen] = {}
        self._kept: list[object] = []

    def one_more(self) -> None:
        """Count a patient."""
        self.patients += 1
        if self.patients == FEW_PATIENTS:
            self.compiled = True
            self._batches.clear()
            self._chosen.clear()
            self.program.derivations.compile()

    def truths(self, kind: Hashable, owner: object, asked: Callable[[], Sequence[Asked]]) -> Batch:
        """The truth of each condition, in order. `asked` is read once for a kind and the rules that own it."""
        key = (kind, id(owner))
        found = self._batches.get(key)
        if found is None:
            wanted = asked()
            found = (
                self._apart(wanted)
                if self.patients < FEW_PATIENTS
                else code.batch([self._slot(*one) for one in wanted])
            )
            self._batches[key] = found
            self._kept.append(owner)
        return found

    def chosen(self, kind: Hashable, owner: object, asked: Callable[[], Sequence[Asked]]) -> Chosen:
        """The places of the conditions that are TRUE while their `unless` is not. `asked` is read once as above."""
        key = (kind, id(owner))
        found = self._chosen.get(key)
        if found is None:
            wanted = asked()
            apart = not self.compiled
            found = self._chosen_apart(wanted) if apart else code.chosen([self._slot(*one) for one in wanted])
            self._chosen[key] = found
            self._kept.append(owner)
        return found

    def _slot(self, when: Condition, unless: Condition | None, guard: bool, profile: str) -> code.Slot:
        return code.Slot(when, unless, guard, self.program.thresholds(profile))

    def _apart(self, wanted: Sequence[Asked]) -> Batch:
        parts = [self._part(one) for one in wanted]

        def truths(plain: Values, safety: Values, known: int) -> list[Truth]:
            return [judge(plain, safety) if reads & known else blank for reads, blank, _, judge in parts]

        return truths

    def _chosen_apart(self, wanted: Sequence[Asked]) -> Chosen:
        parts = [self._part(one) for one in wanted]

        def chosen(plain: Values, safety: Values, known: int) -> list[int]:
            found = []
            for place, (_, _, needs, judge) in enumerate(parts):
                for need in needs:
                    if not need & known:
                        break
                else:
                    if judge(plain, safety) is TRUE:
                        found.append(place)
            return found

        return chosen

    def _part(self, one: Asked) -> tuple[int, Truth, tuple[int, ...], Callable[[Values, Values], Truth]]:
        """What a condition reads, its truth where nothing of that is known, what it needs to be TRUE, and its judge."""
        pair, when, unless, guard = self.program.pair(one.when, one.unless), one.when, one.unless, one.guard
        check = self.program.check

        def judge(plain: Values, safety: Values) -> Truth:
            truth = check(when, one.profile)(safety if guard else plain)
            if unless is None or truth is FALSE:
                return truth
            return FALSE if check(unless, one.profile)(safety) is TRUE else truth

        return pair.reads, pair.blank, pair.needs, judge
