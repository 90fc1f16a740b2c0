"""What the patient wants to be able to do again: "hopes to sit through a ball game and cut down on pills".

A wish opens a list of doings, to the end of its sentence; a heading for goals opens one too. What is to be avoided, and
what somebody else wants, is no goal.
"""

from __future__ import annotations

from typing import Final

from .found import Found
from .page import Page
from .phrases import Hit
from .words import normal


def _set(words: str) -> frozenset[str]:
    return frozenset(normal(word) for word in words.split())


_DOINGS: Final = {
    word: goal
    for goal, said in (
        ("walking", "walk walking walks stroll strolling"),
        ("sitting", "sit sitting drive driving"),
        ("sleep", "sleep sleeping"),
        ("work", "work working job workforce duty"),
        (
            "self_care",
            "dress dressing shower showering bathe bathing wash toileting self-care independent independently",
        ),
        ("family", "grandchildren grandkids grandson granddaughter grandsons kids children wedding family grandchild"),
        (
            "sport",
            "golf tennis run running jog jogging swim swimming cycle cycling bike biking ski skiing gym sport sports",
        ),
        ("sport", "football soccer basketball bowling hike hiking yoga dance dancing fishing pickleball climbing"),
        ("other", "gardening cook cooking traveling housework shopping hobby hobbies woodworking"),
    )
    for word in _set(said)
}
_WISH: Final = _set("hopes hope hoping wants want wishes wish aims aim keen eager aspires desires")
_LIKE: Final = frozenset((("would", "like"), ("looking", "forward"), ("look", "forward"), ("d", "like")))
_LESS: Final = _set(
    "off cut reduce reducing fewer less lower stop stopping wean weaning quit decrease minimize without"
)
_MEDICINE: Final = _set(
    "pills pill meds medication medications medicine medicines opioid opioids oxycodone narcotic narcotics painkillers"
    " tablets hydrocodone morphine analgesics analgesia gabapentin drugs"
)
_RELIEF: Final = frozenset(
    (
        ("pain", "relief"),
        ("pain", "control"),
        ("pain", "free"),
        ("less", "pain"),
        ("reduce", "pain"),
        ("decrease", "pain"),
    )
)
_AGAINST: Final = _set("avoid avoiding prevent not never refuses declines discuss proceed know see ask")
_LEAVES: Final = _set("because since after due but however currently risk surgeon surgery understands")
_NOT_IN: Final = frozenset(("family", "return", "risks", "imaging", "medications", "allergies", "operation"))
_NOT_GOALS: Final = _set("care discussed deferred met")
_PEOPLE: Final = frozenset(
    "wife husband daughter son mother father surgeon employer insurer family lawyer attorney".split()
)
_WHOM: Final = frozenset("him her them patient pt you".split())
_UNDONE: Final = frozenset("not doesnt dont never no".split())
_WATCH: Final = _set(
    "hopes hope hoping wants want wishes wish aims aim keen eager goal goals like forward aspires ltg stg"
)


def read_aims(page: Page, found: Found) -> None:
    """Add `goals`, one fact for each."""
    words = page.words
    for number in sorted({words.sentence[t] for t in words.all(_WATCH)}):
        first, last = words.bounds[number]
        start = _opens(words.norm, first, last)
        if start is None or page.section[first] in _NOT_IN:
            continue
        _list(page, found, start, last)
        if words.norm[last - 1] == ":" and number + 1 < len(words.bounds):
            _list(page, found, *words.bounds[number + 1])


def wished(page: Page, hit: Hit) -> bool:
    """Whether a phrase stands behind a wish: "hopes to sleep through the night" says nothing of how it is."""
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    if _WATCH.isdisjoint(page.words.norm[first : hit.i]):
        return False
    start = _opens(page.words.norm, first, last)
    return start is not None and start <= hit.i


def _opens(norm: list[str], first: int, last: int) -> int | None:
    """The word after a wish, or None."""
    for t in range(first, last):
        word = norm[t]
        if word in ("goal", "aim", "ltg", "stg"):
            following = norm[t + 1 : t + 3]
            if following[:1] == ["of"] and following[1:2] and following[1] in _NOT_GOALS:
                return None
            if not _NOT_GOALS.isdisjoint(following):
                return None
            return t + 1
        if word in _WISH or (t > first and (norm[t - 1], word) in _LIKE and word != "to"):
            if not _PEOPLE.isdisjoint(norm[max(first, t - 3) : t]) or not _WHOM.isdisjoint(norm[t + 1 : t + 2]):
                return None
            if not _UNDONE.isdisjoint(norm[max(first, t - 2) : t]):
                return None
            return t + 1
    return None


def _list(page: Page, found: Found, start: int, last: int) -> None:
    """The doings from a wish to the end of its sentence."""
    norm = page.words.norm
    told: set[str] = set()
    for t in range(start, last):
        word = norm[t]
        if word in _LEAVES or word == ";":
            return
        if word in _AGAINST:
            if t - start <= 3:
                return
            break
        goal = _DOINGS.get(word)
        if word in _MEDICINE and not _LESS.isdisjoint(norm[max(start - 1, t - 5) : t]):
            goal = "less_medicine"
        elif t + 1 < last and (word, norm[t + 1]) in _RELIEF:
            goal = "less_pain"
        elif word == "work" and norm[t + 1 : t + 2] and norm[t + 1] in ("up", "on", "with", "out"):
            goal = None
        if goal is None or goal in told or page.assertion(Hit(t, t + 1, {})) == "family":
            continue
        told.add(goal)
        begin, end = page.span(t, t + 1)
        found.say("goals", [goal], "present", begin, end)
        found.used(begin, end)
