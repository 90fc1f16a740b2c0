"""How one read fact is said in a list: its group, its name, its value. It looks words up and decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from spondyl.explain import Words

_ENTRY: Final = {
    "surgeries": "operation",
    "imaging": "imaging study",
    "medications": "medicine",
    "prior_treatments": "treatment",
    "motor_deficit": "loss of strength",
    "sensory_deficit": "loss of feeling",
    "implanted_devices": "device",
}
_CAPITALS: Final = frozenset(("modality", "approach"))


def group(name: str, words: Words) -> str:
    """The group a fact is listed in."""
    known = words.rules.facts.get(name) or words.rules.facts.get(name.partition(".")[0])
    return known.group if known is not None else "other"


def group_title(name: str, words: Words) -> str:
    """What a group is called."""
    return str(words.values["groups"].get(name, name.replace("_", " ")))


def by_group(facts: Iterable[Mapping[str, Any]], words: Words) -> dict[str, list[tuple[int, Mapping[str, Any]]]]:
    """The facts with their number in the reading, by group in order of first mention."""
    groups: dict[str, list[tuple[int, Mapping[str, Any]]]] = {}
    for number, fact in enumerate(facts):
        groups.setdefault(group(fact["fact"], words), []).append((number, fact))
    return groups


def plain_value(value: Any) -> str:
    """A value as it stands in the reading: "4 to 6", "L4-L5, L5-S1", "none"."""
    if isinstance(value, Mapping):
        low, high = value.get("low"), value.get("high")
        if low is None:
            return f"at most {high}"
        return f"at least {low}" if high is None else f"{low} to {high}"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or "none"
    return str(value).lower() if isinstance(value, bool) else str(value)


def name_of(fact: str, words: Words) -> str:
    """The name of a fact in words; an entry of a list with its number: "operations on the spine 1, levels"."""
    head, _, rest = fact.partition(".")
    number, _, field = rest.partition(".")
    if number.isdigit():
        return f"{_ENTRY.get(head, words.label(head))} {int(number) + 1}, {words.label(fact) if field else ''}".rstrip(
            ", "
        )
    return words.label(fact)


def value_of(fact: str, value: Any, words: Words) -> str:
    """A value in words; a plain truth needs none."""
    if value is True:
        return ""
    if isinstance(value, list):
        return ", ".join(_word(fact, one, words) for one in value) or "none"
    shown = plain_value(value) if isinstance(value, Mapping) else _word(fact, value, words)
    known = words.rules.facts.get(fact)
    unit = known.type.unit if known is not None and known.type.kind == "number" else None
    return f"{shown} {unit}" if unit and unit not in shown else shown


def _word(fact: str, value: Any, words: Words) -> str:
    if not isinstance(value, str):
        return plain_value(value)
    head, _, rest = fact.partition(".")
    field = rest.split(".")[-1] if rest else head
    shown = words.value(field, value)
    return shown.upper() if field in _CAPITALS and len(shown) <= 4 else shown
