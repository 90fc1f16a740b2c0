"""Small wrong changes to rules and thresholds, for cases to notice: one that no case notices is a rule without a test.

It changes copies only, never the knowledge base, and runs no cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from spondyl.knowledge import Ruleset
from spondyl.knowledge.rules import Threshold
from spondyl.logic import And, AtLeast, Compare, Condition, Has, Not, Or
from spondyl.logic.nodes import LEAVES, In, threshold_names
from spondyl.proof.cases import REMARKS

# The smallest step in which a value of the unit is written down.
STEPS = {
    "10^9/L": 0.1,
    "C": 0.1,
    "SD": 0.1,
    "T": 0.1,
    "kg/m2": 0.1,
    "mg/dL": 0.1,
    "ng/mL": 0.1,
    "ratio": 0.1,
}
_LONGEST_NAME = 96
OPTIONAL = ("unless", "applies", "moot_when", "wait", "settled_when", "settled_unless")
_ALWAYS: Condition = And(())
# Parts of a rule that are words, names or lists of ids; a case is not asked about them.
CONDITIONS = (*LEAVES, And, Or, AtLeast, Not)


class Mutant(NamedTuple):
    """One changed ruleset: what was changed, in which rule (kind and id) or threshold, and the rules to look at."""

    change: str
    where: str
    rules: Ruleset
    looks_at: tuple[tuple[str, str], ...]


def mutants(rules: Ruleset) -> Iterator[Mutant]:
    """Every change: a condition dropped, a number moved by one step, an exception taken away."""
    yield from _of_thresholds(rules)
    for kind, by_id in _rules(rules).items():
        for name, rule in by_id.items():
            for change, made in _variants(rule, rules):
                changed = _with(rules, kind, name, made)
                yield Mutant(change, f"{kind}/{name}", changed, _neighbors(rules, kind, name))


def case_name(mutant: Mutant) -> str:
    """The name of a case made to notice the change, short enough for a line."""
    kind, _, name = mutant.where.partition("/")
    said = f"notices {name} {mutant.change}" if kind == "thresholds" else f"notices {mutant.change}"
    return said if len(said) <= _LONGEST_NAME else f"{said[: _LONGEST_NAME - 3].rstrip()}..."


def derives_from(rules: Ruleset) -> frozenset[str]:
    """The thresholds, as `thresholds/name`, that some derived fact depends on."""
    named = (name for entry in rules.derived.values() for name in _named_in_plain(entry, rules))
    return frozenset(f"thresholds/{name}" for name in named)


# ---- what can be changed


def _variants(value: Any, rules: Ruleset, where: str = "") -> Iterator[tuple[str, Any]]:
    """Every copy of a value with one condition inside it changed."""
    if isinstance(value, CONDITIONS):
        yield from ((f"{where}: {change}", made) for change, made in _of_condition(value, rules))
        if not isinstance(value, (And, Or, AtLeast)):
            yield f"{where}: taken away", _ALWAYS
        return
    names: tuple[str, ...] = getattr(value, "_fields", ())
    if names:
        for name in names:
            inner = getattr(value, name)
            place = f"{where}.{name}".lstrip(".")
            for change, made in _variants(inner, rules, place):
                if made is _ALWAYS and name in OPTIONAL:
                    continue
                yield change, value._replace(**{name: made})
            if name in OPTIONAL and inner is not None and inner != _ALWAYS:
                yield f"{place}: taken away", value._replace(**{name: None})
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            place = f"{where}.{getattr(inner, 'id', index)}"
            for change, made in _variants(inner, rules, place):
                yield change, (*value[:index], made, *value[index + 1 :])
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            for change, made in _variants(inner, rules, f"{where}.{key}"):
                yield change, {**value, key: made}


def _of_condition(condition: Condition, rules: Ruleset) -> Iterator[tuple[str, Condition]]:
    if isinstance(condition, Compare):
        if not isinstance(condition.bound, str):
            step = STEPS.get(_unit(rules, condition.fact) or "", 1.0)
            for sign in (-step, step):
                moved = round(float(condition.bound) + sign, 6)
                yield f"{condition.fact} {condition.op} {moved:g}", Compare(condition.fact, condition.op, moved)
    elif isinstance(condition, In):
        if len(condition.values) > 1:
            for one in condition.values:
                rest = tuple(other for other in condition.values if other != one)
                yield f"{condition.fact} without {one}", In(condition.fact, rest)
    elif isinstance(condition, Not):
        for change, made in _of_condition(condition.of, rules):
            yield change, Not(made)
    elif isinstance(condition, (And, Or, AtLeast)):
        for index, part in enumerate(condition.of):
            rest_of = (*condition.of[:index], *condition.of[index + 1 :])
            yield f"without {_said(part)}", _joined(condition, rest_of)
            for change, made in _of_condition(part, rules):
                yield change, _joined(condition, (*condition.of[:index], made, *condition.of[index + 1 :]))


def _joined(condition: And | Or | AtLeast, parts: tuple[Condition, ...]) -> Condition:
    if isinstance(condition, AtLeast):
        return AtLeast(condition.n, parts) if len(parts) >= condition.n else And(parts)
    return parts[0] if len(parts) == 1 else type(condition)(parts)


def _said(condition: Condition) -> str:
    if isinstance(condition, Not):
        return f"not {_said(condition.of)}"
    if isinstance(condition, (And, Or, AtLeast)):
        return f"({'; '.join(_said(one) for one in condition.of)})"
    if isinstance(condition, Compare):
        return f"{condition.fact} {condition.op} {condition.bound}"
    if isinstance(condition, In):
        return f"{condition.fact} in {'|'.join(condition.values)}"
    return f"{condition.fact} has {condition.member}" if isinstance(condition, Has) else condition.fact


def _unit(rules: Ruleset, fact: str) -> str | None:
    made = rules.types.get(fact)
    return made.unit if made is not None else None


def _of_thresholds(rules: Ruleset) -> Iterator[Mutant]:
    users = _users(rules)
    for name, threshold in rules.thresholds.items():
        step = STEPS.get(threshold.unit or "", 1.0)
        for profile, number in threshold.values.items():
            for sign in (-step, step):
                moved = round(number + sign, 6)
                made: Threshold = threshold._replace(values={**threshold.values, profile: moved})
                changed = replace(rules, thresholds={**rules.thresholds, name: made})
                change = f"{profile} {number:g} -> {moved:g}"
                yield Mutant(change, f"thresholds/{name}", changed, users.get(name, ()))


def _users(rules: Ruleset) -> dict[str, tuple[tuple[str, str], ...]]:
    """The rules that compare with each threshold, and those that look at them."""
    found: dict[str, dict[tuple[str, str], None]] = {}
    for kind, by_id in _rules(rules).items():
        for rule, value in by_id.items():
            for name in _named(value):
                found.setdefault(name, {}).update(dict.fromkeys(_neighbors(rules, kind, rule)))
    for fact, entry in rules.derived.items():
        for name in _named_in_plain(entry, rules):
            readers = [
                (kind, rule)
                for kind, by_id in _rules(rules).items()
                for rule, value in by_id.items()
                if fact in _facts(value)
            ]
            found.setdefault(name, {}).update(dict.fromkeys(readers))
    return {name: tuple(pairs) for name, pairs in found.items()}


def _named_in_plain(value: Any, rules: Ruleset) -> Iterator[str]:
    if isinstance(value, str):
        if value in rules.thresholds:
            yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _named_in_plain(inner, rules)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _named_in_plain(inner, rules)


def conditions_of(value: Any) -> Iterator[Condition]:
    """Every condition inside a rule or a part of one."""
    if isinstance(value, CONDITIONS):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from conditions_of(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from conditions_of(inner)


def _named(value: Any) -> Iterator[str]:
    for condition in conditions_of(value):
        yield from threshold_names(condition)


def _facts(value: Any) -> set[str]:
    from spondyl.logic import fact_names

    return {name for condition in conditions_of(value) for name in fact_names(condition)}


def _neighbors(rules: Ruleset, kind: str, rule: str) -> tuple[tuple[str, str], ...]:
    """The rule itself, then the rules whose cases look at it."""
    own = [(kind, rule)]
    if kind == "gates":
        own += [("treatments", name) for name, one in rules.treatments.items() if one.gate == rule]
    if kind == "generators":
        own += [("revision", name) for name, one in rules.revision.items() if one.target == rule]
    return tuple(own)


def _rules(rules: Ruleset) -> dict[str, Mapping[str, Any]]:
    return {
        "red_flags": rules.red_flags,
        "generators": rules.generators,
        "gates": rules.gates,
        "imaging": rules.imaging,
        "treatments": rules.treatments,
        **{kind: {one.id: one for one in rules.remarks[kind]} for kind in REMARKS},
        "conflicts": rules.conflicts,
    }


def _with(rules: Ruleset, kind: str, name: str, made: Any) -> Ruleset:
    if kind in REMARKS:
        listed = tuple(made if one.id == name else one for one in rules.remarks[kind])
        return replace(rules, remarks={**rules.remarks, kind: listed})
    change: Callable[..., Ruleset] = replace
    return change(rules, **{kind: {**getattr(rules, kind), name: made}})


__all__ = ["CONDITIONS", "STEPS", "Mutant", "case_name", "conditions_of", "derives_from", "mutants"]
