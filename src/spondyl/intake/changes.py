"""Changes for `whatif`, written as name=value, become facts by the same rules and refusals as a structured case."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from spondyl.intake.case import _Reader
from spondyl.knowledge.rules import PROFILES, FactEntry, Ruleset
from spondyl.plan.whatif import SOURCE, Change
from spondyl.record import Case, Problem, Refusal, Source

_RANGE = re.compile(r"(-?[\d.]+)?\s*\.\.\s*(-?[\d.]+)?\s*([^\d\s.].*)?")
_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)\s*([^\d\s.].*)?")
_NONE = ("no", "none", "[]", "false")
_UNKNOWN = ("unknown", "null", "")


def read_changes(texts: Sequence[str], rules: Ruleset, as_of: str, case: Case | None = None) -> list[Change]:
    """The changes as facts and removals. Raises Refusal with every problem found.

    `name=value` replaces what is recorded under the name; `name=unknown` removes it; `name=no` records it as not so,
    or a list as none. Members of a set are parted by commas ("leg_L,no back"); a number may be a range ("3..6", "..4")
    and may have a unit; `profile=NAME` changes the profile. List entries are numbered as in the record.
    """
    problems: list[Problem] = []
    made = []
    for text in texts:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not equals or not name:
            problems.append(
                Problem("I031", "a change is written name=value", text.partition("=")[0], "for example fever=yes")
            )
        elif name == "profile":
            if value not in PROFILES:
                near = difflib.get_close_matches(value, PROFILES, n=1)
                remedy = f"did you mean '{near[0]}'?" if near else f"one of {', '.join(PROFILES)}"
                problems.append(Problem("I013", "this is not a profile", "profile", remedy))
            made.append(Change(text, profile=value))
        else:
            reader = _Reader(SOURCE, rules, as_of)
            _read(reader, name, value, rules, case)
            problems += reader.problems
            source = Source("case", SOURCE, path=SOURCE)
            made.append(Change(text, name, tuple(replace(fact, source=source) for fact in reader.facts)))
    if problems:
        raise Refusal(problems)
    return made


def _read(reader: _Reader, name: str, value: str, rules: Ruleset, case: Case | None) -> None:
    entry = rules.facts.get(name)
    head, _, rest = name.partition(".")
    listed = rules.facts.get(head)
    if entry is None and listed is not None and listed.type.kind == "list" and rest:
        _field(reader, name, head, rest, value, listed, case, rules)
    elif entry is None:
        reader.named(name, value, name)  # refused there, with the nearest name
    elif value.lower() in _UNKNOWN:
        return
    elif entry.type.kind == "list" and entry.fields:
        if value.lower() in _NONE:
            reader.named(name, [], name)
        else:
            fields = ", ".join(entry.fields)
            reader.refuse("I031", f"'{name}' is a list of entries", name, f"write {name}.0.FIELD=value ({fields})")
    else:
        _scalar(reader, name, entry, value, rules)


def _field(
    reader: _Reader, name: str, head: str, rest: str, value: str, listed: FactEntry, case: Case | None, rules: Ruleset
) -> None:
    index, _, field_name = rest.partition(".")
    if not index.isdigit():
        reader.refuse("I031", f"an entry of '{head}' has a number", name, f"write {head}.0.{rest}")
        return
    there = _entries(case, head) if case is not None else None
    if there is not None and int(index) > there:
        reader.refuse("I031", f"'{head}' has {there} entries here", name, f"the next new one is {head}.{there}")
        return
    if not field_name:
        if value.lower() not in _UNKNOWN:
            reader.refuse("I031", f"an entry of '{head}' is changed field by field", name, f"write {name}.FIELD=value")
        return
    kind = listed.fields.get(field_name)
    if kind is None:
        near = difflib.get_close_matches(field_name, list(listed.fields), n=1)
        remedy = f"did you mean '{near[0]}'?" if near else f"fields are {', '.join(listed.fields)}"
        reader.refuse("I010", f"'{field_name}' is not a field of '{head}'", name, remedy)
    elif value.lower() not in _UNKNOWN:
        _scalar(reader, name, kind, value, rules)


def _entries(case: Case, head: str) -> int:
    parts = (fact.fact.split(".") for fact in case.facts)
    return len({part[1] for part in parts if part[0] == head and len(part) > 2 and part[1].isdigit()})


def _scalar(reader: _Reader, name: str, entry: FactEntry, value: str, rules: Ruleset) -> None:
    reader.scalar(name, entry, _plain(entry, value, rules), name)


def _plain(entry: FactEntry, value: str, rules: Ruleset) -> Any:
    """The value as a case file would write it; what has no such form stays text, and the case reader refuses it."""
    kind = entry.type.kind
    if kind == "truth":
        return {"yes": True, "true": True, "no": False, "false": False}.get(value.lower(), value)
    if kind == "number":
        return _number(value)
    if kind == "choice":
        allowed = entry.type.values
        if value.startswith("not ") and (allowed is None or value not in allowed):
            return {"value": value[4:].strip(), "assertion": "negated"}
        return value
    if kind == "set":
        return _members(entry, value, rules)
    if kind == "list":
        words = [word for word in re.split(r"[,\sx×]+", value) if word]
        return [float(word) if _NUMBER.fullmatch(word) else word for word in words]
    return value


def _number(value: str) -> Any:
    ranged = _RANGE.fullmatch(value)
    if ranged is not None and (ranged[1] or ranged[2]):
        bounds = {"low": _float(ranged[1]), "high": _float(ranged[2])}
        return {"value": bounds, "unit": ranged[3].strip()} if ranged[3] else bounds
    single = _NUMBER.fullmatch(value)
    if single is None:
        return value
    number = _float(single[1])
    return {"value": number, "unit": single[2].strip()} if single[2] else number


def _float(text: str | None) -> float | int | str | None:
    if text is None:
        return None
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number == int(number) else number


def _members(entry: FactEntry, value: str, rules: Ruleset) -> Any:
    allowed = entry.type.values or frozenset()
    if value.lower() in _NONE and value not in allowed:
        return []
    senses: dict[str, bool] = {}
    for part in (word.strip() for word in value.split(",")):
        sense = not (part.startswith("no ") and part not in allowed)
        word = part if sense else part[3:].strip()
        for one in _span(word, allowed, rules):
            senses[one] = sense
    return list(senses) if all(senses.values()) else senses


def _span(word: str, allowed: frozenset[str], rules: Ruleset) -> list[str]:
    """The segments of a span of levels (L4-S1); any other word as it stands."""
    order = [str(one) for one in rules.tables["regions"]["segments"]]
    top, dash, bottom = word.partition("-")
    if word in allowed or not dash or not allowed >= set(order[:3]):
        return [word]
    first = next((place for place, one in enumerate(order) if one.split("-")[0] == top), None)
    last = next((place for place, one in enumerate(order) if one.split("-")[1] == bottom), None)
    return [word] if first is None or last is None or first > last else order[first : last + 1]


__all__ = ["Change", "read_changes"]
