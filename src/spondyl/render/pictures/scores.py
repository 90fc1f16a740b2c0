"""Scores over time beside the change that matters. The size of that change is knowledge, with its source."""

from __future__ import annotations

from datetime import date

from spondyl.explain import Words
from spondyl.render.pictures.course import Record, Score, spoken
from spondyl.render.pictures.course import scores as measured
from spondyl.render.pictures.svg import el, picture, words
from spondyl.render.pictures.wording import say, table
from spondyl.timeline import written

_WIDTH, _HEIGHT, _LEFT, _TOP, _GAP = 760.0, 150.0, 64.0, 34.0, 46.0


def scores(record: Record, words_: Words) -> str:
    """The drawing, or "" when no score has a value. One panel a score, at most four."""
    changes = table(words_, "changes_that_matter")
    names = list(changes)
    found = measured(record, names)
    panels = [(name, [one for one in found if one.name == name]) for name in names]
    panels = [(name, own) for name, own in panels if own][:4]
    if not panels:
        return ""
    today = written(str(record["as_of"])).last
    first = min(one.when.first for _, own in panels for one in own)
    span = max(60, today - first)
    drawn, y, described = [], 0.0, []
    for name, own in panels:
        drawn.append(_panel(name, own, words_, first - span * 0.04, today + span * 0.04, y))
        described.append(_told(name, own, words_))
        y += _HEIGHT + _GAP
    title = say(words_, "scores_title")
    return picture("scores", _WIDTH, y, title, " ".join(described), "".join(drawn))


def _panel(name: str, own: list[Score], words_: Words, first: float, last: float, top: float) -> str:
    known = table(words_, "changes_that_matter")[name]
    most, change = float(known["most"]), float(known["change"])
    base = top + _TOP + _HEIGHT - 40

    def x(day: float) -> float:
        return _LEFT + (day - first) / (last - first) * (_WIDTH - _LEFT - 20)

    def y(value: float) -> float:
        return base - value / most * (_HEIGHT - 40)

    label = words_.spell(str(known["label"]))
    drawn = [words(6, top + 16, f"{label}, 0–{most:g}", 12, font_weight="bold")]
    note = say(words_, "change_line", change=f"{change:g}", source=known["source"])
    drawn.append(words(_WIDTH - 10, top + 16, note, 11, text_anchor="end"))
    for value in (0.0, most / 2, most):
        drawn.append(
            el("line", x1=_LEFT, y1=y(value), x2=_WIDTH - 20, y2=y(value), stroke="currentColor", stroke_opacity=0.25)
        )
        drawn.append(words(_LEFT - 8, y(value) + 4, f"{value:g}", 11, text_anchor="end"))
    # The band around the first value: what stays inside is no change that matters.
    start = (own[0].low + own[0].high) / 2
    low, high = max(0.0, start - change), min(most, start + change)
    drawn.append(
        el("rect", x=x(own[0].when.first), y=y(high), width=_WIDTH - 20 - x(own[0].when.first), height=y(low) - y(high),
           fill="currentColor", fill_opacity=0.09, stroke="currentColor", stroke_opacity=0.5, stroke_dasharray="4 3")
    )  # fmt: skip
    points = [(x((one.when.first + one.when.last) / 2), y((one.low + one.high) / 2)) for one in own]
    if len(points) > 1:
        path = " ".join(f"{px:.1f},{py:.1f}" for px, py in points)
        drawn.append(el("polyline", points=path, fill="none", stroke="currentColor", stroke_width=1.6))
    for one, (px, py) in zip(own, points, strict=True):
        if one.when.first != one.when.last:
            drawn.append(el("line", x1=x(one.when.first), y1=py, x2=x(one.when.last), y2=py, **_SPREAD))
        if one.low != one.high:
            drawn.append(el("line", x1=px, y1=y(one.low), x2=px, y2=y(one.high), **_SPREAD))
        drawn.append(el("circle", cx=px, cy=py, r=4.5, fill="currentColor"))
        text = f"{one.low:g}" if one.low == one.high else f"{one.low:g}–{one.high:g}"
        above = py - 9 if py - 9 > top + 28 else py + 19
        drawn.append(words(px, above, text, 11, text_anchor="middle", font_weight="bold"))
    shown: list[float] = []
    for one, (px, _) in zip(own, points, strict=True):
        if all(abs(px - other) > 80 for other in shown):
            anchor = "end" if px > _WIDTH - 60 else "middle"
            drawn.append(words(px, base + 18, _day(one), 11, text_anchor=anchor))
            shown.append(px)
    return "".join(drawn)


_SPREAD: dict[str, object] = {"stroke": "currentColor", "stroke_width": 1.2, "stroke_dasharray": "2 2"}


def _day(one: Score) -> str:
    return spoken(one.when) if one.when.first != one.when.last else date.fromordinal(one.when.first).isoformat()


def _told(name: str, own: list[Score], words_: Words) -> str:
    known = table(words_, "changes_that_matter")[name]
    values = ", ".join(
        f"{one.low:g} ({_day(one)})" if one.low == one.high else f"{one.low:g} to {one.high:g} ({_day(one)})"
        for one in own
    )
    told = f"{words_.spell(str(known['label']))}: {values}."
    change = float(known["change"])
    told += " " + say(words_, "change_line", change=f"{change:g}", source=known["source"]) + "."
    if len(own) > 1 and own[0].when != own[-1].when:
        moved = (own[-1].low + own[-1].high - own[0].low - own[0].high) / 2
        key = "better" if moved <= -change else "worse" if moved >= change else "no_change"
        told += " " + say(words_, key)
    return told
