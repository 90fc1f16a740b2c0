"""What changed between two knowledge bases, in words. It compares rules; whose plan changes is found elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from spondyl.knowledge.rules import CheckFirst, Ruleset
from spondyl.logic import And, AtLeast, Compare, Condition, FactIs, Has, In, Known, Not, Or, from_plain
from spondyl.render.catalogue.naming import all_rules, rule_name
from spondyl.render.catalogue.telling import Catalogue

_CONDITIONS = (And, AtLeast, Compare, FactIs, Has, In, Known, Not, Or)
_LONGEST = 160
# What a rule is called by, not what it says.
_NAMES = ("id", "claims")


class Change(NamedTuple):
    """One change: of which part (rule, threshold, fact, source, claim), of which name, where in it, and in words."""

    part: str
    name: str
    where: str
    says: str


def changes(old: Catalogue, new: Catalogue) -> list[Change]:
    """Everything that differs, thresholds and rules first."""
    before, after = old.rules, new.rules
    found = [*_thresholds(before, after)]
    rules_before = {rule_name(kind, name): rule for kind, name, rule in all_rules(before)}
    rules_after = {rule_name(kind, name): rule for kind, name, rule in all_rules(after)}
    words = Comparing(old, new)
    for name in sorted({**rules_before, **rules_after}):
        was, now = rules_before.get(name), rules_after.get(name)
        if was is None or now is None:
            said = "added" if was is None else "removed"
            found.append(Change("rule", name, "", f"{said}: {_title(now if was is None else was)}"))
            continue
        found += [Change("rule", name, where, says) for where, says in words.parts(_own(was), _own(now), ())]
    found += _shared(old, new, words)
    for part, was_all, now_all in (("fact", before.facts, after.facts), ("source", before.evidence, after.evidence)):
        found += _entries(part, was_all, now_all, words)
    was, now = ({name: _thawed(entry) for name, entry in one.derived.items()} for one in (before, after))
    found += _entries("derived fact", was, now, words)
    found += _tables(before, after, words)
    return list(dict.fromkeys(found))


def _title(rule: Any) -> str:
    return str(getattr(rule, "title", "") or getattr(rule, "topic", "") or rule.id)


def _own(rule: Any) -> dict[str, Any]:
    """The parts of a rule; the checks that several gates share are compared once, by themselves."""
    return {name: value for name, value in rule._asdict().items() if name not in _NAMES}


def _shared(old: Catalogue, new: Catalogue, words: Comparing) -> Iterator[Change]:
    was = {check.id: check for check in old.common}
    now = {check.id: check for check in new.common}
    for name in sorted({**was, **now}):
        if name in was and name in now:
            for where, says in words.parts(was[name]._asdict(), now[name]._asdict(), ()):
                yield Change("check of several gates", name, where, says)


def _thresholds(before: Ruleset, after: Ruleset) -> Iterator[Change]:
    for name in sorted({**before.thresholds, **after.thresholds}):
        was, now = before.thresholds.get(name), after.thresholds.get(name)
        if was is None or now is None:
            shown = now if was is None else was
            assert shown is not None
            yield Change("threshold", name, "", f"{'added' if was is None else 'removed'}: {shown.title}")
            continue
        groups: dict[tuple[float | None, float | None], list[str]] = {}
        for profile in {**was.values, **now.values}:
            pair = (was.values.get(profile), now.values.get(profile))
            if pair[0] != pair[1]:
                groups.setdefault(pair, []).append(profile)
        unit = f" {now.unit}" if now.unit else ""
        for (one, other), profiles in groups.items():
            said = f"{_number(one)} to {_number(other)}{unit} in {', '.join(profiles)}"
            yield Change("threshold", name, "value", said)
        for profile in sorted({**was.sources, **now.sources}):
            cited = was.sources.get(profile, "expert default"), now.sources.get(profile, "expert default")
            if cited[0] != cited[1]:
                yield Change("threshold", name, f"source in {profile}", f"{cited[0]} to {cited[1]}")
        if was.unit != now.unit or was.title != now.title:
            yield Change("threshold", name, "title and unit", f"now: {now.title}{f', {now.unit}' if now.unit else ''}")


def _number(value: float | None) -> str:
    return "nothing" if value is None else f"{value:g}"


def _entries(part: str, was_all: Mapping[str, Any], now_all: Mapping[str, Any], words: Comparing) -> Iterator[Change]:
    for name in sorted({**was_all, **now_all}):
        was, now = was_all.get(name), now_all.get(name)
        if was is None or now is None:
            yield Change(part, name, "", "added" if was is None else "removed")
        elif was != now:
            pair = [one if isinstance(one, Mapping) else one._asdict() for one in (was, now)]
            found = list(words.parts(pair[0], pair[1], ()))
            yield from (Change(part, name, where, says) for where, says in found)


def _tables(before: Ruleset, after: Ruleset, words: Comparing) -> Iterator[Change]:
    """Drugs, regions, wording, the device gate: what is data beside the rules, entry by entry."""
    for table in sorted({**before.tables, **after.tables}):
        was, now = _thawed(before.tables.get(table)), _thawed(after.tables.get(table))
        if was == now:
            continue
        if not (isinstance(was, Mapping) and isinstance(now, Mapping)):
            yield from (Change("table", table, where, says) for where, says in words.value(was, now, ()))
            continue
        for name in {**was, **now}:
            yield from (
                Change("table", f"{table} {name}", where, says)
                for where, says in words.value(was.get(name), now.get(name), ())
            )


def _thawed(value: Any) -> Any:
    """Plain data with its conditions read, so that they are compared part by part."""
    if isinstance(value, Mapping):
        if set(value) == {"t", "c"}:
            return from_plain(value["c"])
        read = {"when", "unless"} if isinstance(value.get("when"), list) else set()
        return {name: from_plain(one) if name in read else _thawed(one) for name, one in value.items()}
    return [_thawed(one) for one in value] if isinstance(value, list) else value


class Comparing:
    """Two bases, each told in its own words."""

    def __init__(self, old: Catalogue, new: Catalogue) -> None:
        self.old, self.new = old, new
        self.shared = {check.id for check in (*old.common, *new.common)}

    def parts(self, was: Mapping[str, Any], now: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """The changes of two things with named parts: where, and in words."""
        for name in {**was, **now}:
            yield from self.value(was.get(name), now.get(name), (*path, name))

    def value(self, was: Any, now: Any, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """The changes of two values."""
        if was == now:
            return
        if isinstance(was, _CONDITIONS) and isinstance(now, _CONDITIONS):
            yield from ((_where(path), said) for said in self.condition(was, now))
        elif isinstance(was, Mapping) and isinstance(now, Mapping):
            yield from self.parts(was, now, path)
        elif hasattr(was, "_asdict") and hasattr(now, "_asdict"):
            yield from self.parts(was._asdict(), now._asdict(), path)
        elif _listed(was) and _listed(now):
            yield from self.several(was, now, path)
        else:
            yield _where(path), f"{self._said(self.old, was)} to {self._said(self.new, now)}"

    def several(self, was: Sequence[Any], now: Sequence[Any], path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """The changes of two lists: parts that came, went, moved, and those that changed."""
        old, new = {_key(one): one for one in was}, {_key(one): one for one in now}
        for key in {**old, **new}:
            if key in old and key in new:
                yield from self.value(old[key], new[key], (*path, key))
            elif isinstance(old.get(key, new.get(key)), CheckFirst) and key in self.shared:
                yield _where(path), f"{'now' if key in new else 'no longer'} checked first: {key}"
            elif key in new:
                yield _where(path), f"added: {self._said(self.new, new[key])}"
            else:
                yield _where(path), f"removed: {self._said(self.old, old[key])}"
        kept = [key for key in old if key in new]
        if kept != [key for key in new if key in old]:
            yield _where(path), f"another order: {', '.join(key for key in new if key in old)}"

    def condition(self, was: Condition, now: Condition) -> Iterator[str]:
        """The changes of a condition, as deep inside as one part alone changed."""
        if was == now:
            return
        if isinstance(was, Not) and isinstance(now, Not):
            yield from (f"under not: {said}" for said in self.condition(was.of, now.of))
            return
        if isinstance(was, Compare) and isinstance(now, Compare) and was.fact == now.fact:
            yield f"{self.old.tells(was)} becomes {self.new.tells(now)}"
            return
        if isinstance(was, In) and isinstance(now, In) and was.fact == now.fact:
            yield from self._values(was, now)
            return
        if isinstance(was, AtLeast) and isinstance(now, AtLeast):
            if was.n != now.n:
                yield f"at least {was.n} becomes at least {now.n}"
            yield from self._joined(list(was.of), list(now.of), "counts")
            return
        for joined, said in ((Or, "holds also when"), (And, "needs also")):
            if not isinstance(was, joined) and not isinstance(now, joined):
                continue
            old, new = _parts(was, joined), _parts(now, joined)
            if set(old) & set(new):
                yield from self._joined(old, new, said)
                return
        yield f"was: {self.old.tells(was)}; now: {self.new.tells(now)}"

    def _joined(self, old: list[Condition], new: list[Condition], said: str) -> Iterator[str]:
        lost, gained = [one for one in old if one not in new], [one for one in new if one not in old]
        if len(lost) == 1 and len(gained) == 1:
            yield from self.condition(lost[0], gained[0])
            return
        yield from (f"lost: it no longer {_verb(said)} {self.old.tells(one)}" for one in lost)
        yield from (f"gained: it now {said} {self.new.tells(one)}" for one in gained)

    def _values(self, was: In, now: In) -> Iterator[str]:
        label = self.new.words.label(now.fact)
        lost = [self.old.words.value(was.fact, one) for one in was.values if one not in now.values]
        gained = [self.new.words.value(now.fact, one) for one in now.values if one not in was.values]
        if lost:
            yield f"{label}: no longer {' or '.join(lost)}"
        if gained:
            yield f"{label}: now also {' or '.join(gained)}"

    def _said(self, page: Catalogue, value: Any) -> str:
        if isinstance(value, _CONDITIONS):
            return page.tells(value)
        if value is None or value == () or value == "":
            return "nothing"
        if isinstance(value, bool):
            return "yes" if value else "no"
        if hasattr(value, "_asdict"):
            return self._said(page, value._asdict())
        if isinstance(value, Mapping):
            shown = "; ".join(
                f"{name} {self._said(page, one)}" for name, one in value.items() if one not in (None, (), "")
            )
        elif _listed(value):
            shown = ", ".join(self._said(page, one) for one in value)
        else:
            shown = f"'{value}'" if isinstance(value, str) and " " in value else str(value)
        return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"


def _listed(value: Any) -> bool:
    return isinstance(value, list | tuple | frozenset | set) and not hasattr(value, "_asdict")


def _key(one: Any) -> str:
    """What an entry of a list is recognized by."""
    for name in ("id", "target", "order", "source"):
        found = getattr(one, name, None) if not isinstance(one, Mapping) else one.get(name)
        if isinstance(found, str):
            part = getattr(one, "supported", "") if name == "source" else ""
            return f"{found}, {part}" if part else found
    return str(one[0]) if isinstance(one, tuple) and one and isinstance(one[0], str) else str(one)


def _parts(condition: Condition, joined: type[And] | type[Or]) -> list[Condition]:
    return list(condition.of) if isinstance(condition, joined) else [condition]


def _verb(said: str) -> str:
    return {"holds also when": "holds when", "needs also": "needs", "counts": "counts"}[said]


def _where(path: tuple[str, ...]) -> str:
    return " ".join(part.replace("_", " ") if place == 0 else part for place, part in enumerate(path))
