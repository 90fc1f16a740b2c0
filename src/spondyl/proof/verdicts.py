"""What the engine concludes of a possible patient, as formulas: red flags, gates, and what treatments come to.

Built from the data of a ruleset, the way spondyl.engine judges it. A test holds both equal on generated patients.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import z3  # type: ignore[import-untyped, import-not-found, unused-ignore]  # an extra, without types

from spondyl.engine import Program
from spondyl.engine.criteria import BYPASSABLE
from spondyl.engine.treatments import _INVASIVE
from spondyl.knowledge.rules import CheckFirst, Gate, Level, Offer, RedFlag, Required, Target, Treatment
from spondyl.logic import Condition
from spondyl.proof.caps import GateVerdict, Result, before, capped
from spondyl.proof.flat import Flat
from spondyl.proof.situation import OTHER_EMERGENCY, SEGMENT, SERVES, TRIAGE
from spondyl.proof.smt import pair
from spondyl.proof.standings import Standings

STATUSES = ("start", "continue", "consider", "taper", "reduce", "stop", "not_yet", "avoid")
_NEVER = z3.BoolVal(False)


class Verdicts:
    """The conclusions of the engine about one possible patient in one profile."""

    def __init__(self, flat: Flat, profile: str = "guideline") -> None:
        self.flat = flat
        self.rules = flat.rules
        self.profile = profile
        self.program = Program(flat.rules)
        self.standings = Standings(flat)
        self._gates: dict[tuple[str, str | None, str], GateVerdict] = {}

    # ---- red flags

    def level_holds(self, level: Level) -> z3.BoolRef:
        """`when` is TRUE and `unless` is not, in the safety reading."""
        holds = self.flat.is_true(level.when, True)
        return holds if level.unless is None else z3.And(holds, z3.Not(self.flat.is_true(level.unless, True)))

    @cached_property
    def stands(self) -> dict[tuple[str, str], z3.BoolRef]:
        """By flag and level: the level is the first that holds."""
        made: dict[tuple[str, str], z3.BoolRef] = {}
        for flag in self.rules.red_flags.values():
            before: list[z3.BoolRef] = []
            for level in flag.levels:
                holds = self.level_holds(level)
                made[flag.id, level.id] = z3.And(holds, z3.Not(z3.Or(before)))
                before.append(holds)
        return made

    def _standing(self) -> Iterable[tuple[RedFlag, Level, z3.BoolRef]]:
        for flag in self.rules.red_flags.values():
            for level in flag.levels:
                yield flag, level, self.stands[flag.id, level.id]

    def urgency(self, *names: str) -> z3.BoolRef:
        """Some flag stands at one of these urgencies here."""
        return z3.Or([stands for _, level, stands in self._standing() if level.urgency in names])

    @cached_property
    def emergency(self) -> z3.BoolRef:
        """An emergency is established, here or elsewhere."""
        return z3.Or(self.urgency("emergency"), self.flat.situation(OTHER_EMERGENCY))

    def local(self, flag: RedFlag) -> bool:
        """Whether the flag is about a place."""
        parts = [part for level in flag.levels for part in (level.when, level.unless)]
        return self.program.reads_focus(flag.in_play, *parts)

    @cached_property
    def freed(self) -> z3.BoolRef:
        """An established flag frees waiting, conservative care and optimization here."""
        serves = self.flat.situation(SERVES)
        found = []
        for flag, level, stands in self._standing():
            if _bypasses(flag, level):
                found.append(stands if self.local(flag) else z3.And(stands, serves))
        return z3.Or(found)

    @cached_property
    def blocked(self) -> z3.BoolRef:
        """What is established keeps interventions and exercise from being started here."""
        here = [
            stands
            for flag, level, stands in self._standing()
            if level.urgency in ("emergency", "urgent") and (self.local(flag) or flag.bypass != "none")
        ]
        return z3.Or(self.emergency, *here)

    @cached_property
    def links(self) -> list[z3.BoolRef]:
        """What gates and treatments read of triage, defined by it; and that a region is judged, not a segment."""
        established = z3.Or([stands for _, _, stands in self._standing()])
        values = (self.emergency, self.urgency("emergency", "urgent"), established, self.freed)
        made = []
        for name, value in zip(TRIAGE, values, strict=True):
            yes, no = pair(self.flat.name(name, False))
            made += [yes == value, no == z3.Not(value)]
        return made

    @cached_property
    def at_region(self) -> z3.BoolRef:
        """The focus is a region; flags, gates, imaging and treatments are judged there only."""
        return z3.Not(self.flat.situation(SEGMENT))

    # ---- gates

    def gate(self, gate: Gate, target: Target | None = None, profile: str | None = None) -> GateVerdict:
        """A gate for one target, or for none."""
        profile = profile or self.profile
        key = (gate.id, target.target if target else None, profile)
        if key not in self._gates:
            criteria = tuple(self._criteria(gate, target, profile))
            closed = z3.Or([one.not_met for one in criteria])
            data = z3.Or([one.open for one in criteria])
            opens = z3.And(z3.Not(closed), z3.Not(data))
            if gate.targets and target is None:  # nothing to operate on
                closed, opens = z3.Or(closed, opens), _NEVER
            self._gates[key] = GateVerdict(gate, target, criteria, opens, closed)
        return self._gates[key]

    def gates(self, profile: str | None = None) -> list[GateVerdict]:
        """Every gate for every target it has, and for none."""
        return [self.gate(one, target, profile) for one in self.rules.gates.values() for target in (None, *one.targets)]

    def _criteria(self, gate: Gate, target: Target | None, profile: str) -> Iterable[Result]:
        for check in gate.checks:
            if _concerns(check, target):
                yield self._check(check)
        replaced = target.replaces if target is not None else ()
        for need in gate.required:
            if need.id not in replaced:
                yield self._required(need.id, need.kind, need, need.profiles.get(profile, need.when), profile)
        if target is not None:
            yield self._required("cause", "cause", target, target.cause, profile)
            wait = target.profiles.get(profile, target.wait)
            if wait is not None:
                yield self._required("wait", "wait", target, wait, profile)

    def _check(self, check: CheckFirst) -> Result:
        must, may = self.flat.truth(check.closed_when, True)
        left = z3.And(may, z3.Not(must))
        if check.moot_when is not None:
            left = z3.And(left, z3.Not(self.flat.is_true(check.moot_when, True)))
        met = z3.And(z3.Not(must), z3.Not(left))
        because = check.because or check.id
        return Result(check.id, "check_first", because, check, check.closed_when, met, must, left, _NEVER)

    def _required(self, name: str, kind: str, rule: Required | Target, condition: Condition, profile: str) -> Result:
        must, may = self.flat.truth(condition, False, profile)
        free = pair(self.flat.name("flag_bypasses_here", False))[0] if kind in BYPASSABLE else _NEVER
        left = z3.And(z3.Not(must), z3.Not(free))
        return Result(
            name, kind, name, rule, condition, must, z3.And(left, z3.Not(may)), z3.And(left, may),
            z3.And(z3.Not(must), free),
        )  # fmt: skip

    # ---- treatments

    def offers(self, treatment: Treatment) -> list[tuple[Offer, z3.BoolRef]]:
        """Every offer with the formula that it is the first that holds."""
        made: list[tuple[Offer, z3.BoolRef]] = []
        before: list[z3.BoolRef] = []
        for offer in treatment.offers:
            holds = self.holds(offer.when, offer.unless)
            made.append((offer, z3.And(holds, z3.Not(z3.Or(before)))))
            before.append(holds)
        return made

    def holds(self, when: Condition, unless: Condition | None, *, safety: bool = False) -> z3.BoolRef:
        """`when` is TRUE and `unless`, in the safety reading, is not."""
        holds = self.flat.is_true(when, safety)
        return holds if unless is None else z3.And(holds, z3.Not(self.flat.is_true(unless, True)))

    def status(self, treatment: Treatment) -> dict[str, z3.BoolRef]:
        """By status: the treatment comes to it."""
        made: dict[str, list[z3.BoolRef]] = {status: [] for status in STATUSES}
        for _, wins, status, comes in self.outcomes(treatment):
            made[status].append(z3.And(wins, comes))
        return {status: z3.Or(parts) for status, parts in made.items()}

    def outcomes(self, treatment: Treatment) -> list[tuple[Offer, z3.BoolRef, str, z3.BoolRef]]:
        """Offer, that it wins, a status, and that it comes to this status when it wins."""
        made = []
        gate = self.rules.gates[treatment.gate] if treatment.gate is not None else None
        for offer, wins in self.offers(treatment):
            limited = offer.capped and offer.status in ("start", "continue", "consider")
            ways: list[tuple[str, z3.BoolRef]] = [(offer.status, z3.BoolVal(True))]
            if gate is not None and limited:
                ways = [
                    (status, z3.And(best, comes))
                    for verdict, best in self.best(gate)
                    for status, comes in capped(treatment, offer, verdict)
                ]
            held = treatment.hazard in (*_INVASIVE, "active")
            for status, comes in ways:
                if treatment.hazard == "surgery":  # neither offered nor denied while something urgent stands
                    comes = z3.And(comes, z3.Not(self.blocked))
                elif held and status in ("start", "consider", "continue"):
                    made.append((offer, wins, "not_yet", z3.And(comes, self.blocked)))
                    comes = z3.And(comes, z3.Not(self.blocked))
                made.append((offer, wins, status, comes))
        return made

    def best(self, gate: Gate) -> list[tuple[GateVerdict, z3.BoolRef]]:
        """The gate judged for each likely cause, or for none, with the formula that it is the most open one."""
        if not gate.targets:
            return [(self.gate(gate), z3.BoolVal(True))]
        likely = [self.standings.likely(target.target) for target in gate.targets]
        judged = [(self.gate(gate, target), chance) for target, chance in zip(gate.targets, likely, strict=True)]
        judged.append((self.gate(gate), z3.Not(z3.Or(likely))))
        made = []
        for place, (verdict, judges) in enumerate(judged):
            parts = [judges]
            for other_place, (other, also) in enumerate(judged):
                if other_place != place:
                    better = before(other, verdict, ties=other_place < place)
                    parts.append(z3.Not(z3.And(also, better)))
            made.append((verdict, z3.And(parts)))
        return made


def _bypasses(flag: RedFlag, level: Level) -> bool:
    if level.urgency not in ("emergency", "urgent"):
        return False
    if flag.bypass in ("all", "none"):
        return flag.bypass == "all"
    return level.urgency == "emergency" if flag.bypass == "emergency" else "findings_here" in repr(level.when)


def _concerns(check: CheckFirst, target: Target | None) -> bool:
    name = target.target if target is not None else None
    if check.targets and name not in check.targets:
        return False
    return name is None or name not in check.except_targets


def elective(gate: Gate) -> bool:
    """Whether the gate guards an elective intervention, and no medicine or picture."""
    return gate.kind in _INVASIVE


def hazardous(treatment: Treatment) -> bool:
    """Whether a treatment is held back while an emergency is established."""
    return treatment.hazard in (*_INVASIVE, "active")


__all__ = ["STATUSES", "GateVerdict", "Result", "Verdicts", "elective", "hazardous"]
