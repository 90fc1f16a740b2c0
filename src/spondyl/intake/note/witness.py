"""Whether a relative in a note is a witness who reports, and not the one who is ill. It marks nothing."""

from __future__ import annotations

from typing import Final

from .phrases import Hit
from .words import Words, normal

_TOLD: Final = frozenset(
    normal(word)
    for word in "reports says states noticed notes brought called present lives accompanied feels thinks found saw heard calls rings phones reporting"  # noqa: E501
    " tells told describes witnessed concerned worried rang phoned thought".split()
)

_CHILDREN: Final = frozenset(("daughter", "son"))
_PARENTS: Final = frozenset("mother father mom mum dad parent".split())
_DONE_TO: Final = frozenset("found brought called saw heard told".split())  # "was found", "had found him"
# "wife has to lift him", "husband has seen", "has him sleep downstairs": no illness of the relative
_NOT_HERS: Final = frozenset(
    normal(word)
    for word in "to noticed seen been told found called brought him her it also concerns questions power the his not"
    " never always just now heard kept taken given left gone come done put agreed become begun got made written spoken"
    " driven photos photographs video pictures helped no another her question plan".split()
)
_ILL: Final = frozenset("recovering suffering suffers suffered treated diagnosed".split())
_IS_ILL: Final = frozenset("having receiving undergoing in on ill sick unwell dying pregnant getting".split())
_WHOM: Final = frozenset("him her them me us patient pt that it he she this his the".split())


def is_witness(words: Words, hit: Hit, last: int) -> bool:
    """A relative who reports is no relative who is ill: "daughter says he is confused", "lives with wife"."""
    if hit.entry["axis"] != "family":
        return False
    norm = words.norm
    word = norm[hit.i]
    if word in (
        "wife",
        "husband",
        "spouse",
        "partner",
        "daughter",
        "son",
        "mother",
        "father",
        "parent",
        "mom",
        "dad",
        "mum",
        "neighbor",
        "friend",
    ):
        following = norm[hit.j : min(hit.j + 3, last)]
        if following and (following[0].isdigit() or (following[0] == ":" and word in _CHILDREN)):
            return True  # "daughter calls: mum 78", "Daughter: mum cannot walk"
        if word in _PARENTS and _child_tells(words, hit.i):
            return True
        before = norm[max(0, hit.i - 3) : hit.i]
        if any(_tells(words, t) for t in range(hit.j, min(hit.j + 3, last))) or any(
            told in ("with", "by", "per", "from", "to") for told in before
        ):
            return True
        if following[:1] in (["who"], ["whose"]) or following == ["is", "the", "one"]:
            return False  # "my wife is the one who drops things"
        if following[:1] == ["take"] and following[1:2] not in (["him"], ["her"], ["me"], ["care"]):
            return False  # "husband takes warfarin"
        if following[:1] in (["has"], ["had"]) and len(following) > 1 and _her_own(following[1]):
            return False  # "husband has numb hands"
        if not _ILL.isdisjoint(following[:2]):
            return False
        if following[:1] in (["is"], ["was"]) and not _IS_ILL.isdisjoint(following[1:2]):
            return False  # "as his wife is having chemotherapy"
        return word in ("wife", "husband", "spouse", "partner")
    return False


def _her_own(word: str) -> bool:
    """Whether the word after "has" names what a relative has herself, not what she has done or is to do."""
    return word not in _NOT_HERS and not word.endswith(("ed", "ly"))


def _child_tells(words: Words, i: int) -> bool:
    """Whether a daughter or son tells the sentence, so that "mum" is the patient."""
    norm = words.norm
    first, _ = words.bounds[words.sentence[i]]
    return any(
        norm[t] in _CHILDREN and (norm[t + 1] == ":" or any(_tells(words, k) for k in range(t + 1, min(t + 4, i))))
        for t in range(first, i)
    )


def _tells(words: Words, t: int) -> bool:
    """Whether a word after a relative makes a witness: "has noticed", not "had thoughts" nor "was found"."""
    norm = words.norm
    if norm[t] not in _TOLD:
        return False
    if norm[t] == "thought" and words.text[words.start[t] : words.end[t]].endswith(("s", "S")):
        return False
    if norm[t] in _DONE_TO and norm[t - 1] in ("was", "were", "been", "had"):
        return norm[t - 1] == "had" and norm[t + 1 : t + 2] != [] and norm[t + 1] in _WHOM
    return True
