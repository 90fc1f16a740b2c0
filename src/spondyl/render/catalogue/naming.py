"""How rules are called: `red_flag.cauda_equina` in statements, `red_flags` for the folder they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from spondyl.knowledge import Ruleset

SINGULAR = {
    "red_flags": "red_flag",
    "generators": "generator",
    "gates": "gate",
    "imaging": "imaging",
    "treatments": "treatment",
    "revision": "revision",
    "follow_up": "follow_up",
    "pitfalls": "pitfall",
    "prognosis": "prognosis",
    "prevention": "prevention",
    "outcomes": "outcome",
    "referrals": "referral",
    "conflicts": "conflict",
}
PLURAL = {singular: kind for kind, singular in SINGULAR.items()}


def rule_name(kind: str, name: str) -> str:
    """The name of a rule as statements carry it."""
    return f"{SINGULAR[kind]}.{name}"


def all_rules(rules: Ruleset) -> Iterator[tuple[str, str, Any]]:
    """Every rule: its kind, its id, and the rule."""
    for kind in SINGULAR:
        if kind in rules.remarks:
            for rule in rules.remarks[kind]:
                yield kind, rule.id, rule
        else:
            several: Mapping[str, Any] = getattr(rules, kind)
            for name, rule in several.items():
                yield kind, name, rule


def claims_of(rule: Any) -> list[str]:
    """The claims a rule lists, itself or in its positions."""
    found = [*rule.claims, *(claim for position in getattr(rule, "positions", ()) for claim in position.claims)]
    return list(dict.fromkeys(found))


def encoded_by(rules: Ruleset) -> dict[str, list[str]]:
    """The rules that list each claim, in the order of kinds."""
    found: dict[str, list[str]] = {}
    for kind, name, rule in all_rules(rules):
        for claim in claims_of(rule):
            found.setdefault(claim, []).append(rule_name(kind, name))
    return found
