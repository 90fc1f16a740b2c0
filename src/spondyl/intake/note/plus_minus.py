"""Marks what a line of pluses and minuses says: "[+] urgency [-] retention", "-fever, +chills", "clonus (-), SLR (+)".

It looks only at lines with two such marks or more, and only where all stand before their words or all behind them; a
line that does both stays as it was read. It sets how words are meant and reads nothing itself.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from .context import ANSWERED, CERTAIN, NEGATED, NORMAL, UNCERTAIN, Context
from .lazy import Lazy
from .words import Words

# In brackets, or a sign of its own: right before its word after a blank, or at the end of an item.
_MARK: Final = Lazy(
    r"[\[(] ?(?P<boxed>[-+\u2013\u2212]) ?[\])]"
    r"|(?<![^\s,;:(/])(?P<before>[-+\u2212])(?=[A-Za-z]{2})"
    r"|(?<=[A-Za-z]) (?P<behind>[-+\u2212])(?=\s*(?:[,;.]|$))|(?<=:) ?(?P<told>[-+\u2212])(?=\s|$|[,;.])"
)
_SIGNS: Final = ("+", "(-", "[-", " -", "(\u2013", "[\u2013")
_MINUS: Final = frozenset("-\u2013\u2212")
_STOPS: Final = frozenset((",", ";", ".", "no", "not", "denies", "deny", "denied", "without", "but", "negative"))
# what a line of a review of systems opens with
_SYSTEMS: Final = frozenset(
    "ros const constitutional general gen cv cardiac cardio cardiovascular resp respiratory pulm pulmonary gi gu neuro"
    " neurological neurologic psych psychiatric msk musculoskeletal heme hem endo endocrine skin heent ent eyes bladder"
    " bowel systems symptoms sx positives".split()
)
_BETWEEN: Final = " ,;."
_NEAR: Final = 4
_DENIAL: Final = NEGATED | ANSWERED | NORMAL | UNCERTAIN


def mark_pluses(words: Words, context: Context) -> None:
    """Deny the items of a line with a minus and affirm those with a plus, whatever the neighboring items say."""
    text = words.text
    if not any(sign in text for sign in _SIGNS):
        return
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        if any(sign in line for sign in _SIGNS):
            _line(words, context, line, start)
        start = end + 1


def _line(words: Words, context: Context, line: str, start: int) -> None:
    marks = [
        (found.start(), found.end(), found.lastgroup or "", found[found.lastgroup or 0])
        for found in _MARK.finditer(line)
    ]
    bare = [mark for mark in marks if mark[2] == "before"]
    if len(bare) < 2 or all(mark[0] == 0 or line[: mark[0]].isspace() for mark in bare):
        marks = [mark for mark in marks if mark[2] != "before"]  # one dash before a word is a bullet or a pause
    if len(marks) < 2:
        return
    ahead = _stand_ahead(line, marks)
    if ahead is None:
        return
    for number, (first, last, _, sign) in enumerate(marks):
        if ahead:
            low, high = last, marks[number + 1][0] if number + 1 < len(marks) else len(line)
        else:
            low, high = marks[number - 1][1] if number else 0, first
            while low < high and line[low] in _BETWEEN:
                low += 1
            low = max(low, *(line.rfind(mark, low, high) + 1 for mark in _BETWEEN.strip()))
        i, j = bisect_left(words.start, start + low), bisect_left(words.start, start + high)
        if ahead and i < j:
            j = min(j, words.bounds[words.sentence[i]][1])
        _mean(words, context, i, j, sign in _MINUS)


def _stand_ahead(line: str, marks: list[tuple[int, int, str, str]]) -> bool | None:
    """Whether the marks stand before their words; None when that is not clear."""
    opening = line[: marks[0][0]].strip(" \t*-\u2022:").lower()
    led = not opening or opening.rpartition(" ")[2] in _SYSTEMS
    closed = not line[marks[-1][1] :].strip(" \t.,;")
    ahead, behind = int(led), int(closed)
    for first, last, kind, _ in marks:
        ahead += kind == "before" or line[max(0, first - _NEAR) : first].rstrip()[-1:] in (",", ";")
        behind += kind in ("behind", "told") or line[last : last + _NEAR].lstrip()[:1] in (",", ";")
    return None if ahead == behind else ahead > behind


def _mean(words: Words, context: Context, i: int, j: int, denied: bool) -> None:
    flags = context.flags
    for t in range(i, j):
        if denied:
            flags[t] = flags[t] & ~(CERTAIN | UNCERTAIN) | NEGATED
        elif words.norm[t] in _STOPS:
            break
        else:
            flags[t] = flags[t] & ~_DENIAL | CERTAIN
        context.signed[t] = denied
