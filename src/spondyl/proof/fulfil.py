"""Entries of lists that make the `where` of a derivation hold: an operation, a study, a medicine. It charts nothing."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from spondyl.knowledge import Ruleset
from spondyl.knowledge.rules import FactEntry
from spondyl.logic import And, AtLeast, Condition, FactIs, Has, In, Not, Or
from spondyl.logic.nodes import Compare

Entry = dict[str, Any]
# What a list calls the places of a region, in the table of regions.
_PLACES = {"surgeries": "surgery", "imaging": "studies"}
_STEP = 1.0
_OF_PLACE = ("same_region", "served_here", "lacks_sacral_fracture")
_SAID_BY_PLACE = ("motor_deficit", "sensory_deficit")
_LEAST: Mapping[str, Entry] = {"surgeries": {"status": "done"}, "implanted_devices": {"type": "other"}}


class Fulfiller:
    """Fills entries for one region."""

    def __init__(self, rules: Ruleset, region: str) -> None:
        self.rules = rules
        self.table: Mapping[str, Any] = rules.tables["regions"]["regions"][region]

    def entry(self, name: str, where: Condition | None, start: Entry | None = None) -> Entry | None:
        """An entry of a list in which `where` holds, added to a given one; None where the two do not fit together."""
        made = copy.deepcopy(start) if start else {}
        if where is not None and not self._make(name, where, made):
            return None
        if not made:  # an entry of which nothing is said would not be there at all
            self._make(name, FactIs("served_here"), made) if name in _SAID_BY_PLACE else made.update(
                _LEAST.get(name, {})
            )
        return made

    def deny(self, name: str, where: Condition, entry: Entry) -> bool:
        """Adds what it takes to an entry so that `where` does not hold of it; False where that cannot be."""
        if self._fails(where, entry):
            return True
        match where:
            case And(parts):
                return any(self._denied(name, part, entry) for part in reversed(parts))
            case Or(parts) | AtLeast(1, parts):
                return all(self.deny(name, part, entry) for part in parts)
            case Not(of):
                return self._tried(name, of, entry)
            case FactIs(fact) if fact not in _OF_PLACE and fact not in entry:
                entry[fact] = False
                return True
            case Has(fact, member) if fact not in ("klass", "class"):
                said = entry.setdefault(fact, {})
                return bool(said.setdefault(member, False) is False)
            case In(fact, values) if fact not in entry and fact != "region":
                others = sorted((self._fields(name)[fact].type.values or frozenset()) - set(values))
                entry[fact] = others[0] if others else None
                return bool(others)
            case Compare(fact, op, bound) if fact not in entry:
                number = float(bound)
                entry[fact] = max(0.0, number - _STEP) if op in (">=", ">") else number + _STEP
                return True
            case _:
                return False

    def _denied(self, name: str, condition: Condition, entry: Entry) -> bool:
        copied = copy.deepcopy(entry)
        if not self.deny(name, condition, copied):
            return False
        entry.clear()
        entry.update(copied)
        return True

    def _fails(self, condition: Condition, entry: Entry) -> bool:
        """Whether a condition is FALSE of an entry as it stands."""
        match condition:
            case And(parts):
                return any(self._fails(part, entry) for part in parts)
            case Or(parts):
                return all(self._fails(part, entry) for part in parts)
            case Not(In(fact, values)):
                return entry.get(fact) in values
            case Not(FactIs(fact)):
                return entry.get(fact) is True
            case Not(Compare(fact, op, bound)):
                return entry.get(fact) is not None and _holds(_low(entry[fact]), op, float(bound))
            case FactIs(fact):
                return entry.get(fact) is False
            case Has(fact, member):
                return fact not in ("klass", "class") and entry.get(fact, {}).get(member) is False
            case In(fact, values):
                return fact in entry and entry[fact] not in values
            case Compare(fact, op, bound):
                return entry.get(fact) is not None and not _holds(_low(entry[fact]), op, float(bound))
            case _:
                return False

    def _make(self, name: str, condition: Condition, entry: Entry) -> bool:
        match condition:
            case And(parts):
                return all(self._make(name, part, entry) for part in sorted(parts, key=lambda p: isinstance(p, Not)))
            case Or(parts) | AtLeast(1, parts):
                return any(self._tried(name, part, entry) for part in parts)
            case Not(of):
                return self._avoid(name, of, entry)
            case FactIs(fact):
                return self._truth(name, fact, entry)
            case In(fact, values):
                return self._choice(name, fact, values, entry)
            case Has(fact, member):
                return self._member(name, fact, member, entry)
            case Compare(fact, op, bound):
                return self._number(fact, op, float(bound), entry)
            case _:
                return False

    def _tried(self, name: str, condition: Condition, entry: Entry) -> bool:
        copied = copy.deepcopy(entry)
        if not self._make(name, condition, copied):
            return False
        entry.clear()
        entry.update(copied)
        return True

    def _avoid(self, name: str, condition: Condition, entry: Entry) -> bool:
        """`not x` in a where keeps entries in which x is not recorded as TRUE: silence is enough."""
        match condition:
            case In(fact, values):
                return entry.get(fact) not in values
            case FactIs(fact):
                return entry.get(fact) is not True
            case Has(fact, member):
                return entry.get(fact, {}).get(member) is not True
            case Compare(fact, op, bound):
                number = entry.get(fact)
                return number is None or not _holds(_low(number), op, float(bound))
            case _:
                return False

    def _fields(self, name: str) -> Mapping[str, FactEntry]:
        return self.rules.facts[name].fields

    def _truth(self, name: str, fact: str, entry: Entry) -> bool:
        if fact == "same_region":
            return self._choice(name, "region", tuple(self.table[_PLACES.get(name, "treatments")]), entry)
        if fact == "served_here":
            field = "myotome" if name == "motor_deficit" else "dermatome"
            known = self._fields(name)[field].type.values or frozenset()
            places = [one for one in (*self.table["roots"], *self.table["myotomes"]) if one in known]
            return self._choice(name, field, tuple(places) or ("unspecified", *sorted(known)), entry)
        if fact == "lacks_sacral_fracture":
            return self._member(name, "findings", "normal", entry)
        return entry.setdefault(fact, True) is True

    def _choice(self, name: str, fact: str, values: tuple[str, ...], entry: Entry) -> bool:
        known = self._fields(name)[fact].type.values
        values = tuple(one for one in values if known is None or one in known)
        if fact in entry:
            return entry[fact] in values
        if values:
            entry[fact] = values[0]
        return bool(values)

    def _member(self, name: str, fact: str, member: str, entry: Entry) -> bool:
        if fact == "klass" or fact == "class":
            drugs = self.rules.tables["drugs"]
            of_class = tuple(drug for drug in sorted(drugs) if drugs[drug]["classes"] == [member])
            of_class = of_class or tuple(drug for drug in sorted(drugs) if member in drugs[drug]["classes"])
            return self._choice(name, "drug", of_class, entry)
        said = entry.setdefault(fact, {})
        return bool(said.setdefault(member, True) is True)

    def _number(self, fact: str, op: str, bound: float, entry: Entry) -> bool:
        if fact in entry:
            return _holds(_low(entry[fact]), op, bound)
        entry[fact] = bound + _STEP if op == ">" else max(0.0, bound - _STEP) if op == "<" else bound
        return True


def _low(value: Any) -> float:
    return float(value["value"]["low"] or 0.0) if isinstance(value, dict) else float(value)


def _holds(number: float, op: str, bound: float) -> bool:
    return {">=": number >= bound, ">": number > bound, "<=": number <= bound, "<": number < bound}.get(
        op, number == bound
    )


__all__ = ["Entry", "Fulfiller"]
