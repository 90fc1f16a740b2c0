"""The day on which the drain of an operation came out: "Hemovac pulled 10/03/2008". A drain still in adds no fact."""

from __future__ import annotations

from datetime import date
from typing import Final

from .operation import Detail, Operation
from .page import Page
from .phrases import Hit
from .times import Time

_DRAINS: Final = frozenset("drain drains hemovac hemovacs jp jps blake blakes penrose redon redons".split())
_OUT: Final = frozenset(
    "out pulled removed discontinued taken dced d/ced d/cd dcd withdrawn pull remove removal came".split()
)
_YET: Final = frozenset("to will until till when if once should be no not still before unless plan can may".split())
_NOT_TOLD: Final = frozenset(("plan", "return", "risks", "family", "allergies"))
_REACH: Final = 6
_LONGEST: Final = 60  # days


def add_drains(page: Page, done: list[Operation]) -> None:
    """Add the day of removal to the operation it belongs to: the last one before it, and not long before."""
    norm = page.words.norm
    for t in page.words.all(_DRAINS):
        number = page.words.sentence[t]
        first, last = page.words.bounds[number]
        out = next((k for k in range(t, min(last, t + _REACH)) if norm[k] in _OUT), None)
        if out is None or page.section[t] in _NOT_TOLD or not _YET.isdisjoint(norm[max(first, t - 3) : out]):
            continue
        days = [time for time in page.times_in(out, min(last, out + _REACH)) if time.iso and time.precision == "day"]
        if len(days) != 1 or page.assertion(Hit(t, out + 1, {}), plan=True) not in ("present", "historical"):
            continue
        owner = _owner(done, days[0])
        if owner is not None and all(detail.name != "drain_removed_on" for detail in owner.details):
            owner.details.append(Detail("drain_removed_on", days[0].iso, days[0].start, days[0].end))


def _owner(done: list[Operation], day: Time) -> Operation | None:
    """The operation of the days before a removal; the only one of a note that gives no day."""
    dated = [one for one in done if one.time is not None and one.time.iso and len(one.time.iso) == 10]
    removed = date.fromisoformat(str(day.iso))
    near = [
        one
        for one in dated
        if one.time is not None and 0 <= (removed - date.fromisoformat(str(one.time.iso))).days <= _LONGEST
    ]
    if near:
        return max(near, key=lambda one: str(one.time.iso) if one.time else "")
    return done[0] if len(done) == 1 and done[0].time is None else None
