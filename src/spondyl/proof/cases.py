"""Runs the cases that stand beside each rule through the engine that judges patients. It changes no expectation.

Each rule is judged alone: what other rules establish does not reach its cases unless a case says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from spondyl.engine import (
    Criterion,
    Judged,
    Patient,
    Program,
    Triage,
    cap,
    imaging,
    judge_gate,
    revision_options,
    triage,
    weigh,
)
from spondyl.knowledge import Ruleset
from spondyl.knowledge.rules import Caution, CheckFirst, Conflict, Imaging, Order, Remark, Required, Treatment
from spondyl.logic import FALSE, TRUE, UNKNOWN, And, Condition, fact_names
from spondyl.proof.given import Case, patient_of
from spondyl.timeline import View, asked_names

# What a rule answered, by the word a case uses for it: {"expect": "emergency", "basis": "established", "asks": (...)}.
Answer = dict[str, Any]
REMARKS = ("follow_up", "pitfalls", "prognosis", "prevention", "outcomes", "referrals")
_ALWAYS = And(())
_SAID = {TRUE: "shown", FALSE: "not_shown", UNKNOWN: "unknown"}


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case of a rule: what it expects, what the engine answered, and whether the two agree."""

    kind: str
    rule: str
    name: str
    expected: str
    got: str
    ok: bool

    @property
    def where(self) -> str:
        """The file the case stands in."""
        name = "_device_gate" if self.kind == "device_gate" else self.rule
        return f"knowledge/{'imaging' if self.kind == 'device_gate' else self.kind}/{name}.yaml"


def run_cases(
    rules: Ruleset,
    cases: Mapping[str, Mapping[str, Sequence[Case]]] | None = None,
    only: Iterable[str] | None = None,
) -> list[CaseResult]:
    """The result of every case, in the order of the files.

    `cases` (kind to rule id to cases) are those of `spondyl.knowledge.cases()` unless given. `only` names kinds or
    rules.
    """
    if cases is None:
        from spondyl.knowledge import cases as compiled

        cases = compiled()
    wanted = None if only is None else set(only)
    program = Program(rules)
    return [
        run_case(program, kind, rule, case)
        for kind, by_rule in cases.items()
        for rule, listed in by_rule.items()
        if wanted is None or kind in wanted or rule in wanted
        for case in listed
    ]


def run_case(program: Program, kind: str, rule: str, case: Case, patient: Patient | None = None) -> CaseResult:
    """One case of one rule. `patient`: that of the case, where it was made already."""
    got = _RUN[kind](patient or patient_of(program, kind, case), rule, case)
    wrong = [key for key in got if key in case and not _agree(key, case[key], got[key])]
    shown = wrong or ["expect"]
    if "criteria" in case and "criteria" in got:
        got["criteria"] = {name: got["criteria"].get(name, "not one of its criteria") for name in case["criteria"]}
    return CaseResult(kind, rule, case["name"], _text(case, shown), _text(got, shown), not wrong)


def answer(program: Program, kind: str, rule: str, case: Case) -> Answer:
    """What the rule says of the patient of a case, under the keys that a case may expect."""
    return _RUN[kind](patient_of(program, kind, case), rule, case)


def as_text(results: Sequence[CaseResult]) -> str:
    """The cases that failed, each with its file, and a last line with the counts."""
    lines = []
    for one in results:
        if not one.ok:
            lines += [f"{one.where}: {one.name}", f"  expected {one.expected}", f"  got      {one.got}"]
    failed = sum(not one.ok for one in results)
    count = f"{len(results)} cases of {len({(one.kind, one.rule) for one in results})} rules"
    lines.append(f"{count}, {failed} failed" if failed else f"{count}, all as expected")
    return "\n".join(lines)


def _agree(key: str, expected: Any, got: Any) -> bool:
    if key == "asks":
        return set(expected) <= set(got)
    if key == "criteria":
        return all(got.get(name) == result for name, result in expected.items())
    if key in ("for", "against", "check_first", "refer", "cautions", "content"):
        return set(expected) == set(got)
    if key == "expect" and expected in ("none", "not_shown") and isinstance(got, _Silent):
        return True
    return bool(expected == got)


class _Silent(str):
    """An answer that also counts as `none` or `not_shown`: nothing is said, though something stays open."""


def _text(answer: Mapping[str, Any], keys: Sequence[str]) -> str:
    return ", ".join(_word(answer[key]) if key == "expect" else f"{key} {_word(answer[key])}" for key in keys)


def _word(answer: Any) -> str:
    if isinstance(answer, Mapping):
        return "{" + ", ".join(f"{name}: {result}" for name, result in answer.items()) + "}"
    return str(answer) if isinstance(answer, str | bool) or answer is None else f"[{', '.join(answer)}]"


def _alone(patient: Patient, kind: str, rule: str) -> Any:
    """Leaves the patient no other rule of a kind. Made once for a rule, so that it is compiled once."""
    program = patient.program
    own = getattr(program.rules, kind)[rule]
    change: Callable[..., Ruleset] = replace
    patient.rules = program.prepared(f"alone {kind}", own, lambda: change(program.rules, **{kind: {rule: own}}))
    return own


# ---- one function per kind of rule


def _red_flag(patient: Patient, rule: str, case: Case) -> Answer:
    _alone(patient, "red_flags", rule)
    found = triage(patient)
    asks = tuple(name for one in found.not_excluded for name in one.ask)
    beside = {"asks": asks, "in_play": not found.not_screened}
    if found.established:
        one = found.established[0]
        return {"expect": one.level.urgency, "basis": one.basis, **beside}
    said = "excluded" if found.excluded else _Silent("unknown") if found.not_excluded else "none"
    return {"expect": _Silent(said), "basis": None, **beside}


def _generator(patient: Patient, rule: str, case: Case) -> Answer:
    generator = _alone(patient, "generators", rule)
    view = patient.plain(patient.main)
    candidate = weigh(patient, generator, patient.main)
    if candidate is None:
        conditions = [generator.applies, *(argument.when for argument in generator.arguments)]
        return {"expect": "not_listed", "for": (), "against": (), "asks": _open_names(patient, conditions, view)}
    return {
        "expect": candidate.standing,
        "for": [argument.id for argument in candidate.arguments_for],
        "against": [argument.id for argument in candidate.arguments_against],
        "asks": _open_names(patient, [generator.applies, *(argument.when for argument in candidate.open)], view),
    }


def _gate(patient: Patient, rule: str, case: Case) -> Answer:
    gate = _alone(patient, "gates", rule)
    target = next((one for one in gate.targets if one.target == case.get("target")), None)
    judged = judge_gate(patient, gate, patient.main, patient.main, target)
    return {
        "expect": judged.result,
        "because": judged.because,
        "applies": gate.applies is None or patient.truth(gate.applies, patient.plain(patient.main)) is not FALSE,
        "criteria": {one.id: one.result for one in judged.criteria},
        "cautions": _cautions(patient, gate.cautions),
        "asks": [name for one in judged.criteria for name in one.ask],
    }


def _imaging(patient: Patient, rule: str, case: Case) -> Answer:
    presentation = _alone(patient, "imaging", rule)
    orders = {one.order: one.status for one in imaging(patient, Triage())}
    view = patient.plain(patient.main)
    return {"expect": orders or "none", "asks": _open_names(patient, [presentation.when, presentation.unless], view)}


def _device_gate(patient: Patient, rule: str, case: Case) -> Answer:
    order = Order(case["order"], "usually_appropriate", emergency=bool(case.get("emergency")))
    wish = Imaging("case", "", "patient", _ALWAYS, None, (order,), ())
    patient.rules = replace(patient.rules, imaging={"case": wish})
    orders = {one.order: one for one in imaging(patient, Triage())}
    made = orders[case["order"]]
    return {
        "expect": {name: one.status for name, one in orders.items()},
        "check_first": made.check_first,
        "refer": made.refer,
    }


def _treatment(patient: Patient, rule: str, case: Case) -> Answer:
    treatment = patient.rules.treatments[rule]
    plain, safety = patient.views(patient.main)
    gate = _gate_of(patient, treatment, case.get("gate"))
    asks = [name for one in gate.criteria for name in one.ask] if gate is not None else []
    asks += _open_names(patient, [offer.when for offer in treatment.offers], plain)
    beside = {
        "asks": asks,
        "cautions": _cautions(patient, treatment.cautions),
        "content": [
            one.id or str(place)
            for place, one in enumerate(treatment.content)
            if patient.holds(one.when, one.unless, plain, safety) is TRUE
        ],
    }
    for offer in treatment.offers:
        if patient.holds(offer.when, offer.unless, plain, safety) is TRUE:
            blocked = plain["emergency_established"] is TRUE or plain["urgent_established"] is TRUE
            return {"expect": cap(treatment, offer, gate, blocked)[0], **beside}
    return {"expect": "none", **beside}


def _cautions(patient: Patient, cautions: Iterable[Caution]) -> list[str]:
    """The cautions that stand beside a treatment or gate."""
    _, safety = patient.views(patient.main)
    return [one.id for one in cautions if patient.truth(one.when, safety) is TRUE]


def _gate_of(patient: Patient, treatment: Treatment, result: str | None) -> Judged | None:
    """The gate of a treatment as judged, or with the result a case gives it."""
    if treatment.gate is None:
        return None
    gate = _alone(patient, "gates", treatment.gate)
    if result is None:
        return judge_gate(patient, gate, patient.main, patient.main, None)
    criteria: list[Criterion] = []
    if result == "closed":
        check = CheckFirst("recorded", "", _ALWAYS)
        criteria = [Criterion("recorded", "", "check_first", "not_met", _ALWAYS, check, because="recorded")]
    elif result == "needs_data" and gate.required:
        need = Required("open", "", _ALWAYS, "other")
        criteria = [Criterion("open", "", "required", "not_documented", _ALWAYS, need)]
    elif result == "needs_data":
        check = CheckFirst("open", "", _ALWAYS)
        criteria = [Criterion("open", "", "check_first", "not_documented", _ALWAYS, check)]
    return Judged(gate, patient.main, patient.main, None, result, None, {}, tuple(criteria))


def _remark(kind: str) -> Callable[[Patient, str, Case], Answer]:
    def run(patient: Patient, rule: str, case: Case) -> Answer:
        remark: Remark = next(one for one in patient.rules.remarks[kind] if one.id == rule)
        plain, safety = patient.views(patient.main)
        truth = patient.holds(remark.when, remark.unless, plain, safety)
        return {"expect": _SAID[truth], "asks": _open_names(patient, [remark.when], plain)}

    return run


def _revision(patient: Patient, rule: str, case: Case) -> Answer:
    option = patient.rules.revision[rule]
    candidate = weigh(patient, _alone(patient, "generators", option.target), patient.main)
    shown = revision_options(patient, [candidate] if candidate is not None else [])
    return {"expect": "shown" if any(one is option for _, one in shown) else "not_shown"}


def _conflict(patient: Patient, rule: str, case: Case) -> Answer:
    conflict: Conflict = patient.rules.conflicts[rule]
    truth = patient.truth(conflict.touches, patient.plain(patient.main))
    return {"expect": "shown" if truth is TRUE else _Silent(_SAID[truth])}


def _open_names(patient: Patient, conditions: Iterable[Condition | None], view: View) -> list[str]:
    """The base facts to ask for what is open in these conditions."""
    names: dict[str, None] = {}
    for condition in conditions:
        if condition is not None and patient.truth(condition, view) is UNKNOWN:
            names.update(dict.fromkeys(fact_names(condition)))
    return list(asked_names(view, tuple(names)))


_RUN: dict[str, Callable[[Patient, str, Case], Answer]] = {
    "red_flags": _red_flag,
    "generators": _generator,
    "gates": _gate,
    "imaging": _imaging,
    "device_gate": _device_gate,
    "treatments": _treatment,
    "revision": _revision,
    "conflicts": _conflict,
    **{kind: _remark(kind) for kind in REMARKS},
}

__all__ = ["Case", "CaseResult", "answer", "as_text", "run_case", "run_cases"]
