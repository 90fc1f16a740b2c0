"""A ruleset ready to judge with: conditions compiled on first use, and what is worked out once for all patients."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from spondyl.engine.batches import Batches
from spondyl.knowledge.rules import Ruleset
from spondyl.logic import (
    Check,
    Condition,
    Judgment,
    Leaf,
    Paths,
    Reason,
    Truth,
    closure,
    fact_names,
    judge,
    threshold_names,
    truth_in,
)
from spondyl.timeline import Derivations, View, expand

T = TypeVar("T")
MOST_REMEMBERED = 100_000
_FOCUS_FORMS = {"region_member", "by_region", "segment", "concordance", "block", "focus", "triage"}


class Program:
    """A ruleset with every condition compiled on first use. Built once, shared by all patients."""

    def __init__(self, rules: Ruleset) -> None:
        self.rules = rules
        self.derivations = Derivations(rules)
        self._by_profile: dict[tuple[int, str], Check] = {}
        self._kept: list[object] = []
        self._thresholds: dict[str, dict[str, float]] = {}
        self._of_focus: dict[str, bool] = {}
        self._variable: dict[int, bool] = {}
        self._paths: dict[str, Paths] = {}
        self._reasons: dict[tuple[int, str], Reason] = {}
        self._prepared: dict[tuple[Hashable, int], Any] = {}
        self._memory: dict[Hashable, Any] = {}
        self.batches = Batches(self.derivations, self.thresholds)

    def thresholds(self, profile: str) -> dict[str, float]:
        """The numbers of every named threshold in a profile."""
        if profile not in self._thresholds:
            self._thresholds[profile] = self.rules.threshold_values(profile)
        return self._thresholds[profile]

    def truth(self, condition: Condition, view: View, profile: str = "guideline") -> Truth:
        """The truth of a condition in one view and profile."""
        if self.batches.compiled:
            return self.check(condition, profile)(view.flat)
        return truth_in(condition, view.flat, self.thresholds(profile))

    def _differs(self, condition: Condition) -> bool:
        key = id(condition)
        if key not in self._variable:
            values = (self.rules.thresholds[name].values for name in threshold_names(condition))
            self._variable[key] = any(len(set(by_profile.values())) > 1 for by_profile in values)
            self._kept.append(condition)
        return self._variable[key]

    def check(self, condition: Condition, profile: str) -> Check:
        """The compiled condition with the numbers of a profile."""
        key = (id(condition), profile)
        if key not in self._by_profile:
            self._by_profile[key] = closure(condition, self.thresholds(profile))
            self._kept.append(condition)
        return self._by_profile[key]

    def differs(self, condition: Condition) -> bool:
        """Whether the condition reads a threshold whose number depends on the profile."""
        return bool(threshold_names(condition)) and self._differs(condition)

    def prepared(self, kind: Hashable, owner: object, make: Callable[[], T]) -> T:
        """What is worked out once for an object of the ruleset, whatever the patient."""
        key = (kind, id(owner))
        found = self._prepared.get(key)
        if found is None:
            found = self._prepared[key] = make()
            self._kept.append(owner)
        return found

    def deciding(
        self, condition: Condition, view: View, profile: str = "guideline", truth: Truth | None = None
    ) -> tuple[str, ...]:
        """The names of the facts in the reason of a condition. `truth` spares judging where it is known."""
        key = (id(condition), profile)
        why = self._reasons.get(key)
        if why is None:
            why = self._reasons[key] = Reason(condition, self.thresholds(profile))
            self._kept.append(condition)
        names = None if truth is None else why.fixed.get(truth)
        return why.deciding(view.flat, truth) if names is None else names

    def paths(self, view: View, profile: str) -> Paths:
        """The conditions prepared for the search of decisive facts; those of given facts are prepared apart."""
        if view.given:
            return Paths(self.thresholds(profile), expand(view))
        if profile not in self._paths:
            self._paths[profile] = Paths(self.thresholds(profile), self._behind, self.derivations.names)
        return self._paths[profile]

    def _behind(self, leaf: Leaf) -> Condition | None:
        return self.derivations.condition(leaf.fact)

    def judge(self, condition: Condition, view: View, profile: str = "guideline") -> Judgment:
        """The truth with its reason, by the reference judge."""
        return judge(condition, view, self.thresholds(profile))

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was concluded before from the same values; made now when it was not. The key holds every input."""
        found = self._memory.get(key)
        if found is None:
            if len(self._memory) >= MOST_REMEMBERED:
                self._memory.clear()
            found = self._memory[key] = make()
        return found

    def of_focus(self, name: str) -> bool:
        """Whether a fact can differ from focus to focus."""
        if name not in self._of_focus:
            self._of_focus[name] = False
            form = self.derivations.forms.get(name)
            if form is not None:
                where = repr(form["body"])
                self._of_focus[name] = (
                    form["form"] in _FOCUS_FORMS
                    or "same_region" in where
                    or "served_here" in where
                    or any(self.of_focus(inner) for inner in self.derivations.depends(name))
                )
        return self._of_focus[name]

    def reads_focus(self, *conditions: Condition | None) -> bool:
        """Whether any of the conditions can differ from focus to focus."""
        return any(self.of_focus(name) for one in conditions if one is not None for name in fact_names(one))
