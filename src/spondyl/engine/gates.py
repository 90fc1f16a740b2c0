"""Interventions and what they need: each criterion counted with its proof. Unknown never opens a gate."""

from __future__ import annotations

from collections.abc import Sequence

from spondyl.engine.criteria import SHOWN_PROFILES, in_words, judged_criteria
from spondyl.engine.patient import Patient
from spondyl.engine.results import Candidate, Judged
from spondyl.knowledge.rules import Gate, Target
from spondyl.logic import FALSE
from spondyl.timeline import Focus

_LIKELY = ("confirmed", "supported", "possible")

__all__ = ["gates", "in_words", "judge_gate"]


def gates(patient: Patient, candidates: Sequence[Candidate]) -> list[Judged]:
    """Every gate: once for the whole patient, or at each focus it applies to and at least at the main one."""
    found: list[Judged] = []
    for gate in patient.rules.gates.values():
        if gate.per == "patient":
            found.append(judge_gate(patient, gate, patient.main, None, None))
            continue
        places = [
            focus
            for focus in patient.regions
            if gate.applies is None or patient.truth(gate.applies, patient.plain(focus)) is not FALSE
        ] or [patient.main]
        for focus in places:
            targets = [
                target
                for target in gate.targets
                if any(
                    one.generator.id == target.target and one.focus.region == focus.region and one.standing in _LIKELY
                    for one in candidates
                )
            ]
            if not gate.targets or not targets:
                found.append(judge_gate(patient, gate, focus, focus, None))
            for target in targets:
                place = _place(target, focus, candidates)
                found.append(judge_gate(patient, gate, place, place, target))
    return found


def _place(target: Target, focus: Focus, candidates: Sequence[Candidate]) -> Focus:
    for one in candidates:
        if one.generator.id == target.target and one.focus.region == focus.region and one.standing in _LIKELY:
            return one.focus
    return focus


def judge_gate(patient: Patient, gate: Gate, focus: Focus, site: Focus | None, target: Target | None) -> Judged:
    """One gate at one focus for one target. `closed` and `needs_data` come with the criteria that say so."""
    criteria, elsewhere = judged_criteria(patient, gate, target, focus)
    results = [one.result for one in criteria]
    result, because = _result(results), None
    if result == "closed":
        closing = (one for one in criteria if one.result == "not_met" and one.kind == "check_first")
        because = next((one.because for one in closing), None)
    # Without a cause there is nothing to operate on, whatever else is met.
    aimless = bool(gate.targets) and target is None
    if aimless and result == "open":
        result, because = "closed", "no_correctable_cause"
    by_profile = dict.fromkeys(SHOWN_PROFILES, result)
    if any(there.count(results[index]) < len(there) for index, there in elsewhere.items()):
        for place, profile in enumerate(SHOWN_PROFILES):
            if profile != patient.profile:
                changed = results.copy()
                for index, others in elsewhere.items():
                    changed[index] = others[place]
                there = _result(changed)
                by_profile[profile] = "closed" if aimless and there == "open" else there
    return Judged(gate, focus, site, target.target if target else None, result, because, by_profile, criteria)


def _result(results: Sequence[str]) -> str:
    if "not_met" in results:
        return "closed"
    return "needs_data" if "not_documented" in results or "contradicted" in results else "open"
