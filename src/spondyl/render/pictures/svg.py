"""SVG as text: shapes with presentation attributes only, everything escaped. It draws what it is told.

No style attribute, no script and no reference to anything outside, so that a strict policy of a page lets it be.
Lines and letters take `currentColor`; shades are opacities of it. It reads in gray, in the dark and in print.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from html import escape

FONT = "DejaVu Sans, Liberation Sans, Arial, sans-serif"
LETTER = 0.6  # the mean width of a letter in parts of its size, on the wide side


def el(name: str, *children: str, **attributes: object) -> str:
    """One element; `stroke_width=2` becomes stroke-width="2", and None is left out."""
    said = "".join(f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in attributes.items()
                   if value is not None)  # fmt: skip
    return f"<{name}{said}>{''.join(children)}</{name}>" if children else f"<{name}{said}/>"


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{round(value, 2):g}"
    return escape(str(value))


def words(x: float, y: float, text: str, size: float = 12, **more: object) -> str:
    """One line of letters; `y` is its base line."""
    return el("text", escape(text), x=x, y=y, font_size=size, fill="currentColor", **more)


def lines(x: float, y: float, text: Sequence[str], size: float = 12, **more: object) -> str:
    """Several lines of letters, the first with its base line at `y`."""
    return "".join(words(x, y + place * size * 1.25, line, size, **more) for place, line in enumerate(text))


def fitted(text: str, room: float, size: float = 12, most: int = 3) -> list[str]:
    """The text in lines that fit a width; what does not fit in `most` lines is cut with an ellipsis."""
    letters = max(6, int(room / (size * LETTER)))
    made = textwrap.wrap(text, letters, break_on_hyphens=False) or [""]
    if len(made) > most:
        made = [*made[: most - 1], made[most - 1][: letters - 1].rstrip() + "…"]
    return made


def picture(kind: str, width: float, height: float, title: str, told: str, body: str) -> str:
    """The whole drawing, with a title and a description for who cannot see it."""
    return el(
        "svg",
        el("title", escape(title), id=f"spondyl-{kind}-title"),
        el("desc", escape(told), id=f"spondyl-{kind}-desc"),
        el("g", body, font_family=FONT),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_value(float(width))} {_value(float(height))}",
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"spondyl-{kind}-title spondyl-{kind}-desc",
        class_=f"picture-{kind}",
    )


def told(svg: str) -> str:
    """The title and the description of a drawing as one text; "" for none."""
    from html import unescape

    if not svg:
        return ""
    title = svg.partition("<title")[2].partition(">")[2].partition("</title>")[0]
    desc = svg.partition("<desc")[2].partition(">")[2].partition("</desc>")[0]
    return unescape(f"{title}. {desc}" if desc else title)
