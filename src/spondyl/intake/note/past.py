"""What a note calls old and unchanged, long over, or never there, though the words of the sign stand by themselves."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from .ages import OLD_DAYS, RECENT_DAYS, age_of
from .ages import has_time as has_time
from .answered import PASSED, comes_back
from .answered import answered as answered
from .complicated import complicated_then
from .gone import is_gone
from .lazy import Lazy
from .lifelong import lifelong, old_injury, tied
from .narrated import narrated
from .page import Page
from .phrases import Hit
from .unchanged import unchanged

_OLD_BEFORE: Final = frozenset("chronic longstanding old baseline preexisting known stable residual".split())
_OLD_AFTER: Final = Lazy(
    r"(?:,?(?: and|/| &| with)? (?:nocturia|frequency|urgency|hesitancy|straining|dribbling)(?: x ?\d)?){0,3}[\s,(]*(?:(?:is|are|which is|that is|has been|both|symptoms?|trouble|problems?)\s+)*(?:chronic|long-?\s?standing|old and unchanged|unchanged from (?:before|pre-?\s?op)\b|(?:(?:present|positive|both sides|on both sides|bilaterally|on the (?:left|right))[\s,]+){0,3}(?:the same )?as (?:(?:it|they) (?:was|were) )?before (?:the |his |her |my )?(?:surgery|operation)\b|unchanged (?:for|since|over) (?:\w+ )?(?:years|childhood|decades|before)"  # noqa: E501
    r"|at (?:his |her )?baseline|(?:for|x) (?:many |several |over |> ?)?(?:\d+ |ten |two |three |five |twenty )?(?:years|yrs|decades)(?: now)?[,.\s)]|since childhood|present for (?:many )?years|for years|pre-?existing|(?:there |present |known )?(?:long |from |since )?before (?:the |his |her |my )?(?:surgery|operation)\b|predates?|old(?=[.,;)\n]|$))",  # noqa: E501
    re.IGNORECASE,
)
_FRESH: Final = frozenset("new newly worse worsening acute recent sudden suddenly increasing progressive now".split())
_LATELY: Final = frozenset(
    "new newly worsening acute sudden suddenly increasing progressive yesterday overnight".split()
)
# "The same", said of a sign
_SAME: Final = frozenset(
    "same identical identically equally unchanged unaltered static stable likewise constant remained documented mapped"
    " residual".split()
)
_SAME_PAIRS: Final = frozenset(
    (
        ("like", "that"),
        ("that", "way"),
        ("no", "change"),
        ("not", "changed"),
        ("as", "before"),
        ("as", "always"),
        ("no", "better"),
        ("ever", "since"),
        ("each", "time"),
        ("they", "were"),
    )
)
# words that speak of what was just named, and what they call it
_BACK: Final = frozenset("these this those both they it all".split())
_LEFT: Final = frozenset(
    "same identical identically unchanged unaltered leftover residual residue remnant legacy sequela old longstanding"
    " recorded".split()
)
_OPENING: Final = 10
# what a sentence may name besides and still only say more of the sign before it
_SAYS_SO: Final = frozenset(("urinary_incontinence_chronic", "pain_change", "course"))
# what it is compared with
_COMPARED: Final = frozenset(
    "visit exam examination note letter assessment record recorded documented compared baseline preop preoperative"
    " review consecutive successive".split()
)
_OVER_HERE: Final = Lazy(
    r"(?:[;,:]|\b(?:which|that)(?:['\u2019]s)?)\s*(?:(?:since|now|all|both|which|that|that['\u2019]?s|it['\u2019]?s|fully|completely|entirely|then|it|this|has|have|had|is|was|long)\s+){0,4}(?:resolved|settled|cleared|recovered|disappeared|gone|over|went\s+away)\b",
    re.IGNORECASE,
)
_OVER_WORDS: Final = frozenset("resolved settled cleared recovered disappeared gone over went".split())
_FROM_BEFORE: Final = Lazy(
    r"\b(?:there|present|known|had\s+(?:it|this|that|them))\s+(?:long\s+|already\s+|from\s+|since\s+)?before\s+(?:the\s+|his\s+|her\s+|my\s+)?(?:surgery|operation|op)\b|\bfrom\s+before\s+(?:the\s+|his\s+|her\s+|my\s+)?(?:surgery|operation|op)\b",
    re.IGNORECASE,
)
_LONG_OVER: Final = Lazy(r"\blong\s+(?:gone|over|since|ago)\b", re.IGNORECASE)
_NOT_AGAIN: Final = frozenset("not never hasnt havent hadnt gone over normal passed wore went".split())
_NOW: Final = frozenset("now today currently still since yesterday new again".split())
_TOLD_PAST: Final = frozenset("was were had could developed needed lost".split())
_OPENS_THEN: Final = frozenset("in back on during when after following".split())
_TOLD_NOW: Final = frozenset(
    "is are has have now today currently since still remain remained ever continue never".split()
)
_AT_THAT_TIME: Final = Lazy(
    r"\b(?:at\s+(?:that|the)\s+time|back\s+then|in\s+those\s+days|that\s+year)\b", re.IGNORECASE
)
_AT_FIRST: Final = frozenset("presentation initially originally onset outset".split())
_SINCE: Final = Lazy(
    r"\s*,?\s*(?:(?:and|which|that|this|it)\s+)*(?:(?:has|have)\s+(?:been|remained)\s+(?:(?:the\s+case|so|like\s+(?:that|this)|there|present|unchanged|stable)\s+)?)?(?:ever\s+)?since\b",
    re.IGNORECASE,
)
# "strength came back within months and has been normal since": what stands before it in the sentence is over
_WELL_SINCE: Final = Lazy(
    r"\b(?:recovered|regained|resolved|cleared|back\s+to\s+(?:normal|baseline)|worn\s+off|wore\s+off|normal|fine|steady|well|continent)\b[^.;]{0,28}\b(?:ever\s+)?since\b|\bnone\s+since\b",
    re.IGNORECASE,
)
_CAME_BACK: Final = frozenset(
    "again but however until return returned recurred back worse today tonight yesterday now".split()
)
_NOT_WELL: Final = frozenset("not never no hasnt havent hadnt isnt hardly barely cannot cant nothing far".split())
_JUST_BEFORE: Final = 5
_GREW: Final = frozenset(
    "worse worsened worsening increased increasing more growing spread spreading bigger larger".split()
)
_THEN: Final = frozenset("then that".split())
_THEN_NEAR: Final = 7
_IN: Final = frozenset("in during of back around".split())
_CUTS: Final = frozenset(
    ", ; : but since until from operation op surgery fusion laminectomy discectomy microdiscectomy decompression acdf"
    " procedure revision implant injection esi block epidural fall accident crash injury".split()
)
_WEEKS_OVER: Final = 14
_BESIDE: Final = 9
_LONG_DAYS: Final = 180


def is_old(page: Page, hit: Hit) -> bool:
    """Whether a sign is called old and unchanged: beside it, or over a long time in its sentence or the next."""
    words = page.words
    sentence = words.sentence[hit.i]
    first, last = words.bounds[sentence]
    near = words.norm[max(first, hit.i - 5) : min(last, hit.j + 5)]
    if any(word in _FRESH for word in near):
        return False
    for t in range(max(first, hit.i - 3), hit.i):
        if words.norm[t] in _OLD_BEFORE or (words.norm[t] == "standing" and words.norm[t - 1] in ("long", "-")):
            if not any(words.norm[k] in (",", ";", ".", "with", "and", "but", "surgery") for k in range(t, hit.i)):
                return True
    if _OLD_AFTER.match(page.text, words.end[hit.j - 1]):
        return True
    if (
        _since_long_ago(page, hit, first, last)
        or _since_then(page, hit, sentence)
        or old_injury(page, hit, first, last)
        or unchanged(page, hit, first, last)
    ):
        return True
    return _lasts(page, sentence, hit) or any(
        following < len(words.bounds) and _answers(page, sentence, following) and _lasts(page, following)
        for following in (sentence + 1, sentence + 2)
    )


def _since_then(page: Page, hit: Hit, sentence: int) -> bool:
    """ "Cauda equina in 2011. Self-catheterises since then": the day is that of the sentence before."""
    last = page.words.bounds[sentence][1]
    norm = page.words.norm
    told = any(norm[t] == "since" and norm[t + 1] in _THEN for t in range(hit.j - 1, min(hit.j + 3, last - 1)))
    return (
        told
        and sentence > 0
        and has_time(page, sentence - 1, old=True)
        and not has_time(page, sentence - 1, old=False)
        and not has_time(page, sentence, old=False)
    )


def _since_long_ago(page: Page, hit: Hit, first: int, last: int) -> bool:
    """ "Paraplegic since a fracture eight years ago": the sign, "since", and a day long ago."""
    start = page.words.end[hit.j - 1]
    if not _SINCE.match(page.text, start):
        return False
    ages = [age for age in (age_of(page, time) for time in page.times_in(hit.j, last)) if age is not None]
    del first
    return bool(ages) and min(ages) >= OLD_DAYS


def _answers(page: Page, sentence: int, following: int) -> bool:
    """Whether a sentence only says more of an earlier one: "Same at every visit since 2019."; "These are old, ..."."""
    first, last = page.words.bounds[following]
    named = page.by_sentence("finding").get(following, ())
    if not all(_SAYS_SO.issuperset(told.entry["facts"]) or told.entry.get("only") for told in named):
        return False
    norm = page.words.norm
    if any(
        page.words.line_start[t] and norm[t - 1] in ".:!?"
        for t in range(page.words.bounds[sentence][1], first + 1)
        if t
    ):
        return False  # another paragraph or entry
    opening = norm[first : min(last, first + 3)]
    if following == sentence + 1 and any(word in _SAME for word in opening):
        return True
    told = list(pairwise(norm[first:last]))
    if ("ever", "since") in told or ("not", "changed") in told or ("all", "along") in told:
        return True
    return any(word in _BACK for word in norm[first : min(last, first + _OPENING)]) and any(
        word in _LEFT for word in norm[first:last]
    )


def _lasts(page: Page, sentence: int, hit: Hit | None = None) -> bool:
    """Whether a sentence says "the same", and since long ago or compared with earlier records."""
    first, last = page.words.bounds[sentence]
    norm = page.words.norm[first:last]
    if any(word in _LATELY for word in norm):
        return False
    if lifelong(page, first, last, hit):
        return True
    if (
        "before" in norm
        and _GREW.isdisjoint(norm)
        and _FROM_BEFORE.search(page.text, page.words.start[first], page.words.end[last - 1])
    ):
        return True
    same = any(word in _SAME for word in norm) or any(pair in _SAME_PAIRS for pair in pairwise(norm))
    ages = [age for age in (age_of(page, time) for time in page.times_in(first, last)) if age is not None]
    if any(age < RECENT_DAYS for age in ages):
        return False
    long = any(
        time.cue == "for"
        and time.days[0] >= _LONG_DAYS
        and (hit is None or 0 <= time.i - hit.j <= _BESIDE or 0 <= hit.i - time.j <= 3)
        and (hit is None or tied(page, hit, time.i, time.j))
        for time in page.times_in(first, last)
    )
    if long:
        return True
    return same and (any(age >= OLD_DAYS for age in ages) or any(word in _COMPARED for word in norm))


def over_before(page: Page, sentence: int) -> int:
    """The word up to which a sentence tells what is over: "influenza in October; resolved by the 22nd". 0: nothing."""
    first, last = page.words.bounds[sentence]
    norm = page.words.norm[first:last]
    well = _WELL_SINCE.search(page.text, page.words.start[first], page.words.end[last - 1]) if "since" in norm else None
    if well is not None:
        at, after = page.words.slice(well.start(), well.end())
        first = max(first, at - _JUST_BEFORE)
        if (
            page.words.norm[after - 1 : after] == ["since"]
            and _NOT_WELL.isdisjoint(page.words.norm[first:at])  # "has never been normal since"
            and not any(word in _CAME_BACK for word in page.words.norm[after:last])
            and not any((age_of(page, time) or 0) < _WEEKS_OVER for time in page.times_in(after, min(last, after + 4)))
        ):
            return at
    told = not _OVER_WORDS.isdisjoint(norm)
    over = _OVER_HERE.search(page.text, page.words.start[first], page.words.end[last - 1]) if told else None
    if over is None:
        return 0
    at = page.words.at(over.end() - 1)
    if _LONG_OVER.search(page.text, over.start(), over.end() + 8):
        return at
    ages = [age for age in (age_of(page, time) for time in page.times_in(at, last)) if age is not None]
    return at if ages and min(ages) >= _WEEKS_OVER else 0


def is_over(page: Page, hit: Hit) -> bool:
    """Whether the sentence of a sign says that it is long over, or tells of long ago."""
    sentence = page.words.sentence[hit.i]
    over = (
        hit.j <= over_before(page, sentence)
        or at_first(page, sentence)
        or _of_then(page, hit, sentence)
        or narrated(page, hit, sentence)
        or complicated_then(page, hit, sentence)
        or _passed_here(page, hit, sentence)
        or is_gone(page, hit)
    )
    return over and not comes_back(page, sentence)


def _passed_here(page: Page, hit: Hit, sentence: int) -> bool:
    """ "In June chest tightness, all normal at the hospital, and he has not had another": long ago and not again."""
    last = page.words.bounds[sentence][1]
    if _NOT_AGAIN.isdisjoint(page.words.norm[hit.j : last]) or has_time(page, sentence, old=False):
        return False
    return (
        has_time(page, sentence, old=True)
        and PASSED.search(page.text, page.words.end[hit.j - 1], page.words.end[last - 1]) is not None
    )


def _of_then(page: Page, hit: Hit, sentence: int) -> bool:
    """ "Fever with pneumonia in 2020": a day long ago right after a sign, in its clause, and nothing of now."""
    first, last = page.words.bounds[sentence]
    norm = page.words.norm
    if not _NOW.isdisjoint(norm[first:last]) or has_time(page, sentence, old=False):
        return False
    for time in page.times_in(hit.j, min(last, hit.j + _THEN_NEAR)):
        between = norm[hit.j : time.i]
        tied = time.cue == "ago" or norm[time.i - 1] in _IN
        if tied and (age_of(page, time) or 0) >= OLD_DAYS and _CUTS.isdisjoint(between):
            return True
    return False


def at_first(page: Page, sentence: int) -> bool:
    """Whether a sentence tells how things stood long ago: "foot drop at presentation in April"."""
    first, last = page.words.bounds[sentence]
    norm = page.words.norm[first:last]
    if has_time(page, sentence, old=False):
        return False
    if _of_the_one_before(page, sentence) and not any(word in _NOW for word in norm):
        return True
    if not has_time(page, sentence, old=True):
        return False
    if any(word in _AT_FIRST for word in norm):
        return True
    opens = norm[0] in _OPENS_THEN and any(
        (age_of(page, time) or 0) >= OLD_DAYS for time in page.times_in(first, min(last, first + _OPENING + 4))
    )
    if not opens or not any(word in _TOLD_PAST for word in norm):
        return False
    return not any(word in _TOLD_NOW and norm[at - 1 : at] != ["to"] for at, word in enumerate(norm))


def _of_the_one_before(page: Page, sentence: int) -> bool:
    """Whether a sentence says "at that time" of a day long ago that the one before it names."""
    first, last = page.words.bounds[sentence]
    return (
        sentence > 0
        and has_time(page, sentence - 1, old=True)
        and not has_time(page, sentence - 1, old=False)
        and _AT_THAT_TIME.search(page.text, page.words.start[first], page.words.end[last - 1]) is not None
    )
