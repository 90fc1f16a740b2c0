"""The words of the notes behind facts: each sentence once, with its day and source. It quotes; it never rewords."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from spondyl.render.pictures.course import Record, written_on

_END = re.compile(r"(?<=[.!?;])\s+|\n\s*\n|\n(?=[A-Z][A-Z /]+:)")
_LONGEST = 220
Quote = dict[str, Any]


def quotes(record: Record, facts: Iterable[Mapping[str, Any]], texts: Mapping[str, str] | None = None) -> list[Quote]:
    """What stands in the notes, `{"text", "source", "on", "facts"}`, in order of the text.

    With the `texts` of the inputs a quotation is the sentence around the words; without them, the words themselves.
    A fact of a structured case has no words; its path is named instead.
    """
    found: dict[tuple[str, int, str], Quote] = {}
    for fact in facts:
        source = fact["source"]
        if source.get("kind") == "derived":
            continue
        name = str(source.get("name") or source.get("resource") or "")
        start, text = _place(source, (texts or {}).get(name))
        quote = found.setdefault(
            (name, start, text), {"text": text, "source": name, "on": written_on(record, fact), "facts": []}
        )
        quote["facts"].append(fact["id"])
    ordered = sorted(found, key=lambda key: (key[0], key[1], key[2]))
    return [found[key] for key in ordered]


def _place(source: Mapping[str, Any], whole: str | None) -> tuple[int, str]:
    if source.get("text") is None:
        return 0, str(source.get("path") or "")
    start, end = int(source["start"]), int(source["end"])
    if whole is None or whole[start:end] != source["text"]:
        return start, " ".join(str(source["text"]).split())
    first, last = 0, len(whole)
    for match in _END.finditer(whole):
        if match.end() <= start:
            first = match.end()
        elif match.start() >= end:
            last = match.start()
            break
    if last - first > _LONGEST:
        first, last = _window(whole, start, end, first, last)
    return first, " ".join(whole[first:last].split()).rstrip(";")


def _window(whole: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """Whole words around a place in a sentence that is too long to quote."""
    room = max(20, (_LONGEST - (end - start)) // 2)
    a, b = max(first, start - room), min(last, end + room)
    while a > first and not whole[a - 1].isspace():
        a -= 1
    while b < last and not whole[b].isspace():
        b += 1
    return a, b
