"""Pitfalls, outcomes, prognosis, prevention and reviews that touch the case, and conflicts of sources."""

from __future__ import annotations

from collections.abc import Sequence

from spondyl.engine.batches import Asked
from spondyl.engine.patient import Patient
from spondyl.engine.results import Candidate, Said
from spondyl.knowledge.rules import Conflict, Remark, RevisionOption
from spondyl.logic import FALSE, TRUE, fact_names
from spondyl.timeline import Focus


def remarks(patient: Patient, kind: str) -> list[Said]:
    """Every remark of a kind that holds, each once: those the knowledge base puts first, then in its order."""
    listed = patient.rules.remarks.get(kind, ())
    where: dict[int, Focus] = {}
    for focus in patient.places:
        for place in _touching(patient, focus, kind, listed):
            read_here = focus.kind == "region" if listed[place].per == "region" else focus is patient.main
            if read_here and place not in where:
                where[place] = focus
    found = []
    for place in sorted(where):
        remark, focus = listed[place], where[place]
        found.append(Said(remark, focus, focus if remark.per == "region" else None))
    return sorted(found, key=lambda said: not said.remark.first)


def _touching(patient: Patient, focus: Focus, kind: str, listed: Sequence[Remark]) -> Sequence[int]:
    profile = patient.profile
    return patient.chosen(focus, kind, listed, lambda: [Asked(one.when, one.unless, False, profile) for one in listed])


def conflicts(patient: Patient) -> list[Conflict]:
    """The conflicts of sources that touch this case at any focus."""
    listed, profile = tuple(patient.rules.conflicts.values()), patient.profile
    found: set[int] = set()
    for focus in patient.regions:
        found |= set(
            patient.chosen(
                focus,
                "conflicts",
                patient.rules.conflicts,
                lambda: [Asked(one.touches, None, False, profile) for one in listed],
            )
        )
    return [listed[place] for place in sorted(found)]


def revision_options(patient: Patient, candidates: Sequence[Candidate]) -> list[tuple[Candidate, RevisionOption]]:
    """What an operation may bring, for causes that are confirmed or supported and agree with the symptoms.

    Where a generator weighs agreement of level, side and root, it has to be recorded; elsewhere it may be open.
    """
    return [
        (one, option)
        for one in candidates
        if one.standing in ("confirmed", "supported") and _agrees(patient, one)
        for option in patient.rules.revision.values()
        if option.target == one.generator.id
    ]


def _agrees(patient: Patient, one: Candidate) -> bool:
    truth = patient.plain(one.focus)["concordant_here"]
    weighed = any("concordant_here" in fact_names(argument.when) for argument in one.generator.arguments)
    return truth is TRUE if weighed else truth is not FALSE
