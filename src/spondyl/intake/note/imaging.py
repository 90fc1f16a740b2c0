"""Studies: what was imaged, when, with what findings; and the collection at the operation, with facts of its own."""

from __future__ import annotations

import re
from typing import Final

from .found import EntryFound, Found, Said
from .imaged import read_finding, say_sides
from .indication import is_reason
from .lazy import Lazy
from .page import Page
from .phrases import Hit
from .report import Report, find_report
from .study import add_details, is_a_label, is_compared, region_told
from .study_list import PHYSICAL, Studies

_REPORT: Final = Lazy(
    r"\b(?:it|this|they|these|study|scan|report|findings?|at\s+[LCT]\d|images?|which|there\s+(?:is|are|was|were)|updated)\b",
    re.IGNORECASE,
)
_PARAGRAPH: Final = 4
_OF_COLLECTION: Final = frozenset(("collection.compressing", "collection.enhancing", "collection.deep_to_fascia"))
_SOLID: Final = (
    "disc",
    "disk",
    "herniat",
    "extrusion",
    "protrusion",
    "osteophyte",
    "spur",
    "fragment",
    "stenosis",
    "facet",
)
_FLUIDS: Final = (
    *("collection", "fluid", "seroma", "hematoma", "haematoma", "pseudomening", "abscess", "cyst", "swelling", "bulge"),
    *("lump", "pocket", "phlegmon", "meningocele", "clot"),
)
_PICTURED: Final = frozenset(
    "hardware_loosening screw_breakage rod_fracture screw_malposition cage_subsidence cage_migration nonunion"
    " bridging_bone central_stenosis lateral_recess_stenosis foraminal_stenosis recurrent_herniation epidural_fibrosis"
    " arachnoiditis spondylolisthesis cord_compression cord_signal cauda_equina_compression pseudomeningocele"
    " endplate_edema modic_changes sagittal_imbalance junctional_kyphosis facet_arthropathy adjacent_level_stenosis"
    " adjacent_level_degeneration adjacent_level_herniation".split()
)
_PERSON: Final = frozenset("he she his her patient pt denie deny reports complains".split())


def read_imaging(page: Page, found: Found) -> None:
    """Add studies, their findings, and the collection."""
    studies = Studies(page, found)
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
        if (
            number in details
            and not here
            and studies.open is not None
            and (part or page.section[details[number][0].i] == "imaging")
        ):
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
            if not carries and not here and _goes_on(page, hit, studies, number):
                carries = True
            if is_reason(page, hit) or part in ("history", "technique", "comparison", "title"):
                found.used(*page.span(hit.i, hit.j))
                continue
            owner = _owner(hit, entries)
            if owner is None and part == "body" and studies.home is not None:
                if all(study.i >= hit.j for study, _ in entries):
                    owner = studies.home
            elif owner is None and not entries and carries and _is_pictured_here(page, hit, studies, number):
                owner = None if _other_place(page, hit, studies, number) else studies.open
                if number - studies.open_sentence <= 4:
                    studies.open_sentence = number
            if owner is None and not entries:
                owner = studies.unnamed(hit, number)
            read_finding(page, found, hit, owner, number, studies)
    say_sides(studies.sides)
    studies.settle()
    _drop_stray(page, found)
    for hit in page.of("no_imaging"):
        found.used(*page.span(hit.i, hit.j))


def _is_pictured_here(page: Page, hit: Hit, studies: Studies, number: int) -> bool:
    """Whether a sentence can tell of a picture: not of an examination, unless the study before it stands there too."""
    section = page.section[hit.i]
    if section not in PHYSICAL:
        return True
    if section not in ("exam", "past") or number - studies.open_sentence != 1:
        return False
    return page.section[page.words.bounds[studies.open_sentence][0]] == section and not hit.entry.get("only")


def _goes_on(page: Page, hit: Hit, studies: Studies, number: int) -> bool:
    """Whether a finding that only a picture shows stands a few sentences after a study, in its paragraph."""
    if studies.open is None or not 0 < number - studies.open_sentence <= _PARAGRAPH:
        return False
    if _PICTURED.isdisjoint(hit.entry["findings"]) or page.section[hit.i] in PHYSICAL:
        return False
    start = page.words.start[page.words.bounds[studies.open_sentence][0]]
    if "\n\n" in page.text[start : page.words.start[hit.i]]:
        return False
    first, last = page.words.bounds[number]
    return _PERSON.isdisjoint(page.words.norm[first:last])


def _drop_stray(page: Page, found: Found) -> None:
    """What is told of a collection counts only in a note that speaks of one: a disc compresses a root, too."""
    if not any(word in page.marks.low for word in _FLUIDS):
        found.flat = [one for one in found.flat if one[0] not in _OF_COLLECTION]
        return
    found.flat = [one for one in found.flat if one[0] not in _OF_COLLECTION or not _of_a_disc(page, one[1].start)]


def _of_a_disc(page: Page, start: int) -> bool:
    """Whether the sentence of a place names a disc or bone that presses, and no fluid."""
    i = min(page.words.at(start), len(page.words.norm) - 1)
    first, last = page.words.bounds[page.words.sentence[i]]
    low = page.marks.low[page.words.start[first] : page.words.end[last - 1]]
    return any(word in low for word in _SOLID) and not any(word in low for word in _FLUIDS)


def _open_report(report: Report, studies: Studies, entry: EntryFound | None) -> None:
    """The study of the title is that of the whole note, with the day of its heading."""
    if entry is None:
        return
    studies.home = entry
    if report.day is not None and entry.get("date") is None:
        value, start, end = report.day
        entry.say("date", Said(value, "present", start, end, None, "day"))
        studies.dated(entry, value)


def _other_place(page: Page, hit: Hit, studies: Studies, sentence: int) -> bool:
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
