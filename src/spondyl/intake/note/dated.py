"""The days that a note names for other things than operations and studies: when smoking stopped, the last steroid, the
EMG, the last nerve examination, the change of a wound, and visits. A day that lies ahead is none of them."""

from __future__ import annotations

import re
from typing import Final

from spondyl.record.facts import Precision

from .context import FAMILY, HYPOTHETICAL, PLANNED
from .found import Found, Said
from .injections import INJECTED, day_of
from .lazy import Lazy
from .onset import began
from .page import Page
from .phrases import Hit
from .times import Time

_SKIP: Final = frozenset(("family", "return", "risks", "plan"))
_SMOKES: Final = Lazy(r"\b(?:smok|tob\b|tobacco|nicotine|cigar|cigs?\b|vap(?:e|ing)|pack|ppd)", re.IGNORECASE)
_ELSE: Final = Lazy(
    r"\s*(?:\w+\s+)?(?:alcohol|etoh|drink\w*|drugs?|cocaine|heroin|marijuana|cannabis|work\w*|opioids?)\b",
    re.IGNORECASE,
)
_AGAIN: Final = Lazy(r"\b(?:again|relaps\w+|restart\w*|resum\w+|took\s+it\s+up|back\s+on)\b", re.IGNORECASE)
_NOT_YET: Final = Lazy(
    r"\b(?:wants?|trying|tries|try|hopes?|advised|encouraged|plans?|asked|counsel\w+|needs?|must)\b", re.IGNORECASE
)
_STEROID: Final = Lazy(
    r"\b(?:steroids?|cortisone|kenalog|triamcinolone|depo\w*|methylpred\w*|dexameth\w*|celestone)\b", re.IGNORECASE
)
_TESTED: Final = Lazy(
    r"\b(?:neuro\w*\s+(?:exam\w*|intact|normal|check\w*|ok|fine)|nerves?\s+(?:were\s+)?(?:tested|checked|examined|ok|fine|normal)|(?:power|strength)\b[^.;]{0,30}\b(?:sensation|reflex))",
    re.IGNORECASE,
)
_RELATIVES: Final = frozenset("husband wife partner spouse boyfriend girlfriend".split())
_AFTER: Final = 8
_BEFORE: Final = 5
_OTHER: Final = frozenset("mri ct xray scan emg surgery operation fusion esi injection".split())


def read_days(page: Page, found: Found) -> None:
    """Add every such day. Runs after studies and treatments, whose days it uses."""
    _smoking(page, found)
    _steroid(page, found)
    _emg(found)
    _nerves(page, found)
    _wound(page, found)
    _visits(page, found)


def _smoking(page: Page, found: Found) -> None:
    for hit in page.of("smoking_stopped"):
        text = _sentence(page, hit)
        if hit.entry.get("bare") and not _SMOKES.search(text):
            continue
        if _ELSE.match(page.text, page.words.end[hit.j - 1]):
            continue
        if _AGAIN.search(text) or _NOT_YET.search(text) or not _is_told(page, hit):
            continue
        if hit.i and page.words.norm[hit.i - 1] in _RELATIVES:
            continue
        told = _near(page, hit)
        if told is not None:
            time, (day, precision) = told
            found.say("nicotine_quit_on", day, "present", time.start, time.end, None, precision)
            found.used(*page.span(hit.i, hit.j))
            found.used(time.start, time.end)
            return


def _steroid(page: Page, found: Found) -> None:
    """The last day on which a steroid was injected, at the spine or elsewhere."""
    days: list[tuple[str, Said]] = []
    for entry in found.of("prior_treatments"):
        kind = str(entry.get("type"))
        for said in entry.told.get("date", ()) if kind in INJECTED else ():
            i, _ = page.words.slice(said.start, said.end)
            first, last = page.words.bounds[page.words.sentence[min(i, len(page.words.norm) - 1)]]
            steroid = kind == "esi" or _STEROID.search(page.text, page.words.start[first], page.words.end[last - 1])
            if steroid and said.assertion == "present":
                days.append((str(said.value), said))
    for hit in page.of("steroid_given"):
        told = _near(page, hit) if _is_told(page, hit) and page.assertion(hit) != "negated" else None
        if told is not None:
            time, (day, precision) = told
            days.append((day, Said(day, "present", time.start, time.end, None, precision)))
            found.used(*page.span(hit.i, hit.j))
    if days:
        day, said = max(days, key=lambda pair: pair[0])
        found.say("last_steroid_injection_on", day, "present", said.start, said.end, None, said.precision)


def _emg(found: Found) -> None:
    days = [
        said
        for entry in found.of("imaging")
        if entry.get("modality") == "emg_ncs"
        for said in entry.told.get("date", ())
        if said.assertion == "present"
    ]
    if days:
        said = max(days, key=lambda one: str(one.value))
        found.say("emg_on", said.value, "present", said.start, said.end, None, said.precision)


def _nerves(page: Page, found: Found) -> None:
    """A day named for a nerve examination; else that of a note which records power, sensation and reflexes."""
    for hit in page.of("nerves_tested"):
        told = _near(page, hit) if _is_told(page, hit) and page.assertion(hit) != "negated" else None
        if told is not None:
            time, (day, precision) = told
            found.say("neuro_exam_on", day, "present", time.start, time.end, None, precision)
            return
    if not page.dated or page.written_on is None:
        return
    recorded = {name.split(".")[0]: said for name, said in found.flat if said.on is None and said.assertion != "family"}
    recorded.update({entry.list_name: said for entry in found.entries for _, said in entry.fields[:1]})
    parts = [recorded.get(name) for name in ("motor_deficit", "sensory_deficit", "reflexes")]
    if all(said is not None and said.assertion in ("present", "negated") for said in parts) and parts[2] is not None:
        found.say("neuro_exam_on", page.written_on, "present", parts[2].start, parts[2].end, None, "day")


def _wound(page: Page, found: Found) -> None:
    """The earliest day named for what is wrong with the wound now."""
    days: list[tuple[str, Time, Precision]] = []
    for name, said in found.flat:
        if name != "wound_status" or said.assertion not in ("present", "uncertain") or said.value == ["healed"]:
            continue
        told = began(page, said.start, said.end)
        time = told[2] if told is not None else _ago(page, said.end)
        day = day_of(page, time) if time is not None else None
        if time is not None and day is not None:
            days.append((day[0], time, day[1]))
    if days:
        day_told, time, precision = min(days, key=lambda one: one[0])
        found.say("wound_red_flag_since", day_told, "present", time.start, time.end, None, precision)


def _ago(page: Page, end: int) -> Time | None:
    """ "Opened up 2 days ago": the time right after a sign."""
    i, j = page.words.slice(end, end + 40)
    if i >= len(page.words.norm):
        return None
    last = page.words.bounds[page.words.sentence[i]][1]
    return next((time for time in page.times_in(i, min(j, last)) if time.cue == "ago"), None)


def _visits(page: Page, found: Found) -> None:
    seen: set[tuple[str, str]] = set()
    for hit in page.of("visit"):
        if not _is_told(page, hit) or page.assertion(hit) == "negated":
            continue
        told = _near(page, hit, after=5, before=3, dated=True)
        if told is None:
            continue
        time, (day, precision) = told
        kind = str(hit.entry["visit"])
        if page.words.norm[hit.i] == "reviewed" and page.by_sentence("study").get(page.words.sentence[hit.i]):
            continue  # the pictures were reviewed
        if (kind, day) in seen or day == page.written_on:
            continue
        seen.add((kind, day))
        entry = found.entry("visits")
        start, end = page.span(hit.i, hit.j)
        entry.say("on", Said(day, "present", time.start, time.end, None, precision))
        entry.say("kind", Said(kind, "present", start, end))
        tested = _TESTED.search(page.text, *_bounds(page, hit))
        if tested is not None:
            entry.say("neuro_examined", Said(True, "present", tested.start(), tested.end()))


def _is_told(page: Page, hit: Hit) -> bool:
    """Whether it happened, and to the patient."""
    return page.section[hit.i] not in _SKIP and not page.context.has(hit.i, hit.j, FAMILY | HYPOTHETICAL | PLANNED)


def _near(
    page: Page, hit: Hit, after: int = _AFTER, before: int = _BEFORE, dated: bool = False
) -> tuple[Time, tuple[str, Precision]] | None:
    """The nearest day beside a phrase, first after it and then before it; `dated`: only a day that is written out."""
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    norm = page.words.norm
    behind = [time for time in page.times_in(hit.j, last) if time.i - hit.j <= after]
    ahead = [time for time in page.times_in(first, hit.i) if hit.i - time.j <= before]
    for time in [*behind, *reversed(ahead)]:
        between = norm[hit.j : time.i] if time.i >= hit.j else norm[time.j : hit.i]
        if any(word in _OTHER or word in (";", ".") for word in between) or (dated and time.iso is None):
            continue
        if time.cue == "for" and time.i < hit.j:
            continue
        told = day_of(page, time)
        if told is not None:
            return time, told
    return None


def _bounds(page: Page, hit: Hit) -> tuple[int, int]:
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    return page.words.start[first], page.words.end[last - 1]


def _sentence(page: Page, hit: Hit) -> str:
    start, end = _bounds(page, hit)
    return page.text[start:end]
