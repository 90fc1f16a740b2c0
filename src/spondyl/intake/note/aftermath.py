"""Why an operation was done, what went wrong after it, and how it helped: for operations that were done alone."""

from __future__ import annotations

from typing import Final

from spondyl.record.facts import JsonValue

from .operation import DONE, MOST, Detail, Operation
from .page import Page
from .phrases import Hit

_NOT_TOLD: Final = frozenset(("family", "risks", "return", "allergies", "plan"))
_FOR: Final = frozenset(("for", "treat", "2ndary", "because"))
_TO: Final = frozenset("due secondary".split())
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
_STILL: Final = frozenset(
    "new now since worsening recurrent persistent persisting ongoing adjacent residual current with chronic".split()
)
_OF_ITS_OWN: Final = frozenset(
    "injection esi tfesi epidural block pt therapy physio physiotherapy acupuncture chiropractic gabapentin pregabalin"
    " tramadol opioid rfa ablation stimulator trial medication brace exercise rehab massage tens duloxetine".split()
)
_WHY_BEFORE: Final = 6
_WHY_BRACKET: Final = 8
_RELIEF_FAR: Final = 14


def told_after(page: Page, kept: list[Operation]) -> None:
    """Add reason, complications and relief to the operations of a note."""
    done = [operation for operation in kept if operation.assertion in DONE and operation.names][:MOST]
    if not done:
        return
    _reasons(page, done)
    _complications(page, done)
    _reliefs(page, done)


def _add(page: Page, operation: Operation, name: str, value: JsonValue, hit: Hit) -> None:
    if name != "complications" and any(detail.name == name for detail in operation.details):
        return
    operation.details.append(Detail(name, value, *page.span(hit.i, hit.j)))


def _sentence(page: Page, operation: Operation) -> int:
    return page.words.sentence[operation.begins]


def _reasons(page: Page, done: list[Operation]) -> None:
    norm = page.words.norm
    for hit in page.of("operation_reason"):
        if page.section[hit.i] in ("family", "risks", "return") or page.assertion(hit) not in ("present", "historical"):
            continue
        number = page.words.sentence[hit.i]
        first, _ = page.words.bounds[number]
        here = [one for one in done if _sentence(page, one) == number]
        before = [one for one in here if one.ends <= hit.i]
        owner = None
        if before and _is_why(page, before[-1], hit):
            owner = before[-1]
        elif not before and here:
            gap = norm[hit.j : here[0].first]
            told = norm[max(first, hit.i - 4) : hit.i]
            if gap and len(gap) <= 4 and _leads(gap) and _STILL.isdisjoint(told):
                owner = here[0]
        elif not here and norm[first : first + 1] in (["indication"], ["reason"]) and page.words.norm[first + 1] == ":":
            near = [one for one in done if 0 < number - _sentence(page, one) <= 2]
            owner = near[-1] if near else None
        if owner is not None:
            _add(page, owner, "indication", hit.entry["reason"], hit)


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


def _is_why(page: Page, operation: Operation, hit: Hit) -> bool:
    norm = page.words.norm
    for t in range(hit.i - 1, max(operation.ends - 1, hit.i - _WHY_BEFORE - 1), -1):
        if norm[t] in _FOR or (norm[t] == "to" and norm[t - 1] in _TO) or norm[t - 2 : t + 1] == ["2", "/", "2"]:
            return not any(
                operation.ends <= study.i < t for study in page.by_sentence("study").get(page.words.sentence[hit.i], ())
            )
        if norm[t] == "(":
            return t - operation.last <= 3 and norm[hit.j : hit.j + 1] in ([")"], [","], [";"])
        if norm[t] in _STILL or norm[t] in ",;.:":
            return False
    return False


def _complications(page: Page, done: list[Operation]) -> None:
    norm = page.words.norm
    for hit in page.of("operation_complication"):
        number = page.words.sentence[hit.i]
        first, last = page.words.bounds[number]
        labeled = norm[first : first + 2] == ["complication", ":"] and _RISKS.isdisjoint(norm[first:last])
        if page.section[hit.i] in _NOT_TOLD or page.assertion(hit) not in (
            *DONE,
            "hypothetical" if labeled else "present",
        ):
            continue
        before = norm[first : hit.i]
        at = page.words.start[first]
        earlier = [one for one in done if one.first <= hit.i and page.words.sentence[one.first] >= number - 12]
        if not earlier:
            continue
        by = any(word in _BY for word in before) or "c/b" in page.text[at : page.words.start[hit.i]].lower()
        mends = [one for one in earlier if one.names & _REPAIRS and _sentence(page, one) == number]
        main = [one for one in earlier if not one.names <= _REPAIRS]
        if by and main:
            _add(page, main[-1], "complications", [hit.entry["complication"]], hit)
        elif main and (mends or not _BACK.isdisjoint(before)):
            if "for" in norm[max(first, hit.i - 12) : hit.i] or "of" in norm[max(first, hit.i - 4) : hit.i]:
                _add(page, main[-1], "complications", [hit.entry["complication"]], hit)
                if mends and hit.entry["complication"] == "wound_infection":
                    _add(page, mends[-1], "indication", "infection", hit)
        elif len(main) == 1 and _is_postoperative(page, hit, number, first, last):
            _add(page, main[-1], "complications", [hit.entry["complication"]], hit)


def _is_postoperative(page: Page, hit: Hit, number: int, first: int, last: int) -> bool:
    """Whether the sentence, or the one before it, says that it came up in the days after the operation."""
    del hit
    for at, (low, high) in ((number, (first, last)), (number - 1, page.words.bounds[max(0, number - 1)])):
        if at < 0 or (at != number and page.words.line_start[first]):
            continue
        if not _AFTER_IT.isdisjoint(page.words.norm[low:high]):
            return True
        if any(time.cue == "pod" for time in page.times_in(low, high)):
            return True
    return False


def _reliefs(page: Page, done: list[Operation]) -> None:
    norm = page.words.norm
    for hit in page.of("operation_relief"):
        if page.section[hit.i] in _NOT_TOLD or page.assertion(hit, past=False) in (
            "hypothetical",
            "family",
            "uncertain",
        ):
            continue
        number = page.words.sentence[hit.i]
        first, last = page.words.bounds[number]
        here = [one for one in done if _sentence(page, one) == number and one.ends <= hit.i]
        if here:
            between = norm[here[-1].ends : hit.i]
            if len(between) > _RELIEF_FAR or any(word in _OF_ITS_OWN or word == ";" for word in between):
                continue
            if norm[hit.j : hit.j + 1] in (["with"], ["from"], ["after"]) and not _OF_ITS_OWN.isdisjoint(
                norm[hit.j : hit.j + 5]
            ):
                continue
            _add(page, here[-1], "relief", hit.entry["relief"], hit)
            continue
        near = [one for one in done if 0 < number - _sentence(page, one) <= 2]
        if not near or not _OF_ITS_OWN.isdisjoint(norm[first:last]):
            continue
        after = norm[hit.j : min(last, hit.j + 6)]
        told = {"surgery", "operation", "procedure"} & {*norm[first : hit.i], *after}
        if told or (norm[first] in ("it", "this", "that") and hit.i - first <= 4):
            _add(page, near[-1], "relief", hit.entry["relief"], hit)
