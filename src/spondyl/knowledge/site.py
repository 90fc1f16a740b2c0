"""A site's own folder: other numbers for thresholds, and rules added to those of the knowledge base."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from spondyl.knowledge.assemble import RULES, assemble
from spondyl.knowledge.diagnostics import KnowledgeError
from spondyl.knowledge.examine import examine


def with_site(compiled: Mapping[str, Any], site: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """The knowledge with a site's changes, and what is recorded about them. Raises KnowledgeError."""
    examined = examine(site, base=compiled)
    if examined.blocking:
        raise KnowledgeError(examined.blocking)
    own = assemble(examined, base=compiled)["knowledge"]
    merged = dict(compiled)
    for kind in (*RULES, "facts", "derived", "evidence", "common_checks"):
        merged[kind] = [*compiled[kind], *own[kind]]
    merged["thresholds"] = _thresholds(compiled["thresholds"], own["thresholds"])
    merged["tables"] = _tables(compiled["tables"], own["tables"])
    merged["texts"] = {**compiled["texts"], **own["texts"]}
    return merged, {"name": site.name, "version": own["version"], "sha256": own["sha256"]}


def _thresholds(base: list[dict[str, Any]], own: list[dict[str, Any]]) -> list[dict[str, Any]]:
    changed = {entry["threshold"]: entry for entry in own}
    merged = []
    for entry in base:
        change = changed.pop(entry["threshold"], None)
        if change is not None:
            values = {**entry["values"], **change["values"]}
            sources = {**entry.get("sources", {}), **change.get("sources", {})}
            entry = {**entry, "values": values, "sources": sources, "last_confirmed": change.get("last_confirmed")}
        merged.append(entry)
    return [*merged, *changed.values()]


def _tables(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The site's entries beside or over those of the base, two levels deep."""
    merged = dict(base)
    for name, value in own.items():
        known = merged.get(name)
        if isinstance(known, dict) and isinstance(value, dict):
            both = dict(known)
            for key, inner in value.items():
                old = both.get(key)
                both[key] = {**old, **inner} if isinstance(old, dict) and isinstance(inner, dict) else inner
            merged[name] = both
        else:
            merged[name] = value
    return merged
