"""The report of one study: its title, its day, and what each of its lines is for. It reads no finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .page import Page
from .phrases import Hit

_PARTS: Final = {
    "finding": "body",
    "findings": "body",
    "impression": "body",
    "interpretation": "body",
    "conclusion": "body",
    "opinion": "body",
    "result": "body",
    "report": "body",
    "technique": "technique",
    "protocol": "technique",
    "sequence": "technique",
    "comparison": "comparison",
    "history": "history",
    "indication": "history",
    "information": "history",
    "question": "history",
    "reason": "history",
    "detail": "history",
}
_SURE: Final = (
    *("finding", "findings", "impression", "interpretation", "technique", "comparison"),
    *("report", "conclusion", "opinion"),
)
_BEFORE_PART: Final = frozenset("clinical brief relevant pertinent electrodiagnostic final".split())
_BEFORE_TITLE: Final = frozenset(
    "exam examination study procedure test radiology report imaging department of diagnostic the type name : - . # ("
    " final limited repeat emergency outpatient inpatient requested performed accession".split()
)
_NO_REPORT: Final = frozenset("subjective hpi medication meds allergy vital rtc".split())
_NOT_ITS_DAY: Final = frozenset(
    "birth dob dictated signed transcribed reported surgery operation injury onset born ordered age since".split()
)
_TITLE_LINES: Final = 8
_LONGEST_LABEL: Final = 6
_LONGEST_TITLE: Final = 22


@dataclass(frozen=True, slots=True)
class Report:
    """A report: the study of its title, what each sentence is for, and its day."""

    title: Hit
    sentence: int
    part: list[str]
    day: tuple[str, int, int] | None

    def of(self, sentence: int) -> str:
        """What a sentence is for: title, history, technique, comparison or body."""
        return self.part[sentence]


def find_report(page: Page) -> Report | None:
    """The report a note consists of; None for any other note."""
    norm, bounds = page.words.norm, page.words.bounds
    if not page.words.all(_SURE):
        return None
    title = _title(page)
    if title is None:
        return None
    at = page.words.sentence[title.i]
    part = ["title"] * len(bounds)
    held, sure = "title", 0
    for number in range(at + 1, len(bounds)):
        first, last = bounds[number]
        label, alone = _label(norm, page.words.line_start, first, last)
        if alone and label in _NO_REPORT:
            return None
        named = _PARTS.get(label, "") if alone else ""
        sure += bool(named) and label in _SURE
        held = named or held
        part[number] = held
    if not sure:
        return None
    return Report(title, at, part, _day(page, at, part))


def _title(page: Page) -> Hit | None:
    """The study that stands in a heading line of its own at the top."""
    words = page.words
    lines = [t for t, starts in enumerate(words.line_start) if starts][: _TITLE_LINES + 1]
    end = lines[-1] + 12 if lines else 0
    for hit in page.of("study"):
        if hit.i > end:
            break
        start = max((t for t in lines if t <= hit.i), default=0)
        stop = next((t for t in lines if t > hit.i), end)
        if stop - start > _LONGEST_TITLE or any(start <= one.i < stop for one in page.of("image_finding")):
            continue  # a line of prose
        between = [word for word in words.norm[start : hit.i] if word.isalpha()]
        regions = (
            {t for place in page.within("place", start, hit.i) for t in range(place.i, place.j)}
            if start < hit.i
            else set()
        )
        if (
            all(words.norm[t] in _BEFORE_TITLE or t in regions for t in range(start, hit.i))
            and len(between) <= _LONGEST_LABEL
        ):
            return hit
    return None


def _label(norm: list[str], line_start: list[bool], first: int, last: int) -> tuple[str, bool]:
    """The word that names the part a sentence opens, and whether it is a label: a colon or the end of its line."""
    t = first
    while t < last and (norm[t].isdigit() or norm[t] in ".)-#" or norm[t] in _BEFORE_PART):
        t += 1
    if t >= last:
        return "", False
    following = t + 1
    if norm[t] == "reason":
        following = next((k for k in range(t, min(t + 5, last)) if norm[k] == ":"), following)
    alone = following >= len(norm) or norm[following] in (":", "-") or (following >= last and line_start[t])
    return norm[t], alone or (following < len(norm) and line_start[following] and line_start[first])


def _day(page: Page, at: int, part: list[str]) -> tuple[str, int, int] | None:
    for number in range(len(part)):
        if part[number] != "title":
            continue
        first, last = page.words.bounds[number]
        for time in page.times_in(first, last):
            if time.iso is None or time.precision != "day":
                continue
            if _NOT_ITS_DAY.isdisjoint(page.words.norm[first : time.i]):
                return time.iso, time.start, time.end
    if page.dated and page.written_on is not None:
        first, last = page.words.bounds[at]
        return page.written_on, page.words.start[first], page.words.end[last - 1]
    return None
