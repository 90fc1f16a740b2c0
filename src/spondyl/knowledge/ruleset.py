"""Plain values to the immutable Ruleset. It trusts the compiler: what is here was checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from spondyl.knowledge import rules as r
from spondyl.knowledge import thaw
from spondyl.knowledge.vocabulary import fact_type
from spondyl.logic import FactType

Plain = Mapping[str, Any]
T = TypeVar("T")

_DAYS = {"D": 1.0, "W": 7.0, "M": 30.44, "Y": 365.25}
_PART = re.compile(r"(\d+)([DWMYH])")


def ruleset(compiled: Plain, site: Mapping[str, str] | None = None) -> r.Ruleset:
    """The Ruleset of compiled knowledge."""
    raw = {fact["fact"]: fact for fact in compiled["facts"]}
    facts = {name: _fact(fact, raw) for name, fact in raw.items()}
    types: dict[str, FactType] = {name: fact.type for name, fact in facts.items()}
    for entry in compiled["derived"]:
        types.setdefault(entry["fact"], fact_type(entry["fact"], entry, raw))
    common = thaw.shared_checks(compiled["common_checks"])
    remarks = {
        kind: tuple([thaw.remark(kind, rule) for rule in compiled[kind]])
        for kind in ("follow_up", "pitfalls", "prognosis", "prevention", "outcomes", "referrals")
    }
    return r.Ruleset(
        version=compiled["version"],
        sha256=compiled["sha256"],
        facts=facts,
        types=types,
        thresholds={t["threshold"]: _threshold(t) for t in compiled["thresholds"]},
        red_flags=_each(compiled["red_flags"], thaw.red_flag),
        generators=_each(compiled["generators"], thaw.generator),
        gates=_each(compiled["gates"], lambda rule: thaw.gate(rule, common)),
        imaging=_each(compiled["imaging"], thaw.imaging),
        treatments=_each(compiled["treatments"], thaw.treatment),
        remarks=remarks,
        revision=_each(compiled["revision"], thaw.revision),
        conflicts=_each(compiled["conflicts"], thaw.conflict),
        evidence={source["id"]: _evidence(source) for source in compiled["evidence"]},
        derived={entry["fact"]: entry for entry in compiled["derived"]},
        tables=compiled["tables"],
        site=site,
        texts=compiled["texts"],
    )


def _each(listed: Sequence[Plain], build: Callable[[Plain], T]) -> dict[str, T]:
    return {rule["id"]: build(rule) for rule in listed}


def _fact(entry: Plain, raw: Mapping[str, Plain]) -> r.FactEntry:
    return _fact_entry(entry["fact"], entry, raw)


def _fact_entry(name: str, entry: Plain, raw: Mapping[str, Plain]) -> r.FactEntry:
    ask = entry.get("ask")
    worse = entry.get("worse")
    asked = ask if isinstance(ask, Mapping) else {"clinician": ask, "patient": entry.get("ask_patient")}
    return r.FactEntry(
        type=fact_type(name, entry, raw),
        per=entry.get("per", "patient"),
        worse=None if worse == "none" else worse,
        fresh_days=fresh_days(entry.get("fresh_for")),
        label=entry.get("label") or name.replace("_", " ").replace(".", ", "),
        means=entry["means"],
        group=entry.get("group", "other"),
        ask=asked.get("clinician"),
        ask_patient=asked.get("patient"),
        fields={part["field"]: _fact_entry(part["field"], part, raw) for part in entry.get("fields") or ()},
        alarming=tuple(entry.get("alarming", ())),
        reassuring=tuple(entry.get("reassuring", ())),
    )


def fresh_days(duration: str | None) -> float | None:
    """The days of a duration like P7D or PT48H; None for none."""
    if duration is None or duration == "none":
        return None
    hours = "T" in duration
    return sum(int(n) / 24 if hours else int(n) * _DAYS[unit] for n, unit in _PART.findall(duration))


def _threshold(entry: Plain) -> r.Threshold:
    values = {profile: float(number) for profile, number in entry["values"].items()}
    title = entry.get("title", entry["threshold"])
    return r.Threshold(
        entry["threshold"], title, entry.get("unit"), values, entry.get("sources", {}), entry.get("last_confirmed")
    )


def _evidence(source: Plain) -> r.Evidence:
    return r.Evidence(
        id=source["id"],
        title=source["title"],
        tier=source["tier"],
        year=source.get("year"),
        authors=source.get("authors_short") or "",
        journal=source.get("journal") or "",
        shows=source["shows"],
        checked=source["checked"],
        checked_on=source.get("checked_on"),
        url=source.get("url"),
        doi=source.get("doi"),
        pmid=source.get("pmid"),
        kind=source.get("kind"),
        review_by=source.get("review_by"),
    )
