"""The course on one axis: operations, studies, treatments, medicines, scores. A date known only roughly is a bar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from spondyl.explain import Words
from spondyl.render.pictures.course import TIMED, Entry, Record, entries, number, scores, spoken
from spondyl.render.pictures.svg import el, fitted, picture, words
from spondyl.render.pictures.wording import say, table
from spondyl.timeline import Days, written

_LEFT, _RIGHT, _ROW, _TOP = 262.0, 740.0, 21.0, 40.0
_MOST = 22
_LANES = ("surgeries", "imaging", "prior_treatments", "medications", "scores")
_MOST_SCORES = 8


class Event(NamedTuple):
    """One row: what, when it was or began, and how long it lasted at least and at most, in days."""

    lane: str
    text: str
    when: Days | None
    lasted: tuple[float, float] | None = None
    ends: int = 0
    planned: bool = False


def timeline(record: Record, words_: Words) -> str:
    """The drawing, or "" when nothing on record has a day or a length."""
    today = written(str(record["as_of"])).last
    events = [event for lane in _LANES[:-1] for event in _events(record, lane, words_, today)]
    events += _measured(record, words_)
    placed = [one for one in events if one.when or one.lasted]
    if not placed:
        return ""
    shown, left = placed[:_MOST], [*placed[_MOST:], *(one for one in events if one not in placed)]
    start = min(_start(one) for one in shown)
    span = max(60, today - start)
    scale = _Scale(start - span * 0.03, today + span * 0.03)
    rows, y, drawn = [], _TOP, []
    for lane in _LANES:
        own = [one for one in shown if one.lane == lane]
        if not own:
            continue
        drawn.append(words(6, y + 14, say(words_, f"lane_{lane}"), 12, font_weight="bold"))
        y += _ROW
        for one in own:
            drawn.append(_row(one, scale, y))
            rows.append(one)
            y += _ROW
        y += 5
    if left:
        names = "; ".join(one.text for one in left)
        for line in fitted(say(words_, "not_placed", names=names), 730, 11, 3):
            drawn.append(words(6, y + 13, line, 11))
            y += 15
    described = "; ".join(_told(one, words_) for one in rows)
    if left:
        described += f". {say(words_, 'not_placed', names='; '.join(one.text for one in left))}"
    title = say(words_, "timeline_title", day=record["as_of"])
    axis = scale.axis(y, say(words_, "today"), today)
    return picture("timeline", 760, y + 8, title, described.rstrip(".") + ".", axis + "".join(drawn))


class _Scale:
    def __init__(self, first: float, last: float) -> None:
        self.first, self.last = first, last

    def x(self, day: float) -> float:
        return _LEFT + (day - self.first) / (self.last - self.first) * (_RIGHT - _LEFT)

    def axis(self, bottom: float, today: str, now: int) -> str:
        drawn = []
        for day, label in _ticks(self.first, self.last):
            x = self.x(day)
            drawn.append(el("line", x1=x, y1=_TOP - 10, x2=x, y2=bottom, stroke="currentColor", stroke_opacity=0.25))
            if self.x(now) - x > 44 or x > self.x(now):
                drawn.append(words(x, _TOP - 16, label, 11, text_anchor="middle"))
        x = self.x(now)
        drawn.append(el("line", x1=x, y1=_TOP - 10, x2=x, y2=bottom, stroke="currentColor", stroke_dasharray="2 3"))
        drawn.append(words(min(x + 14, _RIGHT + 16), _TOP - 16, today, 11, text_anchor="end"))
        return "".join(drawn)


def _ticks(first: float, last: float) -> Iterator[tuple[int, str]]:
    """The beginnings of months, quarters or years, as many as fit."""
    months = (last - first) / 30.44
    step = next((one for one in (1, 2, 3, 6, 12, 24, 60, 120, 240) if months / one <= 8), 480)
    begin = date.fromordinal(int(first))
    place = (begin.year * 12 + begin.month - 1) // step * step + step
    while True:
        year, month = divmod(place, 12)
        day = date(year, month + 1, 1).toordinal()
        if day > last:
            return
        yield day, f"{year}" if step >= 12 else f"{year}-{month + 1:02d}"
        place += step


def _start(event: Event) -> float:
    if event.lasted is not None:
        return event.ends - event.lasted[1]
    return event.when.first if event.when else event.ends


def _row(event: Event, scale: _Scale, y: float) -> str:
    label = fitted(event.text, _LEFT - 26, 11, 1)[0]
    drawn = [words(14, y + 14, label, 11)]
    middle = y + 10
    if event.lasted is not None:
        low, high = event.lasted
        sure, widest, end = scale.x(event.ends - low), scale.x(event.ends - high), scale.x(event.ends)
        drawn.append(
            el("rect", x=widest, y=middle - 5, width=max(3.0, end - widest), height=10, rx=2, fill="none",
               stroke="currentColor", stroke_dasharray="3 2")
        )  # fmt: skip
        drawn.append(
            el("rect", x=sure, y=middle - 5, width=max(3.0, end - sure), height=10, rx=2, fill="currentColor",
               fill_opacity=0.55)
        )  # fmt: skip
        edge = widest
    elif event.when is not None and event.when.first == event.when.last:
        x = scale.x(event.when.first)
        points = f"{x - 6:g},{middle:g} {x:g},{middle - 6:g} {x + 6:g},{middle:g} {x:g},{middle + 6:g}"
        drawn.append(
            el("polygon", points=points, fill="none" if event.planned else "currentColor", stroke="currentColor")
        )
        edge = x - 6
    else:
        assert event.when is not None
        x1, x2 = scale.x(event.when.first), scale.x(min(event.when.last, scale.last))
        drawn.append(
            el("rect", x=x1, y=middle - 5, width=max(4.0, x2 - x1), height=10, rx=5, fill="currentColor",
               fill_opacity=0.15, stroke="currentColor", stroke_dasharray="3 2")
        )  # fmt: skip
        edge = x1
    when = _when(event)
    if when:
        wide = len(when) * 6.6
        right = scale.x(event.ends if event.lasted else event.when.last if event.when else 0) + 10
        inside = right + wide <= _RIGHT + 16
        x, anchor = (right, "start") if inside else (edge - 6, "end")
        drawn.append(words(x, y + 14, when, 11, text_anchor=anchor))
    return "".join(drawn)


def _when(event: Event) -> str:
    if event.lasted is not None:
        low, high = (round(days / 7) for days in event.lasted)
        return f"{low} wk" if low == high else f"{low}–{high} wk"
    return spoken(event.when) if event.when else ""


def _told(event: Event, words_: Words) -> str:
    when = _when(event).replace("–", " to ").replace(" wk", f" {say(words_, 'weeks')}")
    return f"{event.text}: {when}"


def _events(record: Record, lane: str, words_: Words, today: int) -> Iterator[Event]:
    for one in entries(record, lane):
        text = _text(one, lane, words_)
        if one.planned:
            text = f"{text} ({say(words_, 'planned')})"
        weeks = number(one.values.get("weeks_taken" if lane == "medications" else "weeks_or_n"))
        if lane == "imaging" and one.planned and one.when is None:
            continue
        if lane == "medications" and one.values.get("status") != "stopped" and (weeks or one.when):
            span = (weeks[0] * 7, weeks[1] * 7) if weeks else _since(one.when, today)
            yield Event(lane, text, None, span, today)
        elif lane == "prior_treatments" and weeks and one.values.get("type") in TIMED:
            ends = min(one.when.last, today) if one.when is not None and one.when.last < today else today
            yield Event(lane, text, None, (weeks[0] * 7, weeks[1] * 7), ends)
        else:
            yield Event(lane, text, one.when, planned=one.planned)


def _measured(record: Record, words_: Words) -> list[Event]:
    """The latest measured scores, with their values."""
    known = table(words_, "changes_that_matter")
    found = sorted(scores(record, list(known)), key=lambda one: (one.when.last, one.when.first))[-_MOST_SCORES:]
    return [
        Event("scores", f"{words_.spell(str(known[one.name]['label']))}: {_range((one.low, one.high))}", one.when)
        for one in found
    ]


def _since(when: Days | None, today: int) -> tuple[float, float]:
    assert when is not None
    return float(max(0, today - when.last)), float(max(0, today - when.first))


def _text(one: Entry, lane: str, words_: Words) -> str:
    levels = words_.levels(one.members("levels"))
    if lane == "surgeries":
        procedures = " and ".join(words_.value("surgeries.procedure", name) for name in one.members("procedure"))
        return f"{levels} {procedures or say(words_, 'operation')}".strip()
    if lane == "imaging":
        kind = words_.value("imaging.modality", str(one.values.get("modality", say(words_, "study"))))
        region = str(one.values.get("region", ""))
        region = "" if region == "unspecified" else region.replace("_", " ")
        return f"{kind} {levels or region}".strip()
    if lane == "medications":
        return _dose(one, words_)
    kind = words_.value("prior_treatments.type", str(one.values.get("type", say(words_, "treatment"))))
    relief = number(one.values.get("relief_pct"))
    return kind if relief is None else f"{kind}, {say(words_, 'relief', value=_range(relief))}"


def _dose(one: Entry, words_: Words) -> str:
    drug = words_.spell(str(one.values.get("drug", say(words_, "medicine"))))
    dose, times = number(one.values.get("dose")), number(one.values.get("times_per_day"))
    text = drug
    if dose:
        text += f" {_range(dose)} {one.values.get('unit', '')}".rstrip()
    return f"{text} × {_range(times)}" if times else text


def _range(span: Sequence[float]) -> str:
    low, high = f"{span[0]:g}", f"{span[1]:g}"
    return low if low == high else f"{low} to {high}"
