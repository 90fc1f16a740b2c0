"""The properties that keep a patient safe: each says what no patient may ever be told."""

from __future__ import annotations

from collections.abc import Iterator

import z3  # type: ignore[import-untyped, import-not-found, unused-ignore]  # an extra, without types

from spondyl.engine.criteria import BYPASSABLE
from spondyl.engine.treatments import _NOT_AGAINST_TAKEN
from spondyl.knowledge.rules import CheckFirst, Treatment
from spondyl.logic import fact_names
from spondyl.proof.claims import WANT_OF_REASON, Claim, Property, World
from spondyl.proof.verdicts import elective, hazardous


def emergency_first(world: World) -> Iterator[Claim]:
    verdicts = world.verdicts
    for gate in verdicts.gates():
        if elective(gate.gate):
            broken = z3.And(verdicts.emergency, z3.Not(gate.closed))
            yield Claim(f"gate {gate.name} is closed", broken, shows=f"gate:{gate.gate.id}")
    for treatment in world.rules.treatments.values():
        if hazardous(treatment):
            status = verdicts.status(treatment)
            broken = z3.And(verdicts.emergency, z3.Or(status["start"], status["continue"]))
            yield Claim(f"{treatment.id} is not begun", broken, shows=f"treatment:{treatment.id}")


def silence(world: World) -> Iterator[Claim]:
    verdicts, flat = world.verdicts, world.flat
    silent = z3.And([world.unknown(flat, fact, own) for fact, own in world.recorded()])
    for profile in flat.profiles:
        for gate in verdicts.gates(profile):
            name = f"gate {gate.name} in {profile}"
            yield Claim(name, z3.And(silent, gate.open), shows=f"gate:{gate.gate.id}")
            for one in gate.criteria:
                if one.kind == "check_first":
                    moot = getattr(one.rule, "moot_when", None)
                    excused = _read_from_triage(one.rule) if moot is None else flat.is_true(moot, True)
                    broken = z3.And(silent, one.met, z3.Not(excused))
                    yield Claim(f"{name}, {one.id} is not taken as absent", broken, shows=f"gate:{gate.gate.id}")
                else:
                    yield Claim(f"{name}, {one.id} is not met", z3.And(silent, one.met), shows=f"gate:{gate.gate.id}")
    for (flag, level), holds in verdicts.stands.items():
        yield Claim(f"red flag {flag} {level}", z3.And(silent, holds), shows=f"red_flag:{flag}")
    for name in world.rules.generators:
        stands = verdicts.standings.of(name)
        certain = z3.Or(stands.standing["confirmed"], stands.standing["excluded"])
        yield Claim(f"generator {name}", z3.And(silent, stands.listed, certain), shows=f"generator:{name}")


def _read_from_triage(rule: object) -> z3.BoolRef:
    """A check that reads triage only is answered by it: no flag is established where nothing is recorded."""
    if not isinstance(rule, CheckFirst):
        return z3.BoolVal(False)
    return z3.BoolVal(all(name.endswith("_established") for name in fact_names(rule.closed_when)))


def every_criterion_counts(world: World) -> Iterator[Claim]:
    verdicts, flat = world.verdicts, world.flat
    for profile in flat.profiles:
        for gate in verdicts.gates(profile):
            for one in gate.criteria:
                name = f"gate {gate.name} in {profile}, {one.id}"
                if one.kind == "check_first":
                    safety = flat.is_false(one.condition, True)
                    moot = one.rule.moot_when  # type: ignore[union-attr]
                    fine = (
                        safety
                        if moot is None
                        else z3.Or(safety, z3.And(flat.is_true(moot, True), z3.Not(flat.is_true(one.condition, True))))
                    )
                else:
                    fine = flat.is_true(one.condition, False, profile)
                    if one.kind in BYPASSABLE:
                        fine = z3.Or(fine, verdicts.freed)
                yield Claim(name, z3.And(gate.open, z3.Not(fine)), shows=f"gate:{gate.gate.id}")


def check_first_holds(world: World) -> Iterator[Claim]:
    verdicts = world.verdicts
    for treatment in world.rules.treatments.values():
        if treatment.gate is None:
            continue
        gate = world.rules.gates[treatment.gate]
        for offer, wins, status, comes in verdicts.outcomes(treatment):
            if status == "start":
                left = [
                    z3.And(best, z3.Or([one.open for one in gate_.criteria])) for gate_, best in verdicts.best(gate)
                ]
                name = f"{treatment.id}, offer {offer.id}"
                yield Claim(name, z3.And(wins, comes, z3.Or(left)), shows=f"treatment:{treatment.id}")


def closed_gate_starts_nothing(world: World) -> Iterator[Claim]:
    verdicts = world.verdicts
    for treatment in world.rules.treatments.values():
        if treatment.gate is None:
            continue
        gate = world.rules.gates[treatment.gate]
        for offer, wins, status, comes in verdicts.outcomes(treatment):
            if status not in ("start", "continue"):
                continue
            for verdict, best in verdicts.best(gate):
                closed = verdict.closed
                if status == "continue":
                    # What a gate requires is about starting; a medicine that is taken goes on unless something speaks
                    # against it. What becomes of it is not the gate's where the offer says so (`capped: false`).
                    if not offer.capped:
                        continue
                    against = [
                        one.not_met
                        for one in verdict.criteria
                        if one.kind == "check_first" and one.because not in _NOT_AGAINST_TAKEN
                    ]
                    closed = z3.And(closed, z3.Or(against))
                name = f"{treatment.id}, offer {offer.id} at gate {verdict.name}"
                yield Claim(name, z3.And(wins, comes, best, closed), shows=f"treatment:{treatment.id}")


def guarded_classes(world: World, treatment: Treatment) -> bool:
    """Whether the treatment is of a class that is never stopped at once, by the table of medicines."""
    kept = set(world.rules.tables.get("never_stopped", {}).get("classes", ()))
    facts = world.rules.tables.get("class_facts", {})
    drugs = world.rules.tables.get("drugs", {})
    own = {treatment.id, *drugs.get(treatment.id, {}).get("classes", ())}
    read = {name for offer in treatment.offers for name in fact_names(offer.when)}
    # A treatment is of a class when it is named so, when its drug is, or when it says what becomes of one taken.
    taken = {facts[one] for one in kept if one in facts} | {"tramadol", "tapentadol"}
    of_taken = any(offer.status in ("continue", "taper", "reduce") for offer in treatment.offers)
    return (
        bool(own & kept) or treatment.id in _NAMED or (of_taken and bool(read & taken) and treatment.hazard == "drug")
    )


# The classes of the safety invariant, by the treatments that speak of them.
_NAMED = ("opioid", "tramadol", "gabapentinoid", "benzodiazepine", "duloxetine", "tricyclic", "opioid_taper")


def no_abrupt_stop(world: World) -> Iterator[Claim]:
    for treatment in world.rules.treatments.values():
        if treatment.taper_only or guarded_classes(world, treatment):
            stopped = world.verdicts.status(treatment)["stop"]
            yield Claim(treatment.id, stopped, shows=f"treatment:{treatment.id}")


def emergency_mri_has_another_way(world: World) -> Iterator[Claim]:
    orders = world.orders
    for order, asked in orders.asked.items():
        if not order.startswith("mri_"):
            continue
        hold = orders.after(order, True)["on_hold"]
        ways = [decides for extra, _, decides in orders.added(order, True) if extra.startswith("ct")]
        ways += [
            decides
            for entry, decides in orders.entries(order, True)
            if entry["status"] == "on_hold" and "device_clinic" in entry.get("refer", ())
        ]
        yield Claim(order, z3.And(asked.emergency, hold, z3.Not(z3.Or(ways))), shows=f"imaging:{order}")
        # A recorded unsafe device: the picture is not made, so another one has to be.
        refused = orders.after(order, True)["not_recommended"]
        other = [decides for _, _, decides in orders.added(order, True)]
        broken = z3.And(asked.emergency, refused, z3.Not(z3.Or(other)))
        yield Claim(f"{order} ruled out", broken, shows=f"imaging:{order}")


def profiles_change_gates_only(world: World) -> Iterator[Claim]:
    from spondyl.proof.parts import every_part

    flat = world.flat
    for part in every_part(world.rules):
        if part.kind == "gates" and not _same_for_all(world, part.part, part.rule):
            continue  # a criterion: what differs there is what profiles are for
        for condition, safety in ((part.when, part.safety), (part.unless, True)):
            if condition is None:
                continue
            first = flat.truth(condition, safety, flat.profiles[0])
            for profile in flat.profiles[1:]:
                other = flat.truth(condition, safety, profile)
                if other[0] is first[0]:
                    continue
                broken = z3.Or(first[0] != other[0], first[1] != other[1])
                yield Claim(f"{part.id} in {profile}", broken)
    yield Claim("the profiles are read", z3.BoolVal(len(flat.profiles) < 2))


def _same_for_all(world: World, part: str, rule: str) -> bool:
    """Contraindications, cautions, causes and what may not be bypassed are the same in all profiles."""
    gate = world.rules.gates[rule]
    name = part.partition(",")[0]
    return name not in {need.id for need in gate.required} and not name.endswith(" wait")


def never_bypassed(world: World) -> Iterator[Claim]:
    verdicts, flat = world.verdicts, world.flat
    for gate in verdicts.gates():
        for one in gate.criteria:
            name = f"gate {gate.name}, {one.id}"
            if one.kind == "check_first":
                # A check that reads the bypass itself may only be about waiting, care or preparation.
                reads = "flag_bypasses_here" in fact_names(one.condition)
                if not reads or one.because in WANT_OF_REASON:
                    continue
                yield Claim(name, verdicts.freed, shows=f"gate:{gate.gate.id}")
            elif one.kind not in ("wait", "conservative", "optimization") or _about_the_cause(
                fact_names(one.condition)
            ):
                broken = z3.And(gate.open, z3.Not(flat.is_true(one.condition, False)))
                yield Claim(name, broken, shows=f"gate:{gate.gate.id}")


_CAUSES = (
    "findings_here",
    "concordant_here",
    "correctable_cause_here",
    "infection_excluded_here",
    "block_positive_here",
)


def _about_the_cause(names: tuple[str, ...]) -> bool:
    return any(name in _CAUSES for name in names)


SAFETY = (
    Property(
        "emergency_first",
        "While an emergency is established, every gate of an elective intervention is closed, and no needle, "
        "operation, device, manual or active treatment is begun or goes on.",
        "the shared check `emergency` is taken out",
        emergency_first,
    ),
    Property(
        "silence",
        "Where nothing is recorded, no gate is open, no criterion is met, no contraindication counts as absent unless "
        "it is moot, no red flag stands, and no generator is confirmed or excluded.",
        "a criterion that always holds",
        silence,
    ),
    Property(
        "every_criterion_counts",
        "A gate is open only when each contraindication is recorded as absent or moot, and each criterion is TRUE or "
        "freed by an established flag that may free its kind.",
        "an engine that frees a gate from its cause",
        every_criterion_counts,
    ),
    Property(
        "check_first_holds",
        "With a contraindication undocumented, a treatment is at most considered.",
        "an offer that the gate does not limit",
        check_first_holds,
    ),
    Property(
        "closed_gate_starts_nothing",
        "No treatment is started with its gate closed. A medicine that is taken never goes on while a contraindication "
        "of its gate is on record, unless its offer says that the gate is about starting.",
        "an offer to start that the gate does not limit",
        closed_gate_starts_nothing,
    ),
    Property(
        "no_abrupt_stop",
        "Opioids, gabapentinoids, benzodiazepines, SNRIs and tricyclics are never stopped at once; they are tapered.",
        "a tricyclic that need not be tapered",
        no_abrupt_stop,
    ),
    Property(
        "emergency_mri_has_another_way",
        "An emergency MRI is never on hold or ruled out alone: a CT stands beside it, or the device team is called.",
        "the CT beside an unsafe device is taken out",
        emergency_mri_has_another_way,
    ),
    Property(
        "profiles_change_gates_only",
        "Red flags, generators, imaging, treatments, contraindications and causes are the same in all profiles.",
        "a threshold of a red flag that differs by profile",
        profiles_change_gates_only,
    ),
    Property(
        "never_bypassed",
        "No red flag frees a gate from its cause, concordance, infection, consent or safety criteria, or from a "
        "contraindication.",
        "a criterion about infection that is called optimization",
        never_bypassed,
    ),
)

__all__ = ["SAFETY"]
