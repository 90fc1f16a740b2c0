"""Every possible patient at one focus, as formulas: what is recorded is free, what is derived follows from it.

A fact that can be contradicted has two readings (decision 0007): the safety one, and the plain one, which knows the same
or less. A fact computed from lists is free within the constraints of knowledge/derived. It judges no rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

import z3  # type: ignore[import-untyped, import-not-found, unused-ignore]  # an extra, without types

from spondyl.knowledge import Ruleset
from spondyl.logic import And, AtLeast, Condition, FactIs, FactType, Has, In, Not, Or, fact_names, leaves
from spondyl.logic.nodes import Compare, Known
from spondyl.proof.constraints import AtMost, Constraint, constraints
from spondyl.proof.parts import every_condition
from spondyl.proof.smt import Pair, bounds, flags, pair, rational, term
from spondyl.timeline import Derivations, condition_of

# Derived facts whose value follows from other flat facts; the rest are computed from lists, and free here.
FOLLOWS = ("holds", "same_as", "count_of", "min_of", "difference", "by_region", "block", "recorded", "region_member")
REGION = "focus_region"
# What a flat vector leaves open about the rest of the patient. Each is one Boolean of the focus.
SEGMENT = "a level next to a fusion, or with a finding of its own"
ELSEWHERE = "another region was operated on, and this one not"
TOLD_AXIAL = "pain told of in an axial place of the region, outside the list of places"
TOLD_LIMB = "pain told of in a limb of the region, outside the list of places"
SERVES = "the recorded losses can come from here"
OTHER_EMERGENCY = "an emergency is established elsewhere"
SITUATION = (SEGMENT, ELSEWHERE, TOLD_AXIAL, TOLD_LIMB, SERVES, OTHER_EMERGENCY)
TRIAGE = ("emergency_established", "urgent_established", "flag_established", "flag_bypasses_here")
_IN_LIMB = ("arm", "shoulder", "leg")


class Flat:
    """The formulas of one patient under a ruleset. `tag` keeps two patients apart in one question."""

    def __init__(self, rules: Ruleset, tag: str = "") -> None:
        self.rules = rules
        self.tag = tag
        self.derivations = Derivations(rules)
        self.constraints: tuple[Constraint, ...] = constraints(rules)
        self._regions: Mapping[str, Any] = rules.tables["regions"]["regions"]
        self._bounds: dict[str, set[float]] = {}
        self._values = self._values_in_use()
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
                own = self.recordable(fact) and self._contradictable(fact)
                known = own or any(self.double(inner) for inner in self.depends(fact))
            else:
                known = self._contradictable(fact) or self._read_twice(fact)
            self._double[fact] = known
        return known

    def _contradictable(self, fact: str) -> bool:
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

    def _filled(self, fact: str) -> bool:
        """Whether the plain reading of a contradicted fact is another value, computed otherwise, and not unknown.

        So it is with facts that can be recorded and else are computed from lists, and with operations of no stated
        place, which one reading counts here and the other does not.
        """
        form = self.derivations.forms.get(fact)
        return form is not None and (self.recordable(fact) or form["form"] not in ("members", "any_member"))

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
            named = [table[body] for table in self._regions.values() if body in table]
            return (REGION, *dict.fromkeys(named))
        if kind == "block":
            return (REGION, "block_relief_pct", "block_target")
        if kind == "recorded":
            return (body["absent"],)
        if kind == "region_member":
            return (REGION, "pain_regions")
        return ("findings_here",) if body == "collection_elsewhere" else ()

    def _values_in_use(self) -> dict[str, set[str]]:
        used: dict[str, set[str]] = {REGION: set(self._regions)}
        for condition in self._conditions():
            for leaf in leaves(condition):
                if isinstance(leaf, Compare):
                    named = (
                        self.rules.thresholds[leaf.bound].values if isinstance(leaf.bound, str) else {"": leaf.bound}
                    )
                    self._bounds.setdefault(leaf.fact, set()).update(named.values())
                elif isinstance(leaf, In):
                    used.setdefault(leaf.fact, set()).update(leaf.values)
                elif isinstance(leaf, Has):
                    used.setdefault(leaf.fact, set()).add(leaf.member)
        for name, entry in self.rules.facts.items():
            if entry.type.kind == "choice" and name in used and isinstance(entry.worse, str):
                used[name] |= {entry.worse, *entry.alarming}
        places = used.setdefault("pain_regions", set())
        for table in self._regions.values():
            places.update((*table["axial"], *table["limb"]))
            used.setdefault("block_target", set()).update(table["block_targets"])
        used.setdefault("findings_here", set()).update(("collection", "pseudomeningocele"))
        return used

    def _conditions(self) -> Iterator[Condition]:
        yield from every_condition(self.rules)
        for form in self.rules.derived.values():
            for part in (form["body"] if form["form"] == "holds" else None, form.get("unless"), form.get("false_when")):
                if part:
                    yield condition_of(part)
        for one in self.constraints:
            if not isinstance(one, AtMost):
                yield from (one.when, one.then)

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
                made[name] = _named(self.type_of(fact), name)
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
                made = [(f"definition of {fact}", formula) for formula in self._defined(fact)]
            else:
                made = [(f"values of {fact}", formula) for formula in self._free(fact)]
            self._made[fact] = made
        return self._made[fact]

    def at_region(self, region: str) -> z3.BoolRef:
        """The focus is in this region."""
        return pair(f"{self.name(REGION, False)}={region}")[0]

    def _one_region(self) -> list[z3.BoolRef]:
        pairs = [pair(f"{self.name(REGION, False)}={region}") for region in self.values(REGION)]
        only = [z3.Or([yes for yes, _ in pairs]), z3.AtMost(*[yes for yes, _ in pairs], 1)]
        return [*only, *(no == z3.Not(yes) for yes, no in pairs)]

    # ---- recorded facts

    def keys(self, fact: str, safety: bool, own: str = "") -> list[str]:
        """The names of the pairs of Booleans of a truth, choice or set in one reading."""
        name = f"{fact}{own}{self.tag}" if own else self.name(fact, safety)
        if self.rules.types[fact].kind == "truth":
            return [name]
        return [f"{name}={value}" for value in self.values(fact)]

    def _free(self, fact: str, own: str = "") -> list[z3.BoolRef]:
        """The values a fact can have; `own`: the variables of what is recorded of a fact that is also derived."""
        kind = self.rules.types[fact].kind
        if kind == "number":
            return self._free_number(fact, own)
        made: list[z3.BoolRef] = []
        pairs = [pair(key) for key in self.keys(fact, True, own)]
        made += [z3.Not(z3.And(yes, no)) for yes, no in pairs]
        if kind == "choice":
            for place, (yes, _) in enumerate(pairs):
                made.append(z3.Implies(yes, z3.And([no for other, (_, no) in enumerate(pairs) if other != place])))
            every = self.rules.types[fact].values
            if every and every <= set(self.values(fact)):
                made.append(z3.Not(z3.And([no for _, no in pairs])))
        if own or not self.double(fact):
            return made
        plain = [pair(key) for key in self.keys(fact, False)]
        for place, ((yes, no), (said, denied)) in enumerate(zip(pairs, plain, strict=True)):
            twice = self.contradicted(fact, self.values(fact)[place] if kind == "set" else "")
            if self._filled(fact):  # what is contradicted is computed from the lists instead, whatever they say
                made += [z3.Implies(z3.Not(twice), z3.And(said == yes, denied == no)), z3.Not(z3.And(said, denied))]
                continue
            made += [said == z3.And(yes, z3.Not(twice)), denied == z3.And(no, z3.Not(twice))]
            if kind == "set":
                made.append(z3.Implies(twice, yes))
        if kind != "set" and (self.recordable(fact) or not self._filled(fact)):
            made.append(z3.Implies(self.contradicted(fact), self._alarming(fact, own)))
        return made

    def _alarming(self, fact: str, own: str = "") -> z3.BoolRef:
        """The safety reading of a contradicted fact is on its alarming side."""
        entry = self.rules.facts.get(fact)
        kind = self.rules.types[fact].kind
        if kind == "number":
            return z3.BoolVal(True)
        pairs = dict(zip(self.values(fact) or [""], map(pair, self.keys(fact, True, own)), strict=True))
        if kind == "truth":
            yes, no = pairs[""]
            worse = entry.worse if entry is not None else self.derivations.forms[fact]["form"] == "any_member" or None
            return yes if worse is True else no if worse is False else z3.Or(yes, no)
        if kind == "choice" and entry is not None:
            return z3.Or([pairs[value][0] for value in (entry.worse, *entry.alarming) if value in pairs])
        return z3.BoolVal(True)

    def _free_number(self, fact: str, own: str = "") -> list[z3.BoolRef]:
        name = f"{fact}{own}{self.tag}" if own else self.name(fact, True)
        made = self._ordered(name, fact)
        if own or not self.double(fact):
            return made
        low, has_low, high, has_high = bounds(name)
        low_, has_low_, high_, has_high_ = bounds(self.name(fact, False))
        twice = self.contradicted(fact)
        if self._filled(fact):
            same = z3.And(low_ == low, high_ == high, has_low_ == has_low, has_high_ == has_high)
            made += [z3.Implies(z3.Not(twice), same), *self._ordered(self.name(fact, False), fact)]
            if self.recordable(fact):
                made.append(z3.Implies(twice, z3.And(has_low, has_high, low == high)))
            return made
        made += [low_ == low, high_ == high, has_low_ == z3.And(has_low, z3.Not(twice))]
        made.append(has_high_ == z3.And(has_high, z3.Not(twice)))
        if fact in self.rules.facts:  # two numbers that cannot both be true: the alarming one, exactly
            made.append(z3.Implies(twice, z3.And(has_low, has_high, low == high)))
        return made

    def _ordered(self, name: str, fact: str) -> list[z3.BoolRef]:
        low, has_low, high, has_high = bounds(name)
        made = [z3.Implies(z3.And(has_low, has_high), low <= high)]
        known = self.rules.types[fact]
        for end, has in ((low, has_low), (high, has_high)):
            if known.low is not None:
                made.append(z3.Implies(has, end >= rational(known.low)))
            if known.high is not None and self.recordable(fact):  # intake holds to the range; a sum may pass it
                made.append(z3.Implies(has, end <= rational(known.high)))
        return made

    # ---- facts that follow

    def _defined(self, fact: str) -> list[z3.BoolRef]:
        made: list[z3.BoolRef] = []
        form = self.derivations.forms[fact]
        if form["form"] == "triage":
            return made  # the verdicts of triage define these
        own = self.recordable(fact)
        if own:
            made += self._free(fact, "^")
            made.append(z3.Implies(self.contradicted(fact), self._alarming(fact, "^")))
            if not self._contradictable(fact):
                made.append(z3.Not(self.contradicted(fact)))
            elif self.rules.types[fact].kind == "number":
                low, has_low, high, has_high = bounds(f"{fact}^{self.tag}")
                made.append(z3.Implies(self.contradicted(fact), z3.And(has_low, has_high, low == high)))
        for safety in (False, True) if self.double(fact) else (False,):
            if self.rules.types[fact].kind == "number":
                made += self._equal_number(fact, safety, self._number(form, safety), own)
            else:
                made += self._equal_truth(fact, safety, self._truth(form, safety), own)
        return made

    def _equal_truth(self, fact: str, safety: bool, value: Pair, own: bool) -> list[z3.BoolRef]:
        yes, no = pair(self.name(fact, safety))
        if not own:
            return [yes == value[0], no == value[1]]
        said, denied = pair(f"{fact}^{self.tag}")
        known = z3.Or(said, denied)
        if not safety:
            known = z3.And(known, z3.Not(self.contradicted(fact)))
        return [yes == z3.If(known, said, value[0]), no == z3.If(known, denied, value[1])]

    def _equal_number(self, fact: str, safety: bool, value: tuple[Any, Any, Any, Any], own: bool) -> list[z3.BoolRef]:
        mine = bounds(self.name(fact, safety))
        if not own:
            return [one == other for one, other in zip(mine, value, strict=True)]
        said = bounds(f"{fact}^{self.tag}")
        known = z3.Or(said[1], said[3])
        if not safety:
            known = z3.And(known, z3.Not(self.contradicted(fact)))
        return [one == z3.If(known, s, v) for one, s, v in zip(mine, said, value, strict=True)]

    def _truth(self, form: Mapping[str, Any], safety: bool) -> Pair:
        """(it is TRUE, it is FALSE) by the derivation."""
        kind, body = form["form"], form["body"]
        if kind == "holds":
            must, may = self.truth(self._body(form, "body"), safety)
            no = z3.Not(may)
            if form.get("unless"):
                reassured = self.truth(self._body(form, "unless"), safety)[0]
                must, no = z3.And(must, z3.Not(reassured)), z3.Or(no, reassured)
            if form.get("false_when"):
                denied = self.truth(self._body(form, "false_when"), safety)[0]
                no = z3.Or(no, z3.And(z3.Not(must), denied))
            return must, no
        if kind == "recorded":
            absent = self.name(body["absent"], safety)
            known = z3.Or(flags(_named(self.type_of(body["absent"]), absent)))
            return z3.Not(known), known
        if kind == "region_member":
            return self._pain_in(body, safety)
        if kind == "block":
            return self._block(body, safety)
        if kind == "focus":
            found = self.name("findings_here", safety)
            seen = z3.Or([pair(f"{found}={one}")[0] for one in ("collection", "pseudomeningocele")])
            here = z3.And(self.situation(ELSEWHERE), z3.Not(seen))
            return here, z3.Not(here)
        if kind == "same_as":
            yes, no = pair(self.name(body, safety))
            return yes, no
        raise ValueError(f"no truth follows by {kind}")

    def _body(self, form: Mapping[str, Any], part: str) -> Condition:
        key = (str(form["fact"]), part)
        kept: dict[tuple[str, str], Condition] = self.__dict__.setdefault("_bodies", {})
        if key not in kept:
            kept[key] = condition_of(form[part])
        return kept[key]

    def _pain_in(self, body: Mapping[str, Any], safety: bool) -> Pair:
        """Pain in the places of the region. The list of places is read as recorded without contradiction."""
        where = self.name("pain_regions", False)
        limbs = {place for table in self._regions.values() for place in table["limb"]}
        any_limb = z3.Or([pair(f"{where}={place}")[0] for place in sorted(limbs)])
        told = self.situation(TOLD_LIMB if body["of"] == "limb" else TOLD_AXIAL)
        yes_parts, no_parts = [told], []
        for region in self.values(REGION):
            places = [pair(f"{where}={place}") for place in self._regions[region][body["of"]]]
            here = self.at_region(region)
            yes_parts.append(z3.And(here, z3.Or([yes for yes, _ in places])))
            if places:
                no_parts.append(z3.And(here, *[no for _, no in places]))
        if body.get("unplaced"):
            yes_parts.append(z3.Not(any_limb))
        yes = z3.Or(yes_parts)
        return yes, z3.And(z3.Not(yes), z3.Or(no_parts))

    def _block(self, body: Mapping[str, Any], safety: bool) -> Pair:
        op, _, number = body["relief"].partition(" ")
        must, may = self.truth(_kept_compare("block_relief_pct", op, float(number)), safety)
        known = z3.Or(flags(_named(self.type_of("block_relief_pct"), self.name("block_relief_pct", safety))))
        target = self.name("block_target", safety)
        serves, other = [], []
        for region in self.values(REGION):
            serving = self._regions[region]["block_targets"]
            serves.append(z3.And(self.at_region(region), z3.Or([pair(f"{target}={one}")[0] for one in serving])))
            named = [pair(f"{target}={one}")[0] for one in self.values("block_target") if one not in serving]
            other.append(z3.And(self.at_region(region), z3.Or(named)))
        return z3.And(must, z3.Or(serves)), z3.And(known, z3.Or(z3.Not(may), *other))

    def _number(self, form: Mapping[str, Any], safety: bool) -> tuple[Any, Any, Any, Any]:
        kind, body = form["form"], form["body"]
        if kind == "same_as":
            return bounds(self.name(body, safety))
        if kind == "count_of":
            pairs = [pair(self.name(one, safety)) for one in body]
            low = z3.Sum([z3.If(yes, z3.RealVal(1), z3.RealVal(0)) for yes, _ in pairs])
            high = z3.Sum([z3.If(no, z3.RealVal(0), z3.RealVal(1)) for _, no in pairs])
            known = z3.Or([flag for one in pairs for flag in one])
            return low, known, high, known
        if kind == "min_of":
            parts = [bounds(self.name(one, safety)) for one in body]
            return (
                _least([low for low, _, _, _ in parts], [has for _, has, _, _ in parts]),
                z3.And([has for _, has, _, _ in parts]),
                _least([high for _, _, high, _ in parts], [has for _, _, _, has in parts]),
                z3.Or([has for _, _, _, has in parts]),
            )
        if kind == "difference":
            of, minus = bounds(self.name(body["of"], safety)), bounds(self.name(body["minus"], safety))
            return of[0] - minus[2], z3.And(of[1], minus[3]), of[2] - minus[0], z3.And(of[3], minus[1])
        if kind == "by_region":
            ends: list[Any] = [z3.RealVal(0), z3.BoolVal(False), z3.RealVal(0), z3.BoolVal(False)]
            for region in self.values(REGION):
                named = self._regions[region].get(body)
                if named is not None:
                    here, there = self.at_region(region), bounds(self.name(named, safety))
                    ends = [z3.If(here, mine, other) for mine, other in zip(there, ends, strict=True)]
            return ends[0], ends[1], ends[2], ends[3]
        raise ValueError(f"no number follows by {kind}")


def _named(fact: FactType, name: str) -> FactType:
    return FactType(name, fact.kind, fact.values, fact.low, fact.high, fact.unit)


_COMPARES: dict[tuple[str, str, float], Compare] = {}


def _kept_compare(fact: str, op: str, bound: float) -> Compare:
    return _COMPARES.setdefault((fact, op, bound), Compare(fact, op, bound))


def _least(ends: list[Any], known: list[Any]) -> Any:
    """The least of the known ends; any number where none is known."""
    least, has = ends[0], known[0]
    for end, flag in zip(ends[1:], known[1:], strict=True):
        least = z3.If(z3.And(flag, z3.Or(z3.Not(has), end < least)), end, least)
        has = z3.Or(has, flag)
    return least


__all__ = [
    "ELSEWHERE",
    "OTHER_EMERGENCY",
    "REGION",
    "SEGMENT",
    "SERVES",
    "SITUATION",
    "TOLD_AXIAL",
    "TOLD_LIMB",
    "TRIAGE",
    "Flat",
]
