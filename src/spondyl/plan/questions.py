"""What to ask next: the facts whose answers would change the plan, most useful first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    asked: dict[str, Question] = {}
    answered: set[str] = set()

    def ask(facts: Iterable[str], what: str, score: float) -> None:
        for fact in facts:
            question = asked.get(fact)
            if question is None:
                if fact in answered:
                    continue
                if not is_open(patient, fact):
                    answered.add(fact)
                    continue
                question = asked[fact] = Question(fact)
            if what not in question.would_change:
                question.would_change[what] = None
                question.score += score

    if scope == "unclear":
        ask(("surgeries",), "scope", 200.0)
        ask(("age_years",), "scope", 150.0)
    for stands in found.established:
        if stands.level.urgency == "emergency":
            for place, fact in enumerate(stands.flag.ask_established):
                ask((fact,), f"red_flag:{stands.flag.id}", 100.0 - place)
    for one in found.not_excluded:
        ask(one.ask, "triage", _TRIAGE[one.urgency])
        ask(one.ask, f"red_flag:{one.flag.id}", _TRIAGE[one.urgency] / 4)
    for order in orders:
        if order.status != "not_recommended":
            ask(order.check_first, f"imaging:{order.order}", 12.0)
    for place, candidate in enumerate(candidates[:6]):
        ask([one.fact for one in flips(patient, candidate)], f"generator:{candidate.generator.id}", 9.0 - place)
    wanted = {one.treatment.gate for one in offered if one.gate is not None}
    for gate in judged:
        if gate.result == "needs_data":
            facts = dict.fromkeys([fact for criterion in gate.criteria for fact in criterion.ask])
            ask(facts, f"gate:{gate.gate.id}", 3.0 if gate.gate.id in wanted else 0.5)
    return sorted(asked.values(), key=lambda one: (-one.score, one.fact))


def is_open(patient: Patient, fact: str) -> bool:
    """Whether nobody has answered it, or the answer cannot be used."""
    found = patient.answered.get(fact)
    if found is None:
        found = patient.answered[fact] = _is_open(patient, fact)
    return found


def _is_open(patient: Patient, fact: str) -> bool:
    facts = patient.rules.facts
    known = facts.get(fact) or facts.get(fact.partition(".")[0])
    if known is None:
        return False
    kind = known.type.kind
    if kind == "set":
        return True
    if kind == "date":
        return fact not in patient.chart.dates
    if kind == "list" and known.fields:
        listed = patient.chart.lists.get(fact)
        return listed is None or not (listed.closed or listed.entries) or fact == "surgeries"
    return patient.plain(patient.main)[fact] is None


def shown(asked: Sequence[Question], words: Words) -> list[dict[str, object]]:
    """Questions as in the record."""
    found: list[dict[str, object]] = []
    for one in asked:
        text, group = words.question(one.fact)
        found.append({"fact": one.fact, "ask": text, "group": group, "would_change": list(one.would_change)})
    return found
