"""Whether the formulas and the engine say the same of a patient; a proof about another program would be worthless."""

from __future__ import annotations

import random
from collections.abc import Iterator

import z3  # type: ignore[import-untyped, import-not-found, unused-ignore]  # an extra, without types

from spondyl.engine import (
    Patient,
    Program,
    Triage,
    gates,
    generators,
    imaging,
    set_triage_facts,
    treatments,
)
from spondyl.proof.flat import Flat
from spondyl.proof.orders import Orders
from spondyl.proof.parts import Part, every_part
from spondyl.proof.situation import OTHER_EMERGENCY, SEGMENT, SERVES
from spondyl.proof.smt import bounds, pair, rational
from spondyl.proof.vector import Vector, as_patient, triaged, vector_of
from spondyl.proof.verdicts import GateVerdict, Verdicts


class Agreement:
    """Compares the formulas of a ruleset with the engine, patient by patient."""

    def __init__(self, verdicts: Verdicts, program: Program | None = None) -> None:
        self.verdicts = verdicts
        self.flat = verdicts.flat
        self.program = program or Program(verdicts.rules)
        self.orders = Orders(verdicts)
        self.solver = z3.SimpleSolver()
        self.solver.add([formula for _, formula in self.flat.possible(self.flat.every)])
        self.solver.add(*verdicts.links, self.flat.situation(SERVES))
        self.parts: list[Part] = list(every_part(verdicts.rules))

    def models(self, count: int, seed: int = 20261122) -> Iterator[z3.ModelRef]:
        """Possible patients, each near a point drawn at random: some with much recorded, some with little."""
        chance = random.Random(seed)
        for _ in range(count):
            yield self.near(_Point(self.flat, chance))

    def near(self, point: _Point) -> z3.ModelRef:
        """A possible patient that has as many of the wanted values as fit together, in their order."""
        self.solver.push()
        try:
            kept = list(point.wishes)
            while kept:
                verdict = self.solver.check(kept)
                if verdict == z3.sat:
                    return self.solver.model()
                core = {one.get_id() for one in self.solver.unsat_core()}
                dropped = next(one for one in reversed(kept) if one.get_id() in core)
                kept = [one for one in kept if one.get_id() != dropped.get_id()]
            assert self.solver.check() == z3.sat
            return self.solver.model()
        finally:
            self.solver.pop()

    def differences(self, model: z3.ModelRef) -> list[str]:
        """What the engine says of the patient of a model and the formulas do not, or the other way."""
        vector = vector_of(model, self.flat, self.flat.every)
        return self.compared(model, vector)

    def compared(self, model: z3.ModelRef, vector: Vector) -> list[str]:
        """The same for a vector already read from the model."""
        patient = as_patient(self.program, vector, self.verdicts.profile)
        found = triaged(patient, vector)
        set_triage_facts(patient, found)
        if OTHER_EMERGENCY in vector.situation:
            assert found.urgency == "emergency"
        told = _Told(model)
        made = list(self._parts(told, patient))
        if SEGMENT not in vector.situation:
            made += self._flags(told, found)
        candidates = generators(patient)
        made += self._generators(told, patient, candidates)
        if SEGMENT in vector.situation:
            return made
        judged = gates(patient, candidates)
        made += self._gates(told, patient, judged)
        offered = {one.treatment.id: one.status for one in treatments(patient, found, judged)}
        for treatment in self.verdicts.rules.treatments.values():
            said = [status for status, formula in self.verdicts.status(treatment).items() if told.holds(formula)]
            engine = [offered[treatment.id]] if treatment.id in offered else []
            if said != engine:
                made.append(f"treatment {treatment.id}: engine {engine}, formulas {said}")
        made += self.orders.differences(told.holds, vector, imaging(patient, found))
        return made

    def _parts(self, told: _Told, patient: Patient) -> Iterator[str]:
        focus = patient.main
        plain, safety = patient.views(focus)
        segment = focus.kind == "segment"
        for part in self.parts:
            if segment and part.kind != "generators":
                continue  # only generators are judged there
            view = safety if part.safety else plain
            for condition, seen, reads_safety in ((part.when, view, part.safety), (part.unless, safety, True)):
                if condition is None:
                    continue
                engine = str(patient.truth(condition, seen))
                must, may = self.flat.truth(condition, reads_safety, self.verdicts.profile)
                mine = "TRUE" if told.holds(must) else "UNKNOWN" if told.holds(may) else "FALSE"
                if engine.rpartition(".")[2].upper() != mine:
                    yield f"{part.id}: engine {engine}, formulas {mine}"

    def _flags(self, told: _Told, found: Triage) -> Iterator[str]:
        engine = {(one.flag.id, one.level.id) for one in found.established}
        mine = {key for key, stands in self.verdicts.stands.items() if told.holds(stands)}
        for flag, level in sorted(engine ^ mine):
            yield f"red flag {flag} {level}: {'engine' if (flag, level) in engine else 'formulas'} only"

    def _generators(self, told: _Told, patient: Patient, candidates: list) -> Iterator[str]:  # type: ignore[type-arg]
        listed = {one.generator.id: one for one in candidates}
        places = []
        for name in self.verdicts.rules.generators:
            mine = self.verdicts.standings.of(name)
            if told.holds(mine.listed) is not (name in listed):
                yield f"generator {name}: listed by one only"
                continue
            if name not in listed:
                continue
            standing = [one for one, formula in mine.standing.items() if told.holds(formula)]
            if standing != [listed[name].standing]:
                yield f"generator {name}: engine {listed[name].standing}, formulas {standing}"
            places.append((told.number(mine.place), listed[name].rank))
        for place, rank in places:
            if 1 + sum(other < place for other, _ in places) != rank:
                yield f"a generator of rank {rank} has another rank in the formulas"

    def _gates(self, told: _Told, patient: Patient, judged: list) -> Iterator[str]:  # type: ignore[type-arg]
        rules = self.verdicts.rules
        for one in judged:
            target = next((t for t in one.gate.targets if t.target == one.target), None)
            mine = self.verdicts.gate(rules.gates[one.gate.id], target)
            if _result(told, mine) != one.result:
                yield f"gate {mine.name}: engine {one.result}, formulas {_result(told, mine)}"
            engine = {
                c.id: "open" if c.result in ("not_documented", "contradicted") else c.result for c in one.criteria
            }
            formulas = {c.id: _criterion(told, c) for c in mine.criteria}
            if engine != formulas:
                yield f"gate {mine.name}: engine {engine}, formulas {formulas}"
            for profile, result in one.by_profile.items():
                there = _result(told, self.verdicts.gate(one.gate, target, profile))
                if there != result:
                    yield f"gate {mine.name} in {profile}: engine {result}, formulas {there}"


def _result(told: _Told, one: GateVerdict) -> str:
    return "open" if told.holds(one.open) else "closed" if told.holds(one.closed) else "needs_data"


def _criterion(told: _Told, one) -> str:  # type: ignore[no-untyped-def]
    return next(name for name in ("met", "not_met", "open", "bypassed") if told.holds(getattr(one, name)))


class _Told:
    """What a model says of formulas."""

    def __init__(self, model: z3.ModelRef) -> None:
        self.model = model

    def holds(self, formula: z3.BoolRef) -> bool:
        return bool(z3.is_true(self.model.eval(formula, model_completion=True)))

    def number(self, formula: z3.ArithRef) -> int:
        return int(self.model.eval(formula, model_completion=True).as_long())


class _Point:
    """Values drawn at random for all free facts, as wishes to a solver."""

    def __init__(self, flat: Flat, chance: random.Random) -> None:
        self.wishes: list[z3.BoolRef] = []
        recorded = chance.choice([0.05, 0.3, 0.7, 0.95])
        lean = chance.choice([0.1, 0.3, 0.5, 0.9])
        for fact in flat.every:
            if flat.follows(fact) and not flat.recordable(fact):
                continue
            own = "^" if flat.follows(fact) else ""
            self._wish(flat, fact, own, recorded, lean, chance)
            if flat.double(fact) and flat.rules.types[fact].kind != "set":
                twice = flat.contradicted(fact)
                self.wishes.append(twice if chance.random() < 0.05 else z3.Not(twice))
        region = chance.choice([*flat.values("focus_region"), "lumbar", "lumbar", "cervical"])
        self.wishes.insert(0, flat.at_region(region))
        for what in (SEGMENT, OTHER_EMERGENCY):
            self.wishes.append(flat.situation(what) if chance.random() < 0.1 else z3.Not(flat.situation(what)))
        chance.shuffle(self.wishes)

    def _wish(self, flat: Flat, fact: str, own: str, recorded: float, lean: float, chance: random.Random) -> None:
        if flat.rules.types[fact].kind == "number":
            low, has_low, high, has_high = bounds(f"{fact}{own}{flat.tag}" if own else flat.name(fact, True))
            known = chance.random() < recorded
            self.wishes.append(has_low if known and chance.random() < 0.9 else z3.Not(has_low))
            self.wishes.append(has_high if known and chance.random() < 0.9 else z3.Not(has_high))
            asked = flat.bounds_in_use(fact)
            if asked and known:
                at = chance.choice(asked) + chance.choice([-1, -0.25, 0, 0, 0.25, 1])
                self.wishes.append(low == rational(at))
                self.wishes.append(high == rational(at + chance.choice([0, 0, 0, 0.5, 5])))
            return
        if flat.rules.types[fact].kind == "choice":
            self._choice(flat, fact, own, recorded, chance)
            return
        for key in flat.keys(fact, True, own):
            yes, no = pair(key)
            known = chance.random() < recorded
            said = chance.random() < (lean if flat.rules.types[fact].kind == "truth" else lean / 3)
            self.wishes.append(yes if known and said else z3.Not(yes))
            self.wishes.append(no if known and not said else z3.Not(no))

    def _choice(self, flat: Flat, fact: str, own: str, recorded: float, chance: random.Random) -> None:
        pairs = [pair(key) for key in flat.keys(fact, True, own)]
        chosen = chance.randrange(len(pairs) + 1) if chance.random() < recorded else -1
        denied = chance.randrange(len(pairs)) if chance.random() < 0.1 else -1
        for place, (yes, no) in enumerate(pairs):
            self.wishes.append(yes if place == chosen else z3.Not(yes))
            if chosen < 0:
                self.wishes.append(no if place == denied else z3.Not(no))


__all__ = ["Agreement"]
