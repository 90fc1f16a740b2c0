"""One reading of a case at one focus: recorded facts, and facts derived from them when they are asked for.

Derivations are data (knowledge/derived); this file knows only that they have forms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from spondyl.logic import (
    FALSE,
    TRUE,
    UNKNOWN,
    Condition,
    Facts,
    Interval,
    Leaf,
    Members,
    Truth,
    Value,
)
from spondyl.timeline.charted import Chart, Entry, ListChart
from spondyl.timeline.derivations import Derivations, Where
from spondyl.timeline.foci import Focus, entry_regions
from spondyl.timeline.forms import FORM
from spondyl.timeline.steps import go

_EMPTY = ListChart()


class View(Facts):
    """Facts of one patient at one focus, in the safety or the plain reading. Missing names are derived or None."""

    __slots__ = (
        "_bound",
        "_flat",
        "_ids",
        "_known",
        "_way",
        "chart",
        "criteria",
        "derivations",
        "focus",
        "given",
        "hurting",
        "live",
        "safety",
    )

    def __init__(
        self,
        derivations: Derivations,
        chart: Chart,
        focus: Focus,
        *,
        safety: bool,
        hurting: int = 1,
        given: Mapping[str, Value | None] | None = None,
        live: int | None = None,
    ) -> None:
        # Derived facts that something recorded can reach; the others are unknown and are not computed.
        self.live = -1 if given else derivations.reach(chart) if live is None else live
        self._way = None if given else derivations.way(self.live)
        super().__init__({} if given else derivations.nothing if self._way is None else self._way.blank)
        self.update(chart.safety if safety else chart.plain)
        self._flat: dict[str, Value | None] | None = None
        self.chart = chart
        self.derivations = derivations
        self.focus = focus
        self.safety = safety
        self.hurting = hurting
        self.given = frozenset(given or ())
        self.criteria: Any = None
        self._bound: dict[str, list[tuple[Entry, Facts]]] = {}
        self._known: int | None = None
        self._ids: dict[str, list[str]] = {}
        if given:
            self.update(given)
        change = self._pains_change()
        if change is not None:
            self["pain_change"] = change

    def __missing__(self, name: str) -> Value | None:
        form = self.derivations.forms.get(name)
        value: Value | None = None
        if form is not None and self.derivations.bits[name] & self.live:
            self[name] = None  # a derivation that reads itself finds nothing
            value = self.derive(name, form)
        self[name] = value
        return value

    @property
    def flat(self) -> dict[str, Value | None]:
        """Every fact of the vocabulary and every derived one in a plain dict, for conditions judged many at a time."""
        if self._flat is None:
            way = self._way or self.derivations.way(self.live)
            if way is None:
                for name in self.derivations.alive(self.live):
                    if name not in self:
                        self.__missing__(name)
            else:
                go(self, way)
            self._flat = self.derivations.blank | self
        return self._flat

    @property
    def known(self) -> int:
        """The facts of which something is known here, as bits."""
        if self._known is None:
            bit = self.derivations.names.bit
            # No bit comes twice, so that their sum is the set of them.
            self._known = -1 if self.given else sum([bit(one) for one, value in self.flat.items() if value is not None])
        return self._known

    def put(self, name: str, value: Value) -> None:
        """Record what another part of the program established."""
        self[name] = value
        if self._flat is not None:
            self._flat[name] = value
            self._known = None

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
            check = self.where(f"{name}:{place}" if isinstance(body, list) else name, part)
            for entry, values in self.bound(part["list"]):
                found.append((part["list"], entry, TRUE if check is None else check(values)))
        return found

    def ids(self, name: str) -> list[str]:
        """The ids of the recorded facts a fact stands on."""
        found = self._ids.get(name)
        if found is None:
            self._ids[name] = []  # a derivation that reads itself stands on nothing more
            found = self._ids[name] = self._stands_on(name)
        return found

    def _stands_on(self, name: str) -> list[str]:
        recorded = self.chart.ids.get(name)
        if recorded:
            return recorded
        basis = self.derivations.basis(name)
        if basis is None:
            return []
        if basis.holds is not None:
            return self._holds_ids(name, basis.holds)
        found: dict[str, None] = {}
        for listed, check in basis.entries:
            found.update(dict.fromkeys(self._entry_ids(listed, check)))
        for inner in basis.names:
            found.update(dict.fromkeys(self.ids(inner)))
        if basis.of_place:
            for inner in self.reads(name):
                found.update(dict.fromkeys(self.ids(inner) or [i for e in self.entries(inner) for i in e.all_ids()]))
        return list(found)

    def _holds_ids(self, name: str, parts: Sequence[str]) -> list[str]:
        found: dict[str, None] = {}
        value = self[name]
        # What is TRUE holds; of what is given nobody knows why.
        truth = TRUE if value is TRUE and not self.given else None
        for part in parts if value is FALSE else parts[:1]:
            for inner in self.derivations.deciding(name, part, self.flat, truth):
                found.update(dict.fromkeys(self.ids(inner)))
        return list(found)

    def _entry_ids(self, name: str, check: Where | None) -> list[str]:
        found: list[str] = []
        for entry, values in self.bound(name):
            if check is None or check(values) is not FALSE:
                found += entry.all_ids()
        return found or self.chart.lists.get(name, _EMPTY).ids

    def entries(self, name: str) -> Sequence[Entry]:
        """The entries of a list fact, oldest first."""
        return self.chart.lists.get(name, _EMPTY).entries

    # ---- forms

    def derive(self, name: str, form: Mapping[str, Any]) -> Value | None:
        """What a derivation comes to here; nothing is remembered."""
        value = FORM[form["form"]](self, name, form, form["body"])
        if form["type"] == "truth":
            if value is not TRUE and self._denied(name, form):
                return FALSE
            return None if value is UNKNOWN else value
        if value is None and self._denied(name, form):
            none = form["body"]["when_none"]
            return Interval(none, none)
        return value

    def _denied(self, name: str, form: Mapping[str, Any]) -> bool:
        """Whether `false_when` holds, and no entry looked through may say otherwise (a weakness without a grade)."""
        denial = form.get("false_when")
        if not denial or self.derivations.check(name, "false_when", denial)(self) is not TRUE:
            return False
        return all(truth is FALSE for _, _, truth in self.looked_through(name))

    def where(self, name: str, body: Mapping[str, Any]) -> Where | None:
        return self.derivations.where(name, body)

    def bound(self, name: str) -> list[tuple[Entry, Facts]]:
        """Entries with the fields that depend on the focus filled in."""
        found = self._bound.get(name)
        if found is not None:
            return found
        made: list[tuple[Entry, Facts]] = []
        blank = self.derivations.fields.get(name, {})
        for entry in self.chart.lists.get(name, _EMPTY).entries:
            values = Facts(blank)
            values.update(entry.values)
            values["same_region"] = self._same_region(name, entry)
            values["served_here"] = self._served_here(entry)
            made.append((entry, values))
        self._bound[name] = made
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
                # A finding whose region is not stated is read wherever the patient hurts or was operated on.
                here = self.focus.hurts or self.focus.operated or self.focus.region == "unspecified"
                return TRUE if here or not self.chart.placed else UNKNOWN
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
    found: dict[str, None] = {}
    for name in names:
        _add_asked(view, name, 0, found)
    return tuple(found)


def _add_asked(view: View, name: str, depth: int, found: dict[str, None]) -> None:
    facts = view.derivations.rules.facts
    if name in view.derivations.told:
        return
    if name in facts or name.partition(".")[0] in facts:
        found.setdefault(name)
        return
    if depth > 6:
        return
    for inner in view.reads(name):
        if inner in facts and view[inner] is not None and facts[inner].type.kind != "list":
            continue
        _add_asked(view, inner, depth + 1, found)
