"""The evidence of a rule as an answer shows it: who, when, what it was seen to show, how far that was checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from spondyl.explain.words import Words
from spondyl.knowledge.rules import Citation, Conflict

EXPERT_DEFAULT = "EXPERT-DEFAULT"
_TOLD = {"expert_default": "expert_default", "seed": "unreviewed_web"}
Json = dict[str, Any]


def source(words: Words, name: str) -> Json:
    """One source: tier, year, what it was seen to show, how far it was checked and when."""
    known = words.rules.evidence[name]
    shown: Json = {
        "source": name,
        "title": known.title,
        "tier": known.tier,
        "year": known.year,
        "shows": known.shows,
        "checked": known.checked,
        "checked_on": known.checked_on,
        "url": known.url,
    }
    mark = _TOLD.get(known.tier)
    return shown | ({"mark": words.fixed(mark)} if mark else {})


def evidence(words: Words, cited: Sequence[Citation], *parts: str) -> list[Json]:
    """Every source cited for these parts (all when none is named), those that contradict beside those that support.

    What cites nothing rests on expert default, and says so.
    """
    found: dict[tuple[str, str], Json] = {}
    for one in cited:
        if (parts and one.supported not in parts) or one.source not in words.rules.evidence:
            continue
        key = (one.source, one.role)
        if key in found:
            found[key]["for"].append(one.supported)
        else:
            found[key] = source(words, one.source) | {
                "role": one.role,
                "certainty": one.certainty,
                "for": [one.supported],
            }
    if not found:
        return [source(words, EXPERT_DEFAULT) | {"role": "supports", "certainty": "not_rated", "for": []}]
    return list(found.values())


def named(words: Words, sources: Iterable[tuple[str, str]]) -> list[Json]:
    """Sources by name and role, each once."""
    kept = [(name, role) for name, role in dict.fromkeys(sources) if name in words.rules.evidence]
    if not kept:
        kept = [(EXPERT_DEFAULT, "supports")]
    return [source(words, name) | {"role": role, "certainty": "not_rated", "for": []} for name, role in kept]


def figures(words: Words, said: Iterable[tuple[str, str]]) -> list[Json]:
    """Published numbers with their source."""
    shown = []
    for say, name in said:
        known = words.rules.evidence.get(name)
        tier, year = (known.tier, known.year) if known is not None else (None, None)
        shown.append({"say": words.spell(say), "source": name, "tier": tier, "year": year})
    return shown


def verified(cited: Sequence[Json]) -> bool:
    """Whether something stronger than expert default or unreviewed text supports it."""
    return any(one["role"] == "supports" and one["tier"] not in _TOLD for one in cited)


def not_used(
    words: Words, touching: Sequence[Conflict], claims: Sequence[str], sources: Iterable[str], profile: str
) -> list[Json]:
    """Positions of a contested question that were not applied, where the question touches this rule.

    It touches when a claim is shared, or two sources; shared claims first. Where what is applied is no single
    position, those that rest on no source (only on unreviewed text) are the ones not used.
    """
    mine = set(sources) - {EXPERT_DEFAULT}
    shown = []
    own = set(claims)
    for conflict in sorted(touching, key=lambda one: not any(own & set(position.claims) for position in one.positions)):
        said = {claim for position in conflict.positions for claim in position.claims}
        known = {name for position in conflict.positions for name in position.sources}
        if not said & own and len(known & mine) < 2:
            continue
        chosen = conflict.by_profile.get(profile, conflict.applied)
        single = any(position.id == chosen for position in conflict.positions)
        for position in conflict.positions:
            if position.id == chosen or (not single and position.sources):
                continue
            applied = next((one.say for one in conflict.positions if one.id == chosen), chosen)
            shown.append(
                {
                    "conflict": conflict.id,
                    "topic": words.spell(conflict.topic),
                    "position": position.id,
                    "say": words.spell(position.say),
                    "sources": list(position.sources),
                    "applied": words.spell(applied),
                    "why": words.spell(conflict.why),
                }
            )
    return shown
