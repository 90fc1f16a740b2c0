"""What someone asks about: a statement (S4, its key, g1), or a rule by kind and id, whether or not it stands."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spondyl.explain.aliases import aliases
from spondyl.knowledge.identifiers import REFERRALS, is_order, orders
from spondyl.knowledge.rules import Ruleset
from spondyl.record import Problem, Refusal

KINDS = (
    "red_flag", "generator", "gate", "treatment", "imaging", "referral", "pitfall", "outcome", "prognosis",
    "prevention", "follow_up", "revision", "conflict", "fact",
)  # fmt: skip
# The name of a list in Ruleset.remarks for each kind of remark.
REMARKS = {
    "pitfall": "pitfalls",
    "outcome": "outcomes",
    "prognosis": "prognosis",
    "prevention": "prevention",
    "follow_up": "follow_up",
}
_SAME = {"order": "imaging", "revision_option": "revision", "flag": "red_flag", "reassessment": "follow_up"}
_KEY = re.compile(r"([a-z_]+)[.:]([^/@]+)(?:/([^@]+))?(?:@([a-z_]+))?")


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing to explain. `part`: an argument, caution, benefit or position inside the rule."""

    kind: str
    name: str
    part: str | None = None
    site: str | None = None
    target: str | None = None


def resolve(asked: str, record: Mapping[str, Any], rules: Ruleset) -> list[Asked]:
    """What is meant by an id. Raises Refusal (I030) with the nearest right one."""
    asked = asked.strip()
    statements = record["statements"]
    short = aliases(record)
    if asked in short:
        return [from_key(statements[short[asked]]["key"], rules)]
    if asked in statements:
        return [from_key(statements[asked]["key"], rules)]
    match = _KEY.fullmatch(asked)
    if match is not None and _SAME.get(match[1], match[1]) in KINDS:
        found = _split(_SAME.get(match[1], match[1]), match[2], match[3], match[4], rules)
        if found is not None:
            return [found]
    bare = [Asked(kind, asked) for kind in KINDS if asked in names(kind, rules)]
    if bare:
        # `why nsaid`: the gate and the treatment of that name; a fact only when nothing else has the name.
        return [one for one in bare if one.kind != "fact"] or bare
    raise Refusal([Problem("I030", "nothing in the knowledge base or in this record has this id", asked, _next(
        asked, record, rules, list(short)))])  # fmt: skip


def from_key(key: str, rules: Ruleset) -> Asked:
    """What the key of a statement is about."""
    match = _KEY.fullmatch(key)
    assert match is not None, key
    found = _split(match[1], match[2], match[3], match[4], rules)
    assert found is not None, key
    return found


def _split(kind: str, rest: str, site: str | None, target: str | None, rules: Ruleset) -> Asked | None:
    """Name and part: the longest name that exists, the rest behind a dot is the part."""
    known = names(kind, rules)
    pieces = rest.split(".")
    for length in range(len(pieces), 0, -1):
        name = ".".join(pieces[:length])
        if name in known or (kind == "imaging" and is_order(name) and "{" not in name):
            return Asked(kind, name, ".".join(pieces[length:]) or None, site, target)
    return None


def names(kind: str, rules: Ruleset) -> Sequence[str]:
    """Every id of a kind, except imaging orders, which are made of parts."""
    if kind in REMARKS:
        return [one.id for one in rules.remarks.get(REMARKS[kind], ())]
    if kind == "referral":
        return [*sorted(REFERRALS), *(one.id for one in rules.remarks.get("referrals", ()))]
    if kind == "revision":
        return [*rules.revision, *sorted({one.option for one in rules.revision.values()})]
    if kind == "imaging":
        gate = rules.tables["device_gate"]
        checks = [f"_device_gate.{entry['id']}" for group in ("mri", "contrast", "radiation") for entry in gate[group]]
        return [*rules.imaging, *checks]
    tables: dict[str, Mapping[str, object]] = {
        "red_flag": rules.red_flags,
        "generator": rules.generators,
        "gate": rules.gates,
        "treatment": rules.treatments,
        "conflict": rules.conflicts,
        "fact": rules.types,
    }
    return list(tables[kind])


def _next(asked: str, record: Mapping[str, Any], rules: Ruleset, short: Sequence[str]) -> str:
    if re.fullmatch(r"S\d+", asked):
        return f"this record has S1 to S{len(record['statements'])}"
    if re.fullmatch(r"[a-z]\d+", asked):
        mine = [name for name in short if name[0] == asked[0]]
        if mine:
            return f"this record has {mine[0]} to {mine[-1]}"
    kind, _, name = asked.replace(":", ".", 1).partition(".")
    kind = _SAME.get(kind, kind)
    name = re.split(r"[/@]", name)[0]
    if kind in KINDS and name:
        elsewhere = [other for other in KINDS if name in names(other, rules)]
        if elsewhere:
            return f"did you mean '{elsewhere[0]}:{name}'?"
        choices = [*names(kind, rules), *([one for one in orders() if "{" not in one] if kind == "imaging" else [])]
        near = difflib.get_close_matches(name, choices, n=1)
        if near:
            return f"did you mean '{kind}:{near[0]}'?"
    every = {f"{one}:{name}": name for one in KINDS for name in names(one, rules)}
    near = difflib.get_close_matches(asked, list(every), n=1)
    if near:
        return f"did you mean '{near[0]}'?"
    near = difflib.get_close_matches(asked, list(every.values()), n=1)
    if near:
        return f"did you mean '{next(one for one, name in every.items() if name == near[0])}'?"
    return "give a short name of the plan (g1), a statement (S4) or kind:id (gate:nsaid)"
