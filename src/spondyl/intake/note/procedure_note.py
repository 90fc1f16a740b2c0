"""A note of the procedure itself: the block done on the day of the note, or a stimulator trial that has ended.

Such a note tells of one needle all over its text: the day in its heading, the levels on a line of their own, the scores
before and after, the diary of the evening. It adds to the entries that `treatments` opened.
"""

from __future__ import annotations

import re
from typing import Final

from .context import FAMILY, HYPOTHETICAL, PLANNED
from .effects import Told
from .found import EntryFound, Found, Said
from .injections import BEFORE_AFTER, INJECTED, say_how_done
from .lazy import Lazy
from .page import Page
from .phrases import Hit
from .sides import side_of

_TITLE: Final = Lazy(
    r"\A\W*(?:[^\n]{0,60}\n){0,3}?[^\n]{0,60}\b(?:procedure|injection|intervention\w*|block|operative)\s+(?:note|report|record|details?)\b|\A\W*(?:[^\n]{0,60}\n){0,4}?\W*procedures?(?:\s+performed)?\s*:",
    re.IGNORECASE,
)
_TRIAL: Final = Lazy(r"\b(?:stimulat\w+|scs|neuromodulation)\b", re.IGNORECASE)
_TRIAL_WORD: Final = Lazy(r"\btrial\b", re.IGNORECASE)
_LEVEL_LINE: Final = Lazy(r"\b(?:levels?|sites?|target(?:s|ed)?)\s*:", re.IGNORECASE)
_PERCENT: Final = Lazy(
    r"(?P<n>\d{1,3})\s*(?:%|percent)\s*(?:overall\s+|pain\s+|average\s+)*(?:relief|reduction|improvement|better|benefit|decrease)",
    re.IGNORECASE,
)
_EARLIER: Final = Lazy(r"\b(?:first|1st|previous|prior|last|initial|earlier|before)\b", re.IGNORECASE)
_MORE: Final = Lazy(
    r"\b(?:walk\w*|stood|stand\w*|sat|sitting|sleep\w*|slept|activit\w+|distance|housework|garden\w*|function\w*|moving|shopping)\b[^.;]{0,60}?\b(?:twice|double\w*|further|farther|longer|more|better|improv\w+|\d+\s*-?\s*\d*\s+hours)\b"
    r"|\b(?:double[sd]?|twice|further|farther|longer|more|better|improved|increased|improvement\s+in)\b[^.;]{0,40}?\b(?:walk\w*|distance|stand\w*|sitting|sleep|activit\w+|function\w*|housework|active)\b"
    r"|\bmore\s+active\b|\b(?:able|could)\s+(?:to\s+)?(?:walk|stand|sit|sleep|cook|shop|garden|mow|clean)\b",
    re.IGNORECASE,
)
_NO_MORE: Final = Lazy(
    r"\b(?:no|without|not\s+any)\s+(?:\w+\s+)?functional\s+\w+|\b(?:no|without|not)\s+(?:\w+\s+){0,2}(?:gain|improvement|change|better|increase)\s*(?:in\s+)?(?:\w+\s+)?(?:function\w*|activit\w+|walking|sleep)|\bfunction\w*\s+(?:was\s+|is\s+)?(?:unchanged|no\s+better|not\s+improved)",
    re.IGNORECASE,
)
_GOAL: Final = Lazy(r"\b(?:goals?|hopes?|wants?|would\s+like|if|baseline|pre-?trial|expects?|plan\w*)\b", re.IGNORECASE)
_NEAR_SENTENCES: Final = 2
_TITLE_FAR: Final = 800


def read_procedure_note(page: Page, found: Found, read: list[Told]) -> None:
    """Complete the entry of the procedure that the note is about, and of a stimulator trial."""
    if page.dated and _TITLE.match(page.text, 0, 500):
        _needle(page, found, read)
    if "trial" in page.marks.low and _TRIAL.search(page.text):
        _trial(page, found, read)


def _needle(page: Page, found: Found, read: list[Told]) -> None:
    title = _TITLE.match(page.text, 0, 500)
    stop = page.text.find("\n", title.end()) if title is not None else -1
    stop = len(page.text) if stop < 0 else max(stop, 120)
    named = next(
        (one for one in read if str(one.entry.get("type")) in INJECTED and page.words.start[one.hit.i] < stop), None
    )
    if named is None or named.entry.get("type") is None or named.entry.told["type"][0].assertion != "present":
        return
    entry = named.entry
    if entry.get("date") is None and page.written_on is not None:
        head = next((time for time in page.times if time.iso == page.written_on), None)
        if head is not None:
            entry.say("date", Said(page.written_on, "present", head.start, head.end, None, "day"))
    elif entry.get("date") != page.written_on:
        return
    say_how_done(page.text, entry, 0, len(page.text))
    _levels(page, found, entry)
    if entry.get("relief_pct") is None:
        _relief(page, found, entry, read)


def say_day_of_title(page: Page, entry: EntryFound, hit: Hit) -> None:
    """The needle that the title of a procedure note names was given on the day of the note."""
    if not page.dated or page.written_on is None or entry.get("date") is not None:
        return
    title = _TITLE.match(page.text, 0, 500)
    if title is None or not _names_procedure(page, hit, title.end()):
        return
    head = next((time for time in page.times if time.iso == page.written_on), None)
    if head is not None:
        entry.say("date", Said(page.written_on, "present", head.start, head.end, None, "day"))


def _names_procedure(page: Page, hit: Hit, after: int) -> bool:
    """Whether a name stands on the line "Procedure:" or on that of the title."""
    start = page.words.start[hit.i]
    line = page.text[page.text.rfind("\n", 0, start) + 1 : start].lower()
    return start < _TITLE_FAR and (
        line.lstrip(" \t*#-").startswith(("procedure", "operation", "intervention")) or start <= after
    )


def _levels(page: Page, found: Found, entry: EntryFound) -> None:
    """The levels of a line of their own: "Level: bilateral L2-L3 and L3-L4 facets"."""
    line = _LEVEL_LINE.search(page.text)
    if line is None or entry.get("levels") is not None:
        return
    end = page.text.find("\n", line.end())
    i, j = page.words.slice(line.end(), len(page.text) if end < 0 else end)
    bracket = next((t for t in range(i, j) if page.words.norm[t] in ("(", ".")), j)
    for level in page.levels_in(i, bracket):
        if level.segments:
            entry.say("levels", Said(list(level.segments), "present", level.start, level.end))
            found.used(level.start, level.end)
    side = side_of(page, i, min(i + 1, j), 3) if i < j else None
    if side and entry.get("side") is None:
        entry.say("side", Said(side, "present", page.words.start[i], page.words.end[min(i, j - 1)]))


def _relief(page: Page, found: Found, entry: EntryFound, read: list[Told]) -> None:
    """The relief told later in the note, where no other treatment is named; else that of the scores."""
    others = {page.words.sentence[one.hit.i] for one in read if one.entry is not entry}
    best: re.Match[str] | None = None
    for match in _PERCENT.finditer(page.text):
        i = min(page.words.at(match.start()), len(page.words.norm) - 1)
        first, _ = page.words.bounds[page.words.sentence[i]]
        if page.words.sentence[i] in others or int(match["n"]) > 100:
            continue
        if _EARLIER.search(page.text, page.words.start[first], match.start()) or page.section[i] in ("plan", "risks"):
            continue
        if not page.context.has(i, i + 1, FAMILY | HYPOTHETICAL | PLANNED):
            best = match
    if best is not None:
        entry.say("relief_pct", Said(int(best["n"]), "present", best.start(), best.end()))
        found.used(best.start(), best.end())
        return
    scores = BEFORE_AFTER.search(page.text)
    if scores is not None:
        told = scores.groupdict()
        before, after = int(told["a"] or told["a2"]), int(told["b"] or told["b2"])
        if 0 <= after <= before <= 10 and before:
            percent = round(100 * (before - after) / before)
            entry.say("relief_pct", Said(percent, "present", scores.start(), scores.end()))


def _trial(page: Page, found: Found, read: list[Told]) -> None:
    """What a stimulator trial gave: relief told in the note of its end, and what could be done more."""
    trials = [
        one for one in read if one.entry.get("type") == "scs_trial" and one.entry.told["type"][0].assertion == "present"
    ]
    about = _TRIAL.search(page.text, 0, 300) is not None and _TRIAL_WORD.search(page.text, 0, 300) is not None
    if not trials:
        return
    entry = trials[0].entry
    others = {page.words.sentence[one.hit.i] for one in read if one.entry.get("type") != "scs_trial"}
    near = {page.words.sentence[one.hit.i] + more for one in trials for more in range(_NEAR_SENTENCES + 1)}
    if about and entry.get("relief_pct") is None:
        for match in _PERCENT.finditer(page.text):
            i = min(page.words.at(match.start()), len(page.words.norm) - 1)
            if page.words.sentence[i] not in others and not page.context.has(i, i + 1, FAMILY | HYPOTHETICAL | PLANNED):
                entry.say("relief_pct", Said(int(match["n"]), "present", match.start(), match.end()))
                found.used(match.start(), match.end())
                break
    if any(name == "scs_trial_function_better" for name, _ in found.flat):
        return
    for pattern, how in ((_NO_MORE, "negated"), (_MORE, "present")):
        for match in pattern.finditer(page.text):
            i = min(page.words.at(match.start()), len(page.words.norm) - 1)
            sentence = page.words.sentence[i]
            first, last = page.words.bounds[sentence]
            if (
                not (about or sentence in near)
                or sentence in others - near
                or page.section[i] in ("plan", "risks", "return")
            ):
                continue
            if _GOAL.search(page.text, page.words.start[first], page.words.end[last - 1]) or page.context.has(
                i, i + 1, FAMILY | HYPOTHETICAL
            ):
                continue
            found.say("scs_trial_function_better", True, how, match.start(), match.end())  # type: ignore[arg-type]
            found.used(match.start(), match.end())
            if how == "present":
                entry.say("function_better", Said(True, "present", match.start(), match.end()))
            return
