"""Whether a sign is part of a story of long ago: "very unwell in 2021, febrile and septic". It reads; it adds no fact.

The day must belong to the illness that is told, in the past tense, and not to an operation, an accident or a study; and
nothing in the sentence may speak of now. What is told after an old operation, without a day of its own, is of now.
"""

from __future__ import annotations

from typing import Final

from .ages import OLD_DAYS, age_of, has_time
from .page import Page
from .phrases import Hit
from .times import Time

_IN: Final = frozenset("in during of back around late early about".split())
_NOW: Final = frozenset(
    "now today currently still since yesterday tonight overnight again new newly worse worsening worsened return"
    " returned recurred recurrence recurrent back ongoing persist persisted persistent remain remained continue"
    " continued until present presented arrival admission ever never always unchanged same recently lately".split()
)
_DAYS: Final = frozenset("morning afternoon evening night week weekend month year time day summer spring".split())
_TO_US: Final = frozenset("to in with here".split())
_PAST: Final = frozenset("was were had became fell got went took came could did lost wet felt spent saw ran".split())
_PRESENT: Final = frozenset(
    "is are has have cannot cant can get report complain deny come keep say feel no not".split()
)
_HAS_DONE: Final = frozenset(
    "declined refused recovered done made completed chosen opted agreed fully completely entirely".split()
)
_BEEN: Final = frozenset("well fine free clean sober off treated cured discharged".split())
_ILL: Final = frozenset("unwell ill sick poorly hospital hospitalized hospitalised admitted inpatient ward icu".split())
_CAUSE: Final = frozenset("this that it which the his her a an".split())
_DATED: Final = frozenset(
    "operation op surgery fusion fused operated laminectomy discectomy microdiscectomy decompression decompressed acdf"
    " procedure revision implant injection esi block epidural fall accident crash injury mri ct xray film scan visit"
    " seen reviewed note letter clinic".split()
)
_CUTS: Final = _DATED | frozenset(("but", ";", ":", "since", "until", "by"))
_NEAR: Final = 14
_LINKS: Final = frozenset((",", "and", "or", "&", "with", "a", "an", "of", "the", "very", "both", "his", "her"))


def narrated(page: Page, hit: Hit, sentence: int) -> bool:
    """Whether the sentence of a sign tells an illness of long ago, and the sign as part of it."""
    if not page.times or has_time(page, sentence, old=False):
        return False
    first, last = page.words.bounds[sentence]
    norm = page.words.norm
    if not _NOW.isdisjoint(norm[first:last]) or not _PRESENT.isdisjoint(norm[first : hit.j]):
        return False
    if any(
        (norm[t] == "this" and norm[t + 1] in _DAYS) or (norm[t] == "came" and norm[t + 1] in _TO_US)
        for t in range(first, last - 1)
    ):
        return False
    if _PAST.isdisjoint(norm[first:last]) or not _ends_there(norm, hit.j, last):
        return False
    for time in page.times_in(first, last):
        tied = norm[time.i - 2] if norm[time.i - 1] == "the" else norm[time.i - 1]
        if (age_of(page, time) or 0) < OLD_DAYS or not (time.cue == "ago" or tied in _IN):
            continue
        if time.i >= hit.j:
            if _behind(page, hit, time, sentence):
                return True
        elif time.j <= hit.i and _ahead(page, hit, time, first):
            return True
    return False


def _ends_there(norm: list[str], j: int, last: int) -> bool:
    """Whether nothing after a sign is told in the present, but what was done about it."""
    for t in range(j, last):
        if norm[t] in ("is", "are", "cannot", "cant", "feel", "report", "complain"):
            return False
        if norm[t] in ("has", "have") and norm[t - 1] != "to":
            done = norm[t + 1 : t + 2]
            if done == ["been"]:
                done = norm[t + 2 : t + 3]
                if not done or done[0] not in _BEEN:
                    return False
            elif not done or done[0] not in _HAS_DONE:
                return False
    return True


def _behind(page: Page, hit: Hit, time: Time, sentence: int) -> bool:
    """ "Went into retention from this in the spring of 2024": the day follows, and belongs to nothing between."""
    norm = page.words.norm
    if time.i - hit.j > _NEAR:
        return False
    between = norm[hit.j : time.i]
    if not _CUTS.isdisjoint(between):
        return False
    for at, word in enumerate(between):
        if word == "from" and (at + 1 >= len(between) or between[at + 1] not in _CAUSE):
            return False
    if "," in between:  # only more signs may stand between: "febrile, septic and confused in 2020"
        told = page.by_sentence("finding").get(sentence, ())
        covered = {t for other in told for t in range(other.i, other.j)}
        return all(t in covered or norm[t] in _LINKS or norm[t] in _IN for t in range(hit.j, time.i))
    return not any(hit.j <= other.i < time.i for other in page.by_sentence("procedure").get(sentence, ()))


def _ahead(page: Page, hit: Hit, time: Time, first: int) -> bool:
    """ "Was very unwell in 2021, febrile and septic": the illness stands before the day, and no operation anywhere."""
    norm = page.words.norm
    before = norm[first : time.i]
    if not _CUTS.isdisjoint(norm[first : hit.i]) or _PAST.isdisjoint(before):
        return False
    told = page.by_sentence("finding").get(page.words.sentence[hit.i], ())
    if _ILL.isdisjoint(before) and not any(other.i < time.i and not other.entry.get("denies") for other in told):
        return False
    return not any(other.i < hit.i for other in page.by_sentence("procedure").get(page.words.sentence[hit.i], ()))
