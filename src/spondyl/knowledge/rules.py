"""The rules as the engine sees them: immutable, with parsed conditions, and the words they are shown with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from spondyl.logic import Condition, FactType

Urgency = Literal["emergency", "urgent", "soon", "routine"]
# Named tuples and not dataclasses: a shell pays for making each class at every start.
_NONE: Mapping[str, Any] = MappingProxyType({})
PROFILES = ("guideline", "payer_cms", "payer_commercial", "nice_uk", "source_documents")


class Citation(NamedTuple):
    """A source cited for a part of a rule (`supported`: when, action, an argument id, ...)."""

    source: str
    supported: str
    role: Literal["supports", "contradicts"] = "supports"
    certainty: str = "not_rated"


class FactEntry(NamedTuple):
    """One base fact of the vocabulary, with how it is asked and how long its reassuring side holds."""

    type: FactType
    per: str
    worse: str | bool | None
    fresh_days: float | None
    label: str
    means: str
    group: str = "other"
    ask: str | None = None
    ask_patient: str | None = None
    fields: Mapping[str, FactEntry] = _NONE
    alarming: tuple[str, ...] = ()
    reassuring: tuple[str, ...] = ()


class Level(NamedTuple):
    """One level of a red flag: holds when `when` is TRUE and `unless` is not TRUE.

    `do`: what it calls for in place of what its flag does. A level `when_said` is about what the note itself names:
    that it names nothing leaves no question open.
    """

    id: str
    urgency: Urgency
    when: Condition
    unless: Condition | None = None
    say: str | None = None
    when_said: bool = False
    do: tuple[str, ...] = ()


class RedFlag(NamedTuple):
    """A red flag; `bypass` says whether it frees waiting criteria of gates at its site.

    Where `settled_when` is TRUE and `settled_unless` is not, what is still open about it is not asked any more.
    One that `waits` is not asked about while an emergency is established: its picture answers it. Beside a flag that it
    is `asked_with`, it has no line of its own: its questions are in that line, or that examination answers them.
    `ask_established`: what is asked first where the flag stands as an emergency.
    """

    id: str
    title: str
    in_play: Condition
    levels: tuple[Level, ...]
    do: tuple[str, ...]
    say: str
    act: str
    ask_say: str
    bypass: Literal["all", "finding", "emergency", "none"]
    weights: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Citation, ...] = ()
    claims: tuple[str, ...] = ()
    settled_when: Condition | None = None
    settled_unless: Condition | None = None
    waits: bool = False
    asked_with: tuple[str, ...] = ()
    ask_established: tuple[str, ...] = ()


class Argument(NamedTuple):
    """One argument for or against a generator."""

    id: str
    strength: str
    when: Condition
    say: str
    unless: Condition | None = None


class Generator(NamedTuple):
    """A structure or mechanism that may cause the pain, with its arguments."""

    id: str
    title: str
    at: tuple[str, ...]
    site: Literal["operated", "fused", "focus"]
    harm_of_missing: Literal["high", "moderate", "low"]
    applies: Condition | None
    onset: str
    confirm_by: tuple[str, ...]
    confirm_by_block: tuple[str, ...]
    arguments: tuple[Argument, ...]
    explain: str = ""
    settle: str = ""
    figures: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Citation, ...] = ()
    claims: tuple[str, ...] = ()


class Counter(NamedTuple):
    """What a criterion counts: a number fact against a threshold name or a number."""

    fact: str
    need: str | float


class Required(NamedTuple):
    """A criterion that must be documented."""

    id: str
    label: str
    when: Condition
    kind: str
    ask: tuple[str, ...] = ()
    counter: Counter | None = None
    profiles: Mapping[str, Condition] = _NONE


class CheckFirst(NamedTuple):
    """A contraindication: recorded closes; undocumented holds, unless `moot_when` is TRUE."""

    id: str
    label: str
    closed_when: Condition
    ask: tuple[str, ...] = ()
    because: str | None = None
    moot_when: Condition | None = None
    targets: tuple[str, ...] = ()
    except_targets: tuple[str, ...] = ()


class Caution(NamedTuple):
    """Printed beside a treatment when `when` is TRUE."""

    id: str
    when: Condition
    say: str


class Target(NamedTuple):
    """The cause a gate is judged for."""

    target: str
    cause: Condition
    wait: Condition | None = None
    cause_label: str = ""
    wait_label: str = ""
    wait_counter: Counter | None = None
    wait_ask: tuple[str, ...] = ()
    cause_ask: tuple[str, ...] = ()
    also: str | None = None
    replaces: tuple[str, ...] = ()
    profiles: Mapping[str, Condition] = _NONE


class Gate(NamedTuple):
    """An intervention with what it needs. `checks` include the common ones."""

    id: str
    title: str
    treatment: str | None
    kind: str
    per: Literal["patient", "region"]
    applies: Condition | None
    required: tuple[Required, ...]
    checks: tuple[CheckFirst, ...]
    cautions: tuple[Caution, ...]
    targets: tuple[Target, ...]
    tell: tuple[tuple[str, str], ...] = ()
    note: str | None = None
    repeat: str | None = None
    evidence: tuple[Citation, ...] = ()
    claims: tuple[str, ...] = ()


class Threshold(NamedTuple):
    """A named number, per profile, with its sources."""

    id: str
    title: str
    unit: str | None
    values: Mapping[str, float]
    sources: Mapping[str, str] = _NONE
    last_confirmed: str | None = None


class Order(NamedTuple):
    """One imaging order of a presentation; `{region}` in the id is the region of the focus."""

    order: str
    rating: str
    step: str = "first"
    emergency: bool = False
    say: str = ""


class Imaging(NamedTuple):
    """A presentation and what to image for it."""

    id: str
    title: str
    per: str
    when: Condition
    unless: Condition | None
    orders: tuple[Order, ...]
    not_recommended: tuple[tuple[str, str], ...]
    evidence: tuple[Citation, ...] = ()
    claims: tuple[str, ...] = ()


class Offer(NamedTuple):
    """A status a treatment gets when `when` is TRUE and `unless` is not TRUE; the first that holds wins."""

    id: str
    status: str
    when: Condition
    say: str
    unless: Condition | None = None
    capped: bool = True  # whether the gate limits it; not for what becomes of a medicine already taken


class Content(NamedTuple):
    """What a treatment consists of in a situation."""

    when: Condition
    say: str
    unless: Condition | None = None
    id: str = ""


class Treatment(NamedTuple):
    """A treatment, its phase, its gate and how it is offered."""

    id: str
    title: str
    phase: int
    per: Literal["patient", "region"]
    gate: str | None
    hazard: str
    taper_only: bool
    offers: tuple[Offer, ...]
    cautions: tuple[Caution, ...]
    content: tuple[Content, ...] = ()
    evidence: tuple[Citation, ...] = ()
    claims: tuple[str, ...] = ()


class Remark(NamedTuple):
    """A pitfall, outcome, prognosis, prevention or follow-up: a sentence that is said when it touches the case."""

    id: str
    kind: str
    title: str
    per: str
    when: Condition
    say: str
    unless: Condition | None = None
    direction: str | None = None
    days: int | None = None
    from_fact: str | None = None
    first: bool = False
    what: tuple[str, ...] = ()
    to: str | None = None
    urgency: str | None = None
    evidence: tuple[Citation, ...] = ()
    claims: tuple[str, ...] = ()


class RevisionOption(NamedTuple):
    """What an operation for a cause may bring and risk."""

    id: str
    option: str
    target: str
    alternative: str | None
    benefits: tuple[tuple[str, str, str], ...]
    risks: tuple[tuple[str, str, str], ...]
    evidence: tuple[Citation, ...] = ()
    claims: tuple[str, ...] = ()
    title: str = ""


class Position(NamedTuple):
    """One side of a conflict."""

    id: str
    say: str
    sources: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


class Conflict(NamedTuple):
    """Where sources disagree, and what is applied."""

    id: str
    topic: str
    severity: str
    touches: Condition
    positions: tuple[Position, ...]
    applied: str
    why: str
    by_profile: Mapping[str, str] = _NONE
    evidence: tuple[Citation, ...] = ()
    claims: tuple[str, ...] = ()


class Evidence(NamedTuple):
    """One source: what it was seen to show, and how far it was checked."""

    id: str
    title: str
    tier: str
    year: int | None
    authors: str
    journal: str
    shows: str
    checked: str
    checked_on: str | None
    url: str | None
    doi: str | None = None
    pmid: str | None = None
    kind: str | None = None
    review_by: str | None = None


@dataclass(frozen=True, slots=True)
class Ruleset:
    """The whole knowledge base, immutable. `tables` holds plain data: regions, drugs, wording, derivations."""

    version: str
    sha256: str
    facts: Mapping[str, FactEntry]
    types: Mapping[str, FactType]
    thresholds: Mapping[str, Threshold]
    red_flags: Mapping[str, RedFlag]
    generators: Mapping[str, Generator]
    gates: Mapping[str, Gate]
    imaging: Mapping[str, Imaging]
    treatments: Mapping[str, Treatment]
    remarks: Mapping[str, tuple[Remark, ...]]
    revision: Mapping[str, RevisionOption]
    conflicts: Mapping[str, Conflict]
    evidence: Mapping[str, Evidence]
    derived: Mapping[str, Mapping[str, Any]]
    tables: Mapping[str, Any]
    site: Mapping[str, str] | None = None
    texts: Mapping[str, str] = field(default_factory=dict)  # "red_flag.cauda_equina.levels.0.when": the expression

    def threshold_values(self, profile: str) -> dict[str, float]:
        """Every threshold's number in one profile."""
        return {name: threshold.values[profile] for name, threshold in self.thresholds.items()}
