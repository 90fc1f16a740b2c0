"""Proposes cases at the edge of a rule: patients in whom one condition, or one step of a number, decides.

It proposes what the rule says today. Whether that is right is for a person to judge before the case is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from spondyl.engine import Program
from spondyl.knowledge import Ruleset
from spondyl.logic import And, AtLeast, Compare, Condition, FactIs, FactType, Has, Not, Or
from spondyl.logic.nodes import In, threshold_names
from spondyl.proof.cases import Case, answer, run_case
from spondyl.proof.mutants import CONDITIONS, STEPS, Mutant, case_name, conditions_of, mutants
from spondyl.proof.watch import Cases, Watch

Given = dict[str, Any]
_WAYS = 12
_SHOWN_WITH = ("basis", "in_play", "for", "against", "cautions", "content", "applies", "check_first")


class Edge(NamedTuple):
    """A proposed case of a rule."""

    kind: str
    rule: str
    case: dict[str, Any]


def propose(rules: Ruleset, cases: Cases, only: str | None = None) -> Iterator[Edge | Mutant]:
    """A case for each change that no case notices so far; the change itself where none was found."""
    program, watch = Program(rules), Watch(rules, cases)
    for mutant in mutants(rules):
        if (only is not None and not mutant.where.startswith(only)) or watch.noticed(mutant):
            continue
        edge = _edge(program, Program(mutant.rules), mutant, cases)
        if edge is None:
            yield mutant
        else:
            watch.add(*edge)
            yield edge


def _edge(program: Program, changed: Program, mutant: Mutant, cases: Cases) -> Edge | None:
    for kind, rule in mutant.looks_at:
        own = cases.get(kind, {}).get(rule, ())
        beginnings: list[Given] = [{}, *sorted((dict(one["given"]) for one in own), key=len)]
        more: list[dict[str, Any]] = [{}]
        for one in own:
            extra = {key: one[key] for key in ("target", "gate", "order", "emergency") if key in one}
            if extra not in more:
                more.append(extra)
        if kind == "gates":
            more += [
                {"target": one.target}
                for one in program.rules.gates[rule].targets
                if {"target": one.target} not in more
            ]
        profile = mutant.change.split(" ")[0] if mutant.where.startswith("thresholds/") else "guideline"
        if profile != "guideline":
            if kind != "gates":
                continue
            more = [{**extra, "profile": profile} for extra in more]
        ways = list(_ways(program, changed, kind, rule, mutant))
        for given in beginnings:
            for way in ways:
                both = _merged(given, way, last=True)
                if both is None:
                    continue
                for extra in more:
                    case = {"name": case_name(mutant), "given": both, **extra}
                    told = _told(program, changed, kind, rule, case)
                    if told is not None:
                        return Edge(kind, rule, {**case, **told})
    return None


def _told(program: Program, changed: Program, kind: str, rule: str, case: Case) -> dict[str, Any] | None:
    """The keys in which the rule and its changed copy differ, with what the rule says."""
    try:
        one, other = answer(program, kind, rule, case), answer(changed, kind, rule, case)
    except (KeyError, TypeError, ValueError):
        return None
    told: dict[str, Any] = {"expect": _plain(one["expect"])}
    for key in _SHOWN_WITH:
        if key in one and one.get(key) != other.get(key):
            told[key] = _plain(one[key])
    criteria, others = one.get("criteria", {}), other.get("criteria", {})
    differing = {name: result for name, result in criteria.items() if others.get(name) != result}
    if differing:
        told["criteria"] = differing
    if told.get("basis", "") is None:
        del told["basis"]
    return told if not run_case(changed, kind, rule, {**case, **told}).ok else None


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): str(one) for key, one in value.items()}
    return str(value) if isinstance(value, str) else list(value) if isinstance(value, (list, tuple)) else value


# ---- patients in whom a condition and its changed copy differ


def _ways(program: Program, changed: Program, kind: str, rule: str, mutant: Mutant) -> Iterator[Given]:
    rules = program.rules
    seen: list[Given] = []
    old, new = _rule(rules, kind, rule), _rule(changed.rules, kind, rule)
    pairs: list[tuple[Condition, Condition | None]] = list(_pairs(old, new))
    if mutant.where.startswith("thresholds/"):
        name = mutant.where.partition("/")[2]
        profile = mutant.change.split(" ")[0]
        numbers = (rules.thresholds[name].values[profile], changed.rules.thresholds[name].values[profile])
        for condition in conditions_of(old):
            if name in threshold_names(condition):
                pairs.append((_numbered(condition, name, numbers[0]), _numbered(condition, name, numbers[1])))
    every = _Values(rules)
    for one, other in pairs:
        for way in islice(every.differ(one, other), _WAYS):
            if way not in seen:
                seen.append(way)
                yield way


def _rule(rules: Ruleset, kind: str, rule: str) -> Any:
    if kind in rules.remarks:
        return next(one for one in rules.remarks[kind] if one.id == rule)
    return getattr(rules, kind)[rule]


def _pairs(old: Any, new: Any) -> Iterator[tuple[Condition, Condition | None]]:
    """The conditions in which two copies of a rule differ."""
    if old is new or old == new:
        return
    if isinstance(old, CONDITIONS):
        yield old, new
    elif isinstance(old, tuple) and isinstance(new, tuple) and len(old) == len(new):
        for one, other in zip(old, new, strict=True):
            yield from _pairs(one, other)
        # An exception only shows where what it excepts holds.
        when = getattr(old, "when", None) or getattr(old, "closed_when", None)
        if when is not None and when == (getattr(new, "when", None) or getattr(new, "closed_when", None)):
            for one, other in zip(old, new, strict=True):
                for first, second in _pairs(one, other):
                    yield And((when, first)), None if second is None else And((when, second))
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in old:
            yield from _pairs(old[key], new.get(key))


def _numbered(condition: Condition, name: str, number: float) -> Condition:
    if isinstance(condition, Compare) and condition.bound == name:
        return Compare(condition.fact, condition.op, number)
    if isinstance(condition, Not):
        return Not(_numbered(condition.of, name, number))
    if isinstance(condition, AtLeast):
        return AtLeast(condition.n, tuple(_numbered(one, name, number) for one in condition.of))
    if isinstance(condition, (And, Or)):
        return type(condition)(tuple(_numbered(one, name, number) for one in condition.of))
    return condition


class _Values:
    """Facts under which a condition is TRUE or FALSE, or differs from its changed copy."""

    def __init__(self, rules: Ruleset) -> None:
        self.types = rules.types
        self.numbers = rules.threshold_values("guideline")

    def differ(self, old: Condition, new: Condition | None) -> Iterator[Given]:
        """Facts in which the two differ, likely ones first."""
        if new is None or new == And(()):
            yield from self.make(old, True)
            yield from self.make(old, False)
            yield {}
        elif isinstance(old, Compare) and isinstance(new, Compare):
            low, high = sorted((float(self._bound(old)), float(self._bound(new))))
            for number in (low, high, round((low + high) / 2, 6)):
                if self._allowed(old.fact, number):
                    yield {old.fact: _short(number)}
        elif isinstance(old, In) and isinstance(new, In):
            yield from ({old.fact: one} for one in old.values if one not in new.values)
        elif isinstance(old, Not) and isinstance(new, Not):
            yield from self.differ(old.of, new.of)
        elif isinstance(old, (And, Or, AtLeast)):
            yield from self._parts(old, new)

    def _parts(self, old: And | Or | AtLeast, new: Condition) -> Iterator[Given]:
        kept = new.of if isinstance(new, type(old)) and len(new.of) in (len(old.of), len(old.of) - 1) else (new,)
        if isinstance(old, AtLeast) and isinstance(new, And):
            kept = new.of
        if len(kept) == len(old.of):
            for index, part in enumerate(old.of):
                if part != kept[index]:
                    others = (*old.of[:index], *old.of[index + 1 :])
                    for way in self.differ(part, kept[index]):
                        yield from self._beside(old, others, way)
            return
        for index, part in enumerate(old.of):
            others = (*old.of[:index], *old.of[index + 1 :])
            if tuple(others) == tuple(kept):
                for truth in (False, None) if isinstance(old, And) else (True,):
                    for way in self.make(part, truth) if truth is not None else iter([{}]):
                        yield from self._beside(old, others, way)

    def _beside(self, old: And | Or | AtLeast, others: Sequence[Condition], way: Given) -> Iterator[Given]:
        """The other parts such that this one decides."""
        if isinstance(old, Or):
            yield way
            yield from self._all(others, False, way)
            return
        wanted = len(others) if isinstance(old, And) else old.n - 1
        yield from self._all(others[:wanted] if wanted < len(others) else others, True, way)
        if isinstance(old, AtLeast):
            yield from self._all(others[-wanted:] if wanted else (), True, way)

    def _all(self, parts: Sequence[Condition], truth: bool, start: Given) -> Iterator[Given]:
        if not parts:
            yield start
            return
        if self._holds_already(parts[0], truth, start):
            yield from self._all(parts[1:], truth, start)
            return
        for way in islice(self.make(parts[0], truth), 4):
            both = _merged(start, way)
            if both is not None:
                yield from self._all(parts[1:], truth, both)

    def _holds_already(self, part: Condition, truth: bool, given: Given) -> bool:
        """Whether a number that is given settles a comparison as wanted."""
        if not isinstance(part, Compare) or part.fact not in given:
            return False
        return _compared(given[part.fact], part.op, float(self._bound(part))) is truth

    def make(self, condition: Condition, truth: bool) -> Iterator[Given]:
        """Facts under which the condition has this truth."""
        if isinstance(condition, Not):
            yield from self.make(condition.of, not truth)
        elif isinstance(condition, (And, Or, AtLeast)):
            count = len(condition.of)
            n = count if isinstance(condition, And) else 1 if isinstance(condition, Or) else condition.n
            wanted = n if truth else count - n + 1
            if wanted >= count:
                yield from self._all(condition.of, truth, {})
            elif wanted == 1:
                for part in condition.of:
                    yield from self.make(part, truth)
            else:
                for shift in range(count - wanted + 1):
                    yield from self._all(condition.of[shift : shift + wanted], truth, {})
        else:
            yield from self._leaf(condition, truth)

    def _leaf(self, leaf: Condition, truth: bool) -> Iterator[Given]:
        if isinstance(leaf, FactIs):
            yield {leaf.fact: truth}
        elif isinstance(leaf, Has):
            yield {leaf.fact: {leaf.member: truth}}
        elif isinstance(leaf, In):
            others = tuple(one for one in self.types[leaf.fact].values or () if one not in leaf.values)
            yield from ({leaf.fact: one} for one in (leaf.values if truth else others))
        elif isinstance(leaf, Compare):
            bound = float(self._bound(leaf))
            step = STEPS.get(self.types[leaf.fact].unit or "", 1.0)
            for number in (bound, bound - step, bound + step):
                if _compared(number, leaf.op, bound) is truth and self._allowed(leaf.fact, number):
                    yield {leaf.fact: _short(number)}

    def _bound(self, leaf: Compare) -> float:
        return self.numbers[leaf.bound] if isinstance(leaf.bound, str) else leaf.bound

    def _allowed(self, fact: str, number: float) -> bool:
        known: FactType = self.types[fact]
        return (known.low is None or number >= known.low) and (known.high is None or number <= known.high)


def _compared(number: float, op: str, bound: float) -> bool:
    return {
        "<": number < bound,
        "<=": number <= bound,
        ">": number > bound,
        ">=": number >= bound,
        "==": number == bound,
    }[op]


def _short(number: float) -> float | int:
    return int(number) if number == int(number) else round(number, 6)


def _merged(one: Given, other: Given, last: bool = False) -> Given | None:
    """Both; None where they contradict each other. `last`: the second then wins."""
    made = dict(one)
    for name, value in other.items():
        if name not in made or (last and not isinstance(value, dict)):
            made[name] = value
        elif isinstance(value, dict):
            have = made[name] if isinstance(made[name], dict) else dict.fromkeys(_listed(made[name]), True)
            if not last and any(have.get(member, said) is not said for member, said in value.items()):
                return None
            made[name] = {**have, **value}
        elif made[name] != value:
            return None
    return made


def _listed(value: Any) -> Iterable[str]:
    return [value] if isinstance(value, str) else value


__all__ = ["Edge", "propose"]
