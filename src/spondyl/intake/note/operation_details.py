"""What stands beside an operation: implants, graft, a torn dura. Each goes to the operation it is told of alone."""

from __future__ import annotations

from datetime import date
from typing import Final

from .context import NEGATED
from .operation import DONE, MOST, Detail, Operation
from .operative_report import is_placed
from .page import Page
from .phrases import Hit

_BEHIND: Final = 25
_BEFORE: Final = 6
_NO: Final = frozenset("no not without never non".split())
_TROUBLE: Final = frozenset(
    "failure complication loosening breakage abnormality issue lucency fracture malposition problem migration breach"
    " seen removal exchange needed visible".split()
)
_TRUTHS: Final = frozenset("instrumented interbody_cage bmp_used durotomy".split())
_HARDWARE: Final = frozenset(("instrumented", "interbody_cage"))
_BUILT: Final = frozenset(
    "fusion disc_arthroplasty dynamic_stabilization interspinous_device corpectomy deformity_correction"
    " sacroiliac_fusion".split()
)
_OWN: Final = frozenset("durotomy bmp_used graft graft_site".split())  # what only an operation can have
_REPAIRS: Final = frozenset(("debridement", "hematoma_evacuation", "dural_repair", "implant_removal"))
_LATER: Final = 3
_STAY: Final = 21  # days
_NOT_TOLD: Final = frozenset(("family", "risks", "return", "allergies", "plan"))


def add_details(page: Page, number: int, operations: list[Operation]) -> None:
    """Add the details of a sentence to its operations: to the last one named before them, else to the next."""
    if not operations:
        return
    for hit in page.by_sentence("operation_detail").get(number, ()):
        owner = _owner(hit, operations)
        if owner is not None:
            _add(page, owner, hit)


def _owner(hit: Hit, operations: list[Operation]) -> Operation | None:
    before = [operation for operation in operations if operation.begins <= hit.i]
    if before and hit.i - before[-1].ends <= _BEHIND:
        return before[-1]
    after = [operation for operation in operations if 0 <= operation.begins - hit.j <= _BEFORE]
    return after[0] if after else None


def _add(page: Page, owner: Operation, hit: Hit) -> None:
    name = str(hit.entry["field"])
    denied = bool(hit.entry.get("denied")) or _denied(page, hit)
    if denied and name not in _TRUTHS:
        return
    if not denied and name in _TRUTHS and page.context.has(hit.i, hit.j, NEGATED):
        return
    if name in _HARDWARE and owner.names and not owner.names & _BUILT:
        return
    start, end = page.span(hit.i, hit.j)
    told = [(name, hit.entry["value"]), *hit.entry.get("also", {}).items()]
    owner.details += [Detail(one, value, start, end, denied) for one, value in told]


def _denied(page: Page, hit: Hit) -> bool:
    """Whether a denial stands right before it: "no BMP", "without instrumentation"."""
    first, _ = page.words.bounds[page.words.sentence[hit.i]]
    if not _TROUBLE.isdisjoint(page.words.norm[hit.j : hit.j + 3]):
        return False  # "no hardware failure"
    before = page.words.norm[max(first, hit.i - 2) : hit.i]
    if before[-1:] == ["-"]:
        before = page.words.norm[max(first, hit.i - 3) : hit.i - 1]
    return any(word in _NO and "," not in before[t:] for t, word in enumerate(before))


def told_later(page: Page, kept: list[Operation], report: Operation | None) -> None:
    """Add what sentences without an operation tell of one: a torn dura soon after it, implants seen on a picture."""
    done = [operation for operation in kept if operation.assertion in DONE][:MOST]
    if not done:
        return
    own = {page.words.sentence[operation.begins] for operation in kept}
    fusions = [operation for operation in done if operation.names & _BUILT]
    main = [operation for operation in done if not operation.names <= _REPAIRS and operation.names]
    for number, hits in sorted(page.by_sentence("operation_detail").items()):
        if number in own:
            continue
        for hit in hits:
            name = str(hit.entry["field"])
            if (
                report is not None
                and hit.i > report.begins
                and page.section[hit.i] in ("operation", "neutral", "imaging")
            ):
                if name in _OWN or (
                    name in _HARDWARE and (hit.entry.get("denied") or is_placed(page, *page.words.bounds[number]))
                ):
                    _add(page, report, hit)
                continue
            if page.section[hit.i] in _NOT_TOLD or page.assertion(hit, plan=True) not in ("present", "negated"):
                continue
            if name in _OWN:
                near = [one for one in done if 0 < number - page.words.sentence[one.begins] <= _LATER]
                if not near and name == "durotomy" and len(main) == 1 and page.assertion(hit) == "negated":
                    near = main  # "there was no dural tear", told of the only operation
                if name == "durotomy" and (fresh := _fresh(page, done)) is not None:
                    near = [fresh]  # a stay in hospital tells of the operation of these days, not of one of years ago
                if near:
                    _add(page, near[-1], hit)
            elif name in _HARDWARE and len(fusions) == 1 and _is_pictured(page, hit, number):
                if all(detail.name != name for detail in fusions[0].details):
                    _add(page, fusions[0], hit)


def _fresh(page: Page, done: list[Operation]) -> Operation | None:
    """The operation of the days before a note, if there is one."""
    if page.written_on is None:
        return None
    today = date.fromisoformat(page.written_on)
    for one in done:
        told = one.time
        if told is None or one.names <= _REPAIRS:
            continue
        if told.iso is None and told.cue == "pod" and told.days[1] <= _STAY:
            return one
        if told.iso and len(told.iso) == 10 and 0 <= (today - date.fromisoformat(told.iso)).days <= _STAY:
            return one
    return None


def _is_pictured(page: Page, hit: Hit, number: int) -> bool:
    """Whether the sentence speaks of a picture."""
    return page.section[hit.i] == "imaging" or bool(page.by_sentence("study").get(number))
