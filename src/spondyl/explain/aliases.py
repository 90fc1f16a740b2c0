"""Short names of lines (g1, t2, a3) that a reader can type: the kind's letter and the place in the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

KINDS = (
    ("e", "triage.established"),
    ("s", "triage.not_excluded"),
    ("g", "generators"),
    ("i", "imaging"),
    ("t", "treatments"),
    ("a", "gates"),
    ("x", "referrals"),
    ("r", "reassessment"),
)
LISTS = (("p", "pitfalls"), ("o", "outcomes"), ("v", "prevention"))


def aliases(record: Mapping[str, Any]) -> dict[str, str]:
    """Short name to statement alias: g1 is the first generator, a2 the second gate, c1 the first conflict."""
    return {short: statement for short, statement in _pairs(record) if statement}


def _pairs(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for letter, path in KINDS:
        entries: Any = record
        for part in path.split("."):
            entries = entries[part]
        for place, entry in enumerate(entries, 1):
            yield f"{letter}{place}", entry.get("statement", "")
    for letter, name in LISTS:
        for place, statement in enumerate(record[name], 1):
            yield f"{letter}{place}", statement
    for place, conflict in enumerate(record["conflicts"], 1):
        yield f"c{place}", conflict["applied"]


def short_names(record: Mapping[str, Any]) -> dict[str, str]:
    """Statement alias to its short name, the first one when it has several."""
    names: dict[str, str] = {}
    for short, statement in aliases(record).items():
        names.setdefault(statement, short)
    return names
