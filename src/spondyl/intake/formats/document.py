"""The text of one document with the places it came from, and what of its file was not read."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any, NamedTuple


class Document(NamedTuple):
    """One note of a file. `places` are (start, locator) pairs in order; a locator holds until the next one.

    `studied_on` is the day of the study, where the file carries it beside the text: a whole day, a month or a year.
    """

    text: str
    places: tuple[tuple[int, str], ...] = ()
    written_on: str | None = None
    resource: str | None = None
    studied_on: str | None = None

    def locator(self, start: int) -> str | None:
        """The page or element in which a place of the text stands."""
        at = bisect_right(self.places, (start, "\U0010ffff")) - 1
        return self.places[at][1] if at >= 0 else None

    def as_json(self) -> dict[str, Any]:
        """The document as it crosses from the confined process."""
        return {
            "text": self.text,
            "places": [list(place) for place in self.places],
            "written_on": self.written_on,
            "resource": self.resource,
            "studied_on": self.studied_on,
        }

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Document:
        """The other way round."""
        places = tuple((int(start), str(locator)) for start, locator in plain["places"])
        return cls(plain["text"], places, plain["written_on"], plain["resource"], plain["studied_on"])


class Extracted(NamedTuple):
    """The notes of one file, and in words what of the file was not read."""

    documents: tuple[Document, ...]
    not_read: tuple[str, ...] = ()
