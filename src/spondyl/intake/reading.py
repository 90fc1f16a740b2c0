"""The answer of `read`: the facts of one input with their places, and what was not understood."""

from __future__ import annotations

import hashlib
from typing import Any

from spondyl.intake.inputs import Input, decode
from spondyl.record import Case

SCHEMA = "spondyl/reading/1"


def reading(case: Case, one: Input, *, with_text: bool = False) -> dict[str, Any]:
    """The reading of one input as in the contract, section 4, with `written_on` and what was not understood."""
    text = case.texts.get(one.name) or decode(one)
    answer: dict[str, Any] = {
        "schema": SCHEMA,
        "name": one.name,
        "text_sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
        "written_on": case.written_on.get(one.name),
        "facts": [fact.as_json() for fact in case.facts],
        "unread": [{"start": part.start, "end": part.end, "text": part.text, "why": part.why} for part in case.unread],
    }
    if with_text:
        answer["text"] = text
    return answer
