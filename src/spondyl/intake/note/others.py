"""Finds what a patient who writes in person tells of somebody else: a father, the neighbor in the ward.

It only marks words; the context judges them. A note about the patient in the third person is left as it is, since
there "he" may be the patient.
"""

from __future__ import annotations

from typing import Final

from .context import FAMILY, Context
from .phrases import Hit
from .words import Words

_OWN: Final = frozenset(
    "back spine neck leg foot scar wound operation surgery fusion bladder weight surgeon disc bowel".split()
)
_I: Final = frozenset("i im ive id ill".split())
_MINE: Final = frozenset(("my", "mine", "me", "myself"))
_OPENS: Final = frozenset((",", "and", "but", ";", "(", "so", "while", "-"))
_GOES_ON: Final = frozenset("he she they it his her their him nobody everyone then later after eventually".split())


def mark_others(words: Words, hits: dict[str, list[Hit]], context: Context) -> None:
    """Mark the story of somebody else to the end of its sentence, and the sentences that go on about "he" or "she"."""
    told = [hit for hit in hits.get("context", ()) if hit.entry["axis"] == "family"]
    if not told or not _writes_in_person(words):
        return
    norm = words.norm
    for hit in told:
        sentence = words.sentence[hit.i]
        first, last = words.bounds[sentence]
        if not context.flags[hit.i] & FAMILY:
            continue  # a witness, or a word of another phrase
        _mark(words, context, hit.i, last)
        for following in range(sentence + 1, len(words.bounds)):
            first, last = words.bounds[following]
            if context.flags[first] & FAMILY:
                break  # followed from an earlier sentence
            own = _I | _MINE
            if words.line_start[first] or norm[first] not in _GOES_ON or any(word in own for word in norm[first:last]):
                break
            _mark(words, context, first, last)


def _writes_in_person(words: Words) -> bool:
    """Whether "my back" or "my scar" says that the writer is the patient."""
    norm = words.norm
    return any(
        word in ("my", "mine") and any(near in _OWN for near in norm[t + 1 : t + 4]) for t, word in enumerate(norm)
    )


def _mark(words: Words, context: Context, first: int, last: int) -> None:
    norm = words.norm
    for t in range(first, last):
        opens = t > first and norm[t - 1] in _OPENS
        if norm[t] in _I or norm[t] == ";" or (opens and norm[t] in _MINE):
            return
        context.flags[t] |= FAMILY
