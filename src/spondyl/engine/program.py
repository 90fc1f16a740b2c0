"""A ruleset ready to judge with: conditions compiled on first use, and what is worked out once for all patients."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple, TypeVar

from spondyl.engine.batches import Batches
from spondyl.knowledge.rules import Ruleset
from spondyl.logic import (
    TRUE,
    UNKNOWN,
    And,
    AtLeast,
    Check,
    Condition,
    Facts,
    Judgment,
    Leaf,
    Not,
    Or,
    Paths,
    Reason,
    Truth,
    closure,
    fact_names,
    judge,
    threshold_names,
)
from spondyl.timeline import Derivations, View, expand

T = TypeVar("T")
MOST_REMEMBERED = 100_000
_FOCUS_FORMS = {"region_member", "by_region", "segment", "concordance", "block", "focus", "triage"}


class Pair(NamedTuple):
    """The facts a condition and its `unless` read, as bits, and their truth where none of them is known.

    `needs`: the condition cannot be TRUE unless something of each of these is known.
    """

    when: Condition
    unless: Condition | None
    reads: int
    blank: Truth
    needs: tuple[int, ...]


_NOTHING = Facts()
_ALWAYS = And(())


class Program:
    """A ruleset with every condition compiled on first use. Built once, shared by all patients."""

    def __init__(self, rules: Ruleset) -> None:
        self.rules = rules
        self.derivations = Derivations(rules)
        self._checks: list[tuple[Check, int, Truth]] = []
        self._places: dict[int, int] = {}
        self._known: dict[Condition, int] = {}
        self._by_profile: dict[tuple[int, str], Check] = {}
        self._kept: list[object] = []
        self._thresholds: dict[str, dict[str, float]] = {}
        self._of_focus: dict[str, bool] = {}
        self._variable: dict[int, bool] = {}
        self._paths: dict[str, Paths] = {}
        self._reasons: dict[tuple[int, str], Reason] = {}
        self._pairs: dict[tuple[int, int], Pair] = {}
        self._prepared: dict[tuple[Hashable, int], Any] = {}
        self._memory: dict[Hashable, Any] = {}
        self.batches = Batches(self)

    def thresholds(self, profile: str) -> dict[str, float]:
        """The numbers of every named threshold in a profile."""
        if profile not in self._thresholds:
            self._thresholds[profile] = self.rules.threshold_values(profile)
        return self._thresholds[profile]

    def truth(self, condition: Condition, view: View, profile: str = "guideline") -> Truth:
        """The truth of a condition in one view and profile. Equal conditions are judged once in a view."""
        place = self._places.get(id(condition))
        if place is None:
            place = self._place(condition)
        if place < 0:
            return self.check(condition, profile)(view)
        truth = view.truths.get(place)
        if truth is None:
            check, reads, blank = self._checks[place]
            truth = view.truths[place] = check(view) if reads & view.touched else blank
        return truth

    def _place(self, condition: Condition) -> int:
        """The number of a condition among those that differ; negative when it depends on the profile."""
        self._kept.append(condition)
        place = self._known.get(condition)
        if place is None:
            if threshold_names(condition) and self._differs(condition):
                place = -1
            else:
                place = len(self._checks)
                check = closure(condition, self.thresholds("guideline"))
                self._checks.append((check, self.reads(condition), check(_NOTHING)))
            self._known[condition] = place
        self._places[id(condition)] = place
        return place

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

    def reads(self, *conditions: Condition | None) -> int:
        """The facts that these conditions read, as bits; what of them may be known is `touched` of a view."""
        made = 0
        for condition in conditions:
            for name in fact_names(condition) if condition is not None else ():
                made |= self.derivations.names.bit(name)
        return made

    def pair(self, when: Condition, unless: Condition | None = None) -> Pair:
        """What a condition and its `unless` read, and what they give where nothing of that is known."""
        key = (id(when), id(unless))
        made = self._pairs.get(key)
        if made is None:
            needs = [self._scan(part) for part in (when.of if isinstance(when, And) else (when,))]
            reads = 0
            for one in needs:
                reads |= one
            if unless is not None:
                reads |= self._scan(unless)
            # On nothing every condition is UNKNOWN but the one that always holds, which has no parts.
            blank = TRUE if when == _ALWAYS else UNKNOWN
            wanted = () if blank is TRUE else needs
            made = self._pairs[key] = Pair(
                when,
                unless,
                reads,
                blank,
                tuple(dict.fromkeys(one for one in wanted if not one & self.derivations.always)),
            )
            self._kept += (when, unless)
        return made

    def _scan(self, condition: Condition) -> int:
        """The facts a condition reads, as bits."""
        if isinstance(condition, And | Or | AtLeast):
            made = 0
            for part in condition.of:
                made |= self._scan(part)
            return made
        if isinstance(condition, Not):
            return self._scan(condition.of)
        return self.derivations.names.bit(condition.fact)

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
        return why.deciding(view.flat, truth)

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
