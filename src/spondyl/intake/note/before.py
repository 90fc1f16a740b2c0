"""Marks what a sentence tells of the time before an operation: "his preoperative symptoms were leg pain and numbness".

It marks the words as of the past and reads nothing. A sentence that also tells of now stays as it is.
"""

from __future__ import annotations

from typing import Final

from .context import HISTORICAL, Context
from .words import Words

_BEFORE: Final = ("preoperative", "preoperatively", "preop", "presurgical")
_TOLD: Final = frozenset("symptom complaint pain presentation deficit leg arm neck back sign picture".split())
_PAST: Final = frozenset("was were had included consisted comprised presented complained reported suffered".split())
_NOW: Final = frozenset(
    "now today currently still remain remained continue continues persist persisted persistent ongoing again since is"
    " are has have unchanged same similar like as than return returned recurred never planned scheduled".split()
)
_ENDS: Final = frozenset((";", "but", "postoperatively", "postop", "afterward", "afterwards"))


def mark_before(words: Words, context: Context) -> None:
    """Mark the words that tell how things were before an operation."""
    for t in sorted(words.all(_BEFORE)):
        first, last = words.bounds[words.sentence[t]]
        norm = words.norm
        adverb = norm[t] == "preoperatively"
        if not adverb and (t + 1 >= last or norm[t + 1] not in _TOLD):
            continue
        end = next((k for k in range(t + 1, last) if norm[k] in _ENDS), last)
        clause = norm[first:end]
        if _PAST.isdisjoint(clause) or not _NOW.isdisjoint(clause):
            continue
        for k in range(first if adverb and t > first + 2 else t, end):
            context.flags[k] |= HISTORICAL
            context.before.add(k)
