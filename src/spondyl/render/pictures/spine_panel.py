"""One region of the spine drawn: bones, discs and implants, what was done and found at each level, who is suspect."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from spondyl.explain import Words
from spondyl.render.pictures.course import Entry, spoken
from spondyl.render.pictures.svg import el, fitted, words
from spondyl.render.pictures.wording import say

STEP = 42.0
EDGE = 64.0  # the left edge of the bones; numbers stand left of it
_DISC, _WIDE, _LABELS = 11.0, 84.0, 244.0
_MOST_BONES = 7  # a longer region is drawn in part
REGIONS = {
    "cervical": ("C2", "C3", "C4", "C5", "C6", "C7", "T1"),
    "thoracic": ("T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T10", "T11", "T12", "L1"),
    "lumbar": ("L1", "L2", "L3", "L4", "L5", "S1"),
}
_HOLDING = ("fusion", "disc_arthroplasty", "dynamic_stabilization", "interspinous_device", "deformity_correction")
_OPENING = ("laminectomy", "laminotomy", "foraminotomy", "laminoplasty", "discectomy", "endoscopic_decompression")
# Where a cause without a level of its own lies in the drawing.
STRUCTURES = {
    "adjacent_segment_disease": "neighbors",
    "junctional_failure": "neighbors",
    "sacroiliac_joint": "sacroiliac",
    "sacral_insufficiency_fracture": "sacrum",
}


class Suspect(NamedTuple):
    """A generator that something speaks for: its number in the drawing, its words, its levels or its structure."""

    number: int
    text: str
    levels: tuple[str, ...]
    region: str
    structure: str


def _near(bones: Sequence[str], levels: Collection[str]) -> Sequence[str]:
    """The bones to draw: of the long thoracic spine the levels told of and one more at each end, else all."""
    told = [place for place, pair in enumerate(pairwise(bones)) if "-".join(pair) in levels]
    if len(bones) <= _MOST_BONES or not told:
        return bones
    return bones[max(0, told[0] - 1) : told[-1] + 3]


class Panel:
    """One region: bones from top to bottom, what was done at their right."""

    def __init__(
        self,
        region: str,
        words_: Words,
        operations: Sequence[Entry],
        studies: Sequence[Entry],
        suspects: Sequence[Suspect],
    ) -> None:
        self.region, self.words = region, words_
        levels = {level for one in (*operations, *studies) for level in one.members("levels")}
        self.bones = _near(REGIONS[region], levels | {level for one in suspects for level in one.levels})
        self.segments = [f"{a}-{b}" for a, b in pairwise(self.bones)]
        self.operations = [one for one in operations if self._here(one)]
        self.notes: dict[str, list[str]] = {}
        self._note(studies)
        held = self._levels(_HOLDING)
        self.neighbors = self._next_to(self._levels(("fusion",)))
        self.height = len(self.bones) * STEP + (62 if "S1" in self.bones else 0)
        self.width = EDGE + _WIDE + 28 + (_LABELS if self.notes or self.neighbors else 0)
        self.drawn = self._bones(held) + self._implants() + self._labels(suspects) + self._below(suspects)

    def _here(self, one: Entry) -> bool:
        levels = set(one.members("levels"))
        return bool(levels & set(self.segments)) if levels else one.values.get("region") == self.region

    def _levels(self, procedures: Sequence[str]) -> set[str]:
        return {
            level
            for one in self.operations
            if set(one.members("procedure")) & set(procedures)
            for level in one.members("levels")
        }

    def _next_to(self, fused: set[str]) -> list[str]:
        places = [place for place, segment in enumerate(self.segments) if segment in fused]
        if not places:
            return []
        around = {place + step for place in places for step in (-1, 1)} - set(places)
        return [self.segments[place] for place in sorted(around) if 0 <= place < len(self.segments)]

    def _note(self, studies: Sequence[Entry]) -> None:
        for one in self.operations:
            done = ", ".join(self.words.value("surgeries.procedure", name) for name in one.members("procedure"))
            implants = [
                say(self.words, name) for fact, name in (("instrumented", "screws"), ("interbody_cage", "cage"))
                if one.values.get(fact) is True
            ]  # fmt: skip
            when = f", {spoken(one.when)}" if one.when else ""
            text = (done or say(self.words, "operation")) + when
            text += f" ({', '.join(implants)})" if implants else ""
            levels = [level for level in self.segments if level in one.members("levels")]
            for place, level in enumerate(levels):
                said = text if place == 0 else say(self.words, "same_operation")
                self.notes.setdefault(level, []).append(said)
        for one in studies:
            found = ", ".join(self.words.value("imaging.findings", name) for name in one.members("findings"))
            kind = self.words.value("imaging.modality", str(one.values.get("modality", "")))
            when = f" {spoken(one.when)}" if one.when else ""
            for level in one.members("levels"):
                if level in self.segments and found:
                    self.notes.setdefault(level, []).append(f"{found} ({kind}{when})")

    # ---- shapes; from the left edge of the bones

    def _y(self, segment: str) -> float:
        """The middle of the disc of a segment."""
        return (self.segments.index(segment) + 1) * STEP - _DISC / 2

    def _bones(self, held: set[str]) -> str:
        drawn = []
        for place, bone in enumerate(self.bones):
            y = place * STEP
            if bone == "S1":
                top, left, right = y, EDGE, EDGE + _WIDE
                points = f"{left - 14:g},{top:g} {right + 14:g},{top:g} {right - 22:g},{top + 66:g} "
                points += f"{left + 22:g},{top + 66:g}"
                drawn.append(el("polygon", points=points, **_OUTLINE))
            else:
                tall = STEP - _DISC
                drawn.append(el("rect", x=EDGE, y=y, width=_WIDE, height=tall, rx=7, **_OUTLINE))
            drawn.append(words(EDGE + _WIDE / 2, y + 20, bone, 12, text_anchor="middle"))
        for segment in self.segments:
            y = self._y(segment) - _DISC / 2
            if segment in held:
                drawn.append(el("rect", x=EDGE + 4, y=y, width=_WIDE - 8, height=_DISC, fill="currentColor"))
            else:
                shade = 0.28 if segment in self.neighbors else 0.1
                drawn.append(
                    el("rect", x=EDGE + 6, y=y + 1, width=_WIDE - 12, height=_DISC - 2, rx=4, fill="currentColor",
                       fill_opacity=shade)
                )  # fmt: skip
        return "".join(drawn)

    def _implants(self) -> str:
        drawn = []
        for one in self.operations:
            segments = [level for level in self.segments if level in one.members("levels")]
            if not segments:
                continue
            procedures = set(one.members("procedure"))
            first, last = self.segments.index(segments[0]), self.segments.index(segments[-1]) + 1
            if one.values.get("instrumented") is True:
                for x in (EDGE + 12, EDGE + _WIDE - 12):
                    top, bottom = first * STEP + 15.5, last * STEP + 15.5
                    drawn.append(el("line", x1=x, y1=top, x2=x, y2=bottom, stroke="currentColor", stroke_width=3))
                    drawn += [
                        el("circle", cx=x, cy=place * STEP + 15.5, r=5.5, fill="currentColor")
                        for place in range(first, last + 1)
                    ]
            if procedures & set(_OPENING) and not procedures & {"fusion"}:
                for level in segments:
                    y = self._y(level)
                    drawn.append(
                        el("ellipse", cx=EDGE + _WIDE / 2, cy=y, rx=16, ry=13, fill="none", stroke="currentColor",
                           stroke_width=2, stroke_dasharray="4 3")
                    )  # fmt: skip
        return "".join(drawn)

    def _lies(self, one: Suspect, segment: str) -> bool:
        if one.levels:
            return segment in one.levels
        return one.structure == "neighbors" and one.region == self.region and segment in self.neighbors

    def _below(self, suspects: Sequence[Suspect]) -> str:
        """Numbers at the sacrum and at the joints beside it."""
        if "S1" not in self.bones:
            return ""
        y, right = len(self.bones) * STEP - 4, EDGE + _WIDE
        drawn = [
            el("path", d=f"M{x:g} {y - 30:g} L{x + step:g} {y + 22:g}", stroke="currentColor", stroke_dasharray="3 2")
            for x, step in ((EDGE - 20, 30), (right + 20, -30))
        ]
        sacrum = [one for one in suspects if one.structure == "sacrum"]
        joints = [one for one in suspects if one.structure == "sacroiliac"]
        drawn += [badge(EDGE + _WIDE / 2 + place * 19, y + 2, one.number) for place, one in enumerate(sacrum)]
        for one in joints:
            drawn += [badge(EDGE - 26, y + 8, one.number), badge(right + 26, y + 8, one.number)]
        return "".join(drawn)

    def _labels(self, suspects: Sequence[Suspect]) -> str:
        drawn, x = [], EDGE + _WIDE + 22
        for segment in self.segments:
            y = self._y(segment)
            said = list(dict.fromkeys(self.notes.get(segment, ())))
            if segment in self.neighbors:
                said.append(say(self.words, "next_to_fusion"))
            marked = [one for one in suspects if self._lies(one, segment)]
            drawn += [badge(EDGE - 16 - place * 19, y, one.number) for place, one in enumerate(marked[:3])]
            if said or marked:
                drawn.append(
                    el("line", x1=EDGE + _WIDE + 2, y1=y, x2=x - 4, y2=y, stroke="currentColor", stroke_opacity=0.6)
                )
                text = f"{segment}: {'; '.join(said)}" if said else segment
                wrapped = fitted(text, _LABELS - 20, 11, 3)
                start = y + 4 - (len(wrapped) - 1) * 6.5
                drawn += [words(x, start + place * 13, line, 11) for place, line in enumerate(wrapped)]
        return "".join(drawn)


_OUTLINE: dict[str, object] = {
    "fill": "currentColor",
    "fill_opacity": 0.05,
    "stroke": "currentColor",
    "stroke_width": 1.5,
}


def badge(x: float, y: float, number: int) -> str:
    """A number in a ring."""
    ring = el("circle", cx=x, cy=y, r=8.5, fill="none", stroke="currentColor", stroke_width=1.8)
    return ring + words(x, y + 4, str(number), 11, text_anchor="middle", font_weight="bold")
