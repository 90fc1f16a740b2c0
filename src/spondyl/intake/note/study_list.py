"""The studies of a note, each once: its parts by level, those still to come, and the one that is spoken of now."""

from __future__ import annotations

from typing import Final

from spondyl.record.facts import Assertion

from .found import EntryFound, Found, Said
from .injections import day_of
from .levels import Level
from .page import Page
from .past import has_time, is_over
from .phrases import Hit
from .study import add_details, day_told, how_told, is_seen, region_told, second_region
from .times import Time

PHYSICAL: Final = frozenset(("exam", "family", "return", "risks", "allergies", "social", "ros", "past"))
_OF_A_STUDY: Final = frozenset(
    "of the spine and with without contrast w / wo done taken obtained performed here in clinic office was were lateral"
    " ap view film radiograph reviewed read ( - : , from about scan".split()
)
_TODAY: Final = 5
_NOT_DONE: Final = ("planned", "hypothetical", "family", "negated")
_STUDIES: Final = 40
# what only a picture shows: who tells of it has seen one, though none is named
_SEEN_IN_PICTURES: Final = frozenset(("screw_breakage", "rod_fracture", "implant_migration", "cage_migration"))
# what an impression names was seen too; the second row is also what operations are done for
_CONCLUDED: Final = frozenset(
    "nonunion hardware_loosening cage_subsidence recurrent_herniation adjacent_level_stenosis adjacent_level_herniation"
    " adjacent_level_degeneration epidural_fibrosis arachnoiditis junctional_kyphosis sagittal_imbalance"
    " pseudomeningocele screw_malposition".split()
)
_REASONS: Final = frozenset(("foraminal_stenosis", "lateral_recess_stenosis", "spondylolisthesis"))
_DONE: Final = frozenset("s/p status post after following underwent since prior previous postop".split())
_HEADS: Final = frozenset("pre post op preoperative postoperative admitting discharge".split())
_TREATED: Final = frozenset(
    "treated resolved healed repaired fixed decompressed evacuated united former history possible rule ?".split()
)
_NOT_NOW: Final = frozenset(
    "afraid worried worry fear feared scared frightened dread replaced removed exchanged revised taken buddy friend"
    " risk if could whole".split()
)


class Studies:
    """The studies so far, and the one that following sentences speak of."""

    def __init__(self, page: Page, found: Found) -> None:
        self.page, self.found = page, found
        self.open: EntryFound | None = None
        self.home: EntryFound | None = None  # the study that the whole note reports
        self.sides: dict[int, tuple[EntryFound, list[tuple[str, int, int] | None]]] = {}
        self.present: set[tuple[int, str]] = set()
        self.denied: dict[tuple[int, tuple[str, ...]], list[Said]] = {}
        self.taken_back: set[int] = set()
        self.ahead: dict[tuple[str, str, str], EntryFound] = {}
        self.open_sentence = -9
        self.alone: tuple[int, EntryFound] | None = None  # the study behind a sentence that names none
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

    def says(self, entry: EntryFound, members: list[str]) -> bool:
        """Whether a study has one of these findings at some level."""
        return any((id(entry), member) in self.present for member in members)

    def note(self, entry: EntryFound, said: Said, members: list[str]) -> None:
        """Remember a finding of a study; one that is told of a level takes back that it is nowhere."""
        key = id(entry), tuple(members)
        if said.assertion == "negated":
            self.denied.setdefault(key, []).append(said)
        elif said.assertion == "present":
            self.present.update((id(entry), member) for member in members)
            self.taken_back.update(id(one) for one in self.denied.pop(key, ()))

    def settle(self) -> None:
        """Leave out what was taken back."""
        for entry in self.found.entries if self.taken_back else ():
            held = entry.told.get("findings")
            if held is not None:
                held[:] = [said for said in held if id(said) not in self.taken_back]
                if not held:
                    del entry.told["findings"]

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
        if time is None:
            self._told_today(entry, hit, sentence)
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
        """The study behind what only a picture shows: "the rod has snapped", or an impression that names it."""
        page, (first, last) = self.page, self.page.words.bounds[sentence]
        concluded = page.section[hit.i] == "assessment" and self._concludes(hit, sentence)
        if not (concluded or _SEEN_IN_PICTURES.intersection(hit.entry["findings"])) or hit.entry.get("denies"):
            return None
        if page.section[hit.i] in PHYSICAL or page.assertion(hit, past=False) != "present":
            return None
        if not _NOT_NOW.isdisjoint(page.words.norm[first:last]) or (
            is_over(page, hit) if concluded else has_time(page, sentence, old=True)
        ):
            return None
        if self.alone is not None and self.alone[0] == sentence:
            return self.alone[1]
        entry = self.found.entry("imaging")
        region = region_told(page, hit, sentence)
        if region is not None:
            entry.say("region", Said(region[0], "present", region[1], region[2]))
        self.alone = sentence, entry
        return entry

    def _concludes(self, hit: Hit, sentence: int) -> bool:
        """Whether an impression names a finding that no study of the note has told yet."""
        first, last = self.page.words.bounds[sentence]
        norm, findings = self.page.words.norm, set(hit.entry["findings"])
        after = norm[hit.j : last]
        done = not _DONE.isdisjoint(after) or ("s" in after and "p" in after)
        if not findings & _CONCLUDED and (not findings & _REASONS or done):
            return False
        if not _TREATED.isdisjoint(norm[first:last]) or self._of_operation(hit):
            return False
        held = [value for entry in self.found.of("imaging") for value in entry.all("findings")]
        return not any(isinstance(value, list) and findings & set(value) for value in held)

    def _of_operation(self, hit: Hit) -> bool:
        """Whether the heading is that of an operation or a stay: "Preoperative diagnosis"."""
        page, t = self.page, hit.i
        while t and not page.heading[t]:
            t -= 1
        words = []
        while t >= 0 and page.heading[t]:
            words.append(page.words.norm[t])
            t -= 1
        return not _HEADS.isdisjoint(words)

    def dated(self, entry: EntryFound, day: str) -> None:
        """Remember the day of a study that was named before its day was known."""
        self.seen = [(one, name, region, day if one is entry else date) for one, name, region, date in self.seen]

    def _told_today(self, entry: EntryFound, hit: Hit, sentence: int) -> None:
        """ "Standing films today", "today's x-rays", "CT 3 weeks ago": the day follows from that of the note."""
        page = self.page
        if not page.dated or page.written_on is None:
            return
        first, last = page.words.bounds[sentence]
        for t in range(max(first, hit.i - _TODAY), min(last, hit.j + _TODAY + 1)):
            if page.words.norm[t] != "today":
                continue
            near = 0 < hit.i - t <= _TODAY if t < hit.i else t - hit.j <= _TODAY and _only_names(page, hit.j, t)
            if first <= t < last and near and (is_seen(page, hit) or page.words.norm[t + 1 : t + 2] == [":"]):
                entry.say("date", Said(page.written_on, "present", *page.span(t, t + 1), None, "day"))
                return
        for time in page.times_in(hit.j, min(last, hit.j + 6)):
            told = day_of(page, time) if time.iso is None and time.cue == "ago" else None
            if told is not None and time.precision != "about" and _only_names(page, hit.j, time.i):
                entry.say("date", Said(told[0], "present", time.start, time.end, None, told[1]))
                return

    def _tell(self, entry: EntryFound, region: tuple[str, int, int] | None, time: Time | None) -> None:
        if region is not None and entry.get("region") is None:
            entry.say("region", Said(region[0], "present", region[1], region[2]))
        if time is not None and entry.get("date") is None:
            entry.say("date", Said(time.iso, "present", time.start, time.end, None, time.precision))
            self.found.used(time.start, time.end)


def _only_names(page: Page, first: int, last: int) -> bool:
    """Whether only regions and words of a study stand there."""
    places = (
        {t for place in page.within("place", first, last) for t in range(place.i, place.j)} if first < last else set()
    )
    return all(t in places or page.words.norm[t] in _OF_A_STUDY for t in range(first, last))
