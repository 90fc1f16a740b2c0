"""Cuts a note into words and sentences without changing it: every word keeps its place in code points."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Final

from .lazy import Lazy

WORD: Final = Lazy(r"(?:[^\W\d_]\.){2,}|\d+\.\d+|[^\W_]+(?:['\u2019][^\W_]+)*|\S")
_ABBREVIATIONS: Final = frozenset(
    (
        "dr mr ms mrs vs st approx ca no nos wt ht hx fx pt pts dx tx rx sx appt fig est incl resp neg pos bilat lat sym"  # noqa: E501
        " eg ie etc jr sr prof lt rt mt dept max min temp jan feb mar apr jun jul aug sep sept oct nov dec"
    ).split()
)
_MAY_END: Final = frozenset("no neg pos bilat sym etc sx pt pts dx tx rx hx fx lat resp min max".split())
_UNITS: Final = frozenset("mg mcg ug g gm ml cc kg tab tabs cap caps iu unit u".split())
_AFTER_DOSE: Final = frozenset(
    "once twice thrice every q po orally daily bd bid tds tid qds qid od prn nightly nocte mane qhs".split()
)
_HOURLY: Final = ("q1", "q2", "q3", "q4", "q6", "q8")
_MARKS: Final = frozenset(".!?,")
LONGEST: Final = 200  # a longer sentence is cut, so that the cost stays linear whatever the note
_TYPO_LETTERS: Final = 7
_LONGEST_WORD: Final = 20
_SOFT_LINE: Final = 55
_NEVER_SOFT: Final = Lazy(r"\s*(?:[-*\u2022+#>]\s|\(?\d{1,2}[.)]\s|\[)")


def normal(word: str) -> str:
    """The form in which words are compared: lower case, no apostrophe, no plural ending, no dots.

    >>> normal("Denies"), normal("b.i.d."), normal("can't"), normal("Hoffmann's"), normal("sepsis")
    ('deny', 'bid', 'cant', 'hoffmann', 'sepsis')
    """
    low = word.lower()
    if len(low) == 1 or low in ("tens", "psfs"):  # the device, not the number; the scale, not the fusion
        return low
    if "." in low and not low[0].isdigit():
        return low.replace(".", "")
    if "'" in low or "\u2019" in low:
        low = low.replace("\u2019", "'")
        low = low[:-2] if low.endswith("'s") else low.replace("'", "")
    if len(low) > 3 and low[-1] == "s" and low[-2] not in "sui":
        return low[:-3] + "y" if low.endswith("ies") and len(low) > 4 else low[:-1]
    return low


@dataclass(slots=True)
class Words:
    """A note cut into words. The lists run in parallel; `sentence[i]` is the number of the sentence of word `i`."""

    text: str
    norm: list[str]
    start: list[int]
    end: list[int]
    sentence: list[int]
    bounds: list[tuple[int, int]]
    line_start: list[bool]

    def at(self, place: int) -> int:
        """The index of the word that covers or follows a place in the text."""
        return bisect_right(self.end, place)

    def slice(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of words inside a stretch of the text."""
        return bisect_right(self.end, start), bisect_left(self.start, end)


def shortened(word: str) -> list[str]:
    """Each way to leave out one letter of a word but the first."""
    return [word[:t] + word[t + 1 :] for t in range(1, len(word))]


def mended(word: str, typos: dict[str, str], real: frozenset[str]) -> str:
    """The long clinical word that a word with one slip of the keyboard stands for, else the word itself.

    >>> table = {key: "numbness" for key in ["numbness", *shortened("numbness")]}
    >>> mended("numbnes", table, frozenset()), mended("nubmness", table, frozenset()), mended("numbers", table, frozenset())
    ('numbness', 'numbness', 'numbers')
    """  # noqa: E501
    if word in real or typos.get(word) == word:
        return word
    for key in (word, *shortened(word)):
        meant = typos.get(key)
        if meant is not None and meant[0] == word[0] and not _inflected(word, meant):
            if len(meant) != len(word) or _one_apart(word, meant):
                return meant
    return word


def _inflected(word: str, meant: str) -> bool:
    """Whether one is the other with an ending: "fractured" is no slip of "fracture"."""
    longer, shorter = (word, meant) if len(word) > len(meant) else (meant, word)
    return longer.startswith(shorter) and longer[len(shorter) :] in ("s", "d", "r", "y", "n", "l")


def _one_apart(word: str, meant: str) -> bool:
    """Whether two words of one length differ in one letter, or in two neighbors that changed places."""
    apart = [t for t in range(len(word)) if word[t] != meant[t]]
    return len(apart) == 1 or (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and word[apart[0]] == meant[apart[1]]
        and word[apart[1]] == meant[apart[0]]
    )


def cut(
    text: str, spelling: dict[str, str], typos: dict[str, str] | None = None, real: frozenset[str] = frozenset()
) -> Words:
    """Cut a note into words and sentences. `spelling` maps variants of a word to the one the lexicon uses.

    `typos`: long words by the ways to leave out a letter; `real`: words that are none of their slips.
    """
    norm: list[str] = []
    start: list[int] = []
    end: list[int] = []
    seen: dict[str, str] = {}
    for found in WORD.finditer(text):
        word = found.group()
        known = seen.get(word)
        if known is None:
            known = normal(word)
            known = spelling.get(known, known)
            if typos and _TYPO_LETTERS <= len(known) <= _LONGEST_WORD and known.isalpha():
                known = mended(known, typos, real)
            seen[word] = known
        norm.append(known)
        start.append(found.start())
        end.append(found.end())
    sentence, bounds, line_start = _sentences(text, norm, start, end)
    return Words(text, norm, start, end, sentence, bounds, line_start)


def _sentences(
    text: str, norm: list[str], start: list[int], end: list[int]
) -> tuple[list[int], list[tuple[int, int]], list[bool]]:
    sentence: list[int] = []
    bounds: list[tuple[int, int]] = []
    line_start: list[bool] = []
    first = 0
    on_line = 0
    for i in range(len(norm)):
        breaks = text.count("\n", end[i - 1], start[i]) if i and start[i] > end[i - 1] else 0
        line_start.append(not i or breaks > 0)
        if i and (
            (breaks and _ends_line(text, norm[i - 1], start[i], breaks, on_line))
            or (norm[i - 1] in _MARKS and _ends_here(norm, start, end, i))
            or (i - first >= LONGEST and (norm[i - 1] in ",;" or i - first >= 2 * LONGEST))
        ):
            bounds.append((first, i))
            first = i
        on_line = end[i] - start[i] if breaks or not i else on_line + end[i] - start[i] + 1
        sentence.append(len(bounds))
    if norm:
        bounds.append((first, len(norm)))
    return sentence, bounds, line_start


def _ends_line(text: str, before: str, place: int, breaks: int, on_line: int) -> bool:
    """Whether a line break ends the sentence: wrapped prose runs on, lists and short lines do not."""
    if breaks > 1 or before in ".!?:":
        return True
    if _NEVER_SOFT.match(text, place):
        return True
    return on_line < _SOFT_LINE


def _ends_here(norm: list[str], start: list[int], end: list[int], i: int) -> bool:
    """Whether a sentence ends before word `i` on the same line."""
    mark = norm[i - 1]
    if mark == "," and i > 1:  # dictation: "L4-L5.,POSTOPERATIVE" and "DIAGNOSES:,1."
        return norm[i - 2] in ".!?" and i > 2 and not _is_short(norm[i - 3], norm, i - 3)
    if mark not in ".!?" or norm[i] in ".!?,)\"'\u201d":
        return False
    if start[i] == end[i - 1]:  # no space after: a decimal, a file name, or dictation without spaces
        return mark == "." and i > 1 and len(norm[i - 2]) > 2 and norm[i - 2].isalpha() and norm[i].isalpha()
    if mark != ".":
        return True
    return i < 2 or not _is_short(norm[i - 2], norm, i - 2)


def _is_short(word: str, norm: list[str], at: int) -> bool:
    if word in _ABBREVIATIONS:
        following = norm[at + 2] if at + 2 < len(norm) else ""
        return not (word in _MAY_END and not following[:1].isdigit())
    if word in _UNITS:  # "500 mg. twice daily"
        after = norm[at + 2 : at + 4]
        return after[:1] != [] and (after[0] in _AFTER_DOSE or after[1:] == ["time"] or after[0][:2] in _HOURLY)
    return False
