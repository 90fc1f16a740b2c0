"""Red flags: what is established now, and what is still open. Silence neither raises nor lowers anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from spondyl.engine.batches import Asked
from spondyl.engine.patient import Patient
from spondyl.engine.program import Program
from spondyl.engine.results import URGENCIES, Established, Open, Triage
from spondyl.knowledge.rules import Level, RedFlag, Ruleset
from spondyl.logic import FALSE, TRUE, UNKNOWN, And, Condition, Not, Or, Truth
from spondyl.timeline import Focus, View, asked_names

_RANK = {urgency: rank for rank, urgency in enumerate(URGENCIES)}


class _Prepared(NamedTuple):
    """A flag, whether it is about a place, and the places of its truths in the batch: `in_play`, then its levels.

    `levels`: each with its rank and the place of its `when`; that of its `unless`, if it has one, comes next.
    `settled`: the places of `settled_when` and `settled_unless`, those that it has.
    """

    flag: RedFlag
    local: bool
    in_play: int
    levels: tuple[tuple[Level, int, int, bool], ...]
    settled: tuple[int, ...]


def triage(patient: Patient) -> Triage:
    """Judge every red flag at every focus it can differ at, in the safety reading."""
    made = Triage()
    program, rules, profile = patient.program, patient.rules, patient.profile
    truths = {
        id(focus): patient.truths(focus, "red flags", rules.red_flags, lambda: _asked(rules, profile))
        for focus in patient.places
    }
    for prepared in program.prepared("red flags", rules.red_flags, lambda: _prepared(program, rules)):
        _flag(patient, prepared, truths, made)
    made.established.sort(key=lambda one: (-_RANK[one.level.urgency], one.flag.id, one.focus.key))
    made.not_excluded.sort(key=lambda one: (-_RANK[one.urgency], one.flag.id))
    if made.established:
        made.urgency = made.established[0].level.urgency
    if made.urgency == "emergency":
        _drop(made, [one for one in made.not_excluded if one.flag.waits])
    _ask_together(made)
    return made


def _drop(made: Triage, dropped: Sequence[Open]) -> None:
    """No line of their own for these; one that stands at a lower level stays established."""
    known = {one.flag.id for one in made.established}
    made.not_excluded = [one for one in made.not_excluded if one not in dropped]
    made.not_screened += [one.flag for one in dropped if one.flag.id not in known]


def _ask_together(made: Triage) -> None:
    """One line for flags that ask the same: the less urgent goes with the more urgent, and so do its questions."""
    stands = {one.flag.id: _RANK[one.level.urgency] for one in reversed(made.established)}
    lines = {one.flag.id: one for one in made.not_excluded if not one.flag.asked_with}
    joined = []
    for one in made.not_excluded:
        if one.flag.id in lines:
            continue
        rank = _RANK[one.urgency]
        beside = [name for name in one.flag.asked_with if name in lines and _RANK[lines[name].urgency] >= rank]
        if beside:
            line = lines[beside[0]]
            more = tuple(name for name in one.ask if name not in line.ask)
            lines[beside[0]] = line._replace(ask=line.ask + more, exact=line.exact and one.exact)
        elif not any(stands.get(name, -1) >= rank for name in one.flag.asked_with):
            lines[one.flag.id] = one
            continue
        joined.append(one)
    _drop(made, joined)
    made.not_excluded = [lines[one.flag.id] for one in made.not_excluded]


def _asked(rules: Ruleset, profile: str) -> list[Asked]:
    asked = []
    for flag in rules.red_flags.values():
        asked.append(Asked(flag.in_play, None, True, profile))
        for level in flag.levels:
            asked.append(Asked(level.when, None, True, profile))
            if level.unless is not None:
                asked.append(Asked(level.unless, None, True, profile))
        asked += [Asked(one, None, True, profile) for one in _settled(flag)]
    return asked


def _prepared(program: Program, rules: Ruleset) -> tuple[_Prepared, ...]:
    made, place = [], 0
    for flag in rules.red_flags.values():
        levels, first = [], place
        for level in flag.levels:
            place += 1
            levels.append((level, _RANK[level.urgency], place, level.unless is not None))
            place += level.unless is not None
        settled = tuple(range(place + 1, place + 1 + len(_settled(flag))))
        place += 1 + len(settled)
        made.append(_Prepared(flag, program.reads_focus(*_conditions(flag)), first, tuple(levels), settled))
    return tuple(made)


def _flag(patient: Patient, prepared: _Prepared, truths: Mapping[int, Sequence[Truth]], made: Triage) -> None:
    flag, local, in_play, levels, settled = prepared
    opened: list[tuple[int, str, Focus]] = []
    stands: list[Established] = []
    all_excluded = True
    for focus in patient.regions if local else (patient.main,):
        here = truths[id(focus)]
        holding, basis, rank, still_open, open_rank, every_false = _levels(levels, here)
        all_excluded = all_excluded and every_false
        if holding is not None:
            stands.append(Established(flag, holding, basis, focus, focus if local else None))
        if still_open is not None:
            if open_rank > rank if holding is not None else here[in_play] is TRUE and not _is_settled(settled, here):
                opened.append((open_rank, still_open.urgency, focus))
    if stands:
        made.established += _where_in_play(patient, stands)
    worst = max((_RANK[one.level.urgency] for one in stands), default=-1)
    if opened and max(opened, key=lambda one: one[0])[0] > worst:
        _, urgency, focus = max(opened, key=lambda one: one[0])
        ask, exact = _ask(patient, flag, patient.safety(focus))
        made.not_excluded.append(Open(flag, urgency, focus, ask, exact))
    elif not stands:
        (made.excluded if all_excluded else made.not_screened).append(flag)


def _is_settled(settled: tuple[int, ...], truths: Sequence[Truth]) -> bool:
    """Whether what was recorded is enough not to ask on, though not enough to call the flag excluded."""
    return bool(settled) and truths[settled[0]] is TRUE and not any(truths[one] is TRUE for one in settled[1:])


def _levels(
    levels: Sequence[tuple[Level, int, int, bool]], truths: Sequence[Truth]
) -> tuple[Level | None, str, int, Level | None, int, bool]:
    """The first level that holds with basis and rank, the most urgent open one with its rank, whether all are FALSE."""
    holding: Level | None = None
    still_open: Level | None = None
    basis, rank, open_rank = "established", -1, -1
    every_false = True
    for level, urgency, place, guarded in levels:
        truth = truths[place]
        if truth is FALSE or (level.when_said and truth is not TRUE):
            continue
        reassured = truths[place + 1] if guarded else FALSE
        if reassured is TRUE:
            continue
        every_false = False
        if truth is TRUE:
            if holding is None:
                holding, rank = level, urgency
                basis = "precaution" if reassured is UNKNOWN else "established"
        elif urgency > open_rank:
            still_open, open_rank = level, urgency
    return holding, basis, rank, still_open, open_rank, every_false


def _where_in_play(patient: Patient, stands: list[Established]) -> list[Established]:
    """A flag that stands at several places is told once when nothing in its reason is about a place.

    Otherwise it is told where it is in play; elsewhere only when it is worse there.
    """
    if len(stands) < 2:
        return stands
    program = patient.program
    deciding = [program.deciding(one.level.when, patient.safety(one.focus)) for one in stands]
    if not any(program.of_focus(name) for names in deciding for name in names):
        first = max(stands, key=lambda one: _RANK[one.level.urgency])
        return [Established(first.flag, first.level, first.basis, first.focus, None)]
    playing = [one for one in stands if patient.truth(one.flag.in_play, patient.safety(one.focus)) is TRUE]
    if not playing:
        return stands
    worst = max(_RANK[one.level.urgency] for one in playing)
    return [one for one in stands if one in playing or _RANK[one.level.urgency] > worst]


def _settled(flag: RedFlag) -> list[Condition]:
    return [one for one in (flag.settled_when, flag.settled_unless) if one is not None]


def _conditions(flag: RedFlag) -> list[Condition | None]:
    parts = (part for level in flag.levels for part in (level.when, level.unless))
    return [flag.in_play, *parts, *_settled(flag)]


def any_level(flag: RedFlag) -> Condition:
    """The condition that some level of the flag holds, of those that questions can settle."""
    parts: list[Condition] = []
    for level in flag.levels:
        if level.when_said:
            continue
        parts.append(level.when if level.unless is None else And((level.when, Not(level.unless))))
    return Or(tuple(parts))


def _ask(patient: Patient, flag: RedFlag, view: View) -> tuple[tuple[str, ...], bool]:
    """The fewest base facts that would exclude the flag."""
    levels = patient.program.remembered(("any level", flag.id), lambda: any_level(flag))
    found = patient.search(view).settle(levels, FALSE)
    if found is None:
        names = patient.program.deciding(levels, view)
        return asked_names(view, tuple(dict.fromkeys(names))), False
    return asked_names(view, found.facts), found.exact


def bypasses(one: Established) -> bool:
    """Whether an established flag frees the waiting criteria of gates at its site."""
    if one.level.urgency not in ("emergency", "urgent"):
        return False
    if one.flag.bypass == "all":
        return True
    if one.flag.bypass == "emergency":
        return one.level.urgency == "emergency"
    return one.flag.bypass == "finding" and "findings_here" in repr(one.level.when)


def _serves(patient: Patient, focus: Focus) -> bool:
    """Whether the recorded nerve losses can come from a place: a weak big toe frees nothing at the neck."""
    view = patient.safety(focus)
    losses = [values for name in ("motor_deficit", "sensory_deficit") for _, values in view.bound(name)]
    return not losses or any(values["served_here"] is not FALSE for values in losses)


def set_triage_facts(patient: Patient, found: Triage) -> None:
    """Let gates and treatments read what triage established."""
    emergency = TRUE if found.urgency == "emergency" else FALSE
    for focus in patient.foci:
        here = found.at(focus)
        urgent = any(one.level.urgency in ("emergency", "urgent") for one in here)
        free = any(bypasses(one) and (one.site is not None or _serves(patient, focus)) for one in here)
        for view in patient.views(focus):
            if "emergency_established" in view.given:
                continue
            view.put("emergency_established", emergency)
            view.put("urgent_established", TRUE if urgent else FALSE)
            view.put("flag_established", TRUE if here else FALSE)
            view.put("flag_bypasses_here", TRUE if free else FALSE)
