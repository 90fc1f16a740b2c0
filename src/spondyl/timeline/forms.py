"""The closed set of forms in which a fact is derived from others. Nothing clinical is decided here.

Each form is a function of the view, the name of the fact, its whole derivation and the body of its form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from spondyl.logic import FALSE, TRUE, UNKNOWN, Interval, Members, Truth, Value, both, either
from spondyl.timeline import places
from spondyl.timeline.charted import Entry, ListChart
from spondyl.timeline.days import Days, months_from

if TYPE_CHECKING:
    from spondyl.timeline.view import View

_EMPTY = ListChart()


def _holds(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    truth = view.derivations.check(name, "holds", body)(view)
    if form.get("unless") is None or truth is FALSE:
        return truth
    return FALSE if view.derivations.check(name, "unless", form["unless"])(view) is TRUE else truth


def _any_entry(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    check = view.where(name, body)
    truths = []
    for entry, values in view.bound(body["list"]):
        truth = TRUE if check is None else check(values)
        if truth is TRUE and not entry.sure:
            truth = UNKNOWN
        if truth is TRUE and body.get("not_followed_by") and _followed(view, name, body, entry):
            truth = FALSE
        truths.append(truth)
    return either([*truths, FALSE if is_closed(view, body["list"]) else UNKNOWN])


def is_closed(view: View, name: str) -> bool:
    """Whether a list is known to have no more entries than are recorded.

    A patient recorded as never operated on has no entry in the list of operations.
    """
    listed = view.chart.lists.get(name, _EMPTY)
    return listed.closed or (name == "surgeries" and view.chart.plain["spine_surgery_ever"] is FALSE)


def _followed(view: View, name: str, body: Mapping[str, Any], entry: Entry) -> bool:
    later = view.derivations.check(name, "not_followed_by", body["not_followed_by"], True)
    return any(
        other.index > entry.index and values["same_region"] is TRUE and later(values) is TRUE
        for other, values in view.bound(body["list"])
    )


def _any_of(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    return either([_as_truth(_any_entry(view, f"{name}:{i}", form, part)) for i, part in enumerate(body)])


def _as_truth(value: Value | None) -> Truth:
    return value if isinstance(value, Truth) else UNKNOWN


def _count_entries(view: View, name: str, form: Mapping[str, Any], body: Any) -> Value | None:
    check = view.where(name, body)
    low, high = 0.0, 0.0
    for entry, values in view.bound(body["list"]):
        truth = TRUE if check is None else check(values)
        if "within_months" in body and truth is not FALSE:
            truth = both([truth, _within(view, entry, body["within_months"])])
        times = values[body["times"]] if "times" in body else None
        count = times if isinstance(times, Interval) else Interval(1, 1)
        if truth is TRUE and entry.sure:
            low += count.low or 0
        if truth is not FALSE:
            high += count.high if count.high is not None else 50
    closed = is_closed(view, body["list"])
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
    check = view.where(name, body)
    found, open_ = [], False
    for entry, values in view.bound(body["list"]):
        truth = TRUE if check is None else check(values)
        if truth is not FALSE and _too_early(view, entry, body):
            continue
        number = values[body["field"]]
        if truth is TRUE and entry.sure and isinstance(number, Interval):
            found.append(number)
        elif truth is not FALSE:
            open_ = True
    return found, open_


def _too_early(view: View, entry: Entry, body: Mapping[str, Any]) -> bool:
    """Whether an entry is known to lie before the last `within_months`, or before the event `after` counts from."""
    if entry.days is None:
        return False
    if "within_months" in body and _within(view, entry, body["within_months"]) is FALSE:
        return True
    since = view[body["after"]] if "after" in body else None
    if not isinstance(since, Interval) or since.high is None:
        return False
    return months_from(entry.days.last, view.chart.as_of) > since.high


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
    check = view.where(name, body)
    best: tuple[int, int, Interval, Days] | None = None
    for entry, values in view.bound(body["list"]):
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
        if known is None or known.first > today:
            return None  # a day that has not come tells nothing of how recent something is
        return Days(known.first, min(known.last, today))
    check = view.where(name, body)
    firsts: list[int] = []
    lasts: list[int] = []
    undated = False
    for entry, values in view.bound(body["list"]):
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
    check = view.where(name, body)
    dated = []
    for entry, values in view.bound(body["list"]):
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
    check = view.where(name, body)
    dated = []
    for entry, values in view.bound(body["list"]):
        number = values[body.get("field", "value")]
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
    check = view.where(name, body)
    latest: dict[str, tuple[int, bool]] = {}
    clash: set[str] = set()
    for entry, values in view.bound(body["list"]):
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


FORM: dict[str, Callable[[View, str, Mapping[str, Any], Any], Value | None]] = {
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
    "region_member": places.region_member,
    "by_region": places.by_region,
    "segment": places.segment,
    "concordance": places.concordance,
    "block": places.block,
    "recorded": places.recorded,
    "recorded_since": places.recorded_since,
    "sum_product": places.sum_product,
    "focus": places.focus,
    "triage": places.triage,
}
FORMS = tuple(FORM)
