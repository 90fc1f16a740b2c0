"""A patient of whom only a few flat facts are known, as in the cases of rules and in laws. It judges nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spondyl.engine import Patient, Program
from spondyl.knowledge import Ruleset
from spondyl.logic import FALSE, TRUE, Facts, FactType, Interval, Members, Value, exactly
from spondyl.timeline import Chart, Focus

Case = Mapping[str, Any]
REGION = "lumbar"


def value(fact: FactType, plain: Any) -> Value | None:
    """A value as it stands in a case, in the form conditions read. Raises TypeError for what has no flat form."""
    if plain is None:
        return None
    if fact.kind == "truth":
        return TRUE if plain else FALSE
    if fact.kind == "number":
        return Interval(float(plain[0]), float(plain[1])) if isinstance(plain, list) else exactly(float(plain))
    if fact.kind == "choice":
        return str(plain)
    if fact.kind == "set":
        if isinstance(plain, Mapping):
            named = {sense: frozenset(word for word, said in plain.items() if said is sense) for sense in (True, False)}
            return Members(named[True], named[False])
        return Members(frozenset(plain))
    raise TypeError(f"{fact.name} is a {fact.kind} and cannot be given flat")


def values(rules: Ruleset, given: Mapping[str, Any]) -> dict[str, Value | None]:
    """Every given fact as a value."""
    return {name: value(rules.types[name], plain) for name, plain in given.items()}


def patient_with(
    program: Program,
    known: Mapping[str, Value | None],
    *,
    profile: str = "guideline",
    region: str | None = None,
    segment: bool = False,
) -> Patient:
    """A patient at one focus of whom exactly these facts are known; derived facts follow from them."""
    named = known.get("focus_region")
    place = region or (named if isinstance(named, str) else REGION)
    focus = Focus(place, "segment" if segment else "region")
    chart = Chart(0, plain=Facts(known), safety=Facts(known))
    return Patient(program, chart, profile=profile, places=(focus,), given=known)


def patient_of(program: Program, kind: str, case: Case) -> Patient:
    """The patient of a case that stands beside a rule of this kind."""
    known = values(program.rules, case["given"])
    segment = kind == "generators" and known.get("next_to_fusion_here") is TRUE
    return patient_with(program, known, profile=case.get("profile", "guideline"), segment=segment)


__all__ = ["REGION", "Case", "patient_of", "patient_with", "value", "values"]
