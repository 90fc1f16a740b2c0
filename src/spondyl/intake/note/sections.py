"""Finds the headings of a note, so that every word knows the section it stands in."""

from __future__ import annotations

from .carried import mark_copied
from .phrases import Hit
from .words import Words

_LISTED = frozenset(("past", "social", "allergies"))
_ASIDE = frozenset(("past", "family"))
_LETTER = frozenset(("plan", "assessment", "medications"))
_SAW = frozenset("reviewed saw met examined assessed thank thanks many pleasure".split())
_OPENS_LETTER = 8
_RELATIVES = frozenset(
    "mother father mom mum dad parent brother sister sibling aunt uncle grandmother grandfather grandparent cousin son"
    " daughter child children niece nephew family maternal paternal relative relatives".split()
)
_VISITS = frozenset("visit refill check review follow-up followup encounter clinic appointment renewal".split())
_NOTHING = frozenset(
    ": . , ; none negative neg noncontributory non - contributory unremarkable nil unknown reviewed not relevant no nad"
    " significant history na n / a known adopted of note nothing".split()
)


def sections(words: Words, hits: dict[str, list[Hit]]) -> tuple[list[str], list[bool]]:
    """The section of every word ("" before the first heading), and which words are a heading."""
    norm = words.norm
    names = [""] * len(norm)
    heading = [False] * len(norm)
    marks: list[tuple[int, int, str]] = []
    firsts = {first for first, _ in words.bounds}
    done = 0
    named = {one.i for kind in ("drug", "allergen") for one in hits.get(kind, ())}
    for hit in hits.get("section", ()):
        if hit.i < done:
            continue
        at_start = words.line_start[hit.i] or hit.i in firsts or _after_mark(norm, hit.i, firsts, words)
        if not at_start:
            continue
        after = _past_brackets(norm, hit.j)
        colon = after < len(norm) and norm[after] == ":"
        dash = (
            hit.j < len(norm)
            and norm[hit.j] == "-"
            and hit.j - hit.i <= 3
            and words.line_start[hit.i]
            and words.start[hit.j] > words.end[hit.j - 1]
        )
        alone = words.line_start[hit.i] and (hit.j >= len(norm) or (words.line_start[hit.j] and hit.j > hit.i))
        numbered = hit.j < len(norm) and norm[hit.j] == "," and hit.j + 1 < len(norm) and norm[hit.j + 1].isdigit()
        bare = words.line_start[hit.i] and (hit.entry.get("bare") or _capital(words, hit, named))
        if colon or dash or alone or numbered or bare:
            marks.append((hit.i, hit.j, hit.entry["section"]))
            done = hit.j
    _end_lists(marks, words)
    _drop_title(marks, words)
    for number, (i, j, name) in enumerate(marks):
        stop = marks[number + 1][0] if number + 1 < len(marks) else len(norm)
        kept = name
        if name == "exam" and number and marks[number - 1][2] == "ros" and not words.line_start[i]:
            kept = "ros"  # "Neurological: no weakness" inside a review of systems
        if name == "before":  # "Preop: foot drop 2/5" says nothing of the lines after it
            stop = next((t for t in range(i + 1, stop) if words.line_start[t]), stop)
            kept = "past"
        elif name in ("risks", "allergies") and j + 1 < stop and not words.line_start[j + 1]:
            stop = next((t for t in range(j + 2, stop) if words.line_start[t] and norm[t - 1] in ".;!"), stop)
        elif name in _LETTER and j + 1 < stop and not words.line_start[j + 1]:
            stop = _letter(words, j + 1, stop)
        elif name in _ASIDE and j + 1 < stop and not words.line_start[j + 1]:
            stop = _paragraph(words, j + 1, stop)  # "Surgery: L4-S1 fusion", an empty line, and the letter begins
            if name == "family":
                stop = _family_line(words, j + 1, stop)
        for t in range(i, stop):
            names[t] = kept
        for t in range(i, j):
            heading[t] = True
    mark_copied(words, names)
    return names, heading


def _drop_title(marks: list[tuple[int, int, str]], words: Words) -> None:
    """The title of a visit is no list: "Medication visit 11/18/2026", "PAIN MED - REFILL"."""
    if not marks or marks[0][2] != "medications":
        return
    first = marks[0][0]
    line = next((t for t in range(1, len(words.norm)) if words.line_start[t]), len(words.norm))
    if first < line and not _VISITS.isdisjoint(words.norm[:line]):
        del marks[0]


def _paragraph(words: Words, first: int, stop: int) -> int:
    """The first word after an empty line."""
    return next(
        (
            t
            for t in range(first + 1, stop)
            if words.line_start[t] and "\n\n" in words.text[words.end[t - 1] : words.start[t]]
        ),
        stop,
    )


def _capital(words: Words, hit: Hit, named: set[int]) -> bool:
    """ "ALL codeine -> rash": the heading of the allergies without its colon, right before a name."""
    if hit.entry["section"] != "allergies" or hit.j not in named:
        return False
    return words.text[words.start[hit.i] : words.end[hit.j - 1]].isupper()


def _letter(words: Words, first: int, stop: int) -> int:
    """Where the letter begins under the lines that sum it up: "Plan: MRI", an empty line, "I reviewed this lady"."""
    at = _paragraph(words, first, stop)
    begins = words.norm[at : min(stop, at + _OPENS_LETTER)]
    if begins[:1] == ["thank"] or (begins[:1] in (["i"], ["it"], ["we"], ["many"]) and not _SAW.isdisjoint(begins)):
        return at
    return stop


def _family_line(words: Words, first: int, stop: int) -> int:
    """Where a line on the family ends: after "none", or where a line begins that names no relative."""
    low, high = words.bounds[words.sentence[first]]
    if _NOTHING.issuperset(words.norm[max(first, low) : high]):
        return min(stop, high)
    for begin, end in words.bounds[words.sentence[first] + 1 :]:
        if begin >= stop:
            break
        if words.line_start[begin] and _RELATIVES.isdisjoint(words.norm[begin:end]):
            return begin
    return stop


def _end_lists(marks: list[tuple[int, int, str]], words: Words) -> None:
    """A heading of any other name ends what was listed as past: "PMH: gout" and, lines later, "Overnight events:"."""
    own = sorted(marks)
    if not any(name in _LISTED for _, _, name in own):
        return
    at, name = 0, ""
    for i, starts in enumerate(words.line_start):
        while at < len(own) and own[at][0] <= i:
            name = own[at][2]
            at += 1
        if not starts or name not in _LISTED or (at and own[at - 1][0] == i):
            continue
        for t in range(i + 1, min(i + 5, len(words.norm))):
            if words.norm[t] == ":" and words.text[words.start[i]].isupper() and t > i + 1:
                marks.append((i, t, ""))
                name = ""
                break
            if not words.norm[t].isalpha() or words.line_start[t]:
                break
    marks.sort()


def _past_brackets(norm: list[str], i: int) -> int:
    """The word after a short note in brackets: "Pre-op (March 2026):"."""
    if i < len(norm) and norm[i] == "(":
        for t in range(i + 1, min(i + 7, len(norm))):
            if norm[t] == ")":
                return t + 1
    return i


def _after_mark(norm: list[str], i: int, firsts: set[int], words: Words) -> bool:
    """Whether only a list mark stands between the start of the line and word `i`."""
    back = i - 1
    while back >= 0 and i - back <= 3 and (norm[back].isdigit() or norm[back] in ".)-*#\u2022,"):
        if words.line_start[back] or back in firsts:
            return True
        back -= 1
    return False
