"""Answers and corrections of a reader become facts of the form, beside the note. The note is never altered.

A change is written `NAME=VALUE` as for `spondyl whatif`: it stands for everything recorded under the name. With a
place, `NAME@INPUT:START-END=VALUE`, it stands for what was read there; ` ~ASSERTION` behind it says how it is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spondyl.intake.changes import read_changes
from spondyl.knowledge.rules import Ruleset
from spondyl.record import ASSERTIONS, Case, Fact, Problem, Refusal, Source

SOURCE = "form"
_CHANGE = re.compile(
    r"(?P<name>[a-z][a-z0-9_.]*)(?:@(?P<input>\d+):(?P<start>\d+)-(?P<end>\d+))?="
    r"(?P<value>.*?)(?:\s~(?P<assertion>[a-z]+))?"
)


@dataclass(frozen=True, slots=True)
class Correction:
    """One change: what it is about, what it says, and whether the note still has what it corrects."""

    text: str
    name: str
    facts: tuple[Fact, ...]
    replaced: tuple[Fact, ...]
    placed: bool = False

    @property
    def stale(self) -> bool:
        """Whether the words it corrects are no longer in the note."""
        return self.placed and not self.replaced


def written(name: str, place: tuple[int, int, int] | None, value: str, assertion: str = "present") -> str:
    """A change as text."""
    at = "" if place is None else f"@{place[0]}:{place[1]}-{place[2]}"
    return f"{name}{at}={value}" + ("" if assertion == "present" else f" ~{assertion}")


def corrected(
    case: Case, names: Sequence[str], changes: Sequence[str], rules: Ruleset, as_of: str
) -> tuple[Case, list[Correction]]:
    """The case with the changes made, and each change with what it replaced. Raises Refusal with every problem.

    `names` are the inputs in the order in which the places of changes count them.
    """
    facts = list(case.facts)
    made: list[Correction] = []
    problems: list[Problem] = []
    for text in changes:
        try:
            one, facts = _apply(text, facts, case, names, rules, as_of)
        except Refusal as refusal:
            problems.extend(refusal.problems)
        else:
            made.append(one)
    if problems:
        raise Refusal(problems)
    dates = {**case.written_on, SOURCE: as_of} if made else case.written_on
    return replace(case, facts=tuple(facts), written_on=dates), made


def _apply(
    text: str, facts: list[Fact], case: Case, names: Sequence[str], rules: Ruleset, as_of: str
) -> tuple[Correction, list[Fact]]:
    match = _CHANGE.fullmatch(text)
    if match is None or (match["assertion"] or "present") not in ASSERTIONS:
        raise Refusal([Problem("I031", "a change is written name=value", "form", "answer the question again")])
    name, placed = match["name"], match["input"] is not None
    change = read_changes([f"{name}={match['value']}"], rules, as_of, case)[0]
    source = Source("case", SOURCE, path=name)
    new = tuple(_meant(replace(fact, source=source), match["assertion"]) for fact in change.facts)
    if placed:
        at = int(match["input"])
        place = (names[at] if at < len(names) else "", int(match["start"]), int(match["end"]))
        hit = [fact.fact == name and _place(fact) == place for fact in facts]
        if not any(hit):
            return Correction(text, name, new, (), True), facts
        first = facts[hit.index(True)]
        new = tuple(replace(fact, on=first.on, precision=first.precision) for fact in new)
    else:
        hit = [fact.fact == name or fact.fact.startswith(name + ".") for fact in facts]
    where = hit.index(True) if True in hit else len(facts)
    kept = [fact for fact, out in zip(facts, hit, strict=True) if not out]
    replaced = tuple(fact for fact, out in zip(facts, hit, strict=True) if out)
    return Correction(text, name, new, replaced, placed), [*kept[:where], *new, *kept[where:]]


def _meant(fact: Fact, assertion: str | None) -> Fact:
    return fact if assertion in (None, "present") else replace(fact, assertion=assertion)  # type: ignore[arg-type]


def _place(fact: Fact) -> tuple[str, int | None, int | None]:
    return fact.source.name, fact.source.start, fact.source.end
