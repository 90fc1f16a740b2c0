"""The day an input was written, judged against the day of the plan, and the day of the study that a report tells of.

It reads no note; it takes the days the reader found, or those the file carries. Nothing may be known from the future.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from spondyl.intake.formats.document import Document
from spondyl.record import Fact, Problem, Reading, Refusal, Source

# A day that lies ahead behind such words is an appointment or a planned operation, and not the day of the note.
_AHEAD: Final = re.compile(
    r"\b(?:next|follow|return\w*|recheck|review|appointment|appt|rtc|rtw|scheduled?|booked|plan\w*|due|until|through|"
    r"surgery|procedure|operation|to be seen|will be|on or (?:before|after)|by|before|expires?|valid)\b",
    re.IGNORECASE,
)

# A line that is a day and nothing else, but perhaps for what it is called.
_DATED: Final = re.compile(
    r"\s*(?:(?:exam(?:ination)?|study|scan|service|report)?\s*date(?:\s+of\s+\w+)?\s*:)?\s*$", re.IGNORECASE
)
# A report tells of these, and of what was operated on before; anything else makes it a note.
_OF_A_REPORT: Final = ("imaging", "collection", "surgeries", "implanted_devices", "spine_surgery_ever")


def day_of(reading: Reading, document: Document, name: str, as_of: str) -> str | None:
    """The ISO day a note counts as written on; None when it carries none.

    Raises Refusal (I015) for a note that says it was written after the day of the plan, as a case that says so is.
    """
    own = reading.written_on
    if own is not None and own > as_of and _is_appointment(document.text, own):
        own = None
    if own is not None:
        _not_after(own, as_of, name)
        return own
    carried = document.written_on
    if carried is None:
        return None
    # A record keeps its times in another zone than the clinic: an evening may carry the date of the next day.
    _not_after(carried, (date.fromisoformat(as_of) + timedelta(days=1)).isoformat(), name)
    return min(carried, as_of)


def _not_after(day: str, latest: str, name: str) -> None:
    if day > latest:
        message = "this note is dated after the day the plan is made for"
        raise Refusal([Problem("I015", message, f"{name}: its date", "correct the date, or give a later --as-of")])


def _is_appointment(text: str, day: str) -> bool:
    """Whether each place where the day stands is behind words that look ahead."""
    from spondyl.intake.note.dates import day_first, find_dates, read_date
    from spondyl.intake.note.landmarks import Landmarks

    marks = Landmarks(text)
    first = day_first(marks)
    places = [found.start() for found in find_dates(marks) if (read_date(found, first, None) or ("",))[0] == day]
    lines = [text[text.rfind("\n", 0, place) + 1 : place] for place in places]
    return bool(lines) and all(_AHEAD.search(line) for line in lines)


def with_day_of_study(facts: Sequence[Fact], document: Document, name: str, as_of: str) -> tuple[Fact, ...]:
    """The facts, and the day of the one study among them that has none: that of the report, or of its first line."""
    done = [one for one in facts if one.fact.endswith(".modality") and one.assertion == "present"]
    dated = {one.fact.rpartition(".")[0] for one in facts if one.fact.endswith(".date")}
    open_ = dict.fromkeys(one.fact.rpartition(".")[0] for one in done)
    undated = [entry for entry in open_ if entry.startswith("imaging.") and entry not in dated]
    if len(undated) != 1:
        return tuple(facts)
    entry = undated[0]
    told = _told(facts, document, name, entry)
    if told is None or told[0] > as_of[: len(told[0])]:
        return tuple(facts)
    day, source = told
    at = next(place for place, one in enumerate(facts) if one.fact.startswith(f"{entry}."))
    return (*facts[: at + 1], Fact(f"{entry}.date", day, "present", None, source), *facts[at + 1 :])


def _told(facts: Sequence[Fact], document: Document, name: str, entry: str) -> tuple[str, Source] | None:
    if document.studied_on is not None:
        return document.studied_on, Source("fhir", name, path="effective", resource=document.resource)
    if any(one.fact.split(".")[0] not in _OF_A_REPORT for one in facts):
        return None
    first = next((one.source.start for one in facts if one.fact == f"{entry}.modality"), None)
    if first is None:
        return None
    lines = document.text[:first].split("\n")
    heads = [line for line in lines[:-1] if line.strip()]
    if len(heads) != 1 or len(lines[-1].split()) > 1:
        return None
    return _day_alone(document.text, heads[0], name)


def _day_alone(text: str, line: str, name: str) -> tuple[str, Source] | None:
    from spondyl.intake.note.dates import day_first, find_dates, read_date
    from spondyl.intake.note.landmarks import Landmarks

    marks = Landmarks(text)
    first = day_first(marks)
    start = text.index(line)
    for found in find_dates(marks):
        read = read_date(found, first, None)
        if read is None or read[1] != "day" or not start <= found.start() < start + len(line):
            continue
        around = text[start : found.start()], text[found.end() : start + len(line)]
        if _DATED.match(around[0]) and not around[1].strip(" .:,-"):
            return read[0], Source("note", name, found.start(), found.end(), found[0])
    return None
