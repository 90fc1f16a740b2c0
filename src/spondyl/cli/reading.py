"""The answer of `spondyl read` as text: facts by group with their words. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from spondyl.explain import Words
from spondyl.render.marked_words import by_group, group, group_title, plain_value

_WIDTH = 100
_SHOWN = 46


def reading_text(answer: Mapping[str, Any], words: Words, *, color: bool = False) -> str:
    """The reading as text: facts by group, how each is asserted, and the words it was read from."""
    bold, dim, off = ("\x1b[1m", "\x1b[2m", "\x1b[0m") if color else ("", "", "")
    written = answer["written_on"] or words.fixed("not_recorded")
    lines = [f"{bold}{answer['name']}{off} · written on {written} · {len(answer['facts'])} facts"]
    for name, facts in by_group(answer["facts"], words).items():
        lines += ["", f"{bold}{group_title(name, words).upper()}{off}"]
        for _, fact in facts:
            said = f"  {fact['assertion']:<12} {_value(fact, words)}"
            quoted = _quoted(fact["source"])
            lines.append(
                f"{said:<{_SHOWN}}  {dim}{quoted}{off}" if len(said) <= _SHOWN else f"{said}  {dim}{quoted}{off}"
            )
    if answer.get("not_read"):
        lines += ["", f"{bold}NOT READ{off}", *(f"  {what}" for what in answer["not_read"])]
    if answer["unread"]:
        lines += ["", f"{bold}NOT UNDERSTOOD{off}"]
        lines += [
            f"  {part['start']}-{part['end']}  {_one_line(part['text'])}  ({part['why']})" for part in answer["unread"]
        ]
    if answer.get("text"):
        lines += ["", f"{bold}TEXT{off}", str(answer["text"]).rstrip("\n")]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _value(fact: Mapping[str, Any], words: Words) -> str:
    name, value = str(fact["fact"]), fact["value"]
    shown = plain_value(value)
    text = name if value is True else f"{name} = {shown}"
    return f"{text} ({fact['on']})" if fact["on"] else text


def _quoted(source: Mapping[str, Any]) -> str:
    if source.get("text") is not None:
        at = f", {source['locator']}" if source.get("locator") else ""
        return f"“{_one_line(source['text'])}” {source['start']}-{source['end']}{at}"
    return str(source.get("path") or source.get("resource") or "")


def _one_line(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= _WIDTH - _SHOWN else shown[: _WIDTH - _SHOWN - 1] + "…"


def groups_of(facts: Iterable[str], words: Words) -> list[str]:
    """The groups of these facts, in order of first mention."""
    return list(dict.fromkeys(group(fact, words) for fact in facts))
