"""The outline of a person seen from behind, with the regions of pain shaded. The left side is on the left."""

from __future__ import annotations

from collections.abc import Sequence

from spondyl.render.pictures.svg import el, words

# Where each region of pain lies: x, y, width, height in a figure of 134 by 290.
_PLACES: dict[str, tuple[float, float, float, float]] = {
    "head": (55, 2, 24, 26),
    "neck": (58, 30, 18, 14),
    "shoulder_L": (30, 44, 20, 18),
    "shoulder_R": (84, 44, 20, 18),
    "interscapular": (53, 56, 28, 22),
    "thoracic": (53, 62, 28, 34),
    "chest_wall": (40, 66, 54, 18),
    "arm_L": (17, 62, 14, 70),
    "arm_R": (103, 62, 14, 70),
    "flank_L": (40, 96, 12, 24),
    "flank_R": (82, 96, 12, 24),
    "abdomen": (52, 98, 30, 18),
    "low_back": (48, 104, 38, 22),
    "sacrum": (57, 128, 20, 14),
    "buttock_L": (42, 128, 22, 22),
    "buttock_R": (70, 128, 22, 22),
    "hip_lateral_L": (32, 126, 12, 24),
    "hip_lateral_R": (90, 126, 12, 24),
    "groin_L": (50, 148, 14, 12),
    "groin_R": (70, 148, 14, 12),
    "leg_L": (43, 156, 16, 118),
    "leg_R": (75, 156, 16, 118),
}
_SHAPE = (
    "M67 2 a13 13 0 0 1 0 27 a13 13 0 0 1 0 -27 M60 29 L60 39 L36 46 Q28 48 26 58 L16 130 L27 133 L38 80 L42 126 "
    "L38 156 L42 284 L58 284 L65 168 L69 168 L76 284 L92 284 L96 156 L92 126 L96 80 L107 133 L118 130 L108 58 "
    "Q106 48 98 46 L74 39 L74 29"
)


def figure(pains: Sequence[str]) -> str:
    """The outline with each region of pain shaded and ringed."""
    drawn = [el("path", d=_SHAPE, fill="none", stroke="currentColor", stroke_width=1.3, stroke_opacity=0.75)]
    for one in pains:
        places = list(_PLACES.values()) if one == "widespread" else [_PLACES[one]] if one in _PLACES else []
        for x, y, width, height in places:
            drawn.append(
                el("rect", x=x, y=y, width=width, height=height, rx=6, fill="currentColor", fill_opacity=0.38,
                   stroke="currentColor", stroke_width=1.6)
            )  # fmt: skip
    drawn += [words(4, 284, "L", 12), words(122, 284, "R", 12)]
    return "".join(drawn)
