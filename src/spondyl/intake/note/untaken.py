"""Whether medicines are told as not taken: "not taking any blood thinners or aspirin", "takes no NSAIDs".

The denial holds for every name of the list it opens and for nothing else of the sentence, so that the complaint in
"not taking gabapentin, leg weakness" stands.
"""

from __future__ import annotations

from typing import Final

from spondyl.record.facts import Assertion

from .page import Page

_TAKES: Final = frozenset("take taking taken took use using used on".split())
_NOT: Final = frozenset(
    "not never dont doesnt didnt isnt wasnt arent hasnt havent cannot cant nor deny denie denied denying without"
    " shouldnt mustnt".split()
)
_BETWEEN: Final = frozenset("currently presently now been be regularly actively ever also to yet is daily".split())
_OUGHT: Final = frozenset("to should shouldnt must mustnt please told advised instructed asked best".split())
_LIST: Final = frozenset(", / & or nor and any a an other the his her my their daily regular either no oral".split())
_WORN: Final = frozenset("thinner blood low dose baby type medication medicine med drug pill agent tablet of".split())
_AS_TOLD: Final = frozenset("as regularly consistently correctly enough every properly reliably faithfully".split())
_HELD: Final = frozenset("day morning today yesterday since week yet dose last tonight hour hr".split())
_SOON: Final = 5
_DOSE_TIME: Final = frozenset("day morning today tonight yesterday dose hour hr evening".split())
_LONG: Final = frozenset("week month year since anymore longer ever".split())
_VERB_NEAR: Final = 6
_FACTS: Final = frozenset(
    "anticoagulant antiplatelet nsaid_use chronic_steroid benzodiazepine opioid_use gabapentinoid".split()
)
_FAR: Final = 24


def untaken(page: Page, i: int, j: int) -> Assertion | None:
    """How a name in a list of medicines that are not taken is meant; None when it stands in no such list.

    "Negated" for what is not taken, "hypothetical" for what should not be taken.
    """
    norm = page.words.norm
    sentence = page.words.sentence[i]
    first, last = page.words.bounds[sentence]
    if "no" not in norm[first:i] and _NOT.isdisjoint(norm[first:i]):
        return None
    if j < last and norm[j] in _AS_TOLD:
        return None
    # "not taking blood thinners for 5 days": held, and taken else
    held = "any" not in norm[first:i] and not _HELD.isdisjoint(norm[j : min(last, j + _SOON)])
    dosed = j < last and norm[j][0].isdigit()
    names = _names(page, sentence)
    t = i - 1
    while t >= first and i - t < _FAR and (norm[t] in _LIST or norm[t] in _WORN or t in names):
        if dosed and norm[t] == ",":
            return None  # "not taking gabapentin, aspirin 81 mg": what has a dose is taken
        t -= 1
    if t < first or norm[t] not in _TAKES:
        return None
    if "no" in norm[t + 1 : i]:
        return "negated" if norm[t + 1] == "no" and not held else None
    t -= 1
    while t >= first and norm[t] in _BETWEEN and norm[t] not in _OUGHT:
        t -= 1
    if t >= first and norm[t] == "to" and t > first and norm[t - 1] in _NOT:
        return "hypothetical"  # "told not to take ibuprofen"
    if t < first or norm[t] not in _NOT:
        return None
    before = norm[max(first, t - 2) : t]
    if not _OUGHT.isdisjoint((*before, norm[t])):
        return "hypothetical"
    return None if held else "negated"


def only_missed(page: Page, i: int, j: int) -> bool:
    """Whether a dose was left out of what is taken: "has not taken her Eliquis for 3 days", "did not take it today"."""
    norm = page.words.norm
    first, last = page.words.bounds[page.words.sentence[i]]
    after = norm[j : min(last, j + _SOON)]
    if _DOSE_TIME.isdisjoint(after) or not _LONG.isdisjoint(after):
        return False
    before = norm[max(first, i - _VERB_NEAR) : i]
    told_not = not _NOT.isdisjoint(before) and not _TAKES.isdisjoint(before)
    return told_not and _OUGHT.isdisjoint(before) and "any" not in before


def _names(page: Page, sentence: int) -> set[int]:
    """The words of a sentence that name medicines."""
    hits = [hit for kind in ("drug", "drug_class") for hit in page.by_sentence(kind).get(sentence, ())]
    hits += [hit for hit in page.by_sentence("finding").get(sentence, ()) if not _FACTS.isdisjoint(hit.entry["facts"])]
    return {t for hit in hits for t in range(hit.i, hit.j)}
