"""The values and numbers that any rule asks of a fact; proofs need no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spondyl.knowledge import Ruleset
from spondyl.logic import Condition, Has, In
from spondyl.logic.nodes import Compare, leaves
from spondyl.proof.constraints import AtMost, Constraint
from spondyl.proof.parts import every_condition
from spondyl.proof.situation import REGION
from spondyl.timeline import condition_of


def in_use(rules: Ruleset, constraints: Iterable[Constraint]) -> tuple[dict[str, set[str]], dict[str, set[float]]]:
    """By fact: the values or members that are asked for, and the numbers it is compared with in any profile."""
    regions = rules.tables["regions"]["regions"]
    used: dict[str, set[str]] = {REGION: set(regions)}
    numbers: dict[str, set[float]] = {}
    for condition in _conditions(rules, constraints):
        for leaf in leaves(condition):
            if isinstance(leaf, Compare):
                named = rules.thresholds[leaf.bound].values if isinstance(leaf.bound, str) else {"": leaf.bound}
                numbers.setdefault(leaf.fact, set()).update(named.values())
            elif isinstance(leaf, In):
                used.setdefault(leaf.fact, set()).update(leaf.values)
            elif isinstance(leaf, Has):
                used.setdefault(leaf.fact, set()).add(leaf.member)
    for name, entry in rules.facts.items():
        if entry.type.kind == "choice" and name in used and isinstance(entry.worse, str):
            used[name] |= {entry.worse, *entry.alarming}
    places = used.setdefault("pain_regions", set())
    for table in regions.values():
        places.update((*table["axial"], *table["limb"]))
        used.setdefault("block_target", set()).update(table["block_targets"])
    used.setdefault("findings_here", set()).update(("collection", "pseudomeningocele"))
    return used, numbers


def _conditions(rules: Ruleset, constraints: Iterable[Constraint]) -> Iterator[Condition]:
    yield from every_condition(rules)
    for form in rules.derived.values():
        for part in (form["body"] if form["form"] == "holds" else None, form.get("unless"), form.get("false_when")):
            if part:
                yield condition_of(part)
    for one in constraints:
        if not isinstance(one, AtMost):
            yield from (one.when, one.then)


__all__ = ["in_use"]
