"""The answer of `read`: the facts of one input with their places, and what was not understood."""

from __future__ import annotations

import hashlib
from typing import Any

from spondyl.intake.inputs import Input, decode
from spondyl.record import Case, Unread

SCHEMA = "spondyl/reading/1"


def reading(case: Case, one: Input, *, with_text: bool = False) -> dict[str, Any]:
    """The reading of one input as in the contract, section 4, with `written_on` and what was not understood."""
    text = case.texts.get(one.name) or decode(one)
    answer: dict[str, Any] = {
        "schema": SCHEMA,
        "name": one.name,
        "text_sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        "written_on": case.written_on.get(one.name),
        "facts": [fact.as_json() for fact in case.facts],
        "unread": [_unread(part) for part in case.unread],
    }
    days = {name: day for name, day in case.written_on.items() if name.startswith(f"{one.name}#")}
    if days:  # several notes in one file, each with its own day
        answer["written_on"] = max(days.values())
        answer["notes"] = [{"name": name, "written_on": day} for name, day in days.items()]
    if case.not_read:
        answer["not_read"] = list(case.not_read)
    if with_text:
        answer["text"] = text
    return answer


def _unread(part: Unread) -> dict[str, Any]:
    told = {"start": part.start, "end": part.end, "text": part.text, "why": part.why, "locator": part.locator}
    return {key: value for key, value in told.items() if value is not None}
