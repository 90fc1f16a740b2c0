"""How long before its note a time lies, and whether a sentence names one of long ago. It reads; it adds no fact."""

from __future__ import annotations

from datetime import date
from typing import Final

from .page import Page
from .times import Time

OLD_DAYS: Final = 120
RECENT_DAYS: Final = 60


def age_of(page: Page, time: Time) -> float | None:
    """How many days before the note a time lies or a state began; None for its own day or what cannot be told."""
    if time.iso is None:
        if time.low < 1 < time.high:  # "no trips in the last year" names a stretch, no day
            return None
        return time.days[0] if time.cue in ("ago", "for") else None
    if page.written_on is None or time.iso == page.written_on or page.text[time.end : time.end + 1] == ":":
        return None
    then = [int(part) for part in time.iso.split("-")]
    day = date(then[0], then[1] if len(then) > 1 else 12, then[2] if len(then) > 2 else 28)
    return float((date.fromisoformat(page.written_on) - day).days)


def has_time(page: Page, sentence: int, *, old: bool) -> bool:
    """Whether a sentence names a time long ago, or one of the last weeks."""
    for time in page.times_of(sentence) if page.times else ():
        if old or time.cue != "for":
            age = age_of(page, time)
            if age is not None and (age >= OLD_DAYS if old else age < RECENT_DAYS):
                return True
    return False
