"""Branches of a tree in a terminal, and the words of the note under what rests on them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spondyl.explain.words import Words

Json = Mapping[str, Any]
LABEL = 10
MOST_QUOTES = 3
MOST_LEAVES = 6
MOST_NAMES = 8
_CAUSES = {"uncertain": "uncertain", "contradictory": "contradictory", "imprecise": "imprecise", "past": ""}


@dataclass(frozen=True, slots=True)
class Branch:
    """A label and its lines; a line that starts with spaces is indented by as many."""

    label: str
    lines: Sequence[str]


def shown(branches: Iterable[Branch], width: int, color: bool) -> Iterable[str]:
    """The branches as lines, joined by rules, the last one closed."""
    kept = [branch for branch in branches if branch.lines]
    for place, branch in enumerate(kept):
        last = place == len(kept) - 1
        lead, down = ("└─ ", "   ") if last else ("├─ ", "│  ")
        for number, line in enumerate(_wrapped(branch.lines, width - 3 - LABEL)):
            label = f"{branch.label:<{LABEL}}" if number == 0 else " " * LABEL
            start = lead if number == 0 else down
            if color and number == 0:
                label = f"\x1b[2m{label}\x1b[0m"
            yield f"{start}{label}{line}"


def _wrapped(lines: Iterable[str], room: int) -> Iterable[str]:
    for line in lines:
        if len(line) <= room:
            yield line
            continue
        indent = len(line) - len(line.lstrip())
        pad = " " * indent
        parts = textwrap.wrap(line.strip(), room - indent, subsequent_indent="  " if indent else "")
        yield from (pad + part for part in parts)


class Quotes:
    """The recorded facts of an answer, quoted with their place."""

    def __init__(self, facts: Sequence[Json], words: Words) -> None:
        self.words = words
        self.facts = {fact["id"]: fact for fact in facts}
        names = {fact["source"].get("name") for fact in facts if fact["source"]["kind"] == "note"}
        self.single = len(names) == 1
        self.told: set[str] = set()

    def branch(self, label: str, part: Json, title: str | None = None, short: bool = False) -> Branch:
        """A part with the leaves that decide it and the words under them."""
        first = title if title is not None else str(part["title"])
        reason = part["unless"]["reason"] if part.get("turned_off") else part["reason"]
        below = self.leaves(reason, short=short)
        lines = [first, *(line for line in below if line.strip().casefold() != first.casefold())]
        lines += ["  " + line for line in self.quoted(part.get("facts", ()))]
        return Branch(label, lines)

    def leaves(self, leaves: Sequence[Json], *, short: bool = False) -> list[str]:
        """Each leaf in words, with its quotations; `short`: the open ones on one line."""
        seen: dict[str, Json] = {}
        for leaf in leaves:
            seen.setdefault(str(leaf["says"]), leaf)
        lines: list[str] = []
        if short:
            bare = [says for says, leaf in seen.items() if not self._tells(leaf)]
            if bare:
                names = list(dict.fromkeys(_plainly(says, self.words) for says in bare))
                more = len(names) - MOST_NAMES
                rest = [f"and {more} more"] if more > 0 else []
                lines.append("  " + "; ".join([*names[:MOST_NAMES], *rest]))
            seen = {says: leaf for says, leaf in seen.items() if self._tells(leaf)}
        for says, leaf in list(seen.items())[:MOST_LEAVES]:
            needs = f", needed {leaf['needs']}" if leaf.get("needs") and leaf.get("truth") == "false" else ""
            line = f"  {leaf['says']}{needs}{self._cause(leaf)}"
            if says in self.told and leaf.get("from"):
                lines.append(f"{line} (above)")
                continue
            self.told.add(says)
            lines.append(line)
            lines += self._under(leaf, 1)
        if len(seen) > MOST_LEAVES:
            lines.append(f"  and {len(seen) - MOST_LEAVES} more")
        return lines

    def _tells(self, leaf: Json) -> bool:
        """Whether there is more to show of a leaf than that nobody wrote it down."""
        return leaf.get("cause") != "not_documented" and bool(self._under(leaf, 1))

    def _cause(self, leaf: Json) -> str:
        cause = leaf.get("cause")
        if cause == "too_old":
            on = leaf.get("recorded_on")
            return f" ({self.words.fixed('too_old', date=str(on))})" if on else ""
        if leaf.get("contradicted") or cause == "contradictory":
            return f" ({self.words.fixed('contradictory')})"
        if cause in ("uncertain", "imprecise"):
            return f" ({self.words.fixed(cause)})"
        return " (only in the past)" if cause == "past" else ""

    def _under(self, leaf: Json, depth: int) -> list[str]:
        """What a leaf rests on: its quotations, else one level further down."""
        pad = "  " * (depth + 1)
        quoted = self.quoted(leaf.get("facts", ()))
        if quoted:
            return [pad + line for line in quoted]
        lines: list[str] = []
        below: Sequence[Json] = leaf.get("from", ()) if leaf.get("cause") != "not_documented" else ()
        for one in below[:MOST_LEAVES]:
            deeper = self._under(one, depth + 1 if depth < 3 else depth)
            if not deeper and one.get("kind") not in ("recorded", "triage"):
                continue
            if str(one["says"]) == str(leaf["says"]):
                lines += self._under(one, depth)
                continue
            lines.append(f"{pad}{one['says']}{self._cause(one)}")
            lines += deeper
        return lines

    def quoted(self, ids: Iterable[str]) -> list[str]:
        """The words of the note with their place, each once, the first few."""
        places: dict[str, None] = {}
        for name in ids:
            fact = self.facts.get(name)
            if fact is not None and fact["source"]["kind"] != "derived":
                places.setdefault(self.quotation(fact))
        lines = list(places)
        if len(lines) > MOST_QUOTES:
            return [*lines[:MOST_QUOTES], f"and {len(lines) - MOST_QUOTES} more places"]
        return lines

    def quotation(self, fact: Json) -> str:
        """One fact as it was written: the quotation and where it stands, or its value where it came from a form."""
        source = fact["source"]
        how = "" if fact["assertion"] in ("present",) else f" ({fact['assertion']})"
        if source["kind"] == "note":
            name = "note" if self.single else source["name"]
            return f'"{" ".join(str(source["text"]).split())}"  {name} {source["start"]}-{source["end"]}{how}'
        place = source.get("path") or source.get("resource") or source.get("name") or ""
        return f"{fact['says']}  {source['kind']} {place}"


def _plainly(says: str, words: Words) -> str:
    """Without "not recorded", where a whole line is about what is open."""
    return says.removesuffix(f": {words.fixed('not_recorded')}")
