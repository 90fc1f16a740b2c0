"""Finds the phrases of the lexicon in a note, in one pass over its words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from .lexicon import GAP, GAP_WORDS, LEAF, NUMBER, Entry, Lexicon, Numbered
from .words import Words

Told = tuple[str, str, int, list[Entry]]
# What may stand between two words of a phrase: "lost her bladder control", "wound: dry".
_PASSED: Final = frozenset(("-", ":", "his", "her", "my", "their", "your", "our", "the"))
_DENIALS: Final = frozenset("no not never nor without denie deny isnt arent wasnt werent".split())


@dataclass(slots=True)  # nobody changes one, but thousands are made, and a frozen one takes three times as long
class Hit:
    """A phrase found: words `i` to before `j`, and the entry of the lexicon it belongs to.

    `slots`: of a frame, the words that fill it; the words between them belong to the sentence alone.
    """

    i: int
    j: int
    entry: Entry
    slots: tuple[tuple[int, int], ...] = ()


def find(words: Words, lexicon: Lexicon) -> dict[str, list[Hit]]:
    """All phrases by kind, in the order of the note. Within a kind the leftmost and longest wins."""
    found: defaultdict[str, list[Hit]] = defaultdict(list)
    taken: dict[str, int] = {}
    norm, nodes = words.norm, lexicon.nodes
    alone: dict[int, list[Told]] = lexicon.cache.setdefault("told", {})
    root = nodes[0]
    begins = list(map(root.get, norm))
    number = root.get(NUMBER)
    wide = _wide(lexicon)
    for first, last in words.bounds:
        for i in range(first, last):
            at_node = begins[i]
            if at_node is None:
                if number is None or not norm[i][0].isdigit():
                    continue
                at_node = number
            node = nodes[at_node]
            following = norm[i + 1] if i + 1 < last else ""
            if (
                following in node
                or at_node in wide
                or (following in _PASSED and i + 2 < last and (norm[i + 2] in node or following in "-:"))
            ):
                ends: dict[int, list[int]] = {}
                _walk(norm, nodes, at_node, i + 1, last, ends)
                if not ends:
                    continue
                best = _longest(lexicon, ends)
            elif LEAF in node:  # a word by itself
                known = alone.get(at_node)
                if known is None:
                    known = alone[at_node] = _longest(lexicon, {1: node[LEAF]})
                for kind, name, _, entries in known:
                    if i >= taken.get(kind, 0):
                        j = taken[kind] = i + 1
                        found[name] += [Hit(i, j, entry) for entry in entries]
                continue
            else:
                continue
            for kind, name, j, entries in best:
                if i >= taken.get(kind, 0):
                    found[name] += [Hit(i, j, entry) for entry in entries]
                    taken[kind] = j
    return dict(found)


def _longest(lexicon: Lexicon, ends: dict[int, list[int]]) -> list[Told]:
    """Of phrases that end at these words, for each kind the longest: its channel, its kind, its end, its entries."""
    best: dict[str, tuple[int, list[Entry]]] = {}
    for j in sorted(ends, reverse=True):
        for held_by in ends[j]:
            entry = lexicon.entries[held_by]
            kind = entry.get("channel") or entry["kind"]
            held = best.get(kind)
            if held is None:
                best[kind] = (j, [entry])
            elif held[0] == j:
                held[1].append(entry)
    return [(kind, entries[0]["kind"], j, entries) for kind, (j, entries) in best.items()]


def _wide(lexicon: Lexicon) -> frozenset[int]:
    """The nodes that go on with more than the words they name: with a number, or after a gap."""
    held: frozenset[int] | None = lexicon.cache.get("wide")
    if held is None:
        held = lexicon.cache["wide"] = frozenset(lexicon.tables["wide"])
    return held


def _walk(norm: list[str], nodes: Numbered, at_node: int, i: int, last: int, ends: dict[int, list[int]]) -> None:
    """Collect where phrases that lead to a node may end."""
    node = nodes[at_node]
    while True:
        leaf = node.get(LEAF)
        if leaf:
            ends.setdefault(i, []).extend(leaf)
        gap = node.get(GAP)
        if gap is not None:
            for skip in range(GAP_WORDS + 1):
                at = i + skip
                if at >= last:
                    break
                inner = nodes[gap].get(norm[at])
                if inner is None and norm[at][0].isdigit():
                    inner = nodes[gap].get(NUMBER)
                if inner is not None:
                    _walk(norm, nodes, inner, at + 1, last, ends)
                if norm[at] in ",;.:()[]" or norm[at] in _DENIALS:
                    break  # "hands are not clumsy" is no "hands ... clumsy"
        if i >= last:
            return
        word = norm[i]
        following = node.get(word)
        if following is not None and word in _PASSED and i + 1 < last and norm[i + 1] in node:
            _walk(norm, nodes, node[norm[i + 1]], i + 2, last, ends)
        if following is None and word in _PASSED and i + 1 < last:
            i += 1
            word = norm[i]
            following = node.get(word)
        if following is None and word[0].isdigit():
            following = node.get(NUMBER)
        if following is None:
            return
        node = nodes[following]
        i += 1
