"""The parts of the record that say what to do and what is missing for it: treatments and gates."""

from __future__ import annotations

from typing import Any

from spondyl.engine import Criterion, Judged, Offered
from spondyl.explain import Words, site_of
from spondyl.logic import TRUE
from spondyl.plan.findings import Findings
from spondyl.plan.questions import is_open
from spondyl.timeline import View

_MOST_CRITERIA = 20_000


class Care(Findings):
    """Treatments and gates."""

    def treatments(self, offered: list[Offered]) -> list[dict[str, Any]]:
        shown = []
        for one in offered:
            plain, safety = self.patient.views(one.focus)
            site = site_of(one.site)
            key = f"treatment.{one.treatment.id}" + (f"/{one.focus.key}" if one.site else "")
            text = f"{self.words.title('treatment', one.treatment.id)}: "
            text += self.words.title("treatment_status", one.status) + ". "
            if one.status == one.offer.status:
                text += self.words.fill(one.offer.say, plain, site)
            elif one.held:
                text += self._held(one)
            for content in one.treatment.content:
                if self.patient.truth(content.when, plain) is TRUE and one.status in ("start", "continue", "consider"):
                    text += " " + self.words.fill(content.say, plain, site)
            facts = self.statements.facts_of(plain, one.offer.when)
            alias = self.statements.add(
                key, text.strip(), f"treatment.{one.treatment.id}", facts, self.statements.cite(one.treatment.evidence)
            )
            cautions = []
            gate = one.gate
            pairs = [(one.treatment.cautions, f"treatment.{one.treatment.id}", one.treatment.evidence)]
            if gate is not None:
                pairs.append((gate.gate.cautions, f"gate.{gate.gate.id}", gate.gate.evidence))
            for listed, rule, evidence in pairs:
                for caution in listed:
                    if self.patient.truth(caution.when, safety) is TRUE:
                        cautions.append(
                            self.statements.add(
                                f"{rule}.caution.{caution.id}" + (f"/{one.focus.key}" if one.site else ""),
                                self.words.fill(caution.say, safety, site),
                                rule,
                                self.statements.facts_of(safety, caution.when),
                                self.statements.cite(evidence, caution.id, "caution", f"caution.{caution.id}"),
                                direction="against",
                            )
                        )
            shown.append(
                {
                    "treatment": one.treatment.id,
                    "site": site,
                    "phase": one.treatment.phase,
                    "status": one.status,
                    "gate": one.treatment.gate,
                    "check_first": [name for name in one.check_first if is_open(self.patient, name)],
                    "held_by": one.held,
                    "cautions": cautions,
                    "statement": alias,
                }
            )
        return shown

    def _held(self, one: Offered) -> str:
        if one.gate is not None:
            for criterion in one.gate.criteria:
                if criterion.because == one.held or criterion.id == one.held:
                    text = criterion.label
                    if criterion.have and criterion.need:
                        text += f" ({self.words.fixed('have_need', have=criterion.have, need=criterion.need)})"
                    if criterion.result in ("not_documented", "contradicted"):
                        text += f": {self.words.title('criterion_result', criterion.result)}"
                    return f"{text}."
        return self.words.fixed("emergency_first")

    def gates(self, judged: list[Judged]) -> list[dict[str, Any]]:
        shown = []
        for one in judged:
            plain, safety = self.patient.views(one.focus)
            site = None if one.site is None else one.site.site("operated" if one.target else "focus")
            place = f"/{one.focus.key}" if one.site else ""
            key = f"gate.{one.gate.id}{place}" + (f"@{one.target}" if one.target else "")
            text = f"{self.words.title('gate', one.gate.id)}"
            if one.target:
                text += f" for {self.words.title('generator', one.target)}"
            text += f": {self.words.title('gate_result', one.result)}"
            short = next((c for c in one.criteria if c.result == "not_met"), None)
            short = short or next((c for c in one.criteria if c.result in ("not_documented", "contradicted")), None)
            if one.because:
                text += f" ({self.words.title('because', one.because)})"
            elif short is not None:
                text += f": {short.label}, {self.words.title('criterion_result', short.result)}"
            alias = self.statements.add(
                key, text, f"gate.{one.gate.id}", (), self.statements.cite(one.gate.evidence),
                direction="for" if one.result == "open" else "against",
            )  # fmt: skip
            criteria = [
                self._unproven.get(id(criterion))
                or self._criterion(criterion, safety if criterion.kind == "check_first" else plain)
                for criterion in one.criteria
            ]
            shown.append(
                {
                    "gate": one.gate.id,
                    "site": site,
                    "target": one.target,
                    "result": one.result,
                    "because": one.because,
                    "by_profile": one.by_profile,
                    "criteria": criteria,
                    "statement": alias,
                }
            )
        return shown

    def _criterion(self, criterion: Criterion, view: View) -> dict[str, Any]:
        if criterion.result == "not_documented":
            made = self._unproven[id(criterion)] = self._as_json(criterion)
            return made
        key = (id(criterion), id(view))
        if key not in self._criteria:
            made = self._criteria[key] = self._as_json(criterion).copy()
            made["proof"] = self.statements.facts_of(view, criterion.condition)
        return self._criteria[key]

    def _as_json(self, criterion: Criterion) -> dict[str, Any]:
        """A criterion as the record shows it. What is not documented reads the same in every record and is shared."""
        kept, shown = self.words.criteria.get(id(criterion), (None, {}))
        if kept is not criterion:
            if len(self.words.criteria) >= _MOST_CRITERIA:
                self.words.criteria.clear()
            shown = _shown(criterion, self.words)
            self.words.criteria[id(criterion)] = (criterion, shown)
        return shown


def _shown(criterion: Criterion, words: Words) -> dict[str, Any]:
    return {
        "criterion": criterion.id,
        "label": words.spell(criterion.label),
        "kind": criterion.kind,
        "result": criterion.result,
        "have": criterion.have,
        "need": criterion.need,
        "elsewhere": [
            {"profile": profile, "need": need, "result": result} for profile, need, result in criterion.elsewhere
        ],
        "proof": [],
        "ask": list(criterion.ask),
    }
