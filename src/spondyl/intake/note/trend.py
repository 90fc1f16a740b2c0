"""Where a pain score went: "from 3 to 7", "6/10 instead of his usual 3", "2 today, was 6 last week".

A change counts from two points on; what it was before the operation tells of the operation, not of now.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from .found import Found
from .lazy import Lazy
from .page import Page
from .pain_scales import read_pain_scales
from .phrases import Hit

_LEAST: Final = 2
_UNITS: Final = (
    r"mg|mcg|ml|cm|mm|km|miles?|weeks?|days?|months?|years?|hours?|hrs?|min|am|pm|tab\w*"
    r"|pills?|caps\w*|kg|lbs?|stone|minutes|flights|levels?|sessions?|steps|st|nd|rd|th"
)
_SCORE: Final = (
    r"(?P<{}>10|\d(?:\.\d)?)(?:\s*/\s*10|\s+out\s+of\s+(?:10|ten))?(?![\d/:%-]|\.\d|\s*(?:/|(?:" + _UNITS + r")\b))"
)
_ABOUT: Final = r"(?:an?\s+|about\s+|around\s+)?"
_WHEN: Final = r"(?:\s+(?:at|on|in|before|last|a|one|two|three|initially|pre-?op\w*)\b(?:\s+[\w'/-]{1,12}){0,5}?)?"
_FROM_TO: Final = Lazy(
    rf"(?:\bfrom\s+{_ABOUT}{_SCORE.format('a')}{_WHEN}\s*(?:up\s+|down\s+)?(?:to|->|\u2192)"
    rf"|(?<![\d./-]){_SCORE.format('c')}\s*(?:->|\u2192))\s*{_ABOUT}{_SCORE.format('b')}",
    re.IGNORECASE,
)
_NOW: Final = r"(?:now|today|currently|at\s+present|this\s+(?:week|visit|morning))?\s*[,(;]?\s*"
_THAN: Final = (
    r"(?:instead\s+of|rather\s+than|compared\s+(?:to|with)|versus|vs\.?|up\s+from|down\s+from|from|was|previously"
    r"|(?:it\s+)?used\s+to\s+be|before)\s+"
)
_OWN: Final = r"(?:(?:his|her|my|the|their|a|an|about|around|usual|baseline|normal|at|of|only)\s+){0,3}"
_TO_FROM: Final = Lazy(
    rf"(?<![\d./-]){_SCORE.format('b')}\s*{_NOW}{_THAN}{_OWN}{_SCORE.format('a')}",
    re.IGNORECASE,
)
_WAS_NOW: Final = Lazy(
    rf"(?<![\d./-]){_SCORE.format('a')}\s*(?:,\s*)?(?:before|initially|previously|pre-?op\w*|at\s+(?:first|start|baseline)"
    rf"|last\s+\w+)\b[^.;\d]{{0,24}}?(?:now|today|currently|and)\s+(?:is\s+|about\s+|at\s+){{0,2}}{_SCORE.format('b')}",
    re.IGNORECASE,
)
_RETURNED: Final = Lazy(r"\b(?:c[ao]mes?\s+back|coming\s+back|returned|recurred|back\s+again)\b", re.IGNORECASE)
_TICKED: Final = Lazy(
    r"\b(?:compared\s+(?:with|to)|since|change\s+(?:since|from))\s+(?:the\s+|your\s+)?(?:last|previous|prior)"
    r"\s+(?:visit|appointment)\s*[:?-]\s*(?:[^\n]{0,50}?[(\[]\s*[xX\u2713]\s*[)\]]\s*)?(?:much\s+|a\s+little\s+|slightly\s+)?"
    r"(?P<how>better|improved|(?:about\s+the\s+)?same|unchanged|no\s+change|worse)\b",
    re.IGNORECASE,
)
_TOLD: Final = {"better": ("better", "improving"), "improved": ("better", "improving"), "worse": ("worse", "worsening")}
_PAIN: Final = frozenset(
    "pain ache aching backache sciatica sore soreness nrs va vas hurt hurting discomfort lbp score".split()
)
_BEFORE_IT: Final = frozenset("preop preoperative preoperatively surgery operation pod0 pod1 pod2".split())
_WORDS: Final = frozenset(
    "from instead rather compared versus v vs was used before previously initially last > \u2192 now first".split()
)


def read_trend(page: Page, found: Found) -> None:
    """Add `pain_change` and `course` from two scores of one sentence."""
    read_pain_scales(page, found)
    words = page.words
    for first, last in words.bounds:
        norm = words.norm[first:last]
        if _WORDS.isdisjoint(norm) or _PAIN.isdisjoint(norm):
            continue
        for pattern in (_FROM_TO, _TO_FROM, _WAS_NOW):
            match = pattern.search(page.text, words.start[first], words.end[last - 1])
            if match is not None:
                _tell(page, found, match, first, last)
                break
    _came_back(page, found)
    if "visit" in words.places or "appointment" in words.places:
        _ticked(page, found)


def _ticked(page: Page, found: Found) -> None:
    """ "Compared with last visit: ( ) better ( ) same (x) worse"."""
    match = _TICKED.search(page.text)
    if match is None or any(name == "pain_change" for name, _ in found.flat):
        return
    change, course = _TOLD.get(match["how"].lower(), ("unchanged", "stable"))
    found.say("pain_change", change, "present", match.start("how"), match.end())
    found.say("course", course, "present", match.start("how"), match.end())
    found.used(match.start(), match.end())


def _came_back(page: Page, found: Found) -> None:
    """ "The same pain as before has come back" is a pain that returned, and none that stayed."""
    for number, (name, said) in enumerate(found.flat):
        if (name, said.value) not in (("pain_change", "unchanged"), ("course", "stable")):
            continue
        first, last = page.words.bounds[page.words.sentence[page.words.slice(said.start, said.end)[0]]]
        if _RETURNED.search(page.text, page.words.start[first], page.words.end[last - 1]) is not None:
            returned = ("pain_change", replace(said, value="returned"))
            found.flat[number] = returned


def _tell(page: Page, found: Found, match: re.Match[str], first: int, last: int) -> None:
    earlier = "a" if match["a"] is not None else "c"
    before, after = float(match[earlier]), float(match["b"])
    i, j = page.words.slice(match.start(), match.end())
    if j <= i:
        return
    _is_past(found, match.start(earlier), match.end(earlier))
    if abs(after - before) < _LEAST:
        return
    if any(word in _BEFORE_IT for word in page.words.norm[max(first, i - 3) : min(last, j + 4)]):
        return
    if page.assertion(Hit(i, j, {}), past=False) in ("hypothetical", "family", "negated"):
        return
    change, course = ("worse", "worsening") if after > before else ("better", "improving")
    if any(name == "pain_change" and said.value in (change, "new", "returned") for name, said in found.flat):
        return
    start, end = page.words.start[first], page.words.end[last - 1]
    for number, (name, said) in enumerate(found.flat):
        if start <= said.start < end and (name, said.value) in (("pain_change", "unchanged"), ("course", "stable")):
            found.flat[number] = (name, replace(said, value=change if name == "pain_change" else course))
    found.say("pain_change", change, "present", match.start(), match.end())
    found.say("course", course, "present", match.start(), match.end())
    found.used(match.start(), match.end())


def _is_past(found: Found, start: int, end: int) -> None:
    """The score it came from is none of today."""
    for number, (name, said) in enumerate(found.flat):
        if name.startswith("nrs_") and start <= said.start < end and said.assertion == "present":
            found.flat[number] = (name, replace(said, assertion="historical"))
