"""Treatments by phase: what is offered, capped by its gate and by what is established at the site."""

from __future__ import annotations

from collections.abc import Sequence

from spondyl.engine.patient import Patient
from spondyl.engine.program import Pair
from spondyl.engine.results import Judged, Offered, Triage
from spondyl.knowledge.rules import Offer, Treatment
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
_ORDER = ("start", "continue", "consider", "taper", "reduce", "stop", "not_yet", "avoid")


def treatments(patient: Patient, found: Triage, judged: Sequence[Judged]) -> list[Offered]:
    """What is offered to the patient, by phase, then by status."""
    made: list[Offered] = []
    listed = patient.rules.treatments
    offers = (((one, offer), offer.when, offer.unless) for one in listed.values() for offer in one.offers)
    open_to: dict[str, tuple[Treatment, list[tuple[Offer, Pair]]]] = {}
    for (treatment, offer), pair in patient.within_reach("offers", listed, offers):
        open_to.setdefault(treatment.id, (treatment, []))[1].append((offer, pair))
    for treatment, choices in open_to.values():
        places: tuple[Focus, ...] = patient.regions if treatment.per == "region" else (patient.main,)
        for focus in places:
            site = focus if treatment.per == "region" else None
            one = _offer(patient, treatment, choices, focus, site, found, judged)
            if one is not None:
                made.append(one)
    made = _without_repeats(made)
    made.sort(key=lambda one: (one.treatment.phase, _ORDER.index(one.status), one.treatment.id, one.focus.key))
    return made


def _offer(
    patient: Patient,
    treatment: Treatment,
    choices: Sequence[tuple[Offer, Pair]],
    focus: Focus,
    site: Focus | None,
    found: Triage,
    judged: Sequence[Judged],
) -> Offered | None:
    plain, safety = patient.views(focus)
    for offer, pair in choices:
        if patient.speaks(pair, plain, safety):
            gate = _best_gate(treatment, focus, judged)
            status, check_first, held = cap(treatment, offer, gate, _blocked(found, focus))
            return Offered(treatment, focus, site, status, offer, gate, check_first, held)
    return None


def _blocked(found: Triage, focus: Focus) -> bool:
    return found.urgency == "emergency" or any(
        one.level.urgency in ("emergency", "urgent")
        for one in found.at(focus)
        if one.site is not None or one.flag.bypass != "none"
    )


def _best_gate(treatment: Treatment, focus: Focus, judged: Sequence[Judged]) -> Judged | None:
    """The gate that decides: at this site the most open one, else the patient's."""
    if treatment.gate is None:
        return None
    mine = [one for one in judged if one.gate.id == treatment.gate]
    here = [one for one in mine if one.site is None or one.site.region == focus.region] or mine
    rank = {"open": 0, "needs_data": 1, "closed": 2}
    return min(here, key=lambda one: rank[one.result], default=None)


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
        because = next(one.because for one in closing if one not in holds)
        if taken:
            return ("taper" if treatment.taper_only else "stop"), (), because
        return "avoid", (), because
    if holds:
        if taken:  # nothing new is decided about it while something else comes first
            return ("consider" if open_checks or open_required else "continue"), asks, holds[0].because
        return "not_yet", (), holds[0].because
    if taken:
        return ("continue" if gate.result == "open" else "consider"), asks, None
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
