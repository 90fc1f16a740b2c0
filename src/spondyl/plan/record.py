"""The whole decision record of one case, assembled from what the engine concludes. Pure: no clock, no files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from spondyl import __version__
from spondyl.engine import (
    Candidate,
    Judged,
    Offered,
    Ordered,
    Patient,
    Program,
    Triage,
    confirming,
    gates,
    generators,
    imaging,
    in_words,
    is_order,
    remarks,
    revision_options,
    set_triage_facts,
    treatments,
    triage,
)
from spondyl.engine import conflicts as touching
from spondyl.explain import Words, flips, site_of
from spondyl.logic import TRUE, Interval
from spondyl.plan import questions as asking
from spondyl.plan.statements import Statements, cite
from spondyl.record import Case, Options
from spondyl.timeline import Focus, chart, later, morphine_equivalent

SCHEMA = "spondyl/record/1"
SCOPES = (
    ("pediatric", "scope_pediatric"),
    ("in_scope", "scope_in"),
    ("pre_operative", "scope_pre_operative"),
    ("no_spine_surgery", "scope_no_spine_surgery"),
)
OUT_OF_SCOPE = ("pediatric", "pre_operative", "no_spine_surgery", "other_out_of_scope")
REFERRALS = {
    "emergency_department", "spine_surgery", "pain_medicine", "physical_therapy", "psychology", "infectious_disease",
    "vascular_surgery", "neurology", "oncology", "obstetrics", "pediatric_spine", "radiology", "device_clinic",
    "addiction_medicine", "anticoagulation_prescriber",
}  # fmt: skip
_URGENCY = ("routine", "soon", "urgent", "emergency")


@dataclass(slots=True)
class Plan:
    """A record with what it was made from, so that it can be explained."""

    record: dict[str, Any]
    patient: Patient
    words: Words
    triage: Triage
    candidates: list[Candidate]
    orders: list[Ordered]
    gates: list[Judged]
    offered: list[Offered]


def plan(program: Program, case: Case, options: Options) -> Plan:
    """Judge one case and put the whole record together.

    The same case, options and knowledge give the same record, in the same order of keys.
    """
    as_of = date.fromisoformat(options.as_of).toordinal()
    charted = chart(case.facts, as_of, case.written_on, program.rules)
    return plan_patient(Patient(program, charted, profile=options.profile), options, case)


def plan_patient(patient: Patient, options: Options, case: Case | None = None) -> Plan:
    """The plan of a patient that is already charted."""
    words = Words(patient.rules, options.locale)
    found = triage(patient)
    set_triage_facts(patient, found)
    scope, notes = _scope(patient)
    inside = scope not in OUT_OF_SCOPE
    candidates = generators(patient) if inside else []
    orders = imaging(patient, found) if scope != "pediatric" else _flag_orders(patient, found)
    judged = gates(patient, candidates)
    offered = treatments(patient, found, judged) if inside else []
    maker = _Maker(patient, words, options)
    record: dict[str, Any] = {
        "schema": SCHEMA,
        "as_of": options.as_of,
        "profile": options.profile,
        "locale": options.locale,
        "knowledge": {"version": patient.rules.version, "sha256": patient.rules.sha256},
        "software": {"version": __version__},
        "site": dict(patient.rules.site) if patient.rules.site else None,
        "scope": maker.scope(scope, notes),
        "who": maker.who(),
        "triage": maker.triage(found),
        "generators": maker.generators(candidates),
        "imaging": maker.imaging(orders),
        "treatments": maker.treatments(offered),
        "gates": maker.gates(judged),
        "revision_options": maker.revision(candidates) if inside else [],
        "referrals": maker.referrals(found, orders, scope),
        "pitfalls": maker.remarks("pitfalls"),
        "outcomes": maker.remarks("outcomes") if inside else [],
        "prognosis": maker.prognosis() if inside else {"better": [], "worse": []},
        "prevention": maker.remarks("prevention") if inside else [],
        "reassessment": maker.reassessment(options.as_of),
        "questions": [
            asking.as_json(one, words)
            for one in asking.questions(patient, scope, found, candidates, orders, judged, offered)
        ],
        "medications": {"mme_per_day": maker.mme()},
        "contradictions": maker.contradictions(),
        "conflicts": maker.conflicts(),
        "safety_net": words.safety_net([focus.region for focus in patient.regions]),
    }
    record["facts"] = maker.facts()
    record["statements"] = maker.statements.made
    return Plan(record, patient, words, found, candidates, orders, judged, offered)


def _scope(patient: Patient) -> tuple[str, list[str]]:
    view = patient.plain(patient.main)
    status = next((name for name, fact in SCOPES if view[fact] is TRUE), "unclear")
    notes = []
    if view["scope_early_postoperative"] is TRUE:
        notes.append("early_postoperative")
    if patient.chart.undated:
        notes.append("undated_input")
    return status, notes


def _flag_orders(patient: Patient, found: Triage) -> list[Ordered]:
    wanted = {f"red_flag.{one.flag.id}" for one in found.established}
    return [one for one in imaging(patient, found) if one.rule in wanted]


class _Maker:
    """Turns conclusions into the parts of the record, statement by statement."""

    def __init__(self, patient: Patient, words: Words, options: Options) -> None:
        self.patient = patient
        self.words = words
        self.options = options
        self.statements = Statements(patient, words)
        self.referred: dict[str, tuple[str, list[str]]] = {}

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
        words += self._operations()
        return {"line": " · ".join(words), "operations": self._operations()}

    def _operations(self) -> list[str]:
        listed = self.patient.chart.lists.get("surgeries")
        shown = []
        for entry in listed.entries if listed else []:
            if entry.values["status"] in ("planned", "canceled"):
                continue
            levels, procedure, approach = entry.values["levels"], entry.values["procedure"], entry.values["approach"]
            words = [self.words.levels(levels.yes)] if hasattr(levels, "yes") else []
            region = entry.values["region"]
            if not words and isinstance(region, str) and region != "unspecified":
                words.append(region)
            if hasattr(procedure, "yes"):
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
        from spondyl.timeline import months_from

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
            site = site_of(one.site)
            say = self.words.fill(one.level.say or one.flag.say, view, site)
            act = self.words.fill(one.flag.act, view, site)
            facts = self.statements.facts_of(view, one.level.when)
            key = f"red_flag.{one.flag.id}" + (f"/{one.site.key}" if one.site else "")
            text = f"{say} {act}"
            if one.basis == "precaution":
                text += f" {self.words.fixed('precaution')}."
            alias = self.statements.add(key, text, f"red_flag.{one.flag.id}", facts, cite(one.flag.evidence))
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
            for name in one.flag.do:
                if name in REFERRALS:
                    self._refer(name, one.level.urgency, alias, one.level.urgency)
        opened = []
        for other in found.not_excluded:
            view = self.patient.safety(other.focus)
            text = f"{self.words.title('red_flag', other.flag.id)}: {self.words.fill(other.flag.ask_say, view)}"
            key = f"red_flag.{other.flag.id}.not_excluded"
            alias = self.statements.add(
                key, text, f"red_flag.{other.flag.id}", (), cite(other.flag.evidence), direction="open"
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

    def _refer(self, to: str, urgency: str, statement: str, level: str) -> None:
        if to == "emergency_department" and level != "emergency":
            return
        before = self.referred.get(to)
        if before is None:
            self.referred[to] = (urgency, [statement])
        else:
            higher = max(before[0], urgency, key=_URGENCY.index)
            self.referred[to] = (higher, [*before[1], statement])

    # ---- generators

    def generators(self, candidates: list[Candidate]) -> list[dict[str, Any]]:
        shown = []
        for place, one in enumerate(candidates):
            view = self.patient.plain(one.focus)
            site = one.focus.site(one.generator.site)
            base = f"generator.{one.generator.id}"
            lists: dict[str, list[str]] = {"for": [], "against": []}
            for side, arguments in (("for", one.arguments_for), ("against", one.arguments_against)):
                for argument in arguments:
                    cited = cite(one.generator.evidence, argument.id)
                    lists[side].append(
                        self.statements.add(
                            f"{base}.{argument.id}/{one.focus.key}",
                            self.words.fill(argument.say, view, site),
                            base,
                            self.statements.facts_of(view, argument.when),
                            cited,
                            direction=side,
                            strength=argument.strength,
                        )
                    )
            text = f"{self.words.title('generator', one.generator.id)}, {self.words.site(site)}: "
            text += self.words.title("standing", one.standing)
            if one.generator.explain:
                text += f". {self.words.fill(one.generator.explain, view, site)}"
            alias = self.statements.add(f"{base}/{one.focus.key}", text, base, (), cite(one.generator.evidence))
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
                            "value": self.words.wanted(flip.leaf, flip.truth),
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
        from spondyl.engine import parts

        shown = []
        for one in orders:
            view = self.patient.plain(one.focus)
            modality, region, contrast = parts(one.order)
            say = self.words.fill(one.say, view, one.focus.site())
            text = f"{self.words.title('order', one.order)}: {self.words.title('imaging_status', one.status)}."
            facts = self.statements.facts_of(view, *one.because)
            alias = self.statements.add(
                f"imaging.{one.order}",
                f"{text} {say}".strip(),
                one.rule,
                facts,
                cite(one.evidence),  # type: ignore[arg-type]
                direction="for" if one.status == "recommended" else "against",
            )
            shown.append(
                {
                    "order": one.order,
                    "modality": modality,
                    "region": region,
                    "contrast": {"without_contrast": "without", "with_contrast": "with"}.get(contrast, contrast)
                    if contrast != "without_and_with_contrast"
                    else "without_and_with",
                    "rating": one.rating,
                    "status": one.status,
                    "urgency": "emergency" if one.emergency else "routine",
                    "step": one.step,
                    "check_first": [name for name in one.check_first if asking._open(self.patient, name)]
                    if one.status == "recommended"
                    else list(one.check_first),
                    "rules": list(dict.fromkeys((one.rule, *one.also))),
                    "statement": alias,
                }
            )
            if one.status != "not_recommended" or one.rating == "contraindicated":
                for name in one.refer:
                    self._refer(name, "emergency" if one.emergency else "routine", alias, "emergency")
        return shown

    def treatments(self, offered: list[Offered]) -> list[dict[str, Any]]:
        shown = []
        for one in offered:
            plain, safety = self.patient.views(one.focus)
            site = site_of(one.site)
            key = f"treatment.{one.treatment.id}" + (f"/{one.focus.key}" if one.site else "")
            text = f"{self.words.title('treatment', one.treatment.id)}: "
            text += self.words.title("treatment_status", one.status) + ". "
            if one.status == one.offer.status:
                text += self.words.fill(one.offer.say, plain, site)
            elif one.held:
                text += self._held(one)
            for content in one.treatment.content:
                if self.patient.truth(content.when, plain) is TRUE and one.status in ("start", "continue", "consider"):
                    text += " " + self.words.fill(content.say, plain, site)
            facts = self.statements.facts_of(plain, one.offer.when)
            alias = self.statements.add(
                key, text.strip(), f"treatment.{one.treatment.id}", facts, cite(one.treatment.evidence)
            )
            cautions = []
            gate = one.gate
            pairs = [(one.treatment.cautions, f"treatment.{one.treatment.id}", one.treatment.evidence)]
            if gate is not None:
                pairs.append((gate.gate.cautions, f"gate.{gate.gate.id}", gate.gate.evidence))
            for listed, rule, evidence in pairs:
                for caution in listed:
                    if self.patient.truth(caution.when, safety) is TRUE:
                        cautions.append(
                            self.statements.add(
                                f"{rule}.caution.{caution.id}" + (f"/{one.focus.key}" if one.site else ""),
                                self.words.fill(caution.say, safety, site),
                                rule,
                                self.statements.facts_of(safety, caution.when),
                                cite(evidence, caution.id, "caution", f"caution.{caution.id}"),
                                direction="against",
                            )
                        )
            shown.append(
                {
                    "treatment": one.treatment.id,
                    "site": site,
                    "phase": one.treatment.phase,
                    "status": one.status,
                    "gate": one.treatment.gate,
                    "check_first": [name for name in one.check_first if asking._open(self.patient, name)],
                    "held_by": one.held,
                    "cautions": cautions,
                    "statement": alias,
                }
            )
        return shown

    def _held(self, one: Offered) -> str:
        if one.gate is not None:
            for criterion in one.gate.criteria:
                if criterion.because == one.held or criterion.id == one.held:
                    text = criterion.label
                    if criterion.have and criterion.need:
                        text += f" ({self.words.fixed('have_need', have=criterion.have, need=criterion.need)})"
                    if criterion.result in ("not_documented", "contradicted"):
                        text += f": {self.words.title('criterion_result', criterion.result)}"
                    return f"{text}."
        return self.words.fixed("emergency_first")

    def gates(self, judged: list[Judged]) -> list[dict[str, Any]]:
        shown = []
        for one in judged:
            plain, safety = self.patient.views(one.focus)
            site = None if one.site is None else one.site.site("operated" if one.target else "focus")
            place = f"/{one.focus.key}" if one.site else ""
            key = f"gate.{one.gate.id}{place}" + (f"@{one.target}" if one.target else "")
            text = f"{self.words.title('gate', one.gate.id)}"
            if one.target:
                text += f" for {self.words.title('generator', one.target)}"
            text += f": {self.words.title('gate_result', one.result)}"
            short = next((c for c in one.criteria if c.result == "not_met"), None)
            short = short or next((c for c in one.criteria if c.result in ("not_documented", "contradicted")), None)
            if one.because:
                text += f" ({self.words.title('because', one.because)})"
            elif short is not None:
                text += f": {short.label}, {self.words.title('criterion_result', short.result)}"
            alias = self.statements.add(
                key, text, f"gate.{one.gate.id}", (), cite(one.gate.evidence),
                direction="for" if one.result == "open" else "against",
            )  # fmt: skip
            criteria = []
            for criterion in one.criteria:
                view = safety if criterion.kind == "check_first" else plain
                proof = [] if criterion.result == "not_documented" else self._proof(view, criterion.condition)
                criteria.append(
                    {
                        "criterion": criterion.id,
                        "label": self.words.spell(criterion.label),
                        "kind": criterion.kind,
                        "result": criterion.result,
                        "have": criterion.have,
                        "need": criterion.need,
                        "elsewhere": [
                            {"profile": profile, "need": need, "result": result}
                            for profile, need, result in criterion.elsewhere
                        ],
                        "proof": proof,
                        "ask": list(criterion.ask),
                    }
                )
            shown.append(
                {
                    "gate": one.gate.id,
                    "site": site,
                    "target": one.target,
                    "result": one.result,
                    "because": one.because,
                    "by_profile": one.by_profile,
                    "criteria": criteria,
                    "statement": alias,
                }
            )
        return shown

    def _proof(self, view: Any, condition: Any) -> list[str]:
        return [one for one in self.statements.facts_of(view, condition)]

    # ---- the rest

    def revision(self, candidates: list[Candidate]) -> list[dict[str, Any]]:
        shown = []
        for one, option in revision_options(self.patient, candidates):
            lists: dict[str, list[str]] = {}
            for side, items in (("benefits", option.benefits), ("risks", option.risks)):
                lists[side] = [
                    self.statements.add(
                        f"revision.{option.id}.{side}.{name}",
                        self.words.spell(say),
                        f"revision.{option.id}",
                        (),
                        [(source, "supports")] if source else (),
                        direction="for" if side == "benefits" else "against",
                    )
                    for name, say, source in items
                ]
            shown.append(
                {"option": option.option, "for": one.generator.id, "site": one.focus.site("operated"),
                 "alternative": option.alternative, **lists}
            )  # fmt: skip
        return shown

    def referrals(self, found: Triage, orders: list[Ordered], scope: str) -> list[dict[str, Any]]:
        for said in remarks(self.patient, "referrals"):
            view = self.patient.plain(said.focus)
            alias = self.statements.add(
                f"referral.{said.remark.id}",
                self.words.fill(said.remark.say, view, site_of(said.site)),
                f"referral.{said.remark.id}",
                self.statements.facts_of(view, said.remark.when),
                cite(said.remark.evidence),
            )
            self._refer(str(said.remark.to), str(said.remark.urgency), alias, "emergency")
        shown = [
            {"to": to, "urgency": urgency, "statement": statements[0], "statements": statements}
            for to, (urgency, statements) in self.referred.items()
        ]
        shown.sort(key=lambda one: (-_URGENCY.index(str(one["urgency"])), str(one["to"])))
        return shown

    def remarks(self, kind: str) -> list[str]:
        return [self._remark(kind, said) for said in remarks(self.patient, kind)]

    def _remark(self, kind: str, said: Any) -> str:
        plain, _ = self.patient.views(said.focus)
        singular = {"pitfalls": "pitfall", "outcomes": "outcome"}.get(kind, kind)
        place = f"/{said.focus.key}" if said.site is not None else ""
        return self.statements.add(
            f"{singular}.{said.remark.id}{place}",
            self.words.fill(said.remark.say, plain, site_of(said.site)),
            f"{singular}.{said.remark.id}",
            self.statements.facts_of(plain, said.remark.when),
            cite(said.remark.evidence),
        )

    def prognosis(self) -> dict[str, list[str]]:
        shown: dict[str, list[str]] = {"better": [], "worse": []}
        for said in remarks(self.patient, "prognosis"):
            direction = "worse" if said.remark.direction == "worse" else "better"
            shown[direction].append(self._remark("prognosis", said))
        return shown

    def reassessment(self, as_of: str) -> list[dict[str, Any]]:
        shown = []
        for said in remarks(self.patient, "follow_up"):
            start = as_of
            if said.remark.from_fact:
                days = self.patient.chart.dates.get(said.remark.from_fact)
                if days is not None:
                    start = date.fromordinal(days.last).isoformat()
            on = later(start, said.remark.days or 0)
            alias = self._remark("follow_up", said)
            what = [self.words.spell(word) for word in said.remark.what]
            shown.append({"on": max(on, as_of), "what": what, "statement": alias})
        shown.sort(key=lambda one: (str(one["on"]), str(one["statement"])))
        return shown

    def mme(self) -> dict[str, Any] | None:
        view = self.patient.plain(self.patient.main)
        total = view["mme_per_day"]
        if not isinstance(total, Interval):
            return None
        taken = [
            entry.values
            for entry in view.entries("medications")
            if hasattr(entry.values["class"], "yes")
            and "opioid" in entry.values["class"].yes  # type: ignore[union-attr]
            and entry.values["status"] not in ("stopped", "planned", "requested")
        ]
        counted = morphine_equivalent(taken, self.patient.rules.tables["drugs"])
        return {
            "low": _tidy(counted.low),
            "high": None if counted.high is None else _tidy(counted.high),
            "known": _tidy(counted.low),
            "counted": list(counted.counted),
            "not_counted": list(counted.not_counted),
        }

    def contradictions(self) -> list[dict[str, Any]]:
        return [
            {
                "fact": one.fact,
                "values": [{"value": value, "source": source} for value, source in one.values],
                "used": {"safety": one.safety, "elsewhere": one.elsewhere},
            }
            for one in self.patient.chart.contradictions
        ]

    def conflicts(self) -> list[dict[str, Any]]:
        shown = []
        for conflict in touching(self.patient):
            aliases = {}
            for position in conflict.positions:
                evidence = [(source, "supports") for source in position.sources]
                aliases[position.id] = self.statements.add(
                    f"conflict.{conflict.id}.{position.id}",
                    self.words.spell(position.say),
                    f"conflict.{conflict.id}",
                    (),
                    evidence,
                )
            chosen = conflict.by_profile.get(self.options.profile, conflict.applied)
            applied = aliases.get(chosen)
            if applied is None:
                applied = self.statements.add(
                    f"conflict.{conflict.id}.applied", self.words.spell(chosen), f"conflict.{conflict.id}", ()
                )
            shown.append(
                {
                    "conflict": conflict.id,
                    "topic": self.words.spell(conflict.topic),
                    "positions": list(aliases.values()),
                    "applied": applied,
                    "why": self.words.spell(conflict.why),
                }
            )
        return shown

    def facts(self) -> list[dict[str, Any]]:
        shown = [{"id": key, **fact.as_json()} for key, fact in self.patient.chart.facts.items()]
        return shown + self.statements.facts


def _tidy(number: float) -> float | int:
    return int(number) if number == int(number) else number


__all__ = ["Focus", "Plan", "is_order", "plan", "plan_patient"]
