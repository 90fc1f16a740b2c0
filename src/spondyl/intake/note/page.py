"""One note, prepared once for all parts of the reader: words, phrases, sections, how things are meant, and times."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from spondyl.record.facts import Assertion

from .advice import mark_advice, mark_boxes
from .before import mark_before
from .carried import carried_on
from .context import Context
from .dates import day_first, find_dates, is_order_open
from .day import written_on
from .landmarks import Landmarks
from .levels import Level, find_levels
from .lexicon import Lexicon
from .matches import find_all
from .others import mark_others
from .phrases import Hit
from .plus_minus import mark_pluses
from .sections import sections
from .times import Time, find_times
from .words import Words, cut


@dataclass(slots=True)
class Page:
    """What every part of the reader works on."""

    text: str
    marks: Landmarks
    words: Words
    hits: dict[str, list[Hit]]
    section: list[str]
    heading: list[bool]
    context: Context
    levels: list[Level]
    times: list[Time]
    written_on: str | None
    lexicon: Lexicon
    time_at: list[int]
    level_at: list[int]
    regions: frozenset[str]
    dated: bool = True
    grouped: dict[str, dict[int, list[Hit]]] = field(default_factory=dict)
    carried: dict[int, str] = field(default_factory=dict)
    timed: dict[int, list[Time]] | None = None

    @classmethod
    def prepare(cls, text: str, lexicon: Lexicon, undated: str | None = None) -> Page:
        """Cut, match and read the context of a note; without a date it counts as written on the day `undated`."""
        words = cut(text, lexicon.spelling, lexicon.tables.get("typos"), *_remembered(lexicon))
        hits = find_all(words, lexicon)
        names, heading = sections(words, hits)
        context = Context(words, hits, lexicon, names)
        mark_others(words, hits, context)
        mark_advice(words, context)
        mark_boxes(words, context)
        mark_pluses(words, context)
        mark_before(words, context)
        marks = Landmarks(text)
        first_day = day_first(marks)
        dates = find_dates(marks)
        own = written_on(marks, dates, words, hits, first_day)
        if own is not None and undated is not None and own > undated and is_order_open(marks):
            # No note is written after today: "12/11/2026" read in November is the 12th.
            other = written_on(marks, dates, words, hits, not first_day)
            if other is not None and other <= undated:
                own, first_day = other, not first_day
        day = own or undated
        times = find_times(marks, dates, words, day, first_day)
        levels = find_levels(marks, words)
        regions = frozenset(level.region for level in levels if level.segments)
        starts = [time.i for time in times], [level.i for level in levels]
        return cls(
            text,
            marks,
            words,
            hits,
            names,
            heading,
            context,
            levels,
            times,
            day,
            lexicon,
            *starts,
            regions,
            dated=own is not None,
            carried=carried_on(words, times, day),
        )

    def times_in(self, first: int, last: int) -> list[Time]:
        """The times that begin at words `first` to before `last`."""
        return self.times[bisect_left(self.time_at, first) : bisect_left(self.time_at, last)]

    def times_of(self, sentence: int) -> Sequence[Time]:
        """The times that begin in a sentence."""
        if self.timed is None:
            self.timed = {}
            for time in self.times:
                if time.i < len(self.words.sentence):
                    self.timed.setdefault(self.words.sentence[time.i], []).append(time)
        return self.timed.get(sentence, ())

    def levels_in(self, first: int, last: int) -> list[Level]:
        """The levels that begin at words `first` to before `last`."""
        return self.levels[bisect_left(self.level_at, first) : bisect_left(self.level_at, last)]

    def of(self, kind: str) -> list[Hit]:
        """The phrases of a kind."""
        return self.hits.get(kind, [])

    def within(self, kind: str, first: int, last: int) -> list[Hit]:
        """The phrases of a kind that begin at words `first` to before `last` of one sentence."""
        return [hit for hit in self.by_sentence(kind).get(self.words.sentence[first], ()) if first <= hit.i < last]

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

    def assertion(
        self, hit: Hit, *, exam: bool = False, plan: bool = False, past: bool = True, own: bool = False
    ) -> Assertion:
        """How a phrase is asserted."""
        return self.context.assertion(hit.i, hit.j, exam=exam, plan=plan, past=past, own=own)


def _remembered(lexicon: Lexicon) -> tuple[frozenset[str], dict[str, str], dict[str, int]]:
    """For cutting: words that are no slips of others, how words of the lexicon were written, and those words."""
    held: tuple[frozenset[str], dict[str, str], dict[str, int]] | None = lexicon.cache.get("words")
    if held is None:
        real = frozenset(lexicon.tables.get("real_words", ()))
        held = lexicon.cache["words"] = real, {}, lexicon.nodes[0]
    return held
