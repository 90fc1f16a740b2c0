"""Drowsiness and confusion that a medicine caused which is taken no more: an effect of the past, and no emergency now.

It only takes back; a sign that stands now, or beside a slow breath, stays.
"""

from __future__ import annotations

from typing import Final

from .found import Found, Said
from .page import Page

_SIGNS: Final = frozenset(("sedation", "confusion_new"))
_GRAVE: Final = frozenset(
    "unarousable respiratory_rate slow_breathing hypoxia oxygen_saturation naloxone_given".split()
)
_NOW: Final = frozenset(
    "now today currently still tonight yesterday hour hr is remain remains appear seem again since overnight"
    " night evening morning found arrival more increasingly progressively wake rouse arousable".split()
)
_LONG_AGO: Final = frozenset(
    "previously previous prior past formerly tried trialed trialled trial tolerate tolerated intolerant intolerance"
    " intolerances ago year once former failed".split()
)
_STRONG: Final = frozenset(("opioid",))
_NEAR: Final = 12
_BREAKS: Final = frozenset((";", "."))


def read_sedated(page: Page, found: Found) -> None:
    """Mark drowsiness from a medicine that was stopped, or only tried, as one of the past."""
    signs = [
        (number, said)
        for number, (name, said) in enumerate(found.flat)
        if name in _SIGNS and said.assertion == "present"
    ]
    if not signs or not (page.of("drug") or page.of("drug_class")):
        return
    over, taken = _medicines(found)
    grave = {page.words.sentence[page.words.at(said.start)] for name, said in found.flat if name in _GRAVE}
    for number, said in signs:
        if page.words.sentence[page.words.at(said.start)] not in grave and _was_effect(page, said, over, taken):
            found.replace(number, "historical")


def _medicines(found: Found) -> tuple[list[Said], list[Said]]:
    """What was stopped or tried, with what it did; and what is taken now."""
    over: list[Said] = []
    taken: list[Said] = []
    for entry in found.entries:
        if entry.list_name == "prior_treatments":
            over += [said for name in ("type", "adverse") for said in entry.told.get(name, ())]
        elif entry.list_name == "medications":
            for said in entry.told.get("drug", ()):
                (taken if said.assertion == "present" else over).append(said)
    return over, taken


def _was_effect(page: Page, sign: Said, over: list[Said], taken: list[Said]) -> bool:
    words = page.words
    i, j = words.slice(sign.start, sign.end)
    first, last = words.bounds[words.sentence[i]]
    start, end = words.start[first], words.end[last - 1]
    if not _NOW.isdisjoint(words.norm[max(first, i - 3) : min(last, j + 3)]):
        return False
    if any(said.start <= sign.start < said.end for said in over):
        return not any(start <= said.start < end for said in taken)
    here = [said for said in over if start <= said.start < end]
    if not here or any(start <= said.start < end for said in taken):
        return False
    near = [
        hit
        for kind in ("drug", "drug_class")
        for hit in page.by_sentence(kind).get(words.sentence[i], ())
        if min(abs(hit.j - i), abs(hit.i - j)) <= _NEAR
        and _BREAKS.isdisjoint(words.norm[min(hit.j, j) : max(hit.i, i)])
    ]
    if not near:
        return False
    if any(hit.entry.get("class") in _STRONG for hit in near):
        told = words.norm[first:last]
        return not _LONG_AGO.isdisjoint(told) or any(word[:2] in ("19", "20") and len(word) == 4 for word in told)
    return True
