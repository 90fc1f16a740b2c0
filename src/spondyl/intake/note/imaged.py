"""One finding of a study: how it is told, at which level and side, and what it says of the collection."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from spondyl.record.facts import Assertion

from .collection import read_collection
from .found import EntryFound, Found, Said
from .levels import Level
from .page import Page
from .phrases import Hit
from .sides import side_of
from .study import region_told
from .study_list import Studies

_OWN_DENIAL: Final = frozenset("no not lack absence without failed incomplete".split())
_DENIAL_WORDS: Final = frozenset("no not without negative absent deny never nor excluded".split())
_PLACED: Final = frozenset(
    "around about surrounding along at mild moderate severe large small marked extensive # mm cm".split()
)
_GRADES: Final = frozenset("severe critical high-grade moderate".split())
_LEVEL_NEAR: Final = 8
_ONE_SIDED: Final = frozenset(
    "recurrent_herniation new_herniation foraminal_stenosis lateral_recess_stenosis adjacent_level_herniation"
    " screw_malposition".split()
)
_DOUBT_AFTER: Final = frozenset(
    "questioned questionable suspected possible uncertain equivocal queried unclear considered".split()
)
_DOUBT_BEFORE: Final = frozenset("favored favoured questionable suspicious equivocal conceivable query queried".split())
_CANNOT: Final = frozenset("cannot cant not difficult unable".split())
_OUT: Final = frozenset("excluded exclude ruled rule discounted".split())
_ONE_OF: Final = frozenset("left right l r other remaining contralateral one opposite upper lower top bottom".split())
_SIDE_NEAR: Final = 4
_JOINS: Final = frozenset(", and & / at plu as well".split())
_JOINED_FAR: Final = 3
_OWN_FAR: Final = 3
_VERBS: Final = frozenset("is are has have was were".split())
_CAUSES: Final = frozenset("indication need plan reason urgency role indicated necessary intention".split())
_TREATS: Final = frozenset(
    "drain aspirate treat remove evacuate tap puncture sample explore revise repair operate address biopsy".split()
)


def is_doubted(page: Page, hit: Hit) -> bool:
    """Whether words of the clause leave a finding open: "cannot be entirely excluded", "is questioned", "favored"."""
    norm = page.words.norm
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    stop = next((t for t in range(hit.j, min(last, hit.j + 8)) if norm[t] in ",;.("), min(last, hit.j + 8))
    after = norm[hit.j : stop]
    if any(word in _OUT and not _CANNOT.isdisjoint(after[:t]) for t, word in enumerate(after)):
        return True
    if any(word in _DOUBT_AFTER and t and after[t - 1] in ("is", "are", "was", "were") for t, word in enumerate(after)):
        return True
    before = norm[max(first, hit.i - 5) : hit.i]
    return any(word in _DOUBT_BEFORE and "," not in before[t:] for t, word in enumerate(before)) or (
        any(word in _OUT and not _CANNOT.isdisjoint(before[:t]) for t, word in enumerate(before)) and "," not in before
    )


def say_sides(sides: dict[int, tuple[EntryFound, list[tuple[str, int, int] | None]]]) -> None:
    """Add the side of a study when all its one-sided findings lie on one."""
    for entry, told in sides.values():
        named = [side for side in told if side is not None]
        if named and len(named) == len(told) and len({side[0] for side in named}) == 1:
            entry.say("side", Said(named[0][0], "present", named[0][1], named[0][2]))


def _far(hit: Hit, level: Level) -> int:
    return level.i - hit.j if level.i >= hit.j else abs(level.i - hit.i)


def _apart(page: Page, hit: Hit, level: Level) -> int:
    """How many commas part a finding and a level."""
    low, high = min(hit.i, level.i), max(hit.i, level.i)
    return sum(page.words.norm[t] in (",", ";") for t in range(low, high))


def _told_apart(page: Page, hit: Hit, sentence: int) -> bool:
    """Whether a finding after a comma has a place or a size of its own: "no bridging bone, lucency around S1 screws".

    A list of denials names findings and nothing else; "or" holds such a list together.
    """
    norm = page.words.norm
    first, last = page.words.bounds[sentence]
    start = hit.i
    while start > first and norm[start - 1] not in (",", ";"):
        start -= 1
        if norm[start] in _DENIAL_WORDS:
            return False
    if start == first:
        return False
    stop = hit.j
    while stop < last and norm[stop] not in (",", ";", "."):
        stop += 1
    if "or" in norm[first:last] or "nor" in norm[first:last]:
        return False
    return any(word in _PLACED for word in norm[start:stop]) or any(
        start <= level.i < stop for level in page.levels_in(start, stop)
    )


def _opens_part(page: Page, hit: Hit, sentence: int) -> bool:
    """Whether a finding stands right after a comma of a sentence without "or"."""
    first, last = page.words.bounds[sentence]
    norm = page.words.norm
    return (
        hit.i > first
        and norm[hit.i - 1] in (",", ";")
        and "or" not in norm[first:last]
        and "nor" not in norm[first:last]
    )


def read_finding(page: Page, found: Found, hit: Hit, owner: EntryFound | None, sentence: int, studies: Studies) -> None:
    """Add a finding to the study it belongs to."""
    how = page.assertion(hit, past=False)
    if how == "present" and not hit.entry.get("denies") and is_doubted(page, hit):
        how = "uncertain"
    own = next((t for t in range(hit.i, hit.j) if page.words.norm[t] in _OWN_DENIAL), None)
    if own is not None:  # "no bridging bone" is itself the finding
        how = page.context.assertion(hit.i, own + 1, past=False)
    elif how == "negated" and not hit.entry.get("denies") and _told_apart(page, hit, sentence):
        how = "present"
    elif how == "negated" and "bridging_bone" in hit.entry["findings"] and _opens_part(page, hit, sentence):
        how = "present"  # "no lucency, solid fusion"
    elif how == "negated" and not hit.entry.get("denies") and _clause_of_its_own(page, hit):
        how = "present"
    start, end = page.span(hit.i, hit.j)
    if how == "negated" and (_only_severe(page, hit) or _left_alone(page, hit)):
        found.used(start, end)
        return
    if how in ("family", "hypothetical") or page.section[hit.i] in ("family", "return", "risks"):
        return
    if hit.entry.get("denies"):
        if how != "present" or (hit.i and page.words.norm[hit.i - 1] in _ONE_OF):
            return  # "the left rod intact" says nothing of the right one
        how = "negated"
    kind = hit.entry.get("collection")
    if kind and not (kind in ("hematoma", "abscess") and owner is None):
        read_collection(page, found, hit, how, owner, sentence, str(kind))
    members = list(hit.entry["findings"])
    if owner is None:
        if _known_stenosis(page, found, hit, how, sentence):
            found.used(start, end)
        return
    if hit.entry.get("only") == "study" and (
        how != "present" or any(said.assertion == "present" for said in owner.told.get("findings", ()))
    ):
        return
    found.used(start, end)
    first, last = page.words.bounds[sentence]
    near = [level for level in page.levels_in(first, last) if level.segments and _far(hit, level) <= _LEVEL_NEAR]
    level = min(near, key=lambda one: (_apart(page, hit, one), abs(one.i - hit.i))) if near else None
    if level is not None and how == "present" and level.i >= hit.j:
        level = _with_joined(page, level, sentence)
    placed = level is not None
    if how == "negated" and level is not None and (level.i < hit.j or _apart(page, hit, level)):
        level = None  # "no stenosis at L5-S1" is of that level; a list of denials is of the whole study
    if how == "negated" and placed and level is None and studies.says(owner, members):
        return  # "L4-5: no stenosis" in a report of stenosis at L3-4
    said = Said(members, how, start, end)
    if placed and (level is None or how == "present"):
        studies.note(owner, said, members)
    owner = studies.part(owner, level, "findings" in owner.told)
    owner.add("findings", said)
    if how == "present" and "nonunion" in members and page.words.norm[hit.i] in _OWN_DENIAL:
        if "bridging" in page.words.norm[hit.i : hit.j]:  # "no bridging bone" says both
            owner.add("findings", Said(["bridging_bone"], "negated", start, end))
    if how == "present" and not _ONE_SIDED.isdisjoint(members):
        told = any(one.value == members for one in owner.told["findings"][:-1])
        side = _side(page, hit, level)
        if side is not None or not told:  # "the herniation" named again need not tell its side again
            studies.sides.setdefault(id(owner), (owner, []))[1].append(side)
    if level is not None and how in ("present", "negated"):
        owner.say("levels", Said(list(level.segments), "present", level.start, level.end))
        found.used(level.start, level.end)


def _with_joined(page: Page, level: Level, sentence: int) -> Level:
    """ "Bridging bone at C3-4 and C4-5": the levels of a list as one, unless the next belongs to a finding after it."""
    norm = page.words.norm
    last = page.words.bounds[sentence][1]
    findings = {hit.i for hit in page.by_sentence("image_finding").get(sentence, ())}
    while (joined := next((one for one in page.levels_in(level.j, last) if one.i > level.j), None)) is not None:
        between = norm[level.j : joined.i]
        if not joined.segments or joined.region != level.region or not 0 < len(between) <= _JOINED_FAR:
            break
        if any(word not in _JOINS for word in between) or not findings.isdisjoint(range(joined.j, joined.j + _OWN_FAR)):
            break
        fresh = tuple(one for one in joined.segments if one not in level.segments)
        level = replace(level, end=joined.end, j=joined.j, segments=level.segments + fresh)
    return level


def _clause_of_its_own(page: Page, hit: Hit) -> bool:
    """ "The graft is not healed and the screws are loose": what follows "and" with a verb of its own is not denied."""
    norm = page.words.norm
    first, _ = page.words.bounds[page.words.sentence[hit.i]]
    if _VERBS.isdisjoint(norm[hit.i : hit.j]):
        return False
    joined = next((t for t in range(hit.i - 1, max(first, hit.i - _OWN_FAR) - 1, -1) if norm[t] == "and"), None)
    if joined is None:
        return False
    denied = next((norm[t] for t in range(joined, first - 1, -1) if norm[t] in _DENIAL_WORDS), "")
    return denied == "not"


def _left_alone(page: Page, hit: Hit) -> bool:
    """ "No indication to drain the collection" tells what is not done, and not that there is none."""
    norm = page.words.norm
    first, _ = page.words.bounds[page.words.sentence[hit.i]]
    return any(
        norm[t] == "to" and norm[t + 1] in _TREATS and norm[t - 1] in _CAUSES
        for t in range(max(first + 1, hit.i - 5), hit.i)
    )


def _only_severe(page: Page, hit: Hit) -> bool:
    """ "No high-grade stenosis" says nothing of a lesser one."""
    norm = page.words.norm
    near = norm[max(0, hit.i - 3) : min(hit.j, hit.i + 2)]
    return any(word in _GRADES for word in near) or (norm[hit.i] == "high" or norm[hit.i - 1 : hit.i] == ["grade"])


def _known_stenosis(page: Page, found: Found, hit: Hit, how: Assertion, sentence: int) -> bool:
    """ "Known cervical stenosis" was seen on some study, whichever it was."""
    if "central_stenosis" not in hit.entry["findings"] or how != "present":
        return False
    first, _ = page.words.bounds[sentence]
    before = page.words.norm[max(first, hit.i - 5) : hit.j]
    if "known" not in before and page.section[hit.i] not in ("past", "assessment"):
        return False
    inner = [place for place in page.within("place", hit.i, hit.j) if place.entry.get("region")]
    region = region_told(page, hit, sentence)
    if region is None and inner:
        region = (inner[0].entry["region"], *page.span(inner[0].i, inner[0].j))
    if region is None:
        return False
    entry = found.entry("imaging")
    entry.say("region", Said(region[0], "present", region[1], region[2]))
    entry.say("findings", Said(["central_stenosis"], "present", *page.span(hit.i, hit.j)))
    return True


def _side(page: Page, hit: Hit, level: Level | None) -> tuple[str, int, int] | None:
    """The side beside a finding, or behind the level that follows it: "extrusion at L3-4 on the right"."""
    j = level.j if level is not None and 0 <= level.i - hit.j <= 1 else hit.j
    side = side_of(page, hit.i, j, _SIDE_NEAR)
    return (side, *page.span(hit.i, hit.j)) if side in ("L", "R", "both") else None
