"""The lexicon of the reader: phrases from the knowledge base as one tree of words. It matches; it never decides."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any, Final

from .frame_table import compile_frames
from .lazy import Lazy
from .words import WORD, mended, normal, shortened

Entry = dict[str, Any]
Tree = dict[str, Any]
Numbered = list[dict[str, Any]] | dict[int, dict[str, Any]]
LEAF: Final = ""
NUMBER: Final = "#"
GAP: Final = "~"
GAP_WORDS: Final = 3
# Words that may stand inside any phrase without changing what it says: "lost all of the power in his own leg".
FILLERS: Final = frozenset(
    "his her the my their our your own really actually even just quite very so pretty rather completely totally"
    " absolutely literally basically simply ".split()
)
_PIECE: Final = Lazy(r"\([^)]*\)|\[[^\]]*\]|\{\w+\}|\.\.\.|#|[^\s(){}\[\]]+")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What compiling the knowledge base gives.

    `nodes[0]` is the root; a node maps a word to the number of the next node, and "" to the entries that end there.
    Equal branches are kept once.
    """

    nodes: Numbered
    entries: Numbered
    spelling: dict[str, str]
    tables: dict[str, Any]
    cache: dict[str, Any] = field(default_factory=dict, compare=False)

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Lexicon:
        """The lexicon from the plain values of `compile_lexicon`; nothing is copied."""
        return cls(plain["nodes"], plain["entries"], plain["spelling"], plain["tables"])


def expand(phrase: str, groups: dict[str, list[str]], spelling: dict[str, str]) -> list[list[str]]:
    """Every sequence of words a phrase stands for.

    `a|b` alternative words, `[a b|c]` alternatives, `(a)` optional, `{group}` one phrase of a group, `...` up to three
    words, `#` a number.

    >>> expand("can't|cannot (even) pee", {}, {})
    [['cant', 'even', 'pee'], ['cant', 'pee'], ['cannot', 'even', 'pee'], ['cannot', 'pee']]
    """
    choices = [_choices(piece, groups, spelling) for piece in _PIECE.findall(phrase)]
    return [list(itertools.chain(*way)) for way in itertools.product(*choices)]


def _choices(piece: str, groups: dict[str, list[str]], spelling: dict[str, str]) -> list[list[str]]:
    """The ways to say one piece of a phrase; an empty one when it may be left out."""
    if piece == "...":
        return [[GAP]]
    if piece == "#":
        return [[NUMBER]]
    if piece[0] == "{":
        return [way for member in groups[piece[1:-1]] for way in expand(member, groups, spelling)]
    if piece[0] in "([":
        ways = [way for part in piece[1:-1].split("|") for way in expand(part.strip(), groups, spelling)]
        return [*ways, []] if piece[0] == "(" else ways
    return [_plain(word, spelling) for word in (piece.split("|") if piece.strip("|") else [piece])]


def _plain(words: str, spelling: dict[str, str]) -> list[str]:
    found = (normal(word) for word in WORD.findall(words))
    return [spelling.get(word, word) for word in found if word != "-"]


class _Builder:
    """All phrases as one automaton: optional and alternative words are branches, never multiplied out."""

    def __init__(self, groups: dict[str, list[str]], spelling: dict[str, str]) -> None:
        self.groups = groups
        self.spelling = spelling
        self.entries: list[Entry] = []
        self.edges: list[dict[str, set[int]]] = [{}]
        self.ends: dict[int, set[int]] = {}

    def add(self, phrases: list[str], entry: Entry) -> None:
        number = len(self.entries)
        self.entries.append(entry)
        for phrase in phrases:
            reached = {0}
            for piece in _PIECE.findall(str(phrase)):
                reached = self._follow(reached, _choices(piece, self.groups, self.spelling))
            for state in reached - {0}:
                self.ends.setdefault(state, set()).add(number)

    def _follow(self, before: set[int], ways: list[list[str]]) -> set[int]:
        joint = self._state()
        for way in ways:
            reached = before
            for at, word in enumerate(way):
                to = joint if at == len(way) - 1 else self._state()
                for state in reached:
                    self.edges[state].setdefault(word, set()).add(to)
                reached = {to}
        return {joint} | before if [] in ways else {joint}

    def _state(self) -> int:
        self.edges.append({})
        return len(self.edges) - 1

    def nodes(self) -> list[Tree]:
        """One node for each set of states that a reading can be in; equal nodes are kept once, the root first."""
        nodes: list[Tree] = [{}]
        known: dict[tuple[Any, ...], int] = {}
        built: dict[frozenset[int], int] = {}

        def number(states: frozenset[int]) -> int:
            held = built.get(states)
            if held is not None:
                return held
            below: dict[str, set[int]] = {}
            ends: set[int] = set()
            for state in states:
                ends |= self.ends.get(state, set())
                for word, to in self.edges[state].items():
                    below.setdefault(word, set()).update(to)
            if NUMBER in below:
                for word in below:  # "4" written out in one phrase is a number to another
                    if word[:1].isdigit():
                        below[word] |= below[NUMBER]
            node: Tree = {LEAF: sorted(ends)} if ends else {}
            for word in sorted(below):
                node[word] = number(frozenset(below[word]))
            key = tuple((word, tuple(to) if word == LEAF else to) for word, to in node.items())
            if key not in known:
                known[key] = len(nodes)
                nodes.append(node)
            built[states] = known[key]
            return known[key]

        nodes[0] = nodes[number(frozenset({0}))]
        return nodes


def compile_lexicon(facts: list[dict[str, Any]], lexicon_files: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The plain values of a lexicon from the vocabulary and the files of `knowledge/lexicon`.

    Of the vocabulary only truths lend their `notes_say`: such a phrase says that the truth holds. A lexicon file
    maps a kind of phrase to a list of entries, each with the phrases under `say`; `groups`, `spelling` and `tables`
    are what their names say.
    """
    groups: dict[str, list[str]] = {}
    spelling: dict[str, str] = {}
    tables: dict[str, Any] = {}
    for name in sorted(lexicon_files):
        content = lexicon_files[name]
        groups.update(content.get("groups", {}))
        tables.update(content.get("tables", {}))
        tables.update(_typos(content.get("typos", {})))
        for right, variants in content.get("spelling", {}).items():
            spelling.update({normal(str(variant)): normal(str(right)) for variant in variants})
    build = _Builder(groups, spelling)
    for fact in facts:
        if fact.get("type") == "truth" and fact.get("notes_say"):
            build.add(fact["notes_say"], {"kind": "finding", "facts": {fact["fact"]: True}})
    tables["frames"] = compile_frames(lexicon_files.get("frames", {}), lambda said: _tree(said, groups, spelling))
    for name in sorted(lexicon_files):
        for kind, entries in lexicon_files[name].items():
            if kind in ("groups", "spelling", "tables", "typos", "classes", "frames"):
                continue
            for entry in entries:
                told = {key: value for key, value in entry.items() if key != "say"}
                told.update(_channel(told.get("facts")))
                build.add(entry["say"], {"kind": kind, **told})
    if "typos" in tables:
        known = {word for node in (*build.edges, *tables["frames"]["nodes"]) for word in node if len(word) > 1}
        tables["real_words"] = sorted({*tables["real_words"], *_beside(known, tables["typos"])})
    tables["facts"] = {fact["fact"]: {"type": fact["type"], "range": fact.get("range")} for fact in facts}
    nodes = build.nodes()
    tables["wide"] = [number for number, node in enumerate(nodes) if GAP in node or NUMBER in node]
    return {"nodes": nodes, "entries": build.entries, "spelling": spelling, "tables": tables}


def _typos(content: dict[str, list[str]]) -> dict[str, Any]:
    """The long words by themselves and by each way to leave out one letter; and the real words beside them."""
    if not content:
        return {}
    words = sorted({normal(word) for word in content["words"]})
    table = {key: word for word in words for key in shortened(word)}
    table.update({word: word for word in words})
    return {"typos": table, "real_words": sorted({normal(word) for word in content.get("real", ())})}


def _beside(known: set[str], typos: dict[str, str]) -> list[str]:
    """The words of the lexicon that lie one letter from a long word: "injection" is no slip of "infection"."""
    return [word for word in known if mended(word, typos, frozenset()) != word]


def _tree(
    said: list[tuple[list[str], Any]], groups: dict[str, list[str]], spelling: dict[str, str]
) -> tuple[list[Tree], list[Any]]:
    """A tree of phrases, and what each of its ends means."""
    build = _Builder(groups, spelling)
    for phrases, meaning in said:
        build.add(phrases, meaning)
    return build.nodes(), build.entries


_DESCRIBING: Final = frozenset(
    (
        "pain_change",
        "course",
        "postop_course",
        "pain_pattern",
        "pain_topography",
        "mechanical_features",
        "deformity_known",
        "goals",
    )
)


def _channel(facts: dict[str, Any] | None) -> dict[str, str]:
    """Words that describe a pain may overlap other phrases ("pain and radiculopathy have returned")."""
    if not facts or not set(facts) <= _DESCRIBING:
        return {}
    name = next(iter(facts))
    value = facts[name]
    return {"channel": f"{name} {value[0] if isinstance(value, list) else ''}".strip()}
