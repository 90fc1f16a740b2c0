"""Finds advice what to come back for, and answers to a whole list. It only marks words; the context judges them.

Advice is told in too many words to list as phrases: what counts is the form. Somebody is to call, return or report
(the bare verb: "called for", "presents with" tell of what was), then a condition ("if", "any", "for"), then the list.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from .announced import mark_announced
from .come_back import come_back_list
from .consent import mark_consent
from .context import ANSWERED, HYPOTHETICAL, NEGATED, UNCERTAIN, Context
from .lazy import Lazy
from .words import Words

_REACH: Final = frozenset("call phone ring contact page notify alert inform message dial text email".split())
_GO: Final = frozenset("return attend present represent reattend seek report".split())
_MOVE: Final = frozenset("come go get tell let bring visit".split())
_VERBS: Final = _REACH | _GO | _MOVE
_CERTAIN: Final = frozenset("if should any unless whenever".split())
_LOOSE: Final = frozenset("for with re about when regarding".split())
# a bare verb is advice at the start of a clause and after these
_LED_BY: Final = frozenset(
    "to please and or should must will can shall then immediately also directly urgently pt patient instead always"
    " promptly dont simply just".split()
)
_CLAUSE: Final = frozenset(
    (",", ";", ":", "-", "(", "*", "\u2022", "\u2013", "\u2014", "/", ">", '"', "\u201c", "+", ".")
)
_TOLD: Final = frozenset(
    "told tell advised advise asked ask instructed instruct reminded remind warned warn urged urge encouraged encourage"
    " counseled counselled educated informed know understand agree agreed aware ready happy safe plan need must"
    " straight back promised promise understood knew taught recommended welcome".split()
)
_WISHED: Final = frozenset(
    "had have want wanted decided decide needed tried managed made forced going able due used came unable inability try"
    " trying tries struggling struggle struggles failing failed fails hard difficult difficulty impossible seem seems"
    " seemed appear appears began begun begins started starts continue continues continued".split()
)
_NOUN: Final = frozenset(
    "visit appointment consult encounter note interview review log center centre light bell call to".split()
)
_WHOSE: Final = frozenset("his her my their this these the".split())
_WARNED: Final = frozenset("ed er precaution parameter instruction criteria reason warning 911 999 emergency".split())
_JOINS: Final = frozenset("to the if for or and / & - given reviewed immediately".split())
_CALLED: Final = frozenset("pt patient him her back from re about regarding in".split())
_CARE: Final = frozenset(
    "assessment review mri scan evaluation imaging check exam examination treatment blood admission surgery operation"
    " ct xray follow visit appointment opinion further urgent emergency immediate".split()
)
_REASON: Final = frozenset("because since positive present endorse endorses admit admits confirmed".split())
_ENDS: Final = frozenset((".", "!", "?"))
_NOW: Final = frozenset("but however currently tonight".split())
_WHO: Final = frozenset("he she i they patient pt we".split())
_KNOWN: Final = frozenset(
    "know known aware understand understood told given taught knew discussed explained repeated reiterated warned"
    " reminded counseled counselled educated advised recited recite handed leaflet card".split()
)
_SIGNS: Final = frozenset(
    (
        ("warning", "sign"),
        ("warning", "symptom"),
        ("danger", "sign"),
        ("danger", "symptom"),
        ("alarm", "sign"),
        ("alarm", "symptom"),
        ("red", "flag"),
        ("safety", "net"),
        ("emergency", "sign"),
        ("emergency", "symptom"),
        ("return", "precaution"),
        ("return", "parameter"),
        ("call", "parameter"),
    )
)
_DASHES: Final = frozenset(("-", ":", "?", "\u2013", "\u2014", "="))
_PLACES: Final = frozenset("er ed 911 999 111 112 000 casualty ambulance emergency hospital".split())
_FEAR: Final = frozenset("scared afraid frightened terrified petrified fearful dread fear fearing dreading".split())
_HELD: Final = frozenset(
    "the this his her my their these those that he she they i him it a an when because and"
    " movement activity exercise pain surgery injury reinjury work".split()
)
_MIGHT: Final = frozenset("will might may could would ill hell shell".split())
_SENSED: Final = frozenset("tingling burning swelling bleeding wheezing vomiting".split())
_ALL: Final = frozenset("all each any everything every both these those them".split())
_NO: Final = frozenset("no none nil deny denied neg negative never".split())
_ENDS_ANSWER: Final = frozenset((".", ";", ":", "?", "!", "yes", "y", "n"))
_EMPTY: Final = frozenset("\u2610\u25a1\u25a2\u2751")
_TICKED: Final = frozenset("\u2611\u2612\u2713\u2714")
_UNCHECKED_IS_NO: Final = Lazy(
    r"(?:unchecked|not\s+checked|unmarked|blank|empty)\s*(?:box(?:es)?|items?|symptoms?)?\s*(?:=|:|means?|is|are|indicates?)[^.\n]{0,30}\b(?:denied|denies|negative|no|absent|not\s+present)\b"
    r"|(?:\b(?:checked|ticked|marked|x|check|tick)|\[x\]|[\u2611\u2612\u2713])[\s\"']*(?:=|means?|indicates?)\s*(?:positive|present|yes|symptom\s+present)\b",
    re.IGNORECASE,
)
_NO_MORE: Final = frozenset("more longer better worse further".split())
_WITHIN: Final = 11
_AFTER_TOLD: Final = 8
_SHORT: Final = 4  # words of one name in an answered list
_LONG: Final = 9  # and of one line of a form

_REQUIRES: Final = ("require", "required", "warrant", "need", "mandate", "prompt")
_NEW_OR_ANY: Final = frozenset("new any worsening progressive further severe".split())
_HAS: Final = frozenset("has had have is are was that which his her the".split())
_AT_ONCE: Final = frozenset(
    "emergent emergency urgent immediate immediately prompt urgently emergently stat return reevaluation".split()
)


def mark_advice(words: Words, context: Context) -> None:
    """Mark what somebody is told to come back for as supposed, to the end of the sentence and of its list."""
    _mark_needs(words, context)
    mark_consent(words, context)
    mark_announced(words, context)
    carried = False
    for first, last in words.bounds:
        bullet = words.norm[first] in "-*\u2022"
        if carried and bullet:
            _suppose(context, first, last)
            continue
        start = _advised(words, first, last)
        carried = False
        if start is not None:
            _suppose(context, start, _end(words, start, last))
            context.advised.add(words.sentence[first])
            carried = words.norm[last - 1] == ":"
        _fears(words, context, first, last)
        _short_answers(words, context, first, last)
        if _all_denied(words, first, last):
            for t in range(first, last):
                context.flags[t] |= ANSWERED


def _mark_needs(words: Words, context: Context) -> None:
    """ "New weakness, numbness or incontinence requires emergent imaging": a list of reasons, none that is there."""
    for t in words.all(_REQUIRES):
        first, last = words.bounds[words.sentence[t]]
        norm = words.norm
        begin = next((k + 1 for k in range(t - 1, first - 1, -1) if norm[k] in (";", ":")), first)
        listed = norm[begin:t]
        if "or" not in listed or not listed or listed[0] not in _NEW_OR_ANY or not _HAS.isdisjoint(listed):
            continue
        if not _AT_ONCE.isdisjoint(norm[t + 1 : min(last, t + 4)]):
            for k in range(begin, last):
                context.flags[k] |= HYPOTHETICAL


def mark_boxes(words: Words, context: Context) -> None:
    """Mark what stands behind an empty box as open, or as denied where the form says that unchecked means no."""
    norm = words.norm
    empty = [t for t in range(len(norm)) if norm[t] in _EMPTY or (norm[t] == "[" and norm[t + 1 : t + 2] == ["]"])]
    if not empty:
        return
    bit = NEGATED if _UNCHECKED_IS_NO.search(words.text) else UNCERTAIN
    lines = [t for t, starts in enumerate(words.line_start) if starts]
    for box in empty:
        t = box + 1 + (norm[box] == "[")
        if _stands_behind(words, box, lines):
            _mark_before(words, context, box, bit)
            continue
        while (
            t < len(norm)
            and not words.line_start[t]
            and norm[t] not in "[;"
            and norm[t] not in _EMPTY
            and norm[t] not in _TICKED
        ):
            context.flags[t] |= bit
            t += 1


def _mark_before(words: Words, context: Context, box: int, bit: int) -> None:
    """Mark the name before an empty box, back to the box before it."""
    t = box - 1
    while t >= 0 and words.norm[t] != "]" and words.norm[t] not in _EMPTY and words.norm[t] not in _TICKED:
        context.flags[t] |= bit
        if words.line_start[t]:
            break
        t -= 1


def _stands_behind(words: Words, box: int, lines: list[int]) -> bool:
    """Whether the boxes of a line stand behind their names: "Fever [ ]  Chills [x]"."""
    at = bisect_right(lines, box)
    first = lines[at - 1] if at else 0
    last = lines[at] if at < len(lines) else len(words.norm)
    return words.norm[last - 1] in ("]", *_EMPTY) and words.norm[first] != "[" and words.norm[first] not in _EMPTY


def _suppose(context: Context, first: int, last: int) -> None:
    for t in range(first, last):
        context.flags[t] |= HYPOTHETICAL


def _advised(words: Words, first: int, last: int) -> int | None:
    """The word from which a sentence names what to come back for; None when it gives no such advice."""
    norm = words.norm
    listed = come_back_list(words, first, last)
    if listed is not None:
        return listed
    if norm[first] == "should" and norm[last - 1] != "?" and norm[first + 1 : first + 2] not in (["be"], ["have"]):
        return first  # "should fever develop", not "should be seen for"
    if norm[first] in ("return", "call") and ":" in norm[first + 1 : first + 6]:
        colon = norm.index(":", first)
        head = norm[first + 1 : colon]
        if any(word in _WARNED for word in head) and all(word in _WARNED or word in _JOINS for word in head):
            return colon  # "Return/ED: fever, numbness", not "Return visit: numb", "Call 11/18: numb"
    for t in range(first, last):
        word = norm[t]
        sooner = word == "sooner" or (word == "earlier" and norm[t - 1] == "or")  # never "came earlier with"
        if sooner and t + 1 < last and norm[t + 1] in ("with", "if", "for", "should"):
            return t + 1  # "next control in a year or earlier with weakness"
        if word in _VERBS and words.text[words.start[t] : words.end[t]].lower() == word:
            start = _condition(words, t, first, last)
            if start is not None:
                return start
        elif word == "=" and t + 1 < last:
            if any(near in _PLACES for near in norm[t + 1 : t + 4]) or norm[t + 1 : t + 4] == ["a", "&", "e"]:
                return first  # "fever, numb legs = ER"
        elif (word, norm[t + 1] if t + 1 < last else "") in _SIGNS:
            if any(near in _KNOWN for near in norm[max(first, t - 5) : t]) or (
                any(near in _KNOWN for near in norm[t + 2 : t + 5]) and norm[t + 2 : t + 3] != ["of"]
            ):
                return t
            if norm[t + 2 : t + 3] in (["("], [":"]) and not _KNOWN.isdisjoint(norm[max(t + 2, last - 4) : last]):
                return t  # "Warning signs (numb saddle, weak legs) discussed."
        elif word == ":" and t > first and norm[t - 1] == "know":
            return t
    return None


def _fears(words: Words, context: Context, first: int, last: int) -> None:
    """Mark what somebody is only afraid of: "scared of losing the feeling", "fears the arm will get weak"."""
    norm = words.norm
    for t in range(first, last):
        if norm[t] not in _FEAR:
            continue
        k = t + 1
        if k < last and norm[k] in ("of", "about", "that"):
            k += 1
        named = k < last and norm[k].isalpha() and norm[k] not in _HELD and (k > t + 1 or _is_verb(words, t))
        feared = (k < last and norm[k].endswith("ing") and norm[k] not in _SENSED) or named
        if feared or any(word in _MIGHT for word in norm[k : k + 5]):
            end = k
            while end < last and norm[end] not in (",", ";", ":", "-", "but", "because", "since", "as", "so"):
                end += 1
            _suppose(context, k, end)


def _is_verb(words: Words, t: int) -> bool:
    """Whether somebody "fears" or "dreads": with its ending, and not the noun."""
    return words.text[words.start[t] : words.end[t]].lower() in ("fears", "dreads")


def _short_answers(words: Words, context: Context, first: int, last: int) -> None:
    """Mark what a "no" behind a dash answers, with the short names before it: "chills, sweats - no"."""
    norm = words.norm
    for t in range(first + 2, last):
        letter = norm[t] == "n" and words.text[words.start[t]] == "N"  # a form: "Fever: N"
        if not (letter or norm[t] in _NO) or norm[t - 1] not in _DASHES:
            continue
        if t + 1 < last and norm[t + 1] not in (",", ".", ";", ")", "|", "/") and not words.line_start[t + 1]:
            if not (letter and ":" in norm[t + 2 : t + 6]):
                continue
        k = part = t - 1
        while k > first and norm[k - 1] not in _ENDS_ANSWER and norm[k - 1] not in _NO:
            k -= 1
            if norm[k] in (",", "/"):
                part = k
            elif part - k > (_LONG if letter else _SHORT):
                k = part
                break
        for at in range(k, t - 1):
            context.flags[at] |= ANSWERED


def _condition(words: Words, t: int, first: int, last: int) -> int | None:
    """The word after "if" or "for" that belongs to the advice of the verb at `t`."""
    norm = words.norm
    before = norm[t - 1] if t > first else ""
    if norm[t] == "call" and "on" in norm[max(first, t - 2) : t]:
        return None  # "informed on-call that for some hours"
    opens = t == first or before in _CLAUSE
    if not opens and before not in _LED_BY:
        return None
    if opens and norm[t] in ("go", "come", "straight"):
        for k in range(t + 1, min(last, t + 8)):
            if norm[k] in ("with", "for", "if") and any(near in _PLACES or near == "&" for near in norm[t + 1 : k]):
                return k  # "Go to A&E with a numb saddle"
    told = False
    if before == "to":
        earlier = norm[max(first, t - 1 - _AFTER_TOLD) : t - 1]
        if any(word in _WISHED for word in earlier[-2:]):
            return None
        told = any(word in _TOLD for word in earlier)
    if t + 1 < last and norm[t + 1] in _NOUN and not (norm[t] in _GO and norm[t + 1] == "to"):
        return None  # "return visit for", "call log"
    asked = opens or told or before in ("please", "should", "must", "shall")
    for k in range(t + 1, min(last, t + 1 + _WITHIN)):
        word = norm[k]
        if word in _ENDS or word == ";":
            return None
        if word == "should" and norm[k + 1 : k + 2] in (["be"], ["have"]):
            return None
        if word == "any" and norm[k + 1 : k + 2] and norm[k + 1] in _NO_MORE:
            return None  # "does not get hard any more"
        if word in _CERTAIN or (word == "in" and norm[k + 1 : k + 2] in (["case"], ["event"])):
            return k
        if word in _LOOSE and asked and (told or norm[t] in _REACH or norm[t] in _GO):
            following = norm[k + 1 : k + 3]
            if any(near in _CERTAIN for near in following):
                return k
            if following[:1] and (following[0] in _WHOSE or any(near in _CARE for near in following)):
                return None  # "told to come in for this numbness", "to attend for an urgent scan"
            if told or before in ("please", "should", "must"):
                return k
            return k if norm[t] in _REACH | {"return", "seek"} and _somebody(norm, t, k) else None
    return None


def _somebody(norm: list[str], t: int, k: int) -> bool:
    """Whether a bare "call ... for" says whom to call: "call us with", never "call re", "call pt for", "call for"."""
    return norm[k] in ("for", "with") and k - t > 1 and norm[t + 1] not in _CALLED


def _end(words: Words, start: int, last: int) -> int:
    """Where the advice ends: at a word that tells of now, or where somebody does something of his own."""
    norm = words.norm
    for t in range(start, last):
        if norm[t] in _NOW or (t > start + 1 and norm[t] in _REASON):
            return t
        if norm[t] == ";" and t + 1 < last and norm[t + 1] in _WHO:
            return t
    return last


def _all_denied(words: Words, first: int, last: int) -> bool:
    """Whether the sentence ends with one answer to all it lists: "numbness, weakness, trouble peeing - no to all"."""
    norm = words.norm
    end = last
    while end > first and norm[end - 1] in (".", ";", "!", '"', "\u201d", ")"):
        end -= 1
    if [word for word in norm[max(first, end - 5) : end] if word != ","] in (["no"] * 3, ["-", "no", "no", "no"]):
        return True  # "clumsy hands, unsteady walk, bladder - no, no, no"
    for t in range(max(first + 1, end - 5), end):
        if norm[t] in ("none", "deny", "denied") and norm[t - 1] in _DASHES and norm[t + 1 : t + 2] in (["of"], [","]):
            if norm[t + 1] == "of" or norm[t + 2 : t + 4] == ["all", "of"]:
                return True
        if norm[t] in _NO and norm[t - 1] in ("-", ":", "?", "\u2013", "\u2014", "=", ",", "("):
            rest = norm[t + 1 : end]
            if (
                rest
                and rest[0] in ("to", "on", "for", "x", "of")
                and (len(rest) == 1 or rest[1] in _ALL or rest[1].isdigit())
            ):
                return True
            if rest and rest[0] in ("x3", "x2", "x4", "x5", "throughout"):
                return True
        if norm[t] in _ALL and norm[t + 1 : end] in (["no"], ["denied"], ["nil"], ["negative"], ["absent"], ["deny"]):
            return True
    return False
