"""Every condition of a ruleset with its place, the `unless` beside it, and the reading the engine judges it in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spondyl.knowledge import Ruleset
from spondyl.knowledge.rules import Gate, Generator, RedFlag, Treatment
from spondyl.logic import Condition
from spondyl.timeline import condition_of


class Part(NamedTuple):
    """One decision of a rule: `when` is TRUE and `unless` is not. The safety reading reads every `unless`."""

    kind: str
    rule: str
    part: str
    when: Condition
    unless: Condition | None = None
    safety: bool = False
    segments: bool = False  # also judged at a level next to a fusion, as generators and gates with a cause may be

    @property
    def id(self) -> str:
        """`red_flags/cauda_equina levels.0`, the rule's file and the part."""
        return f"{self.kind}/{self.rule} {self.part}"


def every_part(rules: Ruleset) -> Iterator[Part]:
    """Every condition of every rule, in the order of the files."""
    for flag in rules.red_flags.values():
        yield from _flag(flag)
    for generator in rules.generators.values():
        yield from _generator(generator)
    for gate in rules.gates.values():
        at = [place for target in gate.targets for place in rules.generators[target.target].at]
        yield from _gate(gate, "segment" in at)
    for rule in rules.imaging.values():
        yield Part("imaging", rule.id, "when", rule.when, rule.unless)
    yield from _devices(rules)
    for treatment in rules.treatments.values():
        yield from _treatment(treatment)
    for kind, remarks in rules.remarks.items():
        for remark in remarks:
            yield Part(kind, remark.id, "when", remark.when, remark.unless)
    for conflict in rules.conflicts.values():
        yield Part("conflicts", conflict.id, "touches", conflict.touches)


def every_condition(rules: Ruleset) -> Iterator[Condition]:
    """The conditions alone."""
    for part in every_part(rules):
        yield part.when
        if part.unless is not None:
            yield part.unless


def _flag(flag: RedFlag) -> Iterator[Part]:
    yield Part("red_flags", flag.id, "in_play", flag.in_play, None, True)
    if flag.settled_when is not None:
        yield Part("red_flags", flag.id, "settled", flag.settled_when, flag.settled_unless, True)
    for level in flag.levels:
        yield Part("red_flags", flag.id, level.id, level.when, level.unless, True)


def _generator(generator: Generator) -> Iterator[Part]:
    segments = "segment" in generator.at
    if generator.applies is not None:
        yield Part("generators", generator.id, "applies", generator.applies, segments=segments)
    for one in generator.arguments:
        yield Part("generators", generator.id, one.id, one.when, one.unless, segments=segments)


def _gate(gate: Gate, segments: bool) -> Iterator[Part]:
    for part in _of_gate(gate):
        yield part._replace(segments=segments)


def _of_gate(gate: Gate) -> Iterator[Part]:
    if gate.applies is not None:
        yield Part("gates", gate.id, "applies", gate.applies)
    for need in gate.required:
        yield Part("gates", gate.id, need.id, need.when)
        for profile, condition in need.profiles.items():
            yield Part("gates", gate.id, f"{need.id}, {profile}", condition)
    for check in gate.checks:
        yield Part("gates", gate.id, check.id, check.closed_when, None, True)
        if check.moot_when is not None:
            yield Part("gates", gate.id, f"{check.id} moot", check.moot_when, None, True)
    for caution in gate.cautions:
        yield Part("gates", gate.id, f"caution {caution.id}", caution.when, None, True)
    for target in gate.targets:
        yield Part("gates", gate.id, f"{target.target} cause", target.cause)
        if target.wait is not None:
            yield Part("gates", gate.id, f"{target.target} wait", target.wait)
        for profile, condition in target.profiles.items():
            yield Part("gates", gate.id, f"{target.target} wait, {profile}", condition)


# Conditions of the device table are kept as plain values; each is made once, so that it stays the same object.
_MADE: dict[int, tuple[object, Condition]] = {}


def device_condition(plain: object) -> Condition:
    """The condition of an entry of the device table."""
    found = _MADE.get(id(plain))
    if found is None:
        found = _MADE[id(plain)] = (plain, condition_of(plain))
    return found[1]


def _devices(rules: Ruleset) -> Iterator[Part]:
    for group in ("mri", "contrast", "radiation"):
        for entry in rules.tables.get("device_gate", {}).get(group, ()):
            if "when" in entry:
                unless = device_condition(entry["unless"]) if "unless" in entry else None
                yield Part("imaging", "_device_gate", entry["id"], device_condition(entry["when"]), unless, True)


def _treatment(treatment: Treatment) -> Iterator[Part]:
    for offer in treatment.offers:
        yield Part("treatments", treatment.id, offer.id, offer.when, offer.unless)
    for caution in treatment.cautions:
        yield Part("treatments", treatment.id, f"caution {caution.id}", caution.when, None, True)
    for place, content in enumerate(treatment.content):
        name = f"content {content.id or place}"
        yield Part("treatments", treatment.id, name, content.when, content.unless)


__all__ = ["Part", "device_condition", "every_condition", "every_part"]
