"""The criteria of all gates as one list in one batch, and which of them each gate shows. Of rules alone, no patient."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from spondyl.engine.batches import Asked
from spondyl.engine.counted import Counted, Number, counted
from spondyl.engine.program import Program
from spondyl.engine.results import Sheet
from spondyl.knowledge.rules import PROFILES, CheckFirst, Gate, Required, Target
from spondyl.logic import Condition, Truth, threshold_names

SHOWN_PROFILES = tuple(profile for profile in PROFILES if profile != "source_documents")
Rule: TypeAlias = Required | CheckFirst | Target


class Item(NamedTuple):
    """One criterion before it is judged.

    `truths`: its part of the batch. `counts`: the numbers it can show. `of_profile`: for each shown profile
    the place of its truth among these, where the criterion may come out otherwise in another profile; else empty.
    """

    kind: str
    rule: Rule
    truths: tuple[int, int]
    counts: Counted | None
    of_profile: tuple[int, ...]

    def of(self, truths: Sequence[Truth]) -> tuple[Truth, ...]:
        """The truths of this item in those of the whole batch."""
        return tuple(truths[self.truths[0] : self.truths[1]])


class Sheets:
    """The criteria of some gates in one profile: each once, those with a single truth first."""

    def __init__(self, program: Program, gates: Sequence[Gate], profile: str) -> None:
        self.program = program
        self.profile = profile
        self._asked: dict[tuple[str, int], list[Asked]] = {}
        self._numbers: dict[tuple[int, str], Counted | None] = {}
        shown = {
            (id(gate), id(target)): self._shown(gate, target) for gate in gates for target in (None, *gate.targets)
        }
        found = {(kind, id(rule)): (kind, rule) for listed in shown.values() for kind, rule in listed}
        order = sorted(found, key=lambda key: len(self._asks(*found[key])) > 1)
        places = {key: place for place, key in enumerate(order)}
        self.items: list[Item] = []
        self.asked: list[Asked] = []
        for key in order:
            self.items.append(self._item(*found[key]))
        self.single = sum(len(asked) == 1 for asked in self._asked.values())
        self.counting = [(place, one.counts) for place, one in enumerate(self.items) if one.counts is not None]
        self.varying = [place for place, one in enumerate(self.items) if one.of_profile]
        self._sheets: dict[tuple[int, int], Sheet] = {}
        for owner, listed in shown.items():
            mine = tuple([places[kind, id(rule)] for kind, rule in listed])
            varying = {at: place for at, place in enumerate(mine) if self.items[place].of_profile}
            self._sheets[owner] = Sheet(mine, _picking(mine), varying)

    def sheet(self, gate: Gate, target: Target | None) -> Sheet:
        """What a gate shows, in order."""
        return self._sheets[id(gate), id(target)]

    def _shown(self, gate: Gate, target: Target | None) -> list[tuple[str, Rule]]:
        shown: list[tuple[str, Rule]] = [("check_first", check) for check in gate.checks if _concerns(check, target)]
        replaced = target.replaces if target is not None else ()
        shown += [("required", rule) for rule in gate.required if rule.id not in replaced]
        if target is not None:
            shown.append(("cause", target))
            if target.wait is not None or self.profile in target.profiles:
                shown.append(("wait", target))
        return shown

    def _asks(self, kind: str, rule: Rule) -> list[Asked]:
        """The conditions an item is judged by: that of the own profile first, then others that may differ from it."""
        key = (kind, id(rule))
        if key not in self._asked:
            profile = self.profile
            if isinstance(rule, CheckFirst):
                conditions = [rule.closed_when, *([] if rule.moot_when is None else [rule.moot_when])]
                self._asked[key] = [Asked(one, None, True, profile) for one in conditions]
            elif isinstance(rule, Target) and kind == "cause":
                self._asked[key] = [Asked(rule.cause, None, False, profile)]
            else:
                self._asked[key] = [Asked(one, None, False, other) for one, other in self._ways(rule).values()]
        return self._asked[key]

    def _item(self, kind: str, rule: Rule) -> Item:
        first = len(self.asked)
        self.asked += self._asks(kind, rule)
        numbers: Counted | None = None
        of_profile: tuple[int, ...] = ()
        if not isinstance(rule, CheckFirst) and kind != "cause":
            numbers = self._counted(rule, self.profile)
            of_profile = self._of_profile(rule)
        return Item(kind, rule, (first, len(self.asked)), numbers, of_profile)

    def _counted(self, rule: Required | Target, profile: str) -> Counted | None:
        counter = rule.wait_counter if isinstance(rule, Target) else rule.counter
        if counter is None:
            return None
        return counted(counter, rule_in(rule, profile), self.program.thresholds(profile))

    def number_in(self, item: Item, profile: str, fact: str) -> Number | None:
        """What a number of a criterion is compared with in a profile; None where it is not asked for there."""
        key = (id(item.rule), profile)
        if key not in self._numbers:
            assert not isinstance(item.rule, CheckFirst)
            self._numbers[key] = self._counted(item.rule, profile)
        found = self._numbers[key]
        own = () if found is None else (found.first, *found.others)
        return next((one for one in own if one.fact == fact), None)

    def _ways(self, rule: Required | Target) -> dict[object, tuple[Condition, str]]:
        """The conditions of a rule that read differently, with a profile each; that of the own profile first."""
        own = self.profile
        ways = {self._way(rule, own): (rule_in(rule, own), own)}
        if self._varies(rule):
            for other in SHOWN_PROFILES:
                ways.setdefault(self._way(rule, other), (rule_in(rule, other), other))
        return ways

    def _of_profile(self, rule: Required | Target) -> tuple[int, ...]:
        if not self._varies(rule):
            return ()
        ways = list(self._ways(rule))
        return tuple([ways.index(self._way(rule, other)) for other in SHOWN_PROFILES])

    def _varies(self, rule: Required | Target) -> bool:
        usual = rule.wait if isinstance(rule, Target) else rule.when
        return bool(rule.profiles) or (usual is not None and self.program.differs(usual))

    def _way(self, rule: Required | Target, profile: str) -> object:
        """Equal for two profiles in which the rule reads the same, with the same numbers."""
        condition, numbers = rule_in(rule, profile), self.program.thresholds(profile)
        return condition, tuple([numbers[name] for name in threshold_names(condition)])


def rule_in(rule: Required | Target, profile: str) -> Condition:
    """The condition of a criterion in a profile."""
    if isinstance(rule, Target):
        chosen = rule.profiles.get(profile, rule.wait)
        assert chosen is not None
        return chosen
    return rule.profiles.get(profile, rule.when)


def _concerns(check: CheckFirst, target: Target | None) -> bool:
    name = target.target if target is not None else None
    if check.targets and name not in check.targets:
        return False
    return name is None or name not in check.except_targets


def _picking(places: Sequence[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    if len(places) > 1:
        return itemgetter(*places)
    return lambda listed: tuple([listed[place] for place in places])
