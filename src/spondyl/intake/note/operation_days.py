"""When an operation was: the day or the time since that stands beside it, in the next sentence, or for itself."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from .lazy import Lazy
from .operation import DONE, Operation
from .page import Page
from .phrases import Hit
from .proposed import done_then
from .times import Time

BLOCK: Final = frozenset(
    "mri ct xray radiograph scan seen quit smoking injection esi pt therapy injured accident pain lbp until".split()
)
OTHER: Final = frozenset(
    "foot knee ankle wrist hip shoulder carpal bowel heart valve abdominal cataract tubal elbow finger toe thumb hand bladder".split()  # noqa: E501
)
_THIS: Final = Lazy(
    r"\W*(?:this|it|the (?:surgery|operation|procedure|fusion))\s+(?:was|took)\s+(?:done|performed|place|carried out)?",
    re.IGNORECASE,
)
_FAR: Final = 14
_NEAR: Final = 6
_OWN: Final = 4
_NEXT: Final = 4
_THEN: Final = frozenset(("after", "following", "then", "before"))
_EARLIER: Final = frozenset(("before", "until", "till"))

_LATER: Final = frozenset("following after since".split())
_BESIDE: Final = 3
_JUST: Final = 3

_STUDIES: Final = frozenset(
    "mri ct xray radiograph scan film xr myelogram imaging spect dxa dexa cta mra ultrasound x-ray flexion".split()
)
_TELLS: Final = frozenset(": show showed shown demonstrate demonstrated reveal revealed confirm confirmed".split())
_TITLE: Final = 6
_BEFORE_YESTERDAY: Final = frozenset(
    "done performed on was surgery in of at the her his neck back spine lumbar cervical thoracic ( ) ,"
    " day case here".split()
)


def date_them(page: Page, operations: list[Operation], times: list[Time]) -> None:
    """Give each operation of a sentence the day or the time nearest to it."""
    norm = page.words.norm
    taken: set[int] = set()
    heads = {time.j for time in times if time.iso and _opens(page, time)}  # "2009 lami, 2012 redo"
    for operation in operations:
        if operation.bone and not operation.firm and len(operations) > 1:
            continue
        best: tuple[int, Time] | None = None
        for time in times:
            if (
                time.start in taken
                or time.cue == "for"
                or _is_of_event(page, time)
                or (time.form == "md" and not page.written_on)
            ):
                continue
            if operation.landmark and not 0 <= time.i - operation.last <= 2:
                continue  # the day of the report, not of what was done above or below
            if time.form == "yesterday" and operation.first <= time.i < operation.last:
                between, far, reach = [], 0, _FAR
            elif time.i >= operation.last:
                between = norm[operation.last : time.i]
                far = len(between) + (_OWN if "," in between and operation.first in heads else 0)
                reach = _FAR if time.iso or time.cue == "ago" else 3
                if time.iso is None and time.cue == "" and far > 1:
                    continue
                if time.form == "yesterday" and any(word not in _BEFORE_YESTERDAY for word in between):
                    continue
            else:
                between = norm[time.j : operation.first]
                far = len(between) + 3
                reach = 12 if time.iso else 8
                if time.iso is None and time.cue not in ("post", "pod"):
                    continue
                if _of_report(norm, time, between):
                    continue
                if time.iso == page.written_on and (
                    " s / p" in (said := " " + " ".join(between)) or "status post" in said
                ):
                    continue  # the day of the note is none of an operation that lies behind
                if time.iso is not None and far > _BESIDE and not _LATER.isdisjoint(between[-_JUST:]):
                    continue  # "seen for ten sessions to 17 November following his discectomy"
                if not _EARLIER.isdisjoint(between):  # "fever on 10/22, before the washout"
                    continue
            if _is_of_other(page, operation, time, operations):
                continue
            if operation.assertion == "planned" and time.iso is not None and _is_past(page, time):
                continue
            if far > reach or any(word in BLOCK or word == ";" for word in between):
                continue
            if best is None or far < best[0]:
                best = (far, time)
        done = done_then(page, operation.ends, page.words.bounds[page.words.sentence[operation.begins]][1])
        if done is not None and best is not None and best[1].i < done and best[1].i >= operation.ends:
            later = next((t for t in times if t.iso and t.i > done), None)
            if later is not None and not any(operation.ends <= other.begins < later.i for other in operations):
                best = (0, later)
        if best is not None:
            operation.time = _ahead(page, best[1]) if operation.assertion == "planned" else best[1]
            taken.add(best[1].start)
            operation.also = _also(page, operation, best[1], times, taken)
    if operations and operations[0].time is None and operations[0].assertion in DONE:
        operations[0].time = _listed_day(page, operations[0])


def _opens(page: Page, time: Time) -> bool:
    """Whether a day opens its sentence, or a part of it."""
    return time.i == page.words.bounds[page.words.sentence[time.i]][0] or page.words.norm[time.i - 1] in ",:;(-"


def _listed_day(page: Page, operation: Operation) -> Time | None:
    """The day that opens the line of a list, as a sentence of its own: "10/11/2018. Left L4-5 discectomy"."""
    number = page.words.sentence[operation.first]
    if number == 0 or operation.first - page.words.bounds[number][0] > _NEAR:
        return None
    first, last = page.words.bounds[number - 1]
    if last - first > _NEAR or not page.words.line_start[first]:
        return None
    told = [time for time in page.times_in(first, last) if time.iso and time.i == first]
    if not told or any(word not in ".,:;-" for word in page.words.norm[told[0].j : last]):
        return None
    return None if "\n" in page.text[told[0].end : page.words.start[last]] else told[0]


def _is_of_other(page: Page, operation: Operation, time: Time, operations: list[Operation]) -> bool:
    """Whether a time is that of the next: "2 years out from a TLIF and 6 months out from its removal"."""
    if time.i < operation.ends:
        return False
    if time.cue == "post" and any(0 <= other.first - time.j <= _NEXT for other in operations if other is not operation):
        return True
    between = [other for other in operations if operation.ends <= other.begins < time.i]
    return bool(between) and not _THEN.isdisjoint(page.words.norm[operation.ends : between[0].begins])


def _is_past(page: Page, time: Time) -> bool:
    """Whether a day with its year lies before that of the note."""
    if page.written_on is None or time.iso is None or time.form in ("md", "month"):
        return False
    return time.iso < page.written_on[: len(time.iso)]


def _is_of_event(page: Page, time: Time) -> bool:
    """ "On POD 2 she developed a fever": the day of an event, and not how long the operation is over."""
    return time.cue == "pod" and page.words.norm[max(0, time.i - 1) : time.i] in (["on"], ["by"], ["until"])


def _ahead(page: Page, time: Time) -> Time:
    """The next such day: "booked for 14 December" lies ahead of the note."""
    if time.form not in ("md", "month") or time.iso is None or page.written_on is None:
        return time
    if time.iso >= page.written_on[: len(time.iso)]:
        return time
    return replace(time, iso=f"{int(time.iso[:4]) + 1}{time.iso[4:]}")


def _of_report(norm: list[str], time: Time, between: list[str]) -> bool:
    """Whether a day is that of a report that goes on to name what was done before it: "CT 10/2026: prior fusion"."""
    return not _STUDIES.isdisjoint(norm[max(0, time.i - _TITLE) : time.i]) and not _TELLS.isdisjoint(between)


def _also(page: Page, operation: Operation, told: Time, times: list[Time], taken: set[int]) -> Time | None:
    """The time since beside a day: "11/11/2026 (POD 9)", "20 months following the fusion of March 4"."""
    for time in times:
        if time.start in taken or (time.iso is None) == (told.iso is None) or _is_of_event(page, time):
            continue
        if time.iso is None and time.cue not in ("pod", "post", "ago"):
            continue
        low, high = (max(told.j, operation.last), time.i) if time.i >= told.j else (time.j, operation.first)
        between = page.words.norm[low:high]
        if len(between) > _NEAR or any(word in BLOCK or word in (";", "until") for word in between):
            continue
        if (
            time.iso is None
            and time.i >= told.j
            and time.cue == "post"
            and "op" not in page.text[time.start : time.end].lower()
        ):
            continue
        if time.iso is not None and (time.i < told.j or time.precision == "year"):
            continue
        taken.add(time.start)
        return time
    return None


def dated_later(page: Page, first: int, times: list[Time], earlier: list[Operation]) -> None:
    """ "This was done on 12/15/2005" dates the operation before it; so do dots: "L4-5 fusion .... 2018"."""
    if not times or not earlier or not times[0].iso:
        return
    previous = earlier[-1]
    if previous.time is not None or page.words.sentence[previous.first] < page.words.sentence[first] - 2:
        return
    dots = page.text[page.words.end[previous.last - 1] : times[0].start]
    if _THIS.match(page.text, page.words.start[first]) or not dots.strip(" ._\t-"):
        previous.time = times[0]


def marked(page: Page, hits: list[Hit], times: list[Time], earlier: list[Operation]) -> list[Operation]:
    """ "POD 6", "3 months after surgery", "surgery 2019" without a name for what was done."""
    norm = page.words.norm
    for time in times:
        marker = next((hit for hit in hits if -4 <= hit.i - time.j <= 3 or 0 <= time.i - hit.j <= 3), None)
        inner = page.text[time.start : time.end].lower()
        said = time.cue == "pod" and ("p" in inner[:1] or marker is not None) and not _is_of_event(page, time)
        said = (
            said
            or (time.cue == "post" and (marker is not None or "op" in inner))
            or (time.cue == "ago" and marker is not None and 0 <= time.i - marker.j <= 2)
        )
        if not said or page.section[time.i] in ("plan", "return", "family", "risks"):
            continue
        done = [operation for operation in earlier if operation.assertion in DONE]
        if marker is not None and marker.i > 0 and norm[marker.i - 1] in OTHER:
            continue
        if done and (len(done) == 1 or done[-1].time is None):
            if done[-1].time is None:
                done[-1].time = time
            return []
        if not done:
            fresh = Operation(
                "present", min(time.i, marker.i if marker else time.i), max(time.j, marker.j if marker else time.j)
            )
            fresh.time, fresh.firm = time, True
            return [fresh]
    return []
