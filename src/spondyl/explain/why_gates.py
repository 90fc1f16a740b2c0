"""Why a gate is open or not, and why a treatment is offered, held back or not offered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spondyl.engine import Criterion, Judged, Offered
from spondyl.explain.answer import Answer
from spondyl.explain.asked import Asked
from spondyl.explain.reason import truth_word
from spondyl.explain.sources import evidence
from spondyl.knowledge.rules import Caution, CheckFirst, Citation, Gate, Target, Treatment
from spondyl.logic import FALSE, TRUE
from spondyl.timeline import Focus

Json = dict[str, Any]
_OPEN = ("not_documented", "contradicted")


def gate(answer: Answer, asked: Asked) -> list[Json]:
    """A gate at every site and for every target it is judged for: each criterion with its proof."""
    rule = answer.rules.gates[asked.name]
    mine = [one for one in answer.plan.gates if one.gate is rule]
    chosen = [
        one
        for one in mine
        if asked.site in (None, one.site.key if one.site else None) and asked.target in (None, one.target)
    ]
    if asked.part is not None and asked.part.startswith("caution."):
        focus = (chosen or mine)[0].focus
        return [_caution(answer, "gate", rule.id, rule.cautions, rule.evidence, focus, asked, rule.per == "region")]
    return [_gate_at(answer, rule, one) for one in chosen or mine]


def _gate_at(answer: Answer, rule: Gate, one: Judged) -> Json:
    plain, _ = answer.patient.views(one.focus)
    base = f"gate.{rule.id}"
    parts: list[Json] = []
    if rule.applies is not None:
        path = f"{base}.applies"
        parts.append(answer.part("applies", "applies", "judged here at all", rule.applies, plain, path=path))
    parts += [_criterion(answer, rule, one, criterion) for criterion in one.criteria]
    place = f"/{one.focus.key}" if one.site else ""
    key = f"{base}{place}" + (f"@{one.target}" if one.target else "")
    site = None if one.site is None else one.site.site("operated" if one.target else "focus")
    title = answer.words.title("gate", rule.id)
    if one.target:
        title += f" for {answer.words.title('generator', one.target)}"
    free = [
        flag.flag.id for flag in answer.plan.triage.at(one.focus) if any(c.result == "bypassed" for c in one.criteria)
    ]
    questions: dict[str, Json] = {}
    for criterion in one.criteria:
        if (criterion.result in (*_OPEN, "not_met") and criterion.kind == "required") or criterion.result in _OPEN:
            for fact in criterion.ask:
                questions.setdefault(fact, answer.question(fact)).setdefault("for", []).append(criterion.id)
    return answer.entry(
        "gate", rule.id, rule=base, title=title, state=one.result, stands=True, parts=parts,
        evidence=evidence(answer.words, rule.evidence), key=key, site=site, told=rule.tell, claims=rule.claims,
        settle=answer.settled(list(questions.values())), target=one.target, because=one.because,
        because_says=answer.words.title("because", one.because) if one.because else None,
        by_profile=one.by_profile, bypassed_by=free, treatment=rule.treatment, repeat=rule.repeat,
    )  # fmt: skip


def _criterion(answer: Answer, rule: Gate, one: Judged, criterion: Criterion) -> Json:
    plain, safety = answer.patient.views(one.focus)
    source = criterion.rule
    if isinstance(source, CheckFirst):
        made = answer.part(
            criterion.id, "check_first", answer.words.spell(criterion.label), criterion.condition, safety,
            path="", goal=FALSE,
        )  # fmt: skip
        if source.moot_when is not None:
            moot = answer.patient.truth(source.moot_when, safety)
            made["moot"] = {
                "expression": answer.text("", source.moot_when),
                "truth": truth_word(moot),
                "reason": answer.reasons.leaves(source.moot_when, safety),
            }
    else:
        made = answer.part(
            criterion.id, "required", answer.words.spell(criterion.label), criterion.condition, plain,
            path=_required_path(rule, criterion, answer.patient.profile),
        )  # fmt: skip
        made["criterion_kind"] = source.kind if not isinstance(source, Target) else criterion.id
    made |= {"result": criterion.result, "have": criterion.have, "need": criterion.need}
    made["elsewhere"] = [{"profile": p, "need": need, "result": result} for p, need, result in criterion.elsewhere]
    made["ask"] = list(criterion.ask)
    cited = [c for c in rule.evidence if c.supported == criterion.id]
    made["evidence"] = [c.source for c in cited]
    if criterion.result in ("met", "bypassed"):
        made.pop("settle", None)
    return made


def _required_path(rule: Gate, criterion: Criterion, profile: str) -> str:
    if isinstance(criterion.rule, Target):
        place = next(at for at, one in enumerate(rule.targets) if one.target == criterion.rule.target)
        part = "cause" if criterion.id == "cause" else "wait"
        return f"gate.{rule.id}.targets.{place}.{part}"
    place = next(at for at, one in enumerate(rule.required) if one.id == criterion.id)
    if profile in rule.required[place].profiles:
        return f"gate.{rule.id}.required.{place}.profiles.{profile}"
    return f"gate.{rule.id}.required.{place}.when"


def treatment(answer: Answer, asked: Asked) -> list[Json]:
    """A treatment wherever it is offered; where it is not, why no offer holds."""
    rule = answer.rules.treatments[asked.name]
    mine = [one for one in answer.plan.offered if one.treatment is rule]
    chosen = [one for one in mine if asked.site in (None, one.focus.key)]
    if asked.part is not None and asked.part.startswith("caution."):
        focus = chosen[0].focus if chosen else answer.patient.main
        own = rule.per == "region"
        return [_caution(answer, "treatment", rule.id, rule.cautions, rule.evidence, focus, asked, own)]
    if chosen:
        return [_treatment_at(answer, rule, one.focus, one) for one in chosen]
    places: Sequence[Focus] = answer.patient.regions if rule.per == "region" else (answer.patient.main,)
    places = [focus for focus in places if asked.site in (None, focus.key)] or places
    return [_treatment_at(answer, rule, focus, None) for focus in places]


def _treatment_at(answer: Answer, rule: Treatment, focus: Focus, found: Offered | None) -> Json:
    plain, safety = answer.patient.views(focus)
    base, own = f"treatment.{rule.id}", rule.per == "region"
    parts: list[Json] = []
    for place, offer in enumerate(rule.offers):
        path = f"{base}.offers.{place}"
        part = answer.part(
            offer.id, "offer", answer.bare(offer.say, offer.when), offer.when, plain, path=f"{path}.when",
            unless=offer.unless, guard=safety, unless_path=f"{path}.unless", status=offer.status,
        )  # fmt: skip
        part.pop("precaution", None)
        part["chosen"] = found is not None and found.offer is offer
        if part["truth"] == "true":
            part["title"] = answer.words.fill(offer.say, plain, focus.site() if own else None)
        parts.append(part)
    for place, caution in enumerate(rule.cautions):
        if answer.patient.truth(caution.when, safety) is TRUE:
            parts.append(_caution_part(answer, base, "cautions", place, caution, focus))
    for place, content in enumerate(rule.content):
        if answer.patient.truth(content.when, plain) is TRUE:
            title = answer.words.fill(content.say, plain, focus.site() if own else None)
            path = f"{base}.content.{place}.when"
            parts.append(answer.part(content.id, "content", title, content.when, plain, path=path))
    more: Json = {"phase": rule.phase, "gate": rule.gate, "hazard": rule.hazard}
    state, key = "not_offered", None
    settle = answer.settle([part for part in parts if part["role"] == "offer"])
    if found is not None:
        state, key = found.status, base + (f"/{focus.key}" if found.site else "")
        more |= {"offered_as": found.offer.status, "offer": found.offer.id, "held_by": found.held}
        more["check_first"] = [name for name in found.check_first if plain[name] is None]
        settle = answer.settled([answer.question(name) for name in more["check_first"]])
        if found.gate is not None:
            more["gate_result"] = found.gate.result
            short = [one for one in found.gate.criteria if one.result in (*_OPEN, "not_met")]
            parts += [_limit(answer, found.gate, one) for one in short]
    elif "treatments" in answer.left_out:
        more["left_out"] = answer.record["scope"]["status"]
    return answer.entry(
        "treatment", rule.id, rule=base, title=answer.words.title("treatment", rule.id), state=state,
        stands=found is not None, parts=parts, evidence=evidence(answer.words, rule.evidence), key=key,
        focus=focus if own else None, claims=rule.claims, settle=settle, **more,
    )  # fmt: skip


def _limit(answer: Answer, judged: Judged, criterion: Criterion) -> Json:
    """A criterion of the gate that holds the treatment back."""
    return _criterion(answer, judged.gate, judged, criterion) | {"role": "gate", "gate": judged.gate.id}


def _caution_part(answer: Answer, base: str, list_: str, place: int, caution: Caution, focus: Focus) -> Json:
    safety = answer.patient.safety(focus)
    held = answer.patient.truth(caution.when, safety) is TRUE
    title = answer.words.fill(caution.say, safety, focus.site()) if held else answer.bare(caution.say, caution.when)
    path = f"{base}.{list_}.{place}.when"
    return answer.part(caution.id, "caution", title, caution.when, safety, path=path)


def _caution(
    answer: Answer, kind: str, name: str, cautions: Sequence[Caution], cited: Sequence[Citation], focus: Focus,
    asked: Asked, own: bool,
) -> Json:  # fmt: skip
    """One caution of a gate or a treatment, as a statement of its own."""
    wanted = str(asked.part).removeprefix("caution.")
    base = f"{kind}.{name}"
    list_ = "cautions" if kind == "treatment" else "caution"
    parts = [
        _caution_part(answer, base, list_, place, one, focus) for place, one in enumerate(cautions) if one.id == wanted
    ]
    holds = any(part["truth"] == "true" for part in parts)
    return answer.entry(
        kind, name, rule=base, title=f"{answer.words.title(kind, name)}: caution", state="holds" if holds else
        "does_not_hold", stands=holds, parts=parts,
        evidence=evidence(answer.words, cited, wanted, "caution", f"caution.{wanted}"),
        key=f"{base}.caution.{wanted}" + (f"/{focus.key}" if own else ""), focus=focus if own else None,
        settle=answer.settle(parts),
    )  # fmt: skip
