"""Operations on the spine: what, where, when, and whether done or only planned."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from spondyl.record.facts import Assertion

from .aftermath import told_after
from .found import Found
from .landmark import is_landmark
from .lazy import Lazy
from .letterhead import is_service
from .levels import Level
from .operation import DONE, Detail, Operation, keep, say
from .operation_days import BLOCK, OTHER, date_them, dated_later, marked
from .operation_details import add_details, told_later
from .operative_report import date_of_head, join_report
from .page import Page
from .phrases import Hit
from .proposed import done_then, proposal
from .revisions import bare_revisions
from .sides import side_apart, side_of
from .stimulation import stimulation_told
from .surgery_ever import say_ever
from .times import Time

_NEW: Final = frozenset(
    "then subsequently later followed following after revision revised redo again second another repeat plu additional"
    " separate".split()
)
_DONE: Final = frozenset(
    "s/p post after underwent had prior previous history hx since following status old recent performed did previously undergone".split()  # noqa: E501
)
_BONE: Final = frozenset(
    "solid bony incomplete complete mass heal healed consolidated appear mature evidence adequate union robust successful failed".split()  # noqa: E501
)
_AGAIN: Final = frozenset("revision redo revised repeat reexploration reoperation".split())
_AMPLE: Final = frozenset("good adequate satisfactory ample excellent nice".split())
_COUNTS: Final = frozenset("two three four five both several multiple many numerous".split())
_BORN: Final = frozenset("congenitally congenital not autofused spontaneously naturally".split())
_BESIDE: Final = frozenset("above below adjacent beyond cranial caudal cephalad rostral next".split())
_NOT_OF: Final = _BESIDE | {";", "for", "with"}
_AFTER_LEVEL: Final = Lazy(
    r"\s*(?:level\s*)?(?:recurrent|large|small|moderate|severe|disc|disk)?\s*(?:herniation|hnp|stenosis|protrusion|bulge|radicul|root|nerve|dermat|distribution|facet|pain|myotome|spondylolisthesis|extension|(?:level\s+)?was\s+added)",
    re.IGNORECASE,
)
_STIMULATOR: Final = ["spinal_cord_stimulator_implant"]
_DOUBT: Final = frozenset(
    "possible possibly probable probably likely presumed suspected unclear unsure whether may ?".split()
)
_HOPES: Final = frozenset(
    "expect expects expecting expectation hope hopes hoping anticipates anticipate believes wishes goal afraid fears"
    " fear worried scared".split()
)
_HOPED: Final = 14
_FAR: Final = 14
_BED: Final = (["bed"], ["defect"], ["site"])
_EXPLORED: Final = 7
_REDONE: Final = 9
_NEAR: Final = 7
_OVER: Final = 6
_TOUCHES: Final = 4


def read_operations(page: Page, found: Found) -> None:
    """Add the operations of a note, and whether there ever was one."""
    told: list[Operation] = []
    for number in range(len(page.words.bounds)):
        told += _sentence(page, number, told)
    for hit in page.of("procedure"):
        if hit.entry.get("generic") and not is_service(page.text, page.words, hit) and not _denied(page, hit):
            say_ever(page, found, hit, _assertion(page, hit))
    report = join_report(page, told)
    kept: list[Operation] = []
    for operation in told:
        keep(operation, kept)
    date_of_head(page, kept)
    kept += bare_revisions(page, kept)
    done = [operation for operation in kept if operation.assertion in DONE]
    told_later(page, kept, report)
    told_after(page, kept)
    for operation in kept:
        say(page, found, operation)
    if done:
        start, end = page.span(done[0].first, done[0].last)
        found.say("spine_surgery_ever", True, "present", start, end)
    planned = [operation for operation in kept if operation.assertion == "planned"]
    if planned:
        start, end = page.span(planned[0].first, planned[0].last)
        found.say("spine_surgery_planned", True, "present", start, end)


def _assertion(page: Page, hit: Hit) -> Assertion:
    norm = page.words.norm
    first, _ = page.words.bounds[page.words.sentence[hit.i]]
    before = norm[max(first, hit.i - 6) : hit.i]
    how = page.assertion(hit, plan=True)
    # "s/p" and "prior" say that it was done, whatever the plan around them says
    if (
        how == "planned"
        and any(word in _DONE for word in before[-4:])
        and not any(word in ("discus", "discussed", "schedule") for word in before[-2:])
    ):
        how = "present"
    if page.section[hit.i] == "plan" and how == "present" and not any(word in _DONE for word in before):
        how = "planned"
    if how == "historical":
        how = "present"
    dated = _is_over(page, hit)
    if hit.entry.get("stimulator") or hit.entry.get("procedure") == _STIMULATOR:
        return stimulation_told(page, hit, how, dated)
    if how == "uncertain" and dated and not any(word in _DOUBT for word in before):
        how = "present"  # "fusion 14 months ago. ?nonunion": the doubt is of what follows
    if how in ("present", "planned") and not any(word in _DONE for word in before[-4:]):
        asked = proposal(page, hit.i, hit.j, dated)
        if asked:
            how = "planned" if asked == "planned" else "hypothetical"
        elif how == "planned" and done_then(page, hit.j, page.words.bounds[page.words.sentence[hit.i]][1]) is not None:
            how = "present"
    if how == "present" and not dated and not _HOPES.isdisjoint(norm[max(first, hit.i - _HOPED) : hit.i]):
        return "hypothetical"  # "expects to be a hundred percent after fusion"
    return how


def _is_over(page: Page, hit: Hit) -> bool:
    """Whether a day that is over, or a time since, stands right beside the words."""
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    for time in page.times_in(max(first, hit.i - _OVER), min(last, hit.j + _OVER)):
        far = time.i - hit.j if time.i >= hit.j else hit.i - time.j
        if far > _OVER or time.cue == "for" or ";" in page.words.norm[hit.j : time.i]:
            continue
        if time.iso is None:
            if time.cue in ("ago", "post", "pod"):
                return True
        elif page.written_on is None or str(time.iso) <= page.written_on[: len(str(time.iso))]:
            return True
    return False


def _sentence(page: Page, number: int, earlier: list[Operation]) -> list[Operation]:
    first, last = page.words.bounds[number]
    norm = page.words.norm
    hits = [
        hit
        for hit in page.by_sentence("procedure").get(number, ())
        if not (page.heading[hit.i] and hit.entry.get("marker"))
    ]
    levels = page.levels_in(first, last)
    times = page.times_in(first, last)
    named = [hit for hit in hits if not hit.entry.get("marker")]
    if not named:
        dated_later(page, first, times, earlier)
        return marked(page, hits, times, earlier)
    operations: list[Operation] = []
    current: Operation | None = None
    explored: list[Level] = []  # levels of what names no operation
    for hit in named:
        if hit.entry.get("generic") and is_service(page.text, page.words, hit):
            continue
        assertion = _assertion(page, hit)
        if assertion in ("negated", "hypothetical", "family") or page.section[hit.i] in (
            "family",
            "return",
            "risks",
            "allergies",
        ):
            current = None
            continue
        if (hit.i > first and norm[hit.i - 1] in OTHER) or _denied(page, hit):
            continue
        if hit.entry.get("level_next") and (
            not page.levels_in(hit.j, hit.j + 1) or any(word in _BORN for word in norm[max(first, hit.i - 3) : hit.i])
        ):
            continue
        region = _region(page, hit, first)
        if _is_none(norm, hit, first):
            explored += [level for level in levels if hit.i - _EXPLORED <= level.i < hit.i]
            continue
        landmark = is_landmark(page, hit) or norm[hit.j : hit.j + 1] in _BED
        if current is None or landmark or _is_new(page, current, hit, assertion, region, times):
            current = Operation(assertion, hit.i, hit.j, counted=_is_counted(page, hit, first), landmark=landmark)
            operations.append(current)
        _add(page, current, hit, region, first, last)
        if landmark:
            current = None
    for level in levels:
        if level in explored:
            continue
        owner = _owner(page, level, operations, named)
        if owner is not None:
            owner.levels.append(level)
            owner.first, owner.last = min(owner.first, level.i), max(owner.last, level.j)
        else:
            _beside(page, level, operations)
    date_them(page, operations, times)
    add_details(page, number, operations)
    for operation in operations:
        if operation.bone and operation.names == {"fusion"} and not operation.firm:
            continue  # "solid fusion L4-S1" in a report is bone, and no operation of its own
        operation.firm |= bool(operation.levels or operation.region or operation.time or operation.details)
    return [one for operation in operations for one in _each(page, operation, times, last)]


def _each(page: Page, operation: Operation, times: list[Time], last: int) -> list[Operation]:
    """ "Two ACDFs (C5-6 2010, C6-7 2015)": one operation for each level with a day of its own."""
    whole = [level for level in operation.levels if level.segments and level.i >= operation.ends]
    if not operation.counted or len(whole) < 2 or len(whole) != len(operation.levels):
        return [operation]
    ends = [*(level.i for level in whole[1:]), last]
    days = [
        next((t for t in times if t.iso and level.j <= t.i < end), None) for level, end in zip(whole, ends, strict=True)
    ]
    if None in days:
        return [operation]
    return [
        replace(operation, levels=[level], time=day, counted=False, details=list(operation.details), also=None)
        for level, day in zip(whole, days, strict=True)
    ]


def _is_none(norm: list[str], hit: Hit, first: int) -> bool:
    """Whether the words name no operation: "post-laminectomy syndrome", "exploration of the L4-5 fusion"."""
    if norm[hit.j : hit.j + 1] in (["syndrome"], ["kyphosis"]):
        return True
    before = norm[max(first, hit.i - _EXPLORED) : hit.i]
    if "decompression" in norm[hit.i : hit.j] and not _AMPLE.isdisjoint(before[-2:]):
        return True  # "good decompression C4-6" on a picture
    return "exploration" in before and "of" in before and "," not in before and hit.entry["procedure"] == ["fusion"]


def _is_counted(page: Page, hit: Hit, first: int) -> bool:
    """Whether a number of operations is named, which the note tells of elsewhere: "after two discectomies"."""
    if page.text[page.words.end[hit.j - 1] - 1] != "s":
        return False
    before = page.words.norm[max(first, hit.i - 3) : hit.i]
    return any(word in _COUNTS or (word.isdigit() and len(word) == 1) for word in before)


def _beside(page: Page, level: Level, operations: list[Operation]) -> None:
    """ "Stenosis at L3-4 above the fusion" tells the region of the fusion, and not its levels."""
    for operation in operations:
        between = page.words.norm[level.j : operation.first]
        near = level.j <= operation.first and len(between) <= _NEAR and any(word in _BESIDE for word in between)
        if near and operation.region is None and not operation.bone:
            operation.region = (level.region, level.start, level.end)


def _denied(page: Page, hit: Hit) -> bool:
    """Whether the words belong to a denial: "no previous spinal operations"."""
    return any(
        other.entry.get("denies") and "spine_surgery_ever" in other.entry["facts"] and other.i <= hit.i < other.j
        for other in page.by_sentence("finding").get(page.words.sentence[hit.i], ())
    )


def _add(page: Page, current: Operation, hit: Hit, region: tuple[str, int, int] | None, first: int, last: int) -> None:
    entry, norm = hit.entry, page.words.norm
    start, end = page.span(hit.i, hit.j)
    current.last = max(current.last, hit.j)
    current.ends = max(current.ends, hit.j)
    for name in entry["procedure"]:
        if name not in current.names:
            current.procedures.append((name, start, end))
    if entry.get("approach") and (current.approach is None or current.approach[0] in ("posterior", "anterior", "psf")):
        current.approach = (entry["approach"], start, end)
    if region is not None and current.region is None:
        current.region = region
    side = side_of(page, hit.i, hit.j, 4) or side_apart(page, hit.j, last)
    if side and current.side is None:
        current.side = (side, start, end)
    current.cage = current.cage or bool(entry.get("cage"))
    if entry.get("instrumented"):
        current.details.append(Detail("instrumented", True, start, end))
    before = norm[max(first, hit.i - 5) : hit.i]
    if _is_again(page, hit, first):
        current.revision = True
    bone = any(word in _BONE for word in norm[max(first, hit.i - 2) : hit.i] + norm[hit.j : min(last, hit.j + 2)])
    if (not entry.get("weak") and not bone) or (any(word in _DONE for word in before) and not bone):
        current.firm = True
    current.bone = current.bone or bone


def _is_again(page: Page, hit: Hit, first: int) -> bool:
    """Whether "revision" or "re-do" stands before the words, with only levels, sides and such between."""
    norm = page.words.norm
    for t in range(hit.i - 1, max(first, hit.i - _REDONE) - 1, -1):
        if norm[t] in _AGAIN or (norm[t] == "do" and norm[t - 2 : t] == ["re", "-"]):
            return True
        if norm[t] in ",;.:" or norm[t] in ("and", "then", "with", "for", "after"):
            return False
    return False


def _region(page: Page, hit: Hit, first: int) -> tuple[str, int, int] | None:
    inner = [place for place in page.within("place", hit.i, hit.j) if place.entry.get("region")]
    before = [
        place
        for place in page.by_sentence("place").get(page.words.sentence[hit.i], ())
        if place.entry.get("region") and 0 <= hit.i - place.j <= 2
    ]
    after = [
        place
        for place in page.by_sentence("place").get(page.words.sentence[hit.i], ())
        if place.entry.get("region") and 0 <= place.i - hit.j <= 3
    ]
    del first
    for place in [*inner, *before, *after]:
        region = place.entry["region"]
        if region in ("cervical", "thoracic", "lumbar", "sacroiliac"):
            return (region, *page.span(place.i, place.j))
        if region == "sacrum":
            return ("sacral", *page.span(place.i, place.j))
    if hit.entry.get("region"):
        return (hit.entry["region"], *page.span(hit.i, hit.j))
    return None


def _is_new(
    page: Page,
    current: Operation,
    hit: Hit,
    assertion: Assertion,
    region: tuple[str, int, int] | None,
    times: list[Time],
) -> bool:
    norm = page.words.norm
    between = norm[current.last : hit.i]
    if assertion == current.assertion and _is_part(page, current, hit):
        return False
    if assertion != current.assertion or norm[hit.i] == "explanted" or any(word in _NEW for word in between):
        return True
    if current.bone and not current.firm and "," in between:  # "solid fusion, laminectomy 2019"
        return True
    if region and current.region and region[0] != current.region[0]:
        return True
    if any(current.last <= time.i < hit.i and (time.iso or time.cue in ("ago", "", "post")) for time in times):
        return True
    if hit.i - current.last > 25:
        return True
    ahead = [
        level
        for level in page.levels_in(current.last, hit.i)
        if current.last <= level.i < hit.i and hit.i - level.j <= 3 and level.segments
    ]
    own = [
        level
        for level in page.levels_in(current.first - 6, current.last + 4)
        if current.first - 6 <= level.i < current.last + 4 and level.segments and level not in ahead
    ]
    return bool(ahead and own and ahead[-1].region != own[0].region)


def _is_part(page: Page, current: Operation, hit: Hit) -> bool:
    """Whether "with L5-S1 TLIF" names a part of the operation before it: its levels lie among those."""
    between = page.words.norm[current.ends : hit.i]
    ahead = [level for level in page.levels_in(current.ends, hit.i) if level.segments]
    inside = {t for level in ahead for t in range(level.i, level.j)}
    own = {
        segment
        for level in page.levels_in(current.begins - 8, current.ends + 4)
        if level not in ahead
        for segment in level.segments
    }
    part = {segment for level in ahead for segment in level.segments}
    small = [word for t, word in enumerate(between, current.ends) if t not in inside]
    return bool(part) and part <= own and small[:1] in (["with"], ["plu"], ["including"], ["w"]) and len(small) <= 4


def _owner(page: Page, level: Level, operations: list[Operation], named: list[Hit]) -> Operation | None:
    norm = page.words.norm
    del named
    best: tuple[int, Operation] | None = None
    for operation in operations:
        if level.j <= operation.first:
            between = norm[level.j : operation.first]
            far = len(between)
            if far > _NEAR or any(word in _NOT_OF for word in between):
                continue
            if not level.segments and _AFTER_LEVEL.match(page.text, level.end):
                continue  # "S1 radiculopathy after two discectomies"
        elif level.i >= operation.last:
            between = norm[operation.last : level.i]
            far = len(between) + 2
            if (
                far > _FAR
                or ";" in between
                or "for" in between
                or (_AFTER_LEVEL.match(page.text, level.end) and "of" not in between[:2])
            ):
                continue
            if any(word in BLOCK for word in between) or (operation.landmark and far > _TOUCHES):
                continue
        else:
            far = 0
        if best is None or far < best[0]:
            best = (far, operation)
    return best[1] if best else None
