"""Finds the phrases of the lexicon in a note, in one pass over its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .lexicon import GAP, GAP_WORDS, LEAF, NUMBER, Entry, Lexicon, Tree
from .words import Words

_DENIALS: Final = frozenset("no not never nor without denie deny isnt arent wasnt werent".split())


@dataclass(frozen=True, slots=True)
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
    found: dict[str, list[Hit]] = {}
    taken: dict[str, int] = {}
    norm, nodes, entries = words.norm, lexicon.nodes, lexicon.entries
    root = nodes[0]
    for first, last in words.bounds:
        for i in range(first, last):
            node = root.get(norm[i])
            if node is None:
                if not norm[i][0].isdigit() or NUMBER not in root:
                    continue
                node = root[NUMBER]
            ends: dict[int, list[int]] = {}
            _walk(norm, nodes, node, i + 1, last, ends)
            if not ends:
                continue
            best: dict[str, tuple[int, list[Entry]]] = {}
            for j in sorted(ends, reverse=True):
                for number in ends[j]:
                    entry = entries[number]
                    kind = entry.get("channel") or entry["kind"]
                    held = best.get(kind)
                    if held is None:
                        best[kind] = (j, [entry])
                    elif held[0] == j:
                        held[1].append(entry)
            for kind, (j, told) in best.items():
                if i >= taken.get(kind, 0):
                    found.setdefault(told[0]["kind"], []).extend(Hit(i, j, entry) for entry in told)
                    taken[kind] = j
    return found


def _walk(norm: list[str], nodes: list[Tree], at_node: int, i: int, last: int, ends: dict[int, list[int]]) -> None:
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
                if norm[at] in ",;.:()" or norm[at] in _DENIALS:
                    break  # "hands are not clumsy" is no "hands ... clumsy"
        if i >= last:
            return
        word = norm[i]
        following = node.get(word)
        if following is None and word in ("-", ":") and i + 1 < last:
            i += 1
            word = norm[i]
            following = node.get(word)
        if following is None and word[0].isdigit():
            following = node.get(NUMBER)
        if following is None:
            return
        node = nodes[following]
        i += 1
