"""Whether a stimulator trial or implant was done, has a date ahead, or is only spoken of. It adds no fact."""

from __future__ import annotations

from typing import Final

from spondyl.record.facts import Assertion

from .devices import is_only_thought_of, is_out
from .page import Page
from .phrases import Hit

_DONE: Final = frozenset(
    "underwent undergone s/p had prior previous previously successful successfully failed completed done performed"
    " after following status post positive helped relief removed explanted since".split()
)
_NAMES: Final = frozenset(
    "stimulator stimulation stim scs neurostimulator neurostimulation neuromodulation dcs drg".split()
)
_SET: Final = frozenset("proceed proceeding scheduled booked listed tentatively tentative planned".split())
_THOUGHT: Final = frozenset(
    "if whether asking asks ask asked wants want interested considering consider candidate candidacy suitable"
    " evaluation refer referred discuss discussed could may might should would offered option postponed before until"
    " unless recommended recommend pending awaiting request requested cleared clearance approved appropriate".split()
)
_OTHERS: Final = frozenset(
    "bone growth osteogenesis tens muscle vagus vagal brain gastric bladder sacral peripheral nerve phrenic".split()
)
_LABEL: Final = 4
_NO: Final = frozenset("no not never without declined refused deny".split())


def stimulation_told(page: Page, hit: Hit, how: Assertion, dated: bool) -> Assertion:
    """How a trial or an implant is meant; what is only thought of is hypothetical, and no plan."""
    if hit.entry.get("stimulator") and _NAMES.isdisjoint(page.words.places):
        return "hypothetical"
    if how in ("negated", "family", "hypothetical"):
        return how
    norm = page.words.norm
    if hit.i and norm[hit.i - 1] in _OTHERS:
        return "hypothetical"
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    near = norm[max(first, hit.i - 8) : hit.i] + norm[hit.j : min(last, hit.j + 8)]
    if how == "uncertain" and not dated:
        return "hypothetical"
    if any(word in _NO for word in norm[max(first, hit.i - 3) : hit.i]):
        return "negated"
    if norm[first] in ("request", "requested", "requesting") and not hit.entry.get("trial") and how != "uncertain":
        if norm[first + 1 : first + 2] == [":"] or ":" in norm[first + 1 : min(hit.i, first + _LABEL)]:
            return "planned"  # the heading of a form that asks for authorization
    done = any(word in _DONE for word in near)
    if dated and how != "planned" and _THOUGHT.isdisjoint(norm[max(first, hit.i - 8) : hit.i]):
        return "present"
    around = norm[first : min(last, hit.j + 8)]
    if not _SET.isdisjoint(around) and _THOUGHT.isdisjoint(around) and not done:
        return "hypothetical" if hit.entry.get("trial") else "planned"
    if how == "planned" or not _THOUGHT.isdisjoint(near):
        return "hypothetical"
    if hit.entry.get("trial"):
        return "present" if done else "hypothetical"
    if is_only_thought_of(page, hit) or is_out(page, hit):
        return "hypothetical"
    return "present"
