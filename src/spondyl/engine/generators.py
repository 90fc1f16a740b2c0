"""What may hurt: arguments for and against each structure, weighed by kind and number, never by percentages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spondyl.engine.patient import Patient
from spondyl.engine.program import Pair, Program
from spondyl.engine.results import STANDINGS, Candidate
from spondyl.knowledge.rules import Argument, Generator
from spondyl.logic import FALSE, TRUE, UNKNOWN, Condition, Truth
from spondyl.timeline import Focus

_HARM = {"high": 0, "moderate": 1, "low": 2}
_PLACE = {"strong": 0, "moderate": 1, "weak": 2}


def generators(patient: Patient) -> list[Candidate]:
    """Every generator at every focus it is judged at, ordered by standing, arguments, harm of missing, id."""
    found: list[Candidate] = []
    for focus in patient.foci:
        for generator in patient.rules.generators.values():
            if focus.kind in generator.at:
                candidate = weigh(patient, generator, focus)
                if candidate is not None:
                    found.append(candidate)
    found = _once_per_place(patient, found)
    found.sort(key=_order)
    _rank(found)
    return found


def weigh(patient: Patient, generator: Generator, focus: Focus) -> Candidate | None:
    """One generator at one focus; None when it is not listed."""
    found = _weighed(patient, generator, focus)
    if found is None:
        return None
    speaking, against, unread, name, balance = found
    return Candidate(generator, focus, name, list(speaking), list(against), list(unread), balance)


_Weighed = tuple[list[Argument], list[Argument], list[Argument], str, tuple[int, int, int]]


def _conditions(generator: Generator) -> list[Condition | None]:
    parts = [part for argument in generator.arguments for part in (argument.when, argument.unless)]
    return [generator.applies, *parts]


class _Prepared(NamedTuple):
    """A generator with what its parts read, and what it comes to where nothing of that is known."""

    applies: Pair | None
    arguments: tuple[tuple[Argument, Pair, bool], ...]
    reads: int
    blank: _Weighed | None


def _prepared(program: Program, generator: Generator) -> _Prepared:
    applies = None if generator.applies is None else program.pair(generator.applies)
    parts = [(one, program.pair(one.when, one.unless), _is_against(one)) for one in generator.arguments]
    reads = 0 if applies is None else applies.reads
    for _, pair, _ in parts:
        reads |= pair.reads
    truths = [pair.blank for _, pair, _ in parts]
    return _Prepared(
        applies, tuple(parts), reads, _sorted_out(TRUE if applies is None else applies.blank, parts, truths)
    )


def _weighed(patient: Patient, generator: Generator, focus: Focus) -> _Weighed | None:
    prepared = patient.program.prepared("generator", generator, lambda: _prepared(patient.program, generator))
    touched = patient.touched
    plain, safety = patient.views(focus)
    applies = TRUE
    if prepared.applies is not None:
        applies = prepared.applies.blank
        if prepared.applies.reads & touched:
            applies = patient.holds(prepared.applies.when, None, plain)
    if applies is FALSE or (applies is UNKNOWN and _of_another_operation(patient, generator, focus)):
        return None
    if not prepared.reads & touched:
        return prepared.blank
    truths: list[Truth] = []
    for argument, pair, _ in prepared.arguments:
        truth = pair.blank
        if pair.reads & touched:
            if pair.check is None:
                truth = patient.holds(argument.when, argument.unless, plain, safety)
            else:
                truth = pair.check(plain)
                if truth is not FALSE and pair.guard is not None and pair.guard(safety) is TRUE:
                    truth = FALSE
        truths.append(truth)
    return _sorted_out(applies, prepared.arguments, truths)


def _sorted_out(
    applies: Truth, parts: Sequence[tuple[Argument, Pair, bool]], truths: Sequence[Truth]
) -> _Weighed | None:
    if applies is FALSE:
        return None
    speaking: list[Argument] = []
    against: list[Argument] = []
    unread: list[Argument] = []
    for (argument, _, opposes), truth in zip(parts, truths, strict=True):
        if truth is TRUE:
            (against if opposes else speaking).append(argument)
        elif truth is UNKNOWN:
            unread.append(argument)
    if not listed(applies, speaking, against):
        return None
    name, balance = standing(speaking, against)
    return speaking, against, unread, name, balance


def _of_another_operation(patient: Patient, generator: Generator, focus: Focus) -> bool:
    """Whether a cause that needs an operation here is asked of a region nobody recorded one for, while another was."""
    operated = patient.chart.operated
    return generator.site != "focus" and bool(operated) and focus.region not in operated


def listed(applies: Truth, speaking: Sequence[Argument], against: Sequence[Argument]) -> bool:
    """Whether a generator is shown at all."""
    return bool(speaking) or bool(against) or applies is TRUE


def standing(speaking: Sequence[Argument], against: Sequence[Argument]) -> tuple[str, tuple[int, int, int]]:
    """The standing that follows from the arguments, and strong, moderate and weak ones for minus against."""
    ours, theirs = [0, 0, 0], [0, 0, 0]
    for argument in speaking:
        if argument.strength in _PLACE:
            ours[_PLACE[argument.strength]] += 1
    for argument in against:
        strength = argument.strength.removeprefix("opposes_")
        if strength in _PLACE:
            theirs[_PLACE[strength]] += 1
    balance = (ours[0] - theirs[0], ours[1] - theirs[1], ours[2] - theirs[2])
    if any(argument.strength == "confirms" for argument in speaking):
        return "confirmed", balance
    if any(argument.strength == "excludes" for argument in against):
        return "excluded", balance
    if not speaking and not against:
        return "not_assessed", balance
    if balance < (0, 0, 0):
        return "opposed", balance
    enough = ours[0] >= 1 or (ours[1] >= 1 and sum(ours) >= 2)
    if balance > (0, 0, 0) and enough:
        return "supported", balance
    return ("possible" if speaking else "opposed"), balance


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
