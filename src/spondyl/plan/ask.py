"""The answer of `ask`: the open questions of a plan, grouped, each with what its answer would change. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spondyl.explain import Words
from spondyl.plan.record import Plan

SCHEMA = "spondyl/ask/1"
MOST = 7


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
