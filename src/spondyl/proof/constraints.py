"""The integrity constraints of knowledge/derived, read from their text. It knows three forms and refuses any other."""

from __future__ import annotations

import re
from typing import NamedTuple

from spondyl.knowledge import Ruleset
from spondyl.logic import Condition, Vocabulary, fact_names, parse

_NAME = r"[a-z][a-z0-9_.]*"
_NUMBERS = re.compile(rf"({_NAME}) <= ({_NAME})(?: \* ([\d.]+))?(?: \+ ([\d.]+))?")


class Between(NamedTuple):
    """`when` and `then` never part: `entails` makes then TRUE with when, `implies` only keeps it from being FALSE."""

    text: str
    when: Condition
    then: Condition
    entails: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The facts that are bound together."""
        return (*fact_names(self.when), *fact_names(self.then))


class AtMost(NamedTuple):
    """The number `small` is at most `large * factor + more`."""

    text: str
    small: str
    large: str
    factor: float
    more: float

    @property
    def names(self) -> tuple[str, ...]:
        """The facts that are bound together."""
        return (self.small, self.large)


Constraint = Between | AtMost


def constraints(rules: Ruleset) -> tuple[Constraint, ...]:
    """Every constraint of the ruleset. Raises ValueError for one in no known form or of unknown facts."""
    listed = [text for text in rules.tables.get("constraints", ()) if isinstance(text, str)]
    vocabulary = Vocabulary(rules.types, {name: one.unit for name, one in rules.thresholds.items()})
    return tuple(_read(text, vocabulary) for text in listed)


class Precedence(NamedTuple):
    """Which of two rules that say opposites goes first; `first` is "" where everything goes first."""

    first: str
    behind: str
    because: str


def precedences(rules: Ruleset) -> tuple[Precedence, ...]:
    """Every declared precedence. Raises ValueError for an entry in no known form."""
    made = []
    for one in rules.tables.get("constraints", ()):
        if isinstance(one, str) or set(one) == {"never", "because"}:
            continue
        if set(one) not in ({"yields", "because"}, {"first", "before", "because"}):
            raise ValueError(f"a precedence in no known form: {sorted(one)}")
        made.append(Precedence(one.get("first", ""), one.get("yields") or one["before"], one["because"]))
    return tuple(made)


def nevers(rules: Ruleset) -> dict[str, str]:
    """What is declared to be impossible, by the name of the claim, and why."""
    listed = rules.tables.get("constraints", ())
    return {one["never"]: one["because"] for one in listed if not isinstance(one, str) and "never" in one}


def _read(text: str, vocabulary: Vocabulary) -> Constraint:
    for word in ("entails", "implies"):
        when, between, then = text.partition(f" {word} ")
        if between:
            return Between(text, parse(when, vocabulary), parse(then, vocabulary), word == "entails")
    match = _NUMBERS.fullmatch(text)
    if match is None:
        raise ValueError(f"a constraint in no known form: {text}")
    for name in match.group(1, 2):
        fact = vocabulary.facts.get(name)
        if fact is None or fact.kind != "number":
            raise ValueError(f"{name} is no number, in the constraint: {text}")
    return AtMost(text, match[1], match[2], float(match[3] or 1), float(match[4] or 0))


__all__ = ["AtMost", "Between", "Constraint", "Precedence", "constraints", "nevers", "precedences"]
