"""Whether "spine surgery" names a service: a clinic, a team, the head of a letter. It reads; it adds no fact."""

from __future__ import annotations

from typing import Final

from .phrases import Hit
from .words import Words

_AFTER: Final = frozenset(
    "clinic department dept service team consult consultation consultant outpatient outpatients opd appointment"
    " referral registrar resident fellow attending ward unit office center centre associate visit evaluation opinion"
    " group letter institute practice np pa nurse physician surgeon input mdt meeting program".split()
)
_OF: Final = frozenset("department dept division section service center centre institute clinic head".split())
_SEEN: Final = frozenset(
    (
        "seen in", "seen by", "seen at", "discussed with", "refer to", "referred to", "referral to", "reviewed by",
        "letter from", "opinion from", "back to", "evaluated by", "followed by", "per", "consult", "consulted", "paged",
    )
)  # fmt: skip
_BEFORE: Final = frozenset("the our invasive minimally orthopedic orthopaedic complex adult and &".split())
_SMALL: Final = frozenset("of and for the at in up".split())
_DONE: Final = frozenset("s/p post after status had underwent postop pod prior previous day".split())
_WORDS: Final = 14


def is_service(text: str, words: Words, hit: Hit) -> bool:
    """Whether "spine surgery" names a clinic or those who work there, and no operation."""
    norm = words.norm
    first, last = words.bounds[words.sentence[hit.i]]
    if hit.j < last and norm[hit.j] in _AFTER:
        return True
    t = hit.i
    while t > first and norm[t - 1] in _BEFORE:
        t -= 1
    before = norm[max(first, t - 2) : t]
    if before[-1:] == ["of"] and before[0] in _OF:
        return True
    if before and (before[-1] in _SEEN or " ".join(before) in _SEEN):
        return True
    return _heads(text, words, hit)


def _heads(text: str, words: Words, hit: Hit) -> bool:
    """ "Orthopedic Spine Surgery Follow-up 11/19/2026": the first line with words, all of them names."""
    begin = text.rfind("\n", 0, words.start[hit.i]) + 1
    if text[:begin].strip():
        return False
    stop = text.find("\n", begin)
    i, j = words.slice(begin, len(text) if stop < 0 else stop)
    if j - i > _WORDS or not _DONE.isdisjoint(words.norm[i:j]):
        return False
    return all(
        text[words.start[t]].isupper() or words.norm[t] in _SMALL for t in range(i, j) if words.norm[t][:1].isalpha()
    )
