"""The properties of two patients that differ in a little: what may change when facts are lost, told or waited for."""

from __future__ import annotations

from collections.abc import Iterator

import z3  # type: ignore[import-untyped, import-not-found, unused-ignore]  # an extra, without types

from spondyl.engine.results import URGENCIES
from spondyl.proof.changes import alarm_added, anything_lost, hazard_added, reassurance_lost
from spondyl.proof.claims import WANT_OF_REASON, Claim, Property, World
from spondyl.proof.situation import TRIAGE
from spondyl.proof.smt import pair
from spondyl.proof.verdicts import Verdicts

# What a payer or an office decides; no urgency may hang on it.
WAITING = ("weeks_waiting_authorization", "auth_status", "therapy_weeks_here", "weeks_of_therapy_here",
           "conservative_weeks_here", "therapy_failed_here", "conservative_failed_here")  # fmt: skip


def unknown_never_opens(world: World) -> Iterator[Claim]:
    now, then = world.verdicts, world.later
    step = world.step(anything_lost)
    alike = z3.And([pair(fact)[0] == pair(then.flat.name(fact, False))[0] for fact in TRIAGE])
    for profile in world.flat.profiles:
        for gate in now.gates(profile):
            after = then.gate(gate.gate, gate.target, profile)
            against = z3.Or([one.not_met for one in gate.criteria if one.kind == "check_first"])
            broken = z3.And(step, alike, z3.Not(gate.open), z3.Not(against), after.open)
            yield Claim(f"gate {gate.name} in {profile}", broken, shows=f"gate:{gate.gate.id}")


def _ranks(verdicts: Verdicts, flag: str | None = None) -> list[z3.BoolRef]:
    """At least soon, at least urgent, an emergency: of one flag, or of the patient."""
    flags = verdicts.rules.red_flags
    urgency = {(name, level.id): level.urgency for name, one in flags.items() for level in one.levels}
    mine = {key: stands for key, stands in verdicts.stands.items() if flag is None or key[0] == flag}
    return [
        z3.Or([stands for key, stands in mine.items() if urgency[key] in URGENCIES[rank:]])
        for rank in range(1, len(URGENCIES))
    ]


def _never_lower(world: World, step: z3.BoolRef) -> Iterator[Claim]:
    for flag in (None, *world.rules.red_flags):
        for urgency, now, then in zip(
            URGENCIES[1:], _ranks(world.verdicts, flag), _ranks(world.later, flag), strict=True
        ):
            name = f"red flag {flag}, {urgency}" if flag else f"the patient, {urgency}"
            yield Claim(name, z3.And(step, now, z3.Not(then)), shows=f"red_flag:{flag}" if flag else "")


def falls_only_by_reassurance(world: World) -> Iterator[Claim]:
    yield from _never_lower(world, world.step(reassurance_lost))


def new_alarm_never_lowers(world: World) -> Iterator[Claim]:
    yield from _never_lower(world, world.step(alarm_added))


def new_alarm_opens_no_check(world: World) -> Iterator[Claim]:
    step = world.step(hazard_added)
    for gate in world.verdicts.gates():
        after = world.later.gate(gate.gate, gate.target)
        for one, other in zip(gate.criteria, after.criteria, strict=True):
            if one.kind == "check_first" and one.because not in WANT_OF_REASON:
                broken = z3.And(step, z3.Not(one.met), other.met)
                yield Claim(f"gate {gate.name}, {one.id}", broken, shows=f"gate:{gate.gate.id}")


def waiting_lowers_nothing(world: World) -> Iterator[Claim]:
    def waits(_: World, fact: str, own: str) -> Iterator[z3.BoolRef]:
        if fact in WAITING or fact.startswith("auth_"):
            yield z3.BoolVal(True)

    yield from _never_lower(world, world.step(waits))


OVER_TIME = (
    Property(
        "unknown_never_opens",
        "Forgetting what was recorded never opens a gate that no recorded contraindication closed, what red flags "
        "establish being the same. (What tells an old sign from a new one stays.)",
        "a criterion that asks whether a fact is unknown",
        unknown_never_opens,
        two=True,
    ),
    Property(
        "falls_only_by_reassurance",
        "The urgency of a patient and of each red flag never falls when a recorded normal or denial is forgotten; so "
        "it fell only because of one.",
        "a level that needs a recorded denial to hold",
        falls_only_by_reassurance,
        two=True,
    ),
    Property(
        "new_alarm_never_lowers",
        "A new fact on its alarming side, where nothing was recorded, never lowers the urgency of the patient or of a "
        "red flag.",
        "an emergency that a second alarming sign turns off",
        new_alarm_never_lowers,
        two=True,
    ),
    Property(
        "new_alarm_opens_no_check",
        "A new danger, where nothing was recorded, never makes a contraindication count as absent. (A choice that is "
        "answered, an age, and checks that close for want of a reason are left out: an answer may settle those.)",
        "a contraindication that fever makes moot",
        new_alarm_opens_no_check,
        two=True,
    ),
    Property(
        "waiting_lowers_nothing",
        "Weeks of therapy, weeks of waiting and the state of an authorization never change an urgency downward.",
        "a red flag that falls while an authorization is pending",
        waiting_lowers_nothing,
        two=True,
    ),
)

__all__ = ["OVER_TIME"]
