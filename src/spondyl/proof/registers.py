"""Runs the registers of claims: what a claim's case says, and that its dangerous literal form does not happen.

Each case is planned whole, so a statement counts only when a reader of the plan would see it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from spondyl.engine import Program
from spondyl.knowledge import Ruleset
from spondyl.logic import TRUE
from spondyl.plan.record import plan_patient
from spondyl.proof.cases import Case, run_case
from spondyl.proof.given import patient_with, values
from spondyl.record import Options

# Cases are flat and hold no dates that a day would change; the record needs one all the same.
DAY = "2026-11-22"
Record = Mapping[str, Any]
Register = Mapping[str, Any]
Cases = Mapping[str, Mapping[str, Sequence[Case]]]
_SINGULAR = {
    "red_flags": "red_flag",
    "generators": "generator",
    "gates": "gate",
    "treatments": "treatment",
    "pitfalls": "pitfall",
    "outcomes": "outcome",
    "referrals": "referral",
    "conflicts": "conflict",
}


class ClaimResult(NamedTuple):
    """One look at a claim: `shown` (a case says it) or `literal` (what must not happen), and what went wrong."""

    claim: str
    what: str
    name: str
    wrong: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether it came out as registered."""
        return not self.wrong

    @property
    def where(self) -> str:
        """The register it stands in."""
        return f"knowledge/claims/{self.claim[:4]}.yaml"


def run_claims(rules: Ruleset, registers: Sequence[Register], cases: Cases) -> list[ClaimResult]:
    """Every case that a claim names, and every literal form that must not happen."""
    program = Program(rules)
    by_name = cases_by_rule(cases)
    results = []
    for register in registers:
        for claim in register["claims"]:
            for shown in claim.get("shown", ()):
                results.append(_shown(program, claim["claim"], shown, by_name))
            for literal in claim.get("literal", ()):
                results.append(_literal(program, claim["claim"], literal))
    return results


def cases_by_rule(cases: Cases) -> dict[tuple[str, str], tuple[str, str, Case]]:
    """The cases by rule and name: ("gate.nsaid", "every criterion met") to kind, id and case."""
    return {
        (f"{_SINGULAR.get(kind, kind)}.{rule}", str(case["name"])): (kind, rule, case)
        for kind, by_rule in cases.items()
        for rule, listed in by_rule.items()
        for case in listed
    }


def planned(program: Program, given: Mapping[str, Any], profile: str = "guideline", *, segment: bool = False) -> Record:
    """The whole record of a patient of whom only these flat facts are known."""
    known = values(program.rules, given)
    patient = patient_with(program, known, profile=profile, segment=segment)
    return plan_patient(patient, Options(DAY, profile, "en-US")).record


def record_of_case(program: Program, kind: str, case: Case) -> Record:
    """The whole record of the patient of a rule's case."""
    known = values(program.rules, case["given"])
    segment = kind == "generators" and known.get("next_to_fusion_here") is TRUE
    return planned(program, case["given"], case.get("profile", "guideline"), segment=segment)


def keys_of(record: Record) -> set[str]:
    """The keys of all statements of a record."""
    return {str(one["key"]) for one in record["statements"].values()}


def _shown(
    program: Program, claim: str, shown: Mapping[str, Any], by_name: Mapping[tuple[str, str], tuple[str, str, Case]]
) -> ClaimResult:
    name = f"{shown['rule']}, case '{shown['case']}'"
    found = by_name.get((shown["rule"], shown["case"]))
    if found is None:
        return ClaimResult(claim, "shown", name, ("this case does not exist",))
    kind, rule, case = found
    wrong = []
    judged = run_case(program, kind, rule, case)
    if not judged.ok:
        wrong.append(f"expected {judged.expected}, got {judged.got}")
    keys = keys_of(record_of_case(program, kind, case))
    wrong += [f"the plan does not say {key}" for key in listed(shown["key"]) if key not in keys]
    return ClaimResult(claim, "shown", name, tuple(wrong))


def _literal(program: Program, claim: str, literal: Mapping[str, Any]) -> ClaimResult:
    record = planned(program, literal["given"], literal.get("profile", "guideline"))
    wrong = [f"{name} does happen" for never in literal["never"] for name in happens(record, never)]
    keys = keys_of(record)
    wrong += [f"the plan does not say {key}" for key in listed(literal.get("instead", ())) if key not in keys]
    return ClaimResult(claim, "literal", literal["name"], tuple(wrong))


def listed(written: Any) -> list[str]:
    """One or more texts, as a list."""
    return [written] if isinstance(written, str) else [str(one) for one in written]


def happens(record: Record, never: Mapping[str, Any]) -> list[str]:
    """What of a forbidden thing stands in a record, in words; empty when it does not."""
    if "statement" in never:
        return [key for key in sorted(keys_of(record)) if key.partition("/")[0] == never["statement"].partition("/")[0]]
    if "words" in never:
        pattern = re.compile(never["words"], re.IGNORECASE)
        # The positions of a conflict are quoted on purpose, with what is applied beside them.
        own = (one for one in record["statements"].values() if not one["rule"].startswith("conflict."))
        return [one["key"] for one in own if pattern.search(one["text"])]
    if "treatment" in never:
        return _states(record["treatments"], "treatment", "status", never)
    if "imaging" in never:
        return _states(record["imaging"], "order", "status", {**never, "order": never["imaging"]})
    if "generator" in never:
        return _states(record["generators"], "generator", "standing", never)
    if "referral" in never:
        return _states(record["referrals"], "to", "urgency", {**never, "to": never["referral"]})
    if "revision_option" in never:
        return [one["option"] for one in record["revision_options"] if one["option"] == never["revision_option"]]
    if "gate" in never:
        return _gates(record, never)
    urgency = record["triage"]["urgency"]
    return [f"urgency {urgency}"] if urgency in never["urgency"] else []


def _states(entries: Sequence[Mapping[str, Any]], name: str, state: str, never: Mapping[str, Any]) -> list[str]:
    """The entries of that name, in a state that must not be; in any, when none is named."""
    return [
        f"{one[name]}: {one[state]}"
        for one in entries
        if one[name] == never[name] and (state not in never or one[state] in never[state])
    ]


def _gates(record: Record, never: Mapping[str, Any]) -> list[str]:
    found = []
    for one in record["gates"]:
        if one["gate"] != never["gate"] or never.get("target") not in (None, one["target"]):
            continue
        if "criterion" in never:
            found += [
                f"{one['gate']}, {part['criterion']}: {part['result']}"
                for part in one["criteria"]
                if part["criterion"] == never["criterion"] and part["result"] in never["result"]
            ]
        elif one["result"] in never["result"]:
            found.append(f"{one['gate']}: {one['result']}")
    return found


__all__ = ["ClaimResult", "cases_by_rule", "happens", "planned", "record_of_case", "run_claims"]
