"""Structured cases for the safety invariants: a base patient, what is added, and the record that comes out."""

from __future__ import annotations

from functools import cache
from typing import Any

from spondyl.engine import Program
from spondyl.intake.case import read_case
from spondyl.intake.merge import merge
from spondyl.knowledge import load
from spondyl.plan import plan
from spondyl.record import Options

DAY = "2026-11-22"
PROFILES = ("guideline", "payer_cms", "payer_commercial", "nice_uk")
Facts = dict[str, Any]

FUSION: Facts = {
    "region": "lumbar", "levels": ["L4-L5", "L5-S1"], "procedure": ["fusion"], "approach": "tlif",
    "date": "2026-01-14", "instrumented": True, "status": "done",
}  # fmt: skip
LAMINECTOMY: Facts = {**FUSION, "procedure": ["laminectomy"], "approach": None, "instrumented": False}
BACK: Facts = {
    "age_years": 58, "sex": "male", "surgeries": [FUSION], "pain_regions": ["low_back"], "pain_pattern": "axial",
    "nrs_back": 6, "duration_weeks": 40,
}  # fmt: skip
LEG: Facts = {
    **BACK, "pain_pattern": "radicular", "pain_regions": ["low_back", "leg_L"], "nrs_leg": 7,
    "pains": [{"region": "leg", "side": "L", "root": "L5", "nrs": 7}],
}  # fmt: skip
NECK: Facts = {**BACK, "pain_regions": ["neck"], "nrs_back": None, "nrs_neck": 5}
SCREENED: Facts = {
    "temp_c": 36.6, "fever": False, "local_infection_at_site": False, "wound_status": ["healed"], "crp_mg_l": 2,
    "neuro_exam_normal": True, "neuro_exam_on": "2026-11-20", "reflexes": "normal", "hoffmann": False,
    "babinski": False, "clonus": False, "saddle_anesthesia": False, "urinary_retention": False,
    "new_urinary_incontinence": False, "bowel_incontinence": False, "altered_urge": False, "motor_deficit": [],
    "sensory_deficit": [], "osteoporosis": False, "suicidal_ideation": False, "implanted_devices": [],
    "anticoagulant": False, "antiplatelet": False, "worse_after_esi": False, "collection.present": False,
    "pain_change": "unchanged", "course": "stable",
}  # fmt: skip
# Every criterion of a root block is on record: the one needle that stands open, to be closed by each danger in turn.
READY: Facts = {
    **LEG, **SCREENED,
    "imaging": [{"modality": "mri", "region": "lumbar", "levels": ["L5-S1"], "side": "L", "date": "2026-10-01",
                 "findings": ["foraminal_stenosis"]}],
    "prior_treatments": [{"type": "physical_therapy", "region": "lumbar", "weeks_or_n": 14, "supervised": True}],
    "nicotine_status": "never", "optimization_agreed": True, "psychological_screen_done": True,
    "shared_decision_recorded": True,
}  # fmt: skip
OXYCODONE: Facts = {
    "drug": "oxycodone", "dose": 10, "unit": "mg", "times_per_day": 4, "status": "taking", "weeks_taken": 60,
    "relief_pct": 10, "function_better": False,
}  # fmt: skip


@cache
def program() -> Program:
    return Program(load())


def medicines(*entries: Facts) -> Facts:
    """A complete list of medicines."""
    return {"medications": {"complete": True, "entries": list(entries)}}


def taking(drug: str, dose: float = 10, times: float = 2, **more: Any) -> Facts:
    return {"drug": drug, "dose": dose, "unit": "mg", "times_per_day": times, "status": "taking", **more}


def picture(modality: str, findings: list[str], date: str = "2026-10-01", region: str = "lumbar", **more: Any) -> Facts:
    return {"modality": modality, "region": region, "date": date, "findings": findings, **more}


class Record:
    """A decision record with the questions the invariants ask of it."""

    def __init__(self, plain: dict[str, Any]) -> None:
        self.plain = plain
        self.urgency: str = plain["triage"]["urgency"]
        self.established = {one["red_flag"]: one["urgency"] for one in plain["triage"]["established"]}
        self.not_excluded = {one["red_flag"] for one in plain["triage"]["not_excluded"]}
        self.excluded = {one["red_flag"] for one in plain["triage"]["excluded"]}
        self.texts = [one["text"] for one in plain["statements"].values()]
        self.orders = {one["order"]: one for one in plain["imaging"]}
        self.referrals = {one["to"] for one in plain["referrals"]}

    def gates(self, *names: str) -> dict[tuple[str, str | None], str]:
        """Result by gate and target, the most open of all sites."""
        found: dict[tuple[str, str | None], str] = {}
        rank = ("open", "needs_data", "closed")
        for one in self.plain["gates"]:
            if not names or one["gate"] in names:
                key = (one["gate"], one["target"])
                found[key] = min(found.get(key, "closed"), one["result"], key=rank.index)
        return found

    def because(self, gate: str) -> set[str | None]:
        return {one["because"] for one in self.plain["gates"] if one["gate"] == gate}

    def criteria(self, gate: str, criterion: str) -> set[str]:
        return {
            each["result"]
            for one in self.plain["gates"] if one["gate"] == gate
            for each in one["criteria"] if each["criterion"] == criterion
        }  # fmt: skip

    def bypassed(self) -> set[str]:
        return {
            each["criterion"] for one in self.plain["gates"] for each in one["criteria"] if each["result"] == "bypassed"
        }

    def treatment(self, name: str) -> set[str]:
        """The statuses of a treatment at all sites; empty when it is not offered."""
        return {one["status"] for one in self.plain["treatments"] if one["treatment"] == name}

    def statuses(self) -> dict[str, set[str]]:
        return {one["treatment"]: self.treatment(one["treatment"]) for one in self.plain["treatments"]}

    def standing(self, generator: str, region: str | None = None) -> set[str]:
        return {
            one["standing"]
            for one in self.plain["generators"]
            if one["generator"] == generator and (region is None or (one["site"] and one["site"]["region"] == region))
        }

    def said(self, *words: str) -> bool:
        return any(all(word in text.lower() for word in words) for text in self.texts)


def record(base: Facts = BACK, profile: str = "guideline", also: Facts | None = None, **more: Any) -> Record:
    """The record of the base patient with these facts; None drops one, `also` is a second document of the day."""
    rules = program().rules
    facts = {name: value for name, value in {**base, **more}.items() if value is not None}
    cases = [
        read_case({"schema": "spondyl/case/1", "written_on": DAY, "facts": one}, name, rules, DAY)
        for name, one in (("first.yaml", facts), ("second.yaml", also))
        if one is not None
    ]
    case = cases[0] if len(cases) == 1 else merge(cases)
    return Record(plan(program(), case, Options(DAY, profile, "en-US")).record)
