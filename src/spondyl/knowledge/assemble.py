"""Turns an examined knowledge base into plain values: lists, dicts, texts and numbers, in an order that never changes.

The result holds four parts: what a plan needs, the cases of the rules, what the note reader is built from, and the
registers of claims.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from spondyl.knowledge.diagnostics import KnowledgeError
from spondyl.knowledge.examine import Examined, examine
from spondyl.knowledge.expressions import one_line
from spondyl.knowledge.gather import Source
from spondyl.knowledge.kinds_words import FORMS
from spondyl.knowledge.shape import Path as Steps
from spondyl.knowledge.vocabulary import values_like
from spondyl.logic import to_plain

FORMAT = 1
RULES = (
    "red_flags",
    "generators",
    "gates",
    "imaging",
    "treatments",
    "follow_up",
    "pitfalls",
    "prognosis",
    "prevention",
    "outcomes",
    "referrals",
    "revision",
    "conflicts",
)
_NOT_COMPILED = ("cases",)
_OF_READING = ("notes_say", "said_with", "codes", "fhir", "note")


def compile_knowledge(root: Path, *, incomplete: bool = False) -> dict[str, Any]:
    """The plain values of a knowledge base. Raises KnowledgeError with every problem that blocks.

    `incomplete` leaves out files that block; it is for people who are writing rules, never for patients.
    """
    return assemble(examine(root), incomplete=incomplete)["knowledge"]  # type: ignore[no-any-return]


def assemble(examined: Examined, base: Mapping[str, Any] | None = None, *, incomplete: bool = False) -> dict[str, Any]:
    """{"knowledge": ..., "cases": ..., "lexicon": ..., "claims": ..., "guide": ...}. `base`: what a site adds to."""
    if examined.blocking and not incomplete:
        raise KnowledgeError(examined.blocking)
    gathered = examined.gathered
    texts: dict[str, str] = {}
    compiled: dict[str, Any] = {
        "format": FORMAT,
        "version": gathered.version,
        "sha256": gathered.sha256,
        "facts": [],
        "derived": [],
        "thresholds": [],
        "evidence": [],
        **{kind: [] for kind in RULES},
        "common_checks": [],
        "tables": {"drugs": {}, "wording": {}},
        "texts": texts,
    }
    cases: dict[str, dict[str, Any]] = {}
    lexicon: dict[str, Any] = {"facts": [], "files": {}}
    documents: list[Any] = []
    edges: list[Source] = []
    sections: list[Any] = []
    for source in gathered.sources:
        if source.data is None or (incomplete and source.broken):
            continue
        data = _with_conditions(source, examined, texts)
        kind = source.kind.name
        if kind in RULES:
            cases.setdefault(kind, {})[source.id] = data.get("cases", [])
            compiled[kind].append({"id": source.id, **_without(data, (*_NOT_COMPILED, source.kind.key))})
        elif kind == "facts":
            lexicon["facts"] += data["facts"]
            compiled[kind] += [_fact(fact) for fact in data["facts"]]
        elif kind == "derived":
            compiled[kind] += [_derived(entry) for entry in data["derived"]]
        elif kind in ("thresholds", "evidence"):
            compiled[kind] += data[kind]
        elif kind == "common_checks":
            compiled[kind] += data["common_check_first"]
        elif kind == "edges":
            edges.append(source)
        elif kind == "compared":
            continue  # for the people who check; no plan reads it
        elif kind == "claims":
            documents.append(data)
        elif kind == "guide":
            sections.append(data)
        elif kind == "lexicon":
            lexicon["files"][source.stem] = data
        else:
            _add_table(compiled["tables"], source, data)
            if "cases" in data:
                cases.setdefault(kind, {})[kind] = data["cases"]
    for source in edges:
        of_kind = cases.setdefault(source.stem, {})
        for rule, listed in source.data["edges"].items():
            of_kind[rule] = [*of_kind.get(rule, ()), *listed]
    _share_values(compiled, base)
    return {
        "knowledge": compiled,
        "cases": {"cases": cases},
        "lexicon": lexicon,
        "claims": {"documents": documents},
        "guide": {"sections": sorted(sections, key=lambda one: (one["order"], one["guide"]))},
    }


def _with_conditions(source: Source, examined: Examined, texts: dict[str, str]) -> Any:
    """The data of a file with each condition parsed; its text is kept under the id of its rule."""
    data = copy.deepcopy(source.data)
    for found in source.found:
        condition = examined.conditions.get((source.path, found.path))
        if condition is None:
            continue
        owner = data
        for step in found.path[:-1]:
            owner = owner[step]
        text = one_line(str(found.node.value))
        plain = to_plain(condition)
        # Derived facts keep both together: their bodies are data, read by the timeline.
        owner[found.path[-1]] = {"t": text, "c": plain} if source.kind.name == "derived" else plain
        texts[_key(source, found.path)] = text
    return data


def _key(source: Source, path: Steps) -> str:
    kind = source.kind
    if kind.is_rule:
        return ".".join((kind.key, source.id, *map(str, path)))
    if kind.entry is not None:
        name = source.data[kind.key][path[1]][kind.entry]
        return ".".join((kind.name, str(name), *map(str, path[2:])))
    return ".".join((kind.name, *map(str, path)))


def _without(entry: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in keys}


def _fact(entry: Mapping[str, Any]) -> dict[str, Any]:
    made = _without(entry, _OF_READING)
    if "fields" in made:
        made["fields"] = [_without(part, _OF_READING) for part in made["fields"]]
    return made


def _derived(entry: Mapping[str, Any]) -> dict[str, Any]:
    form = next(key for key in FORMS if key in entry)
    return {**_without(entry, (form, "note")), "form": form, "body": entry[form]}


def _add_table(tables: dict[str, Any], source: Source, data: Any) -> None:
    kind = source.kind.name
    if kind == "wording":
        tables["wording"][source.stem] = data
    elif kind == "drugs":
        for key, value in data.items():
            if key == "drugs":
                tables["drugs"] |= {drug["drug"]: _without(drug, ("drug", "note")) for drug in value}
            elif key != "note":
                tables[key] = value
    elif kind == "device_gate":
        tables[kind] = _without(data, _NOT_COMPILED)
    elif kind == "constraints":
        tables[kind] = data["constraints"]
    else:
        tables[kind] = data


def _share_values(compiled: dict[str, Any], base: Mapping[str, Any] | None) -> None:
    """Values that point at those of another fact are written out."""
    facts = {fact["fact"]: fact for fact in (*(base or {}).get("facts", ()), *compiled["facts"])}
    entries = [*compiled["facts"], *(part for fact in compiled["facts"] for part in fact.get("fields") or ())]
    for entry in (*entries, *compiled["derived"]):
        if isinstance(entry.get("values"), str):
            entry["values"] = values_like(entry["values"], facts)
