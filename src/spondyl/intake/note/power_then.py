"""Which grades of strength are of an earlier hour: "pre-op 3/5, today 4+/5", "5/5 at midnight, now 2/5".

It only sorts; an earlier grade is left out when a later one of the same muscle follows, and stands otherwise.
"""

from __future__ import annotations

import re
from typing import Final

from .found import Found
from .lazy import Lazy
from .page import Page
from .phrases import Hit

_THEN: Final = frozenset(
    "yesterday midnight mn preoperative preoperatively preop overnight admission initially earlier handover signout"
    " previously formerly".split()
)
_THEN_PAIRS: Final = frozenset(
    (
        ("pre", "op"), ("pre", "-"), ("sign", "out"), ("sign", "-"), ("this", "morning"), ("last", "week"),
        ("last", "night"), ("last", "visit"), ("last", "month"), ("last", "time"), ("last", "evening"), ("d", "/"),
        ("before", "surgery"), ("before", "operation"), ("before", "op"), ("before", "theater"), ("before", "the"),
        ("at", "discharge"), ("on", "discharge"), ("on", "arrival"), ("at", "presentation"), ("on", "presentation"),
        ("recovery", "chart"), ("ward", "check"), ("evening", "check"), ("from", "discharge"), ("than", "discharge"),
    )
)  # fmt: skip
_NOW: Final = frozenset("now today currently tonight present presently current".split())
_STOPS: Final = frozenset((";", "(", ")", ".", "→"))
_JOINS: Final = frozenset((",", "and", "but", "to", "then", "-", "is", "are"))
_COMPARED: Final = frozenset("than from as vs versus since like with to unlike compared".split())
_SIGNS: Final = frozenset(("foot_drop", "weakness_reported", "bilateral_leg_weakness"))
_NUMBER: Final = Lazy(r"(?<![\w./:-])(?P<n>[0-5])(?P<sign>[+-])?(?![\w/:%+-]|\.\d|\s*(?:/|mg|days?|weeks?|out\b))")

Grade = tuple[int, int, Hit | None]


def stage(page: Page, i: int, j: int) -> str:
    """ "then", "now" or "": when the grade of words `i` to before `j` was found, by the words of its clause."""
    norm = page.words.norm
    first, last = page.words.bounds[page.words.sentence[i]]
    for t in range(i - 1, first - 1, -1):
        cue = _cue(norm, t)
        if cue:
            return cue
        if norm[t] in _STOPS:
            if norm[t] == "(":
                inside = next((k for k in range(t - 1, max(first, t - 6) - 1, -1) if _cue(norm, k)), None)
                if inside is not None and not _grade_between(norm, inside, t):
                    return _cue(norm, inside)  # "pre-op foot drop (TA 3/5, EHL 2/5)"
            break
    for t in range(j, last):
        if norm[t] in _STOPS or (norm[t] in _JOINS and t + 1 < last and _cue(norm, t + 1)):
            break
        cue = _cue(norm, t)
        if cue:
            return cue
    return ""


def _grade_between(norm: list[str], first: int, last: int) -> bool:
    return any(norm[t] == "/" and norm[t + 1 : t + 2] == ["5"] for t in range(first, last))


def _cue(norm: list[str], t: int) -> str:
    if norm[t] in _NOW:
        return "now"
    if not _COMPARED.isdisjoint(norm[max(0, t - 2) : t]):
        return ""  # "better than before surgery"
    if norm[t] in _THEN or tuple(norm[t : t + 2]) in _THEN_PAIRS:
        pair = tuple(norm[t : t + 2])
        if pair == ("pre", "-") and norm[t + 2 : t + 3] not in (["op"], ["operative"], ["operatively"]):
            return ""
        if pair == ("sign", "-") and norm[t + 2 : t + 3] != ["out"]:
            return ""
        if pair == ("d", "/") and norm[t + 2 : t + 3] != ["c"]:
            return ""
        if pair == ("before", "the") and norm[t + 2 : t + 3] not in (["surgery"], ["operation"], ["op"]):
            return ""
        return "then"
    return ""


def replaced(page: Page, grades: list[Grade], full: list[Hit]) -> tuple[dict[int, Hit | None], dict[int, Hit]]:
    """The first words of the grades that a later examination replaces, with their muscles; and the muscles of later
    grades that are told in the same order: "TA 3/5 and EHL 2/5 before surgery; today 4+/5 and 4/5"."""
    staged = [(i, muscle, stage(page, i, j)) for i, j, muscle in grades]
    if not any(when == "then" for _, _, when in staged):
        return {}, {}
    own = _in_order(page, staged)
    staged = [(i, own.get(i, muscle), when) for i, muscle, when in staged]
    whole = [hit.i for hit in full if stage(page, hit.i, hit.j) != "then"]
    gone: dict[int, Hit | None] = {}
    for i, muscle, when in staged:
        if when != "then":
            continue
        sentence = page.words.sentence[i]
        later = [
            other
            for k, other, at in staged
            if at != "then" and (k > i or page.words.sentence[k] == sentence) and _covers(other, muscle)
        ]
        if later or any(at > i or page.words.sentence[at] == sentence for at in whole) or _bare(page, sentence):
            gone[i] = muscle
    return gone, own


def _in_order(page: Page, staged: list[tuple[int, Hit | None, str]]) -> dict[int, Hit]:
    """The muscles of grades of now that name none, from as many grades of then before them in the sentence."""
    own: dict[int, Hit] = {}
    for sentence in {page.words.sentence[i] for i, _, when in staged if when == "then"}:
        here = [one for one in staged if page.words.sentence[one[0]] == sentence]
        then = [(i, muscle) for i, muscle, when in here if when == "then"]
        now = [(i, muscle) for i, muscle, when in here if when == "now"]
        named = all(muscle is not None and muscle.i < then[-1][0] for _, muscle in now)
        if len(then) == len(now) > 1 and named and then[-1][0] < now[0][0]:
            own |= {i: muscle for (i, _), (_, muscle) in zip(now, then, strict=True) if muscle is not None}
    return own


def _covers(later: Hit | None, muscle: Hit | None) -> bool:
    if later is None or muscle is None or later.entry.get("general"):
        return True
    return bool(later.entry["myotome"] == muscle.entry["myotome"])


def _bare(page: Page, sentence: int) -> list[re.Match[str]]:
    """The grades without a total behind a word for now: "today 4+ and 4"."""
    first, last = page.words.bounds[sentence]
    at = next((t for t in range(first, last) if page.words.norm[t] in _NOW), None)
    if at is None:
        return []
    return list(_NUMBER.finditer(page.text, page.words.start[at], page.words.end[last - 1]))


def moved(page: Page, gone: dict[int, Hit | None]) -> list[tuple[int, int, float, Hit | None, str | None]]:
    """The grades without a total that replace earlier ones of a sentence, in their order: place, grade, muscle."""
    told: list[tuple[int, int, float, Hit | None, str | None]] = []
    for sentence in sorted({page.words.sentence[i] for i in gone}):
        before = [(i, muscle) for i, muscle in sorted(gone.items()) if page.words.sentence[i] == sentence]
        now = _bare(page, sentence)
        if len(now) == len(before):
            for match, (_, muscle) in zip(now, before, strict=True):
                sign = {"+": 0.3, "-": -0.3, "": 0}[match["sign"] or ""]
                told.append((match.start(), match.end(), float(match["n"]) + sign, muscle, None))
    return told


def then_over(page: Page, found: Found, gone: dict[int, Hit | None]) -> None:
    """What a sentence tells of then beside a grade that was replaced is over: "pre-op foot drop (TA 3/5), now 4+/5"."""
    sentences = {page.words.sentence[i] for i in gone}
    for number, (name, said) in enumerate(found.flat):
        if name in _SIGNS and said.assertion == "present":
            i, j = page.words.slice(said.start, said.end)
            if page.words.sentence[i] in sentences and stage(page, i, j) == "then":
                found.replace(number, "historical")
