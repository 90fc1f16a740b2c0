"""All that the lexicon finds in a note: phrases and frames, with one word for each thing said. It judges nothing."""

from __future__ import annotations

from typing import Any

from .frames import find_frames
from .lexicon import Lexicon
from .phrases import Hit, find
from .sacroiliac import without_joints
from .words import Words


def find_all(words: Words, lexicon: Lexicon) -> dict[str, list[Hit]]:
    """Phrases by kind in the order of the note; a frame is a finding, unless a phrase says the same of the words."""
    found = find(words, lexicon)
    frames = find_frames(words, lexicon)
    if "si" in words.places:
        found["finding"] = without_joints(words, found.get("finding", []))
        frames = without_joints(words, frames)
    if not frames:
        return found
    named = {t for hit in found.get("feeling", ()) for t in range(hit.i, hit.j)}
    felt = [hit for hit in frames if hit.entry["kind"] == "feeling" and named.isdisjoint(range(hit.i, hit.j))]
    frames = [hit for hit in frames if hit.entry["kind"] != "feeling"]
    if felt:  # areas of reduced feeling are told with the examination
        found["feeling"] = sorted([*found.get("feeling", []), *felt], key=lambda hit: hit.i)
    frames, said = _denied_by_frames(frames, _without_names(frames, found.get("finding", [])))
    found["finding"] = sorted([*said, *_unsaid(frames, said)], key=lambda hit: hit.i)
    return found


def _without_names(frames: list[Hit], said: list[Hit]) -> list[Hit]:
    """ "Plantars extensor": the frame tells the result, so that the bare name of the test beside it says nothing."""
    told = {
        (name, t)
        for frame in frames
        if not frame.entry.get("denies")
        for name in frame.entry["facts"]
        for t in range(frame.i, frame.j)
    }
    return [
        hit for hit in said if not (hit.entry.get("exam") and all((name, hit.i) in told for name in hit.entry["facts"]))
    ]


def _denied_by_frames(frames: list[Hit], said: list[Hit]) -> tuple[list[Hit], list[Hit]]:
    """ "No trouble peeing": the "no trouble" of a frame that denies takes the phrase "trouble peeing" along."""
    taken: set[int] = set()
    told: list[Hit] = []
    at = 0
    for frame in frames:
        if frame.entry.get("denies"):
            while at < len(said) and said[at].i < frame.i:
                at += 1
            inside = [
                number
                for number in range(at, min(len(said), at + 8))
                if said[number].i < frame.j
                and not said[number].entry.get("denies")
                and any(first < said[number].i < last for first, last in frame.slots)
            ]
            if inside:
                taken.update(inside)
                facts = {name: value for number in inside for name, value in said[number].entry["facts"].items()}
                frame = Hit(frame.i, frame.j, {**frame.entry, "facts": {**frame.entry["facts"], **facts}}, frame.slots)
        told.append(frame)
    return told, [hit for number, hit in enumerate(said) if number not in taken]


def _unsaid(frames: list[Hit], said: list[Hit]) -> list[Hit]:
    """The frames, without what a phrase or an earlier frame over the same words has said already."""
    kept: list[Hit] = []
    at = 0
    open_hits: list[Hit] = []
    for frame in frames:
        while at < len(said) and said[at].i < frame.j:
            if not said[at].entry.get("denied_only") and not said[at].entry.get("unsure"):
                open_hits.append(said[at])
            at += 1
        open_hits = [hit for hit in open_hits if hit.j > frame.i - 60]
        told = {
            pair
            for hit in (*open_hits, *kept[-12:])
            if hit.i < frame.j and frame.i < hit.j
            for pair in _pairs(hit.entry["facts"])
        }
        facts = frame.entry["facts"]
        rest = {name: value for name, value in facts.items() if not _pairs({name: value}) <= told}
        if len(rest) == len(facts):
            kept.append(frame)
        elif rest and not frame.entry.get("denies"):  # "no trouble peeing": the phrase is denied by its own "no"
            kept.append(Hit(frame.i, frame.j, {**frame.entry, "facts": rest}, frame.slots))
    return kept


def _pairs(facts: dict[str, Any]) -> set[tuple[str, str]]:
    """What a finding is about: of a set each member, of another fact the fact."""
    return {
        (name, str(member)) for name, value in facts.items() for member in (value if isinstance(value, list) else ("",))
    }
