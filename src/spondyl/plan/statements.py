"""Statements of one record: each output of a rule at a site, with its facts and its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from spondyl.engine import Patient
from spondyl.explain import Words
from spondyl.knowledge.rules import Citation, Ruleset
from spondyl.logic import Condition, Truth
from spondyl.record import JsonValue
from spondyl.timeline import View, as_json

UNVERIFIED = ("expert_default", "seed")
EXPERT_DEFAULT = "EXPERT-DEFAULT"


class Cited(NamedTuple):
    """The sources of a statement as the record shows them, and whether one of them was verified."""

    sources: list[dict[str, str]]
    verified: bool


class Statements:
    """Collects statements in order (S1, S2, ...) and the derived facts they stand on."""

    def __init__(self, patient: Patient, words: Words) -> None:
        self.patient = patient
        self.words = words
        self.made: dict[str, dict[str, Any]] = {}
        self.by_key: dict[str, str] = {}
        self.derived: dict[tuple[str, str], str] = {}
        self.facts: list[dict[str, Any]] = []
        # By view, the ids of the facts behind some names.
        self._ids: dict[int, dict[tuple[str, ...], list[str]]] = {}
        # By the evidence of a rule, which is kept beside so that its identity stays its own.
        self._cited: dict[tuple[int, tuple[str, ...]], tuple[Cited, Sequence[Citation]]] = words.cited
        self._forms = patient.program.derivations.forms
        self._next_fact = len(patient.chart.facts) + 1

    def add(
        self,
        key: str,
        text: str,
        rule: str,
        facts: list[str],
        cited: Cited,
        *,
        direction: str = "for",
        strength: str = "not_rated",
        certainty: str = "not_rated",
    ) -> str:
        """Record one statement and give its alias; a key that exists already keeps its first statement."""
        known = self.by_key.get(key)
        if known is not None:
            return known
        alias = self.by_key[key] = f"S{len(self.made) + 1}"
        self.made[alias] = statement(key, text, rule, facts, cited, direction, strength, certainty)
        return alias

    def put(self, shown: dict[str, Any]) -> str:
        """Record a statement that says nothing of a patient, in the form it was made in once for every record."""
        key = shown["key"]
        known = self.by_key.get(key)
        if known is not None:
            return known
        alias = self.by_key[key] = f"S{len(self.made) + 1}"
        self.made[alias] = shown
        return alias

    def cite(self, evidence: Sequence[Citation], *parts: str) -> Cited:
        """The sources cited for one of these parts of a rule; all of them when no part is named."""
        key = (id(evidence), parts)
        found = self._cited.get(key)
        if found is None:
            roles = [(one.source, one.role) for one in evidence if not parts or one.supported in parts]
            found = self._cited[key] = (cited(self.patient.rules, roles), evidence)
        return found[0]

    def facts_of(self, view: View, *conditions: Condition, truth: Truth | None = None) -> list[str]:
        """The facts that decide the conditions, each once: recorded ones, and derived ones with what they come from.

        `truth`: that of every condition in this view, where it is known already. The list may stand in several places
        of the record.
        """
        deciding, profile = self.patient.program.deciding, self.patient.profile
        if len(conditions) == 1:
            names = deciding(conditions[0], view, profile, truth)
        else:
            names = tuple([name for one in conditions for name in deciding(one, view, profile, truth)])
        known = self._ids.get(id(view))
        if known is None:
            known = self._ids[id(view)] = {}
        found = known.get(names)
        if found is None:
            found = known[names] = self._behind(view, names, known)
        return found

    def _behind(self, view: View, names: tuple[str, ...], known: dict[tuple[str, ...], list[str]]) -> list[str]:
        if len(names) == 1:
            return self.fact_ids(view, names[0])
        found: dict[str, None] = {}
        for name in names:
            one = (name,)
            mine = known.get(one)
            if mine is None:
                mine = known[one] = self._behind(view, one, known)
            found.update(dict.fromkeys(mine))
        return list(found)

    def fact_ids(self, view: View, name: str) -> list[str]:
        """The ids a fact goes by in the record; a derived fact gets one of its own, with `from`."""
        recorded = self.patient.chart.ids.get(name)
        if recorded:
            return recorded
        form = self._forms.get(name)
        if form is None or form["form"] == "triage":
            return []
        value = view[name]
        sources = view.ids(name)
        if value is None:
            return sources
        place = view.focus.key if self.patient.program.of_focus(name) else ""
        key = (name, place)
        if key not in self.derived:
            self.derived[key] = f"F{self._next_fact}"
            self._next_fact += 1
            shown: dict[str, JsonValue] = {
                "id": self.derived[key],
                "fact": name,
                "value": as_json(value),
                "assertion": "present",
                "on": None,
                "source": {"kind": "derived", "from": list(sources)},
            }
            if place:
                shown["site"] = place
            self.facts.append(shown)
        return [self.derived[key], *sources]


def statement(
    key: str,
    text: str,
    rule: str,
    facts: list[str],
    cited: Cited,
    direction: str = "for",
    strength: str = "not_rated",
    certainty: str = "not_rated",
) -> dict[str, Any]:
    """One statement as the record shows it."""
    return {
        "key": key,
        "text": text,
        "rule": rule,
        "direction": direction,
        "strength": strength,
        "certainty": certainty,
        "facts": facts,
        "evidence": cited.sources,
        "verified": cited.verified,
    }


def cited(rules: Ruleset, evidence: Iterable[tuple[str, str]]) -> Cited:
    """Sources with their roles as the record shows them; what cites none rests on expert default."""
    sources = rules.evidence
    shown = [
        {"source": source, "role": role, "tier": sources[source].tier}
        for source, role in dict.fromkeys(evidence)
        if source in sources
    ]
    if not shown:
        shown = [{"source": EXPERT_DEFAULT, "role": "supports", "tier": "expert_default"}]
    return Cited(shown, any(one["tier"] not in UNVERIFIED and one["role"] == "supports" for one in shown))
