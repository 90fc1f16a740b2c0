"""What to image: presentations and red flags ask for orders; what the patient carries decides how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from spondyl.engine.batches import Asked
from spondyl.engine.patient import Patient
from spondyl.engine.results import Candidate, Ordered, Triage
from spondyl.knowledge.rules import Imaging
from spondyl.logic import TRUE
from spondyl.timeline import Focus, View, condition_of

MODALITIES = (
    "flexion_extension_radiograph",
    "standing_radiograph",
    "ct_myelogram",
    "ct_angiogram",
    "radiograph",
    "spect_ct",
    "bone_scan",
    "ultrasound",
    "emg_ncs",
    "mri",
    "ct",
)
CONTRASTS = ("without_and_with_contrast", "without_contrast", "with_contrast")
_RATED = ("usually_appropriate", "may_be_appropriate", "usually_not_appropriate", "contraindicated")
_STEPS = ("first", "bridge", "second")


@lru_cache(maxsize=1024)
def parts(order: str) -> tuple[str, str, str | None]:
    """Modality, region and contrast of an order id. Raises ValueError for what is no order."""
    modality = next((one for one in MODALITIES if order.startswith(one + "_")), None)
    if modality is None:
        raise ValueError("no imaging order")
    rest = order[len(modality) + 1 :]
    contrast = next((one for one in CONTRASTS if rest.endswith(one)), None)
    region = rest[: -len(contrast) - 1] if contrast else rest
    return modality, region, contrast


@lru_cache(maxsize=1024)
def is_order(name: str) -> bool:
    """Whether an id is an imaging order."""
    return any(name.startswith(modality + "_") for modality in MODALITIES)


def imaging(patient: Patient, found: Triage) -> list[Ordered]:
    """All orders of a case, each once, those to do first at the top."""
    asked: dict[str, Ordered] = {}
    for one in found.established:
        for wanted in one.level.do or one.flag.do:
            if is_order(wanted.format(region="lumbar")):
                order = _at(patient, wanted, one.focus)
                urgent = one.level.urgency in ("emergency", "urgent")
                conditions = (one.level.when,)
                _add(
                    asked,
                    Ordered(
                        order,
                        "usually_appropriate",
                        "recommended",
                        one.focus,
                        urgent,
                        "",
                        f"red_flag.{one.flag.id}",
                        "first",
                        (),
                        conditions,
                        one.flag.evidence,
                    ),
                )
    held: dict[str, Ordered] = {}
    listed, profile = tuple(patient.rules.imaging.values()), patient.profile
    speaking: dict[int, list[Focus]] = {}
    for focus in patient.regions:
        for place in patient.chosen(focus, "imaging", patient.rules.imaging, lambda: _asked(listed, profile)):
            if listed[place].per == "region" or focus is patient.regions[0]:
                speaking.setdefault(place, []).append(focus)
    for place in sorted(speaking):
        rule = listed[place]
        for focus in speaking[place]:
            for wish in rule.orders:
                order = _at(patient, wish.order, focus)
                status = "recommended" if wish.rating in _RATED[:2] else "not_recommended"
                made = Ordered(
                    order,
                    wish.rating,
                    status,
                    focus,
                    wish.emergency,
                    wish.say,
                    f"imaging.{rule.id}",
                    wish.step,
                    (),
                    (rule.when,),
                    rule.evidence,
                )
                _add(asked if status == "recommended" else held, made)
            for wanted, say in rule.not_recommended:
                order = _at(patient, wanted, focus)
                made = Ordered(
                    order,
                    "usually_not_appropriate",
                    "not_recommended",
                    focus,
                    False,
                    say,
                    f"imaging.{rule.id}",
                    "first",
                    (),
                    (rule.when,),
                    rule.evidence,
                )
                _add(held, made)
    for order, refused in held.items():
        asked.setdefault(order, refused)
    waiting = list(asked.values())
    for made in waiting:  # what stands in for an order is looked at in its turn
        if made.status == "recommended":
            waiting += _gate(patient, made, asked)
    return sorted(asked.values(), key=_order)


def each_once(orders: Sequence[Ordered]) -> list[Ordered]:
    """An MRI without contrast is part of the one without and with it, and is listed only where it is wanted sooner."""
    asked = {one.order: one for one in orders}
    kept = []
    for made in orders:
        order = made.order
        whole = asked.get(order.replace("_without_contrast", "_without_and_with_contrast")) if "mri_" in order else None
        if whole is not None and whole is not made and made.status == whole.status == "recommended":
            sooner = (made.emergency and not whole.emergency) or _STEPS.index(made.step) < _STEPS.index(whole.step)
            if not sooner:
                whole.also = (*whole.also, made.rule, *made.also)
                continue
        kept.append(made)
    return kept


def _asked(listed: Sequence[Imaging], profile: str) -> list[Asked]:
    return [Asked(one.when, one.unless, False, profile) for one in listed]


def _at(patient: Patient, order: str, focus: Focus) -> str:
    region = patient.rules.tables["regions"]["regions"][focus.region]["order_region"]
    return order.replace("{region}", region)


def confirming(patient: Patient, candidate: Candidate) -> list[str]:
    """The studies that would settle a generator, in the region of its focus and the limb it serves."""
    limbs = patient.rules.tables["regions"]["regions"][candidate.focus.region]["order_limbs"]
    return [
        _at(patient, order, candidate.focus)
        for order in candidate.generator.confirm_by
        if not order.startswith("emg_ncs_") or order.removeprefix("emg_ncs_") in limbs
    ]


def _add(asked: dict[str, Ordered], made: Ordered) -> None:
    before = asked.get(made.order)
    if before is None:
        asked[made.order] = made
        return
    first, second = (made, before) if _weight(made) < _weight(before) else (before, made)
    if first.emergency == second.emergency:  # an emergency order takes no elective words
        first.say = first.say or second.say
    first.emergency = before.emergency or made.emergency
    first.also = (*first.also, second.rule, *second.also)
    asked[made.order] = first


def _weight(one: Ordered) -> tuple[int, int, int]:
    return (0 if one.emergency else 1, _RATED.index(one.rating), _STEPS.index(one.step))


def _order(one: Ordered) -> tuple[int, int, int, int, str]:
    status = {"recommended": 0, "on_hold": 1, "not_recommended": 2}[one.status]
    return status, 0 if one.emergency else 1, _STEPS.index(one.step), _RATED.index(one.rating), one.order


def _gate(patient: Patient, made: Ordered, asked: dict[str, Ordered]) -> list[Ordered]:
    """Apply what is recorded about devices, contrast and pregnancy to one order; what was added in its place."""
    modality, _, contrast = parts(made.order)
    view = patient.safety(made.focus)
    added: list[Ordered] = []
    for group in ("mri", "contrast", "radiation"):
        for entry in patient.rules.tables["device_gate"].get(group, ()):
            if modality not in entry["modality"] or not _fits(entry, made, contrast):
                continue
            if not _holds(patient, entry, view):
                continue
            added += _apply(patient, made, entry, asked)
            break
    return added


def _fits(entry: Mapping[str, Any], made: Ordered, contrast: str | None) -> bool:
    if "contrast" in entry and contrast not in entry["contrast"]:
        return False
    return "emergency" not in entry or bool(entry["emergency"]) is made.emergency


def _holds(patient: Patient, entry: Mapping[str, Any], view: View) -> bool:
    if "when" in entry and patient.truth(_cached(patient, entry, "when"), view) is not TRUE:
        return False
    return not ("unless" in entry and patient.truth(_cached(patient, entry, "unless"), view) is TRUE)


_CONDITIONS: dict[tuple[int, str], Any] = {}


def _cached(patient: Patient, entry: Mapping[str, Any], part: str) -> Any:
    key = (id(entry), part)
    if key not in _CONDITIONS:
        _CONDITIONS[key] = (entry, condition_of(entry[part]))
    return _CONDITIONS[key][1]


def _apply(patient: Patient, made: Ordered, entry: Mapping[str, Any], asked: dict[str, Ordered]) -> list[Ordered]:
    if entry["status"] != "recommended":
        made.status = entry["status"]
    made.rating = entry.get("rating", made.rating)
    made.check_first = tuple(dict.fromkeys((*made.check_first, *entry.get("check_first", ()))))
    made.refer = (*made.refer, *entry.get("refer", ()))
    if entry.get("say") and entry["id"] not in ("none_recorded", "not_documented"):
        made.say = f"{made.say} {entry['say']}".strip()
    made.also = (*made.also, f"imaging._device_gate.{entry['id']}")
    new: list[Ordered] = []
    for extra in entry.get("add_orders", ()):
        order = _region_of(extra["order"], made.order)
        emergency = bool(extra.get("emergency", made.emergency))
        before = asked.get(order)
        if before is not None and before.status == "recommended":
            before.emergency = before.emergency or emergency
            continue
        asked[order] = Ordered(
            order,
            extra["rating"],
            "recommended",
            made.focus,
            emergency,
            extra.get("say", ""),
            f"imaging._device_gate.{entry['id']}",
            "first",
            (),
            made.because,
            made.evidence,
        )
        new.append(asked[order])
    return new


def _region_of(template: str, order: str) -> str:
    _, region, _ = parts(order)
    if region == "whole_spine" and template.startswith("ct_myelogram"):
        return template.replace("{region}", "whole_spine")
    return template.replace("{region}", region)


__all__ = ["confirming", "each_once", "imaging", "is_order", "parts"]
