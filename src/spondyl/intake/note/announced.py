"""Finds what a planned anesthetic is announced to do: "after the spinal she will have numb legs for some hours".

It only marks words as supposed; the context judges them. An anesthetic must be named in the sentence or in the two
before it, the sign must be told as one that will come, and a word of now ends the announcement.
"""

from __future__ import annotations

from typing import Final

from .context import HYPOTHETICAL, Context
from .words import Words

_DRUGS: Final = (
    "anesthesia", "anesthetic", "anaesthesia", "anaesthetic", "intrathecal", "epidural", "block", "spinal", "wears",
    "wear", "sab", "anesthetist", "anaesthetist",
)  # fmt: skip
_WILL: Final = frozenset("will ll youll may might expect would".split())
_VERBS: Final = frozenset("be have feel lose notice experience become go find expect".split())
_SIGNS: Final = frozenset(
    "numb numbness dead heavy weak weakness paralyzed paralysed unable able feel move pee urinate void loss no shake"
    " asleep tingling tingle walk wiggle".split()
)
_ENDS: Final = frozenset(
    "now today yesterday currently presently still since already tonight because due given but however although though"
    " : this last".split()
)
_OF_THE_SPINE: Final = frozenset(
    "surgery operation fusion cord stenosis fluid clinic canal column nerve stimulator stimulation pain injection"
    " instability abscess infection hematoma team surgeon level implant decompression metastasis tumor".split()
)
_AHEAD: Final = 5
_SENTENCES: Final = 2


def mark_announced(words: Words, context: Context) -> None:
    """Mark what will come with an anesthetic, to the end of the sentence or to a word of now."""
    named = sorted(words.sentence[t] for t in words.all(_DRUGS) if _numbs(words, t))
    if not named:
        return
    for number in sorted({one + step for one in named for step in range(_SENTENCES + 1)}):
        if number >= len(words.bounds):
            break
        first, last = words.bounds[number]
        start = next((t for t in range(first, last) if words.norm[t] in _WILL and _comes(words, t, last)), None)
        if start is None:
            continue
        begin = start
        while begin > first and words.norm[begin - 1] in (
            "leg",
            "legs",
            "both",
            "feet",
            "foot",
            "bottom",
            "and",
            "her",
            "his",
        ):
            begin -= 1
        for t in range(begin, last):
            if words.norm[t] in _ENDS and t > start:
                break
            context.flags[t] |= HYPOTHETICAL


def _numbs(words: Words, t: int) -> bool:
    """Whether a word names an anesthetic: "the spinal", not "spinal surgery"; "wears off", not "wears a brace"."""
    norm, word = words.norm, words.norm[t]
    following = norm[t + 1] if t + 1 < len(norm) else ""
    if word in ("wear", "wears"):
        return following == "off"
    if word == "spinal":
        return following not in _OF_THE_SPINE and following not in ("anesthesia", "anesthetic")
    if word == "epidural":
        return following not in ("abscess", "hematoma", "steroid", "injection", "collection", "space", "fluid", "gas")
    return not (word == "block" and following in ("vertebra", "vertebrae"))


def _comes(words: Words, t: int, last: int) -> bool:
    """Whether a sign is told as one that will come: "will have numb legs", "will not be able to move"."""
    norm = words.norm
    k = t + 1
    while k < last and norm[k] in ("not", "also", "temporarily", "both", "then"):
        k += 1
    if norm[t] != "expect" and (k >= last or norm[k] not in _VERBS):
        return False
    near = norm[k : min(last, k + _AHEAD)]
    at = next(
        (n for n, word in enumerate(near) if word in _SIGNS and (n or norm[t] == "expect" or word == "feel")), None
    )
    if at is None:
        return False
    if "able" in near:  # "will not be able to get here", "will not be able to come"
        n = near.index("able")
        ahead = norm[k + n + 2 : k + n + 3]
        return bool(ahead) and ahead[0] in (
            "move",
            "feel",
            "pee",
            "urinate",
            "void",
            "walk",
            "pass",
            "wiggle",
            "lift",
            "stand",
        )
    return True
