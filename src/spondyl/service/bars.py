"""Small bars beside a line: arguments for and against, criteria of a gate. The words stand beside them."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

_UNIT, _GAP, _HIGH = 7, 1, 10
_MOST = 8


def argument_bar(speaking: Sequence[int], against: Sequence[int]) -> Markup:
    """Blocks to the right for, to the left against, as wide as an argument is strong. It is no probability."""
    middle = _MOST * (_UNIT + _GAP)
    parts = [f'<path class="axis" d="M{middle} 0v{_HIGH}"/>']
    for weights, step in ((speaking, 1), (against, -1)):
        at, left = middle + step * 2, _MOST
        for weight in weights:
            weight = min(weight, left)
            if not weight:
                break
            left -= weight
            wide = weight * (_UNIT + _GAP) - _GAP
            x = at if step > 0 else at - wide
            parts.append(
                f'<rect class="{"pro" if step > 0 else "con"}" x="{x}" y="1" width="{wide}" height="8" rx="1"/>'
            )
            at += step * (wide + _GAP + 1)
    wide = 2 * middle
    svg = f'<svg class="bar" viewBox="0 0 {wide} {_HIGH}" width="{wide}" height="{_HIGH}" aria-hidden="true">'
    return Markup(svg + "".join(parts) + "</svg>")  # numbers and fixed words only


def gate_bar(results: Sequence[str]) -> Markup:
    """One block for each criterion: full when it holds, crossed when it does not, open when nobody wrote it down."""
    wide = max(len(results), 1) * 10
    order = {"met": 0, "bypassed": 1, "contradicted": 2, "not_met": 3, "not_documented": 4}
    blocks: dict[str, str] = {}
    crosses = ""
    for place, result in enumerate(sorted(results, key=lambda one: order.get(one, 5))):
        x = place * 10
        blocks[result] = blocks.get(result, "") + f"M{x}.5.5h8v9h-8z"
        if result == "not_met":
            crosses += f"M{x + 2}.5 3l4 4m0-4l-4 4"
    parts = [f'<path class="b-{result}" d="{drawn}"/>' for result, drawn in blocks.items()]
    if crosses:
        parts.append(f'<path class="b-cross" d="{crosses}"/>')
    svg = f'<svg class="bar gatebar" viewBox="0 0 {wide} 10" width="{wide}" height="10" aria-hidden="true">'
    return Markup(svg + "".join(parts) + "</svg>")  # numbers and fixed words only
