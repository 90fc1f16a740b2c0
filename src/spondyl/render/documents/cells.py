"""How one criterion stands in the tables of a packet: what came out, the deciding number, the words on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spondyl.explain import Words
from spondyl.render.documents.blocks import Inline, Span, joined
from spondyl.render.pictures.wording import say

_MOST_QUOTES = 3
_SIGNS = {"met": "absent", "not_met": "present"}  # of a contraindication


class Shown:
    """How the cells of the tables are written, and which quotations stand already."""

    def __init__(self, words: Words, *, named: bool) -> None:
        self.words = words
        self.named = named
        self.seen: set[tuple[str, str]] = set()

    def result(self, one: Mapping[str, Any]) -> Inline:
        """What came out, with the number that decides; of words too old how old they are."""
        words, sign = self.words, one["result"]
        text = words.title("criterion_result", sign)
        if one["kind"] == "check_first":
            sign = _SIGNS.get(sign, sign)
            text = say(words, sign) if sign in ("absent", "present") else text
        standing = one["standing"]
        if standing is not None and standing["kind"] == "too_old":
            text = say(words, "aged", days=standing["days"], most=standing["most"])
        elif standing is not None and not one["have"]:
            text = say(words, "in_part")
        spans = [Span(text, sign)]
        if one["have"] and one["need"]:
            number = f"{one['counts']} " if one["counts"] else ""
            spans.append(Span(f": {number}{words.counted(one['have'], one['need'])}"))
        return tuple(spans)

    def quotes(self, listed: Sequence[Mapping[str, Any]], most: int = _MOST_QUOTES) -> tuple[Span, ...]:
        """The first quotations, and how many more there are."""
        self.seen.update((quote["source"], quote["text"]) for quote in listed[:most])
        parts = [self._quote(quote) for quote in listed[:most]]
        if len(listed) > most:
            parts.append((Span(say(self.words, "more_quotes", n=len(listed) - most), "soft"),))
        return joined(parts)

    def unseen(self, listed: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """The quotations that stand nowhere yet."""
        return [quote for quote in listed if (quote["source"], quote["text"]) not in self.seen]

    def _quote(self, quote: Mapping[str, Any]) -> tuple[Span, ...]:
        text = Span(str(quote["text"]), "quote" if quote["verbatim"] else "")
        where = ", ".join(part for part in (str(quote["source"]), str(quote["on"] or "")) if part)
        return (text, Span(f" ({where})", "soft")) if where and self.named else (text,)
