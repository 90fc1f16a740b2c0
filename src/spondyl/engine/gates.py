"""Interventions and what they need: each criterion counted with its proof. Unknown never opens a gate."""

from __future__ import annotations

from collections.abc import Sequence

from spondyl.engine.batches import ALWAYS, Asked
from spondyl.engine.criteria import desk, in_words
from spondyl.engine.patient import Patient
from spondyl.engine.results import Candidate, Judged
from spondyl.engine.sheets import SHOWN_PROFILES
from spondyl.knowledge.rules import Gate, Target
from spondyl.logic import Not
from spondyl.timeline import Focus

_LIKELY = ("confirmed", "supported", "possible")
# Where every profile comes to the same result; read, never changed.
_SAME = {result: dict.fromkeys(SHOWN_PROFILES, result) for result in ("open", "needs_data", "closed")}

__all__ = ["gates", "in_words", "judge_gate"]


def gates(patient: Patient, candidates: Sequence[Candidate]) -> list[Judged]:
    """Every gate: once for the whole patient, or at each focus it applies to and at least at the main one."""
    listed, regions = patient.rules.gates, patient.regions
    # By focus, the gates that are known not to apply there.
    apart = [set(patient.chosen(focus, "gates apart", listed, lambda: _asked(patient))) for focus in regions]
    likely: dict[tuple[str, str], Focus] = {}
    for one in candidates:
        if one.standing in _LIKELY:
            likely.setdefault((one.generator.id, one.focus.region), one.focus)
    found: list[Judged] = []
    for number, gate in enumerate(listed.values()):
        if gate.per == "patient":
            found.append(judge_gate(patient, gate, patient.main, None, None))
            continue
        places = [focus for focus, away in zip(regions, apart, strict=True) if number not in away] or [patient.main]
        for focus in places:
            targets = [one for one in gate.targets if (one.target, focus.region) in likely]
            if not targets:
                found.append(judge_gate(patient, gate, focus, focus, None))
            for target in targets:
                place = likely[target.target, focus.region]
                found.append(judge_gate(patient, gate, place, place, target))
    return found


def _asked(patient: Patient) -> list[Asked]:
    gates, profile = patient.rules.gates.values(), patient.profile
    return [Asked(Not(one.applies or ALWAYS), None, False, profile) for one in gates]


def judge_gate(patient: Patient, gate: Gate, focus: Focus, site: Focus | None, target: Target | None) -> Judged:
    """One gate at one focus for one target. `closed` and `needs_data` come with the criteria that say so."""
    at = desk(patient, focus)
    sheet = at.sheets.sheet(gate, target)
    criteria, results = sheet.pick(at.criteria), sheet.pick(at.results)
    result, because = _result(results), None
    if result == "closed":
        closing = (one for one in criteria if one.result == "not_met" and one.kind == "check_first")
        because = next((one.because for one in closing), None)
    # Without a cause there is nothing to operate on, whatever else is met.
    aimless = bool(gate.targets) and target is None
    if aimless and result == "open":
        result, because = "closed", "no_correctable_cause"
    by_profile = _SAME[result]
    if at.differing and not at.differing.isdisjoint(sheet.varying.values()):
        by_profile = by_profile.copy()
        for number, profile in enumerate(SHOWN_PROFILES):
            if profile != patient.profile:
                changed = list(results)
                for index, place in sheet.varying.items():
                    changed[index] = at.criteria[place].by_profile[number]
                there = _result(changed)
                by_profile[profile] = "closed" if aimless and there == "open" else there
    return Judged(gate, focus, site, target.target if target else None, result, because, by_profile, criteria, sheet)


def _result(results: Sequence[str]) -> str:
    if "not_met" in results:
        return "closed"
    return "needs_data" if "not_documented" in results or "contradicted" in results else "open"
