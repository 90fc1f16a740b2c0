"""How a fact is asked for on the page: yes and no, a number with its unit, a choice, members, a day, or words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spondyl.explain import Words
from spondyl.service.said import entry_of, label, plain_name

_MOST_MEMBERS = 40


@dataclass(frozen=True, slots=True)
class Control:
    """One control. `kind`: truth, number, choice, set, date, text, or list (an entry written in words)."""

    name: str
    kind: str
    label: str
    ask: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    options: tuple[tuple[str, str], ...] = ()
    means: str = ""

    @property
    def id(self) -> str:
        """The name as part of an id on the page."""
        return re.sub(r"[^a-z0-9]+", "-", self.name)


def control(words: Words, name: str, ask: str = "") -> Control | None:
    """The control of a fact or of a field of a list; None for what is no fact."""
    known = entry_of(words.rules, name)
    if known is None:
        return None
    kind = known.type.kind
    path = plain_name(name)
    shown = label(words, name)
    ask = ask or words.spell(known.ask or f"{shown}?")
    options: tuple[tuple[str, str], ...] = ()
    if kind in ("choice", "set") and known.type.values and len(known.type.values) <= _MOST_MEMBERS:
        pairs = [(one, words.value(path, one)) for one in known.type.values]
        options = tuple(sorted(pairs, key=lambda pair: pair[1].casefold()))
    if (kind in ("choice", "set") and not options) or (kind == "list" and not known.fields):
        kind_shown = "text"
    else:
        kind_shown = kind
    return Control(
        name, kind_shown, shown, ask, known.type.unit or "", known.type.low, known.type.high, options,
        words.spell(known.means or ""),
    )  # fmt: skip


def typed(fields: list[tuple[str, str]], name: str) -> str:
    """What was typed into the control of a fact, as the value of a change; members are joined by commas."""
    values = [value.strip() for key, value in fields if key == f"v.{name}" and value.strip()]
    return ", ".join(values)
