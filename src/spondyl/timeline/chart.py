"""Recorded facts put in order: what is current, what is too old, what contradicts what. It derives nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spondyl.knowledge.rules import FactEntry, Ruleset
from spondyl.logic import FALSE, TRUE, Facts, Interval, Members, NoneOf, Truth, Value, exactly
from spondyl.record import Fact, JsonValue
from spondyl.timeline.days import DAYS_PER_MONTH, Days, written

NOT_NOW = ("planned", "hypothetical", "family")


@dataclass(slots=True)
class Entry:
    """One entry of a list fact. `days` is when it happened, `sure` FALSE-able only by an uncertain wording."""

    index: int
    values: Facts = field(default_factory=Facts)
    dates: dict[str, Days] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=dict)
    days: Days | None = None
    on: Days | None = None
    sure: bool = True

    def all_ids(self) -> list[str]:
        """The ids of every fact the entry is made of."""
        return list(dict.fromkeys(one for ids in self.ids.values() for one in ids))


@dataclass(slots=True)
class ListChart:
    """A list fact: its entries, and whether it is known to be none or complete. `denied`: key values said not to be."""

    entries: list[Entry] = field(default_factory=list)
    closed: bool = False
    denied: dict[str, list[str]] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two values of one fact whose times overlap, and what is used where."""

    fact: str
    values: tuple[tuple[JsonValue, str], ...]
    safety: JsonValue
    elsewhere: JsonValue = "unknown"


@dataclass(slots=True)
class Chart:
    """A case in order. `safety` and `plain` are the two readings; without a contradiction they are equal."""

    as_of: int
    facts: dict[str, Fact] = field(default_factory=dict)
    plain: Facts = field(default_factory=Facts)
    safety: Facts = field(default_factory=Facts)
    dates: dict[str, Days] = field(default_factory=dict)
    lists: dict[str, ListChart] = field(default_factory=dict)
    causes: dict[str, str] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=dict)
    recorded_on: dict[str, Days] = field(default_factory=dict)
    contradictions: list[Contradiction] = field(default_factory=list)
    ever: dict[str, Members] = field(default_factory=dict)
    undated: bool = False
    clashing: bool = False


KEY_FIELD = {
    "surgeries": "procedure",
    "imaging": "modality",
    "medications": "drug",
    "prior_treatments": "type",
    "motor_deficit": "myotome",
    "sensory_deficit": "dermatome",
    "implanted_devices": "type",
}
HAPPENED_FIELD = {
    "surgeries": "date",
    "imaging": "date",
    "prior_treatments": "date",
    "labs": "on",
    "scores": "on",
    "motor_deficit": "on",
    "visits": "on",
    "implanted_devices": "implanted_on",
    "medications": "since",
}


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
        head, _, rest = fact.fact.partition(".")
        entry = rules.facts.get(head)
        if (
            (entry is not None
            and entry.type.kind == "list"
            and fact.fact not in rules.facts)
            or (entry is not None and entry.type.kind == "list" and not rest and bool(entry.fields))
        ):
            _add_to_list(made, key, fact, own, head, rest, rules.facts[head], today)
        else:
            scalars.setdefault(fact.fact, []).append((key, fact, own))
    for name, recordings in scalars.items():
        known = rules.facts.get(name)
        if known is not None:
            _settle(made, name, known, recordings)
    _finish_lists(made, rules)
    return made


def _numbered(facts: Sequence[Fact], days: Mapping[str, Days], today: Days) -> dict[str, tuple[Fact, Days]]:
    """Facts with ids, list entries renumbered so that the oldest comes first."""
    happened: dict[tuple[str, str], Days] = {}
    for fact in facts:
        parts = fact.fact.split(".")
        if len(parts) == 3 and parts[1].isdigit() and HAPPENED_FIELD.get(parts[0]) == parts[2]:
            moment = _as_days(fact.value)
            if moment is not None:
                happened[parts[0], parts[1]] = moment
    order: dict[str, list[str]] = {}
    for fact in facts:
        parts = fact.fact.split(".")
        if len(parts) >= 2 and parts[1].isdigit():
            seen = order.setdefault(parts[0], [])
            if parts[1] not in seen:
                seen.append(parts[1])
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
        parts = fact.fact.split(".")
        if len(parts) >= 2 and parts[1].isdigit() and renumber[parts[0], parts[1]] != parts[1]:
            parts[1] = renumber[parts[0], parts[1]]
            fact = Fact(".".join(parts), fact.value, fact.assertion, fact.on, fact.source, fact.precision)
        own = _as_days(fact.on) if fact.on else days.get(fact.source.name, today)
        numbered[f"F{number}"] = (fact, own or today)
    return numbered


def _as_days(value: JsonValue) -> Days | None:
    try:
        return written(value) if isinstance(value, str) else None
    except ValueError:
        return None


def as_value(entry: FactEntry, value: JsonValue) -> Value | None:
    """A recorded value in the form conditions read; None where it says nothing."""
    kind = entry.type.kind
    if kind == "truth":
        return TRUE if value is True else FALSE if value is False else None
    if kind == "number":
        if isinstance(value, dict):
            low, high = value.get("low"), value.get("high")
            return Interval(
                float(low) if isinstance(low, int | float) else None,
                float(high) if isinstance(high, int | float) else None,
            )
        return exactly(float(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None
    if kind == "choice":
        return value if isinstance(value, str) else None
    if kind == "set":
        return Members(frozenset(_words(value)))
    return None


def _words(value: JsonValue) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [] if value is None else [str(value)]


# ---- scalars


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
        day = _as_days(latest[1].value)
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
    else:
        made.causes.pop(name, None)
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
        for word in _words(fact.value):
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


# ---- lists


def _add_to_list(
    made: Chart, key: str, fact: Fact, own: Days, name: str, rest: str, entry: FactEntry, today: Days
) -> None:
    target = made.lists.setdefault(name, ListChart())
    if not rest:
        if fact.assertion in ("present", "negated") and (fact.value == [] or fact.value == "complete"):
            fresh = entry.fresh_days is None or made.as_of - own.first <= entry.fresh_days
            target.closed = target.closed or fresh
            target.ids.append(key)
            if not fresh:
                made.causes[name] = "too_old"
        return
    index, _, field_name = rest.partition(".")
    if not index.isdigit():
        return
    number = int(index)
    found = next((one for one in target.entries if one.index == number), None)
    if found is None:
        found = Entry(number, on=own)
        target.entries.append(found)
    kind = entry.fields.get(field_name)
    found.ids.setdefault(field_name, []).append(key)
    if fact.assertion in NOT_NOW:
        found.values["@not_now"] = TRUE
        return
    if fact.assertion == "uncertain" and field_name == KEY_FIELD.get(name):
        found.sure = False
    if fact.assertion == "historical" and name in ("medications", "motor_deficit", "sensory_deficit"):
        found.values["@past"] = TRUE
    if kind is None:
        return
    if kind.type.kind == "date":
        day = _as_days(fact.value)
        if day is not None:
            found.dates[field_name] = Days(day.first, min(day.last, max(day.first, made.as_of)))
        return
    value = as_value(kind, fact.value)
    if fact.assertion == "negated" and field_name == KEY_FIELD.get(name) and kind.type.kind == "choice":
        found.values["@denied"] = value
        target.denied.setdefault(str(fact.value), []).append(key)
        return
    _put(found, field_name, kind, value, fact, own, made.as_of)


def _put(found: Entry, name: str, kind: FactEntry, value: Value | None, fact: Fact, own: Days, as_of: int) -> None:
    if value is None:
        return
    if isinstance(value, Members):
        before = found.values[name]
        members = before if isinstance(before, Members) else Members()
        if fact.assertion == "negated":
            found.values[name] = Members(members.yes, members.no | value.yes, members.closed)
        elif fact.assertion != "uncertain":
            found.values[name] = Members(members.yes | value.yes, members.no, members.closed)
        return
    if fact.assertion == "uncertain":
        return
    if fact.assertion == "negated" and isinstance(value, Truth):
        value = FALSE if value is TRUE else TRUE
    elif fact.assertion == "negated" and isinstance(value, str):
        value = NoneOf(frozenset({value}))
    if isinstance(value, Interval) and name in ("months_since", "days_since"):
        found.dates["@since"] = _back(value, name, fact.precision, own)
    if kind.fresh_days is not None and as_of - own.first > kind.fresh_days and isinstance(value, Interval):
        if kind.worse == "low":
            value = Interval(None, value.high)
        elif kind.worse == "high":
            value = Interval(value.low, None)
    found.values[name] = value


def _back(value: Interval, unit: str, precision: str | None, own: Days) -> Days:
    """The days meant by "so many months (days) ago" in a text of a known day."""
    low = value.low if value.low is not None else 0.0
    high = value.high if value.high is not None else low
    if unit == "days_since":
        return Days(own.first - round(high), own.last - round(low))
    slack = 0.0
    if precision == "month":
        slack = 0.5
    elif precision == "week":
        slack = 0.25
    elif precision == "year":
        slack = 3.0 if high <= 12 else 6.0
    elif precision == "about":
        slack = max(1.0, high * 0.15)
    return Days(
        own.first - round((high + slack) * DAYS_PER_MONTH), own.last - round(max(0.0, low - slack) * DAYS_PER_MONTH)
    )


def _finish_lists(made: Chart, rules: Ruleset) -> None:
    drugs: Mapping[str, Mapping[str, JsonValue]] = rules.tables.get("drugs", {})
    for name, listed in made.lists.items():
        kept = []
        said: dict[str, set[str]] = {"yes": set(), "no": set()}
        for entry in sorted(listed.entries, key=lambda one: one.index):
            if entry.values["@not_now"] is TRUE:
                if name == "surgeries":
                    made.plain.setdefault("spine_surgery_planned", TRUE)
                    made.safety.setdefault("spine_surgery_planned", TRUE)
                continue
            if entry.values["@denied"] is not None or entry.values["@past"] is TRUE:
                continue
            entry.days = entry.dates.get(HAPPENED_FIELD.get(name, "")) or entry.dates.get("@since")
            if name == "medications":
                drug = entry.values["drug"]
                known = drugs.get(drug) if isinstance(drug, str) else None
                classes = frozenset(str(c) for c in known["classes"]) if known else frozenset()  # type: ignore[union-attr]
                entry.values["class"] = Members(classes, frozenset(), known is not None)
            if name == "imaging":
                findings = entry.values["findings"]
                if isinstance(findings, Members):
                    made.clashing = made.clashing or bool(findings.yes & said["no"] or findings.no & said["yes"])
                    said["yes"] |= findings.yes
                    said["no"] |= findings.no
                entry.values["lacks_sacral_fracture"] = _lacks_sacral_fracture(entry)
            kept.append(entry)
        listed.entries = kept


def _lacks_sacral_fracture(entry: Entry) -> Value | None:
    findings = entry.values["findings"]
    if not isinstance(findings, Members):
        return None
    if findings.yes & {"sacral_fracture", "fracture"}:
        return FALSE
    return TRUE if findings.no & {"sacral_fracture", "fracture"} or "normal" in findings.yes else None


def as_json(value: Value | None) -> JsonValue:
    """A value as the record shows it: numbers as numbers, imprecise ones as low and high, unknown as null."""
    if isinstance(value, Truth):
        return True if value is TRUE else False if value is FALSE else None
    if isinstance(value, Interval):
        if value.exact and value.low is not None:
            return _tidy(value.low)
        return {"low": _tidy(value.low), "high": _tidy(value.high)}
    if isinstance(value, NoneOf):
        return {"not": sorted(value.values)}
    if isinstance(value, Members):
        return sorted(value.yes)
    return value


def _tidy(number: float | None) -> float | int | None:
    return int(number) if number is not None and number == int(number) else number
