"""A case as intake hands it over: facts with their sources, and the day each input was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from spondyl.record.facts import Fact, Unread


@dataclass(frozen=True, slots=True)
class Case:
    """One patient's facts from one or several inputs. `written_on`: ISO day by the name of the input.

    `not_read` says in words what of a file was passed over: pictures, coded resources, deleted passages.
    """

    facts: tuple[Fact, ...]
    written_on: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    not_read: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """What a plan is made for. `as_of` is an ISO day; nothing else tells the program what day it is."""

    as_of: str
    profile: str = "guideline"
    locale: str = "en-US"
