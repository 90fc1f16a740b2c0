"""How far each gate is: a square per required criterion, and bars where weeks are counted.

What is not documented is drawn apart from what is not met, and no color is needed to tell them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from spondyl.explain import Words
from spondyl.render.pictures.course import Record
from spondyl.render.pictures.svg import el, fitted, picture, words
from spondyl.render.pictures.wording import say

_RESULTS = ("met", "bypassed", "not_met", "contradicted", "not_documented")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_WIDTH, _LEFT, _BAR = 760.0, 330.0, 220.0
_MOST = 10
_ALWAYS = ("revision_surgery",)


def progress(record: Record, words_: Words, gate: str | None = None) -> str:
    """The drawing for one gate with every required criterion, or for the gates of this plan with a row each."""
    judged = record["gates"]
    if gate is not None:
        chosen = [one for one in judged if one["gate"] == gate]
        if not chosen:
            return ""
        return _one(chosen[0], words_)
    wanted = {one["gate"] for one in record["treatments"] if one["gate"]} | set(_ALWAYS)
    rows: dict[str, Mapping[str, Any]] = {}
    for one in judged:
        if one["gate"] in wanted and required(one):
            before = rows.get(one["gate"])
            if before is None or _done(one) > _done(before):
                rows[one["gate"]] = one
    shown = list(rows.values())[:_MOST]
    return _several(shown, words_) if shown else ""


def required(gate: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The criteria that have to be documented."""
    return [one for one in gate["criteria"] if one["kind"] == "required"]


def _done(gate: Mapping[str, Any]) -> int:
    return sum(one["result"] in ("met", "bypassed") for one in required(gate))


def named(gate: Mapping[str, Any], words_: Words) -> str:
    """A gate with what it is for and where."""
    title = words_.title("gate", gate["gate"])
    if gate["target"]:
        title += f" ({words_.title('generator', gate['target'])})"
    placed = gate["site"] and words_.rules.gates[gate["gate"]].kind != "imaging"  # a picture names its region
    site = words_.site(gate["site"]) if placed else ""
    return f"{title}, {site}" if site else title


def box(x: float, y: float, result: str, size: float = 15) -> str:
    """The sign of one result: filled, arrow, crossed, halved, or empty and dashed."""
    half = size / 2
    frame: dict[str, object] = {"x": x, "y": y, "width": size, "height": size, "rx": 2, "stroke": "currentColor"}
    if result == "met":
        return el("rect", **frame, fill="currentColor")
    if result == "bypassed":
        arrow = f"{x + 3:g},{y + 3:g} {x + size - 3:g},{y + half:g} {x + 3:g},{y + size - 3:g}"
        return el("rect", **frame, fill="none", stroke_width=1.5) + el("polygon", points=arrow, fill="currentColor")
    if result == "not_met":
        a, b, c, d = x + 3, y + 3, x + size - 3, y + size - 3
        cross = el("path", d=f"M{a:g} {b:g} L{c:g} {d:g} M{c:g} {b:g} L{a:g} {d:g}", stroke="currentColor",
                   stroke_width=2)  # fmt: skip
        return el("rect", **frame, fill="none", stroke_width=1.5) + cross
    if result == "contradicted":
        part = f"{x:g},{y:g} {x + size:g},{y:g} {x:g},{y + size:g}"
        return el("rect", **frame, fill="none", stroke_width=1.5) + el("polygon", points=part, fill="currentColor")
    return el("rect", **frame, fill="none", stroke_width=1.3, stroke_dasharray="2.5 2.5")


def _key(words_: Words, y: float, results: Sequence[str]) -> str:
    drawn, x = [], 8.0
    for result in results:
        text = words_.title("criterion_result", result)
        drawn.append(box(x, y, result, 12) + words(x + 17, y + 10, text, 11))
        x += 30 + len(text) * 6.8
    return "".join(drawn)


def _several(gates: Sequence[Mapping[str, Any]], words_: Words) -> str:
    drawn, told, y = [], [], 8.0
    for one in gates:
        criteria = sorted(required(one), key=lambda each: _RESULTS.index(each["result"]))
        title = named(one, words_)
        label = fitted(title, _LEFT - 16, 12, 2)
        drawn += [words(8, y + 12 + place * 14, line, 12) for place, line in enumerate(label)]
        drawn += [box(_LEFT + place * 21, y, each["result"]) for place, each in enumerate(criteria)]
        counted = say(words_, "counted", met=_done(one), total=len(criteria))
        result = words_.title("gate_result", one["result"])
        drawn.append(words(_LEFT + max(8, len(criteria)) * 21 + 10, y + 12, f"{counted} · {result}", 12))
        told.append(f"{title}: {result}, {counted}, {_counts(criteria, words_)}.")
        y += 14 * len(label) + 14
    drawn.append(_key(words_, y + 4, _RESULTS))
    return picture("progress", _WIDTH, y + 26, say(words_, "progress_title"), " ".join(told), "".join(drawn))


def _counts(criteria: Sequence[Mapping[str, Any]], words_: Words) -> str:
    counts = [(sum(one["result"] == name for one in criteria), name) for name in _RESULTS]
    return ", ".join(f"{count} {words_.title('criterion_result', name)}" for count, name in counts if count)


def _one(gate: Mapping[str, Any], words_: Words) -> str:
    criteria = required(gate) or list(gate["criteria"])
    drawn, told, y = [], [], 8.0
    for one in criteria:
        drawn.append(box(8, y, one["result"]))
        label = fitted(str(one["label"]), _LEFT - 40, 12, 3)
        drawn += [words(32, y + 12 + place * 14, line, 12) for place, line in enumerate(label)]
        result = words_.title("criterion_result", one["result"])
        counted = f"{one['have']} / {one['need']}" if one["have"] and one["need"] else ""
        drawn.append(_bar(one, y))
        at = _LEFT + (_BAR + 12 if counted else 0)
        drawn.append(words(at, y + 12, f"{counted}, {result}" if counted else result, 12))
        told.append(f"{one['label']}: {result}" + (f", {one['have']} / {one['need']}" if counted else ""))
        y += 14 * len(label) + 10
    drawn.append(_key(words_, y + 4, _RESULTS))
    title = say(words_, "progress_of", gate=named(gate, words_))
    return picture("progress", _WIDTH, y + 26, title, "; ".join(told) + ".", "".join(drawn))


def _bar(one: Mapping[str, Any], y: float) -> str:
    """How much of what is needed is there: sure in full, possible in outline, and the mark to reach."""
    have, need = _NUMBER.findall(one["have"] or ""), _NUMBER.findall(one["need"] or "")
    if not have or not need or float(need[0]) <= 0:
        return ""
    most = float(need[0]) * 1.35
    low, high = (min(float(value), most) / most * _BAR for value in (have[0], have[-1]))
    mark = _LEFT + float(need[0]) / most * _BAR
    drawn = [
        el("rect", x=_LEFT, y=y + 1, width=_BAR, height=13, fill="none", stroke="currentColor", stroke_opacity=0.4),
        el("rect", x=_LEFT, y=y + 1, width=low, height=13, fill="currentColor", fill_opacity=0.6),
        el("line", x1=mark, y1=y - 3, x2=mark, y2=y + 18, stroke="currentColor", stroke_width=2.5),
    ]
    if high > low:
        drawn.append(
            el("rect", x=_LEFT + low, y=y + 1, width=high - low, height=13, fill="none", stroke="currentColor",
               stroke_dasharray="3 2")
        )  # fmt: skip
    return "".join(drawn)
