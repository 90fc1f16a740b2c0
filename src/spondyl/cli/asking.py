"""The answer of `spondyl ask` as text: the open questions, grouped, each with what its answer would change."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from spondyl.explain import Words

_WIDTH = 80
_MOST_SHOWN = 4


def asked_text(answer: Mapping[str, Any], words: Words, *, color: bool = False) -> str:
    """The questions as text, most useful first within their groups."""
    bold, dim, off = ("\x1b[1m", "\x1b[2m", "\x1b[0m") if color else ("", "", "")
    if not answer["questions"]:
        return "Nothing is open that would change the plan.\n"
    by_fact = {one["fact"]: one for one in answer["questions"]}
    rank = {fact: place for place, fact in enumerate(by_fact, 1)}
    lines = [f"{bold}{words.fixed('questions_title').upper()}{off}"]
    for group in answer["groups"]:
        lines += ["", f"{bold}{group['title']}{off}"]
        for fact in sorted(group["facts"], key=rank.__getitem__):
            one = by_fact[fact]
            lines += textwrap.wrap(
                f"{rank[fact]}. {one['ask']}", _WIDTH - 2, initial_indent="  ", subsequent_indent="     "
            )
            changes = one["changes"][:_MOST_SHOWN]
            more = len(one["changes"]) - len(changes)
            said = "; ".join(changes) + (f"; {more} more" if more else "")
            wrapped = textwrap.wrap(f"{fact} · changes: {said}", _WIDTH - 5)
            lines += [f"     {dim}{part}{off}" for part in wrapped]
    if answer["left_out"]:
        lines += ["", f"{dim}{answer['left_out']} more with --all. Try an answer: spondyl whatif CASE name=value{off}"]
    return "\n".join(lines) + "\n"
