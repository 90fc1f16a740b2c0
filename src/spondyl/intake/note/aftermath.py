"""Why an operation was done, where "the same level" is, and until when it restricts; only for what was done."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import Final

from .complications import add_complications
from .drains import add_drains
from .operation import DONE, MOST, Detail, Named, Operation
from .page import Page
from .phrases import Hit
from .relieved import add_relief

_FOR: Final = frozenset(("for", "treat", "2ndary", "because", "indication", "indicated"))
_TO: Final = frozenset("due secondary".split())
_STILL: Final = frozenset(
    "new now since worsening recurrent persistent persisting ongoing adjacent residual current with chronic".split()
)
_WHY_BEFORE: Final = 6
_WINDOW: Final = 8
_BESIDE: Final = 7


def told_after(page: Page, kept: list[Operation]) -> None:
    """Add reason, complications and relief to the operations of a note."""
    done = [operation for operation in kept if operation.assertion in DONE and operation.names][:MOST]
    if not done:
        return
    named = sorted(((begin, end, one) for one in done for begin, end in one.places), key=lambda told: told[0])
    _reasons(page, named)
    add_complications(page, done, named)
    add_drains(page, done)
    add_relief(page, done, named)
    _same_level(page, done)
    _restricted_until(page, done)


def _reasons(page: Page, named: list[Named]) -> None:
    norm = page.words.norm
    begins = [begin for begin, _, _ in named]
    for hit in page.of("operation_reason"):
        if page.section[hit.i] in ("family", "risks", "return") or page.assertion(hit) not in ("present", "historical"):
            continue
        number = page.words.sentence[hit.i]
        first, _ = page.words.bounds[number]
        at = bisect_left(begins, hit.i)
        window = named[max(0, at - _WINDOW) : at + _WINDOW]
        here = [told for told in window if page.words.sentence[told[0]] == number]
        before = [told for told in here if told[1] <= hit.i]
        owner = None
        if before and _is_why(page, before[-1], hit):
            owner = before[-1][2]
        elif not before and here:
            low = _starts(here[0])
            gap = norm[hit.j : low]
            said = norm[max(first, hit.i - 4) : hit.i]
            if gap and len(gap) <= 4 and _leads(gap) and _STILL.isdisjoint(said):
                owner = here[0][2]
        elif not here and norm[first : first + 1] in (["indication"], ["reason"]) and page.words.norm[first + 1] == ":":
            near = [told for told in window if 0 < number - page.words.sentence[told[0]] <= 2]
            owner = near[-1][2] if near else None
        if owner is not None and all(detail.name != "indication" for detail in owner.details):
            owner.details.append(Detail("indication", hit.entry["reason"], *page.span(hit.i, hit.j)))


def _starts(told: Named) -> int:
    """The first word of a mention, with the level and the day before its name where it is the first of all."""
    begin, _, one = told
    return one.first if begin == one.begins else begin


def _leads(gap: list[str]) -> bool:
    """Whether the words lead from a disease to its operation: ", s/p", "treated with", "status post"."""
    said = " ".join(word for word in gap if word not in (",", "(", "the", "a", "and"))
    return said in (
        "s / p",
        "s/p",
        "sp",
        "status post",
        "treated with",
        "treated by",
        "managed with",
        "post",
        "underwent",
    )


def _is_why(page: Page, told: Named, hit: Hit) -> bool:
    norm = page.words.norm
    begin, ends, operation = told
    last = operation.last if begin == operation.begins else ends
    for t in range(hit.i - 1, max(ends - 1, hit.i - _WHY_BEFORE - 1), -1):
        if norm[t] in _FOR or (norm[t] == "to" and norm[t - 1] in _TO) or norm[t - 2 : t + 1] == ["2", "/", "2"]:
            return not any(
                ends <= study.i < t for study in page.by_sentence("study").get(page.words.sentence[hit.i], ())
            )
        if norm[t] == "(":
            return t - last <= 3 and norm[hit.j : hit.j + 1] in ([")"], [","], [";"])
        if norm[t] in _STILL or norm[t] in ",;.:":
            return False
    return False


def _same_level(page: Page, done: list[Operation]) -> None:
    """ "A repeat discectomy at the same level" was done where the one named before it was."""
    if "same level" not in page.marks.low:
        return
    norm = page.words.norm
    for before, one in pairwise(sorted(done, key=lambda told: told.begins)):
        near = norm[max(0, one.begins - _BESIDE) : one.ends + _BESIDE]
        if not one.segments and before.segments and any(pair == ("same", "level") for pair in pairwise(near)):
            if one.region is None or one.region[0] == before.place:
                one.levels = [level for level in before.levels if level.segments]


def _restricted_until(page: Page, done: list[Operation]) -> None:
    """ "No lifting over 5 kg until 02/2027": the day on which what the surgeon forbids ends."""
    if page.written_on is None or "until" not in page.words.places:
        return
    forbidden = {
        page.words.sentence[hit.i] for hit in page.of("finding") if "surgeon_restrictions" in hit.entry["facts"]
    }
    latest = max(done, key=lambda one: str(one.time.iso) if one.time is not None and one.time.iso else "")
    for time in page.times if forbidden else ():
        if time.iso is None or time.i == 0 or page.words.norm[time.i - 1] != "until":
            continue
        if page.words.sentence[time.i] in forbidden and time.iso > page.written_on[: len(time.iso)]:
            latest.details.append(Detail("restrictions_until", time.iso, time.start, time.end))
            return
