"""Every possible patient at one focus, as formulas: what is recorded is free, what is derived follows from it.

A fact that can be contradicted has two readings (decision 0007): the safety one, and the plain one, which knows the
same or less. A fact computed from lists is free within the constraints of knowledge/derived. It judges no rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import z3  # type: ignore[import-untyped, import-not-found, unused-ignore]  # an extra, without types

from spondyl.knowledge import Ruleset
from spondyl.logic import And, AtLeast, Condition, FactIs, FactType, Has, In, Not, Or, fact_names, leaves
from spondyl.logic.nodes import Compare, Known
from spondyl.proof.constraints import AtMost, Constraint, constraints
from spondyl.proof.follows import defined
from spondyl.proof.in_use import in_use
from spondyl.proof.parts import every_condition
from spondyl.proof.recordings import free, of_segments
from spondyl.proof.situation import REGION
from spondyl.proof.smt import Pair, bounds, pair, rational, renamed, term
from spondyl.timeline import Derivations, condition_of

# Derived facts whose value follows from other flat facts; the rest are computed from lists, and free here.
FOLLOWS = ("holds", "same_as", "count_of", "min_of", "difference", "by_region", "block", "recorded", "region_member")


class Flat:
    """The formulas of one patient under a ruleset. `tag` keeps two patients apart in one question."""

    def __init__(self, rules: Ruleset, tag: str = "") -> None:
        self.rules = rules
        self.tag = tag
        self.derivations = Derivations(rules)
        self.constraints: tuple[Constraint, ...] = constraints(rules)
        self.regions: Mapping[str, Any] = rules.tables["regions"]["regions"]
        self._values, self._bounds = in_use(rules, self.constraints)
        self._bodies: dict[tuple[str, str], Condition] = {}
        self._double: dict[str, bool] = {}
        self._made: dict[str, list[tuple[str, z3.BoolRef]]] = {}
        self._terms: dict[tuple[int, bool, str], tuple[Condition, Pair]] = {}
        self._partners: dict[str, list[Constraint]] = {}
        for one in self.constraints:
            for name in one.names:
                self._partners.setdefault(name, []).append(one)

    # ---- names

    def name(self, fact: str, safety: bool) -> str:
        """The name a fact's variables have in one reading; both readings share it where they cannot differ."""
        return f"{fact}{'!' if safety and self.double(fact) else ''}{self.tag}"

    def situation(self, what: str) -> z3.BoolRef:
        """One Boolean of the focus, beside the facts."""
        return z3.Bool(f"({what}){self.tag}")

    def contradicted(self, fact: str, value: str = "") -> z3.BoolRef:
        """Whether the fact, or one member of a set, was recorded both ways."""
        return z3.Bool(f"{fact}{'=' + value if value else ''} contradicted{self.tag}")

    def values(self, fact: str) -> list[str]:
        """The values of a choice or members of a set that any rule asks for."""
        return sorted(self._values.get(fact, ()))

    def bounds_in_use(self, fact: str) -> list[float]:
        """The numbers that any rule compares a fact with, in any profile."""
        return sorted(self._bounds.get(fact, ()))

    def follows(self, fact: str) -> bool:
        """Whether the value of a fact follows from other flat facts."""
        form = self.derivations.forms.get(fact)
        return form is not None and (form["form"] in (*FOLLOWS, "triage") or form["body"] == "collection_elsewhere")

    def recordable(self, fact: str) -> bool:
        """Whether a fact can be recorded itself."""
        entry = self.rules.facts.get(fact)
        return entry is not None and entry.type.kind not in ("list", "date")

    def double(self, fact: str) -> bool:
        """Whether the two readings of a fact can differ."""
        known = self._double.get(fact)
        if known is None:
            self._double[fact] = False
            if self.follows(fact):
                own = self.recordable(fact) and self.contradictable(fact)
                known = own or any(self.double(inner) for inner in self.depends(fact))
            else:
                known = self.contradictable(fact) or self._read_twice(fact)
            self._double[fact] = known
        return known

    def contradictable(self, fact: str) -> bool:
        """Whether a fact recorded both ways has two readings."""
        entry = self.rules.facts.get(fact)
        if entry is None or entry.type.kind in ("list", "date"):
            return False
        return entry.type.kind == "set" or entry.worse is not None or bool(entry.alarming)

    def _read_twice(self, fact: str) -> bool:
        """Computed from entries that the two readings see differently: an operation of no stated place, a finding."""
        form = self.derivations.forms.get(fact)
        if form is None:
            return False
        if form["form"] in ("members", "any_member"):
            return True
        body = form["body"]
        return isinstance(body, Mapping) and body.get("list") == "surgeries" and "same_region" in repr(body)

    def filled(self, fact: str) -> bool:
        """Whether the plain reading of a contradicted fact is another value, computed otherwise, and not unknown.

        So it is with facts that can be recorded and else are computed from lists, and with operations of no stated
        place, which one reading counts here and the other does not.
        """
        form = self.derivations.forms.get(fact)
        return form is not None and (self.recordable(fact) or form["form"] not in ("members", "any_member"))

    def body(self, form: Mapping[str, Any], part: str) -> Condition:
        """The condition in one part of a derivation, always the same object."""
        key = (str(form["fact"]), part)
        if key not in self._bodies:
            self._bodies[key] = condition_of(form[part])
        return self._bodies[key]

    def depends(self, fact: str) -> tuple[str, ...]:
        """The flat facts that a derived fact follows from."""
        form = self.derivations.forms.get(fact)
        if form is None or not self.follows(fact):
            return ()
        kind, body = form["form"], form["body"]
        if kind == "holds":
            parts = [body, form.get("unless"), form.get("false_when")]
            return tuple(dict.fromkeys(n for part in parts if part for n in fact_names(condition_of(part))))
        if kind in ("count_of", "min_of"):
            return tuple(body)
        if kind == "same_as":
            return (body,)
        if kind == "difference":
            return (body["of"], body["minus"])
        if kind == "by_region":
            named = [table[body] for table in self.regions.values() if body in table]
            return (REGION, *dict.fromkeys(named))
        if kind == "block":
            return (REGION, "block_relief_pct", "block_target")
        if kind == "recorded":
            return (body["absent"],)
        if kind == "region_member":
            return (REGION, "pain_regions")
        return ("findings_here",) if body == "collection_elsewhere" else ()

    @cached_property
    def every(self) -> tuple[str, ...]:
        """Every flat fact that some rule reads or that one of these follows from."""
        named = [name for condition in every_condition(self.rules) for name in fact_names(condition)]
        return tuple(sorted(self.cone([*named, REGION])))

    # ---- what is asked of a patient

    def truth(self, condition: Condition, safety: bool, profile: str = "guideline") -> Pair:
        """(must, may) of a condition in one reading and profile."""
        key = (id(condition), safety, profile if self.varies(condition) else "guideline")
        found = self._terms.get(key)
        if found is None:
            renamed = self.spoken(condition, safety)
            made = term(renamed, self._thresholds[key[2]], self._types)
            found = self._terms[key] = (condition, made)  # the condition is kept, so that its id stays its own
        return found[1]

    def is_true(self, condition: Condition, safety: bool, profile: str = "guideline") -> z3.BoolRef:
        """The condition is TRUE."""
        return self.truth(condition, safety, profile)[0]

    def is_false(self, condition: Condition, safety: bool, profile: str = "guideline") -> z3.BoolRef:
        """The condition is FALSE."""
        return z3.Not(self.truth(condition, safety, profile)[1])

    def spoken(self, condition: Condition, safety: bool) -> Condition:
        """The condition about the variables of one reading."""
        match condition:
            case FactIs(fact):
                return FactIs(self.name(fact, safety))
            case Compare(fact, op, bound):
                return Compare(self.name(fact, safety), op, bound)
            case In(fact, values):
                return In(self.name(fact, safety), values)
            case Has(fact, member):
                return Has(self.name(fact, safety), member)
            case Known(fact):
                return Known(self.name(fact, safety))
            case Not(of):
                return Not(self.spoken(of, safety))
            case And(of):
                return And(tuple([self.spoken(part, safety) for part in of]))
            case Or(of):
                return Or(tuple([self.spoken(part, safety) for part in of]))
            case AtLeast(n, of):
                return AtLeast(n, tuple([self.spoken(part, safety) for part in of]))

    @cached_property
    def _thresholds(self) -> dict[str, dict[str, float]]:
        return {profile: self.rules.threshold_values(profile) for profile in self.profiles}

    @cached_property
    def profiles(self) -> tuple[str, ...]:
        """The profiles of the ruleset."""
        return tuple(next(iter(self.rules.thresholds.values())).values) if self.rules.thresholds else ("guideline",)

    def varies(self, condition: Condition) -> bool:
        """Whether a number in the condition depends on the profile."""
        named = (leaf.bound for leaf in leaves(condition) if isinstance(leaf, Compare) and isinstance(leaf.bound, str))
        return any(len(set(self.rules.thresholds[name].values.values())) > 1 for name in named)

    @cached_property
    def _types(self) -> dict[str, FactType]:
        made = {}
        for fact in self.rules.types:
            for safety in (False, True):
                name = self.name(fact, safety)
                made[name] = renamed(self.type_of(fact), name)
        return made

    def type_of(self, fact: str) -> FactType:
        """The type of a fact, with the values in use."""
        known = self.rules.types[fact]
        if known.kind not in ("choice", "set"):
            return known
        return FactType(fact, known.kind, frozenset(self.values(fact)), known.low, known.high, known.unit)

    # ---- what is true of every patient

    def cone(self, names: Iterable[str]) -> tuple[str, ...]:
        """The facts that these follow from or are bound to by a constraint, and themselves."""
        found: dict[str, None] = {}
        waiting = list(names)
        while waiting:
            fact = waiting.pop()
            if fact in found:
                continue
            found[fact] = None
            waiting += self.depends(fact)
            for one in self._partners.get(fact, ()):
                waiting += one.names
        return tuple(found)

    def possible(self, names: Iterable[str]) -> list[tuple[str, z3.BoolRef]]:
        """What holds of every patient for these facts and all they follow from, each part with its reason."""
        made: list[tuple[str, z3.BoolRef]] = []
        bound: dict[Constraint, None] = {}
        for fact in self.cone(names):
            made += self._of(fact)
            bound.update(dict.fromkeys(self._partners.get(fact, ())))
        for one in bound:
            for safety in (False, True):
                made.append((f"constraint: {one.text}", self._constraint(one, safety)))
        return made

    def _constraint(self, one: Constraint, safety: bool) -> z3.BoolRef:
        if isinstance(one, AtMost):
            low, has_low, _, _ = bounds(self.name(one.small, safety))
            _, _, high, has_high = bounds(self.name(one.large, safety))
            limit = high * rational(one.factor) + rational(one.more)
            return z3.Implies(z3.And(has_low, has_high), low <= limit)
        when, then = self.truth(one.when, safety)[0], self.truth(one.then, safety)
        return z3.Implies(when, then[0] if one.entails else then[1])

    def _of(self, fact: str) -> list[tuple[str, z3.BoolRef]]:
        if fact not in self._made:
            if fact == REGION:
                made = [("one region", formula) for formula in self._one_region()]
            elif self.follows(fact):
                made = [(f"definition of {fact}", formula) for formula in defined(self, fact)]
            else:
                made = [(f"values of {fact}", formula) for formula in free(self, fact)]
                made += [("only a segment lies next to a fusion", formula) for formula in of_segments(self, fact)]
            self._made[fact] = made
        return self._made[fact]

    def at_region(self, region: str) -> z3.BoolRef:
        """The focus is in this region."""
        return pair(f"{self.name(REGION, False)}={region}")[0]

    def _one_region(self) -> list[z3.BoolRef]:
        pairs = [pair(f"{self.name(REGION, False)}={region}") for region in self.values(REGION)]
        only = [z3.Or([yes for yes, _ in pairs]), z3.AtMost(*[yes for yes, _ in pairs], 1)]
        return [*only, *(no == z3.Not(yes) for yes, no in pairs)]

    def keys(self, fact: str, safety: bool, own: str = "") -> list[str]:
        """The names of the pairs of Booleans of a truth, choice or set in one reading."""
        name = f"{fact}{own}{self.tag}" if own else self.name(fact, safety)
        if self.rules.types[fact].kind == "truth":
            return [name]
        return [f"{name}={value}" for value in self.values(fact)]


__all__ = ["Flat"]
