"""What a sentence tells of a named study besides its findings: whether it was done, its region, its day.

It reads no finding and adds no entry.
"""

from __future__ import annotations

from typing import Final

from spondyl.record.facts import Assertion

from .lazy import Lazy
from .page import Page
from .phrases import Hit
from .times import Time

_REGIONS: Final = {"sacroiliac": "pelvis"}
_JOINED: Final = Lazy(r"\s*(?:spine\s*)?(?:and|&|/|\+|,)\s*(?:the\s+)?")
_BETWEEN_REGIONS: Final = 16
_CONTRASTS: Final = frozenset("contrast gadolinium gad and or without iv".split())
_NOT_ITS_DAY: Final = frozenset("; requested ordered op surgery operation fusion to compared before".split())
_TOLD: Final = frozenset(
    "show showed shown demonstrate demonstrated reveal revealed read reviewed dated performed done normal no"
    " with".split()
)


def how_told(page: Page, hit: Hit) -> Assertion:
    """Whether the study was done, is planned, or is denied."""
    how = page.assertion(hit, plan=True, past=False)
    last = page.words.bounds[page.words.sentence[hit.i]][1]
    after = page.words.norm[hit.j : min(last, hit.j + 14)]
    shown = any(
        word in _TOLD
        and not (word == "with" and after[at + 1 : at + 2] and after[at + 1] in _CONTRASTS)
        and not (at and after[at - 1] in ("be", "yet"))
        for at, word in enumerate(after)
    )
    first = page.words.bounds[page.words.sentence[hit.i]][0]
    if how == "negated" and not any(
        word in ("no", "not", "without", "never", "deny") for word in page.words.norm[max(first, hit.i - 3) : hit.i]
    ):
        return "present"
    if how == "planned" and shown and page.section[hit.i] != "plan":
        return "present"
    if how in ("planned", "uncertain") and _already_done(page, hit):
        return "present"
    if page.section[hit.i] == "plan" and how == "present" and not shown:
        return "planned"
    return how


def _already_done(page: Page, hit: Hit) -> bool:
    """Whether a study has a day of its own right after it that is over: "MRI 11/16 ordered for ..."."""
    for time in page.times_in(hit.j, hit.j + 4):
        if time.iso is not None and time.precision == "day" and page.written_on is not None:
            return time.iso <= page.written_on
    return False


def region_told(page: Page, hit: Hit, sentence: int) -> tuple[str, int, int] | None:
    """The region named next to a study or finding, else that of a level near it; with its place in the text."""
    best: tuple[int, tuple[str, int, int]] | None = None
    for place in page.by_sentence("place").get(sentence, ()):
        region = place.entry.get("region")
        if not region:
            continue
        far = hit.i - place.j if place.j <= hit.i else place.i - hit.j
        if (
            far < 0
            or far > 4
            or any(word in ",;." for word in page.words.norm[min(place.j, hit.j) : max(place.i, hit.i)])
        ):
            continue
        if best is None or far < best[0]:
            best = (far, (_REGIONS.get(str(region), str(region)), *page.span(place.i, place.j)))
    if best is not None:
        return best[1]
    first, last = page.words.bounds[sentence]
    for level in page.levels_in(first, last):
        if first <= level.i < last and abs(level.i - hit.i) <= 8:
            return (level.region, level.start, level.end)
    return None


def second_region(
    page: Page, hit: Hit, sentence: int, first: tuple[str, int, int] | None
) -> tuple[str, int, int] | None:
    """The other region of one report: "CT of the cervical and lumbar spine"."""
    if first is None:
        return None
    for place in page.by_sentence("place").get(sentence, ()):
        region = place.entry.get("region")
        start, end = page.span(place.i, place.j)
        low, high = sorted(((start, end), (first[1], first[2])))
        if (
            region in ("cervical", "thoracic", "lumbar")
            and first[0] in ("cervical", "thoracic", "lumbar")
            and region != first[0]
            and high[0] - low[1] <= _BETWEEN_REGIONS
            and _JOINED.fullmatch(page.text, low[1], high[0]) is not None
        ):
            return str(region), start, end
    return None


def day_told(page: Page, hit: Hit, sentence: int) -> Time | None:
    """The day named next to a study and nearer to it than to another; None for none."""
    first, last = page.words.bounds[sentence]
    best: tuple[int, Time] | None = None
    studies = page.by_sentence("study").get(sentence, ())
    for time in page.times_in(first, last):
        if not first <= time.i < last or time.iso is None:
            continue
        far = time.i - hit.j if time.i >= hit.j else hit.i - time.j + 2
        between = page.words.norm[hit.j : time.i] if time.i >= hit.j else page.words.norm[time.j : hit.i]
        if not 0 <= far <= 8 or not _NOT_ITS_DAY.isdisjoint(between):
            continue
        if any(study is not hit and min(hit.i, time.i) < study.i < max(hit.i, time.i) for study in studies):
            continue
        if best is None or far < best[0]:
            best = (far, time)
    return best[1] if best else None


__all__ = ["day_told", "how_told", "region_told", "second_region"]
