"""One operation as a note tells it: how mentions of it are joined, and the facts it gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from spondyl.record.facts import Assertion, JsonValue

from .found import EntryFound, Found, Said
from .levels import Level
from .page import Page
from .times import Time, months

_KEPT: Final = 40
MOST: Final = 60  # operations of one note that later sentences are compared with
DONE: Final = ("present", "historical")


@dataclass(slots=True)
class Detail:
    """A field of an operation besides place and day, and whether it is denied."""

    name: str
    value: JsonValue
    start: int
    end: int
    denied: bool = False
    doubted: bool = False


@dataclass(slots=True)
class Operation:
    """What one stretch of text says about one operation."""

    assertion: Assertion
    first: int
    last: int
    procedures: list[tuple[str, int, int]] = field(default_factory=list)
    approach: tuple[str, int, int] | None = None
    region: tuple[str, int, int] | None = None
    levels: list[Level] = field(default_factory=list)
    side: tuple[str, int, int] | None = None
    time: Time | None = None
    details: list[Detail] = field(default_factory=list)
    firm: bool = False
    cage: bool = False
    revision: bool = False
    bone: bool = False
    counted: bool = False  # "after two discectomies": a sum of operations, and none of its own
    landmark: bool = False  # "stenosis above the fusion": a mention of one that was done, with no day of its own
    also: Time | None = None  # the time since, beside a day
    mentions: list[tuple[int, int]] = field(default_factory=list)  # where it is named again
    begins: int = -1  # the words that name it, without levels and days
    ends: int = -1

    def __post_init__(self) -> None:
        if self.begins < 0:
            self.begins, self.ends = self.first, self.last

    @property
    def names(self) -> set[str]:
        """What was done."""
        return {name for name, _, _ in self.procedures}

    @property
    def places(self) -> list[tuple[int, int]]:
        """Where it is named, in the order of the note."""
        return sorted([(self.begins, self.ends), *self.mentions])

    @property
    def segments(self) -> set[str]:
        """Where."""
        return {segment for level in self.levels for segment in level.segments}

    @property
    def place(self) -> str | None:
        """The region, from the levels when given."""
        whole = [level for level in self.levels if level.segments]
        if whole:
            return whole[0].region
        if self.region:
            return self.region[0]
        return self.levels[0].region if self.levels else None


Named = tuple[int, int, Operation]  # the words of one mention, and its operation


def keep(operation: Operation, kept: list[Operation]) -> None:
    """Join a mention with the operation it repeats, or keep it as one of its own."""
    for held in reversed(kept[-_KEPT:]):
        if (held.assertion in DONE) != (operation.assertion in DONE) or not _same(held, operation):
            continue
        if operation.landmark and not held.names & operation.names:
            continue
        for name, start, end in operation.procedures:
            if name not in held.names:
                held.procedures.append((name, start, end))
        held.levels += [level for level in operation.levels if not set(level.segments) <= held.segments]
        _keep_times(held, operation)
        held.mentions += operation.places
        held.approach = held.approach or operation.approach
        held.region = held.region or operation.region
        held.side = held.side or operation.side
        held.details += operation.details
        held.cage = held.cage or operation.cage
        return
    if operation.landmark:
        told = [held for held in kept if held.assertion in DONE and held.names & operation.names]
        if operation.firm and not any(
            None in (held.place, operation.place) or held.place == operation.place for held in told
        ):
            kept.append(operation)
        return
    if operation.firm and not (operation.counted and any(held.names & operation.names for held in kept)):
        kept.append(operation)


def _keep_times(held: Operation, other: Operation) -> None:
    """Take over the days of a further mention: the one told exactly, and the time since beside a day."""
    for time in (other.time, other.also):
        if time is None:
            continue
        if held.time is None:
            held.time = time
        elif held.time.iso and time.iso:
            if time.iso.startswith(held.time.iso) and len(time.iso) > len(held.time.iso):
                held.time = time
        elif (held.time.iso is None) != (time.iso is None):
            held.also = held.also or time


def _agree(page: Page, day: Time | None, since: Time | None) -> bool:
    """Whether a day and a time since tell of one operation, as far as the day of the note says."""
    if day is None or since is None or day.iso is None or page.written_on is None:
        return True
    first = date.fromisoformat((day.iso + "-01-01")[:10] if len(day.iso) == 4 else (day.iso + "-01")[:10])
    slack = {"year": 366, "month": 31}.get(day.precision or "day", 0)
    days = (date.fromisoformat(page.written_on) - first).days
    low, high = since.days
    return low * 0.75 - 10 <= days <= high * 1.25 + 10 + slack


def _same(held: Operation, other: Operation) -> bool:
    if held.place and other.place and held.place != other.place:
        return False
    if held.time and other.time:
        if held.time.iso and other.time.iso:
            if not (held.time.iso.startswith(other.time.iso) or other.time.iso.startswith(held.time.iso)):
                return False
        elif (held.time.iso is None) == (other.time.iso is None) and held.time.days != other.time.days:
            return False
    if other.names and held.names and not (held.names & other.names):
        return not other.firm
    if held.segments and other.segments and not (held.segments & other.segments):
        return False
    if held.segments and other.segments and held.segments != other.segments:
        if held.names != other.names or other.time or not other.segments < held.segments:
            return False
    return not (other.revision and not held.revision)


def say(page: Page, found: Found, operation: Operation) -> None:
    """Add the fields of one operation to what was found."""
    entry = found.entry("surgeries")
    how = operation.assertion
    whole = page.span(operation.first, operation.last)
    found.used(*whole)
    if operation.procedures:
        first = operation.procedures[0]
        entry.say(
            "procedure",
            Said(
                [name for name, _, _ in operation.procedures],
                how,
                first[1],
                operation.procedures[-1][2] if operation.procedures[-1][2] > first[1] else first[2],
            ),
        )
    if operation.approach:
        entry.say("approach", Said(operation.approach[0], how, operation.approach[1], operation.approach[2]))
    segments: list[str] = []
    spans = [level for level in operation.levels if level.segments]
    for level in spans:
        segments += [segment for segment in level.segments if segment not in segments]
    if segments:
        start, end = min(level.start for level in spans), max(level.end for level in spans)
        if end - start > 60:
            start, end = spans[0].start, spans[0].end
        entry.say("levels", Said(list(segments), how, start, end))
    if operation.place:
        start, end = (
            (spans[0].start, spans[0].end)
            if spans
            else operation.region[1:]
            if operation.region
            else (operation.levels[0].start, operation.levels[0].end)
        )
        entry.say("region", Said(operation.place, how, start, end))
    if operation.side:
        entry.say("side", Said(operation.side[0], how, operation.side[1], operation.side[2]))
    _say_time(found, entry, operation.time, how)
    if operation.also is not None and operation.time is not None:
        day, since = (operation.time, operation.also) if operation.time.iso else (operation.also, operation.time)
        if _agree(page, day, since):
            _say_time(found, entry, operation.also, how)
    if operation.revision:
        entry.say("revision_of_earlier", Said(True, how, *whole))
    if operation.cage and operation.procedures:
        entry.say("interbody_cage", Said(True, how, operation.procedures[0][1], operation.procedures[0][2]))
    if "fusion" in operation.names and any(level.to_sacrum or level.to_pelvis for level in operation.levels):
        entry.say("to_sacrum_or_pelvis", Said(True, how, spans[0].start, spans[0].end))
    for detail in operation.details:
        told: Assertion = "negated" if detail.denied else "uncertain" if detail.doubted else how
        entry.say(detail.name, Said(detail.value, told, detail.start, detail.end))
        found.used(detail.start, detail.end)
    if how == "planned":
        entry.say("status", Said("planned", how, *whole))
    if not entry.told:
        entry.say("region", Said("unspecified", how, *whole))


def _say_time(found: Found, entry: EntryFound, time: Time | None, how: Assertion) -> None:
    if time is None:
        return
    found.used(time.start, time.end)
    if time.iso is not None:
        entry.say("date", Said(time.iso, how, time.start, time.end, None, time.precision))
        return
    if time.unit in ("hour", "day", "week"):
        low, high = (round(part, 1) for part in time.days)
        name = "days_since"
    else:
        low, high = months(time)
        if time.unit == "year":
            low, high = round(time.low * 12, 1), round(time.high * 12, 1)
        elif time.unit == "month":
            low, high = time.low, time.high
        name = "months_since"
    value: JsonValue = _tidy(low) if low == high else {"low": _tidy(low), "high": _tidy(high)}
    entry.say(name, Said(value, how, time.start, time.end, None, time.precision))


def _tidy(number: float) -> int | float:
    return int(number) if number == int(number) else number
