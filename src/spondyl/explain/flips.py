"""Which single finding would change where a generator stands."""

from __future__ import annotations

from typing import NamedTuple

from spondyl.engine import Candidate, Patient, standing
from spondyl.logic import TRUE, Leaf, Truth
from spondyl.timeline import asked_names

_HEAVY = ("confirms", "strong", "moderate", "excludes", "opposes_strong", "opposes_moderate")
MOST = 3


class Flip(NamedTuple):
    """One open fact, what it would have to be, and the standing that follows."""

    fact: str
    leaf: Leaf
    truth: Truth
    standing: str
    argument: str


def flips(patient: Patient, candidate: Candidate) -> list[Flip]:
    """The single findings that would change a generator's standing, the weightiest arguments first."""
    key = ("flips", candidate.generator.id, candidate.focus.key)
    return patient.once(key, lambda: _flips(patient, candidate))


def _flips(patient: Patient, candidate: Candidate) -> list[Flip]:
    view = patient.plain(candidate.focus)
    found: list[Flip] = []
    heavy = sorted(
        (one for one in candidate.open if one.strength in _HEAVY), key=lambda one: _HEAVY.index(one.strength)
    )
    for argument in heavy:
        against = argument.strength.startswith(("opposes", "excludes"))
        speaking = candidate.arguments_for if against else [*candidate.arguments_for, argument]
        opposing = [*candidate.arguments_against, argument] if against else candidate.arguments_against
        after, _ = standing(speaking, opposing)
        if after == candidate.standing:
            continue
        needed = patient.search(view).single(argument.when, TRUE)
        if needed is None:
            continue
        leaf, truth = needed.needs[0]
        for name in asked_names(view, needed.facts)[:1]:
            if not any(one.fact == name and one.standing == after for one in found):
                found.append(Flip(name, leaf, truth, after, argument.id))
        if len(found) == MOST:
            break
    return found
