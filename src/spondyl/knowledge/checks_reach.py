"""Conditions that never or always hold, levels and offers that are never reached, placeholders that may be unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from spondyl.knowledge.expressions import PLACEHOLDER, Conditions
from spondyl.knowledge.gather import Source
from spondyl.knowledge.kinds_rules import PROFILES
from spondyl.knowledge.reach import Step, covered, outcomes
from spondyl.knowledge.shape import Found, Path, nearest
from spondyl.knowledge.vocabulary import Names
from spondyl.logic import And, AtLeast, Condition, FactIs, Not, Or, threshold_names

_STEPS = ("levels", "offers")


def check_reach(sources: Iterable[Source], conditions: Conditions, names: Names) -> None:
    """Records what can never or must always hold."""
    types = names.types(after_triage=True)
    for source in sources:
        own = [found for found in source.found if found.role == "condition"]
        never: set[Path] = set()
        for found in own:
            condition = conditions.get((source.path, found.path))
            if condition is None:
                continue
            possible = [outcomes(condition, types, values) for values in _numbers(condition, names)]
            if not any(can for can, _ in possible):
                never.add(found.path)
                source.refuse_found(found, "K025", "this can never hold: its parts exclude each other")
            elif not any(cannot for _, cannot in possible) and found.path[-1] != "unless":
                source.refuse_found(found, "K026", "this holds for every patient whose facts are known")
        for found in own:
            if found.path[-1] == "unless" and found.path not in never:
                _check_unless(source, found, conditions, names)
        for key in _STEPS:
            _check_steps(source, key, conditions, names, never)


def _numbers(condition: Condition, names: Names) -> list[dict[str, float]]:
    """The numbers of the thresholds of a condition, once for each different set of them over the profiles."""
    used = threshold_names(condition)
    found: list[dict[str, float]] = []
    for profile in PROFILES:
        values = {name: names.values.get(name, {}).get(profile, 0.0) for name in used}
        if values not in found:
            found.append(values)
    return found


def _check_unless(source: Source, found: Found, conditions: Conditions, names: Names) -> None:
    for key in ("when", "holds"):
        when = conditions.get((source.path, (*found.path[:-1], key)))
        unless = conditions.get((source.path, found.path))
        if when is None or unless is None:
            continue
        both = And((when, unless))
        types = names.types(after_triage=True)
        if not any(outcomes(both, types, values)[0] for values in _numbers(both, names)):
            source.refuse_found(found, "K025", f"this never holds while '{key}' holds, so it does nothing")


def _check_steps(source: Source, key: str, conditions: Conditions, names: Names, never: set[Path]) -> None:
    listed = source.data.get(key) if isinstance(source.data, dict) else None
    if not isinstance(listed, list):
        return
    types = names.types(after_triage=True)
    before: list[Step] = []
    for index in range(len(listed)):
        path: Path = (key, index, "when")
        when = conditions.get((source.path, path))
        if when is None or path in never:
            continue
        step = (when, conditions.get((source.path, (key, index, "unless"))))
        together = And(tuple(part for one in (*before, step) for part in one if part is not None))
        if before and all(covered(before, step, types, values) for values in _numbers(together, names)):
            word = "level" if key == "levels" else "offer"
            source.refuse("K027", f"this {word} is never reached: those before it hold whenever it does", *path)
        before.append(step)


def certain(condition: Condition, goal: bool, inner: Mapping[str, Condition]) -> set[str]:
    """The facts recorded whenever the condition is TRUE (`goal`) or FALSE. `inner`: what derived facts hold."""
    if isinstance(condition, Not):
        return certain(condition.of, not goal, inner)
    if isinstance(condition, And | Or | AtLeast):
        parts = [certain(part, goal, inner) for part in condition.of]
        everything = isinstance(condition, And) == goal and not isinstance(condition, AtLeast)
        if everything or (isinstance(condition, AtLeast) and goal and condition.n == len(parts)):
            return set().union(*parts)
        return set.intersection(*parts)
    found = {condition.fact}
    if isinstance(condition, FactIs) and condition.fact in inner and goal:
        found |= certain(inner[condition.fact], goal, {k: v for k, v in inner.items() if k != condition.fact})
    return found


def check_placeholders(sources: Iterable[Source], conditions: Conditions, names: Names) -> None:
    """Records words in braces that are no fact, or a fact that may be unknown when the sentence is shown."""
    known = names.types(after_triage=True)
    inner = dict(_held(conditions, sources := list(sources)))
    for source in sources:
        for found in source.found:
            if found.role != "words":
                continue
            for word in PLACEHOLDER.findall(str(found.node.value)):
                if word in ("site", "region") or word in names.thresholds:
                    continue
                if word not in known:
                    near = nearest(word, known)
                    source.refuse_part(found, f"{{{word}}}", "K019", f"'{{{word}}}' is not a fact", near)
                elif found.path[-1] == "say" and word not in _certain_at(source, found.path, conditions, inner):
                    source.refuse_part(found, f"{{{word}}}", "K020", f"'{word}' may be unknown when this is shown")


def _held(conditions: Conditions, sources: Iterable[Source]) -> Iterator[tuple[str, Condition]]:
    for source in sources:
        if source.kind.name == "derived":
            for index, entry in enumerate(_entries(source.data, "derived")):
                condition = conditions.get((source.path, ("derived", index, "holds")))
                if condition is not None and isinstance(entry.get("fact"), str):
                    yield entry["fact"], condition


def _entries(data: Any, key: str) -> list[Any]:
    listed = data.get(key) if isinstance(data, dict) else None
    return [entry if isinstance(entry, dict) else {} for entry in listed] if isinstance(listed, list) else []


def _certain_at(source: Source, path: Path, conditions: Conditions, inner: Mapping[str, Condition]) -> set[str]:
    """Facts known for certain where a sentence stands: the conditions beside it and above it hold."""
    found: set[str] = set()
    for cut in range(len(path)):
        for key in ("when", "in_play", "applies", "touches", "closed_when", "cause"):
            condition = conditions.get((source.path, (*path[:cut], key)))
            if condition is not None:
                found |= certain(condition, True, inner)
    return found
