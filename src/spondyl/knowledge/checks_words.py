"""Evidence behind each rule, circles among derived facts, groups of facts, and dashes in wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Table
from typing import Any

from spondyl.knowledge.expressions import Conditions
from spondyl.knowledge.gather import Source
from spondyl.knowledge.shape import nearest
from spondyl.knowledge.source import Mapping, Node, Scalar
from spondyl.knowledge.vocabulary import Names
from spondyl.logic import fact_names

DASHES = ("\u2014", "\u2013")
# Notes of how the words of others are written may hold any sign.
_QUOTES = ("lexicon", "facts", "evidence")


def check_evidence(sources: Iterable[Source], names: Names) -> None:
    """Each rule has evidence, and no part of it rests on unreviewed text alone."""
    for source in sources:
        if not source.kind.is_rule or source.kind.name == "conflicts" or not isinstance(source.data, dict):
            continue
        listed = source.data.get("evidence")
        if not isinstance(listed, list):
            continue
        if not listed:
            source.refuse("K021", "no evidence is given", "evidence")
        tiers: dict[str, set[str]] = {}
        for citation in listed:
            if isinstance(citation, dict) and citation.get("role") != "contradicts":
                for part in _parts(citation.get("for")):
                    tiers.setdefault(part, set()).add(names.tiers.get(str(citation.get("source")), "?"))
        for index, citation in enumerate(listed):
            if isinstance(citation, dict) and citation.get("role") != "contradicts":
                alone = [part for part in _parts(citation.get("for")) if tiers[part] == {"seed"}]
                if alone:
                    message = f"'{alone[0]}' rests on '{citation.get('source')}' alone, which is unreviewed text"
                    source.refuse("K022", message, "evidence", index)


def _parts(written: Any) -> list[str]:
    return [str(part) for part in written] if isinstance(written, list) else [str(written)]


def check_circles(sources: Iterable[Source], conditions: Conditions) -> None:
    """No derived fact rests on itself."""
    reads: dict[str, list[str]] = {}
    place: dict[str, tuple[Source, int]] = {}
    for source in sources:
        if source.kind.name != "derived" or not isinstance(source.data, dict):
            continue
        for index, entry in enumerate(source.data.get("derived") or ()):
            name = entry.get("fact") if isinstance(entry, dict) else None
            if not isinstance(name, str):
                continue
            place[name] = (source, index)
            reads[name] = [fact for fact in _read_by(source, index, conditions) if fact != name]
    state: dict[str, int] = {}
    for name in reads:
        circle = _walk(name, reads, state)
        if circle:
            source, index = place[circle[0]]
            message = f"'{circle[0]}' rests on itself: {' → '.join([*circle, circle[0]])}"
            source.refuse("K033", message, "derived", index, "fact")


def _read_by(source: Source, index: int, conditions: Conditions) -> Iterator[str]:
    for found in source.found:
        if found.path[:2] != ("derived", index):
            continue
        condition = conditions.get((source.path, found.path))
        if found.role == "condition" and condition is not None:
            yield from fact_names(condition)
        elif found.role == "fact":
            yield str(found.node.value)


def _walk(start: str, reads: dict[str, list[str]], state: dict[str, int]) -> list[str]:
    """The first circle met from `start`; visited facts are remembered in `state`."""
    stack: list[tuple[str, Iterator[str]]] = [(start, iter(reads.get(start, ())))]
    if state.get(start):
        return []
    state[start] = 1
    while stack:
        name, rest = stack[-1]
        following = next(rest, None)
        if following is None:
            state[name] = 2
            stack.pop()
        elif state.get(following) == 1:
            names = [one for one, _ in stack]
            return names[names.index(following) :]
        elif following in reads and not state.get(following):
            state[following] = 1
            stack.append((following, iter(reads[following])))
    return []


def check_groups(sources: Iterable[Source], base: Table[str, Any] | None) -> None:
    """Each fact stands in a group that has a title in knowledge/wording/values.yaml."""
    listed = list(sources)
    titled = base["tables"].get("wording", {}).get("values", {}).get("groups", {}) if base is not None else {}
    for source in listed:
        if source.kind.name == "wording" and source.stem == "values" and isinstance(source.data, dict):
            titled = source.data.get("groups") or titled
    for source in listed if titled else ():
        entries = source.data.get(source.kind.key) if source.kind.name in ("facts", "derived") else None
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            group = entry.get("group") if isinstance(entry, dict) else None
            if isinstance(group, str) and group not in titled:
                message = f"'{group}' is no group of facts; one of {', '.join(titled)}"
                source.refuse("K010", message, source.kind.key, index, "group", near=nearest(group, titled))


def check_dashes(sources: Iterable[Source]) -> None:
    """Wording has no long dashes."""
    for source in sources:
        if source.kind.name in _QUOTES or source.document.root is None:
            continue
        if not any(dash in source.document.text for dash in DASHES):
            continue
        for scalar in _scalars(source.document.root):
            at = min((str(scalar.value).find(dash) for dash in DASHES if dash in str(scalar.value)), default=-1)
            if at >= 0:
                from spondyl.knowledge.source import offset_in_file

                start = offset_in_file(source.document, scalar, at)
                source.document.refuse("K035", "a long dash", start, start + 1)


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
        return
    for part in node.items.values() if isinstance(node, Mapping) else node.items:
        yield from _scalars(part)
