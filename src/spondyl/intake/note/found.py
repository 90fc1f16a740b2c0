"""Collects what the parts of the reader find, numbers the entries of lists, and puts everything in order."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field, replace
from typing import Final

from spondyl.record.facts import Assertion, Fact, JsonValue, Precision, Source

from .phrases import Hit
from .squeeze import Squeezed


@dataclass(slots=True)  # nobody changes one; see Hit
class Said:
    """A value, how it is said, and where: code points `start` to `end` of the note."""

    value: JsonValue
    assertion: Assertion
    start: int
    end: int
    on: str | None = None
    precision: Precision | None = None


_LARGEST: Final = 10_000_000


def _sound(value: JsonValue) -> bool:
    """Whether a number can be meant: no slip of the keyboard with twenty digits."""
    if isinstance(value, dict):
        return all(_sound(part) for part in value.values())
    return not isinstance(value, int | float) or abs(value) <= _LARGEST


def _place(pair: tuple[str, Said]) -> tuple[int, int, str]:
    """Where a fact stands in the order of a note."""
    fact, said = pair
    return said.start, said.end, fact


@dataclass(slots=True)
class EntryFound:
    """One entry of a list fact: a study, an operation, a medicine."""

    list_name: str
    told: dict[str, list[Said]] = field(default_factory=dict)

    def say(self, name: str, said: Said) -> None:
        """Add a field, unless the same was said before."""
        held = self.told.setdefault(name, [])
        if not any(other.value == said.value for other in held):
            held.append(said)

    def add(self, name: str, said: Said) -> None:
        """Add a field, though the same may have been said before."""
        self.told.setdefault(name, []).append(said)

    def get(self, name: str) -> JsonValue:
        """The first value of a field, or None."""
        held = self.told.get(name)
        return held[0].value if held else None

    def all(self, name: str) -> list[JsonValue]:
        """Every value of a field."""
        return [said.value for said in self.told.get(name, ())]

    @property
    def fields(self) -> list[tuple[str, Said]]:
        """Every field with what was said of it."""
        return [(name, said) for name, held in self.told.items() for said in held]

    @property
    def start(self) -> int:
        """The first place in the note."""
        return min((said.start for _, said in self.fields), default=0)


@dataclass(slots=True)
class Found:
    """Everything found in one note so far."""

    name: str
    note: str
    squeezed: Squeezed
    flat: list[tuple[str, Said]] = field(default_factory=list)
    entries: list[EntryFound] = field(default_factory=list)
    read: list[tuple[int, int]] = field(default_factory=list)
    regions: list[tuple[str, Said]] = field(default_factory=list)
    tries: list[tuple[Hit, EntryFound, int]] = field(default_factory=list)  # medicines tried: name, entry, end
    placed: dict[str, list[tuple[int, int]]] = field(default_factory=dict)  # of the facts asked for: where they stand
    counted: int = 0

    @property
    def text(self) -> str:
        """The text that all parts read."""
        return self.squeezed.text

    def holds(self, fact: str, start: int, end: int) -> bool:
        """Whether a fact has been said of words that overlap these; what was said is sorted in once."""
        for name, said in self.flat[self.counted :]:
            insort(self.placed.setdefault(name, []), (said.start, said.end))
        self.counted = len(self.flat)
        places = self.placed.get(fact, [])
        at = bisect_left(places, (start, end))
        return any(low < end and start < high for low, high in places[max(0, at - 1) : at + 1])

    def say(
        self,
        fact: str,
        value: JsonValue,
        assertion: Assertion,
        start: int,
        end: int,
        on: str | None = None,
        precision: Precision | None = None,
    ) -> None:
        """Record one flat fact; white space at the end of the place is left out."""
        while end - 1 > start and self.text[end - 1].isspace():
            end -= 1
        said = Said(value, assertion, start, end, on, precision)
        self.flat.append((fact, said))
        if fact == "pain_regions" and assertion == "present":
            self.regions.append((fact, said))

    def entry(self, list_name: str) -> EntryFound:
        """Open a new entry of a list."""
        opened = EntryFound(list_name)
        self.entries.append(opened)
        return opened

    def used(self, start: int, end: int) -> None:
        """Mark a stretch as understood."""
        self.read.append((start, end))

    def of(self, list_name: str) -> list[EntryFound]:
        """The entries of one list, in order of first mention."""
        return sorted(
            (entry for entry in self.entries if entry.list_name == list_name and entry.told), key=lambda e: e.start
        )

    def facts(self) -> tuple[Fact, ...]:
        """All facts in order of their place; the same statement at the same place stands once."""
        told = list(self.flat)
        for list_name in {entry.list_name for entry in self.entries}:
            for number, entry in enumerate(self.of(list_name)):
                told += [(f"{list_name}.{number}.{name}", said) for name, said in entry.fields]
        seen: set[tuple[object, ...]] = set()
        ordered: list[Fact] = []
        text, note, back = self.text, self.note, self.squeezed.back
        told.sort(key=_place)
        for fact, said in told:
            value = said.value
            plain = value if value is True or type(value) is str else repr(value)
            key = (fact, plain, said.assertion, said.on, said.start, said.end)
            if key in seen or not (plain is value or _sound(value)):
                continue
            seen.add(key)
            end = said.end
            while end - 1 > said.start and text[end - 1].isspace():
                end -= 1
            start, end = back(said.start, end)
            source = Source("note", self.name, start, end, note[start:end])
            ordered.append(Fact(fact, value, said.assertion, said.on, source, said.precision))
        return tuple(ordered)

    def replace(self, number: int, assertion: Assertion) -> None:
        """Change how a flat fact is asserted."""
        fact, said = self.flat[number]
        self.flat[number] = (fact, replace(said, assertion=assertion))
