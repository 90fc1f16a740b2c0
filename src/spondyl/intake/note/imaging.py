"""Studies: what was imaged, when, with what findings; and the collection at the operation, with facts of its own."""

from __future__ import annotations

import re
from typing import Final

from spondyl.record.facts import Assertion

from .collection import read_collection
from .found import EntryFound, Found, Said
from .indication import is_reason
from .lazy import Lazy
from .levels import Level
from .page import Page
from .past import has_time
from .phrases import Hit
from .report import Report, find_report
from .study import add_details, day_told, how_told, is_a_label, is_compared, region_told, second_region
from .times import Time

_REPORT: Final = Lazy(
    r"\b(?:it|this|they|these|study|scan|report|findings?|at\s+[LCT]\d|images?|which|there\s+(?:is|are|was|were)|updated)\b",
    re.IGNORECASE,
)
_NOT_DONE: Final = ("planned", "hypothetical", "family", "negated")
_PHYSICAL: Final = frozenset(("exam", "family", "return", "risks", "allergies", "social", "ros", "past"))
_OWN_DENIAL: Final = frozenset("no not lack absence without failed incomplete".split())
_DENIAL_WORDS: Final = frozenset("no not without negative absent deny never nor excluded".split())
_PLACED: Final = frozenset(
    "around about surrounding along at mild moderate severe large small marked extensive # mm cm".split()
)
_GRADES: Final = frozenset("severe critical high-grade moderate".split())
_LEVEL_NEAR: Final = 8
_STUDIES: Final = 40
# what only a picture shows: who tells of it has seen one, though none is named
_SEEN_IN_PICTURES: Final = frozenset(("screw_breakage", "rod_fracture", "implant_migration", "cage_migration"))
_NOT_NOW: Final = frozenset(
    "afraid worried worry fear feared scared frightened dread replaced removed exchanged revised taken buddy friend"
    " risk if could whole".split()
)


class _Studies:
    """The studies so far, and the one that following sentences speak of."""

    def __init__(self, page: Page, found: Found) -> None:
        self.page, self.found = page, found
        self.open: EntryFound | None = None
        self.home: EntryFound | None = None  # the study that the whole note reports
        self.ahead: dict[tuple[str, str, str], EntryFound] = {}
        self.open_sentence = -9
        self.seen: list[tuple[EntryFound, str, str | None, str | None]] = []
        self.parts: dict[int, list[EntryFound]] = {}

    def part(self, entry: EntryFound, level: Level | None, has_findings: bool) -> EntryFound:
        """The part of a study that speaks of a level: findings at other levels stand in an entry of their own."""
        if level is None:
            return entry
        parts = self.parts.setdefault(id(entry), [])
        for one in (entry, *parts):
            if one.get("region") not in (None, level.region) and level.region in ("cervical", "thoracic", "lumbar"):
                if any(other.get("region") == level.region for other in parts):
                    continue
            told = one.all("levels")
            if list(level.segments) in told:
                return one
            if not told and (one is entry or one.get("region") == level.region):
                return one
        if not has_findings:
            return entry
        own = self.found.entry("imaging")
        own.told = {name: list(entry.told[name]) for name in ("modality", "date", "contrast") if name in entry.told}
        own.told["region"] = [said for said in entry.told.get("region", ()) if said.value == level.region]
        if own.get("region") is None:
            own.say("region", Said(level.region, "present", level.start, level.end))
        parts.append(own)
        return own

    def study(self, hit: Hit, sentence: int) -> EntryFound | None:
        """The entry of a named study, a new one or the one named before."""
        page = self.page
        how = how_told(page, hit)
        if not {"guided", "guidance"}.isdisjoint(page.words.norm[hit.j : hit.j + 2]):
            return None  # "CT-guided" tells how a needle was placed
        if how == "uncertain" and page.by_sentence("image_finding").get(sentence):
            how = "present"  # the finding is in doubt, not the study
        if how in _NOT_DONE or how == "uncertain" or page.section[hit.i] in ("family", "return", "risks"):
            self.open = None
            self._say_ahead(hit, how, sentence)
            return None
        start, end = page.span(hit.i, hit.j)
        self.found.used(start, end)
        region = region_told(page, hit, sentence)
        time = day_told(page, hit, sentence)
        modality = str(hit.entry["modality"])
        for entry, name, held_region, date in reversed(self.seen[-_STUDIES:]):
            if (
                name == modality
                and (region is None or held_region is None or region[0] == held_region)
                and (time is None or date is None or str(time.iso).startswith(date) or date.startswith(str(time.iso)))
            ):
                if time is None or date is None or time.iso == date:
                    self._tell(entry, region, time)
                    return entry
        entry = self.found.entry("imaging")
        entry.say("modality", Said(modality, "present", start, end))
        self._tell(entry, region, time)
        other = second_region(page, hit, sentence, region)
        if other is not None:
            twin = self.found.entry("imaging")
            twin.say("modality", Said(modality, "present", start, end))
            self._tell(twin, other, time)
            self.seen.append((twin, modality, other[0], time.iso if time else None))
            self.parts.setdefault(id(entry), []).append(twin)
        add_details(page, entry, hit, sentence)
        self.seen.append((entry, modality, region[0] if region else None, time.iso if time else None))
        return entry

    def _say_ahead(self, hit: Hit, how: Assertion, sentence: int) -> None:
        """A study that is to come, or would come if something happened: never one that was done."""
        page = self.page
        if how in ("negated", "uncertain", "family") or page.section[hit.i] in ("family", "risks"):
            return
        how = "hypothetical" if page.section[hit.i] == "return" else how
        region = region_told(page, hit, sentence)
        key = (str(hit.entry["modality"]), how, region[0] if region else "")
        if key in self.ahead:
            return
        entry = self.ahead[key] = self.found.entry("imaging")
        entry.say("modality", Said(key[0], how, *page.span(hit.i, hit.j)))
        if region is not None:
            entry.say("region", Said(region[0], how, region[1], region[2]))
        self.found.used(*page.span(hit.i, hit.j))

    def compared(self, sentence: int) -> None:
        """Lines of a report that name the earlier studies by their days alone: "Comparison: 03/17/2025"."""
        page, home = self.page, self.home
        first, last = page.words.bounds[sentence]
        if home is None or "comparison" not in page.words.norm[first:last]:
            return
        for time in page.times_in(first, last):
            if time.iso is None or time.precision == "year":
                continue
            entry = self.found.entry("imaging")
            for name in ("modality", "region"):
                if name in home.told:
                    entry.say(name, Said(home.get(name), "present", time.start, time.end))
            self._tell(entry, None, time)

    def unnamed(self, hit: Hit, sentence: int) -> EntryFound | None:
        """The study behind a broken or moved implant told without one: "the rod has snapped"."""
        if not _SEEN_IN_PICTURES.intersection(hit.entry["findings"]) or hit.entry.get("denies"):
            return None
        page, (first, last) = self.page, self.page.words.bounds[sentence]
        if page.section[hit.i] in _PHYSICAL or page.assertion(hit, past=False) != "present":
            return None
        if not _NOT_NOW.isdisjoint(page.words.norm[first:last]) or has_time(page, sentence, old=True):
            return None
        entry = self.found.entry("imaging")
        region = region_told(page, hit, sentence)
        if region is not None:
            entry.say("region", Said(region[0], "present", region[1], region[2]))
        return entry

    def dated(self, entry: EntryFound, day: str) -> None:
        """Remember the day of a study that was named before its day was known."""
        self.seen = [(one, name, region, day if one is entry else date) for one, name, region, date in self.seen]

    def _tell(self, entry: EntryFound, region: tuple[str, int, int] | None, time: Time | None) -> None:
        if region is not None and entry.get("region") is None:
            entry.say("region", Said(region[0], "present", region[1], region[2]))
        if time is not None and entry.get("date") is None:
            entry.say("date", Said(time.iso, "present", time.start, time.end, None, time.precision))
            self.found.used(time.start, time.end)


def read_imaging(page: Page, found: Found) -> None:
    """Add studies, their findings, and the collection."""
    studies = _Studies(page, found)
    named = page.by_sentence("study")
    findings = page.by_sentence("image_finding")
    details = page.by_sentence("study_detail")
    report = find_report(page)
    for number in range(len(page.words.bounds)):
        here = [
            hit
            for hit in named.get(number, ())
            if (not page.heading[hit.i] or hit.i + 1 < len(page.words.norm)) and not is_a_label(page, hit)
        ]
        told = findings.get(number, [])
        part = report.of(number) if report is not None else ""
        if part == "comparison" and not here:
            studies.compared(number)
        if part == "technique":
            here = []
        if number in details and studies.open is not None and (part or page.section[details[number][0].i] == "imaging"):
            add_details(page, studies.home or studies.open, None, number)
        if not here and not told:
            continue
        entries: list[tuple[Hit, EntryFound | None]] = []
        for hit in here:
            compared = part == "comparison" or is_compared(page, hit, number, studies.open is not None)
            held = studies.open
            entry = studies.study(hit, number)
            if compared:
                studies.open = held
            else:
                entries.append((hit, entry))
                if report is not None and hit is report.title:
                    _open_report(report, studies, entry)
        if entries and entries[-1][1] is not None:
            studies.open, studies.open_sentence = entries[-1][1], number
        if part and studies.home is not None:
            studies.open, studies.open_sentence = studies.home, number
        first = page.words.bounds[number][0]
        carries = (
            studies.open is not None
            and number - studies.open_sentence <= 4
            and (
                page.section[first] == "imaging"
                or _REPORT.match(page.text, page.words.start[first])
                or number - studies.open_sentence == 1
                or part == "body"
            )
        )
        for hit in told:
            if is_reason(page, hit) or part in ("history", "technique", "comparison", "title"):
                found.used(*page.span(hit.i, hit.j))
                continue
            owner = _owner(hit, entries)
            if owner is None and part == "body" and studies.home is not None:
                if all(study.i >= hit.j for study, _ in entries):
                    owner = studies.home
            elif owner is None and not entries and carries and page.section[hit.i] not in _PHYSICAL:
                owner = None if _other_place(page, hit, studies, number) else studies.open
                if number - studies.open_sentence <= 4:
                    studies.open_sentence = number
            if owner is None and not entries:
                owner = studies.unnamed(hit, number)
            _finding(page, found, hit, owner, number, studies)
    for hit in page.of("no_imaging"):
        found.used(*page.span(hit.i, hit.j))


def _open_report(report: Report, studies: _Studies, entry: EntryFound | None) -> None:
    """The study of the title is that of the whole note, with the day of its heading."""
    if entry is None:
        return
    studies.home = entry
    if report.day is not None and entry.get("date") is None:
        value, start, end = report.day
        entry.say("date", Said(value, "present", start, end, None, "day"))
        studies.dated(entry, value)


def _other_place(page: Page, hit: Hit, studies: _Studies, sentence: int) -> bool:
    """Whether a sentence after a report speaks of something known from elsewhere, or of another region."""
    first, last = page.words.bounds[sentence]
    if "known" in page.words.norm[first:last] or "history" in page.words.norm[first:last]:
        return True
    region = region_told(page, hit, sentence)
    if region is None or studies.open is None:
        return False
    held = [entry.get("region") for entry in (studies.open, *studies.parts.get(id(studies.open), ()))]
    return None not in held and region[0] not in held


def _owner(hit: Hit, entries: list[tuple[Hit, EntryFound | None]]) -> EntryFound | None:
    """The study that a finding in its sentence belongs to: the last named before it, else one right after ("on CT")."""
    before = [entry for study, entry in entries if study.j <= hit.i]
    if before:
        return before[-1]
    after = [(study, entry) for study, entry in entries if study.i >= hit.j]
    return after[0][1] if after and after[0][0].i - hit.j <= 10 else None


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


def _finding(page: Page, found: Found, hit: Hit, owner: EntryFound | None, sentence: int, studies: _Studies) -> None:
    how = page.assertion(hit, past=False)
    own = next((t for t in range(hit.i, hit.j) if page.words.norm[t] in _OWN_DENIAL), None)
    if own is not None and not hit.entry.get("denies"):  # "no bridging bone" is itself the finding
        how = page.context.assertion(hit.i, own + 1, past=False)
    elif how == "negated" and not hit.entry.get("denies") and _told_apart(page, hit, sentence):
        how = "present"
    start, end = page.span(hit.i, hit.j)
    if how == "negated" and _only_severe(page, hit):
        found.used(start, end)
        return
    if how in ("family", "hypothetical") or page.section[hit.i] in ("family", "return", "risks"):
        return
    if hit.entry.get("denies"):
        if how != "present":
            return
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
    near = [level for level in page.levels_in(first, last) if level.segments and abs(level.i - hit.i) <= _LEVEL_NEAR]
    level = min(near, key=lambda one: (_apart(page, hit, one), abs(one.i - hit.i))) if near else None
    if how == "negated" and level is not None and (level.i < hit.j or _apart(page, hit, level)):
        level = None  # "no stenosis at L5-S1" is of that level; a list of denials is of the whole study
    owner = studies.part(owner, level, "findings" in owner.told)
    owner.add("findings", Said(members, how, start, end))
    if level is not None and how in ("present", "negated"):
        owner.say("levels", Said(list(level.segments), "present", level.start, level.end))
        found.used(level.start, level.end)


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
