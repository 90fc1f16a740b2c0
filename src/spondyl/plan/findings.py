"""The parts of the record that say what was found: who, urgency, causes, imaging."""

from __future__ import annotations

from typing import Any

from spondyl.engine import Candidate, Open, Ordered, Patient, Triage, confirming, in_words, parts
from spondyl.explain import Words, flips
from spondyl.logic import FALSE, TRUE, Interval, Members, fact_names
from spondyl.plan.statements import Statements
from spondyl.record import Options
from spondyl.timeline import Focus, View, months_from

SCOPES = (
    ("pediatric", "scope_pediatric"),
    ("in_scope", "scope_in"),
    ("pre_operative", "scope_pre_operative"),
    ("no_spine_surgery", "scope_no_spine_surgery"),
)
OUT_OF_SCOPE = ("pediatric", "pre_operative", "no_spine_surgery", "other_out_of_scope")
URGENCY = ("routine", "soon", "urgent", "emergency")
REFERRALS = frozenset(
    "emergency_department spine_surgery pain_medicine physical_therapy psychology infectious_disease "
    "vascular_surgery neurology oncology obstetrics pediatric_spine radiology device_clinic "
    "addiction_medicine anticoagulation_prescriber".split()
)
_CONTRAST = {"without_contrast": "without", "with_contrast": "with", "without_and_with_contrast": "without_and_with"}


class Findings:
    """Turns what was found into the parts of the record, statement by statement."""

    def __init__(self, patient: Patient, words: Words, options: Options) -> None:
        self.patient = patient
        self.words = words
        self.options = options
        self.statements = Statements(patient, words)
        self._criteria: dict[int, list[dict[str, Any] | None]] = {}
        self.referred: dict[str, tuple[str, list[str]]] = {}
        self._sites: dict[tuple[int, str], dict[str, Any]] = {}

    def site(self, focus: Focus, printed: str = "focus") -> dict[str, Any]:
        """The site of a focus as in the record; one object wherever it stands there."""
        found = self._sites.get((id(focus), printed))
        if found is None:
            found = self._sites[id(focus), printed] = focus.site(printed)
        return found

    def site_of(self, focus: Focus | None) -> dict[str, Any] | None:
        """The site of a focus; None for the whole patient."""
        return None if focus is None else self.site(focus)

    def scope(self, status: str, notes: list[str]) -> dict[str, Any]:
        view = self.patient.plain(self.patient.main)
        reasons = []
        fact = dict(SCOPES).get(status)
        if fact is not None:
            reasons = self.statements.fact_ids(view, fact)[1:]
        left_out = []
        if status == "pediatric":
            left_out = ["generators", "treatments", "elective_imaging", "revision_options"]
        elif status in OUT_OF_SCOPE:
            left_out = ["generators", "treatments", "revision_options"]
        return {"status": status, "reasons": reasons, "notes": notes, "left_out": left_out}

    def who(self) -> dict[str, Any]:
        """The first line of every face: age, sex, operations, pain."""
        view = self.patient.plain(self.patient.main)
        words: list[str] = []
        age, sex = view["age_years"], view["sex"]
        person = in_words(age, "") if isinstance(age, Interval) else ""
        letter = {"female": "F", "male": "M"}.get(sex, "") if isinstance(sex, str) else ""
        if person or letter:
            words.append(f"{person} {letter}".strip())
        operations = self._operations()
        return {"line": " · ".join(words + operations), "operations": operations}

    def _operations(self) -> list[str]:
        listed = self.patient.chart.lists.get("surgeries")
        shown = []
        for entry in listed.entries if listed else []:
            if entry.values["status"] in ("planned", "canceled"):
                continue
            levels, procedure, approach = entry.values["levels"], entry.values["procedure"], entry.values["approach"]
            words = [self.words.levels(levels.yes)] if isinstance(levels, Members) else []
            region = entry.values["region"]
            if not words and isinstance(region, str) and region != "unspecified":
                words.append(region)
            if isinstance(procedure, Members):
                words.append(
                    " and ".join(self.words.value("surgeries.procedure", one) for one in sorted(procedure.yes))
                )
            else:
                words.append("spine operation")
            if isinstance(approach, str):
                words.append(f"({self.words.value('surgeries.approach', approach)})")
            text = " ".join(words)
            if entry.days is not None:
                text += ", " + self._ago(entry.days.first, entry.days.last)
            shown.append(text)
        return shown

    def _ago(self, first: int, last: int) -> str:
        today = self.patient.chart.as_of
        if today - first < 92:
            return in_words(Interval(max(0, today - last), today - first), "days") + " ago"
        low, high = months_from(last, today), months_from(first, today)
        if low >= 36:
            return in_words(Interval(float(int(low / 12)), float(int(high / 12))), "years") + " ago"
        return in_words(Interval(low, high), "months") + " ago"

    # ---- triage

    def triage(self, found: Triage) -> dict[str, Any]:
        established = []
        for one in found.established:
            view = self.patient.safety(one.focus)
            site = self.site_of(one.site)
            say = self.words.fill(one.level.say or one.flag.say, view, site)
            act = self.words.fill(one.flag.act, view, site)
            facts = self.statements.facts_of(view, one.level.when, truth=TRUE)
            key = f"red_flag.{one.flag.id}" + (f"/{one.site.key}" if one.site else "")
            text = f"{say} {act}"
            if one.basis == "precaution":
                text += f" {self.words.fixed('precaution')}."
            alias = self.statements.add(
                key, text, f"red_flag.{one.flag.id}", facts, self.statements.cite(one.flag.evidence)
            )
            established.append(
                {
                    "red_flag": one.flag.id,
                    "urgency": one.level.urgency,
                    "basis": one.basis,
                    "site": site,
                    "level": one.level.id,
                    "statement": alias,
                }
            )
            for name in one.level.do or one.flag.do:
                if name in REFERRALS:
                    self._refer(name, one.level.urgency, alias, one.level.urgency)
        opened = []
        for other in found.not_excluded:
            view = self.patient.safety(other.focus)
            rule = f"red_flag.{other.flag.id}"
            text = f"{self.words.title('red_flag', other.flag.id)}: {self._still_asked(other, view)}"
            alias = self.statements.add(
                f"{rule}.not_excluded", text, rule, [], self.statements.cite(other.flag.evidence), direction="open"
            )
            opened.append(
                {
                    "red_flag": other.flag.id,
                    "urgency": other.urgency,
                    "ask": list(other.ask),
                    "minimal": other.exact,
                    "statement": alias,
                }
            )
        return {
            "urgency": found.urgency,
            "established": established,
            "not_excluded": opened,
            "excluded": [{"red_flag": flag.id} for flag in found.excluded],
            "not_screened": [{"red_flag": flag.id} for flag in found.not_screened],
        }

    def _still_asked(self, one: Open, view: View) -> str:
        """What is asked for a flag, without what the record denies: a word is the label of the fact it asks for."""
        whole = self.words.fill(one.flag.ask_say, view)
        listed = self.patient.rules.facts
        names = dict.fromkeys(name for level in one.flag.levels for name in fact_names(level.when) if name in listed)
        denied = {self.words.label(name) for name in names if view[name] is FALSE}
        parts = whole.split(", ")
        left = [part for part in parts if part not in denied]  # "both legs" asks for more than the pain of both
        return ", ".join(left or parts)

    def _refer(self, to: str, urgency: str, statement: str, level: str) -> None:
        if to == "emergency_department" and level != "emergency":
            return
        before = self.referred.get(to)
        if before is None:
            self.referred[to] = (urgency, [statement])
        else:
            higher = max(before[0], urgency, key=URGENCY.index)
            self.referred[to] = (higher, [*before[1], statement])

    # ---- generators

    def generators(self, candidates: list[Candidate]) -> list[dict[str, Any]]:
        shown = []
        for place, one in enumerate(candidates):
            view = self.patient.plain(one.focus)
            site = self.site(one.focus, one.generator.site)
            base = f"generator.{one.generator.id}"
            lists: dict[str, list[str]] = {"for": [], "against": []}
            for side, arguments in (("for", one.arguments_for), ("against", one.arguments_against)):
                for argument in arguments:
                    cited = self.statements.cite(one.generator.evidence, argument.id)
                    lists[side].append(
                        self.statements.add(
                            f"{base}.{argument.id}/{one.focus.key}",
                            self.words.fill(argument.say, view, site),
                            base,
                            self.statements.facts_of(view, argument.when, truth=TRUE),
                            cited,
                            direction=side,
                            strength=argument.strength,
                        )
                    )
            text = f"{self.words.cause(one.generator.id, one.focus.region)}, {self.words.site(site)}: "
            text += self.words.title("standing", one.standing)
            if one.generator.explain:
                text += f". {self.words.fill(one.generator.explain, view, site)}"
            alias = self.statements.add(
                f"{base}/{one.focus.key}", text, base, [], self.statements.cite(one.generator.evidence)
            )
            changes = flips(self.patient, one) if place < 6 else []
            shown.append(
                {
                    "generator": one.generator.id,
                    "site": site,
                    "standing": one.standing,
                    "rank": one.rank,
                    "for": lists["for"],
                    "against": lists["against"],
                    "confirm_by": list(dict.fromkeys(confirming(self.patient, one))),
                    "would_change": [
                        {
                            "fact": flip.fact,
                            "value": self.words.needed(flip.fact, flip.leaf, flip.truth),
                            "standing": flip.standing,
                        }
                        for flip in changes
                    ],
                    "statement": alias,
                }
            )
        return shown

    # ---- imaging, treatments, gates

    def imaging(self, orders: list[Ordered]) -> list[dict[str, Any]]:
        shown = []
        now = {one.order for one in orders if one.status == "recommended" and one.emergency}
        for one in orders:
            view = self.patient.plain(one.focus)
            modality, region, contrast = parts(one.order)
            say = self.words.fill(one.say, view, self.site(one.focus))
            second = one.status == "recommended" and one.step == "second" and not one.emergency
            status = self.words.title("imaging_status", "later" if second else one.status)
            text = f"{self.words.title('order', one.order)}: {status}."
            if one.status == "recommended" and modality == "mri" and region in ("cervical", "thoracic", "lumbar"):
                if f"mri_whole_spine_{contrast}" in now:
                    say = self.words.fixed("part_of_whole_spine")
            facts = self.statements.facts_of(view, *one.because)
            alias = self.statements.add(
                f"imaging.{one.order}",
                f"{text} {say}".strip(),
                one.rule,
                facts,
                self.statements.cite(one.evidence),  # type: ignore[arg-type]
                direction="for" if one.status == "recommended" else "against",
            )
            shown.append(
                {
                    "order": one.order,
                    "modality": modality,
                    "region": region,
                    "contrast": None if contrast is None else _CONTRAST[contrast],
                    "rating": one.rating,
                    "status": one.status,
                    "urgency": "emergency" if one.emergency else "routine",
                    "step": one.step,
                    "check_first": list(one.check_first),
                    "rules": list(dict.fromkeys((one.rule, *one.also))),
                    "statement": alias,
                }
            )
            if one.status != "not_recommended" or one.rating == "contraindicated":
                for name in one.refer:
                    self._refer(name, "emergency" if one.emergency else "routine", alias, "emergency")
        return shown
