"""Where the case takes place: the regions that hurt, were operated on, or carry a finding that may explain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from spondyl.logic import FALSE, TRUE, Members, Truth
from spondyl.record import JsonValue
from spondyl.timeline.charted import Chart, Entry

ORDER = ("cervical", "thoracic", "lumbar", "sacral", "sacroiliac", "hip", "unspecified")


@dataclass(frozen=True, slots=True)
class Focus:
    """One place a rule is judged for. A `segment` is a level next to a fusion, or with a finding of its own."""

    region: str
    kind: Literal["region", "segment"] = "region"
    levels: tuple[str, ...] = ()
    side: str | None = None
    hurts: bool = False
    operated: bool = False
    surgery_levels: tuple[str, ...] = ()
    fused_levels: tuple[str, ...] = ()
    surgery: str | None = None
    fusion: str | None = None

    @property
    def key(self) -> str:
        """The site part of a statement's key."""
        return f"{self.region}:{'+'.join(self.levels)}" if self.kind == "segment" else self.region

    def site(self, printed: str = "focus") -> dict[str, JsonValue]:
        """The site as in the record; `printed` chooses operated or fused levels, or those of the focus."""
        levels, surgery = self.levels, None
        if printed == "operated" and self.kind == "region":
            levels, surgery = self.surgery_levels, self.surgery
        elif printed == "fused" and self.kind == "region":
            levels, surgery = self.fused_levels, self.fusion
        return {"region": self.region, "levels": list(levels), "side": self.side, "surgery": surgery}


def entry_regions(entry: Entry) -> frozenset[str]:
    """The regions an entry of a finished chart names, by its region or else by its levels; empty when it names none."""
    if entry.named is None:
        entry.named = _entry_regions(entry)
    return entry.named


def _entry_regions(entry: Entry) -> frozenset[str]:
    region = entry.values["region"]
    levels = entry.values["levels"]
    named = set()
    if isinstance(region, str) and region != "unspecified":
        named.add(region)
    if isinstance(levels, Members):
        for level in levels.yes:
            named.add({"C": "cervical", "T": "thoracic"}.get(level[0], "lumbar"))
            if level in ("L5-S1", "S1-pelvis") and isinstance(entry.values["procedure"], Members):
                named.update(("sacral", "sacroiliac"))
    return frozenset(named)


def done(entry: Entry) -> bool:
    """Whether an operation counts as done: recorded and not planned or canceled."""
    return entry.values["status"] not in ("planned", "canceled")


def foci(chart: Chart, tables: Mapping[str, Any]) -> tuple[Focus, ...]:
    """The foci of a case, those that hurt first; one `unspecified` when the case names no region."""
    regions = tables["regions"]
    hurting = _hurting(chart, regions)
    surgeries = [entry for entry in _entries(chart, "surgeries") if done(entry)]
    operated = {region for entry in surgeries for region in entry_regions(entry)} - {"sacroiliac", "sacral"}
    operated |= {
        str(entry.values["region"]) for entry in surgeries if entry.values["region"] in ("sacral", "sacroiliac")
    }
    chart.placed = bool(hurting or operated)
    chart.operated = frozenset(operated)
    found = _finding_regions(chart, regions["focus_of_finding"]) - hurting - operated
    named = [region for region in ORDER if region in hurting]
    named += [region for region in ORDER if region in operated and region not in named]
    named += [region for region in ORDER if region in found and region not in named]
    if not named:
        named = ["unspecified"]
    made: list[Focus] = []
    for region in named:
        table = regions["regions"][region]
        here = [entry for entry in surgeries if _is_here(entry, region, table)]
        levels = _levels(here)
        fusions = [entry for entry in here if _has(entry, "procedure", "fusion")]
        fused = _levels(fusions)
        side = _side(chart, table)
        made.append(
            Focus(
                region,
                side=side,
                hurts=region in hurting,
                operated=bool(here),
                surgery_levels=levels,
                fused_levels=fused,
                surgery=f"surgeries.{here[-1].index}" if here else None,
                fusion=f"surgeries.{fusions[-1].index}" if fusions else None,
            )
        )
        made += _segments(chart, region, table, fused, side, region in hurting)
    return tuple(made)


def _entries(chart: Chart, name: str) -> Sequence[Entry]:
    listed = chart.lists.get(name)
    return listed.entries if listed else ()


def _is_here(entry: Entry, region: str, table: Mapping[str, Any]) -> bool:
    named = entry_regions(entry)
    return bool(named & set(table["surgery"])) if named else region == "unspecified"


def _has(entry: Entry, name: str, member: str) -> bool:
    members = entry.values[name]
    return isinstance(members, Members) and member in members.yes


def _levels(entries: Sequence[Entry]) -> tuple[str, ...]:
    named: dict[str, None] = {}
    for entry in entries:
        members = entry.values["levels"]
        if isinstance(members, Members):
            named.update(dict.fromkeys(members.yes))
    return tuple(sorted(named, key=_height))


def _height(level: str) -> tuple[int, int]:
    head = level.split("-")[0]
    return "CTLS".index(head[0]), int(head[1:] or 0)


def _hurting(chart: Chart, regions: Mapping[str, Any]) -> set[str]:
    pains = chart.ever.get("pain_regions", Members()).yes
    hurting = {regions["focus_of_pain"][pain] for pain in pains if pain in regions["focus_of_pain"]}
    for entry in _entries(chart, "pains"):
        place = entry.values["region"]
        for region in ORDER:
            if place in regions["regions"][region]["pains"] and place in (
                "neck",
                "arm",
                "thoracic",
                "low_back",
                "leg",
                "sacrum",
                "groin",
                "hip_lateral",
            ):
                hurting.add(region)
                break
    for name, region in regions["focus_of_fact"].items():
        if chart.plain[name] is TRUE:
            hurting.add(region)
    if not hurting and any(entry.values["region"] == "buttock" for entry in _entries(chart, "pains")):
        hurting = {regions["focus_when_alone"]["buttock_L"]}
    if not hurting:
        hurting = {regions["focus_when_alone"][pain] for pain in pains if pain in regions["focus_when_alone"]}
    return hurting


def _finding_regions(chart: Chart, findings: Sequence[str]) -> set[str]:
    wanted = set(findings)
    found: set[str] = set()
    for entry in _entries(chart, "imaging"):
        members = entry.values["findings"]
        if isinstance(members, Members) and members.yes & wanted:
            found |= entry_regions(entry) & {"cervical", "thoracic", "lumbar"}
    return found


def _side(chart: Chart, table: Mapping[str, Any]) -> str | None:
    pains = chart.ever.get("pain_regions", Members()).yes
    sides = {
        pain[-1] for pain in pains if pain in table["limb"] or (pain in table["axial"] and pain[-2:] in ("_L", "_R"))
    }
    if sides == {"L", "R"}:
        return "both"
    return sides.pop() if sides else None


def _segments(
    chart: Chart, region: str, table: Mapping[str, Any], fused: Sequence[str], side: str | None, hurts: bool
) -> list[Focus]:
    if not fused:
        return []
    seen: dict[str, None] = {}
    for entry in _entries(chart, "imaging"):
        findings, levels = entry.values["findings"], entry.values["levels"]
        if isinstance(findings, Members) and findings.yes - {"normal"} and isinstance(levels, Members):
            if entry_regions(entry) & set(table["surgery"]):
                seen.update(dict.fromkeys(sorted(levels.yes - set(fused), key=_height)))
    return [Focus(region, "segment", (level,), side, hurts) for level in seen]


_LIMBS = ("arm", "shoulder", "leg")


def truth_here(chart: Chart, focus: Focus, regions: Mapping[str, Any], which: str, unplaced: bool) -> Truth | None:
    """Whether pain is recorded in the places of this region (`which`: axial or limb), member by member."""
    table = regions["regions"][focus.region]
    told = {entry.values["region"] for entry in _entries(chart, "pains")} & set(table["pains"])
    if any((place in _LIMBS) is (which == "limb") for place in told):
        return TRUE
    members = chart.plain["pain_regions"]
    places = list(table[which])
    if not isinstance(members, Members):
        return TRUE if unplaced else None
    if any(place in members.yes for place in places):
        return TRUE
    if unplaced:
        limbs = {place for region in regions["regions"].values() for place in region["limb"]}
        if not members.yes & limbs:
            return TRUE
    if places and all(place in members.no or members.closed for place in places):
        return FALSE
    return None
