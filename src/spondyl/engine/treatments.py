"""Treatments by phase: what is offered, capped by its gate and by what is established at the site."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spondyl.engine.batches import Asked
from spondyl.engine.patient import Patient
from spondyl.engine.results import Judged, Offered, Triage
from spondyl.knowledge.rules import Caution, Content, Offer, Ruleset, Treatment
from spondyl.timeline import Focus

_INVASIVE = ("needle", "surgery", "device", "manual")
# What comes first is a reason to wait, not one against the treatment itself.
_HOLDS = (
    "emergency_first",
    "urgent_first",
    "prescriber_first",
    "surgeon_first",
    "image_first",
    "infection_first",
)
# "No second one is added": says nothing against the one that is taken.
_NOT_AGAINST_TAKEN = (*_HOLDS, "same_class_taken")
_RANK = {"open": 0, "needs_data": 1, "closed": 2}
_ORDER = ("start", "continue", "consider", "taper", "reduce", "stop", "not_yet", "avoid")


def treatments(patient: Patient, found: Triage, judged: Sequence[Judged]) -> list[Offered]:
    """What is offered to the patient, by phase, then by status."""
    rules, profile, main = patient.rules, patient.profile, patient.main
    listed = patient.program.prepared("offers", rules.treatments, lambda: _listed(rules))
    first: dict[int, dict[str, Offer]] = {}
    open_to: dict[int, Treatment] = {}
    for focus in patient.places:
        here = first[id(focus)] = {}
        for place in patient.chosen(focus, "offers", rules.treatments, lambda: _asked(rules, profile)):
            number, treatment, offer = listed[place]
            if treatment.id not in here:
                here[treatment.id] = offer
                open_to[number] = treatment
    made: list[Offered] = []
    by_gate: dict[str, list[Judged]] = {}
    for one in judged:
        by_gate.setdefault(one.gate.id, []).append(one)
    blocked = {id(focus): _blocked(found, focus) for focus in patient.places}
    for number in sorted(open_to):
        treatment = open_to[number]
        for focus in patient.regions if treatment.per == "region" else (main,):
            chosen = first[id(focus)].get(treatment.id)
            if chosen is not None and not (treatment.hazard == "surgery" and blocked[id(focus)]):
                # Whether to operate is then the surgeon's emergency decision: an elective list neither offers nor
                # denies it.
                gate = _best_gate(by_gate.get(treatment.gate or "", ()), focus)
                status, check_first, held = cap(treatment, chosen, gate, blocked[id(focus)])
                site = focus if treatment.per == "region" else None
                made.append(Offered(treatment, focus, site, status, chosen, gate, check_first, held))
    made = _without_repeats(made)
    made.sort(key=lambda one: (one.treatment.phase, _ORDER.index(one.status), one.treatment.id, one.focus.key))
    return made


def _listed(rules: Ruleset) -> list[tuple[int, Treatment, Offer]]:
    return [(number, one, offer) for number, one in enumerate(rules.treatments.values()) for offer in one.offers]


def _asked(rules: Ruleset, profile: str) -> list[Asked]:
    return [Asked(offer.when, offer.unless, False, profile) for _, _, offer in _listed(rules)]


class Beside(NamedTuple):
    """What is said beside treatments at one focus, by the rule it belongs to ("treatment.nsaid", "gate.nsaid")."""

    cautions: dict[str, list[Caution]]
    content: dict[str, list[Content]]


def beside(patient: Patient, focus: Focus) -> Beside:
    """The cautions of treatments and gates that hold, and what a treatment consists of here."""
    rules, profile = patient.rules, patient.profile
    listed = patient.program.prepared("beside", rules, lambda: _beside(rules))
    made = Beside({}, {})
    for place in patient.chosen(
        focus,
        "beside",
        rules,
        lambda: [_told(one, profile) for _, one in _beside(rules)],
    ):
        rule, one = listed[place]
        if isinstance(one, Caution):
            made.cautions.setdefault(rule, []).append(one)
        else:
            made.content.setdefault(rule, []).append(one)
    return made


def _told(one: Caution | Content, profile: str) -> Asked:
    if isinstance(one, Caution):
        return Asked(one.when, None, True, profile)
    return Asked(one.when, one.unless, False, profile)


def _beside(rules: Ruleset) -> list[tuple[str, Caution | Content]]:
    treatments, gates = rules.treatments.values(), rules.gates.values()
    found: list[tuple[str, Caution | Content]] = []
    found += [(f"treatment.{rule.id}", one) for rule in treatments for one in rule.cautions]
    found += [(f"treatment.{rule.id}", one) for rule in treatments for one in rule.content]
    return found + [(f"gate.{rule.id}", one) for rule in gates for one in rule.cautions]


def _blocked(found: Triage, focus: Focus) -> bool:
    return found.urgency == "emergency" or any(
        one.level.urgency in ("emergency", "urgent")
        for one in found.at(focus)
        if one.site is not None or one.flag.bypass != "none"
    )


def _best_gate(judged: Sequence[Judged], focus: Focus) -> Judged | None:
    """The gate that decides: at this site the most open one, else the patient's."""
    here = [one for one in judged if one.site is None or one.site.region == focus.region] or judged
    return min(here, key=lambda one: _RANK[one.result], default=None)


def cap(
    treatment: Treatment, offer: Offer, gate: Judged | None, blocked: bool
) -> tuple[str, tuple[str, ...], str | None]:
    """The status after the gate and after what is established, with what to check first and what holds it back."""
    status = offer.status
    taken = status in ("continue", "taper", "reduce")
    if gate is not None and offer.capped and status in ("start", "continue", "consider"):
        status, check_first, held = _capped(treatment, offer, gate, taken)
    else:
        check_first, held = (), None
    if blocked and treatment.hazard in (*_INVASIVE, "active") and status in ("start", "consider", "continue"):
        return "not_yet", check_first, "urgent_first"
    return status, check_first, held


def _capped(treatment: Treatment, offer: Offer, gate: Judged, taken: bool) -> tuple[str, tuple[str, ...], str | None]:
    closing = [one for one in gate.criteria if one.kind == "check_first" and one.result == "not_met"]
    holds = [one for one in closing if one.because in (_NOT_AGAINST_TAKEN if taken else _HOLDS)]
    open_checks = [
        one for one in gate.criteria if one.kind == "check_first" and one.result in ("not_documented", "contradicted")
    ]
    short = [one for one in gate.criteria if one.kind == "required" and one.result == "not_met"]
    open_required = [
        one for one in gate.criteria if one.kind == "required" and one.result in ("not_documented", "contradicted")
    ]
    asks = tuple(dict.fromkeys(name for one in (*open_checks, *open_required) for name in one.ask))
    if len(closing) > len(holds):
        because = next(one.because for one in closing if not any(one is held for held in holds))
        if taken:
            return ("taper" if treatment.taper_only else "stop"), (), because
        return "avoid", (), because
    if taken:  # what is open is checked while it goes on: it is no new proposal, and nothing asks why it was begun
        checks = tuple(dict.fromkeys(name for one in open_checks for name in one.ask))
        return "continue", checks, holds[0].because if holds else None
    if holds:
        return "not_yet", (), holds[0].because
    if short:
        return "not_yet", asks, short[0].id
    if open_required and treatment.hazard in _INVASIVE:
        return "not_yet", asks, open_required[0].id
    if open_required or open_checks:
        return "consider", asks, None
    return offer.status, (), None


def _without_repeats(made: list[Offered]) -> list[Offered]:
    """A regional treatment that reads the same at several foci stands once, at the first."""
    kept: list[Offered] = []
    seen: set[tuple[str, str, str]] = set()
    for one in made:
        key = (one.treatment.id, one.status, one.offer.id)
        if one.treatment.hazard in ("none", "active", "manual") and key in seen:
            continue
        seen.add(key)
        kept.append(one)
    return kept
