"""Why a remark, a referral, a revision option or a contested point is said or not, and what a fact rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spondyl.engine import confirming, revision_options
from spondyl.explain.answer import Answer
from spondyl.explain.asked import REMARKS, Asked
from spondyl.explain.sources import evidence, named
from spondyl.knowledge.rules import Remark, RevisionOption
from spondyl.logic import TRUE, FactIs
from spondyl.timeline import as_json, asked_names

Json = dict[str, Any]


def remark(answer: Answer, asked: Asked) -> list[Json]:
    """A pitfall, outcome, prognosis, prevention or review: said, or why not."""
    listed = answer.rules.remarks[REMARKS[asked.kind]]
    rule = next(one for one in listed if one.id == asked.name)
    return [_remark(answer, asked.kind, rule, asked)]


def _remark(answer: Answer, kind: str, rule: Remark, asked: Asked) -> Json:
    places = answer.patient.regions if rule.per == "region" else (answer.patient.main,)
    base = f"{kind}.{rule.id}"
    focus = next((one for one in places if asked.site == one.key), places[0])
    for one in places:
        if answer.patient.holds(rule.when, rule.unless, *answer.patient.views(one)) is TRUE:
            focus = one
            break
    plain, safety = answer.patient.views(focus)
    part = answer.part(
        "when", "when", answer.bare(rule.say, rule.when), rule.when, plain, path=f"{base}.when",
        unless=rule.unless, guard=safety, unless_path=f"{base}.unless",
    )  # fmt: skip
    part.pop("precaution", None)
    key = base + (f"/{focus.key}" if rule.per == "region" and kind != "referral" else "")
    stands = key in answer.by_key
    state = "said" if stands else "not_said"
    more: Json = {"title": answer.words.spell(rule.title)}
    if part["truth"] == "true" and not stands:
        more["left_out"] = answer.record["scope"]["status"]
    if rule.days is not None:
        more["days"] = rule.days
    return answer.entry(
        kind, rule.id, rule=base, state=state, stands=stands, parts=[part], key=key if stands else None,
        focus=focus if rule.per == "region" else None, evidence=evidence(answer.words, rule.evidence),
        claims=rule.claims, settle=answer.settle([part]), **more,
    )  # fmt: skip


def referral(answer: Answer, asked: Asked) -> list[Json]:
    """A referral rule, or everything that sends or could send the patient to one place."""
    rules = answer.rules.remarks.get("referrals", ())
    own = next((one for one in rules if one.id == asked.name), None)
    if own is not None:
        return [_remark(answer, "referral", own, asked)]
    sent = next((one for one in answer.record["referrals"] if one["to"] == asked.name), None)
    parts: list[Json] = []
    cited: list[tuple[str, str]] = []
    for alias in sent["statements"] if sent else ():
        statement = answer.statements[alias]
        parts.append(
            {"part": statement["key"], "role": "statement", "title": statement["text"], "truth": "true",
             "statement": alias, "reason": [], "facts": answer.reasons.use(statement["facts"])}
        )  # fmt: skip
        cited += [(one["source"], one["role"]) for one in statement["evidence"]]
    for rule in rules:
        if rule.to == asked.name and not any(part["part"] == f"referral.{rule.id}" for part in parts):
            entry = _remark(answer, "referral", rule, asked)
            parts += [part | {"part": rule.id, "title": entry["title"]} for part in entry["parts"]]
            cited += [(one.source, one.role) for one in rule.evidence]
    flags = [flag.id for flag in answer.rules.red_flags.values() if asked.name in flag.do]
    title = answer.words.title("referral", asked.name)
    state = str(sent["urgency"]) if sent else "not_referred"
    return [
        answer.entry(
            "referral",
            asked.name,
            rule=f"referral.{asked.name}",
            title=title,
            state=state,
            stands=sent is not None,
            parts=parts,
            evidence=named(answer.words, cited),
            settle=answer.settle(parts),
            says=title,
            red_flags_that_refer=flags,
        )
    ]


def revision(answer: Answer, asked: Asked) -> list[Json]:
    """An option of revision surgery: shown where its cause is confirmed or supported."""
    rules = answer.rules.revision
    chosen = [rules[asked.name]] if asked.name in rules else [o for o in rules.values() if o.option == asked.name]
    return [_revision(answer, option, asked) for option in chosen]


def _revision(answer: Answer, option: RevisionOption, asked: Asked) -> Json:
    base = f"revision.{option.id}"
    mine = [one for one in answer.plan.candidates if one.generator.id == option.target]
    pairs = revision_options(answer.patient, answer.plan.candidates)
    shown = [one for one, other in pairs if other is option]
    standing = shown[0].standing if shown else mine[0].standing if mine else "not_listed"
    cause = answer.words.title("generator", option.target)
    truth = "true" if shown else "false" if standing in ("excluded", "opposed") else "unknown"
    parts: list[Json] = [
        {"part": "cause", "role": "cause", "title": cause, "truth": truth, "standing": standing, "reason": [],
         "expression": f"{option.target} confirmed or supported", "see": f"generator:{option.target}"}
    ]  # fmt: skip
    for one in mine[:1]:
        view = answer.patient.plain(one.focus)
        title = answer.words.label("concordant_here")
        parts.append(answer.part("agrees", "cause", title, FactIs("concordant_here"), view, path=""))
    effects: list[tuple[str, str]] = []
    for side, items in (("benefit", option.benefits), ("risk", option.risks)):
        for name, say, source in items:
            if asked.part in (None, f"{side}s.{name}"):
                parts.append({"part": name, "role": side, "title": answer.words.spell(say), "truth": truth,
                              "reason": [], "evidence": [source]})  # fmt: skip
                effects.append((source, "supports"))
    key = f"{base}.{asked.part}" if asked.part else None
    studies: Sequence[str] = confirming(answer.patient, mine[0]) if mine and not shown else ()
    settle = answer.settled(answer.settle(parts)["questions"], studies)
    state = "shown" if shown and "revision_options" not in answer.left_out else "not_shown"
    return answer.entry(
        "revision", option.id, rule=base, title=f"{option.option.replace('_', ' ')} for {cause}", state=state,
        stands=state == "shown", parts=parts, evidence=named(answer.words, effects), key=key,
        focus=shown[0].focus if shown else None, claims=option.claims, settle=settle,
        option=option.option, alternative=option.alternative,
    )  # fmt: skip


def conflict(answer: Answer, asked: Asked) -> list[Json]:
    """Where sources disagree: whether it touches this patient, every position, what is applied and why."""
    rule = answer.rules.conflicts[asked.name]
    patient = answer.patient
    touched = [one for one in patient.regions if patient.truth(rule.touches, patient.plain(one)) is TRUE]
    focus = touched[0] if touched else patient.main
    view = answer.patient.plain(focus)
    chosen = rule.by_profile.get(answer.patient.profile, rule.applied)
    parts = [answer.part("touches", "when", "touches this patient", rule.touches, view,
                         path=f"conflict.{rule.id}.touches")]  # fmt: skip
    cited: list[tuple[str, str]] = []
    for position in rule.positions:
        if asked.part in (None, "applied", position.id):
            parts.append({"part": position.id, "role": "position", "title": answer.words.spell(position.say),
                          "truth": "true" if position.id == chosen else "unknown", "reason": [],
                          "applied": position.id == chosen, "evidence": list(position.sources)})  # fmt: skip
            cited += [(source, "supports") for source in position.sources]
    stands = any(one.id == rule.id for one in answer.touching)
    applied = next((one.say for one in rule.positions if one.id == chosen), chosen)
    key = f"conflict.{rule.id}.{asked.part or (chosen if len(chosen.split()) == 1 else 'applied')}"
    return [
        answer.entry(
            "conflict",
            rule.id,
            rule=f"conflict.{rule.id}",
            title=answer.words.spell(rule.topic),
            state="touches" if stands else "does_not_touch",
            stands=stands,
            parts=parts,
            evidence=named(answer.words, cited),
            key=key if stands else None,
            says=answer.words.spell(applied),
            applied=answer.words.spell(applied),
            because=answer.words.spell(rule.why),
            by_profile=dict(rule.by_profile),
            settle=answer.settle(parts[:1]),
        )
    ]


def fact(answer: Answer, asked: Asked) -> list[Json]:
    """A fact, recorded or derived, at every region: its value and what it rests on."""
    local = answer.patient.program.of_focus(asked.name)
    made = []
    for focus in answer.patient.regions if local else (answer.patient.main,):
        view = answer.patient.plain(focus)
        value = view[asked.name]
        leaf = answer.reasons.fact(asked.name, view)
        part = {"part": asked.name, "role": "fact", "title": leaf["says"], "reason": [leaf],
                "truth": "unknown" if value is None else "true"}  # fmt: skip
        questions = []
        if value is None:
            questions = [answer.question(name) for name in asked_names(view, (asked.name,))[:7]]
        made.append(
            answer.entry(
                "fact",
                asked.name,
                rule=f"fact.{asked.name}",
                title=answer.words.label(asked.name),
                state="unknown" if value is None else "known",
                stands=value is not None,
                parts=[part],
                evidence=[],
                focus=focus if local else None,
                says=str(leaf["says"]),
                value=as_json(value),
                settle=answer.settled(questions),
            )
        )
    return made
