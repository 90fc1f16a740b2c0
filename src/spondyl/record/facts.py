"""The one form in which everything recorded about a patient crosses from intake to the rest of the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Assertion = Literal["present", "negated", "uncertain", "historical", "planned", "hypothetical", "family"]
Precision = Literal["about", "year", "month", "week", "day"]
JsonValue = None | bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"]

ASSERTIONS: Final[tuple[Assertion, ...]] = (
    "present",
    "negated",
    "uncertain",
    "historical",
    "planned",
    "hypothetical",
    "family",
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read.

    For a note, `start` and `end` count Unicode code points of the decoded text and `text` is that slice.
    """

    kind: Literal["note", "case", "fhir", "derived"]
    name: str = ""
    start: int | None = None
    end: int | None = None
    text: str | None = None
    path: str | None = None
    resource: str | None = None
    locator: str | None = None

    def as_json(self) -> dict[str, JsonValue]:
        """The source as in the contract, without empty members."""
        shown: dict[str, JsonValue] = {"kind": self.kind}
        if self.name:
            shown["name"] = self.name
        if self.start is not None:
            shown["start"] = self.start
        if self.end is not None:
            shown["end"] = self.end
        if self.text is not None:
            shown["text"] = self.text
        if self.path is not None:
            shown["path"] = self.path
        if self.resource is not None:
            shown["resource"] = self.resource
        if self.locator is not None:
            shown["locator"] = self.locator
        return shown


@dataclass(frozen=True, slots=True)
class Fact:
    """One recorded statement: what the words say (`value`) and how they say it (`assertion`).

    `fact` is a name of the vocabulary, or a path into a list ("surgeries.0.levels"). A bare list name with the
    value `[]` records the list as none; with the value "complete" it records that nothing is missing from it.
    `on` is the day the fact is about, with the precision it was written in ("2026", "2026-03", "2026-03-09").
    """

    fact: str
    value: JsonValue
    assertion: Assertion = "present"
    on: str | None = None
    source: Source = Source("case")
    precision: Precision | None = None

    def as_json(self) -> dict[str, JsonValue]:
        """The fact as in `read --format json`."""
        shown: dict[str, JsonValue] = {
            "fact": self.fact,
            "value": self.value,
            "assertion": self.assertion,
            "on": self.on,
            "source": self.source.as_json(),
        }
        if self.precision is not None:
            shown["precision"] = self.precision
        return shown


@dataclass(frozen=True, slots=True)
class Unread:
    """A piece of a note that looks clinical and that no rule of the reader understood."""

    start: int
    end: int
    text: str
    why: str
    locator: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader found in one note: facts in order of first mention, and the day the note was written."""

    name: str
    text: str
    facts: tuple[Fact, ...]
    written_on: str | None = None
    unread: tuple[Unread, ...] = ()
