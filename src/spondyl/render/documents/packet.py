"""The prior-authorization packet of one gate: criterion by criterion what the record shows, in whose words, and what
is still to get. It restates the record; it judges nothing and argues only with what stands there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from spondyl.explain import Words
from spondyl.explain.explained import Explained
from spondyl.knowledge.rules import PROFILES, Gate
from spondyl.record import Problem, Refusal
from spondyl.render.documents.appeal import appeal as answer
from spondyl.render.documents.criteria import criteria
from spondyl.render.documents.grounds import grounds
from spondyl.render.documents.place import place
from spondyl.render.documents.quotes import quotes
from spondyl.render.documents.recorded import Recorded
from spondyl.render.parts import count
from spondyl.render.pictures.course import Record, entries, spoken
from spondyl.render.pictures.wording import say, table

SCHEMA = "spondyl/packet/1"
_PAYERS = tuple(name for name in PROFILES if name != "source_documents")
_RESULTS = ("open", "needs_data", "closed")


def packet(
    record: Record,
    words: Words,
    gate: str,
    *,
    target: str | None = None,
    region: str | None = None,
    appeal: str | None = None,
    texts: Mapping[str, str] | None = None,
    plan: Explained | None = None,
) -> dict[str, Any]:
    """The packet as in schemas/record/packet.schema.json.

    Where a gate is judged for several causes or places, the one that is nearest to open is taken unless `target` or
    `region` chooses; the others stand in `also`. `texts` are the inputs by name: with them quotations are whole
    sentences. With the `plan` behind the record, what is on record stands also beside what it does not settle, and
    the request names the level of the finding. Raises Refusal (I030) for a gate, cause or region that is not there,
    with the nearest name, and (I104) for a record with the thresholds of unreviewed text: no payer asks for those.
    """
    if record["profile"] not in _PAYERS:
        raise Refusal([Problem("I104", "a packet has no such profile", "profile", f"one of {', '.join(_PAYERS)}")])
    judged = chosen(record, gate, target, region)
    rule = words.rules.gates[gate]
    by_id = {str(fact["id"]): fact for fact in record["facts"]}
    on_record = Recorded(record, words)
    behind = {} if plan is None else grounds(plan, judged)
    listed = criteria(judged, rule, on_record, behind, texts)
    statement = record["statements"][judged["statement"]]
    made: dict[str, Any] = {
        "schema": SCHEMA,
        "as_of": record["as_of"],
        "profile": record["profile"],
        "locale": record["locale"],
        "knowledge": dict(record["knowledge"]),
        "software": dict(record["software"]),
        "who": record["who"]["line"],
        "inputs": [dict(one) for one in record.get("inputs", ())],
        "urgency": record["triage"]["urgency"],
        "red_flags": _flags(on_record, by_id, texts),
        "gate": gate,
        "title": words.title("gate", gate),
        "site": judged["site"],
        "place": place(record, words, rule, judged, behind),
        "target": judged["target"],
        "key": statement["key"],
        "result": judged["result"],
        "because": judged["because"],
        "by_profile": dict(judged["by_profile"]),
        "results": _results(listed),
        "counted": dict(zip(("met", "total"), count(judged), strict=True)),
        "criteria": listed,
        "checklist": _checklist(listed),
        "besides": _besides(on_record, gate, texts),
        "attach": _attachments(record, words, listed),
        "told": [{"say": words.spell(text), "source": name} for text, name in rule.tell],
        "evidence": _evidence(words, rule),
        "also": [
            {"site": one["site"], "target": one["target"], "result": one["result"]}
            for one in record["gates"]
            if one["gate"] == gate and one is not judged
        ],
        "appeal": None,
    }
    if appeal is not None:
        made["appeal"] = answer(made, record, words, appeal)
    return made


def chosen(record: Record, gate: str, target: str | None, region: str | None) -> Mapping[str, Any]:
    """The entry of a gate that is meant. Raises Refusal (I030)."""
    gates = list(dict.fromkeys(str(one["gate"]) for one in record["gates"]))
    if gate not in gates:
        raise Refusal([no_such("gate", gate, gates)])
    mine = [one for one in record["gates"] if one["gate"] == gate]
    if target is not None:
        targets = [str(one["target"]) for one in mine if one["target"]]
        if target not in targets:
            raise Refusal([no_such("cause for this gate in this plan", target, targets)])
        mine = [one for one in mine if one["target"] == target]
    if region is not None:
        regions = [str(one["site"]["region"]) for one in mine if one["site"]]
        if region not in regions:
            raise Refusal([no_such("region for this gate in this plan", region, regions)])
        mine = [one for one in mine if one["site"] and one["site"]["region"] == region]

    def near(one: Mapping[str, Any]) -> tuple[int, float]:
        met, total = count(one)
        return _RESULTS.index(one["result"]), -met / max(1, total)

    return min(mine, key=near)


def no_such(what: str, name: str, names: Sequence[str]) -> Problem:
    """An id that nothing has, with the nearest one or those there are."""
    import difflib

    near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
    listed = ", ".join(dict.fromkeys(names)) or "none"
    remedy = f"did you mean `{near[0]}`?" if near else f"there are: {listed}"
    return Problem("I030", f"there is no such {what}", name, remedy)


def _results(listed: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """How many criteria came out how, those that must be documented and the contraindications apart."""
    return {
        kind: dict(Counter(str(one["result"]) for one in listed if one["kind"] == kind))
        for kind in ("required", "check_first")
    }


def _checklist(criteria: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What to get, in the order in which it matters: what must be documented first."""
    open_ = [one for one in criteria if one["missing"]]
    ordered = sorted(open_, key=lambda one: (one["kind"] != "required", one["result"] != "not_met"))
    return [
        {"criterion": one["criterion"], "for": one["label"], "kind": one["kind"], "get": list(one["missing"])}
        for one in ordered
    ]


def _attachments(record: Record, words: Words, criteria: Sequence[Mapping[str, Any]]) -> list[str]:
    """The papers behind what is met: reports and records that the payer will want to see."""
    used = {str(fact["fact"]) for one in criteria if one["result"] == "met" for fact in one["proof"]}
    lists = {name.partition(".")[0] for name in used}
    found: list[str] = []
    if "imaging" in lists:
        indexes = {name.split(".")[1] for name in used if name.startswith("imaging.")}
        for entry in entries(record, "imaging"):
            if str(entry.index) in indexes:
                kind = words.value("imaging.modality", str(entry.values.get("modality", say(words, "study"))))
                when = spoken(entry.when) if entry.when else say(words, "no_date")
                found.append(say(words, "attach_report", study=kind, day=when))
    for name, text in table(words, "attach").items():
        if name in lists or name in used:
            found.append(words.spell(str(text)))
    found += [say(words, "attach_note", input=one["name"], day=one["written_on"] or say(words, "no_date"))
              for one in record.get("inputs", ())]  # fmt: skip
    return list(dict.fromkeys(found))


def _besides(on_record: Recorded, gate: str, texts: Mapping[str, str] | None) -> list[dict[str, Any]]:
    """What reviewers commonly ask for besides the criteria, with what the record holds of it."""
    record, words = on_record.record, on_record.words
    listed = []
    for group in words.rules.tables["wording"]["documents"]["asked_besides"]:
        for point in group["points"] if gate in group["gates"] else ():
            told = [fact for fact in record["facts"] if _answers(fact, point, record)]
            listed.append(
                {
                    "id": point["id"],
                    "label": words.spell(str(point["label"])),
                    "recorded": bool(told),
                    "quotes": quotes(on_record, told, texts),
                }
            )
    return listed


def _answers(fact: Mapping[str, Any], point: Mapping[str, Any], record: Record) -> bool:
    """Whether a fact was told and is one of those that answer a point."""
    head, _, rest = str(fact["fact"]).partition(".")
    if head not in point["facts"] or fact["source"].get("kind") == "derived":
        return False
    if head == "prior_treatments" and "types" in point:
        index = rest.partition(".")[0]
        kinds = {str(one.index): one.values.get("type") for one in entries(record, head)}
        return kinds.get(index) in point["types"]
    return fact["assertion"] in ("present", "negated", "historical")


def _flags(
    on_record: Recorded, by_id: Mapping[str, Mapping[str, Any]], texts: Mapping[str, str] | None
) -> list[dict[str, Any]]:
    """The established red flags: an expedited request names them."""
    record, words = on_record.record, on_record.words
    listed = []
    for one in record["triage"]["established"]:
        statement = record["statements"][one["statement"]]
        facts = [by_id[name] for name in statement["facts"] if name in by_id]
        listed.append(
            {
                "red_flag": one["red_flag"],
                "title": words.title("red_flag", one["red_flag"]),
                "urgency": one["urgency"],
                "site": one["site"],
                "text": statement["text"],
                "quotes": quotes(on_record, facts, texts),
            }
        )
    return listed


def _evidence(words: Words, rule: Gate) -> list[dict[str, Any]]:
    """Every source the gate rests on, once, with what it is cited for."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for cited in rule.evidence:
        known = words.rules.evidence.get(cited.source)
        if known is not None:
            entry = found.setdefault(
                (cited.source, cited.role),
                {"source": cited.source, "tier": known.tier, "role": cited.role, "for": [], "shows": known.shows},
            )
            entry["for"].append(cited.supported)
    return list(found.values())
