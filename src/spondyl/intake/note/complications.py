"""What went wrong after an operation, given to the operation it belongs to. A risk, a fear or a denial is none."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from typing import Final

from .operation import DONE, Detail, Named, Operation
from .page import Page
from .phrases import Hit

_NOT_TOLD: Final = frozenset(("family", "risks", "return", "allergies", "plan"))
_BY: Final = frozenset("complicated complication c/b complicating notable".split())
_RISKS: Final = frozenset("bleeding death paralysis anesthesia anesthetic risk possible include may".split())
_BACK: Final = frozenset(
    "taken returned return readmitted reoperation reoperated reexploration reexplored washout debridement evacuation"
    " evacuated debrided drained i&d irrigation".split()
)
_REPAIRS: Final = frozenset(("debridement", "hematoma_evacuation", "dural_repair", "implant_removal"))
_AFTER_IT: Final = frozenset(
    "postoperatively postoperative postop pod afterwards afterward subsequently intraoperatively".split()
)
_NO: Final = frozenset("no not without never denies deny denied neither nor none negative".split())
_REACH: Final = 12
_SOON: Final = 120
_AT_ONCE: Final = 5


def add_complications(page: Page, done: list[Operation], named: list[Named]) -> None:
    """Add the complications of a note to its operations that were done."""
    begins = [begin for begin, _, _ in named]
    main = [one for one in done if not one.names <= _REPAIRS]
    for hit in page.of("operation_complication"):
        at = bisect_left(begins, hit.i + 1)
        number = page.words.sentence[hit.i]
        earlier: list[Operation] = []
        for begin, _, one in reversed(named[max(0, at - 2 * _REACH) : at]):
            if page.words.sentence[begin] >= number - _REACH and all(one is not other for other in earlier):
                earlier.insert(0, one)
        if page.section[hit.i] not in _NOT_TOLD:
            _complication(page, hit, earlier, main)


def _complication(page: Page, hit: Hit, earlier: list[Operation], every: list[Operation]) -> None:
    norm = page.words.norm
    number = page.words.sentence[hit.i]
    first, last = page.words.bounds[number]
    kind = str(hit.entry["complication"])
    labeled = norm[first : first + 2] == ["complication", ":"] and _RISKS.isdisjoint(norm[first:last])
    how = page.assertion(hit)
    if how == "negated" and _in_brackets_only(norm, first, hit.i):
        how = "present"
    if how not in (*DONE, "hypothetical" if labeled else "present"):
        if how == "uncertain" and hit.entry.get("doubt") and len(every) == 1 and _is_recent(page, every[0]):
            _add(page, every[0], kind, hit, doubted=True)
        return
    before = norm[first : hit.i]
    main = [one for one in earlier if not one.names <= _REPAIRS]
    mends = [one for one in earlier if one.names & _REPAIRS and page.words.sentence[one.begins] == number]
    text = page.text[page.words.start[first] : page.words.start[hit.i]].lower()
    if main and (any(word in _BY for word in before) or "c/b" in text):
        _add(page, main[-1], kind, hit)
    elif main and (mends or not _BACK.isdisjoint(before)):
        if "for" in norm[max(first, hit.i - 12) : hit.i] or "of" in norm[max(first, hit.i - 4) : hit.i]:
            _add(page, main[-1], kind, hit)
            if mends and kind == "wound_infection" and all(one.name != "indication" for one in mends[-1].details):
                mends[-1].details.append(Detail("indication", "infection", *page.span(hit.i, hit.j)))
    elif len(main) == 1 and _is_postoperative(page, number, first, last):
        _add(page, main[-1], kind, hit)
    elif (owner := _soon_after(page, number, every, kind)) is not None:
        _add(page, owner, kind, hit)
    elif hit.entry.get("always") and len(every) == 1:
        if hit.entry["always"] in (True, every[0].place):
            _add(page, every[0], kind, hit)


def _add(page: Page, operation: Operation, kind: str, hit: Hit, *, doubted: bool = False) -> None:
    operation.details.append(Detail("complications", [kind], *page.span(hit.i, hit.j), doubted=doubted))


def _in_brackets_only(norm: list[str], first: int, i: int) -> bool:
    """Whether all denials before a word stand in brackets that are closed: "a tear (no sequelae) and a DVT"."""
    depth = 0
    for t in range(i - 1, first - 1, -1):
        if norm[t] == ")":
            depth += 1
        elif norm[t] == "(":
            if not depth:
                return False
            depth -= 1
        elif norm[t] in _NO and not depth:
            return False
    return True


def _is_postoperative(page: Page, number: int, first: int, last: int) -> bool:
    """Whether the sentence, or the one before it, says that it came up in the days after the operation."""
    for at, (low, high) in ((number, (first, last)), (number - 1, page.words.bounds[max(0, number - 1)])):
        if at < 0 or (at != number and page.words.line_start[first]):
            continue
        if not _AFTER_IT.isdisjoint(page.words.norm[low:high]):
            return True
        if any(time.cue == "pod" for time in page.times_in(low, high)):
            return True
    return False


def _soon_after(page: Page, number: int, done: list[Operation], kind: str) -> Operation | None:
    """The operation that a dated trouble came soon after: "the note of 03/25/2025 records a wound infection"."""
    if kind in ("implant_failure", "wrong_level"):
        return None
    days = [date.fromisoformat(str(time.iso)) for time in page.times_of(number) if time.iso and time.precision == "day"]
    best: tuple[int, Operation] | None = None
    for one in done if len(days) == 1 else ():
        if one.time is None or one.time.iso is None or one.time.precision != "day":
            continue
        far = (days[0] - date.fromisoformat(one.time.iso)).days
        if 0 <= far <= (_AT_ONCE if kind == "urinary_retention" else _SOON) and (best is None or far < best[0]):
            best = (far, one)
    return best[1] if best else None


def _is_recent(page: Page, operation: Operation) -> bool:
    """Whether an operation was done in the months before the note."""
    time = operation.time
    if time is None or page.written_on is None:
        return False
    if time.iso is None:
        return time.days[1] <= _SOON
    return (
        len(time.iso) == 10 and 0 <= (date.fromisoformat(page.written_on) - date.fromisoformat(time.iso)).days <= _SOON
    )
