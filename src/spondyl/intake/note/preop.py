"""Whether a sign is told of the time before an operation, or of a day that is over: "before surgery he could not walk".

Only what is plainly past: a sentence that also tells of now, or compares with then, leaves the sign as it is.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from .page import Page
from .phrases import Hit

_OPERATION: Final = frozenset(
    "surgery operation op procedure fusion decompression laminectomy discectomy microdiscectomy washout debridement"
    " revision evacuation instrumentation acdf tlif plif".split()
)
_BEFORE: Final = frozenset("before preceding".split())
_PREOP: Final = frozenset("preoperatively preop pre-op".split())
_COMPARED: Final = frozenset("than as since from like unchanged same present there known existing persisted to".split())
_PAST: Final = frozenset(
    "was were had could did developed presented experienced suffered lost fell became required needed reported"
    " complained one two three several fall".split()
)
_NOW: Final = frozenset(
    "now today currently still remain remained continue persist persistent ongoing again since is are has have"
    " unchanged worse yesterday tonight".split()
)
_DET: Final = frozenset("the his her that this first last index second my".split())
_FEVERS: Final = frozenset(("fever", "low_grade_fever", "chills", "night_sweats"))
# events that are told as "ever" elsewhere, and are of then here
THEN_ONLY: Final = frozenset(
    ("falls", "low_energy_fall", "trauma_recent", "recent_infection_elsewhere", "recent_bacteremia")
)
_OLD_FEVER: Final = 10


def told_then(page: Page, hit: Hit) -> bool:
    """Whether a sign is told of the time before an operation, or a fever of a day that is over."""
    return _before_operation(page, hit) or _old_fever(page, hit, frozenset(hit.entry["facts"]))


def _before_operation(page: Page, hit: Hit) -> bool:
    """Whether the sentence of a sign sets it before an operation, in the past tense and with no word of now."""
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    norm = page.words.norm
    at = _set_before(norm, first, last)
    if at is None or (at < hit.i and not _reaches(norm, at, hit.i)):
        return False
    clause = norm[first:last] if at < hit.i else norm[first:at]
    return not _PAST.isdisjoint(clause) and _NOW.isdisjoint(norm[first:last])


def _set_before(norm: list[str], first: int, last: int) -> int | None:
    """Where "before the operation" stands."""
    for t in range(first, last):
        if norm[t] in _PREOP and (t == first or norm[t - 1] not in _COMPARED) and norm[t + 1 : t + 2] != ["exam"]:
            return t
        prior = norm[t] == "prior" and norm[t + 1 : t + 2] == ["to"]
        if norm[t] not in _BEFORE and not prior:
            continue
        if t > first and norm[t - 1] in _COMPARED:
            return None
        k = t + (2 if prior else 1)
        while k < last and norm[k] in _DET:
            k += 1
        if k < last and (norm[k] in _OPERATION or norm[k + 1 : k + 2] == ["surgery"]):
            return t
    return None


def _reaches(norm: list[str], at: int, i: int) -> bool:
    """Whether what follows "before surgery" is still told of then."""
    return not any(word in (";", "but", "afterwards", "postoperatively", "after") for word in norm[at:i])


def _old_fever(page: Page, hit: Hit, facts: frozenset[str]) -> bool:
    """Whether a fever has a day of its own that lies well before the note: "had fever 38.6 on 10/22"."""
    if not facts <= _FEVERS or page.written_on is None:
        return False
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    norm = page.words.norm
    if not _NOW.isdisjoint(norm[first:last]) or _PAST.isdisjoint(norm[first : hit.j]):
        return False
    days = [time.iso for time in page.times_in(hit.i, min(last, hit.j + 8)) if time.iso]
    now = date.fromisoformat(page.written_on)
    return len(days) == 1 and len(days[0]) == 10 and (now - date.fromisoformat(days[0])).days >= _OLD_FEVER
