"""What the language may speak of: facts with type, values, range and unit, and named thresholds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

FactKind = Literal["truth", "number", "date", "choice", "set", "list"]


@dataclass(frozen=True, slots=True)
class FactType:
    """The type of one fact. `values` of a choice or set (None: any word); `low` and `high` in `unit`."""

    name: str
    kind: FactKind
    values: frozenset[str] | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Facts by name, and thresholds by name with their unit."""

    facts: Mapping[str, FactType]
    thresholds: Mapping[str, str | None] = field(default_factory=dict)
