"""Cuts a note into words and sentences without changing it: every word keeps its place in code points."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable
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
_MOST_TOLD: Final = 20_000
_SOFT_LINE: Final = 55
_NEVER_SOFT: Final = Lazy(
    r"\s*(?:[-*\u2022+#>]\s|\(?\d{1,2}[.)]\s|\[|\d{1,2}/(?:\d{1,2}/)?\d{2,4}(?:\s*[-\u2013:]\s|\s*:)|(?:19|20)\d\d\s*[-\u2013:]\s)"
)


def normal(word: str) -> str:
    """The form in which words are compared: lower case, no apostrophe, no plural ending, no dots.

    >>> normal("Denies"), normal("b.i.d."), normal("can't"), normal("Hoffmann's"), normal("sepsis")
    ('deny', 'bid', 'cant', 'hoffmann', 'sepsis')
    """
    low = word.lower()
    if low[-1] != "s" and low.isalnum():
        return low
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
    places: dict[str, list[int]]  # where each word stands

    def all(self, of: Iterable[str]) -> list[int]:
        """The indexes of these words, not in order."""
        places = self.places
        return [i for word in of if word in places for i in places[word]]

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
    text: str,
    spelling: dict[str, str],
    typos: dict[str, str] | None = None,
    real: frozenset[str] = frozenset(),
    told: dict[str, str] | None = None,
    vocabulary: Container[str] = (),
) -> Words:
    """Cut a note into words and sentences. `spelling` maps variants of a word to the one the lexicon uses.

    `typos`: long words by the ways to leave out a letter; `real`: words that are none of their slips; `told`: remembers
    how the words of the lexicon's `vocabulary` were written, and no other words.
    """
    written = WORD.findall(text)
    known: dict[str, str] = {}
    for word in set(written):
        found = told.get(word) if told is not None else None
        if found is None:
            found = normal(word)
            found = spelling.get(found, found)
            if typos and _TYPO_LETTERS <= len(found) <= _LONGEST_WORD and found.isalpha():
                found = mended(found, typos, real)
            if told is not None and found in vocabulary and len(told) < _MOST_TOLD:
                told[word] = found
        known[word] = found
    norm = [known[word] for word in written]
    start: list[int] = []
    end: list[int] = []
    at = 0
    for word in written:  # nothing but blanks stands between them: each is the next of its letters
        place = text.find(word, at)
        at = place + len(word)
        start.append(place)
        end.append(at)
    places: dict[str, list[int]] = {}
    for i, word in enumerate(norm):
        if word in places:
            places[word].append(i)
        else:
            places[word] = [i]
    marks = {i + 1 for mark in _MARKS for i in places.get(mark, ())}
    sentence, bounds, line_start = _sentences(text, norm, start, end, marks)
    return Words(text, norm, start, end, sentence, bounds, line_start, places)


def _sentences(
    text: str, norm: list[str], start: list[int], end: list[int], marks: set[int]
) -> tuple[list[int], list[tuple[int, int]], list[bool]]:
    """For each word its sentence, the bounds of the sentences, and which words begin a line.

    A sentence can end before one of `marks`, the words after a mark, or at a line break only, unless it is too long:
    the other words are not looked at.
    """
    count = len(norm)
    breaks = _breaks(text, start)
    bounds: list[tuple[int, int]] = []
    first = line = looked = 0
    for i in sorted({*breaks, *marks, count}):
        while i - first > LONGEST:
            for t in range(max(first + LONGEST, looked + 1), i):
                if norm[t - 1] == ";" or t - first >= 2 * LONGEST:
                    bounds.append((first, t))
                    first = t
                    break
            else:
                break
        looked = i
        if i == count:
            break
        here = breaks.get(i, 0)
        if (
            (
                here
                and _ends_line(text, norm[i - 1], start[i], here, sum(end[line:i]) - sum(start[line:i]) + i - line - 1)
            )
            or (i in marks and _ends_here(norm, start, end, i))
            or (i - first >= LONGEST and (norm[i - 1] in ",;" or i - first >= 2 * LONGEST))
        ):
            bounds.append((first, i))
            first = i
        if here:
            line = i
    if norm:
        bounds.append((first, count))
    sentence: list[int] = []
    for number, (low, high) in enumerate(bounds):
        sentence += [number] * (high - low)
    line_start = [False] * count
    for i in (0, *breaks) if norm else ():
        line_start[i] = True
    return sentence, bounds, line_start


def _breaks(text: str, start: list[int]) -> dict[int, int]:
    """How many line breaks stand before a word, for each word but the first that has one."""
    breaks: dict[int, int] = {}
    place = text.find("\n")
    while place >= 0:
        i = bisect_left(start, place)
        if 0 < i < len(start):
            breaks[i] = breaks.get(i, 0) + 1
        place = text.find("\n", place + 1)
    return breaks


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
