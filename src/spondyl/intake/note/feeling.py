"""Feeling by area, as examined or as reported. Strength is read beside it."""

from __future__ import annotations

from typing import Final

from .found import Found, Said
from .page import Page
from .past import is_old
from .phrases import Hit
from .sides import side_of

_SKIP: Final = frozenset(("family", "return", "risks", "allergies"))
_EXAMINED: Final = frozenset("pinprick pin prick sensation touch lt pp sensory hypoesthesia s2-s4 s2 s3".split())
_ROOTS: Final = frozenset("C4 C5 C6 C7 C8 T1 T4 T10 L1 L2 L3 L4 L5 S1".split())
_HAND: Final = frozenset(("hand", "finger", "thumb", "fingertip", "digit"))
_COUNTED: Final = frozenset(", and / & plu".split())
_JOINS: Final = _COUNTED | frozenset(
    "left right l r both bilateral bilaterally over in on at of the side dermatome distribution root to".split()
)


def _gone(page: Page, hit: Hit) -> bool:
    """Whether the feeling came back: "hand numbness resolved after surgery"."""
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    told = page.words.norm[first:last]
    return page.assertion(hit) == "historical" and ("resolved" in told or "recovered" in told)


def _of_saddle(page: Page, hit: Hit) -> bool:
    """Whether normal feeling is told of the saddle only."""
    told = page.by_sentence("finding").get(page.words.sentence[hit.i], ())
    return any("saddle_anesthesia" in other.entry["facts"] and other.i <= hit.j and hit.i <= other.j for other in told)


def read_feeling(page: Page, found: Found) -> None:
    """Add areas of reduced feeling, or that feeling is normal."""
    reduced = False
    normal: Hit | None = None
    for hit in page.of("feeling"):
        if page.section[hit.i] in _SKIP:
            continue
        if hit.i in page.context.before:
            continue
        how = page.assertion(hit, past=False)
        if hit.entry["normal"]:
            if how == "present" and not _of_saddle(page, hit):
                normal = normal or hit
            continue
        if (
            how != "present"
            or _gone(page, hit)
            or any(
                saddle.i < hit.j + 4 and saddle.j > hit.i - 4 and "saddle_anesthesia" in saddle.entry["facts"]
                for saddle in page.by_sentence("finding").get(page.words.sentence[hit.i], ())
            )
        ):
            continue
        first, last = page.words.bounds[page.words.sentence[hit.i]]
        root = next(
            (
                level
                for level in page.levels_in(first, last)
                if first <= level.i < last and level.vertebra and abs(level.i - hit.i) <= 12
            ),
            None,
        )
        entry = found.entry("sensory_deficit")
        start, end = page.span(hit.i, hit.j)
        found.used(start, end)
        hand = any(word in _HAND for word in page.words.norm[hit.i : min(last, hit.j + 8)])
        named = root.vertebra if root is not None and root.vertebra in _ROOTS else None
        name = named or ("hand" if hand else "unspecified")
        entry.say("dermatome", Said(name, "present", start, end))
        if is_old(page, hit):
            entry.say("old_unchanged", Said(True, "present", start, end))
        if root is not None:
            found.used(root.start, root.end)
        side = side_of(page, hit.i, hit.j, 12)
        if side:
            entry.say("side", Said(side, "present", start, end))
        if named is not None and root is not None and root.i >= hit.i:
            shared = _more_roots(page, found, root.j, last, side)
            if shared and not side:
                entry.say("side", Said(shared, "present", start, end))
        reduced = True
    reduced = _saddle(page, found) or reduced
    if normal is not None and not reduced:
        found.say("sensory_deficit", [], "present", *page.span(normal.i, normal.j))
        found.used(*page.span(normal.i, normal.j))


def _saddle(page: Page, found: Found) -> bool:
    """Reduced feeling of the saddle, when it was examined: "perianal pinprick decreased"."""
    for hit in page.of("finding"):
        if hit.entry["facts"].get("saddle_anesthesia") is not True or hit.entry.get("denies"):
            continue
        first, last = page.words.bounds[page.words.sentence[hit.i]]
        near = page.words.norm[max(first, hit.i - 3) : min(last, hit.j + 3)]
        if _EXAMINED.isdisjoint(near) or page.assertion(hit, past=False) != "present" or page.section[hit.i] in _SKIP:
            continue
        entry = found.entry("sensory_deficit")
        entry.say("dermatome", Said("S2-S4", "present", *page.span(hit.i, hit.j)))
        side = side_of(page, hit.i, hit.j, 4)
        if side:
            entry.say("side", Said(side, "present", *page.span(hit.i, hit.j)))
        _more_roots(page, found, hit.j, last, None)
        return True
    return False


def _more_roots(page: Page, found: Found, start: int, last: int, side: str | None) -> str | None:
    """Add the further roots of a list: "reduced at left S1 and right L5"; the side named behind "C6 and C7"."""
    norm = page.words.norm
    told = []
    for level in page.levels_in(start, last):
        if level.i < start or level.vertebra not in _ROOTS:
            continue
        between = norm[start : level.i]
        if not all(word in _JOINS for word in between) or _COUNTED.isdisjoint(between):
            break
        told.append(level)
        start = level.j
    shared = (
        side_of(page, told[-1].i, told[-1].j, 3)
        if told and page.words.norm[told[-1].j : told[-1].j + 1] == ["on"]
        else None
    )
    for level in told:
        entry = found.entry("sensory_deficit")
        entry.say("dermatome", Said(level.vertebra, "present", level.start, level.end))
        own = side_of(page, level.i, level.j, 2) or side or shared
        if own:
            entry.say("side", Said(own, "present", level.start, level.end))
        found.used(level.start, level.end)
    return shared
