"""One patient ready to be judged: the chart, the foci, and a view per focus and reading."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from copy import copy
from typing import Any, TypeVar

from spondyl.engine.batches import Asked
from spondyl.engine.program import Program
from spondyl.logic import FALSE, TRUE, Condition, Search, Truth, Value
from spondyl.timeline import Chart, Focus, View, entry_regions, foci

T = TypeVar("T")


class Patient:
    """A chart with its foci and the two readings of each."""

    def __init__(
        self,
        program: Program,
        chart: Chart,
        *,
        profile: str = "guideline",
        places: tuple[Focus, ...] | None = None,
        given: Mapping[str, Value | None] | None = None,
    ) -> None:
        program.batches.one_more()
        self.program = program
        self.rules = program.rules
        self.chart = chart
        self.profile = profile
        self.foci = places or foci(chart, program.rules.tables)
        self.regions = tuple([focus for focus in self.foci if focus.kind == "region"])
        # Where rules are read: every region, and the main focus where that is none.
        self.places = self.regions if self.foci[0].kind == "region" else (self.foci[0], *self.regions)
        self._given = given
        self._live = -1 if given else program.derivations.reach(chart)
        self.contradicted = frozenset(name for name, cause in chart.causes.items() if cause == "contradictory")
        hurting = sum(focus.hurts for focus in self.foci if focus.kind == "region")
        self._hurting = max(1, hurting)
        self._views: dict[int, tuple[View, View]] = {}
        self._two_readings = self._differ()
        self._once: dict[Hashable, Any] = {}
        # Whether the facts that were asked about are open; kept by the part of the plan that asks.
        self.answered: dict[str, bool] = {}
        self._searches: dict[int, Search] = {}
        self._keeps = program.batches.compiled and not given

    def under(self, program: Program) -> Patient:
        """The same patient under rules that derive the same facts; what was derived is not derived again."""
        made = copy(self)
        made.program, made.rules = program, program.rules
        made._once, made._searches, made.answered = {}, {}, {}
        made._views = {}
        for focus, (plain, safety) in self._views.items():
            again = copy(plain)
            made._views[focus] = (again, again if safety is plain else copy(safety))
        return made

    @property
    def main(self) -> Focus:
        """The focus that gates and treatments of the whole patient are read at."""
        return self.foci[0]

    def plain(self, focus: Focus) -> View:
        """What rules for generators, criteria and treatments read: a contradicted fact is unknown."""
        return (self._views.get(id(focus)) or self.views(focus))[0]

    def safety(self, focus: Focus) -> View:
        """What red flags, contraindications and cautions read: a contradicted fact is alarming."""
        return (self._views.get(id(focus)) or self.views(focus))[1]

    def _differ(self) -> bool:
        """Whether the two readings can differ: a contradiction, or an operation whose region is not stated."""
        if self.chart.contradictions or self.chart.clashing:
            return True
        listed = self.chart.lists.get("surgeries")
        return self._hurting > 1 and listed is not None and any(not entry_regions(one) for one in listed.entries)

    def views(self, focus: Focus) -> tuple[View, View]:
        """Plain and safety view of one focus."""
        pair = self._views.get(id(focus))
        if pair is None:
            plain = self._view(focus, False)
            pair = self._views[id(focus)] = (plain, self._view(focus, True) if self._two_readings else plain)
        return pair

    def _view(self, focus: Focus, safety: bool) -> View:
        return View(
            self.program.derivations,
            self.chart,
            focus,
            safety=safety,
            hurting=self._hurting,
            given=self._given,
            live=self._live,
        )

    def search(self, view: View) -> Search:
        """The search for decisive facts in one view."""
        found = self._searches.get(id(view))
        if found is None:
            paths = self.program.paths(view, self.profile)
            found = self._searches[id(view)] = Search(view.flat, paths, view.known, keep=self._keeps)
        return found

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is worked out once for this patient."""
        if key not in self._once:
            self._once[key] = make()
        return self._once[key]  # type: ignore[no-any-return]

    def truth(self, condition: Condition, view: View) -> Truth:
        """The truth of a condition in this patient's profile."""
        return self.program.truth(condition, view, self.profile)

    def holds(self, when: Condition, unless: Condition | None, view: View, guard: View | None = None) -> Truth:
        """Whether `when` holds and `unless` (read in the safety view) is not TRUE.

        TRUE when it holds, FALSE when it cannot, UNKNOWN when `when` is open and not turned off.
        """
        truth = self.program.truth(when, view, self.profile)
        if truth is FALSE or unless is None:
            return truth
        return FALSE if self.program.truth(unless, guard or view, self.profile) is TRUE else truth

    def truths(self, focus: Focus, kind: str, owner: object, asked: Callable[[], Sequence[Asked]]) -> Sequence[Truth]:
        """Many conditions at one focus. `asked` makes them from the rules alone, once for their owner and a profile."""
        plain, safety = self.views(focus)
        judge = self.program.batches.truths((kind, self.profile), owner, asked)
        return judge(plain.flat, safety.flat)

    def chosen(self, focus: Focus, kind: str, owner: object, asked: Callable[[], Sequence[Asked]]) -> Sequence[int]:
        """The places of those of many conditions that are TRUE at one focus while their `unless` is not."""
        plain, safety = self.views(focus)
        choose = self.program.batches.chosen((kind, self.profile), owner, asked)
        return choose(plain.flat, safety.flat)
