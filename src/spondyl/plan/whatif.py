"""The plan before and after some facts are changed, as a difference by keys. It plans twice; the engine decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from spondyl.engine import Program
from spondyl.explain.difference import difference
from spondyl.plan.record import Plan, plan
from spondyl.record import Case, Fact, Options

SCHEMA = "spondyl/whatif/1"
SOURCE = "whatif"


@dataclass(frozen=True, slots=True)
class Change:
    """One change as it was written. What is recorded under `path`, and below it, is replaced by `facts`."""

    text: str
    path: str = ""
    facts: tuple[Fact, ...] = ()
    profile: str | None = None


def whatif(program: Program, case: Case, options: Options, changes: Sequence[Change]) -> dict[str, Any]:
    """The difference some changes would make: facts replaced or removed, or another profile."""
    before, after = plans(program, case, options, changes)
    old, new = before.record, after.record
    return {
        "schema": SCHEMA,
        "as_of": options.as_of,
        "profile": old["profile"],
        "locale": options.locale,
        "knowledge": dict(old["knowledge"]),
        "software": dict(old["software"]),
        "changes": [_shown(change, before) for change in changes],
        "before": _state(before),
        "after": _state(after),
        "difference": difference(old, new),
    }


def plans(program: Program, case: Case, options: Options, changes: Sequence[Change]) -> tuple[Plan, Plan]:
    """The plan of the case, and the plan of the changed case."""
    before = plan(program, case, options)
    changed = apply(_as_recorded(before, case), options, changes)
    profile = next((change.profile for change in reversed(changes) if change.profile), options.profile)
    return before, plan(program, changed, replace(options, profile=profile))


def apply(case: Case, options: Options, changes: Sequence[Change]) -> Case:
    """The case with the changes made, one after the other; a new fact takes the place of the first it replaces."""
    facts = list(case.facts)
    for change in changes:
        if not change.path:
            continue
        places = [place for place, fact in enumerate(facts) if _replaces(change.path, fact.fact)]
        kept = [fact for place, fact in enumerate(facts) if place not in set(places)]
        at = places[0] if places else len(facts)
        facts = [*kept[:at], *change.facts, *kept[at:]]
    dates = dict(case.written_on)
    if any(fact.source.name == SOURCE for fact in facts):
        dates[SOURCE] = options.as_of
    return Case(tuple(facts), dates, case.texts, case.unread)


def _replaces(path: str, fact: str) -> bool:
    return fact == path or fact.startswith(path + ".")


def _as_recorded(made: Plan, case: Case) -> Case:
    """The case with list entries numbered as the record shows them, so that `surgeries.0` means what is read there."""
    return Case(tuple(made.patient.chart.facts.values()), case.written_on, case.texts, case.unread)


def _state(made: Plan) -> dict[str, Any]:
    record = made.record
    return {
        "profile": record["profile"],
        "urgency": record["triage"]["urgency"],
        "scope": record["scope"]["status"],
        "established": [one["red_flag"] for one in record["triage"]["established"]],
    }


def _shown(change: Change, before: Plan) -> dict[str, Any]:
    if change.profile:
        return {"change": change.text, "fact": "profile", "before": before.record["profile"], "after": change.profile}
    old = [fact for fact in before.patient.chart.facts.values() if _replaces(change.path, fact.fact)]
    return {
        "change": change.text,
        "fact": change.path,
        "before": [_recorded(fact) for fact in old],
        "after": [_recorded(fact) for fact in change.facts],
    }


def _recorded(fact: Fact) -> dict[str, Any]:
    return {"fact": fact.fact, "value": fact.value, "assertion": fact.assertion, "on": fact.on}
