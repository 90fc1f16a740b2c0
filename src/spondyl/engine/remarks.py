"""Pitfalls, outcomes, prognosis, prevention and reviews that touch the case, and conflicts of sources."""

from __future__ import annotations

from collections.abc import Sequence

from spondyl.engine.patient import Patient
from spondyl.engine.results import Candidate, Said
from spondyl.knowledge.rules import Conflict, RevisionOption
from spondyl.logic import FALSE, TRUE, fact_names


def remarks(patient: Patient, kind: str) -> list[Said]:
    """Every remark of a kind that holds, each once: those the knowledge base puts first, then in its order."""
    found: list[Said] = []
    listed = patient.rules.remarks.get(kind, ())
    views = [(focus, *patient.views(focus)) for focus in patient.regions]
    main = [(patient.main, *patient.views(patient.main))]
    for remark, pair in patient.within_reach("remarks", listed, ((one, one.when, one.unless) for one in listed)):
        for focus, plain, safety in views if remark.per == "region" else main:
            if patient.speaks(pair, plain, safety):
                found.append(Said(remark, focus, focus if remark.per == "region" else None))
                break
    return sorted(found, key=lambda said: not said.remark.first)


def conflicts(patient: Patient) -> list[Conflict]:
    """The conflicts of sources that touch this case at any focus."""
    listed = patient.rules.conflicts
    views = [patient.plain(focus) for focus in patient.regions]
    return [
        conflict
        for conflict, pair in patient.within_reach(
            "conflicts", listed, ((one, one.touches, None) for one in listed.values())
        )
        if any(patient.speaks(pair, view, view) for view in views)
    ]


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
