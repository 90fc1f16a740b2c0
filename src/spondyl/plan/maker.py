"""The remaining parts of the record: revision, referrals, remarks, reviews, medicines, conflicts, facts."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from spondyl.engine import Candidate, Ordered, Triage, remarks, revision_options
from spondyl.engine import conflicts as touching
from spondyl.knowledge.rules import Conflict
from spondyl.logic import TRUE, Interval
from spondyl.plan.care import Care
from spondyl.plan.findings import URGENCY
from spondyl.plan.statements import cited, statement
from spondyl.timeline import later, morphine_equivalent


class Told(NamedTuple):
    """A conflict as the record tells it: its positions as statements, and the place of each by its id."""

    topic: str
    why: str
    positions: list[dict[str, Any]]
    names: dict[str, int]


class Maker(Care):
    """Every part of the record."""

    def revision(self, candidates: list[Candidate]) -> list[dict[str, Any]]:
        shown = []
        for one, option in revision_options(self.patient, candidates):
            lists: dict[str, list[str]] = {}
            for side, items in (("benefits", option.benefits), ("risks", option.risks)):
                lists[side] = [
                    self.statements.add(
                        f"revision.{option.id}.{side}.{name}",
                        self.words.spell(say),
                        f"revision.{option.id}",
                        [],
                        cited(self.patient.rules, [(source, "supports")] if source else ()),
                        direction="for" if side == "benefits" else "against",
                    )
                    for name, say, source in items
                ]
            shown.append(
                {"option": option.option, "for": one.generator.id, "site": self.site(one.focus, "operated"),
                 "alternative": option.alternative, **lists}
            )  # fmt: skip
        return shown

    def referrals(self, found: Triage, orders: list[Ordered], scope: str) -> list[dict[str, Any]]:
        for said in remarks(self.patient, "referrals"):
            view = self.patient.plain(said.focus)
            alias = self.statements.add(
                f"referral.{said.remark.id}",
                self.words.fill(said.remark.say, view, self.site_of(said.site)),
                f"referral.{said.remark.id}",
                self.statements.facts_of(view, said.remark.when, truth=TRUE),
                self.statements.cite(said.remark.evidence),
            )
            self._refer(str(said.remark.to), str(said.remark.urgency), alias, "emergency")
        shown = [
            {"to": to, "urgency": urgency, "statement": statements[0], "statements": statements}
            for to, (urgency, statements) in self.referred.items()
        ]
        shown.sort(key=lambda one: (-URGENCY.index(str(one["urgency"])), str(one["to"])))
        return shown

    def remarks(self, kind: str) -> list[str]:
        return [self._remark(kind, said) for said in remarks(self.patient, kind)]

    def _remark(self, kind: str, said: Any) -> str:
        plain, _ = self.patient.views(said.focus)
        singular = {"pitfalls": "pitfall", "outcomes": "outcome"}.get(kind, kind)
        place = f"/{said.focus.key}" if said.site is not None else ""
        return self.statements.add(
            f"{singular}.{said.remark.id}{place}",
            self.words.fill(said.remark.say, plain, self.site_of(said.site)),
            f"{singular}.{said.remark.id}",
            self.statements.facts_of(plain, said.remark.when, truth=TRUE),
            self.statements.cite(said.remark.evidence),
        )

    def prognosis(self) -> dict[str, list[str]]:
        shown: dict[str, list[str]] = {"better": [], "worse": []}
        for said in remarks(self.patient, "prognosis"):
            direction = "worse" if said.remark.direction == "worse" else "better"
            shown[direction].append(self._remark("prognosis", said))
        return shown

    def reassessment(self, as_of: str) -> list[dict[str, Any]]:
        shown = []
        for said in remarks(self.patient, "follow_up"):
            start = as_of
            if said.remark.from_fact:
                days = self.patient.chart.dates.get(said.remark.from_fact)
                if days is not None:
                    start = date.fromordinal(days.last).isoformat()
            on = later(start, said.remark.days or 0)
            alias = self._remark("follow_up", said)
            what = [self.words.spell(word) for word in said.remark.what]
            shown.append({"on": max(on, as_of), "what": what, "statement": alias})
        shown.sort(key=lambda one: (str(one["on"]), str(one["statement"])))
        return shown

    def mme(self) -> dict[str, Any] | None:
        view = self.patient.plain(self.patient.main)
        total = view["mme_per_day"]
        if not isinstance(total, Interval):
            return None
        taken = [
            entry.values
            for entry in view.entries("medications")
            if hasattr(entry.values["class"], "yes")
            and "opioid" in entry.values["class"].yes  # type: ignore[union-attr]
            and entry.values["status"] not in ("stopped", "planned", "requested")
        ]
        counted = morphine_equivalent(taken, self.patient.rules.tables["drugs"])
        return {
            "low": _tidy(counted.low),
            "high": None if counted.high is None else _tidy(counted.high),
            "known": _tidy(counted.low),
            "counted": list(counted.counted),
            "not_counted": list(counted.not_counted),
        }

    def contradictions(self) -> list[dict[str, Any]]:
        return [
            {
                "fact": one.fact,
                "values": [{"value": value, "source": source} for value, source in one.values],
                "used": {"safety": one.safety, "elsewhere": one.elsewhere},
            }
            for one in self.patient.chart.contradictions
        ]

    def conflicts(self) -> list[dict[str, Any]]:
        shown, words, put = [], self.words, self.statements.put
        for conflict in touching(self.patient):
            told = words.once(("conflict", conflict.id), lambda conflict=conflict: self._told(conflict))  # type: ignore[misc]
            aliases = [put(one) for one in told.positions]
            chosen = conflict.by_profile.get(self.options.profile, conflict.applied)
            place = told.names.get(chosen)
            shown.append(
                {
                    "conflict": conflict.id,
                    "topic": told.topic,
                    "positions": aliases,
                    "applied": put(self._applied(conflict, chosen)) if place is None else aliases[place],
                    "why": told.why,
                }
            )
        return shown

    def _told(self, conflict: Conflict) -> Told:
        """A conflict in words: nothing in it is about the patient."""
        rule, spell = f"conflict.{conflict.id}", self.words.spell
        positions = []
        for one in conflict.positions:
            sources = cited(self.patient.rules, [(source, "supports") for source in one.sources])
            positions.append(statement(f"{rule}.{one.id}", spell(one.say), rule, [], sources))
        names = {one.id: place for place, one in enumerate(conflict.positions)}
        return Told(spell(conflict.topic), spell(conflict.why), positions, names)

    def _applied(self, conflict: Conflict, chosen: str) -> dict[str, Any]:
        rule = f"conflict.{conflict.id}"
        return statement(f"{rule}.applied", self.words.spell(chosen), rule, [], cited(self.patient.rules, ()))

    def facts(self) -> list[dict[str, Any]]:
        shown = [{"id": key, **fact.as_json()} for key, fact in self.patient.chart.facts.items()]
        return shown + self.statements.facts


def _tidy(number: float) -> float | int:
    return int(number) if number == int(number) else number
