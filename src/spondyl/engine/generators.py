"""What may hurt: arguments for and against each structure, weighed by kind and number, never by percentages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spondyl.engine.batches import ALWAYS, Asked
from spondyl.engine.patient import Patient
from spondyl.engine.results import STANDINGS, Candidate
from spondyl.knowledge.rules import Argument, Generator, Ruleset
from spondyl.logic import FALSE, TRUE, UNKNOWN, Condition, Truth
from spondyl.timeline import Focus

_HARM = {"high": 0, "moderate": 1, "low": 2}
_PLACE = {"strong": 0, "moderate": 1, "weak": 2}
_AGAINST = {**_PLACE, **{f"opposes_{strength}": place for strength, place in _PLACE.items()}}


class _Prepared(NamedTuple):
    """A generator, the place of its truths in the batch (`applies` first), and its arguments with their side."""

    generator: Generator
    first: int
    arguments: tuple[tuple[Argument, bool], ...]


def generators(patient: Patient) -> list[Candidate]:
    """Every generator at every focus it is judged at, ordered by standing, arguments, harm of missing, id."""
    found: list[Candidate] = []
    for focus in patient.foci:
        truths = _truths(patient, focus)
        for prepared in _listed(patient):
            if focus.kind in prepared.generator.at:
                candidate = _weighed(patient, prepared, focus, truths)
                if candidate is not None:
                    found.append(candidate)
    found = _once_per_place(patient, found)
    found.sort(key=_order)
    _rank(found)
    return found


def weigh(patient: Patient, generator: Generator, focus: Focus) -> Candidate | None:
    """One generator at one focus; None when it is not listed."""
    truths = _truths(patient, focus)
    prepared = next(one for one in _listed(patient) if one.generator is generator)
    return _weighed(patient, prepared, focus, truths)


def _listed(patient: Patient) -> tuple[_Prepared, ...]:
    rules = patient.rules
    return patient.program.prepared("generators", rules.generators, lambda: _prepared(rules))


def _prepared(rules: Ruleset) -> tuple[_Prepared, ...]:
    made, first = [], 0
    for generator in rules.generators.values():
        made.append(_Prepared(generator, first, tuple([(one, _is_against(one)) for one in generator.arguments])))
        first += 1 + len(generator.arguments)
    return tuple(made)


def _asked(rules: Ruleset, profile: str) -> list[Asked]:
    asked = []
    for generator in rules.generators.values():
        asked.append(Asked(generator.applies or ALWAYS, None, False, profile))
        asked += [Asked(one.when, one.unless, False, profile) for one in generator.arguments]
    return asked


def _truths(patient: Patient, focus: Focus) -> Sequence[Truth]:
    rules, profile = patient.rules, patient.profile
    return patient.truths(focus, "generators", rules.generators, lambda: _asked(rules, profile))


def _weighed(patient: Patient, prepared: _Prepared, focus: Focus, truths: Sequence[Truth]) -> Candidate | None:
    generator, at, arguments = prepared
    applies = truths[at]
    if applies is FALSE or (applies is UNKNOWN and _of_another_operation(patient, generator, focus)):
        return None
    speaking: list[Argument] = []
    against: list[Argument] = []
    unread: list[Argument] = []
    for argument, opposes in arguments:
        at += 1
        truth = truths[at]
        if truth is UNKNOWN:
            unread.append(argument)
        elif truth is TRUE:
            (against if opposes else speaking).append(argument)
    if not speaking and not against and applies is not TRUE:
        return None
    name, balance = standing(speaking, against)
    return Candidate(generator, focus, name, speaking, against, unread, balance)


def _of_another_operation(patient: Patient, generator: Generator, focus: Focus) -> bool:
    """Whether a cause that needs an operation here is asked of a region nobody recorded one for, while another was."""
    operated = patient.chart.operated
    return generator.site != "focus" and bool(operated) and focus.region not in operated


def standing(speaking: Sequence[Argument], against: Sequence[Argument]) -> tuple[str, tuple[int, int, int]]:
    """The standing that follows from the arguments, and strong, moderate and weak ones for minus against."""
    ours, theirs = [0, 0, 0, 0], [0, 0, 0, 0]  # the last counts what weighs nothing
    confirmed = excluded = False
    for argument in speaking:
        strength = argument.strength
        ours[_PLACE.get(strength, 3)] += 1
        confirmed = confirmed or strength == "confirms"
    for argument in against:
        strength = argument.strength
        theirs[_AGAINST.get(strength, 3)] += 1
        excluded = excluded or strength == "excludes"
    balance = (ours[0] - theirs[0], ours[1] - theirs[1], ours[2] - theirs[2])
    if confirmed:
        return "confirmed", balance
    if excluded:
        return "excluded", balance
    if not speaking and not against:
        return "not_assessed", balance
    if balance < (0, 0, 0):
        return "opposed", balance
    enough = ours[0] >= 1 or (ours[1] >= 1 and ours[0] + ours[1] + ours[2] >= 2)
    if balance > (0, 0, 0) and enough:
        return "supported", balance
    return ("possible" if speaking else "opposed"), balance


def _conditions(generator: Generator) -> list[Condition | None]:
    parts = [part for argument in generator.arguments for part in (argument.when, argument.unless)]
    return [generator.applies, *parts]


def _is_against(argument: Argument) -> bool:
    return argument.strength == "excludes" or argument.strength.startswith("opposes")


def _order(one: Candidate) -> tuple[int, int, int, int, int, str, str]:
    strong, moderate, weak = one.balance
    place = STANDINGS.index(one.standing)
    return place, -strong, -moderate, -weak, _HARM[one.generator.harm_of_missing], one.generator.id, one.focus.key


def _rank(found: list[Candidate]) -> None:
    """Competition ranking (1, 2, 2, 4); equal are those with the same standing, arguments and harm."""
    before: tuple[int, ...] = ()
    for place, one in enumerate(found, 1):
        key = _order(one)[:5]
        one.rank = found[place - 2].rank if place > 1 and key == before else place
        before = key


def _once_per_place(patient: Patient, found: list[Candidate]) -> list[Candidate]:
    """A generator of the whole patient stands once; one that speaks nowhere stands at its best place only."""
    kept: list[Candidate] = []
    listed_at: dict[str, list[Candidate]] = {}
    for one in found:
        listed_at.setdefault(one.generator.id, []).append(one)
    for mine in listed_at.values():
        generator = mine[0].generator
        if len(mine) > 1:
            local = patient.program.remembered(
                ("local", "generator", generator.id),
                lambda generator=generator: (patient.program.reads_focus(*_conditions(generator)),),  # type: ignore[misc]
            )[0]
            speaking = [one for one in mine if one.arguments_for or one.arguments_against]
            if not local or not speaking:
                mine = sorted(mine, key=_order)[:1]
            else:
                mine = speaking
        kept += mine
    return kept
