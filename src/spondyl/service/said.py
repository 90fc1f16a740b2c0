"""A recorded fact in the words of the page: what it is called, what it says, how it is meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spondyl.engine import in_words
from spondyl.explain import Words
from spondyl.knowledge.rules import FactEntry, Ruleset
from spondyl.logic import Interval
from spondyl.record import Fact

# What stands behind the words of a note that are not simply said to be so.
LABELS = {
    "present": "",
    "negated": "negative",
    "uncertain": "uncertain",
    "historical": "past",
    "planned": "planned",
    "hypothetical": "if",
    "family": "family",
}


def entry_of(rules: Ruleset, name: str) -> FactEntry | None:
    """What the vocabulary says of a fact or of a field of a list."""
    known = rules.facts.get(name)
    if known is not None:
        return known
    head, _, rest = name.partition(".")
    listed = rules.facts.get(head)
    return listed.fields.get(rest.rpartition(".")[2]) if listed is not None and rest else None


def plain_name(name: str) -> str:
    """A path into a list without its numbers."""
    return ".".join(part for part in name.split(".") if not part.isdigit())


def label(words: Words, name: str) -> str:
    """What a fact is called; the field of an entry with what it belongs to."""
    parts = name.split(".")
    shown = words.label(plain_name(name))
    if len(parts) > 1 and parts[1].isdigit():
        shown = f"{words.label(parts[0])}, {int(parts[1]) + 1}" + (f": {shown}" if len(parts) > 2 else "")
    return shown


def value(words: Words, fact: Fact | Mapping[str, Any]) -> str:
    """What a fact says, without its name: "yes", "5 mg/L", "L4-L5"."""
    name, said, assertion = (
        (fact.fact, fact.value, fact.assertion)
        if isinstance(fact, Fact)
        else (str(fact["fact"]), fact["value"], str(fact["assertion"]))
    )
    path = plain_name(name)
    if isinstance(said, bool):
        return words.fixed("no" if said is (assertion == "negated") else "yes")
    if isinstance(said, Mapping):
        low, high = said.get("low"), said.get("high")
        bounds = Interval(*(n if isinstance(n, int | float) else None for n in (low, high)))
        return words.number(path, bounds) if path in words.rules.types else in_words(bounds, _unit(words.rules, path))
    if isinstance(said, int | float):
        exact = Interval(said, said)
        return words.number(path, exact) if path in words.rules.types else in_words(exact, _unit(words.rules, path))
    if isinstance(said, list):
        shown = _listed(words, path, [str(one) for one in said])
    else:
        shown = words.value(path, str(said))
    return f"not {shown}" if assertion == "negated" and said else shown


def _listed(words: Words, path: str, members: list[str]) -> str:
    if path.endswith("levels"):
        return words.levels(members) or ", ".join(members)
    return ", ".join(words.value(path, one) for one in members) or words.fixed("none")


def _unit(rules: Ruleset, path: str) -> str:
    known = entry_of(rules, path)
    return known.type.unit or "" if known is not None else ""
