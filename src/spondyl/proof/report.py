"""What was proved, as text, Markdown or a document. A counterexample is printed as a case file that `plan` takes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from spondyl.proof.counterexample import Counterexample, Patient
from spondyl.proof.mcdc import Coverage
from spondyl.proof.prove import MOST_WITHOUT_PAIR, Proof, Shown

BROKEN = "K206"
REMEDY = "Plan the case to see it, then correct the rule."
REMEDY_OF_RULES = "Correct the rule, or take out what can never speak."


def as_text(proof: Proof) -> str:
    """One line per property, what fails in full, and the coverage."""
    width = max((len(one.id) for one in proof.shown), default=0)
    lines = []
    for one in proof.shown:
        verdict = "shown" if one.ok else "FAILS"
        lines += [f"{verdict}  {one.id:<{width}}  {one.claims:>5} claims  {one.seconds:6.1f} s", f"       {one.says}"]
    for one in proof.shown:
        if not one.ok:
            lines += ["", *_failure(one)]
    if proof.coverage is not None:
        lines += ["", *_covered(proof.coverage)]
    good = sum(one.ok for one in proof.shown)
    lines += ["", f"{good} of {len(proof.shown)} properties shown, in {proof.seconds:.0f} s"]
    return "\n".join(lines) + "\n"


def _failure(one: Shown) -> Iterator[str]:
    yield f"{BROKEN}: {one.id} fails: {one.example.claim if one.example else one.failed[0]}"
    if len(one.failed) > 1:
        more = "; ".join(one.failed[:5]) + (" ..." if len(one.failed) > 5 else "")
        yield f"  {len(one.failed)} claims in all: {more}"
    yield f"  {REMEDY if one.example else REMEDY_OF_RULES}"
    if one.example is not None:
        for patient in one.example.patients:
            yield from _patient(patient)


def _patient(patient: Patient) -> Iterator[str]:
    when = {"now": " before", "later": " after"}.get(patient.when, "")
    yield f"  the patient{when}: " + "; ".join(patient.flat)
    for line in patient.says:
        yield f"  the plan says: {line}"
    for line in patient.unrealized:
        yield f"  not brought about by the case: {line}"
    for place, case in enumerate(patient.cases):
        yield f"  the case{' that contradicts it' if place else ''}:"
        yield from (f"    {line}" for line in case_file(case).splitlines())


def case_file(case: Mapping[str, Any]) -> str:
    """A structured case as YAML."""
    lines = []
    for key, value in case.items():
        if isinstance(value, Mapping) and value and key == "facts":
            lines.append(f"{key}:")
            lines += [f"  {name}: {_flow(inner)}" for name, inner in value.items()]
        elif isinstance(value, list) and value:
            lines.append(f"{key}:")
            lines += [f"  - {_flow(entry)}" for entry in value]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "\n".join(lines) + "\n"


def _flow(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def case_files(proof: Proof) -> dict[str, str]:
    """The case files of all counterexamples, by a name for each."""
    made: dict[str, str] = {}
    for one in proof.shown:
        for patient in one.example.patients if one.example is not None else ():
            for place, case in enumerate(patient.cases):
                parts = [one.id, patient.when, "second" if place else ""]
                made["-".join(part for part in parts if part) + ".yaml"] = case_file(case)
    return made


def _covered(found: Coverage) -> Iterator[str]:
    yield (
        f"MC/DC: {found.conditions} conditions, {found.leaves} leaves; "
        f"{found.leaves_without_pair} without a pair ({found.share:.1%}, at most {MOST_WITHOUT_PAIR:.0%})"
    )
    for one in found.infeasible:
        often = f" ({one.times} times)" if one.times > 1 else ""
        yield f"  {one.part}: {one.leaf} is never {one.value} where it would matter{often}"
        yield f"    {one.reason}"


def as_markdown(proof: Proof) -> str:
    """A table of the properties, and the coverage."""
    lines = ["# What is proved", "", "| property | says | claims | seconds | |", "|---|---|---|---|---|"]
    for one in proof.shown:
        lines.append(
            f"| `{one.id}` | {one.says} | {one.claims} | {one.seconds:.1f} | {'shown' if one.ok else 'fails'} |"
        )
    for one in proof.shown:
        if not one.ok:
            lines += ["", f"## {one.id} fails", "", "```", *_failure(one), "```"]
    if proof.coverage is not None:
        first, *rest = _covered(proof.coverage)
        lines += ["", "## Coverage", "", first, ""]
        lines += [f"- {part.strip()}: {why.strip()}" for part, why in zip(rest[::2], rest[1::2], strict=True)]
    return "\n".join(lines) + "\n"


def as_document(proof: Proof) -> dict[str, Any]:
    """The same for programs."""
    return {
        "schema": "spondyl/proof/1",
        "ok": proof.ok,
        "seconds": round(proof.seconds, 1),
        "properties": [_property(one) for one in proof.shown],
        "mcdc": None if proof.coverage is None else _coverage(proof.coverage),
        "errors": [
            {
                "code": BROKEN,
                "message": f"{one.id}: {one.failed[0]}",
                "where": one.id,
                "next": REMEDY if one.example else REMEDY_OF_RULES,
            }
            for one in proof.shown
            if not one.ok
        ],
    }


def _property(one: Shown) -> dict[str, Any]:
    return {
        "property": one.id,
        "says": one.says,
        "claims": one.claims,
        "seconds": round(one.seconds, 2),
        "result": "shown" if one.ok else "fails",
        "failed": list(one.failed),
        "counterexample": None if one.example is None else _example(one.example),
    }


def _example(one: Counterexample) -> dict[str, Any]:
    return {
        "claim": one.claim,
        "patients": [
            {
                "when": patient.when or None,
                "facts": list(patient.flat),
                "cases": [dict(case) for case in patient.cases],
                "not_brought_about": list(patient.unrealized),
                "plan": list(patient.says),
            }
            for patient in one.patients
        ],
    }


def _coverage(found: Coverage) -> dict[str, Any]:
    return {
        "conditions": found.conditions,
        "leaves": found.leaves,
        "without_pair": found.leaves_without_pair,
        "share": round(found.share, 5),
        "infeasible": [one._asdict() for one in found.infeasible],
    }


__all__ = ["as_document", "as_markdown", "as_text", "case_file", "case_files"]
