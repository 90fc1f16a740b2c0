"""Whether a sign is told as one of a whole life or of years: "weak from birth", "since she was six". It adds no fact.

What counts is the part of the sentence in which the sign stands: "a weak bladder all her life, but since the operation
numb in the saddle" tells nothing old of the numbness.
"""

from __future__ import annotations

import re
from typing import Final

from .ages import RECENT_DAYS, age_of
from .lazy import Lazy
from .page import Page
from .phrases import Hit

_LIFELONG: Final = Lazy(
    r"\b(?:for\s+(?:many\s+|several\s+|some\s+|a\s+lot\s+of\s+)?(?:years|decades)"
    r"|(?:since|from|after)\s+(?:(?:her|his|my|the|early|very)\s+)*(?:school|childhood|birth|infancy|babyhood|boyhood|girlhood|teens|youth|college|university|cradle)\b"
    r"|since\s+being\s+a\s+(?:child|baby|kid)"
    r"|since\s+(?:he|she|i|they)\s+(?:was|were)\s+(?:(?:a|an|only|just|about|around|very|still|little|small)\s+)*(?:born|baby|child|kid|toddler|girl|boy|infant|teenager|young|little|small|1[0-8](?!\d)|[1-9](?!\d)|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)\b(?!\s*(?:/|weeks?|months?|days?))"
    r"|(?:since|from)\s+(?:the\s+)?age\s+(?:of\s+)?(?:1[0-8](?!\d)|[1-9](?!\d)|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)\b"
    r"|life-?long|congenital(?:ly)?|inborn|all\s+(?:her|his|my)\s+life|as\s+long\s+as\s+(?:she|he|i)\s+can\s+remember|born\s+with)\b",
    re.IGNORECASE,
)
_CUES: Final = frozenset("year decade since from after life lifelong long born congenital congenitally inborn".split())
_TURNS: Final = frozenset((";", "but", "however", "although", "though", "until", "now", "whereas", "except"))
_CHANGED: Final = frozenset("worse worsened worsening weaker new newly again yesterday today tonight suddenly".split())
_PLEGIA: Final = frozenset(
    "paraplegia paraplegic tetraplegia tetraplegic quadriplegia quadriplegic paraparesis tetraparesis".split()
)
_INJURY: Final = frozenset(
    "crash accident injury injured mva mvc rta rtc collision fall fell dive diving gunshot gsw shot fracture sci"
    " rollover stabbing explosion blast avalanche stroke myelitis infarct infarction".split()
)
_OPERATION: Final = frozenset(
    "operation op surgery fusion fused laminectomy discectomy decompression acdf revision implant hardware mri"
    " ct".split()
)
_NOW: Final = _CHANGED | frozenset(
    "now since present presented presenting developed develop developing became acute acutely progressive arrival"
    " admitted recent recently emergency".split()
)
_ADJECTIVES: Final = frozenset(
    "lifelong life-long congenital congenitally inborn Lifelong Life-long Congenital Inborn".split()
)
# what may be old beside a sign that is not
_OTHER: Final = frozenset(
    "pain ache aching aches sciatica smoker smoking smoked scoliosis arthritis spondylosis stenosis diabetes diabetic"
    " hypertension depression married retired working worked fusion surgery operation headache migraine asthma copd"
    " occulta limp short insomnia fatigue".split()
)
_LINKS: Final = frozenset(
    "he she i they told so like way always , and or no change since from for as ever old longstanding chronic of them"
    " with catheter pads pad all both each unchanged same known present stable this these which that has have been it"
    " is are was were now".split()
)
_JOINED: Final = frozenset("and or with of the both a an his her".split())
_PARTS: Final = frozenset((",", ".", ";", ":", "!", "?", "("))
_BESIDE: Final = 7
_NEXT_TO: Final = 3
_YEAR: Final = 365


def lifelong(page: Page, first: int, last: int, hit: Hit | None) -> bool:
    """Whether words `first` to before `last` tell of a whole life or of years, in the part where the sign stands."""
    norm = page.words.norm
    if _CUES.isdisjoint(norm[first:last]):
        return False
    if hit is not None:
        while first < hit.i and not _TURNS.isdisjoint(norm[first : hit.i]):
            first += 1
        last = next((t for t in range(hit.j, last) if norm[t] in _TURNS), last)
        if not _CHANGED.isdisjoint(norm[first:last]):
            return False
    told = False
    for match in _LIFELONG.finditer(page.text, page.words.start[first], page.words.end[last - 1]):
        told = hit is None or tied(
            page, hit, *page.words.slice(match.start(), match.end()), adjective=match[0] in _ADJECTIVES
        )
        if told:
            break
    return told and not any((age_of(page, time) or RECENT_DAYS) < RECENT_DAYS for time in page.times_in(first, last))


def tied(page: Page, hit: Hit, i: int, j: int, *, adjective: bool = False) -> bool:
    """Whether words `i` to before `j` ("for years") tell of a sign, and not of what stands between or beside them.

    "Saddle numb, back pain for years" tells of the pain alone; "saddle numb, legs weak, both for years" of all.
    """
    norm = page.words.norm
    if (i < hit.j and hit.i < j) or _called_same(norm, hit.j):
        return True
    signs = {t for other in _signs(page, hit) for t in range(other.i, other.j)}
    if j <= hit.i:
        between = range(j, hit.i)
        if adjective:
            return all(t in signs or norm[t] in _JOINED for t in between)
        first = next((t + 1 for t in range(i - 1, -1, -1) if norm[t] in _PARTS), 0)
        if any(norm[t] in _OTHER for t in (*range(first, i), *between)):
            return False
        opens = i - first <= 1 or page.words.sentence[i - 1] != page.words.sentence[i]
        return opens or "," not in norm[j : hit.i]
    part = hit.j
    for t in range(hit.j, i):
        if norm[t] in (",", "and", "with"):
            part = t + 1
    if part == hit.j:
        return not any(norm[t] in _OTHER for t in range(hit.j, i))
    last_part = range(part, i)
    if any(norm[t] in _OTHER for t in last_part):
        return False
    return any(t in signs for t in last_part) or all(norm[t] in _LINKS for t in last_part)


def _called_same(norm: list[str], j: int) -> bool:
    """ "Slow stream no change", "numb, unchanged": the sign itself is called the same."""
    near = norm[j : j + _NEXT_TO]
    return not {"unchanged", "same", "stable"}.isdisjoint(near) or "no change" in " ".join(near)


def _signs(page: Page, hit: Hit) -> list[Hit]:
    """The signs of the sentence that can be old and unchanged."""
    old = frozenset(page.lexicon.tables.get("can_be_long_standing", ()))
    told = page.by_sentence("finding").get(page.words.sentence[hit.i], ())
    return [other for other in told if not old.isdisjoint(other.entry["facts"]) and not other.entry.get("denies")]


def old_injury(page: Page, hit: Hit, first: int, last: int) -> bool:
    """ "Motorcycle crash 2009, T6 complete paraplegia": paralysis beside an injury of years ago, and nothing of now."""
    norm = page.words.norm
    if not page.times or _PLEGIA.isdisjoint(norm[hit.i : hit.j]):
        return False
    first = next((t + 1 for t in range(hit.i - 1, first - 1, -1) if norm[t] == ";"), first)
    last = next((t for t in range(hit.j, last) if norm[t] == ";"), last)
    if not _NOW.isdisjoint(norm[first:last]):
        return False
    times = [(time, age) for time in page.times_in(first, last) if (age := age_of(page, time)) is not None]
    if any(age < RECENT_DAYS for _, age in times):
        return False
    for time, age in times:
        if age < _YEAR:
            continue
        before, after = norm[max(first, time.i - _BESIDE) : time.i], norm[time.j : min(last, time.j + _NEXT_TO)]
        if not _OPERATION.isdisjoint(before[-_NEXT_TO:]):
            continue
        beside = 0 <= time.i - hit.j <= _NEXT_TO or 0 <= hit.i - time.j <= _NEXT_TO
        if beside or not _INJURY.isdisjoint(before) or not _INJURY.isdisjoint(after):
            return True
    return False
