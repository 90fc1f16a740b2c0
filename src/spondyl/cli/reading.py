"""The answer of `spondyl read` as text: facts by group with their words. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from spondyl.explain import Words

_WIDTH = 100
_SHOWN = 46


def reading_text(answer: Mapping[str, Any], words: Words, *, color: bool = False) -> str:
    """The reading as text: facts by group, how each is asserted, and the words it was read from."""
    bold, dim, off = ("\x1b[1m", "\x1b[2m", "\x1b[0m") if color else ("", "", "")
    written = answer["written_on"] or words.fixed("not_recorded")
    lines = [f"{bold}{answer['name']}{off} · written on {written} · {len(answer['facts'])} facts"]
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for fact in answer["facts"]:
        groups.setdefault(_group(fact["fact"], words), []).append(fact)
    for group, facts in groups.items():
        lines += ["", f"{bold}{str(words.values['groups'].get(group, group.replace('_', ' '))).upper()}{off}"]
        for fact in facts:
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


def _group(name: str, words: Words) -> str:
    known = words.rules.facts.get(name) or words.rules.facts.get(name.partition(".")[0])
    return known.group if known is not None else "other"


def _value(fact: Mapping[str, Any], words: Words) -> str:
    name, value = str(fact["fact"]), fact["value"]
    shown = _written(value)
    text = name if value is True else f"{name} = {shown}"
    return f"{text} ({fact['on']})" if fact["on"] else text


def _written(value: Any) -> str:
    if isinstance(value, Mapping):
        low, high = value.get("low"), value.get("high")
        if low is None:
            return f"at most {high}"
        return f"at least {low}" if high is None else f"{low} to {high}"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or "none"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _quoted(source: Mapping[str, Any]) -> str:
    if source.get("text") is not None:
        return f"“{_one_line(source['text'])}” {source['start']}-{source['end']}"
    return str(source.get("path") or source.get("resource") or "")


def _one_line(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= _WIDTH - _SHOWN else shown[: _WIDTH - _SHOWN - 1] + "…"


def groups_of(facts: Iterable[str], words: Words) -> list[str]:
    """The groups of these facts, in order of first mention."""
    return list(dict.fromkeys(_group(fact, words) for fact in facts))
