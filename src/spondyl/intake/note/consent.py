"""Finds what a consent names as risks: "the risks, including but not limited to: sepsis, paralysis of the legs".

It only marks words as supposed; the context judges them. What counts is the form: a word for risks in the plural, one
that opens their list or tells that they were talked over, and then everything to the end of the sentence, or to a word
that tells of now. Complications count only where they are called possible or were talked over: those of an operation
that was done may be real.
"""

from __future__ import annotations

from typing import Final

from .context import HYPOTHETICAL, Context
from .words import Words

_HEADS: Final = ("risk", "complication", "hazard", "danger")
_OPENS: Final = frozenset("include including incl such namely eg inter are were being is : (".split())
_TALKED: Final = frozenset(
    "discussed discuss explained explain reviewed counseled counselled counsel consented consent mentioned outlined"
    " covered listed quoted accepted accept understand understood understanding acknowledge acknowledged aware told"
    " talked went gone informed advised warned disclosed detailed asked over".split()
)
_POSSIBLE: Final = frozenset("possible potential theoretical".split())
# of complications these tell of a talk; other words may tell of those that came
_AS_RISK: Final = frozenset(
    "discussed discuss explained explain reviewed counseled counselled counsel consented consent mentioned outlined"
    " covered disclosed detailed understand understood warned possible potential limited restricted confined".split()
)
_PASSIVE: Final = frozenset("was were been being are".split())
_THEY: Final = frozenset("these they those this among amongst".split())
_SPOKE: Final = frozenset("told mentioned warned explained listed named quoted outlined described disclosed".split())
_MAY: Final = frozenset("may might could can".split())
_ADVISED: Final = frozenset("advised warned cautioned counseled counselled".split())
_COMES: Final = frozenset("occur happen arise result follow ensue develop".split())
_TALK: Final = ("discussed", "talked", "reviewed", "outlined", "over", "covered")
_MAY_COME: Final = frozenset(
    "infection bleeding palsy nonunion pseudarthrosis paralysis quadriplegia paraplegia hematoma death stroke blindness"
    " anesthesia anesthetic clot".split()
)
_NOW: Final = frozenset("however today yesterday currently tonight now overnight".split())
_WHO: Final = frozenset("he she i they patient pt who".split())
_PATIENT: Final = frozenset("patient pt man woman lady gentleman him her".split())
_HELPED: Final = frozenset("the a an his her interpreter family use aid help wife husband daughter son".split())
_IS_SO: Final = frozenset(
    "has have had is cannot cant report reports notes noted complain complains developed lost woke woken feel feels"
    " felt started began noticed cries says presents presented does wet soiled".split()
)
_HAS: Final = frozenset("has is cannot cant report reports complain complains lost feel feels wakes woke".split())
_BEGAN: Final = frozenset("last this yesterday monday tuesday wednesday thursday friday saturday sunday".split())
_LIMITED: Final = frozenset("limited restricted confined exclusively only exclusive exhaustive solely".split())
_AFTER_BUT: Final = 4
_FACTORS: Final = frozenset("factor score stratification assessment category group profile".split())


def mark_consent(words: Words, context: Context) -> None:
    """Mark the risks that a consent lists, in the sentence that names them and where the next one goes on."""
    for t in words.all(_ADVISED):
        last = words.bounds[words.sentence[t]][1]
        if words.norm[t + 1 : t + 2] in (["that"], ["of"], ["about"]) and not _MAY.isdisjoint(words.norm[t:last]):
            _suppose(words, context, t + 1, last)  # "he was advised that infection might persist, of paralysis, a leak"
    _mark_talk(words, context)
    heads = {words.sentence[t] for t in words.all(_HEADS)} | {words.sentence[t] for t in words.all(("consent",))}
    if not heads:
        return
    for number in sorted(heads):
        first, last = words.bounds[number]
        start = _opened(words, first, last)
        if start is not None and start >= 0:
            _suppose(words, context, start, last)
        named = start is not None
        following = number + 1
        bullets = words.norm[last - 1] == ":"
        while named and following < len(words.bounds):
            first, last = words.bounds[following]
            if (bullets and words.norm[first] in "-*\u2022") or (
                following == number + 1 and _goes_on(words, first, last)
            ):
                _suppose(words, context, first, last)
                bullets = bullets or words.norm[last - 1] == ":"
                following += 1
            else:
                break


def _mark_talk(words: Words, context: Context) -> None:
    """ "We discussed palsy, leakage of spinal fluid, infection, hematoma": a list of what may come of an operation."""
    norm = words.norm
    for t in words.all(_TALK):
        first, last = words.bounds[words.sentence[t]]
        listed = norm[t + 1 : last]
        led = t == first or norm[t - 1] in ("we", "i", "have", "and", "also") or norm[t] == "over"
        if led and listed.count(",") > 1 and len(_MAY_COME.intersection(listed)) > 1:
            _suppose(words, context, t + 1, last)


def _opened(words: Words, first: int, last: int) -> int | None:
    """The word from which a sentence lists risks; -1 when it only names them; None when it speaks of none."""
    norm = words.norm
    talked = not _TALKED.isdisjoint(norm[first:last])
    named: int | None = None
    for t in range(first, last):
        if norm[t] == "consent" and not _MAY.isdisjoint(norm[t:last]) and not _COMES.isdisjoint(norm[t:last]):
            return t
        if norm[t] not in _HEADS or not words.text[words.start[t] : words.end[t]].lower().endswith("s"):
            continue
        if norm[t + 1 : t + 2] and norm[t + 1] in _FACTORS:
            continue
        if norm[t] == "complication" and not _as_risk(norm, first, t, last):
            continue
        named = -1
        if talked or norm[t - 1] in _POSSIBLE or any(norm[k] in _OPENS for k in range(t + 1, _end(words, t + 1, last))):
            return t + 1
    return named


def _as_risk(norm: list[str], first: int, t: int, last: int) -> bool:
    """Whether complications are those that may come: called possible, or talked over before or right behind."""
    if not _AS_RISK.isdisjoint(norm[first : min(last, t + 4)]):
        return True
    if not _AS_RISK.isdisjoint(norm[max(t, last - 2) : last]) and norm[t:last].count(",") > 1:
        return "new" not in norm[t:last]  # "Complications: bleeding, infection, CSF leak discussed."
    return any(
        (norm[k] in _AS_RISK and norm[k - 1] in _PASSIVE) or (norm[k] in _LIMITED and norm[k - 1] == "not")
        for k in range(t + 4, last)
    )


def _goes_on(words: Words, first: int, last: int) -> bool:
    """Whether a sentence goes on with risks just named: "These include ..."; "I told her about ..."."""
    norm = words.norm
    if norm[first] in _THEY and not _OPENS.isdisjoint(norm[first + 1 : first + 4]):
        return not {"include", "including", ":"}.isdisjoint(norm[first : first + 6])
    opening = norm[first : min(last, first + 5)]
    return (
        norm[first] in ("i", "we")
        and not _SPOKE.isdisjoint(opening)
        and not {"about", "of", "that"}.isdisjoint(opening)
    )


def _suppose(words: Words, context: Context, start: int, last: int) -> None:
    for t in range(start, _end(words, start, last)):
        context.flags[t] |= HYPOTHETICAL


def _end(words: Words, start: int, last: int) -> int:
    """Where the risks end: at a word that tells of now, or where somebody does or has something."""
    norm = words.norm
    for t in range(start, last):
        word = norm[t]
        if word in _NOW or (word == "since" and not _BEGAN.isdisjoint(norm[t + 1 : t + 3])):
            return _clause(norm, start, t)
        if word == "but" and not _more(norm, t, last):
            return t
        if word in _WHO and t + 1 < last and (norm[t + 1] in _IS_SO or norm[t + 1] in _NOW):
            return t
        if word in _PATIENT and norm[t + 1 : t + 2] == ["with"] and t + 2 < last and norm[t + 2] not in _HELPED:
            return t  # "explained to the patient with saddle anesthesia"
        if word == "and" and norm[t + 1 : t + 2] and norm[t + 1] in _HAS and norm[t + 2 : t + 3] != ["been"]:
            return t
    return last


def _clause(norm: list[str], start: int, t: int) -> int:
    """The beginning of the part of the sentence that tells of now: "...; both legs are weak since yesterday"."""
    k = t
    while k > start and norm[k - 1] not in (";", ":", "-", "(", "but"):
        k -= 1
    return k if k > start else t


def _more(norm: list[str], t: int, last: int) -> bool:
    """Whether "but" only goes on with the list: "including but not limited to", "infection, but also paralysis"."""
    near = norm[t + 1 : min(last, t + 1 + _AFTER_BUT)]
    if not _LIMITED.isdisjoint(near):
        return True
    return near[:1] == ["also"] and _IS_SO.isdisjoint(near) and _WHO.isdisjoint(near)
