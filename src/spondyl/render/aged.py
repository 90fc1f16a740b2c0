"""Which recorded facts are too old to reassure on the day of the record. The engine has judged by it; this tells it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spondyl.knowledge.rules import Ruleset
from spondyl.timeline.charted import as_days


def aged(record: Mapping[str, Any], rules: Ruleset) -> dict[str, str]:
    """The day of the last recording of each fact that is no longer fresh, by its name."""
    today = as_days(record["as_of"])
    written = {one["name"]: one["written_on"] for one in record.get("inputs", ())}
    last: dict[str, str] = {}
    for fact in record["facts"]:
        day = fact["on"] or written.get(fact["source"].get("name"))
        if day and fact["assertion"] in ("present", "negated"):
            last[fact["fact"]] = max(str(day), last.get(fact["fact"], ""))
    old: dict[str, str] = {}
    for name, day in last.items():
        known, own = rules.facts.get(name), as_days(day)
        if known is None or known.fresh_days is None or own is None or today is None:
            continue
        if today.first - own.first > known.fresh_days:
            old[name] = day
    return old
