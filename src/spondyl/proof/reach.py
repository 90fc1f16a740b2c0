"""Properties about the rules themselves: each can speak, no two say opposites unseen, and learning reverses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import z3  # type: ignore[import-untyped, import-not-found, unused-ignore]  # an extra, without types

from spondyl.knowledge.rules import Offer, Treatment
from spondyl.logic import Condition
from spondyl.logic.nodes import leaves
from spondyl.proof import smt
from spondyl.proof.caps import GateVerdict
from spondyl.proof.claims import Claim, Property, World
from spondyl.proof.constraints import nevers, precedences
from spondyl.proof.orders import Wish
from spondyl.proof.parts import every_part
from spondyl.proof.situation import SEGMENT


def every_rule_fires(world: World) -> Iterator[Claim]:
    verdicts, region = world.verdicts, world.verdicts.at_region
    for (flag, level), stands in verdicts.stands.items():
        yield Claim(f"red_flags/{flag} {level} stands", z3.And(region, stands), can=True)
    for generator in world.rules.generators.values():
        listed = verdicts.standings.of(generator.id).listed
        for one in generator.arguments:
            speaks = z3.And(listed, verdicts.standings.argument(one))
            yield Claim(f"generators/{generator.id} {one.id} speaks", speaks, can=True)
    for part in every_part(world.rules):
        if part.kind in ("red_flags", "generators", "gates"):
            continue
        fires = z3.And(region, verdicts.holds(part.when, part.unless, safety=part.safety))
        yield Claim(f"{part.id} fires", fires, can=True)
    for treatment in world.rules.treatments.values():
        for offer, wins in verdicts.offers(treatment):
            yield Claim(f"treatments/{treatment.id} {offer.id} is offered first", z3.And(region, wins), can=True)
    yield from _orders(world)


def _orders(world: World) -> Iterator[Claim]:
    seen: set[tuple[str, str]] = set()
    for wish in world.orders.wishes:
        if (wish.rule, wish.order) in seen:
            continue
        seen.add((wish.rule, wish.order))
        named = [one.when for one in world.orders.wishes if (one.rule, one.order) == (wish.rule, wish.order)]
        where = z3.And(world.verdicts.at_region, z3.Or(named))
        if "{region}" not in wish.order and _is_written(world, wish):
            yield Claim(f"{wish.rule} names {wish.order}", where, can=True)


def _is_written(world: World, wish: Wish) -> bool:
    """Whether the order stands in its rule as it is, and not for one of several regions."""
    kind, _, rule = wish.rule.partition("/")
    if kind == "red_flags":
        return wish.order in world.rules.red_flags[rule].do
    written = world.rules.imaging[rule]
    return wish.order in {order.order for order in written.orders} | {order for order, _ in written.not_recommended}


def every_gate_moves(world: World) -> Iterator[Claim]:
    verdicts = world.verdicts
    for profile in world.flat.profiles:
        for gate in verdicts.gates(profile):
            name = f"gate {gate.name} in {profile}"
            where = _where(world, gate)
            if not (gate.gate.targets and gate.target is None):
                yield Claim(f"{name} opens", z3.And(where, gate.open), can=True)
            yield Claim(f"{name} closes", z3.And(where, gate.closed), can=True)
            left = z3.And(where, z3.Not(gate.open), z3.Not(gate.closed))
            yield Claim(f"{name} waits for data", left, can=True)
    for gate in verdicts.gates():
        for one in gate.criteria:
            for word, result in (("met", one.met), ("not met", one.not_met), ("open", one.open)):
                if word == "open" and one.kind == "check_first" and _always_answered(one.condition):
                    continue
                claim = Claim(f"gate {gate.name}, {one.id} {word}", z3.And(_where(world, gate), result), can=True)
                yield _as_declared(world, claim)


def _as_declared(world: World, claim: Claim) -> Claim:
    """What is declared never to happen must not happen."""
    return claim._replace(can=False, name=f"{claim.name}, never") if claim.name in nevers(world.rules) else claim


def _where(world: World, gate: GateVerdict) -> z3.BoolRef:
    """Where a gate is judged: at a region, or for a cause at a segment where that cause may lie there."""
    if gate.target is None:
        return world.verdicts.at_region
    return z3.Or(
        world.verdicts.at_region,
        *[world.flat.situation(SEGMENT) for kind in world.rules.generators[gate.target.target].at if kind == "segment"],
    )


def _always_answered(condition: Condition) -> bool:
    """Triage answers yes or no, never unknown."""
    return all(leaf.fact.endswith("_established") for leaf in leaves(condition))


def every_generator_first(world: World) -> Iterator[Claim]:
    standings = world.verdicts.standings
    places = {name: standings.of(name).place for name in world.rules.generators}
    for name in world.rules.generators:
        mine = standings.of(name)
        others = [
            z3.Or(z3.Not(standings.of(other).listed), places[other] >= places[name])
            for other in world.rules.generators
            if other != name
        ]
        yield Claim(f"generator {name} is first", z3.And(mine.listed, *others), can=True)
        # First with something that speaks for it, and not because nothing is known of any.
        likely = standings.likely(name)
        yield Claim(f"generator {name} is first and likely", z3.And(mine.listed, likely, *others), can=True)


def no_opposites(world: World) -> Iterator[Claim]:
    yield from _opposite_orders(world)
    yield from _opposite_offers(world)
    yield from _opposite_arguments(world)


def _opposite_orders(world: World) -> Iterator[Claim]:
    by_order: dict[str, list[Wish]] = {}
    for wish in world.orders.wishes:
        by_order.setdefault(wish.order, []).append(wish)
    for order, wishes in by_order.items():
        for refused in (one for one in wishes if not one.wanted):
            for wanted in (one for one in wishes if one.wanted):
                # What a red flag or an emergency asks for goes before an elective refusal (imaging.py adds it last).
                if wanted.flag or wanted.emergency or declared(world, wanted.rule, refused.rule):
                    continue
                both = z3.And(world.verdicts.at_region, wanted.when, refused.when)
                yield Claim(f"{order}: {wanted.rule} wants it, {refused.rule} does not", both, shows=f"imaging:{order}")


def _opposite_offers(world: World) -> Iterator[Claim]:
    for treatment in world.rules.treatments.values():
        for first, second in _steps(treatment):
            holds = world.verdicts.holds(first.when, first.unless)
            also = world.verdicts.holds(second.when, second.unless)
            name = f"{treatment.id}: offer {first.id} ({first.status}) goes before {second.id} ({second.status})"
            owner = f"treatments/{treatment.id}"
            if declared(world, f"{owner} {first.id}", f"{owner} {second.id}"):
                continue
            yield Claim(name, z3.And(world.verdicts.at_region, holds, also), shows=f"treatment:{treatment.id}")


def _steps(treatment: Treatment) -> Iterator[tuple[Offer, Offer]]:
    for first, second in combinations(treatment.offers, 2):
        if first.status in ("start", "consider") and second.status in ("avoid", "stop"):
            yield first, second


def _opposite_arguments(world: World) -> Iterator[Claim]:
    standings = world.verdicts.standings
    for generator in world.rules.generators.values():
        for one in generator.arguments:
            for other in generator.arguments:
                if one.strength == "confirms" and other.strength == "excludes":
                    owner = f"generators/{generator.id}"
                    if declared(world, f"{owner} {one.id}", f"{owner} {other.id}"):
                        continue
                    both = z3.And(standings.argument(one), standings.argument(other))
                    name = f"{generator.id}: {one.id} confirms, {other.id} excludes"
                    yield Claim(name, both, shows=f"generator:{generator.id}")


def declared(world: World, first: str, behind: str) -> bool:
    """Whether it is declared in knowledge/derived that the one rule goes before the other."""
    return any(one.behind == behind and one.first in ("", first) for one in precedences(world.rules))


def learning_reverses_nothing(world: World) -> Iterator[Claim]:
    flat = world.flat
    types = {name: flat.type_of(name) for name in world.rules.types}
    seen: set[Condition] = set()
    for part in every_part(world.rules):
        for condition in (part.when, part.unless):
            if condition is None or condition in seen:
                continue
            seen.add(condition)
            for profile in flat.profiles if flat.varies(condition) else flat.profiles[:1]:
                now = smt.term(condition, world.rules.threshold_values(profile), types)
                then = [smt.later(formula, [condition], types) for formula in now]
                patients = smt.possible([condition], types)
                step = (patients, smt.later(patients, [condition], types), smt.learns([condition], types))
                reversed_ = z3.Or(z3.And(now[0], z3.Not(then[0])), z3.And(z3.Not(now[1]), then[1]))
                yield Claim(f"{part.id} in {profile}", z3.And(*step, reversed_))


REACH = (
    Property(
        "every_rule_fires",
        "Every level of a red flag, argument, order, offer, caution, remark, conflict and device rule speaks for some "
        "patient, and no earlier one of its list always goes before it.",
        "a level that repeats the one before it",
        every_rule_fires,
    ),
    Property(
        "every_gate_moves",
        "Every gate, for every cause and in every profile, opens for some patient, closes for some and waits for data "
        "for some; every criterion comes out each way.",
        "a gate with two criteria that exclude each other",
        every_gate_moves,
    ),
    Property(
        "every_generator_first",
        "Every generator has rank 1 for some patient, with something that speaks for it.",
        "a generator whose arguments all need its exclusion",
        every_generator_first,
    ),
    Property(
        "no_opposites",
        "No two rules want and refuse the same picture, start and avoid the same treatment, or confirm and exclude the "
        "same structure at one place, unless it is declared which of them goes first.",
        "a rule that refuses what another one wants",
        no_opposites,
    ),
    Property(
        "learning_reverses_nothing",
        "Learning more (a fact filled in, a number narrowed) never turns a condition from TRUE to FALSE or back.",
        "a condition with `known`, let in by force",
        learning_reverses_nothing,
    ),
)

__all__ = ["REACH"]
