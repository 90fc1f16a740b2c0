"""The numbers a rule compares with, and whether its cases stand on both sides of each."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge_cases.patients import CASES, PROGRAM, RULES

from spondyl.logic import FALSE, TRUE, Compare, Condition, leaves
from spondyl.proof.given import patient_with, values


def conditions() -> Iterator[tuple[str, str, Condition | None]]:
    """Every condition that decides something, with the kind and id of its rule. Wording and cautions are left out."""
    for flag in RULES.red_flags.values():
        for level in flag.levels:
            yield from (("red_flags", flag.id, part) for part in (level.when, level.unless))
        yield "red_flags", flag.id, flag.in_play
    for generator in RULES.generators.values():
        yield "generators", generator.id, generator.applies
        for argument in generator.arguments:
            yield from (("generators", generator.id, part) for part in (argument.when, argument.unless))
    for gate in RULES.gates.values():
        for check in gate.checks:
            if check.id != "child":  # the same in all gates; its cases stand in some of them
                yield from (("gates", gate.id, part) for part in (check.closed_when, check.moot_when))
        for need in gate.required:
            yield from (("gates", gate.id, part) for part in (need.when, *need.profiles.values()))
        for target in gate.targets:
            yield from (("gates", gate.id, part) for part in (target.cause, target.wait, *target.profiles.values()))
    for presentation in RULES.imaging.values():
        yield from (("imaging", presentation.id, part) for part in (presentation.when, presentation.unless))
    for treatment in RULES.treatments.values():
        for offer in treatment.offers:
            yield from (("treatments", treatment.id, part) for part in (offer.when, offer.unless))
    for kind, remarks in RULES.remarks.items():
        for remark in remarks:
            yield from ((kind, remark.id, part) for part in (remark.when, remark.unless))
    for conflict in RULES.conflicts.values():
        yield "conflicts", conflict.id, conflict.touches


def comparisons() -> dict[tuple[str, str], list[Compare]]:
    """Each comparison of each rule once."""
    found: dict[tuple[str, str], dict[Compare, None]] = {}
    for kind, rule, condition in conditions():
        for leaf in leaves(condition) if condition is not None else ():
            if isinstance(leaf, Compare):
                found.setdefault((kind, rule), {})[leaf] = None
    return {rule: list(compared) for rule, compared in found.items()}


def one_sided() -> list[str]:
    """The comparisons whose rule has no case on one of the two sides, with the side that is missing."""
    missing = []
    for (kind, rule), compared in comparisons().items():
        patients = [
            patient_with(PROGRAM, values(RULES, case["given"]), profile=case.get("profile", "guideline"))
            for case in CASES[kind].get(rule, ())
        ]
        for leaf in compared:
            seen = {patient.truth(leaf, patient.plain(patient.main)) for patient in patients}
            for side, word in ((TRUE, "within"), (FALSE, "beyond")):
                if side not in seen:
                    missing.append(f"{kind}/{rule}: {leaf.fact} {leaf.op} {leaf.bound}, no case {word}")
    return missing
