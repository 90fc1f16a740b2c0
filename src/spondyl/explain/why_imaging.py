"""Why a study is recommended, on hold or not recommended, and why nothing asks for one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spondyl.engine import Ordered
from spondyl.engine import parts as parts_of
from spondyl.explain.answer import Answer
from spondyl.explain.asked import Asked
from spondyl.explain.sources import evidence
from spondyl.knowledge.identifiers import is_order
from spondyl.knowledge.rules import Citation, Imaging, RedFlag
from spondyl.timeline import Focus, condition_of

Json = dict[str, Any]
_AGAINST = ("usually_not_appropriate", "contraindicated")
_GROUPS = ("mri", "contrast", "radiation")


def imaging(answer: Answer, asked: Asked) -> list[Json]:
    """An order, by all rules that ask for it or against it; or one presentation rule or device check."""
    if is_order(asked.name):
        return [_order(answer, asked.name)]
    if asked.name in answer.rules.imaging:
        rule = answer.rules.imaging[asked.name]
        places = answer.patient.regions if rule.per == "region" else answer.patient.regions[:1]
        chosen = [focus for focus in places if asked.site in (None, focus.key)] or places
        return [_presentation(answer, rule, focus) for focus in chosen]
    return [_check(answer, asked.name)]


def _presentation(answer: Answer, rule: Imaging, focus: Focus) -> Json:
    part = _rule_part(answer, rule, focus, "")
    orders = [{"order": _at(answer, one.order, focus), "rating": one.rating, "step": one.step} for one in rule.orders]
    refused = [_at(answer, order, focus) for order, _ in rule.not_recommended]
    holds = part["truth"] == "true"
    return answer.entry(
        "imaging", rule.id, rule=f"imaging.{rule.id}", title=answer.words.spell(rule.title),
        state="holds" if holds else "open" if part["truth"] == "unknown" else "does_not_hold", stands=holds,
        parts=[part], evidence=evidence(answer.words, rule.evidence), focus=focus if rule.per == "region" else None,
        claims=rule.claims, settle=answer.settle([part]), orders=orders, not_recommended=refused,
    )  # fmt: skip


def _rule_part(answer: Answer, rule: Imaging, focus: Focus, order: str) -> Json:
    plain, safety = answer.patient.views(focus)
    base = f"imaging.{rule.id}"
    made = answer.part(
        rule.id, "when", answer.words.spell(rule.title), rule.when, plain, path=f"{base}.when", unless=rule.unless,
        guard=safety, unless_path=f"{base}.unless", rule=base, focus=focus.key,
    )  # fmt: skip
    made.pop("precaution", None)
    wish = next((one for one in rule.orders if _at(answer, one.order, focus) == order), None)
    if order:
        refused = next((text for one, text in rule.not_recommended if _at(answer, one, focus) == order), "")
        say = wish.say if wish is not None else refused
        made["rating"] = wish.rating if wish is not None else "usually_not_appropriate"
        made["speaks"] = "against" if made["rating"] in _AGAINST else "for"
        made["says"] = answer.words.fill(say, plain) if made["truth"] == "true" else answer.bare(say, rule.when)
    return made


def _at(answer: Answer, order: str, focus: Focus) -> str:
    region = answer.rules.tables["regions"]["regions"][focus.region]["order_region"]
    return order.replace("{region}", str(region))


def _order(answer: Answer, order: str) -> Json:
    found = next((one for one in answer.plan.orders if one.order == order), None)
    parts: list[Json] = []
    cited: list[Citation] = []
    claims: list[str] = []
    flags = {one.flag.id: one for one in answer.plan.triage.established}
    for flag in answer.rules.red_flags.values():
        if order in flag.do or any("{region}" in one and _fits(one, order) for one in flag.do):
            part = _flag_part(answer, flag, order, flags)
            if part is not None:
                parts.append(part)
                if part["truth"] == "true":
                    cited += flag.evidence
    for rule in answer.rules.imaging.values():
        for focus in answer.patient.regions if rule.per == "region" else answer.patient.regions[:1]:
            named = [_at(answer, one.order, focus) for one in rule.orders]
            named += [_at(answer, one, focus) for one, _ in rule.not_recommended]
            if order in named:
                part = _rule_part(answer, rule, focus, order)
                parts.append(part)
                if part["truth"] == "true" or found is None:
                    cited += rule.evidence
                    claims += rule.claims
    more: Json = {"modality": parts_of(order)[0], "region": parts_of(order)[1]}
    if found is not None:
        parts += _checks(answer, found)
        more |= {"rating": found.rating, "step": found.step, "rules": list(dict.fromkeys((found.rule, *found.also)))}
        more["check_first"] = list(found.check_first)
        cited = cited or [one for one in found.evidence if isinstance(one, Citation)]
    state = found.status if found is not None else "not_listed" if parts else "no_rule"
    questions = {name: answer.question(name) for name in (found.check_first if found is not None else ())}
    if found is None:
        for one in answer.settle(parts)["questions"]:
            questions.setdefault(one["fact"], one)
    says = "" if parts else "No rule asks for this study or against it."
    return answer.entry(
        "imaging", order, rule=found.rule if found is not None else "imaging", title=answer.words.title("order", order),
        state=state, stands=found is not None, parts=parts, evidence=evidence(answer.words, cited),
        key=f"imaging.{order}" if found is not None else None, claims=claims, says=says,
        settle=answer.settled(list(questions.values())), **more,
    )  # fmt: skip


def _fits(template: str, order: str) -> bool:
    head, _, tail = template.partition("{region}")
    return order.startswith(head) and order.endswith(tail)


def _flag_part(answer: Answer, flag: RedFlag, order: str, established: Mapping[str, Any]) -> Json | None:
    """The established red flag that wants the order now; None while it is not established at that region."""
    one = established.get(flag.id)
    if one is None or not any(_at(answer, wanted, one.focus) == order for wanted in one.level.do or flag.do):
        return None
    place = next(at for at, level in enumerate(flag.levels) if level.id == one.level.id)
    path = f"red_flag.{flag.id}.levels.{place}"
    return answer.part(
        f"red_flag.{flag.id}", "red_flag", answer.words.title("red_flag", flag.id), one.level.when,
        answer.patient.safety(one.focus), path=f"{path}.when", unless=one.level.unless, unless_path=f"{path}.unless",
        speaks="for", urgency=one.level.urgency, rule=f"red_flag.{flag.id}",
    )  # fmt: skip


def _checks(answer: Answer, found: Ordered) -> list[Json]:
    """What is recorded about devices, contrast and pregnancy, as far as it decided."""
    made = []
    for name in dict.fromkeys((found.rule, *found.also)):
        head, _, check = name.rpartition(".")
        if head == "imaging._device_gate":
            part = _check_part(answer, check, found.focus)
            if part is not None:
                made.append(part)
    return made


def _check_part(answer: Answer, name: str, focus: Focus) -> Json | None:
    for group in _GROUPS:
        for place, entry in enumerate(answer.rules.tables["device_gate"].get(group, ())):
            if entry["id"] != name:
                continue
            title = answer.words.spell(" ".join(str(entry.get("say", name.replace("_", " "))).split()))
            view, base = answer.patient.safety(focus), f"device_gate.{group}.{place}"
            if "when" not in entry:
                return {"part": name, "role": "check", "title": title, "truth": "true", "reason": [],
                        "expression": "", "status": entry["status"]}  # fmt: skip
            unless = condition_of(entry["unless"]) if "unless" in entry else None
            return answer.part(
                name, "check", title, condition_of(entry["when"]), view, path=f"{base}.when", unless=unless,
                unless_path=f"{base}.unless", status=entry["status"],
            )  # fmt: skip
    return None


def _check(answer: Answer, name: str) -> Json:
    check = name.rpartition(".")[2]
    part = _check_part(answer, check, answer.patient.main)
    parts = [part] if part is not None else []
    holds = bool(parts) and parts[0]["truth"] == "true"
    return answer.entry(
        "imaging", name, rule="imaging._device_gate", title=check.replace("_", " "),
        state="holds" if holds else "does_not_hold", stands=holds, parts=parts, evidence=evidence(answer.words, ()),
        settle=answer.settle(parts),
    )  # fmt: skip
