"""Conditions, sources and tables in words: what the pages of the catalogue share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import assert_never

from spondyl.explain import Words
from spondyl.knowledge import Ruleset
from spondyl.knowledge.rules import Citation
from spondyl.logic import FALSE, TRUE, And, AtLeast, Compare, Condition, FactIs, Has, In, Known, Not, Or, to_text

DEFAULT = "EXPERT-DEFAULT"


MARK = "<!-- Written by tools/generated/catalogue.py from knowledge/. Renew it with: make docs -->\n"


_AT_LEAST = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than", "==": "exactly"}


_OPPOSITE = {">=": "<", ">": "<=", "<=": ">", "<": ">="}


class Catalogue:
    """The loaded rules with the words they are told in."""

    def __init__(self, rules: Ruleset) -> None:
        self.rules = rules
        self.words = Words(rules)
        met = Counter(check for gate in rules.gates.values() for check in gate.checks)
        self.common = [check for check, gates in met.items() if gates > 1]
        self.groups: Mapping[str, str] = rules.tables["wording"]["values"]["groups"]

    def tells(self, condition: Condition, inside: bool = False) -> str:
        """A condition in words; what stands inside another is put into parentheses where it would be read wrongly."""
        match condition:
            case FactIs(fact):
                return self.words.state(fact, TRUE)
            case Compare(fact, op, bound):
                return f"{self.words.label(fact)} {_AT_LEAST[op]} {self.bound(fact, bound)}"
            case In(fact, values):
                return f"{self.words.label(fact)}: {self.listed(fact, values)}"
            case Has(fact, member):
                return f"{self.words.label(fact)}: {self.words.value(fact, member)}"
            case Known(fact):
                return f"{self.words.label(fact)} is recorded"
            case Not(of):
                return self.denies(of)
            case And(parts):
                return _grouped(" and ".join(self.tells(part, inside=True) for part in parts), inside)
            case Or(parts):
                return _grouped(" or ".join(self.tells(part, inside=True) for part in parts), inside)
            case AtLeast(n, parts):
                return f"at least {n} of: {', '.join(self.tells(part, inside=True) for part in parts)}"
            case _:
                assert_never(condition)

    def denies(self, condition: Condition) -> str:
        """The opposite of a condition in words."""
        match condition:
            case FactIs(fact):
                return self.words.state(fact, FALSE)
            case Compare(fact, op, bound) if op in _OPPOSITE:
                return f"{self.words.label(fact)} {_AT_LEAST[_OPPOSITE[op]]} {self.bound(fact, bound)}"
            case In(fact, values):
                return f"{self.words.label(fact)}: not {self.listed(fact, values)}"
            case Has(fact, member):
                return f"{self.words.label(fact)}: no {self.words.value(fact, member)}"
            case Not(of):
                return self.tells(of)
            case _:
                return f"not ({self.tells(condition)})"

    def listed(self, fact: str, values: Iterable[str]) -> str:
        return " or ".join(self.words.value(fact, value) for value in values)

    def bound(self, fact: str, bound: str | float) -> str:
        unit = self.rules.types[fact].unit or ""
        if isinstance(bound, str):
            return f"{self.rules.thresholds[bound].values['guideline']:g} {unit}".strip() + f" (`{bound}`)"
        return f"{bound:g} {unit}".strip()

    def holds(self, when: Condition, unless: Condition | None = None) -> tuple[str, str]:
        """A condition in words and as it is written."""
        if unless is None:
            return self.tells(when), f"`{to_text(when)}`"
        return (
            f"{self.tells(when)}; **unless** {self.tells(unless)}",
            f"`{to_text(when)}` unless `{to_text(unless)}`",
        )

    def told(self, when: Condition, unless: Condition | None = None) -> str:
        """A condition in words alone, where the file has it in short."""
        return self.holds(when, unless)[0]


def _grouped(text: str, inside: bool) -> str:
    return f"({text})" if inside else text


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; nothing when it has no rows."""
    lines = ["| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads), *lines, ""]) if lines else ""


def source(name: str) -> str:
    """The name of a source as readers see it."""
    return "expert default" if name == DEFAULT else name


def rests_on(evidence: Sequence[Citation]) -> str:
    """The sources of a rule, each with the parts it is cited for."""
    parts: dict[tuple[str, str], list[str]] = {}
    for one in evidence:
        parts.setdefault((one.source, one.role), []).append(one.supported)
    told = [
        f"{source(name)} ({'against: ' if role == 'contradicts' else ''}{', '.join(supported)})"
        for (name, role), supported in parts.items()
    ]
    return f"Rests on: {'; '.join(told)}.\n" if told else ""


def sentences(*parts: str | None) -> str:
    """The parts that are there, as one line."""
    return " ".join(part.strip() for part in parts if part and part.strip()) + "\n"


def names(listed: Sequence[str]) -> str:
    """Names as code, with commas."""
    return ", ".join(f"`{name}`" for name in listed)
