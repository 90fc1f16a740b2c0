"""What a treatment consists of is told, unless a recorded reason speaks against it."""

from __future__ import annotations

from dataclasses import replace

from knowledge_cases.patients import RULES

from spondyl.engine import Program
from spondyl.engine.treatments import beside
from spondyl.proof.given import patient_with, values

BACK = values(RULES, {"focus_region": "lumbar", "days_since_surgery_here": 400, "spine_surgery_ever": True})


def _told(unless: bool) -> set[str]:
    rule = RULES.treatments["education"]
    content = tuple(one._replace(unless=one.when if unless else None) for one in rule.content)
    rules = replace(RULES, treatments={"education": rule._replace(content=content)})
    patient = patient_with(Program(rules), BACK)
    return {one.say for told in beside(patient, patient.main).content.values() for one in told}


def test_content_is_told_unless_a_reason_speaks_against_it() -> None:
    assert _told(unless=False)
    assert not _told(unless=True)
