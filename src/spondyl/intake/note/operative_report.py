"""The report of one operation: its list of procedures is one operation, with the day and the diagnosis of its head.

It joins what the list names; it reads no procedure itself.
"""

from __future__ import annotations

import re
from typing import Final

from .lazy import Lazy
from .operation import DONE, MOST, Detail, Operation
from .page import Page
from .times import Time

_DAY_OF: Final = Lazy(
    r"\b(?:date\s+of\s+(?:the\s+)?(?:procedure|surgery|operation|service)|(?:procedure|surgery|operation|operative|op|or)\s+date"
    r"|dos|date\s+performed|operated\s+on|date\s+of\s+op)\s*[:\-]?\s*$",
    re.IGNORECASE,
)
_TITLE: Final = Lazy(
    r"\b(?:operative|operation|op|surgical)\s+(?:report|note|record|summary)\b|\bprocedures?\s+performed\b"
    r"|\bdate\s+of\s+(?:procedure|surgery|operation)\b",
    re.IGNORECASE,
)
_HEAD: Final = 400
_DIAGNOSIS: Final = Lazy(
    r"\b(?:pre-?\s?op(?:erative)?\s+(?:diagnos[ie]s|dx)|indications?(?:\s+for\s+(?:surgery|operation|procedure))?)\s*:",
    re.IGNORECASE,
)
_END_OF_DIAGNOSIS: Final = Lazy(r"\b(?:post-?\s?op|procedures?|operations?|surgeon|anesthesia)\b", re.IGNORECASE)
_LONG: Final = 240
_BLOCK: Final = 1500
_LISTS: Final = frozenset("procedure procedures operation operations performed operative title name".split())
_NARRATIVE: Final = frozenset("description detail details narrative technique".split())
_PLACED: Final = frozenset("placed inserted implanted secured connected fixed fixation instrumented new".split())


def join_report(page: Page, told: list[Operation]) -> Operation | None:
    """Join the procedures of a report's list, and drop those its narrative repeats; the operation reported, or None."""
    if not told or ("proced" not in page.marks.low and "operat" not in page.marks.low):
        return None
    report = bool(_TITLE.search(page.text, 0, _HEAD))
    heads = {id(one): _heads(page, one, report) for one in told}
    listed = [one for one in told if heads[id(one)] & _LISTS and not heads[id(one)] & _NARRATIVE]
    listed = [one for one in listed if one.assertion in DONE and not one.bone]
    if not listed:
        return None
    first = listed[0]
    if report or _is_list(page, listed):
        joined = set()
        for other in listed[1:MOST]:
            if _fits(first, other):
                _join(first, other)
                joined.add(id(other))
        told[:] = [one for one in told if id(one) not in joined]
    if report:
        told[:] = [one for one in told if one.time is not None or one is first or not heads[id(one)] & _NARRATIVE]
        if first.time is None:
            first.time = _own_day(page)
        _reason(page, first)
        return first
    return None


def date_of_head(page: Page, kept: list[Operation]) -> None:
    """Give "Date of surgery: 10/03/2026" to the one operation of a note that has no day; a day ahead is a plan."""
    bare = [one for one in kept if one.assertion in (*DONE, "planned") and one.names and one.time is None]
    if not bare or not page.times:
        return
    main = [one for one in bare if one.assertion in DONE] or bare
    if len(main) != 1:
        return
    taken = {one.time.start for one in kept if one.time is not None}
    for time in page.times:
        if time.iso is None or time.precision == "year" or time.start in taken:
            continue
        label = _DAY_OF.search(page.text, max(0, time.start - 32), time.start)
        if label is None or "service" in label[0].lower():
            continue
        main[0].time = time
        if page.dated and page.written_on is not None and time.iso > page.written_on[: len(time.iso)]:
            main[0].assertion = "planned"
        return


def _heads(page: Page, operation: Operation, report: bool) -> set[str]:
    """The words of the heading an operation stands under, when that is one of procedures.

    "Operations:" in a letter is a list of the past; in a report it is the operation reported.
    """
    t = operation.begins
    section = page.section[t]
    if section != "operation" and not (report and section == "past"):
        return set()
    stop = max(0, t - _BLOCK)
    while t > stop and page.section[t] == section and not page.heading[t]:
        t -= 1
    words = set()
    while t >= 0 and page.heading[t]:
        words.add(page.words.norm[t])
        t -= 1
    return words if section == "operation" or words == {"operation"} else set()


def _is_list(page: Page, listed: list[Operation]) -> bool:
    """Whether all were told without a day of their own under one heading."""
    return (
        len(listed) > 1
        and sum(one.time is not None for one in listed) <= 1
        and "surgical history" not in page.marks.low
    )


def _fits(first: Operation, other: Operation) -> bool:
    if other.time is not None and first.time is not None and other.time.iso != first.time.iso:
        return False
    return not (first.place and other.place and first.place != other.place)


def _join(first: Operation, other: Operation) -> None:
    for procedure in other.procedures:
        if procedure[0] not in first.names:
            first.procedures.append(procedure)
    first.levels += [level for level in other.levels if not set(level.segments) <= first.segments]
    first.region = first.region or other.region
    first.time = first.time or other.time
    first.side = first.side if first.side and other.side and first.side[0] == other.side[0] else None
    if first.approach is None or first.approach[0] in ("posterior", "anterior", "psf"):
        first.approach = other.approach or first.approach
    first.revision = first.revision or other.revision
    first.cage = first.cage or other.cage
    first.details += other.details
    first.firm = True


def _own_day(page: Page) -> Time | None:
    for time in page.times:
        if time.iso is not None and time.precision == "day":
            if _DAY_OF.search(page.text, max(0, time.start - 32), time.start):
                return time
    first = page.text.split("\n", 1)[0]
    return next((t for t in page.times if t.iso and t.precision == "day" and t.end <= len(first)), None)


def _reason(page: Page, operation: Operation) -> None:
    label = _DIAGNOSIS.search(page.text)
    if label is None or any(detail.name == "indication" for detail in operation.details):
        return
    stop = _END_OF_DIAGNOSIS.search(page.text, label.end(), label.end() + _LONG)
    end = stop.start() if stop else label.end() + _LONG
    for hit in page.of("operation_reason"):
        start, over = page.span(hit.i, hit.j)
        if label.end() <= start < end:
            operation.details.append(Detail("indication", hit.entry["reason"], start, over))
            return


def is_placed(page: Page, first: int, last: int) -> bool:
    """Whether a sentence of the narrative tells that implants were put in."""
    words = page.words.norm[first:last]
    return not _PLACED.isdisjoint(words) and "previously" not in words
