"""The answer of `why` as a short tree for the page: what holds, what does not, the words under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from spondyl.explain import Words
from spondyl.service.view import criterion_word

Json = Mapping[str, Any]
MOST_ENTRIES = 3
_MOST_QUOTES, _MOST_BELOW, _DEEPEST = 4, 8, 4
_STATES = {
    "red_flag": "", "generator": "standing", "gate": "gate_result", "treatment": "treatment_status",
    "imaging": "imaging_status", "referral": "urgency",
}  # fmt: skip
_SAID = {
    "not_excluded": "not yet excluded", "not_screened": "not asked", "touches": "touches this patient",
    "does_not_touch": "does not touch this patient", "no_rule": "no rule asks for it",
}  # fmt: skip
_ROLES = {
    "for": "For", "against": "Against", "level": "Levels", "required": "Required", "check_first": "Check first",
    "offer": "Offered when", "gate": "Its gate", "caution": "Cautions", "content": "How", "when": "When",
    "position": "Positions", "benefit": "Benefits", "risk": "Risks", "applies": "Listed at all",
    "in_play": "Asked at all",
}  # fmt: skip


@dataclass(slots=True)
class Node:
    """One line of a reason: what it says, whether it holds, the words it stands on, and what lies below."""

    text: str
    truth: str = ""
    note: str = ""
    quotes: list[str] = field(default_factory=list)
    below: list[Node] = field(default_factory=list)


class Reasons:
    """The entries of one answer, ready to print."""

    def __init__(self, answer: Json, words: Words) -> None:
        self.answer = answer
        self.words = words
        self.facts = {fact["id"]: fact for fact in answer["facts"]}
        self._shown: dict[str, None] = {}
        self.told = [(entry, self.groups(entry)) for entry in answer["entries"][:MOST_ENTRIES]]

    def used(self) -> list[Json]:
        """The recorded facts that the page quotes, to light up their words."""
        return [self.facts[name] for name in self._shown]

    def state(self, entry: Json) -> str:
        """The state of an entry in words."""
        state = str(entry["state"])
        if state in _SAID:
            return _SAID[state]
        group = _STATES.get(entry["kind"], "")
        shown = self.words.title(group, state) if group else state.replace("_", " ")
        return f"{shown}, {entry['urgency']}" if entry.get("urgency") and state == "established" else shown

    def says(self, entry: Json) -> str:
        """What its statement says beyond its title and its state, which stand above it."""
        text = str(entry["text"] or "")
        head, dot, rest = text.partition(". ")
        if not head.casefold().startswith(str(entry["title"]).casefold()) or ":" not in head:
            return text
        return rest if dot else ""

    def groups(self, entry: Json) -> list[tuple[str, list[Node], bool]]:
        """The parts by role: what holds first, then what is open in a line each; the rest is folded (last member)."""
        speaking: dict[str, list[Node]] = {}
        opened: list[Node] = []
        folded: list[Node] = []
        for part in entry["parts"]:
            role = str(part["role"])
            if not self._tells(entry, part):
                folded.append(self._part(part, deep=False))
            elif part["truth"] == "unknown" and not part.get("result") and role in ("for", "against", "level"):
                opened.append(self._part(part, deep=False))
            else:
                title = _ROLES.get(role, role.replace("_", " ").capitalize())
                speaking.setdefault(title, []).append(self._part(part, deep=True))
        made = [(title, nodes, False) for title, nodes in speaking.items()]
        if opened:
            made.append(("Open, would speak", opened, False))
        return made + ([(f"{len(folded)} that do not speak here", folded, True)] if folded else [])

    def _tells(self, entry: Json, part: Json) -> bool:
        if part["role"] in ("applies", "in_play"):
            return bool(part["truth"] != "true")
        if part.get("result"):
            return bool(part["result"] != "met" or part["role"] == "required")
        if part["role"] in ("position", "benefit", "risk"):
            return True
        return (
            part["truth"] == "true"
            or bool(part.get("chosen"))
            or (part["truth"] == "unknown" and entry["kind"] in ("red_flag", "generator"))
        )

    def _part(self, part: Json, deep: bool) -> Node:
        title = str(part.get("says") or part["title"])
        note = []
        if part.get("strength"):
            note.append(self.words.title("strength", part["strength"]))
        if part.get("result"):
            note.append(criterion_word(self.words, str(part["role"]), str(part["result"])))
            if part.get("need"):
                have = part.get("have") or self.words.fixed("unknown")
                note.append(self.words.counted(have, part["need"]))
        if part.get("status"):
            note.append(self.words.title("treatment_status", part["status"]))
        if part.get("turned_off"):
            note.append("set aside")
        if part.get("precaution"):
            note.append(self.words.fixed("precaution"))
        if part.get("applied"):
            note.append("applied")
        truth = str(part["truth"])
        if part.get("result") and part["role"] != "check_first":  # a hazard keeps its own truth
            truth = {"met": "true", "bypassed": "true", "not_met": "false"}.get(part["result"], "unknown")
        node = Node(title, truth, ", ".join(note))
        if deep:
            reason = part["unless"]["reason"] if part.get("turned_off") else part.get("reason", ())
            node.below = self._below(reason, 1, title)
            node.quotes = self._quotes(part.get("facts", ()))
        return node

    def _below(self, leaves: Sequence[Json], depth: int, above: str) -> list[Node]:
        made: list[Node] = []
        seen: set[str] = set()
        for leaf in leaves:
            says = str(leaf["says"])
            if says in seen or len(made) == _MOST_BELOW:
                continue
            seen.add(says)
            node = Node(says, str(leaf.get("truth") or ""), self._cause(leaf), self._quotes(leaf.get("facts", ())))
            if leaf.get("needs") and leaf.get("truth") == "false":
                node.note = f"needed {leaf['needs']}"
            if not node.quotes and depth < _DEEPEST and leaf.get("cause") != "not_documented":
                node.below = [
                    one for one in self._below(leaf.get("from", ()), depth + 1, says) if one.quotes or one.below
                ]
            if says.casefold() == above.casefold():
                made += node.below or ([node] if node.quotes else [])
            else:
                made.append(node)
        return made

    def _cause(self, leaf: Json) -> str:
        cause = leaf.get("cause")
        if cause == "too_old" and leaf.get("recorded_on"):
            return self.words.fixed("too_old", date=str(leaf["recorded_on"]))
        if leaf.get("contradicted") or cause == "contradictory":
            return self.words.fixed("contradictory")
        return self.words.fixed(cause) if cause in ("uncertain", "imprecise") else ""

    def _quotes(self, ids: Sequence[str]) -> list[str]:
        found: dict[str, None] = {}
        for name in ids:
            fact = self.facts.get(name)
            if fact is None:
                continue
            self._shown[name] = None
            source = fact["source"]
            how = "" if fact["assertion"] == "present" else f" ({self.words.title('assertion', fact['assertion'])})"
            if source.get("text") is not None:
                found.setdefault(f"“{' '.join(str(source['text']).split())}”{how}")
            elif source["kind"] != "derived":
                found.setdefault(f"{fact['says']}, from the {source.get('name') or source['kind']}")
        return list(found)[:_MOST_QUOTES]
