"""What the engine concludes, before it is put into words. Every conclusion names its rule and its focus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from spondyl.knowledge.rules import (
    Argument,
    CheckFirst,
    Gate,
    Generator,
    Imaging,
    Level,
    Offer,
    RedFlag,
    Remark,
    Required,
    Target,
    Treatment,
)
from spondyl.logic import UNKNOWN, Condition, Truth
from spondyl.timeline import Focus

URGENCIES = ("routine", "soon", "urgent", "emergency")
STANDINGS = ("confirmed", "supported", "possible", "not_assessed", "opposed", "excluded")
STRENGTHS = ("strong", "moderate", "weak")


class Established(NamedTuple):
    """A red flag that stands at one level. `site` is None when the flag is about the whole patient."""

    flag: RedFlag
    level: Level
    basis: str
    focus: Focus
    site: Focus | None


class Open(NamedTuple):
    """A red flag in play that is not excluded; `urgency` is what it would be if true."""

    flag: RedFlag
    urgency: str
    focus: Focus
    ask: tuple[str, ...]
    exact: bool = True


@dataclass(slots=True, eq=False, repr=False)
class Triage:
    """All red flags of a case."""

    urgency: str = "routine"
    established: list[Established] = field(default_factory=list)
    not_excluded: list[Open] = field(default_factory=list)
    excluded: list[RedFlag] = field(default_factory=list)
    not_screened: list[RedFlag] = field(default_factory=list)

    def at(self, focus: Focus) -> list[Established]:
        """What is established at a focus or for the whole patient."""
        return [one for one in self.established if one.site is None or one.site.region == focus.region]


@dataclass(slots=True, eq=False, repr=False)
class Candidate:
    """A generator at one focus with the arguments that hold."""

    generator: Generator
    focus: Focus
    standing: str
    arguments_for: list[Argument]
    arguments_against: list[Argument]
    open: list[Argument]
    balance: tuple[int, int, int]
    rank: int = 0


class Criterion(NamedTuple):
    """One criterion of a gate, judged. `by_profile`: its result in each shown profile, where it may vary with it."""

    id: str
    label: str
    kind: str
    result: str
    condition: Condition
    rule: Required | CheckFirst | Target
    have: str | None = None
    need: str | None = None
    elsewhere: tuple[tuple[str, str | None, str], ...] = ()
    ask: tuple[str, ...] = ()
    because: str | None = None
    truth: Truth = UNKNOWN
    by_profile: tuple[str, ...] = ()


class Sheet(NamedTuple):
    """What one gate shows for one target: the places of its criteria among all, and a quick way to pick them.

    `varying`: of those that may vary with the profile, the place on the sheet and among all.
    """

    places: tuple[int, ...]
    pick: Callable[[Sequence[Any]], tuple[Any, ...]]
    varying: dict[int, int]


_NO_SHEET = Sheet((), lambda listed: (), {})


@dataclass(slots=True, eq=False, repr=False)
class Judged:
    """A gate at one focus, for one target where it has targets. `sheet`: where its criteria stand among all."""

    gate: Gate
    focus: Focus
    site: Focus | None
    target: str | None
    result: str
    because: str | None
    by_profile: dict[str, str]
    criteria: tuple[Criterion, ...]
    sheet: Sheet = _NO_SHEET


@dataclass(slots=True, eq=False, repr=False)
class Ordered:
    """An imaging order with the rules that speak for it or against it."""

    order: str
    rating: str
    status: str
    focus: Focus
    emergency: bool
    say: str
    rule: str
    step: str = "first"
    check_first: tuple[str, ...] = ()
    because: tuple[Condition, ...] = ()
    evidence: tuple[object, ...] = ()
    refer: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(slots=True, eq=False, repr=False)
class Offered:
    """A treatment with the status it ends up with, and what it was offered as before its gate was read."""

    treatment: Treatment
    focus: Focus
    site: Focus | None
    status: str
    offer: Offer
    gate: Judged | None
    check_first: tuple[str, ...]
    held: str | None = None


class Said(NamedTuple):
    """A remark (pitfall, outcome, prognosis, prevention, follow-up) that touches the case."""

    remark: Remark
    focus: Focus
    site: Focus | None


__all__ = [
    "STANDINGS",
    "STRENGTHS",
    "URGENCIES",
    "Candidate",
    "Criterion",
    "Established",
    "Imaging",
    "Judged",
    "Offered",
    "Open",
    "Ordered",
    "Said",
    "Triage",
]
