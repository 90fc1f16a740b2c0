"""Marks of layout made plain for reading: emphasis, table rows, a label with its answer in the next column, choices.

Every character keeps its place: a mark becomes a blank or a stop of the same length, nothing moves.
"""

from __future__ import annotations

import re
from typing import Final

from .answers import answers
from .lazy import Lazy

_EMPHASIS: Final = Lazy(r"\*\*|__|`")
_ROW: Final = Lazy(r"(?m)^[ \t]*\|[^\n]*\|[ \t\r]*$")
_RULE: Final = Lazy(r"[ \t|:-]*")
# "Fever      No" in a form: without the colon it would read as fever.
_ANSWERED: Final = Lazy(
    r"(?mi)^[ \t]*[^\W\d_](?:[^\n.!?;:\t ]|[ ](?![ \t]))*(?P<gap>(?:\t| {2})[ \t]*)"
    r"(?:yes|no|none|denie[sd]|negative|positive|absent|present|not present|unknown)\b[.,;]?[ \t\r]*$"
)
# "( ) never  (x) current": of the answers to choose from, those not chosen say nothing
_CHOICE: Final = Lazy(
    r"[(][ \t]*(?P<mark>[xX\u2713\u2714]?)[ \t]*[)]|(?P<open>[\u25cb\u25ef])|(?P<full>[\u25c9\u25cf])"
)
_CHOICES: Final = Lazy(r"(?m)^[^\n]*(?:[(][ \t]+[)]|[\u25cb\u25ef])[^\n]*$")
_OPTION: Final = Lazy(
    r"(?:[ \t]?[^\s()\[\]:;\u25cb\u25ef\u25c9\u25cf]+){1,4}"
    r"(?=[ \t]{2}|[ \t]*(?:$|\n|[(\[;,]|\u25cb|\u25ef|\u25c9|\u25cf))"
)
_BOX_BEHIND: Final = Lazy(
    r"^[ \t]*[^\s(\u25cb\u25ef\u25c9\u25cf][^\n]*"
    r"(?:[(][ \t]*[xX\u2713\u2714]?[ \t]*[)]|[\u25cb\u25ef\u25c9\u25cf])[ \t]*$"
)
_COLUMN: Final = Lazy(r"(?m)(?<=\S)(?P<gap>[ \t]{3,})(?=[^\W\d_][^\n:()\[\]]{1,30}:[ \t]*[(\[])")
# "#" is a fracture in British shorthand: "R rod # at L5/S1", "T12 #", "hip # NOF". Not "rod #2" nor a bullet.
_BROKEN: Final = Lazy(
    r"\b(?:rods?|screws?|wedge|burst|pars|compression|stress|insufficiency|fragility|osteoporotic|vertebral|sacral|hip|rib"
    r"|wrist|colles|pelvic|[TLCS]\d|[TL]1[0-2]|plate|cage|process|old|healed|metalwork|implant) ?$",
    re.IGNORECASE,
)
_BREAKS: Final = Lazy(
    r"# ?(?:NOF|neck\s+of\s+femur|hip|wrist|ribs?|of|pelvis|sacrum|radius|humerus|ankle|vertebra)\b", re.IGNORECASE
)
# "Fever ............ NO": the dots lead to the answer
_LEADER: Final = Lazy(r"(?<=[\w)]) ?(?P<dots>\.{4,}|\u2026{2,})(?= ?[\w(\[+-])")
_NUMBERS: Final = Lazy(r"##|# ?(?!(?:19|20)\d\d)\d|#\w")
# "Chills? - no": the dash leads to the answer
_TO_ANSWER: Final = Lazy(r"\? ?(?P<lead>[-\u2013\u2014:=>]{1,2})(?= ?\w)")
# "06/2019. Two epidural injections": the day of an entry stands before it, as "06/2019:" does
_ENTRY: Final = Lazy(
    r"(?m)^[ \t]*(?:[-*\u2022] ?)?(?:(?:\d{1,2}[/.-]){1,2}(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d"
    r"|[A-Z][a-z]{2,8}\.? (?:\d{1,2},? )?(?:19|20)\d\d)(?P<dot>\.)(?= +[A-Z(\d])"
)
# "10 pt ROS" counts points, and nobody had therapy
_POINTS: Final = Lazy(r"\b\d{1,2}(?: |-)?(?P<pt>pt|PT|Pt)\b(?=\)|[ -](?i:ros|review|system))")
_WORD_BEFORE: Final = 16
_FRACTURE: Final = "\u0192"


def layout(text: str) -> str:
    r"""The text with marks of layout made plain, of the same length.

    >>> layout("**Fever:** No"), layout("| Fever | No |"), layout("Fever\tNo")
    ('  Fever:   No', '  Fever : No .', 'Fever:No')
    """
    if "**" in text or "__" in text or "`" in text:
        text = _blanked(text)
    text = answers(text)
    if "|" in text:
        text = _replaced(text, [(match.start(), _row(match[0])) for match in _ROW.finditer(text)])
    if "( " in text or "()" in text or "\u25cb" in text or "\u25ef" in text:
        text = _chosen(text)
    if "#" in text:
        text = _replaced(text, [(place, _FRACTURE) for place in _fractures(text)])
    if "? -" in text or "?-" in text or "? \u2013" in text or "? \u2014" in text:
        leads = [(match.start("lead"), " " * len(match["lead"])) for match in _TO_ANSWER.finditer(text)]
        text = _replaced(text, leads)
    if "19" in text or "20" in text:
        text = _replaced(text, [(match.start("dot"), ":") for match in _ENTRY.finditer(text)])
    if "ROS" in text or "eview of" in text or "EVIEW OF" in text:
        text = _replaced(text, [(match.start("pt"), "  ") for match in _POINTS.finditer(text)])
    if "...." in text or "\u2026\u2026" in text:
        leaders = [(match.start("dots"), ":" + " " * (len(match["dots"]) - 1)) for match in _LEADER.finditer(text)]
        text = _replaced(text, leaders)
    if "\t" in text or "  " in text:
        text = _replaced(text, [(match.start("gap"), ":") for match in _ANSWERED.finditer(text)])
    return text


def _fractures(text: str) -> list[int]:
    """The marks that mean a fracture."""
    told = []
    place = text.find("#")
    while place >= 0:
        before = text[max(0, place - _WORD_BEFORE) : place].rpartition("\n")[2]
        ahead = before.strip() != "" and _BREAKS.match(text, place) is not None
        behind = not _NUMBERS.match(text, place) and _BROKEN.search(before)
        if ahead or behind:
            told.append(place)
        place = text.find("#", place + 1)
    return told


def _blanked(text: str) -> str:
    return _replaced(text, [(match.start(), " " * len(match[0])) for match in _EMPHASIS.finditer(text)])


def _chosen(text: str) -> str:
    """Forms with answers to choose from: boxes and what was not chosen are blanked; each column ends its statement."""
    changes: list[tuple[int, str]] = []
    for line in _CHOICES.finditer(text):
        if _BOX_BEHIND.search(line[0]):
            continue  # "Numbness ( )  Weakness (x)": the box stands behind its answer
        for choice in _CHOICE.finditer(text, line.start(), line.end()):
            chosen = choice["mark"] or choice["full"]
            option = None if chosen else _OPTION.match(text, choice.end(), line.end())
            end = option.end() if option else choice.end()
            changes.append((choice.start(), " " * (end - choice.start())))
        for column in _COLUMN.finditer(text, line.start(), line.end()):
            if all(start != column.start("gap") for start, _ in changes):
                changes.append((column.start("gap"), ";"))
    return _replaced(text, sorted(changes))


def _row(row: str) -> str:
    """A table row: two cells are a label and its value; the row ends its sentence."""
    if _RULE.match(row)[0] == row:  # type: ignore[index]
        return " " * len(row)
    places = [place for place, character in enumerate(row) if character == "|" and row[place - 1 : place] != "\\"]
    marks = list(row)
    for place in places:
        marks[place] = " "
    if len(places) == 3 and row[places[0] + 1 : places[1]].rstrip()[-1:] not in ("", ":", ".", "?", "!"):
        marks[places[1]] = ":"
    if row[: places[-1]].rstrip()[-1:] not in (".", ":", "?", "!"):
        marks[places[-1]] = "."
    return "".join(marks)


def _replaced(text: str, changes: list[tuple[int, str]]) -> str:
    parts: list[str] = []
    at = 0
    for start, new in changes:
        parts += (text[at:start], new)
        at = start + len(new)
    return "".join([*parts, text[at:]]) if parts else text
