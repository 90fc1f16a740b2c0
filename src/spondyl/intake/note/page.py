"""One note, prepared once for all parts of the reader: words, phrases, sections, how things are meant, and times."""

from __future__ import annotations

from dataclasses import dataclass, field

from spondyl.record.facts import Assertion

from .context import Context
from .lexicon import Lexicon
from .levels import Level, find_levels
from .phrases import Hit, find
from .sections import sections
from .times import Time, find_times, written_on
from .words import Words, cut


@dataclass(slots=True)
class Page:
    """What every part of the reader works on."""

    text: str
    words: Words
    hits: dict[str, list[Hit]]
    section: list[str]
    heading: list[bool]
    context: Context
    levels: list[Level]
    times: list[Time]
    written_on: str | None
    lexicon: Lexicon
    grouped: dict[str, dict[int, list[Hit]]] = field(default_factory=dict)

    @classmethod
    def prepare(cls, text: str, lexicon: Lexicon) -> Page:
        """Cut, match and read the context of a note."""
        words = cut(text, lexicon.spelling)
        hits = find(words, lexicon)
        names, heading = sections(words, hits)
        context = Context(words, hits, lexicon, names)
        day = written_on(text, words, hits)
        times = find_times(text, words, day)
        return cls(text, words, hits, names, heading, context, find_levels(text, words), times, day, lexicon)

    def of(self, kind: str, first: int = 0, last: int | None = None) -> list[Hit]:
        """The phrases of a kind, within words `first` to before `last`."""
        found = self.hits.get(kind, [])
        if last is None:
            return found
        return [hit for hit in found if first <= hit.i < last]

    def by_sentence(self, kind: str) -> dict[int, list[Hit]]:
        """The phrases of a kind by the number of their sentence."""
        held = self.grouped.get(kind)
        if held is None:
            held = self.grouped[kind] = {}
            for hit in self.hits.get(kind, ()):
                held.setdefault(self.words.sentence[hit.i], []).append(hit)
        return held

    def span(self, i: int, j: int) -> tuple[int, int]:
        """The place of words `i` to before `j`."""
        return self.words.start[i], self.words.end[j - 1]

    def assertion(self, hit: Hit, *, exam: bool = False, plan: bool = False, past: bool = True, own: bool = False) -> Assertion:
        """How a phrase is asserted."""
        return self.context.assertion(hit.i, hit.j, exam=exam, plan=plan, past=past, own=own)
