"""The names a knowledge base defines: facts with their types, fields of lists, thresholds, sources and rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from spondyl.logic import FactKind, FactType, Vocabulary

_KINDS: dict[str, FactKind] = {
    "truth": "truth",
    "number": "number",
    "date": "date",
    "choice": "choice",
    "set": "set",
    "list": "list",
}
# What a `where` may ask of an entry beside its fields; the timeline answers.
ENTRY_TRUTHS = ("same_region", "served_here", "lacks_sacral_fracture")
ENTRY_SETS = ("klass",)  # `class` as expressions.py spells it for Python's grammar


@dataclass(slots=True)
class Names:
    """Everything that can be named in a rule."""

    base: dict[str, FactType] = field(default_factory=dict)
    derived: dict[str, FactType] = field(default_factory=dict)
    triage: dict[str, FactType] = field(default_factory=dict)
    fields: dict[str, dict[str, FactType]] = field(default_factory=dict)
    thresholds: dict[str, str | None] = field(default_factory=dict)
    values: dict[str, dict[str, float]] = field(default_factory=dict)
    tiers: dict[str, str] = field(default_factory=dict)
    rules: dict[str, set[str]] = field(default_factory=dict)

    def types(self, after_triage: bool = False) -> dict[str, FactType]:
        """Types of all facts that a rule may read; results of triage only after triage."""
        return {**self.base, **self.derived, **(self.triage if after_triage else {})}

    def vocabulary(self, after_triage: bool = False) -> Vocabulary:
        """What expressions of rules may speak of."""
        return Vocabulary(self.types(after_triage), self.thresholds)

    def entry_vocabulary(self, list_name: str) -> Vocabulary:
        """What a `where` over a list may speak of: its fields, by their bare names."""
        types = dict(self.fields.get(list_name, {}))
        types |= {name: FactType(name, "truth") for name in ENTRY_TRUTHS}
        types |= {name: FactType(name, "set") for name in ENTRY_SETS if name not in types}
        return Vocabulary(types, self.thresholds)

    def guideline(self, profile: str) -> dict[str, float]:
        """The number of every threshold in a profile."""
        return {name: values.get(profile, 0.0) for name, values in self.values.items()}


def names_of(entries: Mapping[str, Iterable[Mapping[str, Any]]]) -> Names:
    """Names from the entries of facts, derived, thresholds and evidence, and the ids of rules by kind."""
    names = Names()
    facts = [entry for entry in entries.get("facts", ()) if _named(entry, "fact")]
    raw = {entry["fact"]: entry for entry in facts}
    for entry in facts:
        names.base[entry["fact"]] = fact_type(entry["fact"], entry, raw)
        if entry.get("type") == "list":
            fields = [part for part in entry.get("fields") or () if _named(part, "field")]
            names.fields[entry["fact"]] = {part["field"]: fact_type(part["field"], part, raw) for part in fields}
    for entry in entries.get("derived", ()):
        if _named(entry, "fact"):
            name = entry["fact"]
            kind = names.triage if "triage" in entry or entry.get("form") == "triage" else names.derived
            kind[name] = names.base[name] if name in names.base else fact_type(name, entry, raw)
    for entry in entries.get("thresholds", ()):
        if _named(entry, "threshold"):
            unit = entry.get("unit")
            names.thresholds[entry["threshold"]] = unit if isinstance(unit, str) else None
            values = entry.get("values")
            numbers = values.items() if isinstance(values, Mapping) else ()
            names.values[entry["threshold"]] = {k: float(v) for k, v in numbers if isinstance(v, int | float)}
    for entry in entries.get("evidence", ()):
        if _named(entry, "id"):
            names.tiers[entry["id"]] = str(entry.get("tier"))
    return names


def _named(entry: Any, key: str) -> bool:
    return isinstance(entry, Mapping) and isinstance(entry.get(key), str)


def fact_type(name: str, entry: Mapping[str, Any], facts: Mapping[str, Mapping[str, Any]]) -> FactType:
    """The type of a fact, of a field or of a derived fact; `values` may point at those of another."""
    kind: FactKind = _KINDS.get(str(entry.get("type")), "truth")
    low = high = None
    bounds = entry.get("range")
    if isinstance(bounds, list) and len(bounds) == 2 and all(isinstance(bound, int | float) for bound in bounds):
        low, high = float(bounds[0]), float(bounds[1])
    unit = entry.get("unit")
    values = _values(entry.get("values"), facts)
    return FactType(name, kind, values, low, high, unit if isinstance(unit, str) else None)


def _values(written: Any, facts: Mapping[str, Mapping[str, Any]]) -> frozenset[str] | None:
    if isinstance(written, str):
        found = values_like(written, facts)
        return None if found is None else frozenset(map(str, found))
    if isinstance(written, list) and written != ["any_ingredient"]:
        return frozenset(map(str, written))
    return None


def values_like(written: str, facts: Mapping[str, Mapping[str, Any]]) -> list[Any] | None:
    """The values that 'as surgeries.levels' or 'imaging.findings' points at; None for any word."""
    pointed = written.removeprefix("as ").strip()
    if pointed in facts:
        values = facts[pointed].get("values")
        return values if isinstance(values, list) else None
    owner, _, field_name = pointed.rpartition(".")
    for part in facts.get(owner, {}).get("fields") or ():
        if isinstance(part, Mapping) and part.get("field") == field_name:
            values = part.get("values")
            return values if isinstance(values, list) else None
    return None
