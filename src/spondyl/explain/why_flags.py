"""Why a red flag or a generator stands where it stands, and why not."""

from __future__ import annotations

from typing import Any

from spondyl.engine import Candidate, any_level, confirming
from spondyl.explain.answer import Answer
from spondyl.explain.asked import Asked
from spondyl.explain.flips import flips
from spondyl.explain.sources import evidence
from spondyl.knowledge.rules import Generator, Level, RedFlag
from spondyl.logic import FALSE, TRUE, Condition
from spondyl.timeline import Focus

Json = dict[str, Any]


def red_flag(answer: Answer, asked: Asked) -> list[Json]:
    """A red flag at every focus it can differ at: established, not excluded, excluded or not screened."""
    patient, flag = answer.patient, answer.rules.red_flags[asked.name]
    conditions: list[Condition | None] = [flag.in_play]
    conditions += [flag.settled_when, flag.settled_unless]
    for level in flag.levels:
        conditions += [level.when, level.unless]
    local = patient.program.reads_focus(*conditions)
    places = [focus for focus in patient.regions if asked.site in (None, focus.key)] or list(patient.regions)
    if not local:
        places = [patient.main]
    stands = [one for one in answer.plan.triage.established if one.flag is flag]
    if stands:
        # Triage tells an established flag where it is in play, or once for the whole patient: so does this.
        told = [one.focus for one in stands]
        told += [one.focus for one in answer.plan.triage.not_excluded if one.flag is flag and one.focus not in told]
        places = [focus for focus in told if asked.site in (None, focus.key)] or told
    return [_flag_at(answer, flag, focus, local, asked.part == "not_excluded") for focus in places]


def _flag_at(answer: Answer, flag: RedFlag, focus: Focus, local: bool, open_asked: bool) -> Json:
    _patient, view, base = answer.patient, answer.patient.safety(focus), f"red_flag.{flag.id}"
    parts = [
        answer.part("in_play", "in_play", "asked at all", flag.in_play, view, path=f"{base}.in_play"),
    ]
    if flag.settled_when is not None:
        parts.append(
            answer.part(
                "settled",
                "in_play",
                "not asked on",
                flag.settled_when,
                view,
                path=f"{base}.settled_when",
                unless=flag.settled_unless,
                unless_path=f"{base}.settled_unless",
            )
        )
    shown: list[tuple[Level, Json]] = []
    for place, level in enumerate(flag.levels):
        path = f"{base}.levels.{place}"
        part = answer.part(
            level.id,
            "level",
            answer.bare(level.say or flag.say, level.when),
            level.when,
            view,
            path=f"{path}.when",
            unless=level.unless,
            unless_path=f"{path}.unless",
            urgency=level.urgency,
            goal=TRUE,
        )
        if not (level.when_said and part["truth"] == "unknown"):  # that the note names nothing is no open question
            shown.append((level, part))
    levels = [part for _, part in shown]
    parts += levels
    established = next((one for one in answer.plan.triage.established if one.flag is flag and one.focus == focus), None)
    opened = next((one for one in answer.plan.triage.not_excluded if one.flag is flag), None)
    first = next((place for place, part in enumerate(levels) if part["truth"] == "true"), None)
    for place, part in enumerate(levels):
        part["decides"] = place == first  # the first level that holds is the one that counts
    key = f"{base}.not_excluded" if opened is not None else None
    if established is not None and not (open_asked and opened is not None and opened.focus == focus):
        local = established.site is not None
        key = f"{base}/{focus.key}" if local else base
        state, urgency = "established", str(established.level.urgency)
    elif all(part["truth"] == "false" for part in levels):
        state, urgency, key = "excluded", "", None
    elif opened is not None and parts[0]["truth"] == "true":
        state, urgency = "not_excluded", opened.urgency
    else:
        state, urgency, key = "not_screened", "", None
    more: Json = {"urgency": urgency or None}
    if established is not None:
        more["basis"] = established.basis
    if state == "not_screened":
        # Not in play: what would bring it into play, and what would exclude it for good.
        settle = answer.settle([parts[0]])
    elif state == "established":
        settle = _lower(answer, focus, shown)
    elif state == "not_excluded":
        found = answer.reasons.settle(any_level(flag), view, FALSE)
        settle = answer.settled([answer.question(name) for name in (found["facts"] if found else ())])
        settle |= {"goal": "excluded", "minimal": bool(found and found["minimal"])}
    else:
        settle = answer.settled([])
    return answer.entry(
        "red_flag", flag.id, rule=base, title=answer.words.title("red_flag", flag.id), state=state,
        stands=state in ("established", "not_excluded"), parts=parts, evidence=evidence(answer.words, flag.evidence),
        key=key, focus=focus if local else None, told=flag.weights, claims=flag.claims, settle=settle,
        act=answer.words.fill(flag.act, view) if state == "established" else None, **more,
    )  # fmt: skip


def _lower(answer: Answer, focus: Focus, levels: list[tuple[Level, Json]]) -> Json:
    """The recorded reassurance that would turn the established level off; none where nothing can."""
    view = answer.patient.safety(focus)
    for level, part in levels:
        if part["truth"] == "true":
            found = None if level.unless is None else answer.reasons.settle(level.unless, view, TRUE)
            questions = [answer.question(name) for name in (found["facts"] if found else ())]
            return answer.settled(questions) | {"goal": "lower"}
    return answer.settled([])


def generator(answer: Answer, asked: Asked) -> list[Json]:
    """A generator at every site it stands at; where it is not listed, why not."""
    rule = answer.rules.generators[asked.name]
    mine = [one for one in answer.plan.candidates if one.generator is rule]
    chosen = [one for one in mine if asked.site in (None, one.focus.key)]
    if chosen:
        return [_generator_at(answer, rule, one.focus, one, asked) for one in chosen]
    if asked.site is None and mine:
        return [_generator_at(answer, rule, one.focus, one, asked) for one in mine]
    places = [focus for focus in answer.patient.foci if focus.kind in rule.at and asked.site in (None, focus.key)]
    places = places or [focus for focus in answer.patient.foci if focus.kind in rule.at] or [answer.patient.main]
    return [_generator_at(answer, rule, focus, None, asked) for focus in places]


def _generator_at(answer: Answer, rule: Generator, focus: Focus, found: Candidate | None, asked: Asked) -> Json:
    plain, safety = answer.patient.views(focus)
    base, site = f"generator.{rule.id}", focus.site(rule.site)
    parts: list[Json] = []
    if rule.applies is not None:
        parts.append(answer.part("applies", "applies", "listed at all", rule.applies, plain, path=f"{base}.applies"))
    for place, one in enumerate(rule.arguments):
        against = one.strength.startswith(("opposes", "excludes"))
        path = f"{base}.arguments.{place}"
        part = answer.part(
            one.id, "against" if against else "for", one.say, one.when, plain, path=f"{path}.when", unless=one.unless,
            guard=safety, unless_path=f"{path}.unless", strength=one.strength,
        )  # fmt: skip
        part.pop("precaution", None)
        held = part["truth"] == "true"
        part["title"] = answer.words.fill(one.say, plain, site) if held else answer.bare(one.say, one.when)
        part["statement"] = answer.by_key.get(f"{base}.{one.id}/{focus.key}")
        part["evidence"] = [cited["source"] for cited in evidence(answer.words, rule.evidence, one.id)]
        parts.append(part)
    state = "not_listed"
    more: Json = {}
    if found is not None:
        state = found.standing
        more = {"rank": found.rank, "balance": dict(zip(("strong", "moderate", "weak"), found.balance, strict=True))}
    elif "generators" in answer.left_out:
        more = {"left_out": answer.record["scope"]["status"]}
    key = f"{base}/{focus.key}" if found is not None else None
    title = answer.words.cause(rule.id, focus.region)
    if asked.part is not None and any(part["part"] == asked.part for part in parts):
        parts = [part for part in parts if part["part"] == asked.part]
        key = f"{base}.{asked.part}/{focus.key}"
        cited = evidence(answer.words, rule.evidence, asked.part)
        state = {"true": "holds", "false": "does_not_hold"}.get(parts[0]["truth"], "open")
        return answer.entry(
            "generator", rule.id, rule=base, title=f"{title}: {parts[0]['title']}", state=state,
            stands=state == "holds", parts=parts, evidence=cited, key=key, site=site, claims=rule.claims,
            settle=answer.settle(parts),
        )  # fmt: skip
    return answer.entry(
        "generator", rule.id, rule=base, title=title, state=state, stands=found is not None, parts=parts,
        evidence=evidence(answer.words, rule.evidence), key=key, site=site, told=rule.figures, claims=rule.claims,
        settle=_settle_generator(answer, rule, focus, found, parts), onset=rule.onset,
        explain=answer.words.spell(rule.explain), **more,
    )  # fmt: skip


def _settle_generator(
    answer: Answer, rule: Generator, focus: Focus, found: Candidate | None, parts: list[Json]
) -> Json:
    studies: list[str] = []
    shown: list[Json] = []
    candidate = found or Candidate(rule, focus, "not_listed", [], [], [], (0, 0, 0))
    studies = confirming(answer.patient, candidate)
    if found is not None:
        for flip in flips(answer.patient, found):
            wanted = answer.words.wanted(flip.leaf, flip.truth)
            shown.append(answer.question(flip.fact, wanted=wanted, then=flip.standing))
        return answer.settled(shown, studies, rule.settle) | {"blocks": list(rule.confirm_by_block)}
    opening = [part for part in parts if part["role"] in ("applies", "for")]
    return answer.settle(opening, studies, rule.settle) | {"blocks": list(rule.confirm_by_block)}
