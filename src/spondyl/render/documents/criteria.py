"""The criteria of a packet: what came out, in whose words, how old those are, what is to get. It judges none."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from spondyl.explain import Words
from spondyl.knowledge.rules import Gate
from spondyl.render.aged import aged
from spondyl.render.documents.grounds import Ground, Grounds
from spondyl.render.documents.quotes import quotes
from spondyl.render.documents.recorded import Recorded
from spondyl.render.pictures.course import KEYS
from spondyl.render.pictures.wording import say, table
from spondyl.timeline.charted import as_days

_OPEN = ("not_documented", "contradicted")
_OF_TARGET = ("cause", "wait")  # the criteria that belong to the cause a gate is judged for
Facts = Mapping[str, Mapping[str, Any]]


def criteria(
    judged: Mapping[str, Any],
    rule: Gate,
    on_record: Recorded,
    grounds: Grounds,
    texts: Mapping[str, str] | None,
) -> list[dict[str, Any]]:
    """Every criterion of an entry of the `gates` of a record as in schemas/record/packet.schema.json."""
    by_id = {str(fact["id"]): fact for fact in on_record.record["facts"]}
    old = aged(on_record.record, on_record.words.rules)
    told = _told(by_id)
    made = []
    for one in judged["criteria"]:
        ground = grounds.get((one["kind"], one["criterion"]))
        made.append(_criterion(one, rule, on_record, by_id, texts, old, told, ground))
    return made


def _criterion(
    one: Mapping[str, Any],
    rule: Gate,
    on_record: Recorded,
    by_id: Facts,
    texts: Mapping[str, str] | None,
    old: Mapping[str, str],
    told: Collection[str],
    ground: Ground | None,
) -> dict[str, Any]:
    words = on_record.words
    proof = _behind(one, by_id, ground)
    said = quotes(on_record, proof, texts)
    number = words.label(ground.number) if ground is not None and ground.number else None
    own = one["criterion"] if one["criterion"] in _OF_TARGET else "other"
    kind = next((each.kind for each in rule.required if each.id == one["criterion"]), own)
    return {
        "criterion": one["criterion"],
        "label": one["label"],
        "kind": one["kind"],
        "about": kind if one["kind"] == "required" else "contraindication",
        "result": one["result"],
        "have": one["have"],
        "need": one["need"],
        "counts": number,
        "standing": _standing(one, on_record, proof, old, bool(said)),
        "elsewhere": [dict(each) for each in one["elsewhere"]],
        "proof": [dict(fact) for fact in proof],
        "quotes": said,
        "missing": _missing(one, kind, words, old, told, number, _denied(proof)),
        "ask": list(one["ask"]),
        "evidence": [
            {"source": cited.source, "tier": words.rules.evidence[cited.source].tier, "role": cited.role}
            for cited in rule.evidence
            if cited.supported == one["criterion"] and cited.source in words.rules.evidence
        ],
    }


def _behind(one: Mapping[str, Any], by_id: Facts, ground: Ground | None) -> list[Mapping[str, Any]]:
    """The facts behind a criterion: its proof, of whose lists only what counts; of an open one what is on record."""
    if ground is None:
        return [by_id[name] for name in one["proof"] if name in by_id]
    if one["result"] in _OPEN:
        return [by_id[name] for name in by_id if name in ground.facts]
    kept = set(ground.facts)
    whole = [by_id[name] for name in one["proof"] if name in by_id]
    return [fact for fact in whole if not kept or fact["id"] in kept or fact["source"].get("kind") == "derived"]


def _standing(
    one: Mapping[str, Any],
    on_record: Recorded,
    proof: Sequence[Mapping[str, Any]],
    old: Mapping[str, str],
    said: bool,
) -> dict[str, Any] | None:
    """How an open criterion stands that has words on record: too old, with the days; or recorded in part."""
    if one["result"] != "not_documented" or not said:
        return None
    today = as_days(on_record.record["as_of"])
    latest: dict[str, Any] | None = None
    for name in dict.fromkeys(str(fact["fact"]) for fact in proof):
        known, day = on_record.words.rules.facts.get(name), as_days(old[name]) if name in old else None
        if known is None or known.fresh_days is None or day is None or today is None:
            continue
        days = today.first - day.first
        if latest is None or days > latest["days"]:
            latest = {"kind": "too_old", "on": old[name], "days": days, "most": round(known.fresh_days)}
    return latest or {"kind": "in_part"}


def _told(by_id: Facts) -> set[str]:
    """The facts that the record answers with yes, no, a number or a word."""
    return {
        str(fact["fact"])
        for fact in by_id.values()
        if fact["assertion"] in ("present", "negated") and not isinstance(fact["value"], list)
    }


def _denied(proof: Sequence[Mapping[str, Any]]) -> set[str]:
    """The lists of which something is said not to be there ("no pacemaker"); the rest is still to be asked."""
    found = [str(fact["fact"]) for fact in proof if fact["assertion"] == "negated"]
    return {name.partition(".")[0] for name in found if KEYS.get(name.partition(".")[0]) == name.rpartition(".")[2]}


def _missing(
    one: Mapping[str, Any],
    kind: str,
    words: Words,
    old: Mapping[str, str],
    told: Collection[str],
    number: str | None,
    named: Collection[str],
) -> list[str]:
    """What to get for a criterion that does not hold; nothing for one that does."""
    if one["result"] in ("met", "bypassed"):
        return []
    if one["result"] == "not_met" and one["kind"] == "check_first":
        return []  # a recorded contraindication is not missing; it has to change
    # What is on record is not missing, though it does not settle the criterion; a contradiction has to be settled.
    open_ = [fact for fact in one["ask"] if fact in old or fact not in told or one["result"] == "contradicted"]
    proof = table(words, "proof_of").get(kind) if one["kind"] == "required" else None
    fits = table(words, "proof_shows").get(kind)
    listed: dict[str, None] = {}
    for fact in open_ or one["ask"]:
        text = say(words, "other_than_named", fact=words.label(fact)) if fact in named else words.label(fact)
        text += f" ({words.fixed('too_old', date=old[fact])})" if fact in old else ""
        if proof and (fits is None or fact in fits) and one["result"] != "contradicted":
            text, proof = f"{text}: {words.spell(str(proof))}", None
        listed[text] = None
    if one["result"] in ("not_met", "not_documented") and one["have"] and one["need"]:
        return [f"{number or one['label']}: {words.counted(one['have'], one['need'])}"]
    if one["result"] == "contradicted":
        return [say(words, "settle", fact=name) for name in listed]
    return list(listed) or [str(one["label"])]
