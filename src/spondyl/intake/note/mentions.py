"""Whether a word that can name a treatment does: "PT" is the patient as often as physical therapy. It adds no fact."""

from __future__ import annotations

import re
from typing import Final

from .lazy import Lazy
from .page import Page
from .phrases import Hit
from .words import normal

_MUSCLE: Final = frozenset(
    "emg ncs electromyography acute active chronic ongoing potential fibrillation muscle paraspinal".split()
)
_COURSE: Final = frozenset("course week month session trial round day visit block set year".split())
_VERBS: Final = frozenset(
    normal(word)
    for word in (
        "is was has had states stated reports reported denies denied complains c presents presented presenting comes came"  # noqa: E501
        " here seen notes says feels continues does did underwent will would can cannot reportedly also who with a"
        " sustained fell returns returned describes rates tolerated admits endorses requests wants asks informed advised"  # noqa: E501
        " counseled understands able unable aware agrees instructed"
        " called calls c/o phoned rang telephoned walks sees wonders tells says refuses"
    ).split()
)
_LOOKED_AT: Final = frozenset(
    "looked look checked check reviewed review queried consulted ok okay consistent clean appropriate unremarkable"
    " prescriber website database report aware accessed".split()
)
_AGED: Final = Lazy(r"\d{1,3}\s*-?\s*(?:yo\b|y/o|y\.o|years?[\s-]old|yr|y\b|[mf]\b)", re.IGNORECASE)
_OF_AN_AGE: Final = Lazy(
    r"(?:(?<![A-Za-z])(?:f|m|female|male|woman|man|lady|gentleman|wf|wm|bf|bm)|\d\s*-?\s*(?:yo|y/o|yr|yrs|years?[\s-]old|year[\s-]old)\.?)\s+$",
    re.IGNORECASE,
)


def is_patient(page: Page, hit: Hit) -> bool:
    """Whether "pt" is the patient: a verb follows, or an article stands before it; "Pt" in a text rarely means therapy."""  # noqa: E501
    norm = page.words.norm
    following = norm[hit.j] if hit.j < len(norm) else ""
    before = norm[hit.i - 1] if hit.i else ""
    written = page.text[page.words.start[hit.i] : page.words.end[hit.i]]
    if following[:1].isdigit() and _AGED.match(page.text, page.words.start[hit.j]):
        return True  # "PT 54 yo M"
    if page.text[: page.words.start[hit.i]].rstrip().endswith("]") or (
        following == "(" and norm[hit.j + 1 : hit.j + 2] and norm[hit.j + 1][0] in "0123456789x"
    ):
        return False  # "[x] PT", "PT (8 wks)"
    if written == "Pt" or "'" in written or "\u2019" in written:
        return not (following[:1].isdigit() or following in ("x", "for", "helped", "eval"))
    return (
        following in _VERBS
        or (
            not (following[:1].isdigit() or following in ("x", "for", "helped", "eval"))
            and _OF_AN_AGE.search(page.text, max(0, page.words.start[hit.i] - 24), page.words.start[hit.i]) is not None
        )
        or (before == "of" and norm[hit.i - 2] not in _COURSE)
        or (before in ("per", "by") and norm[hit.i - 2 : hit.i - 1] not in (["treated"], ["seen"], ["followed"]))
        or before in ("the", "this", "our", "a", "called", "told", "asked", "rang", "phoned", "advised")
        or following in ("(", "'")
    )


def is_registry(page: Page, hit: Hit) -> bool:
    """Whether "PMP" is the register of prescriptions that was looked at, and no program for pain."""
    if page.words.norm[hit.i : hit.j] != ["pmp"]:
        return False
    last = page.words.bounds[page.words.sentence[hit.i]][1]
    near = page.words.norm[max(0, hit.i - 2) : hit.i] + page.words.norm[hit.j : min(last, hit.j + 5)]
    return not _LOOKED_AT.isdisjoint(near)


def is_muscle(page: Page, hit: Hit) -> bool:
    """Whether "denervation" is what an EMG shows of a muscle, and no treatment."""
    if not page.words.norm[hit.i].startswith("denervat") or hit.j - hit.i > 1:
        return False
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    return not _MUSCLE.isdisjoint(page.words.norm[first:last])
