"""The parts of the record that say what to do and what is missing for it: treatments and gates."""

from __future__ import annotations

from typing import Any

from spondyl.engine import Beside, Criterion, Judged, Offered, beside, desk
from spondyl.explain import Words
from spondyl.logic import TRUE
from spondyl.plan.findings import Findings
from spondyl.plan.questions import is_open
from spondyl.plan.statements import statement
from spondyl.timeline import View

_OPEN = ("not_documented", "contradicted")


class Care(Findings):
    """Treatments and gates."""

    def treatments(self, offered: list[Offered]) -> list[dict[str, Any]]:
        shown = []
        words, statements = self.words, self.statements
        around: dict[int, Beside] = {}
        for one in offered:
            treatment, focus = one.treatment, one.focus
            plain, safety = self.patient.views(focus)
            here = around.get(id(focus)) or around.setdefault(id(focus), beside(self.patient, focus))
            site = self.site_of(one.site)
            rule = f"treatment.{treatment.id}"
            place = f"/{focus.key}" if one.site else ""
            text = f"{words.title('treatment', treatment.id)}: {words.title('treatment_status', one.status)}. "
            if one.status == one.offer.status:
                text += words.fill(one.offer.say, plain, site)
            elif one.held:
                text += self._held(one)
            if one.status in ("start", "continue", "consider"):
                for content in here.content.get(rule, ()):
                    text += " " + words.fill(content.say, plain, site)
            facts = statements.facts_of(plain, one.offer.when, truth=TRUE)
            alias = statements.add(f"{rule}{place}", text.strip(), rule, facts, statements.cite(treatment.evidence))
            pairs = [(rule, treatment.evidence)]
            if one.gate is not None:
                pairs.append((f"gate.{one.gate.gate.id}", one.gate.gate.evidence))
            cautions = [
                statements.add(
                    f"{owner}.caution.{caution.id}{place}",
                    words.fill(caution.say, safety, site),
                    owner,
                    statements.facts_of(safety, caution.when, truth=TRUE),
                    statements.cite(evidence, caution.id, "caution", f"caution.{caution.id}"),
                    direction="against",
                )
                for owner, evidence in pairs
                for caution in here.cautions.get(owner, ())
            ]
            shown.append(
                {
                    "treatment": treatment.id,
                    "site": site,
                    "phase": treatment.phase,
                    "status": one.status,
                    "gate": treatment.gate,
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
                        text += f" ({self.words.counted(criterion.have, criterion.need)})"
                    if criterion.result in _OPEN or (criterion.kind == "required" and not criterion.need):
                        text += f": {self.words.title('criterion_result', criterion.result)}"
                    return f"{text}."
        return self.words.fixed("emergency_first")

    def gates(self, judged: list[Judged]) -> list[dict[str, Any]]:
        shown = []
        words, statements = self.words, self.statements
        for one in judged:
            site = None if one.site is None else self.site(one.site, "operated" if one.target else "focus")
            short = _short(one)
            place = "" if one.site is None else one.focus.key
            means = (one.gate.id, place, one.target, one.result, one.because, short and (short.label, short.result))
            alias = statements.put(words.once(means, lambda one=one, short=short: self._gate(one, short)))  # type: ignore[misc]
            plain, safety = self.patient.views(one.focus)
            known = self._criteria.get(id(plain))
            if known is None:
                kept = words.undocumented
                known = self._criteria[id(plain)] = [
                    kept.get(id(one)) for one in desk(self.patient, one.focus).criteria
                ]
            criteria = one.sheet.pick(known)
            if None in criteria:
                for criterion, at in zip(one.criteria, one.sheet.places, strict=True):
                    if known[at] is None:
                        known[at] = self._criterion(criterion, plain, safety)
                criteria = one.sheet.pick(known)
            shown.append(
                {
                    "gate": one.gate.id,
                    "site": site,
                    "target": one.target,
                    "result": one.result,
                    "because": one.because,
                    "by_profile": one.by_profile,
                    "criteria": list(criteria),
                    "statement": alias,
                }
            )
        return shown

    def _gate(self, one: Judged, short: Criterion | None) -> dict[str, Any]:
        """The statement of a gate: it says nothing of the patient but what came out."""
        title, rule = self.words.title, f"gate.{one.gate.id}"
        key = f"{rule}/{one.focus.key}" if one.site else rule
        text = title("gate", one.gate.id)
        if one.target:
            key += f"@{one.target}"
            text += f" for {title('generator', one.target)}"
        text += f": {title('gate_result', one.result)}"
        if one.because:
            text += f" ({title('because', one.because)})"
        elif short is not None:
            text += f": {short.label}, {title('criterion_result', short.result)}"
        direction = "for" if one.result == "open" else "against"
        return statement(key, text, rule, [], self.statements.cite(one.gate.evidence), direction)

    def _criterion(self, criterion: Criterion, plain: View, safety: View) -> dict[str, Any]:
        kept = self.words.documented.get(id(criterion))
        made = _shown(criterion, self.words) if kept is None else kept.copy()
        if kept is None and criterion.have is None and not self.patient.chart.contradictions:
            # But for its proof it says nothing of the patient: it reads the same in every record.
            self.words.keep(criterion, made if criterion.result == "not_documented" else made.copy())
        if criterion.result != "not_documented":
            view = safety if criterion.kind == "check_first" else plain
            made["proof"] = self.statements.facts_of(view, criterion.condition, truth=criterion.truth)
        return made


def _short(one: Judged) -> Criterion | None:
    """The criterion that keeps a gate from being open, where no reason is named."""
    if one.because or one.result == "open":
        return None
    for results in (("not_met",), _OPEN):
        for criterion in one.criteria:
            if criterion.result in results:
                return criterion
    return None


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
