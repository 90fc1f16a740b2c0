"""Ids, and names that point at something: sources, orders, facts, gates, thresholds."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from spondyl.knowledge.expressions import PLACEHOLDER, list_of
from spondyl.knowledge.gather import Gathered, Source
from spondyl.knowledge.identifiers import (
    GATES,
    GENERATORS,
    REFERRALS,
    REVISION_OPTIONS,
    TREATMENTS,
    is_order,
    orders,
)
from spondyl.knowledge.kinds import KINDS
from spondyl.knowledge.kinds_rules import PROFILES
from spondyl.knowledge.kinds_words import FORMS
from spondyl.knowledge.shape import Found, nearest
from spondyl.knowledge.vocabulary import Names

_WORD = re.compile(r"[a-z][a-z0-9_.]*")


def check_ids(gathered: Gathered, names: Names, site: bool = False) -> None:
    """Rules stand in the file of their name, their ids are permanent ones, and every id is written once."""
    for source in gathered.sources:
        kind = source.kind
        if kind.is_rule and source.id:
            if source.id != source.stem:
                source.refuse("K012", f"'{source.id}' stands in {source.stem}.yaml", kind.key)
            if kind.names is not None and source.id not in kind.names and not site:
                near = nearest(source.id, kind.names)
                source.refuse("K013", f"'{source.id}' is not a permanent name of {kind.name}", kind.key, near=near)
            if site and source.id in names.rules.get(kind.name, ()):
                source.refuse("K037", f"'{source.id}' is already a rule", kind.key)
        _check_parts(source)
    for name in ("facts", "derived", "thresholds", "evidence"):
        _check_entries(list(gathered.of(name)))


def _check_entries(sources: list[Source]) -> None:
    seen: dict[str, str] = {}
    for source in sources:
        entry = source.kind.entry or ""
        for index, one in enumerate(_list(source.data, source.kind.key)):
            name = one.get(entry) if isinstance(one, dict) else None
            if not isinstance(name, str):
                continue
            path = (source.kind.key, index, entry)
            if name in seen:
                source.refuse("K015", f"'{name}' is written twice; first in {seen[name]}", *path)
                continue
            node = source.at(*path)
            seen[name] = f"{source.path}:{source.document.place(node.start)[0] if node else 0}"


def _check_parts(source: Source) -> None:
    """Ids of the parts of a rule: arguments, levels and offers apart, criteria and checks of a gate together."""
    seen: dict[tuple[str, str], int] = {}
    for found in source.found:
        path = found.path
        if found.role != "id" or path[-1] != "id" or len(path) != 3 or not source.kind.is_rule:
            continue
        family = "criteria" if path[0] in ("required", "check_first") else str(path[0])
        word = str(found.node.value)
        line = source.document.place(found.node.start)[0]
        if (family, word) in seen:
            source.refuse_found(found, "K015", f"'{word}' is written twice; first in line {seen[family, word]}")
        seen.setdefault((family, word), line)


def _list(data: Any, key: str) -> list[Any]:
    listed = data.get(key) if isinstance(data, dict) else None
    return listed if isinstance(listed, list) else []


def criteria_of(gathered: Gathered, source: Source) -> set[str]:
    """The ids of the criteria of a gate, with the common ones and those made for a cause."""
    found = {"cause", "wait"}
    for one in (source, *gathered.of("common_checks")):
        for key in ("required", "check_first", "common_check_first"):
            found |= {str(part.get("id")) for part in _list(one.data, key) if isinstance(part, dict)}
    return found


def check_references(gathered: Gathered, names: Names) -> None:
    """Every name that points at something points at something that is there."""
    treatments = TREATMENTS | names.rules.get("treatments", set())
    generators = GENERATORS | names.rules.get("generators", set())
    gates = GATES | names.rules.get("gates", set())
    lists: dict[str, tuple[str, frozenset[str] | set[str]]] = {
        "generator": ("generator", generators),
        "treatment": ("treatment", treatments),
        "revision_option": ("revision option", REVISION_OPTIONS),
        "block": ("block or treatment", treatments | gates | _done(names)),
        "gate": ("gate", gates),
        "red_flag": ("red flag", names.rules.get("red_flags", set())),
    }
    for source in gathered.sources:
        for found in source.found:
            word, role = str(found.node.value), found.role
            if role in lists and word not in lists[role][1]:
                near = nearest(word, lists[role][1])
                source.refuse_found(found, "K028", f"'{word}' is not a {lists[role][0]}", nearest=near)
            elif role == "order" and not is_order(word):
                near = nearest(word, orders())
                source.refuse_found(found, "K028", f"'{word}' is not an imaging order", nearest=near)
            elif role == "do" and word not in REFERRALS | treatments and not is_order(word):
                near = nearest(word, (*REFERRALS, *treatments, *orders()))
                message = f"'{word}' is not an order, a referral or a treatment"
                source.refuse_found(found, "K028", message, nearest=near)
            elif role == "source" and word not in names.tiers:
                near = nearest(word, names.tiers)
                source.refuse_found(found, "K014", f"'{word}' is not in knowledge/evidence", nearest=near)
            elif role == "rule" and word not in (known := _rules(names)):
                near = nearest(word, known)
                source.refuse_found(found, "K028", f"'{word}' is not a rule", nearest=near)
            elif role == "criterion" and word not in (known := criteria_of(gathered, source)):
                near = nearest(word, known)
                source.refuse_found(found, "K029", f"'{word}' is not a criterion of this gate", nearest=near)
            elif role == "position":
                _check_position(source, found)
            else:
                _check_fact(source, found, names)
        if source.kind.name == "treatments":
            _check_gate(source, names)
        if source.kind.name == "derived":
            _check_forms(source)


def _rules(names: Names) -> set[str]:
    """Every rule by its full name, such as gate.nsaid."""
    return {f"{KINDS[kind].key}.{rule}" for kind, rules in names.rules.items() for rule in rules}


def _done(names: Names) -> frozenset[str]:
    """What can be recorded as done before, which also names the blocks that confirm a cause."""
    kind = names.fields.get("prior_treatments", {}).get("type")
    return frozenset() if kind is None or kind.values is None else kind.values


def _check_position(source: Source, found: Found) -> None:
    known = [str(one.get("id")) for one in _list(source.data, "positions") if isinstance(one, dict)]
    word = str(found.node.value)
    if " " not in word and word not in known:
        source.refuse_found(found, "K029", f"'{word}' is not a position of this conflict", nearest=nearest(word, known))


def _check_gate(source: Source, names: Names) -> None:
    gate = source.data.get("gate") if isinstance(source.data, dict) else None
    if isinstance(gate, str) and gate in GATES and gate not in names.rules.get("gates", ()):
        source.refuse("K029", f"the gate '{gate}' has no file in knowledge/gates", "gate")


def _check_forms(source: Source) -> None:
    for index, entry in enumerate(_list(source.data, "derived")):
        if isinstance(entry, dict):
            forms = [key for key in FORMS if key in entry]
            if len(forms) != 1:
                words = " and ".join(forms) if forms else "none of them"
                message = f"'{entry.get('fact')}' needs one form and has {words}"
                source.refuse("K032", message, "derived", index, "fact")


_KINDS = {"number_fact": "number", "date_fact": "date", "list_fact": "list"}


def _check_fact(source: Source, found: Found, names: Names) -> None:
    role, word = found.role, str(found.node.value)
    if role == "threshold":
        if word not in names.thresholds:
            near = nearest(word, names.thresholds)
            source.refuse_found(found, "K103", f"'{word}' is not a threshold", nearest=near)
        return
    if role == "field":
        name = list_of(source, found.path)
        fields = names.fields.get(name, {})
        if name and word not in fields:
            source.refuse_found(found, "K103", f"'{word}' is not a field of '{name}'", nearest=nearest(word, fields))
        return
    if role not in ("fact", "base_fact", *_KINDS):
        return
    types = names.types(after_triage=True)
    if word not in types:
        source.refuse_found(found, "K103", f"'{word}' is not a fact of the vocabulary", nearest=nearest(word, types))
    elif role == "base_fact" and word not in names.base:
        near = nearest(word, names.base)
        source.refuse_found(found, "K036", f"'{word}' is computed; only base facts can be asked for", nearest=near)
    elif role in _KINDS and types[word].kind != _KINDS[role]:
        message = f"'{word}' is a {types[word].kind}; here a {_KINDS[role]} is needed"
        source.refuse_found(found, "K036", message)


def check_thresholds(gathered: Gathered, names: Names, inherited: Collection[str] | None = None) -> None:
    """Thresholds have a number for every profile, are used, and outside gates are equal in all profiles.

    `inherited`: the thresholds of the base, where the files are those of a site.
    """
    used: set[str] = set()
    for source, found, name in _uses(gathered):
        if name not in names.values:
            continue
        used.add(name)
        numbers = set(names.values.get(name, {}).values())
        if source.kind.name not in ("gates", "common_checks") and len(numbers) > 1:
            message = f"'{name}' differs by profile and may be used in gates only"
            source.refuse_part(found, name, "K018", message)
    for source in gathered.of("thresholds"):
        for found in source.found:
            word = str(found.node.value)
            if found.role == "profile" and word not in PROFILES:
                near = nearest(word, PROFILES)
                source.refuse_found(found, "K017", f"'{word}' is not a profile", nearest=near)
        for index, entry in enumerate(_list(source.data, "thresholds")):
            name = str(entry.get("threshold")) if isinstance(entry, dict) else ""
            if name not in names.values:
                continue
            path = ("thresholds", index, "threshold")
            if inherited is not None and name not in inherited and name not in used:
                message = f"there is no threshold '{name}' in the base, and no rule of the site uses it"
                source.refuse("K103", message, *path, near=nearest(name, inherited))
                continue
            missing = [profile for profile in PROFILES if profile not in names.values.get(name, {})]
            if missing:
                source.refuse("K017", f"'{name}' has no number for {', '.join(missing)}", *path)
            if name not in used and inherited is None:
                source.refuse("K016", f"'{name}' is used nowhere", *path)


def _uses(gathered: Gathered) -> Iterator[tuple[Source, Found, str]]:
    for source in gathered.sources:
        for found in source.found:
            if found.role in ("condition", "where"):
                names: Iterable[str] = _WORD.findall(str(found.node.value))
            elif found.role == "threshold":
                names = (str(found.node.value),)
            elif found.role == "words":
                names = PLACEHOLDER.findall(str(found.node.value))
            else:
                continue
            for name in names:
                yield source, found, name
