"""Places that hurt, or do not, without the word pain: "left leg 8/10", "[x] Neck", "the right leg is fine".

It also says of a pain named in the usual way whether it is gone by now. What came back is not gone.
"""

from __future__ import annotations

from typing import Final

from spondyl.record.facts import Assertion

from .found import Found
from .lazy import Lazy
from .page import Page
from .phrases import Hit
from .sides import side_of

_SCORE: Final = Lazy(
    r"[\s:=(]*(?:(?:pain|nrs|vas|score|scores|is|was|at|now|currently|today|about|around|averag\w+|rated|worst|~|[:=,])[\s:=(]*){0,4}"
    r"(?P<n>10|\d(?:\.\d)?)(?:\s*(?:-|\u2013|to)\s*(?P<n2>10|\d))?\s*(?:/\s*10|out\s+of\s+(?:10|ten))\b"
)
_BOX: Final = Lazy(r"(?P<mark>[xX\u2713\u2714])?\s*[\])]\s*(?:(?:left|right|both|l|r)\s+)?$", 2)
_STATE_FILL: Final = frozenset(
    "itself is are was were has have had been remain remains remained now all completely fully totally entirely feel"
    " feels both also pain pains symptom symptoms sx complaint ache sciatica side still essentially basically"
    " absolutely quite"
    " since surgery operation the op fusion after postop postoperatively : - today currently : = largely".split()
)
_FREE: Final = frozenset(
    "fine ok okay unaffected spared asymptomatic painless pain-free painfree uninvolved unremarkable gone resolved"
    " settled"
    " cleared disappeared vanished abolished cured eliminated quiet".split()
)
_OVER: Final = frozenset("gone resolved settled cleared disappeared vanished abolished cured eliminated".split())
_FREE_PAIRS: Final = frozenset(
    (
        ("pain", "free"),
        ("symptom", "free"),
        ("free", "of"),
        ("no", "pain"),
        ("no", "symptom"),
        ("no", "complaint"),
        ("no", "issue"),
        ("no", "problem"),
        ("without", "pain"),
        ("without", "symptom"),
        ("not", "involved"),
        ("not", "affected"),
        ("not", "painful"),
    )
)
_RID: Final = (("rid", "of"), ("took", "away"), ("taken", "away"), ("resolution", "of"), ("cure", "of"))
_RID_WORDS: Final = frozenset("abolished cured eliminated fixed rid away resolution cleared vanished".split())
_BACK: Final = frozenset(
    "returned recurred return recur recurrence again until then initially first reappeared temporarily briefly"
    " transiently"
    " came come crept".split()
)
_AGAIN: Final = frozenset("returned recurred again reappeared came come".split())
_RECURS: Final = frozenset("returned recurred reappeared recurs returns".split())
_NOT_BACK: Final = frozenset("not never no without hasnt havent hasn't haven't".split())
_WEAK: Final = frozenset("complaint issue involvement component concern symptom sx".split())
_LIMB: Final = frozenset("leg arm back neck le ue lle rle lue rue lbp extremity limb".split())
_PAIN: Final = frozenset("pain pains ache aching hurt hurts sciatica lbp symptom symptoms sore soreness".split())
_NOT_IN: Final = frozenset(
    ("family", "return", "risks", "plan", "exam", "imaging", "medications", "allergies", "operation")
)
_SOMEWHERE: Final = frozenset("up down to into back through on worse".split())
_NEAR: Final = 8


def told_gone(page: Page, i: int, j: int) -> bool:
    """Whether words `i` to before `j` name a pain that is told not to be there: "leg pain has gone"."""
    norm = page.words.norm
    first, last = page.words.bounds[page.words.sentence[i]]
    after = norm[j : min(last, j + _NEAR)]
    before = norm[max(first, i - _NEAR) : i]
    if (not _FREE.isdisjoint(after) or any(pair[0] in after for pair in _FREE_PAIRS)) and _ends_free(norm, j, last):
        return not _comes_back(page, j, last)
    if not _RID_WORDS.isdisjoint(before):
        for t in range(i - 1, max(first, i - _NEAR) - 1, -1):
            if norm[t] in ("abolished", "cured", "eliminated", "fixed", "vanished") or (norm[t - 1], norm[t]) in _RID:
                return not _comes_back(page, j, last)
            if norm[t] in (",", ";", ".", "and", "but") or norm[t] in ("pain", "relief"):
                return False
    return False


def _ends_free(norm: list[str], j: int, last: int) -> bool:
    """Whether the words after a place lead to a word for "without pain"."""
    for t in range(j, min(last, j + _NEAR)):
        if norm[t] in _FREE:
            return norm[t] != "gone" or not _moves(norm[t + 1 : min(last, t + 3)])
        if t + 1 < last and (norm[t], norm[t + 1]) in _FREE_PAIRS and t > j:
            return True
        if norm[t] not in _STATE_FILL:
            return False
    return False


def came_back(page: Page, i: int, j: int) -> bool:
    """Whether words `i` to before `j` name a pain that went and is there again: "resolved, then recurred"."""
    norm = page.words.norm
    _, last = page.words.bounds[page.words.sentence[i]]
    after = norm[j:last]
    gone = next((t for t, word in enumerate(after[:_NEAR]) if word in _OVER), None)
    return gone is not None and not _RECURS.isdisjoint(after[gone:]) and _NOT_BACK.isdisjoint(after)


def _moves(after: list[str]) -> bool:
    """Whether what has "gone" went somewhere: "gone from 3/10 to 8/10", "gone up", "gone down the leg"."""
    return after[:1] != [] and (after[0] in _SOMEWHERE or (after[0] == "from" and after[-1][:1].isdigit()))


def _comes_back(page: Page, j: int, last: int) -> bool:
    """Whether the rest of the sentence, or the next one, tells that the pain came back, or went for a time only."""
    norm = page.words.norm
    for t in range(j, last):
        if norm[t] in _BACK and _NOT_BACK.isdisjoint(norm[max(j, t - 3) : t]):
            return True
    if any(time.cue == "for" and time.iso is None for time in page.times_in(j, last)):
        return True
    following = page.words.sentence[j - 1] + 1
    if following >= len(page.words.bounds):
        return False
    begin, end = page.words.bounds[following]
    told = norm[begin : min(end, begin + 12)]
    return norm[begin] in ("it", "then", "but", "this", "now", "pain") and not _AGAIN.isdisjoint(told)


def read_limbs(page: Page, found: Found) -> None:
    """Add regions told by a score, a box, or as being free of pain."""
    for hit in page.of("place"):
        pain = hit.entry.get("pain")
        if not pain or page.section[hit.i] in ("family", "return", "risks", "allergies") or page.heading[hit.i]:
            continue
        members = _members(page, hit, str(pain))
        if not members:
            continue
        start, end = page.span(hit.i, hit.j)
        score = _SCORE.match(page.text, end)
        if score is not None and not _is_power(page, hit):
            if page.assertion(hit) in ("family", "hypothetical"):
                continue
            how: Assertion = "negated" if float(score["n"]) == 0 and not score["n2"] else "present"
            found.say("pain_regions", list(members), how, start, end)
            continue
        if _boxed(page, start):
            found.say("pain_regions", list(members), "present", start, end)
            continue
        if page.section[hit.i] in _NOT_IN:
            continue
        if _is_free(page, hit):
            found.say("pain_regions", list(members), "negated", start, end)
            found.used(start, end)


def _members(page: Page, hit: Hit, pain: str) -> list[str]:
    if not pain.endswith("_"):
        return [pain]
    side = side_of(page, hit.i, hit.j, 3)
    return {"L": [pain + "L"], "R": [pain + "R"], "both": [pain + "L", pain + "R"]}.get(side or "", [])


def _is_power(page: Page, hit: Hit) -> bool:
    return page.section[hit.i] == "exam" and any(page.by_sentence("muscle").get(page.words.sentence[hit.i], ()))


def _boxed(page: Page, start: int) -> bool:
    """A ticked box before a place, in a line about pain or in the one below."""
    before = page.text[max(0, start - 14) : start]
    box = _BOX.search(before) if "]" in before or ")" in before else None
    if box is None or not box["mark"] or not ("[" in before or "(" in before):
        return False
    line = page.text.rfind("\n", 0, start) + 1
    above = page.text.rfind("\n", 0, max(0, line - 1)) + 1
    return "pain" in page.text[above:start].lower()


def _is_free(page: Page, hit: Hit) -> bool:
    """Whether a limb is told to be without pain: "the right leg is fine", "denies left leg complaints"."""
    norm = page.words.norm
    last = page.words.bounds[page.words.sentence[hit.i]][1]
    if norm[hit.j - 1] not in _LIMB:
        return False
    after = norm[hit.j : min(last, hit.j + 2)]
    if after[:1] and after[0] in _WEAK:
        return page.assertion(Hit(hit.i, hit.j + 1, {})) == "negated"
    if after[:1] and after[0] in _PAIN:
        return False  # told with its word for pain
    if page.assertion(hit) not in ("present", "historical"):
        return False
    return _ends_free(norm, hit.j, last) and not _comes_back(page, hit.j, last)
