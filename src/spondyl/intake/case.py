"""The structured case: a file of named facts becomes facts with their paths, or is refused with every problem found."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from spondyl.knowledge.rules import FactEntry, Ruleset
from spondyl.record import ASSERTIONS, Case, Fact, JsonValue, Problem, Refusal, Source
from spondyl.timeline import written

SCHEMA = "spondyl/case/1"
_TOP = ("schema", "written_on", "facts", "name")
_WRAPPED = {"value", "assertion", "on", "precision", "unit"}
_PRECISIONS = ("about", "year", "month", "week", "day")
# Units that are converted: unit as written -> (stored unit, factor, offset).
_CONVERTED: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "C": {"F": (5 / 9, -32 * 5 / 9), "°F": (5 / 9, -32 * 5 / 9), "°C": (1, 0)},
    "mg/L": {"mg/dL": (10, 0)},
    "mg/dL": {"mmol/L": (18, 0), "umol/L": (1 / 88.4, 0), "µmol/L": (1 / 88.4, 0)},
    "ng/mL": {"nmol/L": (1 / 2.5, 0)},
    "kg": {"lb": (0.45359237, 0)},
    "m": {"ft": (0.3048, 0), "km": (1000, 0)},
    "weeks": {"days": (1 / 7, 0), "months": (30.44 / 7, 0), "years": (365.25 / 7, 0)},
    "months": {"days": (1 / 30.44, 0), "weeks": (7 / 30.44, 0), "years": (12, 0)},
    "days": {"weeks": (7, 0), "months": (30.44, 0), "years": (365.25, 0)},
    "hours": {"days": (24, 0)},
}


def read_case(plain: Any, name: str, rules: Ruleset, as_of: str) -> Case:
    """The case in a plain value (what JSON or YAML gave). Raises Refusal with every problem found."""
    reader = _Reader(name, rules, as_of)
    case = reader.read(plain)
    if reader.problems:
        raise Refusal(reader.problems)
    return case


def parse_yaml(content: bytes, name: str) -> Any:
    """The plain value of a YAML text; aliases, tags and repeated keys are refused. Raises Refusal."""
    from spondyl.intake.usual_yaml import usual

    quickly = usual(content)
    if quickly is not None:
        return quickly
    from spondyl.knowledge.source import plain, read_bytes

    document = read_bytes(content, name)
    if document.problems or document.root is None:
        raise Refusal(
            [
                Problem(
                    "I005" if "twice" in one.message else "I004",
                    one.message,
                    f"{name}:{one.line}:{one.column}",
                    one.next or "repair the file there",
                )
                for one in document.problems
            ]
            or [Problem("I002", "the file is empty", name, "write a case, or give another file")]
        )
    return plain(document.root)


class _Reader:
    def __init__(self, name: str, rules: Ruleset, as_of: str) -> None:
        self.name = name
        self.rules = rules
        self.as_of = date.fromisoformat(as_of).toordinal()
        self.problems: list[Problem] = []
        self.facts: list[Fact] = []

    def refuse(self, code: str, message: str, where: str, remedy: str) -> None:
        self.problems.append(Problem(code, message, f"{self.name}: {where}", remedy))

    def read(self, plain: Any) -> Case:
        if not isinstance(plain, dict):
            self.refuse(
                "I003", "a case is a mapping of names to values", "the top", "start with `schema: spondyl/case/1`"
            )
            return Case(())
        schema = plain.get("schema")
        if schema is None:
            near = next((str(key) for key in plain if str(key).lower() == "schema"), None)
            remedy = f"write `schema`, not `{near}`" if near else f"begin with `schema: {SCHEMA}`"
            message = "this is laid out as a case and does not say its schema"
            self.refuse("I001", message, "schema", f"{remedy}; a note is read as one when its kind is given as note")
            plain = {key: value for key, value in plain.items() if key != near}
        elif schema != SCHEMA:
            self.refuse("I001", "this schema is not known here", "schema", f"write `schema: {SCHEMA}`")
        written_on = plain.get("written_on")
        dates: dict[str, str] = {}
        if written_on is not None and self.check_date("written_on", written_on):
            dates[self.name] = str(written_on)
        facts = plain.get("facts") or {}
        if not isinstance(facts, dict):
            self.refuse("I003", "`facts` is a mapping of names to values", "facts", "write `facts: {name: value}`")
            facts = {}
        for key, value in plain.items():
            if key not in _TOP:
                self.named(key, value, key)
        for key, value in facts.items():
            self.named(key, value, f"facts.{key}")
        return Case(tuple(self.facts), dates)

    def named(self, name: str, value: Any, where: str) -> None:
        entry = self.rules.facts.get(name)
        if entry is None:
            known = sorted(self.rules.facts)
            near = difflib.get_close_matches(name, [*known, *self.rules.derived], n=1)
            if where == name and name.lower() in _TOP:
                near = [name.lower()]
            head, dot, rest = name.partition(".")
            if not near and dot:
                lists = [one for one in known if self.rules.facts[one].type.kind == "list"]
                near = [f"{one}.{rest}" for one in difflib.get_close_matches(head, lists, n=1)]
            remedy = f"did you mean '{near[0]}'?" if near else "see docs/reference/facts for the names"
            if name in self.rules.derived:
                remedy = "this is computed from other facts; give those instead"
            self.refuse("I010", f"'{name}' is not a fact that can be recorded", where, remedy)
        elif value is None:
            return
        elif entry.type.kind == "list" and entry.fields:
            self.listed(name, entry, value, where)
        else:
            self.scalar(name, entry, value, where)

    def listed(self, name: str, entry: FactEntry, value: Any, where: str) -> None:
        if isinstance(value, dict) and set(value) <= {"complete", "entries"}:
            if value.get("complete") is True:
                self.add(name, "complete", where)
            value = value.get("entries") or []
            if not value:
                return
        if value is False or value == []:
            self.add(name, [], where)
            return
        if not isinstance(value, list):
            self.refuse("I011", f"'{name}' is a list of entries", where, "write a list, or [] for none")
            return
        for index, item in enumerate(value):
            if not isinstance(item, dict):
                self.refuse(
                    "I011", f"an entry of '{name}' is a mapping of fields", f"{where}.{index}", "write `{field: value}`"
                )
                continue
            planned = item.get("status") == "planned"
            for key, inner in item.items():
                kind = entry.fields.get(key)
                path = f"{where}.{index}.{key}"
                if kind is None:
                    near = difflib.get_close_matches(str(key), list(entry.fields), n=1)
                    remedy = f"did you mean '{near[0]}'?" if near else f"fields are {', '.join(entry.fields)}"
                    self.refuse("I010", f"'{key}' is not a field of '{name}'", path, remedy)
                elif inner is not None:
                    self.scalar(f"{name}.{index}.{key}", kind, inner, path, ahead=planned)

    def scalar(self, name: str, entry: FactEntry, value: Any, where: str, *, ahead: bool = False) -> None:
        assertion, on, precision, unit = "present", None, None, None
        if isinstance(value, dict) and set(value) & _WRAPPED and entry.type.kind != "set":
            unknown = sorted(set(value) - _WRAPPED)
            if unknown:
                self.refuse(
                    "I010",
                    f"'{unknown[0]}' is not a key of a value",
                    where,
                    "keys are value, assertion, on, precision, unit",
                )
                return
            assertion, on = value.get("assertion", "present"), value.get("on")
            precision, unit = value.get("precision"), value.get("unit")
            value = value.get("value")
        elif isinstance(value, dict) and set(value) & _WRAPPED:
            assertion, on = value.get("assertion", "present"), value.get("on")
            value = value.get("value")
        if assertion not in ASSERTIONS:
            self.refuse("I018", "this assertion does not exist", where, f"one of {', '.join(ASSERTIONS)}")
            return
        if precision is not None and precision not in _PRECISIONS:
            self.refuse("I018", "this precision does not exist", where, f"one of {', '.join(_PRECISIONS)}")
            return
        if on is not None and not self.check_date(f"{where}.on", on):
            return
        if value is None:
            return
        if entry.type.kind == "date" and (ahead or assertion == "planned"):
            if self.check_date(where, value, ahead=True):
                self.facts.append(
                    Fact(name, str(value), assertion, None, Source("case", self.name, path=where), precision)
                )
            return
        for shown, sense in self.values(name, entry, value, unit, where):
            says = assertion
            if sense == "negated" and assertion == "present":
                says = "negated"
            day = None if on is None else str(on)
            self.facts.append(Fact(name, shown, says, day, Source("case", self.name, path=where), precision))

    def values(self, name: str, entry: FactEntry, value: Any, unit: Any, where: str) -> Iterable[tuple[JsonValue, str]]:
        kind = entry.type.kind
        if kind == "truth":
            if isinstance(value, bool):
                return [(True, "present")] if value else [(True, "negated")]
            self.refuse("I011", f"'{name}' is true or false", where, "write true, false or null")
        elif kind == "number":
            number = self.number(name, entry, value, unit, where)
            return [] if number is None else [(number, "present")]
        elif kind == "date":
            if self.check_date(where, value):
                return [(str(value), "present")]
        elif kind == "choice":
            if self.word(name, entry, value, where):
                return [(str(value), "present")]
        elif kind == "set":
            return self.members(name, entry, value, where)
        elif kind == "list":
            numbers = value if isinstance(value, list) else [value]
            if 0 < len(numbers) <= 3 and all(
                isinstance(one, int | float) and not isinstance(one, bool) and 0 <= one <= 100 for one in numbers
            ):
                return [(numbers, "present")]
            self.refuse("I012", f"'{name}' is one to three numbers from 0 to 100", where, "write [4.1, 2.3]")
        return []

    def number(self, name: str, entry: FactEntry, value: Any, unit: Any, where: str) -> JsonValue:
        bounds: list[Any]
        if isinstance(value, dict) and set(value) <= {"low", "high"} and value:
            bounds = [value.get("low"), value.get("high")]
        else:
            bounds = [value, value]
        if any(isinstance(one, bool) or not isinstance(one, int | float | None) for one in bounds):
            self.refuse("I011", f"'{name}' is a number", where, "write a number, or {low: a, high: b}")
            return None
        stored = entry.type.unit
        if unit is not None and unit != stored:
            factor = _CONVERTED.get(stored or "", {}).get(str(unit))
            if factor is None:
                self.refuse(
                    "I017",
                    f"'{name}' is in {stored or 'no unit'}; this unit cannot be converted",
                    where,
                    f"give it in {stored}",
                )
                return None
            bounds = [None if one is None else round(one * factor[0] + factor[1], 4) for one in bounds]
        low, high = entry.type.low, entry.type.high
        for one in bounds:
            if one is not None and (one != one or (low is not None and one < low) or (high is not None and one > high)):
                hint = (
                    f"write {low:g} to {high:g} {stored or ''}".strip()
                    if low is not None and high is not None
                    else "check it"
                )
                if stored == "C":
                    hint += ", or give `unit: F`"
                self.refuse("I012", f"'{name}' is outside its range", where, hint)
                return None
        if bounds[0] is not None and bounds[1] is not None and bounds[0] > bounds[1]:
            self.refuse("I012", f"'{name}': low is above high", where, "turn them round")
            return None
        if bounds[0] == bounds[1]:
            same: JsonValue = bounds[0]
            return same
        return {"low": bounds[0], "high": bounds[1]}

    def word(self, name: str, entry: FactEntry, value: Any, where: str) -> bool:
        allowed = entry.type.values
        if not isinstance(value, str) or not value:
            self.refuse("I011", f"'{name}' is one word", where, "write one of its values")
            return False
        if allowed is not None and value not in allowed:
            near = difflib.get_close_matches(value, sorted(allowed), n=1)
            levels = "levels" in name
            message = "this level does not exist" if levels else f"this is not a value of '{name}'"
            remedy = f"did you mean '{near[0]}'?" if near else f"one of {', '.join(sorted(allowed))}"
            if levels and re.fullmatch(r"[CTLS]\d{1,2}-[CTLS]\d{1,2}", value):
                remedy = "write a span as its segments, [L4-L5, L5-S1]"
            self.refuse("I016" if levels else "I013", message, where, remedy)
            return False
        return True

    def members(self, name: str, entry: FactEntry, value: Any, where: str) -> Iterable[tuple[JsonValue, str]]:
        if isinstance(value, dict):
            made: list[tuple[JsonValue, str]] = []
            for word, sense in value.items():
                if not self.word(name, entry, word, f"{where}.{word}"):
                    continue
                if sense is None:
                    continue
                if not isinstance(sense, bool):
                    self.refuse(
                        "I011", f"a member of '{name}' is true or false", f"{where}.{word}", "write true, false or null"
                    )
                    continue
                made.append((word, "present" if sense else "negated"))
            return made
        words = value if isinstance(value, list) else [value]
        if not words:
            return [([], "present")]
        good = [word for word in words if self.word(name, entry, word, where)]
        return [(good, "present")] if good else []

    def add(self, name: str, value: JsonValue, where: str) -> None:
        self.facts.append(Fact(name, value, "present", None, Source("case", self.name, path=where)))

    def check_date(self, where: str, value: Any, *, ahead: bool = False) -> bool:
        """Whether a value is a date, and not after the day of the plan; what is planned lies ahead."""
        text = str(value)
        try:
            days = written(text)
        except ValueError:
            self.refuse("I014", "this is not a date", where, "write 2026, 2026-03 or 2026-03-09, in quotes")
            return False
        if days.first > self.as_of and not ahead and not where.endswith(("restrictions_until",)):
            self.refuse(
                "I015",
                "this date is after the day the plan is made for",
                where,
                "correct the date, or give a later --as-of",
            )
            return False
        return True
