"""One reading of a case at one focus: recorded facts, and facts derived from them when they are asked for.

Derivations are data (knowledge/derived); this file knows only their closed set of forms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from spondyl.knowledge.rules import Ruleset
from spondyl.logic import (
    FALSE,
    TRUE,
    UNKNOWN,
    And,
    AtLeast,
    Check,
    Condition,
    Facts,
    Interval,
    Leaf,
    Members,
    Not,
    Or,
    Truth,
    Value,
    at_least,
    both,
    closure,
    either,
    fact_names,
    from_plain,
    judge,
    leaves,
)
from spondyl.timeline.chart import Chart, Entry, ListChart
from spondyl.timeline.days import Days, months_from
from spondyl.timeline.doses import morphine_equivalent
from spondyl.timeline.foci import Focus, done, entry_regions, truth_here

_EMPTY = ListChart()
Where = Check


def condition_of(plain: Any) -> Condition:
    """The condition in a compiled rule body."""
    return from_plain(plain["c"] if isinstance(plain, Mapping) else plain)


def where_check(condition: Condition) -> Where:
    """A check for entries of a list: `not x` keeps entries in which x is not recorded as TRUE."""
    if isinstance(condition, And):
        parts = [where_check(part) for part in condition.of]
        return lambda facts: both([part(facts) for part in parts])
    if isinstance(condition, Or):
        parts = [where_check(part) for part in condition.of]
        return lambda facts: either([part(facts) for part in parts])
    if isinstance(condition, AtLeast):
        parts, n = [where_check(part) for part in condition.of], condition.n
        return lambda facts: at_least(n, [part(facts) for part in parts])
    if isinstance(condition, Not):
        inner = where_check(condition.of)
        return lambda facts: FALSE if inner(facts) is TRUE else TRUE
    return closure(condition)


class Derivations:
    """The derived facts of one ruleset, ready to compute. Built once per ruleset."""

    def __init__(self, rules: Ruleset) -> None:
        self.rules = rules
        self.tables = rules.tables
        self.regions = rules.tables["regions"]
        self.segments: tuple[str, ...] = tuple(self.regions["segments"])
        self.forms: dict[str, Mapping[str, Any]] = dict(rules.derived)
        self._checks: dict[tuple[str, str], Check] = {}
        self._conditions: dict[str, Condition] = {}

    def condition(self, name: str) -> Condition | None:
        """The expression behind a `holds` fact, for reasons and questions; None for other forms."""
        if name not in self._conditions:
            form = self.forms.get(name)
            if form is None or form["form"] != "holds":
                return None
            self._conditions[name] = condition_of(form["body"])
        return self._conditions[name]

    def unless(self, name: str) -> Condition | None:
        """The reassurance of a `holds ... unless` fact."""
        form = self.forms.get(name)
        return condition_of(form["unless"]) if form and form.get("unless") else None

    def check(self, name: str, part: str, plain: Any, where: bool = False) -> Check:
        """The compiled check of one condition inside a derivation."""
        key = (name, part)
        if key not in self._checks:
            condition = condition_of(plain)
            self._checks[key] = where_check(condition) if where else closure(condition)
        return self._checks[key]

    def depends(self, name: str) -> tuple[str, ...]:
        """The names a derived fact reads directly: facts, or the list it looks through."""
        return _depends(self, name)


@lru_cache(maxsize=4096)
def _depends(derivations: Derivations, name: str) -> tuple[str, ...]:
    form = derivations.forms.get(name)
    if form is None:
        return ()
    body = form["body"]
    names: list[str] = []
    for part in (body, form.get("unless"), form.get("false_when")):
        names += _names_in(part)
    special = {
        "region_member": ["pain_regions"],
        "block": ["block_relief_pct", "block_target"],
        "concordance": ["imaging", "pain_regions", "pains", "motor_deficit", "sensory_deficit"],
        "segment": ["surgeries", "imaging"],
        "focus": ["pain_regions", "surgeries"],
    }
    names += special.get(form["form"], [])
    return tuple(dict.fromkeys(n for n in names if n != name))


def _names_in(part: Any) -> list[str]:
    if isinstance(part, Mapping):
        if "c" in part:
            return list(fact_names(from_plain(part["c"])))
        names = []
        for key, value in part.items():
            if key in ("list", "since", "of", "minus", "fact", "examined_on", "absent") and isinstance(value, str):
                names.append(value)
            elif key == "facts":
                names += value
        return names
    if isinstance(part, str):
        return [part]
    if isinstance(part, list):
        return [name for one in part for name in (_names_in(one) if not isinstance(one, str) else [one])]
    return []


class View(Facts):
    """Facts of one patient at one focus, in the safety or the plain reading. Missing names are derived or None."""

    __slots__ = ("chart", "derivations", "focus", "given", "hurting", "safety")

    def __init__(
        self,
        derivations: Derivations,
        chart: Chart,
        focus: Focus,
        *,
        safety: bool,
        hurting: int = 1,
        given: Mapping[str, Value | None] | None = None,
    ) -> None:
        super().__init__(chart.safety if safety else chart.plain)
        self.chart = chart
        self.derivations = derivations
        self.focus = focus
        self.safety = safety
        self.hurting = hurting
        self.given = frozenset(given or ())
        if given:
            self.update(given)
        change = self._pains_change()
        if change is not None:
            self["pain_change"] = change

    def __missing__(self, name: str) -> Value | None:
        form = self.derivations.forms.get(name)
        value: Value | None = None
        if form is not None:
            self[name] = None  # a derivation that reads itself finds nothing
            value = self._derive(name, form)
        self[name] = value
        return value

    def values_of(self, names: Sequence[str]) -> tuple[Value | None, ...]:
        """The values of these facts, in order; equal tuples give equal conclusions."""
        return tuple([self[name] for name in names])

    # ---- what a fact stands on

    def cause(self, name: str) -> str:
        """Why a fact is unknown: not_documented, uncertain, contradictory, too_old, past, imprecise."""
        if name in self.chart.causes:
            return self.chart.causes[name]
        value = self[name]
        if isinstance(value, Interval):
            return "imprecise"
        for inner in self.reads(name):
            if inner in self.chart.causes:
                return self.chart.causes[inner]
        return "not_documented"

    def reads(self, name: str) -> tuple[str, ...]:
        """The names a derived fact reads directly at this focus."""
        form = self.derivations.forms.get(name)
        if form is not None and form["form"] == "by_region":
            here = self.derivations.regions["regions"][self.focus.region].get(form["body"])
            return () if here is None else (here,)
        return self.derivations.depends(name)

    def looked_through(self, name: str) -> list[tuple[str, Entry, Truth]]:
        """The entries of lists a derived fact looked through, and whether each is among those it counts."""
        form = self.derivations.forms.get(name)
        body = form["body"] if form is not None else None
        found: list[tuple[str, Entry, Truth]] = []
        for place, part in enumerate(body if isinstance(body, list) else [body]):
            if not isinstance(part, Mapping) or "list" not in part:
                continue
            check = self._where(f"{name}:{place}" if isinstance(body, list) else name, part)
            for entry, values in self._bound(part["list"]):
                found.append((part["list"], entry, TRUE if check is None else check(values)))
        return found

    def ids(self, name: str, _seen: frozenset[str] = frozenset()) -> list[str]:
        """The ids of the recorded facts a fact stands on."""
        recorded = self.chart.ids.get(name)
        if recorded:
            return recorded
        form = self.derivations.forms.get(name)
        if form is None or name in _seen:
            return []
        seen = _seen | {name}
        value = self[name]
        if form["form"] == "holds":
            return self._holds_ids(name, form, value, seen)
        found: list[str] = []
        body = form["body"]
        bodies = body if isinstance(body, list) else [body]
        for place, part in enumerate(bodies):
            if isinstance(part, Mapping) and "list" in part:
                found += self._entry_ids(f"{name}:{place}" if isinstance(body, list) else name, part)
            elif isinstance(part, str):
                found += self.ids(part, seen)
        if isinstance(body, Mapping):
            for key in ("since", "of", "minus", "fact"):
                if isinstance(body.get(key), str):
                    found += self.ids(body[key], seen)
        if form["form"] in ("region_member", "block", "concordance", "segment", "focus", "by_region"):
            for inner in self.reads(name):
                found += self.ids(inner, seen) or [i for e in self.entries(inner) for i in e.all_ids()]
        return list(dict.fromkeys(found))

    def _holds_ids(self, name: str, form: Mapping[str, Any], value: Value | None, seen: frozenset[str]) -> list[str]:
        condition = self.derivations.condition(name)
        found: list[str] = []
        if condition is not None:
            for leaf in judge(condition, self).leaves():
                found += self.ids(leaf.condition.fact, seen)  # type: ignore[union-attr]
        unless = self.derivations.unless(name)
        if unless is not None and value is FALSE:
            for leaf in judge(unless, self).leaves():
                found += self.ids(leaf.condition.fact, seen)  # type: ignore[union-attr]
        if form.get("false_when") and value is FALSE:
            for leaf in judge(condition_of(form["false_when"]), self).leaves():
                found += self.ids(leaf.condition.fact, seen)  # type: ignore[union-attr]
        return list(dict.fromkeys(found))

    def _entry_ids(self, name: str, body: Mapping[str, Any]) -> list[str]:
        listed = self.chart.lists.get(body["list"], _EMPTY)
        check = self._where(name, body)
        found: list[str] = []
        for entry, values in self._bound(body["list"]):
            if check is None or check(values) is not FALSE:
                found += entry.all_ids()
        return found or list(listed.ids)

    def entries(self, name: str) -> Sequence[Entry]:
        """The entries of a list fact, oldest first."""
        return self.chart.lists.get(name, _EMPTY).entries

    # ---- forms

    def _derive(self, name: str, form: Mapping[str, Any]) -> Value | None:
        value = _FORMS[form["form"]](self, name, form, form["body"])
        if form["type"] == "truth":
            if value is None:
                value = UNKNOWN
            if value is not TRUE and form.get("false_when"):
                if self.derivations.check(name, "false_when", form["false_when"])(self) is TRUE:
                    return FALSE
            if value is UNKNOWN:
                return None
        return value

    def _where(self, name: str, body: Mapping[str, Any]) -> Where | None:
        where = body.get("where")
        return None if where is None else self.derivations.check(name, "where:" + str(body.get("list")), where, True)

    def _bound(self, name: str) -> list[tuple[Entry, Facts]]:
        """Entries with the fields that depend on the focus filled in."""
        key = "@" + name
        if key in self:
            return self[key]  # type: ignore[return-value]
        made: list[tuple[Entry, Facts]] = []
        for entry in self.chart.lists.get(name, _EMPTY).entries:
            values = Facts(entry.values)
            values["same_region"] = self._same_region(name, entry)
            values["served_here"] = self._served_here(entry)
            made.append((entry, values))
        self[key] = made  # type: ignore[assignment]
        return made

    def _same_region(self, name: str, entry: Entry) -> Truth:
        table = self.derivations.regions["regions"][self.focus.region]
        named = entry_regions(entry)
        if name == "imaging":
            if self.focus.kind == "segment":
                levels = entry.values["levels"]
                return TRUE if isinstance(levels, Members) and set(self.focus.levels) & levels.yes else FALSE
            region = entry.values["region"]
            if not named:
                # A finding whose region is not stated is read where the patient hurts: the alarming reading.
                return TRUE
            return TRUE if named & set(table["studies"]) or region in table["studies"] else FALSE
        wanted = set(table["surgery"] if name == "surgeries" else table["treatments"])
        if not named:
            alone = (self.hurting <= 1 and self.focus.region != "unspecified") or self.focus.region == "unspecified"
            return TRUE if alone or (self.safety and name == "surgeries") else UNKNOWN
        return TRUE if named & wanted else FALSE

    def _served_here(self, entry: Entry) -> Truth:
        table = self.derivations.regions["regions"][self.focus.region]
        place = entry.values["myotome"] or entry.values["dermatome"]
        if not isinstance(place, str) or place in ("unspecified", "whole_limb") or self.focus.region == "unspecified":
            return TRUE
        return TRUE if place in table["myotomes"] or place in table["roots"] else FALSE

    def _pains_change(self) -> Value | None:
        listed = self.chart.lists.get("pains")
        if listed is None or "pain_change" in self.given:
            return None
        places = self.derivations.regions["regions"][self.focus.region]["pains"]
        order = ("unchanged", "better", "returned", "new", "worse")
        changes = [e.values["change"] for e in listed.entries if e.values["region"] in places]
        named = [change for change in changes if isinstance(change, str) and change in order]
        return max(named, key=order.index) if named else None


# Each form: (view, name of the fact, the whole derivation, its body) -> value


def _holds(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    truth = view.derivations.check(name, "holds", body)(view)
    if form.get("unless") is None or truth is FALSE:
        return truth
    return FALSE if view.derivations.check(name, "unless", form["unless"])(view) is TRUE else truth


def _any_entry(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    check = view._where(name, body)
    truths = []
    for entry, values in view._bound(body["list"]):
        truth = TRUE if check is None else check(values)
        if truth is TRUE and not entry.sure:
            truth = UNKNOWN
        if truth is TRUE and body.get("not_followed_by") and _followed(view, name, body, entry):
            truth = FALSE
        truths.append(truth)
    listed = view.chart.lists.get(body["list"], _EMPTY)
    return either([*truths, FALSE if listed.closed or _none_ever(view, body["list"]) else UNKNOWN])


def _followed(view: View, name: str, body: Mapping[str, Any], entry: Entry) -> bool:
    later = view.derivations.check(name, "not_followed_by", body["not_followed_by"], True)
    return any(
        other.index > entry.index and values["same_region"] is TRUE and later(values) is TRUE
        for other, values in view._bound(body["list"])
    )


def _none_ever(view: View, name: str) -> bool:
    """A patient recorded as never operated on has no entry in the list of operations."""
    return name == "surgeries" and view.chart.plain["spine_surgery_ever"] is FALSE


def _any_of(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    return either([_as_truth(_any_entry(view, f"{name}:{i}", form, part)) for i, part in enumerate(body)])


def _as_truth(value: Value | None) -> Truth:
    return value if isinstance(value, Truth) else UNKNOWN


def _count_entries(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    check = view._where(name, body)
    low, high = 0.0, 0.0
    for entry, values in view._bound(body["list"]):
        truth = TRUE if check is None else check(values)
        if "within_months" in body and truth is not FALSE:
            truth = both([truth, _within(view, entry, body["within_months"])])
        times = values[body["times"]] if "times" in body else None
        count = times if isinstance(times, Interval) else Interval(1, 1)
        if truth is TRUE and entry.sure:
            low += count.low or 0
        if truth is not FALSE:
            high += count.high if count.high is not None else 50
    listed = view.chart.lists.get(body["list"], _EMPTY)
    closed = listed.closed or _none_ever(view, body["list"])
    if not closed and low == 0 and high == 0:
        return None
    return Interval(low, high if closed else None)


def _within(view: View, entry: Entry, months: float) -> Truth:
    if entry.days is None:
        return UNKNOWN
    if months_from(entry.days.first, view.chart.as_of) <= months:
        return TRUE
    return FALSE if months_from(entry.days.last, view.chart.as_of) > months else UNKNOWN


def _numbers(view: View, name: str, body: Mapping[str, Any]) -> tuple[list[Interval], bool]:
    """The numbers of matching entries, and whether more could be there that nobody wrote down."""
    check = view._where(name, body)
    found, open_ = [], False
    for entry, values in view._bound(body["list"]):
        truth = TRUE if check is None else check(values)
        number = values[body["field"]]
        if truth is TRUE and entry.sure and isinstance(number, Interval):
            found.append(number)
        elif truth is not FALSE:
            open_ = True
    return found, open_


def _bounded(view: View, body: Mapping[str, Any], found: Sequence[Interval], open_: bool) -> bool:
    listed = view.chart.lists.get(body["list"], _EMPTY)
    if listed.closed or body.get("closed_by") in listed.denied:
        return not open_
    return bool(body.get("documented") and found)


def _max_entry(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    found, open_ = _numbers(view, name, body)
    bounded = _bounded(view, body, found, open_)
    if not found:
        return Interval(body.get("when_none", 0), body.get("when_none", 0)) if bounded else None
    lows = [number.low for number in found if number.low is not None]
    highs = [number.high for number in found]
    high = max((h for h in highs if h is not None), default=None)
    return Interval(max(lows, default=None), high if bounded and None not in highs else None)


def _min_entry(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    found, open_ = _numbers(view, name, body)
    listed = view.chart.lists.get(body["list"], _EMPTY)
    if not found:
        none = body.get("when_none")
        return Interval(none, none) if listed.closed and not open_ and none is not None else None
    lows = [number.low for number in found]
    highs = [number.high for number in found if number.high is not None]
    low = None if None in lows or open_ or not listed.closed else min(low for low in lows if low is not None)
    high = min(highs, default=None)
    if not listed.closed and not open_ and None not in lows:
        low = min(low for low in lows if low is not None)  # a grade nobody examined is not a worse grade
    return Interval(low, high)


def _sum_entries(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    found, open_ = _numbers(view, name, body)
    bounded = _bounded(view, body, found, open_)
    if not found and not bounded:
        return None
    low = sum(number.low or 0 for number in found)
    highs = [number.high for number in found]
    return Interval(low, sum(h for h in highs if h is not None) if bounded and None not in highs else None)


def _latest_entry(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    check = view._where(name, body)
    best: tuple[int, int, Interval, Days] | None = None
    for entry, values in view._bound(body["list"]):
        number = values[body["field"]]
        if isinstance(number, Interval) and (check is None or check(values) is TRUE):
            days = entry.days or entry.on or Days(view.chart.as_of, view.chart.as_of)
            if best is None or (days.last, entry.index) >= best[:2]:
                best = (days.last, entry.index, number, days)
    if best is None:
        return None
    known = view.derivations.rules.facts.get(name)
    if known is None or known.fresh_days is None or view.chart.as_of - best[3].first <= known.fresh_days:
        return best[2]
    if known.worse == "high":
        return Interval(best[2].low, None)
    return Interval(None, best[2].high) if known.worse == "low" else None


def _span(view: View, name: str, body: Mapping[str, Any]) -> Days | None:
    """The days of the latest matching entry, or of a date fact, as far as they are known."""
    today = view.chart.as_of
    if "since" in body:
        known = view.chart.dates.get(body["since"])
        if known is None and body["since"] in view.derivations.forms:
            form = view.derivations.forms[body["since"]]
            known = _span(view, body["since"], form["body"])
        return Days(min(known.first, today), min(known.last, today)) if known else None
    check = view._where(name, body)
    firsts: list[int] = []
    lasts: list[int] = []
    undated = False
    for entry, values in view._bound(body["list"]):
        truth = TRUE if check is None else check(values)
        if truth is FALSE or (entry.days is not None and entry.days.first > today):
            continue
        if entry.days is None:
            undated = undated or truth is TRUE
            continue
        lasts.append(min(entry.days.last, today))
        if truth is TRUE and entry.sure:
            firsts.append(entry.days.first)
    if not firsts:
        return None
    return Days(max(firsts), today if undated else max(lasts))


def _months_between(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    days, today = _span(view, name, body), view.chart.as_of
    return None if days is None else Interval(months_from(days.last, today), months_from(days.first, today))


def _days_between(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    days, today = _span(view, name, body), view.chart.as_of
    return None if days is None else Interval(today - days.last, today - days.first)


def _weeks_between(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    days, today = _span(view, name, body), view.chart.as_of
    return None if days is None else Interval(round((today - days.last) / 7, 1), round((today - days.first) / 7, 1))


def _latest_date(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    return None  # dates are read through months_between and days_between


def _difference(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    of, minus = view[body["of"]], view[body["minus"]]
    if not isinstance(of, Interval) or not isinstance(minus, Interval):
        return None
    low = None if of.low is None or minus.high is None else of.low - minus.high
    high = None if of.high is None or minus.low is None else of.high - minus.low
    return Interval(low, high)


def _min_of(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    numbers = [view[one] for one in body]
    found = [number for number in numbers if isinstance(number, Interval)]
    if not found:
        return None
    highs = [number.high for number in found if number.high is not None]
    lows = [number.low for number in found]
    low = None if len(found) < len(numbers) or None in lows else min(low for low in lows if low is not None)
    return Interval(low, min(highs, default=None))


def _count_of(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    truths = [_as_truth(view[one]) for one in body]
    low = sum(truth is TRUE for truth in truths)
    high = sum(truth is not FALSE for truth in truths)
    return None if low == 0 and high == len(truths) else Interval(low, high)


def _same_as(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    return view[body]


def _change(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    check = view._where(name, body)
    dated = []
    for entry, values in view._bound(body["list"]):
        number = values[body["field"]]
        if isinstance(number, Interval) and number.exact and entry.days and check is not None and check(values) is TRUE:
            dated.append((entry.days.last, number.low or 0.0))
    if len(dated) < 2:
        return None
    dated.sort()
    change = dated[-1][1] - dated[-2][1]
    return Interval(change, change)


def _series(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    since = view["days_since_last_surgery"]
    if not isinstance(since, Interval) or since.low is None or since.high is None:
        return None
    operated = view.chart.as_of - since.low
    check = view._where(name, body)
    dated = []
    for entry, values in view._bound(body["list"]):
        number = values[body["field"] if "field" in body else "value"]
        if isinstance(number, Interval) and number.low is not None and entry.days is not None:
            if check is not None and check(values) is TRUE and entry.days.last >= operated:
                dated.append((entry.days.last, number.low))
    dated.sort()
    if len(dated) < 2:
        return None
    last_day, last = dated[-1]
    if "rise_from_lowest" in body:
        lowest = min(value for _, value in dated[:-1])
        late = last_day - operated > body["after_days"]
        return TRUE if late and last - lowest >= body["rise_from_lowest"] else FALSE
    previous_day, previous = dated[-2]
    near, far = body["apart_days"]
    first, final = body["days"]
    if not near <= last_day - previous_day <= far or previous <= 0 or not first <= last_day - operated <= final:
        return None
    return TRUE if last / previous >= body["not_below_share"] else FALSE


def _members(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    yes, no = _family(view, name, body)
    return Members(frozenset(yes), frozenset(no)) if yes or no else None


def _family(view: View, name: str, body: Mapping[str, Any]) -> tuple[set[str], set[str]]:
    """Member by member the latest word; on one day the alarming word stands for safety, neither elsewhere."""
    check = view._where(name, body)
    latest: dict[str, tuple[int, bool]] = {}
    clash: set[str] = set()
    for entry, values in view._bound(body["list"]):
        members = values[body["field"]]
        if not isinstance(members, Members) or (check is not None and check(values) is not TRUE):
            continue
        day = entry.days.last if entry.days else (entry.on.last if entry.on else view.chart.as_of)
        for sense, words in ((True, members.yes), (False, members.no)):
            for word in words:
                before = latest.get(word)
                if before is None or day > before[0]:
                    latest[word] = (day, sense)
                    clash.discard(word)
                elif day == before[0] and before[1] is not sense:
                    clash.add(word)
    yes = {word for word, (_, sense) in latest.items() if sense and word not in clash}
    no = {word for word, (_, sense) in latest.items() if not sense and word not in clash}
    return (yes | clash if view.safety else yes), no


def _any_member(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    yes, no = _family(view, name, body)
    wanted = set(body["members"])
    if yes & wanted:
        return TRUE
    return FALSE if wanted <= no else None


def _region_member(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    return truth_here(view.chart, view.focus, view.derivations.regions, body["of"], bool(body.get("unplaced")))


def _by_region(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    fact = view.derivations.regions["regions"][view.focus.region].get(body)
    return None if fact is None else view[fact]


def _segment(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    levels = view.focus.levels
    spans = [
        entry.values["levels"].yes
        for entry in view.entries("surgeries")
        if done(entry)
        and isinstance(entry.values["levels"], Members)
        and isinstance(entry.values["procedure"], Members)
        and "fusion" in entry.values["procedure"].yes
    ]
    if not levels or not spans:
        return FALSE if body == "next_to" and view["fused_here"] is FALSE else None
    order = view.derivations.segments
    fused = {order.index(level) for span in spans for level in span if level in order}
    places = {order.index(level) for level in levels if level in order}
    inside = places <= fused
    next_to = bool(places) and not places & fused and any(place + 1 in fused or place - 1 in fused for place in places)
    return (
        ({"inside": inside, "next_to": next_to, "remote": not inside and not next_to and not places & fused}[body]
        and TRUE)
        or FALSE
    )


_NO_FINDING = {"normal", "degeneration", "scoliosis", "bridging_bone"}


def _concordance(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    studies = [
        values
        for _, values in view._bound("imaging")
        if values["same_region"] is TRUE
        and isinstance(values["findings"], Members)
        and values["findings"].yes - _NO_FINDING
    ]
    if body == "side":
        sides = {values["side"] for values in studies if isinstance(values["side"], str)}
        pain = view.focus.side
        if not sides or pain is None:
            return None
        return TRUE if sides & {"both", "midline", pain} or pain == "both" else FALSE
    roots = _roots(view)
    fitting = view.derivations.regions["segment_roots"]
    levels = {level for values in studies if isinstance(values["levels"], Members) for level in values["levels"].yes}
    expected = {root for level in levels for root in fitting.get(level, ())}
    if not roots or not expected:
        return None
    return TRUE if roots & expected else FALSE


def _roots(view: View) -> set[str]:
    of_muscle = view.derivations.regions["myotome_roots"]
    table = view.derivations.regions["regions"][view.focus.region]
    named: set[str] = set()
    for lists, name in (("pains", "root"), ("motor_deficit", "myotome"), ("sensory_deficit", "dermatome")):
        for _, values in view._bound(lists):
            word = values[name]
            if isinstance(word, str):
                named.update(of_muscle.get(word, (word,)))
    return named & set(table["roots"])


def _block(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    relief, target = view["block_relief_pct"], view["block_target"]
    match = re.fullmatch(r"(<=|>=|<|>)\s*(\d+)", body["relief"])
    if not isinstance(relief, Interval) or match is None:
        return None
    serves: Truth = UNKNOWN
    if isinstance(target, str):
        serving = view.derivations.regions["regions"][view.focus.region]["block_targets"]
        serves = TRUE if target in serving else FALSE
    return both([relief.compare(match[1], float(match[2])), serves])


def _recorded(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    return TRUE if view[body["absent"]] is None else FALSE


def _recorded_since(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    normal = view[body["fact"]]
    if normal is not TRUE:
        return normal
    examined = view.chart.dates.get(body["examined_on"]) or view.chart.recorded_on.get(body["fact"])
    if examined is None:
        return TRUE if body["fact"] in view.given else None
    changes = [view.chart.recorded_on[one] for one in body["facts"] if one in view.chart.recorded_on]
    if any(change.first > examined.last for change in changes):
        return FALSE
    return None if any(change.last > examined.first for change in changes if change != examined) else TRUE


def _sum_product(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    check = view._where(name, body)
    taken = [values for _, values in view._bound(body["list"]) if check is None or check(values) is TRUE]
    listed = view.chart.lists.get(body["list"], _EMPTY)
    if not taken:
        return Interval(0, 0) if listed.closed else None
    total = morphine_equivalent(taken, view.derivations.tables["drugs"])
    return Interval(total.low, total.high)


def _focus(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    if body == "region":
        return view.focus.region
    if body == "levels":
        levels = view.focus.levels or view.focus.surgery_levels
        return Members(frozenset(levels)) if levels else None
    return view.focus.side


def _triage(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    return FALSE  # the engine sets what triage established; until then nothing is


_FORMS: dict[str, Callable[[View, str, Mapping[str, Any], Any], Value | None]] = {
    "holds": _holds,
    "any_entry": _any_entry,
    "any_of": _any_of,
    "count_entries": _count_entries,
    "max_entry": _max_entry,
    "min_entry": _min_entry,
    "sum_entries": _sum_entries,
    "latest_entry": _latest_entry,
    "latest_date": _latest_date,
    "months_between": _months_between,
    "days_between": _days_between,
    "weeks_between": _weeks_between,
    "difference": _difference,
    "min_of": _min_of,
    "count_of": _count_of,
    "same_as": _same_as,
    "change": _change,
    "series": _series,
    "members": _members,
    "any_member": _any_member,
    "region_member": _region_member,
    "by_region": _by_region,
    "segment": _segment,
    "concordance": _concordance,
    "block": _block,
    "recorded": _recorded,
    "recorded_since": _recorded_since,
    "sum_product": _sum_product,
    "focus": _focus,
    "triage": _triage,
}
FORMS = tuple(_FORMS)


def expand(view: View) -> Callable[[Leaf], Condition | None]:
    """For `decisive`: the expression behind a derived truth, so that questions name facts people can answer."""

    def inner(leaf: Leaf) -> Condition | None:
        name = leaf.fact
        if name in view.given:
            return None
        return view.derivations.condition(name)

    return inner


def asked_names(view: View, names: Sequence[str]) -> tuple[str, ...]:
    """The base facts to ask for, in place of derived ones."""
    rules = view.derivations.rules
    found: dict[str, None] = {}

    def add(name: str, depth: int) -> None:
        head = name.partition(".")[0]
        if name in rules.facts or head in rules.facts:
            found.setdefault(name)
            return
        if depth > 6:
            return
        for inner in view.reads(name):
            if inner in rules.facts and view[inner] is not None and rules.facts[inner].type.kind != "list":
                continue
            add(inner, depth + 1)

    for name in names:
        add(name, 0)
    return tuple(found)


__all__ = ["FORMS", "Derivations", "View", "asked_names", "condition_of", "expand", "leaves", "where_check"]
