"""What stands on record behind each criterion of a gate, also where it does not settle it. It judges nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from spondyl.engine import Criterion, Judged
from spondyl.explain import site_of
from spondyl.explain.explained import Explained
from spondyl.explain.reason import Reasons
from spondyl.logic import And, AtLeast, Condition, Has, Not, Or
from spondyl.render.pictures.course import KEYS
from spondyl.timeline import View

_OPEN = ("not_documented", "contradicted")
_TOLD = ("present", "negated", "uncertain", "historical")


class Ground(NamedTuple):
    """The ids of the recorded facts behind a criterion, and the members that its condition names of set facts.

    `number`: the fact whose number decides, where the condition has more parts than one.
    """

    facts: tuple[str, ...]
    members: frozenset[str]
    number: str | None = None


Grounds = Mapping[tuple[str, str], Ground]


def grounds(plan: Explained, gate: Mapping[str, Any]) -> Grounds:
    """By kind and name of a criterion, what is behind it in an entry of the `gates` of the record of this plan."""
    judged = next((one for one in plan.gates if _same(one, gate)), None)
    if judged is None:
        return {}
    reasons = Reasons(plan)
    plain, safety = plan.patient.views(judged.focus)
    by_id = {str(fact["id"]): fact for fact in plan.record["facts"]}
    found: dict[tuple[str, str], Ground] = {}
    for one in judged.criteria:
        view = safety if one.kind == "check_first" else plain
        leaves = list(_leaves(one.condition))
        if one.result in _OPEN:
            trees = _trees(reasons, [one.condition, *leaves], view)
            ids = dict.fromkeys(name for tree in trees for name in _facts(tree) if _asked(by_id[name], one.ask))
            ids.update(dict.fromkeys(name for name, fact in by_id.items() if _answers(fact, one.ask)))
        else:
            trees = _trees(reasons, [one.condition], view)
            ids = dict.fromkeys(name for tree in trees for name in _facts(tree))
        members = frozenset([leaf.member for leaf in leaves if isinstance(leaf, Has)])
        found[one.kind, one.id] = Ground(tuple(ids), members, _number(one, trees) if len(leaves) > 1 else None)
    return found


def _number(one: Criterion, trees: Iterable[Mapping[str, Any]]) -> str | None:
    """The fact whose number the criterion shows, where it has one."""
    if one.have is None or one.need is None:
        return None
    return next((str(leaf["fact"]) for leaf in trees if one.need.endswith(_shown(leaf))), None)


def _shown(leaf: Mapping[str, Any]) -> str:
    return str(leaf.get("threshold", {}).get("shown", "?"))


def _same(judged: Judged, gate: Mapping[str, Any]) -> bool:
    if judged.gate.id != gate["gate"] or judged.target != gate["target"]:
        return False
    return bool(site_of(judged.site, "operated" if judged.target else "focus") == gate["site"])


def _asked(fact: Mapping[str, Any], ask: Sequence[str]) -> bool:
    """Whether a fact can settle what is asked: of a list only one that is asked for."""
    head, _, rest = str(fact["fact"]).partition(".")
    return not rest.partition(".")[0].isdigit() or head in ask


def _answers(fact: Mapping[str, Any], ask: Sequence[str]) -> bool:
    """Whether a fact is told that is asked for; of a list, what it is said not to hold."""
    if fact["source"].get("kind") == "derived" or fact["assertion"] not in _TOLD:
        return False
    head, _, part = str(fact["fact"]).rpartition(".")
    denied = fact["assertion"] == "negated" and KEYS.get(head.partition(".")[0]) == part
    return fact["fact"] in ask or (denied and head.partition(".")[0] in ask)


def _trees(reasons: Reasons, conditions: Sequence[Condition], view: View) -> list[Mapping[str, Any]]:
    return [leaf for one in conditions for leaf in reasons.leaves(one, view)]


def _facts(tree: Mapping[str, Any]) -> Iterator[str]:
    """The recorded facts of a reason and of what it rests on; an entry that does not count is left out."""
    if tree.get("counts") != "false":
        yield from tree["facts"]
        for below in tree.get("from", ()):
            yield from _facts(below)


def _leaves(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, And | Or | AtLeast):
        for one in condition.of:
            yield from _leaves(one)
    elif isinstance(condition, Not):
        yield from _leaves(condition.of)
    else:
        yield condition
