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
    each_once,
    gates,
    generators,
    imaging,
    set_triage_facts,
    treatments,
    triage,
)
from spondyl.explain import Words
from spondyl.logic import TRUE
from spondyl.plan import questions as asking
from spondyl.plan.findings import OUT_OF_SCOPE, SCOPES
from spondyl.plan.maker import Maker
from spondyl.record import Case, Options
from spondyl.timeline import chart

SCHEMA = "spondyl/record/1"


@dataclass(slots=True, eq=False, repr=False)
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

    The same case, options and knowledge give the same record, in the same order of keys. A record is read, never
    changed: parts that no patient changes are the same objects in every record of a program.
    """
    as_of = date.fromisoformat(options.as_of).toordinal()
    charted = chart(case.facts, as_of, case.written_on, program.rules)
    return plan_patient(Patient(program, charted, profile=options.profile), options, case)


def plan_patient(patient: Patient, options: Options, case: Case | None = None) -> Plan:
    """The plan of a patient that is already charted."""
    words = patient.program.remembered(("words", options.locale), lambda: Words(patient.rules, options.locale))
    found = triage(patient)
    set_triage_facts(patient, found)
    scope, notes = _scope(patient)
    inside = scope not in OUT_OF_SCOPE
    candidates = generators(patient) if inside else []
    orders = each_once(imaging(patient, found)) if scope != "pediatric" else _flag_orders(patient, found)
    judged = gates(patient, candidates)
    offered = treatments(patient, found, judged) if inside else []
    maker = Maker(patient, words, options)
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
        "questions": asking.shown(asking.questions(patient, scope, found, candidates, orders, judged, offered), words),
        "medications": {"mme_per_day": maker.mme()},
        "contradictions": maker.contradictions(),
        "conflicts": maker.conflicts(),
        "safety_net": words.safety_net(
            tuple([focus.region for focus in patient.regions]), _known_signs(patient, words, found)
        ),
        "inputs": [
            {"name": name, "written_on": case.written_on.get(name)}
            for name in dict.fromkeys(fact.source.name for fact in case.facts if fact.source.name)
        ]
        if case is not None
        else [],
        "unread": [
            {"start": one.start, "end": one.end, "text": one.text, "why": one.why}
            for one in (case.unread if case is not None else ())
        ],
    }
    if case is not None and case.not_read:
        record["not_read"] = list(case.not_read)
    record["facts"] = maker.facts()
    record["statements"] = maker.statements.made
    return Plan(record, patient, words, found, candidates, orders, judged, offered)


def _known_signs(patient: Patient, words: Words, found: Triage) -> frozenset[str]:
    """The signs of the safety net that are established already: nobody has to wait for them."""
    if found.urgency not in ("emergency", "urgent"):
        return frozenset()
    net, view = words.table["safety_net"], patient.safety(patient.main)
    return frozenset(
        sign
        for part in ("emergency", "same_day")
        for sign, facts in (net[part].get("known_when") or {}).items()
        if any(view[fact] is TRUE for fact in facts)
    )


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
