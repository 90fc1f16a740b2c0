"""Pitfalls, outcomes, prognosis, prevention and reviews that touch the case, and conflicts of sources."""

from __future__ import annotations

from spondyl.engine.patient import Patient
from spondyl.engine.results import Said
from spondyl.knowledge.rules import Conflict
from spondyl.logic import TRUE


def remarks(patient: Patient, kind: str) -> list[Said]:
    """Every remark of a kind that holds, each once, in the order of the knowledge base."""
    found: list[Said] = []
    for remark in patient.rules.remarks.get(kind, ()):
        places = patient.regions if remark.per == "region" else (patient.main,)
        for focus in places:
            plain, safety = patient.views(focus)
            if patient.holds(remark.when, remark.unless, plain, safety) is TRUE:
                found.append(Said(remark, focus, focus if remark.per == "region" else None))
                break
    return found


def conflicts(patient: Patient) -> list[Conflict]:
    """The conflicts of sources that touch this case at any focus."""
    return [
        conflict
        for conflict in patient.rules.conflicts.values()
        if any(patient.truth(conflict.touches, patient.plain(focus)) is TRUE for focus in patient.regions)
    ]
