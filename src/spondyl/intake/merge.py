"""Several inputs become one case: the same operation, study or medicine told twice stands once, with both sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spondyl.record import Case, Fact, JsonValue
from spondyl.timeline import Days, written

_Fields = Mapping[str, list[JsonValue]]


def merge(cases: Sequence[Case]) -> Case:
    """One case from several. Facts keep their sources; entries of lists are joined only when they tell of one thing."""
    facts: list[Fact] = []
    dates: dict[str, str] = {}
    texts: dict[str, str] = {}
    known: dict[str, list[dict[str, list[JsonValue]]]] = {}
    for case in cases:
        places = _places(case, known)
        for fact in case.facts:
            parts = fact.fact.split(".")
            if len(parts) > 1 and parts[1].isdigit():
                parts[1] = str(places[parts[0], parts[1]])
                fact = Fact(".".join(parts), fact.value, fact.assertion, fact.on, fact.source, fact.precision)
            facts.append(fact)
        dates.update(case.written_on)
        texts.update(case.texts)
    unread = tuple(one for case in cases for one in case.unread)
    not_read = tuple(one for case in cases for one in case.not_read)
    return Case(tuple(facts), dates, texts, unread, not_read)


def _places(case: Case, known: dict[str, list[dict[str, list[JsonValue]]]]) -> dict[tuple[str, str], int]:
    """Where each entry of this input goes: to the entry that tells of the same thing, else to a place of its own."""
    mine: dict[tuple[str, str], dict[str, list[JsonValue]]] = {}
    for fact in case.facts:
        parts = fact.fact.split(".")
        if len(parts) > 1 and parts[1].isdigit():
            fields = mine.setdefault((parts[0], parts[1]), {})
            if len(parts) > 2 and fact.assertion not in ("negated", "planned", "hypothetical", "family"):
                fields.setdefault(".".join(parts[2:]), []).append(fact.value)
    earlier = {name: len(entries) for name, entries in known.items()}
    places: dict[tuple[str, str], int] = {}
    for (name, index), fields in mine.items():
        entries = known.setdefault(name, [])
        taken = {place for (other, _), place in places.items() if other == name}
        same = _SAME.get(name)
        candidates = range(earlier.get(name, 0)) if same else ()
        place = next((at for at in candidates if at not in taken and same(entries[at], fields)), None)  # type: ignore[misc]
        if place is None:
            place = len(entries)
            entries.append({})
        for field, values in fields.items():
            entries[place].setdefault(field, []).extend(values)
        places[name, index] = place
    return places


def _words(fields: _Fields, name: str) -> set[str]:
    found: set[str] = set()
    for value in fields.get(name, ()):
        found.update(str(one) for one in value) if isinstance(value, list) else found.add(str(value))
    return found


def _days(fields: _Fields, name: str) -> list[Days]:
    found = []
    for value in fields.get(name, ()):
        try:
            found.append(written(str(value)))
        except ValueError:
            continue
    return found


def _agree(one: _Fields, other: _Fields, name: str) -> bool | None:
    """Whether both name it and share a word; None when one of them does not name it."""
    first, second = _words(one, name), _words(other, name)
    return bool(first & second) if first and second else None


def _meet(one: _Fields, other: _Fields, name: str) -> bool | None:
    first, second = _days(one, name), _days(other, name)
    return any(a.meets(b) for a in first for b in second) if first and second else None


def _same_surgery(one: _Fields, other: _Fields) -> bool:
    """The same procedure at a shared level or region, and no dates that differ; one of level and date must agree."""
    answers = [_agree(one, other, name) for name in ("procedure", "levels", "region", "status")]
    met = _meet(one, other, "date")
    if False in answers or met is False:
        return False
    return answers[0] is True and (answers[1] is True or met is True)


def _same_study(one: _Fields, other: _Fields) -> bool:
    return bool(_agree(one, other, "modality") and _agree(one, other, "region") and _meet(one, other, "date"))


def _same_key(name: str) -> Any:
    return lambda one, other: bool(_agree(one, other, name))


_SAME: dict[str, Any] = {
    "surgeries": _same_surgery,
    "imaging": _same_study,
    "medications": _same_key("drug"),
    "implanted_devices": _same_key("type"),
}
