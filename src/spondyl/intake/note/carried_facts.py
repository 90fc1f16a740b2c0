"""What stands in text carried forward from an earlier note was so on that day, whichever part of the reader read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from .found import Found
from .page import Page

_LOSSES: Final = frozenset(("motor_deficit", "sensory_deficit"))
# Measured then: a later value or none counts now.
_MEASURED: Final = frozenset(("pvr_ml", "bladder_scan_ml", "emergency_named"))
_LONG_AGO: Final = 60  # days


def read_carried(page: Page, found: Found) -> None:
    """Give the day of the earlier note to what has none; its losses and volumes are of the past."""
    if not page.carried:
        return
    lasting = frozenset(page.lexicon.tables.get("lasting", ()))
    sentence, at = page.words.sentence, page.words.at
    last = len(sentence)

    def day(start: int) -> str | None:
        i = at(start)
        return page.carried.get(sentence[i]) if i < last else None

    for number, (name, said) in enumerate(found.flat):
        then = day(said.start)
        if then is None or said.assertion != "present":
            continue
        if name in _MEASURED or (name not in lasting and _long_ago(then, page.written_on)):
            found.flat[number] = (name, replace(said, assertion="historical", on=said.on or then))
        elif said.on is None:
            found.flat[number] = (name, replace(said, on=then))
    for entry in found.entries:
        if entry.list_name in _LOSSES and entry.told and day(entry.start) is not None:
            for name, held in entry.told.items():
                entry.told[name] = [replace(said, assertion="historical") for said in held]


def _long_ago(then: str, now: str | None) -> bool:
    """Whether a day lies so far before the note that what was so then says nothing of now."""
    if now is None or len(then) < 10:
        return False
    return (date.fromisoformat(now) - date.fromisoformat(then)).days > _LONG_AGO
