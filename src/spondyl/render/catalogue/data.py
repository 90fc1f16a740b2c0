"""The knowledge base as plain data for programs: rules with their conditions written and told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spondyl.logic import And, AtLeast, Compare, FactIs, Has, In, Known, Not, Or, to_text
from spondyl.render.catalogue.telling import Catalogue

_CONDITIONS = (And, AtLeast, Compare, FactIs, Has, In, Known, Not, Or)


def plain(page: Catalogue, value: Any) -> Any:
    """A part of the Ruleset as lists, dicts, texts and numbers; a condition becomes {"text", "words"}."""
    if isinstance(value, _CONDITIONS):
        return {"text": to_text(value), "words": page.tells(value)}
    if hasattr(value, "_asdict"):
        return {name: plain(page, part) for name, part in value._asdict().items()}
    if isinstance(value, Mapping):
        return {str(name): plain(page, part) for name, part in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(plain(page, part) for part in value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(page, part) for part in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(page, getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def rule_data(page: Catalogue, kind: str, rule: Any, cases: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """One rule with its kind, its permanent name and its cases."""
    from spondyl.render.catalogue.naming import rule_name

    return {"rule": rule_name(kind, rule.id), "kind": kind, **plain(page, rule), "cases": [dict(one) for one in cases]}
