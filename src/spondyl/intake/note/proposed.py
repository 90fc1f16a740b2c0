"""Whether an operation or a study that a note names was only offered, asked for, put off or refused, and never done.

It judges the words right around the name; it adds no fact. A thing that was refused is neither done nor planned.
"""

from __future__ import annotations

from typing import Final, Literal

from .page import Page

Proposal = Literal["", "planned", "refused", "if"]

_ASKED: Final = frozenset(
    "offer offered offering propose proposed proposing proposal recommend recommended recommending recommendation"
    " advise advised suggest suggested suggesting request requested requesting contemplate contemplated contemplating"
    " consider considered considering consideration candidate candidacy scheduled booked listed await awaiting awaited"
    " waiting"
    " authorization approval appeal discuss discussed discussing option planned plan planning order ordered ordering"
    " arrange arranged arranging organise organize eligible pending grateful obtain need want keen consented"
    " would should could might may will unless until if please upcoming cleared clearance tentative"
    " tentatively slated penciled pencilled".split()
)
_REFUSED: Final = frozenset(
    "decline declined declining refuse refused refusing cannot cant unable avoid avoiding couldnt wont unwilling"
    " contraindicated contraindication ineligible against avoided canceled cancelled cancel postponed".split()
)
_ASKED_AFTER: Final = frozenset(
    "offered proposed recommended advised suggested requested contemplated considered scheduled booked awaited awaiting"
    " planned ordered arranged pending denied discussed deferred postponed outstanding authorized authorised approved"
    " due asap advisable needed indicated undecided hesitant unsure stat urgently tonight tomorrow".split()
)
_REFUSED_AFTER: Final = frozenset(
    "declined refused canceled cancelled contraindicated impossible aborted abandoned incompatible".split()
)
_LINKS: Final = frozenset(
    "was wa is were are has ha had been being be , - ( also then now again still at of the a an and to not yet later"
    " surgery procedure operation level spine lumbar cervical thoracic left right bilateral revision redo extension"
    " scan study film imaging series view w / wo with without contrast gadolinium gad instrumentation once never by"
    " currently initially since today : patient pt she he remain remains".split()
)
_DID: Final = frozenset("underwent performed proceeded completed undergone went had".split())
_HAD: Final = frozenset("s/p underwent undergone had prior previous following status performed p after post hx".split())
_STOPS: Final = frozenset((";", ".", ":", "!"))
_OFFERED: Final = frozenset(
    "offered recommended proposed advised suggested requested considered declined refused canceled cancelled"
    " cleared clearance".split()
)
_GOT: Final = frozenset("done obtained performed completed scheduled arranged had tolerated undertaken".split())
_BACK: Final = 7
_NEXT: Final = 6
_AHEAD: Final = 9
_FAR: Final = 14
_DOWN: Final = frozenset("declined refused canceled cancelled declines refuses decline refuse reluctant".split())


def proposal(page: Page, i: int, j: int, past: bool) -> Proposal:
    """How words `i` to before `j` stand: planned, refused, "if" something happens, or "" for what may have been done.

    `past`: a day that is over stands beside the name, so that only words about the offer itself count.
    """
    first, last = page.words.bounds[page.words.sentence[i]]
    after = _after(page, j, last)
    found = after or (_offered(page, i, first) if past else _before(page, i, first))
    if not found or done_then(page, j, last) is not None:
        return ""
    return "refused" if _turned_down(page, j, last) else found


def _turned_down(page: Page, j: int, last: int) -> bool:
    """ "Was recommended but she declined", "offered, does not want it"."""
    norm = page.words.norm
    for t in range(j, min(last, j + _FAR)):
        if norm[t] in _DOWN or (norm[t] in ("want", "interested", "wish") and {"not", "no"} & set(norm[t - 2 : t])):
            return True
        if norm[t] in ("opted", "chose", "preferred", "elected") and norm[t + 1 : t + 2] != ["to"]:
            return True
        if norm[t] in ("against", "not") and norm[t - 1] in ("decided", "opted", "chose", "elected"):
            return True
    return False


def _offered(page: Page, i: int, first: int) -> Proposal:
    """ "Was offered L4-5 fusion in 2019": the day is that of the offer."""
    norm = page.words.norm
    for t in range(i - 1, max(first, i - _NEXT) - 1, -1):
        if norm[t] in _STOPS or norm[t] in _HAD or norm[t] == ",":
            return ""
        if norm[t] in _OFFERED:
            return "planned" if norm[t] not in _REFUSED else "refused"
    return ""


def _before(page: Page, i: int, first: int) -> Proposal:
    norm = page.words.norm
    for t in range(i - 1, max(first, i - _BACK) - 1, -1):
        word = norm[t]
        if word in _STOPS or word in _HAD or (word == "," and not _named(page, t + 1, i)):
            return ""
        if word in _REFUSED:
            return "refused"
        if word in _ASKED:
            return "planned"
    return ""


def _named(page: Page, first: int, last: int) -> bool:
    """Whether only levels, sides and small words stand there."""
    return all(word[0].isdigit() or len(word) <= 2 or word in _LINKS for word in page.words.norm[first:last])


def _after(page: Page, j: int, last: int) -> Proposal:
    norm = page.words.norm
    levels = {t for level in page.levels_in(j, min(last, j + _AHEAD)) for t in range(level.i, level.j)}
    dates = {t for time in page.times_in(j, min(last, j + _AHEAD)) if time.iso for t in range(time.i, time.j)}
    denied = False
    for t in range(j, min(last, j + _AHEAD)):
        word = norm[t]
        if t in dates:
            return ""
        if word in _REFUSED_AFTER:
            return "refused"
        if word == "if":
            return "if"
        if word in _ASKED_AFTER:
            return "planned"
        if word in ("not", "never", "no"):
            denied = True
        if denied and word in ("done", "performed", "available", "obtained", "undertaken", "had", "possible"):
            return "refused"
        if word in ("could", "can", "should", "would", "may", "might", "will"):
            if norm[t + 1 : t + 2] == ["be"]:
                return "planned"
            if norm[t + 1 : t + 3] == ["not", "be"] and not _GOT.isdisjoint(norm[t + 3 : t + 4]):
                return "refused"
        if word not in _LINKS and t not in levels:
            return ""
    return ""


def done_then(page: Page, j: int, last: int) -> int | None:
    """The word of the deed a sentence goes on with: "was recommended and performed in May"; None without one."""
    norm = page.words.norm
    for t in range(j, min(last, j + 16)):
        if norm[t] in _DID and not {"not", "never", "be", "been"} & set(norm[max(j, t - 2) : t]):
            if norm[t] != "had" or norm[t + 1 : t + 2] in (["it"], ["this"], ["surgery"]):
                return t
    return None
