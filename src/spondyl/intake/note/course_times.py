"""The times of a treatment: which days and lengths of a sentence belong to it, which to the next. It adds no fact."""

from __future__ import annotations

import re
import string
from typing import Final

from .injections import INJECTED
from .lazy import Lazy
from .page import Page
from .phrases import Hit
from .times import Time

_OF_NEXT: Final = Lazy(r"\s*(?:worth\s+)?of\b[^,.;:]{0,14}$", re.IGNORECASE)
# "Twelve weeks of supervised physical therapy": words between a time and the treatment it measures.
_OF_SUCH: Final = Lazy(
    r"\s*(?:of|x)\s+(?:(?:formal|supervised|outpatient|intensive|structured|dedicated|directed|in-person|land-based|home-based|postoperative|post-op|preoperative|conservative|regular|consistent|weekly|twice-weekly|biweekly|physician-directed|therapist-led|the|a|good|full|active|ongoing|individual|group|local|community|hospital|private|additional|further|another|more)[\s,]+){1,4}$",
    re.IGNORECASE,
)
_OTHER_LINE: Final = Lazy(r"[ \t,.]*\n")
_NEXT_ONE: Final = Lazy(
    r"(?:,|;|\band|\bthen|\bplus)\s+(?:(?:and|then|also|had|did|completed|attended)\s+)*(?:an?\s+)?$", re.IGNORECASE
)


def times_of_course(page: Page, hit: Hit, kind: str, before: int, low: int, high: int) -> list[Time]:
    """The times of a treatment: those after it, or before it where the sentence names the day first."""
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    start = page.words.start[hit.i]
    in_front = [
        time
        for time in page.times_in(max(first, before), hit.i)
        if time.end <= start
        and (start - time.end < 14 or _OF_SUCH.match(page.text, time.end, start) is not None)
        and not _OTHER_LINE.match(page.text, time.end, start)
        and not (before > first and (time.iso or kind in INJECTED))
        and not (before > first and "," in page.text[time.end : start])
    ]
    if before > first:  # "3/2026 ESI, 5/2026 SI joint injection": the day stands first in the whole sentence
        opening = next((other for other in page.by_sentence("treatment").get(page.words.sentence[hit.i], ())), hit)
        lead = page.times_in(first, opening.i)
        if any(time.iso and 0 <= page.words.start[opening.i] - time.end < 14 for time in lead):
            return [time for time in page.times_in(before, hit.i) if time.iso and start - time.end < 14] + [
                time for time in page.times_in(hit.j, last) if time.start < high and time.iso is None
            ]
    dated = any(time.iso for time in in_front)
    after = [time for time in page.times_in(hit.j, last) if low <= time.start < high and not (dated and time.iso)]
    if (
        after
        and high < page.words.end[last - 1]
        and (
            _OF_NEXT.match(page.text, after[-1].end, high)
            or (
                after[-1].iso is None
                and high - after[-1].end < 28
                and not page.text[after[-1].end : high].replace("-", "").replace(" ", "").strip(string.ascii_letters)
                and _NEXT_ONE.search(page.text, max(low, after[-1].start - 24), after[-1].start)
            )
        )
    ):
        after.pop()  # "6 weeks of PT, 4 weeks of home exercises"
    return [*in_front, *after]
