"""How an operation helped: told beside it, in the sentence after it, or of "the operation". It says no other fact."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from .operation import Detail, Named, Operation
from .page import Page
from .phrases import Hit

_NOT_TOLD: Final = frozenset(("family", "risks", "return", "allergies", "plan"))
_OF_ITS_OWN: Final = frozenset(
    "injection esi tfesi epidural block pt therapy physio physiotherapy acupuncture chiropractic gabapentin pregabalin"
    " tramadol opioid rfa ablation stimulator trial medication brace exercise rehab massage tens duloxetine rhizotomy"
    " steroid naproxen ibuprofen tylenol acetaminophen oxycodone hydrocodone chiropractor physical session heat ice"
    " appendectomy cholecystectomy arthroplasty cataract hernia".split()
)
_RELIEF_FAR: Final = 14
_LINKS: Final = frozenset("from after following since with by through post".split())
_LINKED: Final = 6
_BACK: Final = 18
_WINDOW: Final = 8
_SURGERY: Final = frozenset("surgery operation procedure op surgically postoperatively postop postoperative".split())
_PLACE: Final = {
    **dict.fromkeys(("first", "1st", "initial", "original", "index"), 0),
    **dict.fromkeys(("second", "2nd"), 1),
    **dict.fromkeys(("third", "3rd"), 2),
}
_LAST: Final = frozenset("last latest recent revision repeat".split())
_NOT_THIS: Final = frozenset("before another further more no".split())
_OPENS: Final = frozenset(
    "he she it this that which they i patient pt mr mrs ms his her their my the a an had has have got gave felt recall"
    " recalled report reported describe described note noted say said state stated with and but initially at first"
    " perhap about approximately around some for only experienced enjoyed obtained achieved noticed , : - ( of"
    " leg arm back neck buttock radicular pain symptom sciatica left right l r was were is been did made provided"
    " brought led to resulted in good great helped # month week year day six two three four five eight ten twelve one"
    " after surgery operation procedure following very really quite pretty".split()
)
_KINDS: Final = frozenset(("complete", "good", "partial"))
_NO: Final = frozenset(
    "no not never without nor didnt hasnt isnt wasnt hardly barely failed deny denied cannot cant neither".split()
)
_ABOUT: Final = frozenset("perhap maybe about approximately around roughly".split())
_COUNTED: Final = frozenset("day week month year".split())
_ENDS: Final = frozenset((";", "."))


def add_relief(page: Page, done: list[Operation], named: list[Named]) -> None:
    """Add relief to the operations of a note that were done, each to the one it is told of."""
    begins = [begin for begin, _, _ in named]
    for hit in page.of("operation_relief"):
        if page.section[hit.i] in _NOT_TOLD or _is_other(page, hit):
            continue
        at = bisect_left(begins, hit.i)
        owner = _owner(page, hit, named[max(0, at - _WINDOW) : at + _WINDOW], done)
        if owner is not None and all(detail.name != "relief" for detail in owner.details):
            owner.details.append(Detail("relief", hit.entry["relief"], *page.span(hit.i, hit.j)))


def _is_other(page: Page, hit: Hit) -> bool:
    """Whether the relief is denied, hoped for, or that of another person."""
    norm = page.words.norm
    first, _ = page.words.bounds[page.words.sentence[hit.i]]
    before = norm[max(first, hit.i - 5) : hit.i]
    how = page.assertion(hit, past=False)
    if how == "uncertain" and not _COUNTED.isdisjoint(before) and not _ABOUT.isdisjoint(before):
        how = "present"  # "perhaps six weeks of good relief": the count is in doubt
    if how in ("hypothetical", "family", "uncertain", "planned"):
        return True
    if hit.entry["relief"] not in _KINDS:
        return False
    return any(word in _NO and "," not in before[t:] for t, word in enumerate(before))


def _owner(page: Page, hit: Hit, named: list[Named], done: list[Operation]) -> Operation | None:
    norm, sentence = page.words.norm, page.words.sentence
    number = sentence[hit.i]
    first, last = page.words.bounds[number]
    after = norm[hit.j : min(last, hit.j + _LINKED)]
    linked = next((t for t, word in enumerate(after) if word in _LINKS), None)
    if linked is not None and not _OF_ITS_OWN.isdisjoint(after):
        return None  # "good relief from the injection"
    stops = linked is None or any(word in _ENDS for word in after[:linked])
    if not stops and linked is not None:  # "complete relief from her 2019 fusion"
        reach = hit.j + linked + _LINKED
        behind = [one for begin, _, one in named if hit.j + linked < begin <= reach and sentence[begin] == number]
        if behind:
            return behind[0]
    here = [(end, one) for begin, end, one in named if sentence[begin] == number and end <= hit.i]
    if here:
        between = norm[here[-1][0] : hit.i]
        if sum(word.isalpha() for word in between) > _RELIEF_FAR or any(
            word in _OF_ITS_OWN or word == ";" for word in between
        ):
            return None
        return here[-1][1]
    if not _OF_ITS_OWN.isdisjoint(norm[first:last]):
        return None
    surgery = _surgery(norm, first, last, hit)
    if surgery is not None:
        return _meant(norm, surgery, done, [one for begin, _, one in named if begin < hit.i])
    near = [(begin, one) for begin, _, one in named if begin < hit.i and 0 < number - sentence[begin] <= 2]
    if not near:
        return None
    if norm[first] in ("it", "this", "that") and hit.i - first <= 4:
        return near[-1][1]
    gap = number - sentence[near[-1][0]]
    if gap != 1 or page.section[near[-1][0]] != page.section[hit.i] or _new_item(page, first):
        return None
    return near[-1][1] if all(word in _OPENS or word.isdigit() for word in norm[first : hit.i]) else None


def _surgery(norm: list[str], first: int, last: int, hit: Hit) -> int | None:
    """Where "since the operation", "after surgery" or "the surgery" as its subject stands by the words for relief."""
    before = range(hit.i - 1, max(first, hit.i - _BACK) - 1, -1)
    for t in (*range(hit.i, min(last, hit.j + _LINKED)), *before):
        if norm[t] not in _SURGERY or (t > first and norm[t - 1] in _NOT_THIS):
            continue
        if t >= hit.j and _LINKS.isdisjoint(norm[hit.i : t]):
            continue
        return None if any(word in _ENDS for word in norm[min(t, hit.j) : max(t, hit.i)]) else t
    return None


def _meant(norm: list[str], surgery: int, done: list[Operation], before: list[Operation]) -> Operation | None:
    """Which of several operations is meant: "the first operation", else the one named last before it."""
    if len(done) == 1:
        return done[0]
    dated = sorted((one for one in done if one.time is not None and one.time.iso), key=_day)
    which = norm[surgery - 1] if surgery else ""
    if which not in _PLACE and which not in _LAST:
        return before[-1] if before else None
    if len(dated) != len(done):
        return None
    place = _PLACE.get(which, len(dated) - 1)
    return dated[place] if place < len(dated) else None


def _day(one: Operation) -> str:
    return str(one.time.iso) if one.time is not None else ""


def _new_item(page: Page, first: int) -> bool:
    """Whether a sentence opens a line that is an item of a list: what it tells is of its own."""
    if not page.words.line_start[first]:
        return False
    return page.words.norm[first] in ("-", "*", "•") or page.words.norm[first].isdigit()
