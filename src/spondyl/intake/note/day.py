"""The day a note was written, from its heading or a label. It reads; it never decides."""

from __future__ import annotations

import re
from typing import Final

from .dates import DATE, read_date
from .landmarks import Landmarks
from .lazy import Lazy
from .letterhead import is_service
from .phrases import Hit
from .words import Words

_LABEL: Final = Lazy(
    r"\b(?:date(?:\s+of\s+(?:service|visit|exam(?:ination)?|consult(?:ation)?|encounter|note))?|dos|dov|seen(?:\s+on)?|visit(?:\s+date)?|dictated(?:\s+on)?|clinic\s+date|encounter\s+date)\b\s?[:\-]?\s?",
    re.IGNORECASE,
)
# The day of something else than the note.
_OTHER_DAY: Final = Lazy(
    r"\b(?:injury|accident|birth|born|loss|onset|surgery|death|doi|dol|dob|d\.o\.b\.?|d\.o\.i\.?)\s*[:=-]?\s*(?:\(\w+\)\s*)?$",
    re.IGNORECASE,
)
_LABELS: Final = ("date", "dos", "dov", "seen", "visit", "dictated", "clinic", "encounter")
_HEAD_WORDS: Final = 14
_HEAD_LINES: Final = 4
_LABELED: Final = 22
_BRACKET: Final = 3


def written_on(
    marks: Landmarks, dates: list[re.Match[str]], words: Words, hits: dict[str, list[Hit]], first_day: bool
) -> str | None:
    """The day a note was written: a labeled date, or a full date in a short heading line."""
    text = marks.text
    services = {
        t
        for hit in hits.get("procedure", ())
        if hit.entry.get("generic") and is_service(text, words, hit)
        for t in range(hit.i, hit.j)
    }
    clinical = sorted(
        hit.i
        for kind in ("procedure", "study", "drug", "finding")
        for hit in hits.get(kind, ())
        if hit.i not in services
        and words.norm[hit.i] != "pod"
        and "phone_contact_only" not in hit.entry.get("facts", ())
    )
    head_end = _head(text)
    left = "discharg" in marks.low[:head_end]
    for match in dates:
        if match.start() >= head_end:
            break
        read = read_date(match, first_day, None)
        if read is None or read[1] != "day" or read[2] != "full":
            continue
        line = text.rfind("\n", 0, match.start()) + 1
        if left and "admi" in marks.low[max(line, match.start() - _LABELED) : match.start()]:
            continue  # a stay in hospital is told on its last day
        i, j = words.slice(line, match.start())
        if _OTHER_DAY.search(text, line, match.start()) and j - 1 not in services:
            continue
        if j - i <= _HEAD_WORDS and not any(i <= at < j for at in clinical):
            return read[0]
    for label in marks.tries(_LABEL, marks.of(*_LABELS)):
        if label[0][:3].lower() == "dos" and _after_operation(text, label.start(), words, hits):
            continue
        labeled = DATE.match(text, label.end())
        read = read_date(labeled, first_day, None) if labeled else None
        if read and read[1] == "day" and read[2] == "full":
            return read[0]
    return None


def _after_operation(text: str, place: int, words: Words, hits: dict[str, list[Hit]]) -> bool:
    """Whether "DOS" is the day of surgery: in a bracket behind the name of an operation."""
    if text[max(0, place - 1) : place] != "(":
        return False
    i, _ = words.slice(place, place + 1)
    return any(0 <= i - hit.j <= _BRACKET for hit in hits.get("procedure", ()))


def _head(text: str) -> int:
    """Where the first lines with words end."""
    lines = 0
    place = 0
    while place < len(text) and lines < _HEAD_LINES:
        stop = text.find("\n", place)
        stop = len(text) if stop < 0 else stop
        if text[place:stop].strip():
            lines += 1
        place = stop + 1
    return min(place, len(text))
