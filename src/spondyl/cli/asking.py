"""The answer of `spondyl ask`: the open questions, grouped, each with what its answer would change."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from spondyl.explain import Words
from spondyl.plan import Plan

SCHEMA = "spondyl/ask/1"
MOST = 7
_WIDTH = 80
_MOST_SHOWN = 4


def asked(made: Plan, *, everything: bool = False) -> dict[str, Any]:
    """The questions of a plan as in the contract, at most seven unless all are wanted; groups name their facts."""
    words = made.words
    open_questions = made.record["questions"]
    chosen = open_questions if everything else open_questions[:MOST]
    questions = [{**one, "changes": _changes(one["would_change"], words)} for one in chosen]
    groups: dict[str, list[str]] = {}
    for one in questions:
        groups.setdefault(str(one["group"]), []).append(str(one["fact"]))
    return {
        "schema": SCHEMA,
        "as_of": made.record["as_of"],
        "profile": made.record["profile"],
        "questions": questions,
        "groups": [
            {"group": group, "title": str(words.values["groups"].get(group, group)), "facts": facts}
            for group, facts in groups.items()
        ],
        "left_out": len(open_questions) - len(chosen),
    }


def _changes(targets: Sequence[str], words: Words) -> list[str]:
    """What an answer would change, in words; the urgency stands for the flags behind it."""
    shown: dict[str, None] = {}
    for target in targets:
        kind, _, name = target.partition(":")
        if kind == "triage":
            continue
        if kind == "scope":
            shown["whether these rules apply"] = None
        elif kind == "red_flag":
            shown[f"excludes or establishes {words.title('red_flag', name)}"] = None
        elif kind == "imaging":
            shown[words.title("order", name)] = None
        elif kind == "gate":
            shown[f"criteria of {words.title('gate', name)}"] = None
        else:
            shown[words.title(kind, name)] = None
    return [words.spell(one) for one in shown]


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
        for fact in group["facts"]:
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
