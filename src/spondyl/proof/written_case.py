"""A structured case written for flat facts: recorded ones as they are, derived ones by entries of lists. Best effort.

It only writes; `realize` charts what was written and says what it does not bring about.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from spondyl.intake.case import SCHEMA
from spondyl.logic import FALSE, TRUE, UNKNOWN, Condition, Interval, Members, NoneOf, Truth, Value
from spondyl.proof.flat import Flat
from spondyl.proof.fulfil import Entry, Fulfiller
from spondyl.proof.situation import ELSEWHERE, TOLD_AXIAL, TOLD_LIMB
from spondyl.proof.smt import member
from spondyl.proof.vector import Vector
from spondyl.timeline import condition_of, months_from, written

AS_OF = "2026-11-22"
# Lists of which one entry says as much as it can; of the others each fact gets an entry of its own.
_ONE_ENTRY = ("surgeries", "imaging", "motor_deficit", "sensory_deficit", "implanted_devices")
_NUMBERS = ("max_entry", "min_entry", "sum_entries", "count_entries")
_SPANS = ("months_between", "days_between", "weeks_between")
_LIMB_PAIN = ("arm", "shoulder", "leg")
_LONG_AGO = "1990"
_DAYS = {"months_between": 30.44, "weeks_between": 7.0, "days_between": 1.0}


def alike(flat: Flat, name: str, one: Value | None, other: Value | None) -> bool:
    """Whether no rule can tell two values of a fact apart."""
    if flat.rules.types[name].kind == "number":
        first, second = (value if isinstance(value, Interval) else Interval(None, None) for value in (one, other))
        return all(
            first.compare(op, bound) is second.compare(op, bound)
            for bound in flat.bounds_in_use(name)
            for op in (">=", ">", "<=", "<", "==")
        )
    words = flat.values(name)
    if words:
        return all(_said(one, word) is _said(other, word) for word in words)
    return one is other


def _said(value: Value | None, word: str) -> Truth:
    found = member(value, word)
    return UNKNOWN if found is None else found


def _since(text: str, kind: str) -> Interval:
    days, today = written(text), written(AS_OF).first
    first, last = days.first, min(days.last, today)
    if kind == "months_between":
        return Interval(months_from(last, today), months_from(first, today))
    if kind == "weeks_between":
        return Interval(round((today - last) / 7, 1), round((today - first) / 7, 1))
    return Interval(today - last, today - first)


class WrittenCase:
    """A case under construction."""

    def __init__(self, flat: Flat, vector: Vector) -> None:
        self.flat = flat
        self.rules = flat.rules
        self.vector = vector
        self.fulfil = Fulfiller(flat.rules, vector.region)
        self.table: Mapping[str, Any] = flat.rules.tables["regions"]["regions"][vector.region]
        self.facts: dict[str, Any] = {}
        self.lists: dict[str, list[Entry]] = {}
        self.complete: set[str] = set()

    def made(self) -> dict[str, Any]:
        known = [(name, self.vector.safety[name]) for name in self.vector.known]
        derived = [(name, value) for name, value in known if not self.flat.recordable(name)]
        for name, value in known:
            if self.flat.recordable(name):
                self.facts[name] = _plain(value)
        # Numbers first, then what holds of the same entries, then their days, and last what holds of none.
        for name, value in sorted(derived, key=lambda one: self._turn(*one)):
            self._derive(name, value, self.rules.derived[name])
        self._surroundings()
        case: dict[str, Any] = {"schema": SCHEMA, "written_on": AS_OF, "facts": self.facts}
        for name in sorted({*self.lists, *self.complete}):
            entries = self.lists.get(name, [])
            complete = name in self.complete
            case[name] = {"complete": True, "entries": entries} if complete and entries else entries
        return case

    def _turn(self, name: str, value: Value | None) -> tuple[int, str]:
        form = self.rules.derived[name]["form"]
        if form in _SPANS:
            return (2 if form == "days_between" else 3), name
        if form in _NUMBERS:
            return (4 if form == "count_entries" else 0), name
        return (5 if value is FALSE else 1), name

    def _derive(self, name: str, value: Value | None, form: Mapping[str, Any]) -> None:
        kind, body = form["form"], form["body"]
        if kind in ("any_entry", "any_of"):
            for part in body if kind == "any_of" else (body,):
                self._any(part, value)
                if value is TRUE:
                    break
        elif kind in ("members", "any_member"):
            self._findings(body, value)
        elif kind in _SPANS and isinstance(value, Interval):
            self._span(name, body, value, kind)
        elif kind in _NUMBERS and isinstance(value, Interval):
            self._count(kind, body, value)
        elif kind == "sum_product" and isinstance(value, Interval):
            self._dose(body, value)
        elif kind == "concordance":
            self._concordance(body, value)
        elif kind == "recorded_since":
            self.facts.setdefault(body["fact"], value is TRUE)
            self.facts.setdefault(body["examined_on"], AS_OF)

    def _where(self, body: Mapping[str, Any]) -> Condition | None:
        return condition_of(body["where"]) if "where" in body else None

    def _entry(self, name: str, where: Condition | None, *, own: bool = False) -> Entry:
        """An entry in which the condition holds: one that is there already where it fits, else a new one."""
        listed = self.lists.setdefault(name, [])
        if name in _ONE_ENTRY and not own:
            for place, entry in enumerate(listed):
                filled = self.fulfil.entry(name, where, entry)
                if filled is not None:
                    listed[place] = filled
                    return filled
        filled = self.fulfil.entry(name, where) or {}
        listed.append(filled)
        return filled

    def _any(self, body: Mapping[str, Any], value: Value | None) -> None:
        if value is TRUE:
            self._entry(body["list"], self._where(body))
        elif value is FALSE:
            self.complete.add(body["list"])
            where = self._where(body)
            for entry in self.lists.get(body["list"], ()):
                if where is not None:
                    self.fulfil.deny(body["list"], where, entry)

    def _findings(self, body: Mapping[str, Any], value: Value | None) -> None:
        entry = self._entry(body["list"], self._where(body))
        said = entry.setdefault(body["field"], {})
        if isinstance(value, Members):
            said |= dict.fromkeys(sorted(value.yes), True) | dict.fromkeys(sorted(value.no), False)
        elif value is TRUE:
            said.setdefault(body["members"][0], True)
        else:
            for word in body["members"]:
                said.setdefault(word, False)
        entry.setdefault("modality", "mri")

    def _span(self, name: str, body: Mapping[str, Any], value: Interval, kind: str) -> None:
        on = self._day(name, value, kind)
        if "since" in body:
            self.facts.setdefault(body["since"], on)
            return
        entry = self._entry(body["list"], self._where(body))
        entry.setdefault("date", on)

    def _day(self, name: str, value: Interval, kind: str) -> str:
        """A date so long ago that no rule can tell it from the wanted time; as exact as that allows."""
        low = value.low if value.low is not None else 0.0
        high = value.high if value.high is not None else low
        days = round((low + high) / 2 * _DAYS[kind])
        day = date.fromisoformat(AS_OF) - timedelta(days=days)
        written_as = [day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]]
        return next((one for one in written_as if alike(self.flat, name, value, _since(one, kind))), written_as[0])

    def _count(self, kind: str, body: Mapping[str, Any], value: Interval) -> None:
        if value.high is not None and (value.low is None or value.low < value.high or kind == "count_entries"):
            self.complete.add(body["list"])
        if kind == "count_entries":
            wanted = round(value.low or 0)
            there = len(self.lists.get(body["list"], ())) if body["list"] == "surgeries" else 0
            for _ in range(wanted - there if "times" not in body else min(wanted, 1)):
                entry = self._entry(body["list"], self._where(body), own=True)
                if body["list"] == "surgeries" and there:
                    entry |= {"region": self._other_region(), "date": _LONG_AGO}
                if "times" in body:
                    entry[body["times"]] = wanted
                if "within_months" in body:
                    entry.setdefault("date", AS_OF)
            return
        entry = self._entry(body["list"], self._where(body))
        entry.setdefault(body["field"], _number(value))

    def _dose(self, body: Mapping[str, Any], value: Interval) -> None:
        if not value.high and not value.low:
            self.complete.add(body["list"])
            return
        entry = {
            "drug": "morphine",
            "unit": "mg",
            "status": "taking",
            "times_per_day": 1,
            "dose": value.low or value.high,
        }
        if value.low != value.high:
            entry |= {"as_needed": True} if not value.low else {}
        self.lists.setdefault(body["list"], []).append(entry)

    def _concordance(self, body: str, value: Value | None) -> None:
        entry = self._entry("imaging", condition_of(["fact", "same_region"]))
        found = entry.setdefault("findings", {})
        if not any(said and word != "normal" for word, said in found.items()):
            found["facet_arthropathy"] = True
        if body == "side":
            entry.setdefault("side", "midline")
            places = [one for one in (*self.table["limb"], *self.table["axial"]) if one.endswith(("_L", "_R"))]
            if places:
                told = self.facts.setdefault("pain_regions", {})
                told.setdefault(places[0], True)
            if value is FALSE:
                entry["side"] = "R"
            return
        roots = self.flat.rules.tables["regions"]["segment_roots"]
        level = next((one for one, named in roots.items() if set(named) & set(self.table["roots"])), None)
        if level is None:
            return
        entry.setdefault("levels", {level: True})
        fitting = set(roots[level])
        root = next((one for one in self.table["roots"] if (one in fitting) is (value is TRUE)), None)
        if root is not None and value is not None:
            limb = next((one for one in self.table["pains"] if one in _LIMB_PAIN), self.table["pains"][0])
            self.lists.setdefault("pains", []).append({"region": limb, "root": root})

    def _other_region(self) -> str:
        return "cervical" if self.vector.region != "cervical" else "lumbar"

    def _surroundings(self) -> None:
        """The region of the focus, and pain told of outside the list of places."""
        told = {TOLD_AXIAL: False, TOLD_LIMB: True}
        for what, limb in told.items():
            places = [one for one in self.table["pains"] if (one in _LIMB_PAIN) is limb]
            if what in self.vector.situation and places:
                self.lists.setdefault("pains", []).append({"region": places[0]})
        if ELSEWHERE in self.vector.situation:
            self.lists.setdefault("surgeries", []).append({"region": self._other_region(), "status": "done"})
        operated = any(entry.get("region") in self.table["surgery"] for entry in self.lists.get("surgeries", ()))
        regions = self.rules.tables["regions"]["focus_of_pain"]
        places = [place for place, region in regions.items() if region == self.vector.region]
        said = self.facts.get("pain_regions", {})
        hurts = any(said.get(place) is True for place in places)
        if not operated and not hurts and places:
            free = [place for place in places if place not in said] or places
            self.facts["pain_regions"] = {**said, free[0]: True}


def _plain(value: Value | None) -> Any:
    if value is TRUE or value is FALSE:
        return value is TRUE
    if isinstance(value, Interval):
        return _number(value)
    if isinstance(value, Members):
        return dict.fromkeys(sorted(value.yes), True) | dict.fromkeys(sorted(value.no), False)
    if isinstance(value, NoneOf):
        return {"value": min(value.values), "assertion": "negated"}
    return value


def _number(value: Interval) -> Any:
    if value.exact:
        return _tidy(value.low)
    return {"value": {"low": _tidy(value.low), "high": _tidy(value.high)}}


def _tidy(number: float | None) -> float | int | None:
    return int(number) if number is not None and number == int(number) else number


__all__ = ["AS_OF", "WrittenCase", "alike"]
