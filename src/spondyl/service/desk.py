"""What lies on the desk: texts, corrections, suppositions and settings. It travels in the form; the server keeps none.

The order of fields is the order on the page; nothing of it is ever part of an address.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from spondyl.intake.inputs import Input
from spondyl.knowledge.rules import PROFILES
from spondyl.record import Options
from spondyl.service.refusing import refused

LOCALES = ("en-US", "en-GB")
MOST_INPUTS, MOST_CHANGES = 20, 400
ADDED = "added here"
PASTED = "note"
EARLIEST, LATEST = "1950-01-01", "2149-12-31"


@dataclass(frozen=True, slots=True)
class Desk:
    """The state of one page. `changes` and `supposed` are written as in corrections.py."""

    options: Options
    inputs: tuple[tuple[str, str], ...] = ()
    changes: tuple[str, ...] = ()
    supposed: tuple[str, ...] = ()

    @property
    def given(self) -> list[Input]:
        """The inputs that hold something."""
        return [Input(name, text.encode("utf-8", "replace")) for name, text in self.inputs if text.strip()]

    @property
    def empty(self) -> bool:
        """Whether there is no case yet."""
        return not self.given

    def changed(self, change: str) -> Desk:
        """With one more change; it takes the place of an earlier one about the same thing."""
        name = change.partition("=")[0]
        kept = tuple(one for one in self.changes if one.partition("=")[0] != name)
        return replace(self, changes=(*kept, change))

    def added(self, line: str) -> Desk:
        """With one more line in the text typed here, which is read as a note."""
        texts = dict(self.inputs)
        before = texts.get(ADDED, "").rstrip("\n")
        texts[ADDED] = f"{before}\n{line.strip()}\n".lstrip("\n")
        return replace(self, inputs=tuple(texts.items()))


def desk_of(fields: Sequence[tuple[str, str]], today: str) -> Desk:
    """The desk a form carries. Raises Refused (I201) for what no page of ours sends."""
    names = _all(fields, "input_name")
    texts = [text.replace("\r\n", "\n").replace("\r", "\n") for text in _all(fields, "text")]
    if len(texts) > MOST_INPUTS or len(names) != len(texts):
        raise refused("I201", "the inputs of the form do not fit together", "text", "open the workbench again")
    inputs = {}
    for place, (name, text) in enumerate(zip(names, texts, strict=True), 1):
        name = name.strip()[:120] or PASTED
        inputs[name if name not in inputs else f"{name} {place}"] = text
    changes, supposed = _all(fields, "change"), _all(fields, "suppose")
    if len(changes) + len(supposed) > MOST_CHANGES:
        raise refused("I201", "too many changes", "change", "write them into the note")
    return Desk(_options(fields, today), tuple(inputs.items()), tuple(changes), tuple(supposed))


def _options(fields: Sequence[tuple[str, str]], today: str) -> Options:
    day = one(fields, "as_of") or today
    try:
        good = date.fromisoformat(day).isoformat() == day and EARLIEST <= day <= LATEST
    except ValueError:
        good = False
    if not good:
        raise refused("I105", "this is not a day", "as of", f"write a day from {EARLIEST} to {LATEST}")
    profile, locale = one(fields, "profile") or "guideline", one(fields, "locale") or "en-US"
    if profile not in PROFILES:
        raise refused("I013", "this is not a profile", "profile", f"one of {', '.join(PROFILES)}")
    if locale not in LOCALES:
        raise refused("I201", "this is not a locale", "locale", f"one of {', '.join(LOCALES)}")
    return Options(day, profile, locale)


def one(fields: Iterable[tuple[str, str]], name: str) -> str:
    """The last value of a field, or nothing."""
    found = ""
    for key, value in fields:
        if key == name:
            found = value
    return found


def _all(fields: Iterable[tuple[str, str]], name: str) -> list[str]:
    return [value for key, value in fields if key == name]
