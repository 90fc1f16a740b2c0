"""The spine drawn to a case, seen from behind: operations and implants, neighbors, pain, what is under suspicion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from spondyl.explain import Words
from spondyl.render.pictures import body
from spondyl.render.pictures.course import Entry, Record, entries, told
from spondyl.render.pictures.spine_panel import EDGE, REGIONS, STRUCTURES, Panel, Suspect, badge
from spondyl.render.pictures.svg import el, fitted, picture, words
from spondyl.render.pictures.wording import say

_LIKELY = ("confirmed", "supported", "possible")
_MOST_SUSPECTS = 5
_BODY = 150.0


def spine(record: Record, words_: Words) -> str:
    """The drawing, or "" when no level and no region of pain is on record."""
    operations = [one for one in entries(record, "surgeries") if not one.planned]
    studies = entries(record, "imaging")
    pains = _pains(record)
    suspects = _suspects(record, words_)
    regions = _regions(operations, studies, suspects)
    if not pains and not operations:
        return ""
    panels = [Panel(region, words_, operations, studies, suspects) for region in regions]
    x, y, drawn = _BODY + 10, 24.0, [el("g", body.figure(pains), transform="translate(8 24)")]
    drawn.append(words(8, 14, say(words_, "pain_map"), 12, font_weight="bold"))
    for panel in panels:  # one under the other, as in the body: side by side the letters would be too small to read
        drawn.append(el("g", panel.drawn, transform=f"translate({x:g} {y:g})"))
        drawn.append(words(x + EDGE, y - 10, words_.region(panel.region).capitalize(), 12, font_weight="bold"))
        y += panel.height + 34
    x += max(panel.width for panel in panels)
    height = max(334.0, y - 24)
    legend, extra = _legend(suspects, words_, height, x)
    description = _told(words_, operations, panels, pains, suspects)
    return picture(
        "spine", max(x, 460.0), height + extra, say(words_, "spine_title"), description, "".join(drawn) + legend
    )


def _pains(record: Record) -> list[str]:
    found: dict[str, None] = {}
    for fact in told(record, "pain_regions"):
        if fact["assertion"] != "negated":
            listed = fact["value"] if isinstance(fact["value"], list) else [fact["value"]]
            found.update(dict.fromkeys(map(str, listed)))
    return list(found)


def _suspects(record: Record, words_: Words) -> list[Suspect]:
    made: list[Suspect] = []
    for one in record["generators"]:
        if one["standing"] in _LIKELY and len(made) < _MOST_SUSPECTS:
            site: Mapping[str, Any] = one["site"] or {}
            levels = tuple(site.get("levels") or ())
            place = f", {words_.levels(levels)}" if levels else ""
            cause = words_.cause(str(one["generator"]), site.get("region"))
            text = f"{cause}{place}: {words_.title('standing', one['standing'])}"
            structure = STRUCTURES.get(str(one["generator"]), "")
            made.append(Suspect(len(made) + 1, text, levels, str(site.get("region", "")), structure))
    return made


def _regions(operations: Sequence[Entry], studies: Sequence[Entry], suspects: Sequence[Suspect]) -> list[str]:
    wanted = []
    for region, bones in REGIONS.items():
        levels = {level for one in (*operations, *studies) for level in one.members("levels")}
        levels |= {level for one in suspects for level in one.levels}
        segments = {f"{a}-{b}" for a, b in pairwise(bones)}
        named = {one.values.get("region") for one in operations} | {one.region for one in suspects}
        if region != "thoracic":
            segments -= {"T12-L1"}
        if levels & segments or region in named:
            wanted.append(region)
    return wanted or ["lumbar"]


def _legend(suspects: Sequence[Suspect], words_: Words, top: float, width: float) -> tuple[str, float]:
    if not suspects:
        return "", 0.0
    drawn = [words(8, top + 6, say(words_, "suspects"), 12, font_weight="bold")]
    y = top + 26
    for one in suspects:
        drawn.append(badge(18, y - 4, one.number))
        for line in fitted(one.text, max(width, 460) - 50, 12, 2):
            drawn.append(words(34, y, line, 12))
            y += 15
        y += 6
    return "".join(drawn), y - top


def _told(
    words_: Words,
    operations: Sequence[Entry],
    panels: Sequence[Panel],
    pains: Sequence[str],
    suspects: Sequence[Suspect],
) -> str:
    """The drawing in words."""
    parts = [
        f"{segment}: {'; '.join(dict.fromkeys(panel.notes[segment]))}"
        for panel in panels
        for segment in panel.segments
        if segment in panel.notes
    ]
    unplaced = [one for one in operations if not one.members("levels")]
    if unplaced:
        parts.append(say(words_, "level_not_recorded"))
    neighbors = [segment for panel in panels for segment in panel.neighbors]
    if neighbors:
        parts.append(f"{say(words_, 'next_to_fusion')}: {', '.join(neighbors)}")
    if pains:
        parts.append(f"{say(words_, 'pain_in')}: {', '.join(words_.value('pain_regions', one) for one in pains)}")
    if suspects:
        parts.append(f"{say(words_, 'suspects')}: {'; '.join(one.text for one in suspects)}")
    return ". ".join(part.rstrip(".") for part in parts) + "."
