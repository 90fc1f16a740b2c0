"""Forms of derivation that depend on where: the region, the segment, the side, the root, the block."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from spondyl.logic import FALSE, TRUE, UNKNOWN, Interval, Members, Truth, Value, both, truth_of
from spondyl.timeline.charted import ListChart
from spondyl.timeline.doses import morphine_equivalent
from spondyl.timeline.foci import done, truth_here

if TYPE_CHECKING:
    from spondyl.timeline.view import View

_EMPTY = ListChart()


def region_member(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    """Pain in the axial or limb places of this region."""
    return truth_here(view.chart, view.focus, view.derivations.regions, body["of"], bool(body.get("unplaced")))


def by_region(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    """The score that belongs to this region."""
    fact = view.derivations.regions["regions"][view.focus.region].get(body)
    return None if fact is None else view[fact]


def segment(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    """Whether the focus lies next to, inside or away from a fusion, or has a level free of one."""
    levels = view.focus.levels
    fusions = [
        entry.values["levels"]
        for entry in view.entries("surgeries")
        if done(entry) and isinstance(entry.values["procedure"], Members) and "fusion" in entry.values["procedure"].yes
    ]
    spans = [span.yes for span in fusions if isinstance(span, Members)]
    if body == "free":
        return _free(view, spans) if spans and len(spans) == len(fusions) else None
    if not levels or not spans:
        return FALSE if body == "next_to" and view["fused_here"] is FALSE else None
    order = view.derivations.segments
    fused = {order.index(level) for span in spans for level in span if level in order}
    places = {order.index(level) for level in levels if level in order}
    inside = places <= fused
    next_to = bool(places) and not places & fused and any(place + 1 in fused or place - 1 in fused for place in places)
    answers = {"inside": inside, "next_to": next_to, "remote": not inside and not next_to and not places & fused}
    return truth_of(answers[body])


def _free(view: View, spans: Sequence[frozenset[str]]) -> Truth | None:
    """Whether a level of this place lies outside all of these fusions; None where its levels are not numbered."""
    letter = _LETTERS.get(view.focus.region)
    levels = view.focus.levels or [level for level in view.derivations.segments if level[0] == letter]
    fused = frozenset().union(*spans)
    return truth_of(not fused.issuperset(levels)) if levels else None


_LETTERS = {"cervical": "C", "thoracic": "T", "lumbar": "L"}
_NO_FINDING = {"normal", "degeneration", "scoliosis", "bridging_bone"}


def concordance(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    """Whether side, or root and level, of findings and symptoms agree."""
    studies = [
        values
        for _, values in view.bound("imaging")
        if values["same_region"] is TRUE
        and isinstance(values["findings"], Members)
        and values["findings"].yes - _NO_FINDING
    ]
    if body == "side":
        sides = {values["side"] for values in studies if isinstance(values["side"], str)}
        pain = view.focus.side
        if not sides or pain is None:
            return None
        return TRUE if sides & {"both", "midline", pain} or pain == "both" else FALSE
    roots = _roots(view)
    fitting = view.derivations.regions["segment_roots"]
    levels = {level for values in studies if isinstance(values["levels"], Members) for level in values["levels"].yes}
    expected = {root for level in levels for root in fitting.get(level, ())}
    if not roots or not expected:
        return None
    return TRUE if roots & expected else FALSE


def _roots(view: View) -> set[str]:
    of_muscle = view.derivations.regions["myotome_roots"]
    table = view.derivations.regions["regions"][view.focus.region]
    named: set[str] = set()
    for lists, name in (("pains", "root"), ("motor_deficit", "myotome"), ("sensory_deficit", "dermatome")):
        for _, values in view.bound(lists):
            word = values[name]
            if isinstance(word, str):
                named.update(of_muscle.get(word, (word,)))
    return named & set(table["roots"])


def block(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    """Whether a diagnostic block of a structure of this region relieved as asked."""
    relief, target = view["block_relief_pct"], view["block_target"]
    match = re.fullmatch(r"(<=|>=|<|>)\s*(\d+)", body["relief"])
    if not isinstance(relief, Interval) or match is None:
        return None
    serves: Truth = UNKNOWN
    if isinstance(target, str):
        serving = view.derivations.regions["regions"][view.focus.region]["block_targets"]
        serves = TRUE if target in serving else FALSE
    return both([relief.compare(match[1], float(match[2])), serves])


def recorded(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    """Whether nothing is recorded; for questions only."""
    return TRUE if view[body["absent"]] is None else FALSE


def recorded_since(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    """A normal examination that is not older than the last recorded change."""
    normal = view[body["fact"]]
    if normal is not TRUE:
        return normal
    examined = view.chart.dates.get(body["examined_on"]) or view.chart.recorded_on.get(body["fact"])
    if examined is None:
        return TRUE if body["fact"] in view.given else None
    changes = [view.chart.recorded_on[one] for one in body["facts"] if one in view.chart.recorded_on]
    if any(change.first > examined.last for change in changes):
        return FALSE
    return None if any(change.last > examined.first for change in changes if change != examined) else TRUE


def sum_product(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    """Opioids of the list in morphine equivalents."""
    check = view.where(name, body)
    taken = [values for _, values in view.bound(body["list"]) if check is None or check(values) is TRUE]
    listed = view.chart.lists.get(body["list"], _EMPTY)
    if not taken:
        return Interval(0, 0) if listed.closed else None
    total = morphine_equivalent(taken, view.derivations.tables["drugs"])
    return Interval(total.low, total.high)


def focus(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    """Region, levels or side of the focus itself."""
    if body == "region":
        return view.focus.region
    if body == "levels":
        levels = view.focus.levels or view.focus.surgery_levels
        return Members(frozenset(levels)) if levels else None
    if body == "collection_elsewhere":
        findings = view["findings_here"]
        seen = isinstance(findings, Members) and findings.yes & {"collection", "pseudomeningocele"}
        return truth_of(bool(view.chart.operated) and view.focus.region not in view.chart.operated and not seen)
    return view.focus.side


def triage(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    """What triage established; nothing until the engine sets it."""
    return FALSE  # the engine sets what triage established; until then nothing is
