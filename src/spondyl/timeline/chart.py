"""Recorded facts put in order: what is current, what is too old, what contradicts what. It derives nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spondyl.knowledge.rules import FactEntry, Ruleset
from spondyl.logic import FALSE, TRUE, Interval, Members, NoneOf, Truth, Value, exactly
from spondyl.record import Fact, JsonValue
from spondyl.timeline.charted import HAPPENED_FIELD, Chart, Contradiction, as_days, as_json, as_value, words_of
from spondyl.timeline.days import Days, written
from spondyl.timeline.entries import add_to_list, finish_lists


def chart(facts: Sequence[Fact], as_of: int, written_on: Mapping[str, str], rules: Ruleset) -> Chart:
    """Order one case against a day.

    `written_on` gives the day of each input by its source name; a fact without a day of its own takes that, and
    without it counts as written on `as_of`. Facts get the ids F1, F2, ... with list entries oldest first.
    """
    made = Chart(as_of)
    days = {name: written(text) for name, text in written_on.items()}
    today = Days(as_of, as_of)
    scalars: dict[str, list[tuple[str, Fact, Days]]] = {}
    numbered = _numbered(facts, days, today)
    for key, (fact, _) in numbered.items():
        made.facts[key] = fact
    for key, (fact, own) in numbered.items():
        if fact.on is None and fact.source.name not in days:
            made.undated = True
        name = fact.fact
        head, _, rest = name.partition(".")
        entry = rules.facts.get(head)
        if (
            entry is not None
            and entry.type.kind == "list"
            and (name not in rules.facts or (not rest and bool(entry.fields)))
        ):
            add_to_list(made, key, fact, own, head, rest, entry, today)
        else:
            scalars.setdefault(fact.fact, []).append((key, fact, own))
    for name, recordings in scalars.items():
        known = rules.facts.get(name)
        if known is not None and not (len(recordings) == 1 and _alone(made, name, known, *recordings[0])):
            _settle(made, name, known, recordings)
    finish_lists(made, rules)
    return made


def _numbered(facts: Sequence[Fact], days: Mapping[str, Days], today: Days) -> dict[str, tuple[Fact, Days]]:
    """Facts with ids, list entries renumbered so that the oldest comes first."""
    happened: dict[tuple[str, str], Days] = {}
    order: dict[str, list[str]] = {}
    for fact in facts:
        if "." not in fact.fact:
            continue
        parts = fact.fact.split(".")
        if not parts[1].isdigit():
            continue
        seen = order.setdefault(parts[0], [])
        if parts[1] not in seen:
            seen.append(parts[1])
        if len(parts) == 3 and HAPPENED_FIELD.get(parts[0]) == parts[2]:
            moment = as_days(fact.value)
            if moment is not None:
                happened[parts[0], parts[1]] = moment
    renumber: dict[tuple[str, str], str] = {}
    for name, indexes in order.items():
        dated = sorted(
            (index for index in indexes if (name, index) in happened),
            key=lambda index: (happened[name, index].first, happened[name, index].last),
        )
        slots = iter(dated)
        for place, index in enumerate(indexes):
            taken = next(slots) if (name, index) in happened else index
            renumber[name, taken] = str(place)
    numbered: dict[str, tuple[Fact, Days]] = {}
    for number, fact in enumerate(facts, 1):
        if "." in fact.fact:
            parts = fact.fact.split(".")
            if parts[1].isdigit() and renumber[parts[0], parts[1]] != parts[1]:
                parts[1] = renumber[parts[0], parts[1]]
                fact = Fact(".".join(parts), fact.value, fact.assertion, fact.on, fact.source, fact.precision)
        own = as_days(fact.on) if fact.on else days.get(fact.source.name, today)
        numbered[f"F{number}"] = (fact, own or today)
    return numbered


# ---- scalars


def _alone(made: Chart, name: str, entry: FactEntry, key: str, fact: Fact, own: Days) -> bool:
    """Settle a fact that was recorded once and for certain, as most are; False where it was not."""
    if entry.type.kind not in ("truth", "number", "choice"):
        return False
    if fact.assertion not in ("present", "negated") and (
        fact.assertion != "historical" or entry.fresh_days is not None
    ):
        return False
    made.ids[name] = [key]
    made.recorded_on[name] = own
    value = as_value(entry, fact.value)
    if fact.assertion == "negated":
        if isinstance(value, Truth):
            value = FALSE if value is TRUE else TRUE
        else:
            value = NoneOf(frozenset((value,))) if isinstance(value, str) else None
    if value is not None:
        fresh = _fresh(made, entry, value, own)
        if fresh is not value:
            made.causes[name] = "too_old"
        if fresh is not None:
            made.plain[name] = made.safety[name] = fresh
    return True


def _settle(made: Chart, name: str, entry: FactEntry, recordings: list[tuple[str, Fact, Days]]) -> None:
    certain = []
    for key, fact, own in recordings:
        if fact.assertion in ("present", "negated") or (fact.assertion == "historical" and entry.fresh_days is None):
            certain.append((key, fact, own))
        elif fact.assertion == "uncertain":
            made.causes.setdefault(name, "uncertain")
        elif fact.assertion == "historical":
            made.causes.setdefault(name, "past")
    made.ids[name] = [key for key, _, _ in certain] or [key for key, f, _ in recordings if f.assertion == "uncertain"]
    if not certain:
        return
    if entry.type.kind == "date":
        latest = max(certain, key=lambda one: one[2].last)
        day = as_days(latest[1].value)
        if day is not None:
            made.dates[name] = day
        return
    if entry.type.kind == "set":
        _settle_set(made, name, entry, certain)
        return
    latest_day = max((own for _, _, own in certain), key=lambda own: (own.last, own.first))
    group = [one for one in certain if one[2].meets(latest_day)]
    made.ids[name] = [key for key, _, _ in group]
    made.recorded_on[name] = latest_day
    if entry.type.kind == "list":
        made.plain[name] = made.safety[name] = None
        return
    plain, safety = _values(made, name, entry, group)
    uncertain = any(f.assertion == "uncertain" and own.meets(latest_day) for _, f, own in recordings)
    if uncertain and plain is FALSE and entry.worse is True:
        plain = safety = None
    elif made.causes.get(name) in ("uncertain", "past"):
        del made.causes[name]  # a certain word stands beside it
    fresh_plain = _fresh(made, entry, plain, latest_day)
    fresh_safety = fresh_plain if safety is plain else _fresh(made, entry, safety, latest_day)
    if fresh_plain is not plain:
        made.causes[name] = "too_old"
    if fresh_plain is not None:
        made.plain[name] = fresh_plain
    if fresh_safety is not None:
        made.safety[name] = fresh_safety


def _values(
    made: Chart, name: str, entry: FactEntry, group: list[tuple[str, Fact, Days]]
) -> tuple[Value | None, Value | None]:
    present: list[tuple[str, Value]] = []
    denied: list[tuple[str, str]] = []
    for key, fact, _ in group:
        value = as_value(entry, fact.value)
        if value is None:
            continue
        if fact.assertion != "negated":
            present.append((key, value))
        elif isinstance(value, Truth):
            present.append((key, FALSE if value is TRUE else TRUE))
        elif isinstance(value, str):
            denied.append((key, value))
    distinct = list(dict.fromkeys(value for _, value in present))
    if not distinct:
        return (NoneOf(frozenset(word for _, word in denied)),) * 2 if denied else (None, None)
    clash = [word for _, word in denied if word in distinct]
    if len(distinct) == 1 and not clash:
        return distinct[0], distinct[0]
    if entry.type.kind == "number":
        return _numbers(made, name, entry, present)
    safety = _alarming(entry, distinct)
    shown = [(as_json(value), key) for key, value in present] + [(f"not {word}", key) for key, word in denied]
    made.contradictions.append(Contradiction(name, tuple(shown), as_json(safety)))
    made.causes[name] = "contradictory"
    return None, safety


def _numbers(
    made: Chart, name: str, entry: FactEntry, present: list[tuple[str, Value]]
) -> tuple[Value | None, Value | None]:
    intervals = [(key, value) for key, value in present if isinstance(value, Interval)]
    lows = [value.low for _, value in intervals if value.low is not None]
    highs = [value.high for _, value in intervals if value.high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    if low is None or high is None or low <= high:
        both = Interval(low, high)
        return both, both
    safety: Interval | None = None
    if entry.worse == "high":
        safety = exactly(max(highs))
    elif entry.worse == "low":
        safety = exactly(min(lows))
    shown = tuple((as_json(value), key) for key, value in intervals)
    made.contradictions.append(Contradiction(name, shown, as_json(safety)))
    made.causes[name] = "contradictory"
    return None, safety


def _alarming(entry: FactEntry, values: Sequence[Value]) -> Value | None:
    if entry.worse is True:
        return TRUE
    if entry.worse is False:
        return FALSE
    for word in (entry.worse, *entry.alarming):
        if word in values and isinstance(word, str):
            return word
    return None


def _settle_set(made: Chart, name: str, entry: FactEntry, certain: list[tuple[str, Fact, Days]]) -> None:
    said: dict[str, list[tuple[bool, Days, str]]] = {}
    closed = False
    for key, fact, own in certain:
        if fact.value == [] and fact.assertion == "present":
            closed = True
        for word in words_of(fact.value):
            said.setdefault(word, []).append((fact.assertion != "negated", own, key))
    yes, no, alarm = set(), set(), set()
    stale = False
    for word, mentions in said.items():
        latest = max((own for _, own, _ in mentions), key=lambda own: (own.last, own.first))
        current = [one for one in mentions if one[1].meets(latest)]
        senses = {sense for sense, _, _ in current}
        old = entry.fresh_days is not None and made.as_of - latest.first > entry.fresh_days
        if len(senses) > 1:
            alarm.add(word)
            shown: tuple[tuple[JsonValue, str], ...] = tuple((word if s else f"not {word}", k) for s, _, k in current)
            made.contradictions.append(Contradiction(name, shown, word))
            made.causes[name] = "contradictory"
        elif True in senses:
            if old and (entry.worse is None or word in entry.reassuring):
                stale = True
            else:
                yes.add(word)
        elif old:
            stale = True
        else:
            no.add(word)
    if stale:
        made.causes.setdefault(name, "too_old")
    made.ever[name] = Members(frozenset(w for w, m in said.items() if any(s for s, _, _ in m)), frozenset(no))
    made.plain[name] = Members(frozenset(yes), frozenset(no), closed)
    made.safety[name] = Members(frozenset(yes | alarm), frozenset(no), closed) if alarm else made.plain[name]


def _fresh(made: Chart, entry: FactEntry, value: Value | None, recorded: Days) -> Value | None:
    """The value as far as it still holds: the reassuring side expires, the alarming side stays."""
    if value is None or entry.fresh_days is None or made.as_of - recorded.first <= entry.fresh_days:
        return value
    if isinstance(value, Truth):
        return value if value is _alarming(entry, (TRUE, FALSE)) else None
    if isinstance(value, Interval):
        if entry.worse == "high":
            return Interval(value.low, None)
        return Interval(None, value.high) if entry.worse == "low" else None
    if isinstance(value, str):
        return value if value == entry.worse or value in entry.alarming else None
    return None
