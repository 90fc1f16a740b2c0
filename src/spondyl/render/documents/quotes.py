"""The words of the notes behind facts: each sentence once, with its day and source. It quotes; it never rewords."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from spondyl.render.documents.recorded import Recorded
from spondyl.render.pictures.course import written_on
from spondyl.render.pictures.wording import table

# A sentence ends at its mark, at an empty line, before a heading, and with a line too short to be wrapped.
_END = re.compile(r"(?<=[.!?;])\s+|\n\s*\n|\n(?=[A-Z][A-Z /]+:)|(?<=\n)(?<!\n\n)(?=\S)")
_LAST_WORD = re.compile(r"[^\W_]+$")
# A letter after these is a name by itself and no initial: "factor V.", "grade I.".
_NAMED = ("factor", "grade", "type", "class", "stage", "vitamin")
_WRAPPED = 60
_LONGEST = 300
Quote = dict[str, Any]


def quotes(
    on_record: Recorded, facts: Iterable[Mapping[str, Any]], texts: Mapping[str, str] | None = None
) -> list[Quote]:
    """What stands in the sources, `{"text", "source", "on", "facts", "verbatim"}`, in order of the text.

    With the `texts` of the inputs a quotation is the sentence around the words; without them, the words themselves.
    A structured source has no words: what it says is told, and `verbatim` is false.
    """
    short = frozenset(str(table(on_record.words, "fixed")["abbreviations"]).split())
    found: dict[tuple[str, int, str], Quote] = {}
    for fact in facts:
        source = fact["source"]
        if source.get("kind") == "derived":
            continue
        name = str(source.get("name") or source.get("resource") or "")
        verbatim = source.get("text") is not None
        start, text = _place(source, (texts or {}).get(name), short) if verbatim else (0, on_record.told(fact))
        if verbatim:
            start, text = _within(found, name, fact["source"], start, text)
        quote = found.setdefault(
            (name, start, text),
            {"text": text, "source": name, "on": written_on(on_record.record, fact), "facts": [], "verbatim": verbatim},
        )
        quote["facts"].append(fact["id"])
    ordered = sorted(found, key=lambda key: (key[0], key[1]))
    return [found[key] for key in ordered if key[2]]


def _within(
    found: Collection[tuple[str, int, str]], name: str, source: Mapping[str, Any], start: int, text: str
) -> tuple[int, str]:
    """The quotation that holds these words already, of a sentence that is too long to quote; else this one."""
    words = " ".join(str(source["text"]).split())
    for held, first, said in found:
        if held == name and len(text) > _LONGEST // 2 and words in said and abs(first - start) < _LONGEST and (
            first <= int(source["start"]) < first + len(said)
        ):  # fmt: skip
            return first, said
    return start, text


def _place(source: Mapping[str, Any], whole: str | None, short: Collection[str]) -> tuple[int, str]:
    start, end = int(source["start"]), int(source["end"])
    if whole is None or whole[start:end] != source["text"]:
        return start, " ".join(str(source["text"]).split())
    first, last = 0, len(whole)
    for match in _END.finditer(whole):
        if match.start() == match.end() and _line_before(whole, match.start()) >= _WRAPPED:
            continue  # the line goes on
        if whole[match.start() - 1 : match.start()] == "." and _abbreviated(whole[: match.start() - 1], short):
            continue
        if match.end() <= start:
            first = match.end()
        elif match.start() >= end:
            last = match.start()
            break
    if last - first > _LONGEST:
        first, last = _window(whole, start, end, first, last)
    return first, " ".join(whole[first:last].split()).rstrip(";")


def _abbreviated(before: str, short: Collection[str]) -> bool:
    """Whether the period after this text ends a word that is cut short, an initial or the number of a list."""
    words = _LAST_WORD.search(before[-20:])
    word = words[0] if words is not None else ""
    if len(word) == 1 and word.isalpha():
        earlier = before[-60:-1].split()
        name = earlier[-1].strip("(,") if earlier else "."
        named = name.istitle() and name.isalpha() and name.lower() not in _NAMED
        return word.isupper() and (named or name.endswith("."))
    started = before[: len(before) - len(word)].rstrip(" \t")
    return word.lower() in short or (word.isdigit() and (not started or started.endswith("\n")))


def _line_before(whole: str, place: int) -> int:
    """How long the line is that ends before a place."""
    return place - 1 - (whole.rfind("\n", 0, place - 1) + 1)


def _window(whole: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """Whole words around a place in a sentence that is too long to quote."""
    room = max(20, (_LONGEST - (end - start)) // 2)
    a, b = max(first, start - room), min(last, end + room)
    while a > first and not whole[a - 1].isspace():
        a -= 1
    while b < last and not whole[b].isspace():
        b += 1
    return a, b
