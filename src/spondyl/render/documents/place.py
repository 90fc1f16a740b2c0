"""Where what is asked for is to be done: level and side of the finding or the joint, as far as they are on record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from spondyl.explain import Words
from spondyl.knowledge.rules import Gate
from spondyl.render.documents.grounds import Grounds
from spondyl.render.pictures.course import Entry, Record, entries
from spondyl.render.pictures.wording import say, table

_SIDED = ("needle", "surgery")
_LISTS = ("pains", "motor_deficit", "sensory_deficit")
_ABOUT = ("cause", "concordance")
Place = dict[str, Any]


def place(record: Record, words: Words, rule: Gate, judged: Mapping[str, Any], grounds: Grounds) -> Place | None:
    """`{"region", "levels", "side"}` of the request: the levels of the studies that show the cause, else of the site.

    None for a gate that is judged for the whole patient. The side is None where none or no single one is on record.
    """
    site = judged["site"]
    if site is None:
        return None
    about = {one.id for one in rule.required if one.kind in _ABOUT} | {"cause"}
    used = [ground for (kind, name), ground in grounds.items() if kind == "required" and name in about]
    ids = {one for ground in used for one in ground.facts}
    members = {one for ground in used for one in ground.members}
    shown = [one for one in entries(record, "imaging") if ids & set(one.ids) and members & set(one.members("findings"))]
    levels = list(dict.fromkeys(level for one in shown for level in one.members("levels")))
    # A loose screw has no side but its own; a needle and a joint are on the side of the pain.
    side = _one(_of_entries(shown)) if rule.kind in _SIDED else None
    if side is None and (rule.kind == "needle" or _joint(rule, words)):
        side = _one(_of_facts(record, ids))
    return {"region": site["region"], "levels": levels or list(site["levels"]), "side": side}


def requested(packet: Mapping[str, Any], words: Words) -> str:
    """What is asked for in one line: "revision surgery, pseudarthrosis, L5-S1"; "sacroiliac injection, left"."""
    rule, found = words.rules.gates[packet["gate"]], packet["place"]
    parts = [str(packet["title"])]
    if packet["target"]:
        parts.append(words.title("generator", packet["target"]))
    if found is not None:
        # A picture names its region, and a joint is a place of its own.
        named = rule.kind == "imaging" or _joint(rule, words)
        if not named or found["levels"]:
            parts.append(words.site(found))
        if found["side"]:
            parts.append(say(words, f"side_{found['side']}"))
    return ", ".join(parts)


def _joint(rule: Gate, words: Words) -> bool:
    """Whether the title of a gate names the place."""
    return rule.id in table(words, "names_its_place")["gates"]


def _one(sides: set[str]) -> str | None:
    """The one side of these; both where there are both."""
    found = sides - {"midline"}
    return next(iter(found)) if len(found) == 1 else "both" if found else None


def _of_entries(listed: Iterable[Entry]) -> set[str]:
    return {str(one.values["side"]) for one in listed if one.values.get("side")}


def _of_facts(record: Record, ids: set[str]) -> set[str]:
    sides = {side for name in _LISTS for side in _of_entries(_used(record, name, ids))}
    for fact in record["facts"]:
        if fact["fact"] == "pain_regions" and fact["id"] in ids and fact["assertion"] == "present":
            members = fact["value"] if isinstance(fact["value"], list) else [fact["value"]]
            sides |= {str(one)[-1] for one in members if str(one)[-2:] in ("_L", "_R")}
    return sides


def _used(record: Record, name: str, ids: set[str]) -> list[Entry]:
    return [one for one in entries(record, name) if ids & set(one.ids)]
