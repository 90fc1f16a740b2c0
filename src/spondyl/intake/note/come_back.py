"""Lists of what to come back for that open with a place or a short order: "ER for ...", "Call right away: ...".

It only says where such a list begins. One sign alone, or a word of a day or of now, makes it a report of what is there.
"""

from __future__ import annotations

from typing import Final

from .words import Words

_PLACES: Final = frozenset("er ed ae 911 999 112 emergency hospital".split())
_ORDERS: Final = _PLACES | frozenset("call return phone ring contact notify come go report attend seek".split())
_WHEN: Final = frozenset(
    "right away immediately promptly urgently stat asap sooner if for once straight urgent immediate any".split()
)
_HEAD: Final = (
    _ORDERS
    | _WHEN
    | frozenset("/ to the at back in or and us office clinic surgeon department room & with of -".split())
)
_LISTED: Final = frozenset((",", "or", ";"))
# words of what was or is: no list of what may come
_TOLD: Final = frozenset(
    "since today tonight yesterday ago last now was were seen went sent given came presented has had is are told"
    " transferred transfer ambulance ems via because currently still started began noted reports reported".split()
)
_LEADS: Final = frozenset(
    ("-", "*", "\u2022", "to", "please", "go", "back", "return", "present", "the", "pt", "patient")
)
_CAUTIONS: Final = frozenset(("precaution", "precautions", "rtc", "return", "warned"))
_TELLING: Final = frozenset("told advised instructed asked knows know understands agreed reminded encouraged".split())
_OWN: Final = frozenset("his her my their the this that these".split())
_FAR: Final = 9


def come_back_list(words: Words, first: int, last: int) -> int | None:
    """The word from which a sentence lists what to come back for; None when it opens with no such order."""
    norm = words.norm
    if norm[first] not in _HEAD and norm[first] not in _LEADS:
        return _told_to(norm, first, last)
    start = _headed(norm, first, last)
    if start is None:
        start = _sent(norm, first, last)
    if start is not None and _after_precautions(words, first) and _TOLD.isdisjoint(norm[start:last]):
        return start
    if start is None or not _TOLD.isdisjoint(norm[start:last]) or _LISTED.isdisjoint(norm[start:last]):
        return None
    return start


def _after_precautions(words: Words, first: int) -> bool:
    """ "Fall precautions. To ED for loss of bladder control.": one sign alone is a list there too."""
    number = words.sentence[first]
    if not number or words.norm[first] != "to":
        return False
    low, high = words.bounds[number - 1]
    return not _CAUTIONS.isdisjoint(words.norm[low:high])


def _told_to(norm: list[str], first: int, last: int) -> int | None:
    """ "He was told to come to the emergency room at once for fever, chills or saddle numbness": with an "or"."""
    for t in range(first, last - 2):
        if norm[t] in _TELLING and norm[t + 1] == "to" and norm[t + 2] in _ORDERS:
            for k in range(t + 3, min(last - 1, t + 3 + _FAR)):
                if norm[k] in ("for", "if", "with"):
                    listed = norm[k + 1 : last]
                    good = "or" in listed and listed[0] not in _OWN and _TOLD.isdisjoint(listed)
                    return k + 1 if good else None
            return None
    return None


def _headed(norm: list[str], first: int, last: int) -> int | None:
    """ "Call/return:", "Call right away:", "ER if:"; never "Call:" or "Return visit:"."""
    while first < last and norm[first] in ("-", "*", "\u2022"):
        first += 1
    if ":" not in norm[first : min(last, first + _FAR)]:
        return None
    colon = norm.index(":", first)
    head = norm[first:colon]
    orders = [word for word in head if word in _ORDERS]
    if not orders or any(word not in _HEAD for word in head):
        return None
    if len(set(orders)) > 1 or any(word in _WHEN for word in head):
        return colon + 1
    return None


def _sent(norm: list[str], first: int, last: int) -> int | None:
    """ "ER for new weakness, inability to urinate": a place, and what to go there for."""
    t = first
    while t < last and norm[t] in _LEADS:
        t += 1
    if t < last and norm[t] in _PLACES:
        t += 1
        while t < last and norm[t] in ("department", "room", "/", "er", "ed", "right", "away", "immediately"):
            t += 1
        if t < last and norm[t] in ("for", "if", "with"):
            return t + 1
    return None
