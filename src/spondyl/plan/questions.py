"""What to ask next: the facts whose answers would change the plan, most useful first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spondyl.engine import Candidate, Judged, Offered, Ordered, Patient, Triage
from spondyl.explain import Words, flips

_TRIAGE = {"emergency": 40.0, "urgent": 16.0, "soon": 6.0, "routine": 1.0}


@dataclass(slots=True, eq=False, repr=False)
class Question:
    """One fact to ask for, what it would change, and how much that matters."""

    fact: str
    score: float = 0.0
    would_change: dict[str, None] = field(default_factory=dict)

    def add(self, what: str, score: float) -> None:
        """One more thing the answer would change."""
        if what not in self.would_change:
            self.score += score
        self.would_change.setdefault(what)


def questions(
    patient: Patient,
    scope: str,
    found: Triage,
    candidates: Sequence[Candidate],
    orders: Sequence[Ordered],
    judged: Sequence[Judged],
    offered: Sequence[Offered],
) -> list[Question]:
    """Every open fact that matters, ranked by what its answer would change."""
    asked: dict[str, Question | None] = {}

    def ask(fact: str, what: str, score: float) -> None:
        known = asked.get(fact)
        if known is None:
            known = asked[fact] = Question(fact) if is_open(patient, fact) else None
        if known is not None:
            known.add(what, score)

    if scope == "unclear":
        for fact in ("surgeries", "age_years"):
            ask(fact, "scope", 200.0 if fact == "surgeries" else 150.0)
    for one in found.not_excluded:
        for fact in one.ask:
            ask(fact, "triage", _TRIAGE[one.urgency])
            ask(fact, f"red_flag:{one.flag.id}", _TRIAGE[one.urgency] / 4)
    for order in orders:
        if order.status != "not_recommended":
            for fact in order.check_first:
                ask(fact, f"imaging:{order.order}", 12.0)
    for place, candidate in enumerate(candidates[:6]):
        for flip in flips(patient, candidate):
            ask(flip.fact, f"generator:{candidate.generator.id}", 9.0 - place)
    wanted = {one.treatment.gate for one in offered if one.gate is not None}
    for gate in judged:
        if gate.result == "needs_data":
            what, weight = f"gate:{gate.gate.id}", 3.0 if gate.gate.id in wanted else 0.5
            for fact in {fact: None for criterion in gate.criteria for fact in criterion.ask}:
                ask(fact, what, weight)
    return sorted([one for one in asked.values() if one is not None], key=lambda one: (-one.score, one.fact))


def is_open(patient: Patient, fact: str) -> bool:
    """Whether nobody has answered it, or the answer cannot be used."""
    found = patient.answered.get(fact)
    if found is None:
        found = patient.answered[fact] = _is_open(patient, fact)
    return found


def _is_open(patient: Patient, fact: str) -> bool:
    known = patient.rules.facts.get(fact) or patient.rules.facts.get(fact.partition(".")[0])
    if known is None:
        return False
    if known.type.kind == "list" and known.fields:
        listed = patient.chart.lists.get(fact)
        return listed is None or not (listed.closed or listed.entries) or fact == "surgeries"
    if known.type.kind == "set":
        return True
    if known.type.kind == "date":
        return fact not in patient.chart.dates
    return patient.plain(patient.main)[fact] is None


def as_json(question: Question, words: Words) -> dict[str, object]:
    """A question as in the record."""
    text, group = words.question(question.fact)
    return {"fact": question.fact, "ask": text, "group": group, "would_change": list(question.would_change)}
