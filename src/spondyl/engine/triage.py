"""Red flags: what is established now, and what is still open. Silence neither raises nor lowers anything."""

from __future__ import annotations

from typing import NamedTuple

from spondyl.engine.patient import Patient
from spondyl.engine.program import Pair, Program
from spondyl.engine.results import URGENCIES, Established, Open, Triage
from spondyl.knowledge.rules import Level, RedFlag
from spondyl.logic import FALSE, TRUE, UNKNOWN, And, Condition, Not, Or
from spondyl.timeline import Focus, View, asked_names

_RANK = {urgency: rank for rank, urgency in enumerate(URGENCIES)}


class _Prepared(NamedTuple):
    """A flag with what it reads, whether it is about a place, and what is left where nothing it reads is known."""

    reads: int
    local: bool
    silent: bool
    every_false: bool
    levels: tuple[tuple[Level, Pair, Pair | None], ...]


def triage(patient: Patient) -> Triage:
    """Judge every red flag at every focus it can differ at, in the safety reading."""
    made = Triage()
    for flag in patient.rules.red_flags.values():
        _flag(patient, flag, made)
    made.established.sort(key=lambda one: (-_RANK[one.level.urgency], one.flag.id, one.focus.key))
    made.not_excluded.sort(key=lambda one: (-_RANK[one.urgency], one.flag.id))
    if made.established:
        made.urgency = made.established[0].level.urgency
    return made


def _flag(patient: Patient, flag: RedFlag, made: Triage) -> None:
    prepared = patient.program.prepared("flag", flag, lambda: _prepared(patient.program, flag))
    if prepared.silent and not prepared.reads & patient.touched:
        (made.excluded if prepared.every_false else made.not_screened).append(flag)
        return
    local = prepared.local
    places = patient.regions if local else (patient.main,)
    opened: list[tuple[str, Focus]] = []
    stands: list[Established] = []
    all_excluded = True
    for focus in places:
        view = patient.safety(focus)
        holding, basis, still_open, every_false = _levels(patient, prepared, view)
        all_excluded = all_excluded and every_false
        if holding is not None:
            stands.append(Established(flag, holding, basis, focus, focus if local else None))
        if still_open is None:
            continue
        higher = holding is not None and _RANK[still_open.urgency] > _RANK[holding.urgency]
        if higher or (holding is None and patient.truth(flag.in_play, view) is TRUE):
            opened.append((still_open.urgency, focus))
    made.established += _where_in_play(patient, stands)
    if opened:
        urgency, focus = max(opened, key=lambda one: _RANK[one[0]])
        view = patient.safety(focus)
        ask, exact = _ask(patient, flag, view)
        made.not_excluded.append(Open(flag, urgency, focus, ask, exact))
    elif not stands:
        (made.excluded if all_excluded else made.not_screened).append(flag)


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


def _conditions(flag: RedFlag) -> list[Condition | None]:
    return [flag.in_play, *(part for level in flag.levels for part in (level.when, level.unless))]


def _prepared(program: Program, flag: RedFlag) -> _Prepared:
    conditions = _conditions(flag)
    levels = [program.pair(level.when, level.unless).blank for level in flag.levels]
    silent = TRUE not in levels and program.pair(flag.in_play).blank is not TRUE
    every_false = all(truth is FALSE for truth in levels)
    pairs = [
        (level, program.pair(level.when), None if level.unless is None else program.pair(level.unless))
        for level in flag.levels
    ]
    reads = program.reads(*conditions)
    return _Prepared(reads, program.reads_focus(*conditions), silent, every_false, tuple(pairs))


def _levels(patient: Patient, prepared: _Prepared, view: View) -> tuple[Level | None, str, Level | None, bool]:
    """The first level that holds and its basis, the most urgent open level, and whether all are FALSE."""
    holding: Level | None = None
    basis = "established"
    still_open: Level | None = None
    every_false = True
    for level, when, unless in prepared.levels:
        truth = patient.judged(when, view)
        if truth is FALSE:
            continue
        reassured = FALSE if unless is None else patient.judged(unless, view)
        if reassured is TRUE:
            continue
        every_false = False
        if truth is TRUE and holding is None:
            holding = level
            basis = "precaution" if reassured is UNKNOWN else "established"
        elif truth is UNKNOWN and (still_open is None or _RANK[level.urgency] > _RANK[still_open.urgency]):
            still_open = level
    return holding, basis, still_open, every_false


def any_level(flag: RedFlag) -> Condition:
    """The condition that some level of the flag holds."""
    parts: list[Condition] = []
    for level in flag.levels:
        parts.append(level.when if level.unless is None else And((level.when, Not(level.unless))))
    return Or(tuple(parts))


def _ask(patient: Patient, flag: RedFlag, view: View) -> tuple[tuple[str, ...], bool]:
    """The fewest base facts that would exclude the flag."""
    levels = patient.program.remembered(("any level", flag.id), lambda: any_level(flag))
    found = patient.search(view).settle(levels, FALSE)
    if found is None:
        names = [leaf.condition.fact for leaf in patient.program.judge(any_level(flag), view).leaves()]  # type: ignore[union-attr]
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
            view["emergency_established"] = emergency
            view["urgent_established"] = TRUE if urgent else FALSE
            view["flag_established"] = TRUE if here else FALSE
            view["flag_bypasses_here"] = TRUE if free else FALSE
