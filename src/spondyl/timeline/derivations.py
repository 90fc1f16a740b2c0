"""The derivations of a ruleset, compiled: conditions over facts, and checks over the entries of a list."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from spondyl.knowledge.rules import Ruleset
from spondyl.logic import (
    FALSE,
    TRUE,
    UNKNOWN,
    And,
    AtLeast,
    Check,
    Condition,
    Names,
    Not,
    Or,
    Reason,
    Truth,
    Value,
    Values,
    at_least,
    closure,
    fact_names,
    from_plain,
    negate,
)
from spondyl.timeline.charted import Chart
from spondyl.timeline.steps import Way, Ways

Where: TypeAlias = Check
# Forms that answer even when nothing is recorded.
_OF_NOTHING = ("focus", "triage", "recorded", "segment")
_OF_PLACE = ("region_member", "block", "concordance", "segment", "focus", "by_region")


class Basis(NamedTuple):
    """What a derived fact stands on: conditions (`holds`), entries of lists, other facts, or what its place reads."""

    holds: tuple[str, ...] | None
    entries: tuple[tuple[str, Where | None], ...]
    names: tuple[str, ...]
    of_place: bool


def condition_of(plain: Any) -> Condition:
    """The condition in a compiled rule body."""
    return from_plain(plain["c"] if isinstance(plain, Mapping) else plain)


def where_check(condition: Condition) -> Where:
    """A check for entries of a list: `not x` keeps entries in which x is not recorded as TRUE."""
    if isinstance(condition, And | Or):
        return _joined([where_check(part) for part in condition.of], FALSE if isinstance(condition, And) else TRUE)
    if isinstance(condition, AtLeast):
        parts, n = [where_check(part) for part in condition.of], condition.n
        return lambda facts: at_least(n, [part(facts) for part in parts])
    if isinstance(condition, Not):
        inner = where_check(condition.of)
        return lambda facts: FALSE if inner(facts) is TRUE else TRUE
    return closure(condition)


def _joined(parts: list[Where], ends: Truth) -> Where:
    """`and` ends with FALSE, `or` with TRUE."""
    done = negate(ends)

    def check(facts: Values) -> Truth:
        answer = done
        for part in parts:
            truth = part(facts)
            if truth is ends:
                return ends
            if truth is UNKNOWN:
                answer = UNKNOWN
        return answer

    return check


class Derivations:
    """The derived facts of one ruleset, ready to compute. Built once per ruleset."""

    def __init__(self, rules: Ruleset) -> None:
        self.rules = rules
        self.tables = rules.tables
        self.regions = rules.tables["regions"]
        self.segments: tuple[str, ...] = tuple(self.regions["segments"])
        self.forms: dict[str, Mapping[str, Any]] = dict(rules.derived)
        self._checks: dict[tuple[str, str], Check] = {}
        self._reasons: dict[tuple[str, str], Reason] = {}
        self._conditions: dict[str, Condition] = {}
        self._bases: dict[str, Basis] = {}
        self._wheres: dict[str, Where | None] = {}
        self.names = Names()
        self.bits: dict[str, int] = {name: self.names.bit(name) for name in self.forms}
        self._reached: dict[str, int] = {}
        self._ways: Ways | None = None
        # By list the fields of its entries, so that what is not recorded is found to be None without a call.
        self.fields = {name: dict.fromkeys(one.fields) for name, one in rules.facts.items() if one.fields}
        self.nothing: dict[str, Value | None] = dict.fromkeys([name for name in rules.facts if name not in self.forms])
        self.blank: dict[str, Value | None] = dict.fromkeys((*rules.facts, *self.forms))
        # What a note names or does not name: nobody is asked for it.
        self.told = frozenset(
            name
            for flag in rules.red_flags.values()
            for level in flag.levels
            if level.when_said
            for name in fact_names(level.when)
        )

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

    def basis(self, name: str) -> Basis | None:
        """What a derived fact stands on; None for others."""
        found = self._bases.get(name)
        if found is None and name in self.forms:
            found = self._bases[name] = self._basis(name, self.forms[name])
        return found

    def _basis(self, name: str, form: Mapping[str, Any]) -> Basis:
        body = form["body"]
        if form["form"] == "holds":
            return Basis(("holds", *[part for part in ("unless", "false_when") if form.get(part)]), (), (), False)
        looked: list[tuple[str, Where | None]] = []
        names: list[str] = []
        for place, part in enumerate(body if isinstance(body, list) else [body]):
            if isinstance(part, str):
                names.append(part)
            elif isinstance(part, Mapping) and "list" in part:
                looked.append((part["list"], self.where(f"{name}:{place}" if isinstance(body, list) else name, part)))
        if isinstance(body, Mapping):
            names += [body[key] for key in ("since", "of", "minus", "fact", "after") if isinstance(body.get(key), str)]
        return Basis(None, tuple(looked), tuple(names), form["form"] in _OF_PLACE)

    def where(self, name: str, body: Mapping[str, Any]) -> Where | None:
        """The check of entries in a body; None where every entry counts."""
        if name not in self._wheres:
            where = body.get("where")
            self._wheres[name] = None if where is None else where_check(condition_of(where))
        return self._wheres[name]

    def deciding(self, name: str, part: str, facts: Values, truth: Truth | None = None) -> tuple[str, ...]:
        """The facts that decide one condition (`part`) of a derivation of the form `holds`.

        `truth` spares judging where it is known.
        """
        found = self._reasons.get((name, part))
        if found is None:
            form = self.forms[name]
            found = self._reasons[name, part] = Reason(condition_of(form["body" if part == "holds" else part]))
        return found.deciding(facts, truth)

    def check(self, name: str, part: str, plain: Any, where: bool = False) -> Check:
        """The compiled check of one condition inside a derivation."""
        key = (name, part)
        if key not in self._checks:
            condition = condition_of(plain)
            self._checks[key] = where_check(condition) if where else closure(condition)
        return self._checks[key]

    def reach(self, chart: Chart) -> int:
        """As bits: the derived facts that what is recorded can reach, and those that say something of nothing."""
        reached = self._reached or self._dependents()
        live = reached.get("@always", 0)
        for recorded in (chart.ids, chart.lists, chart.plain, chart.safety, chart.dates):
            for name in recorded:
                live |= reached.get(name, 0)
        if "pains" in chart.lists:
            live |= reached.get("pain_change", 0)
        return live

    def alive(self, live: int) -> list[str]:
        """The names of the derived facts in a set of bits."""
        return [name for name, bit in self.bits.items() if bit & live]

    def compile(self) -> None:
        """From now on derive many facts in one call of compiled Python code."""
        if self._ways is None:
            self._ways = Ways(self)

    def way(self, live: int) -> Way | None:
        """How the derived facts in a set of bits are derived in compiled code; None before `compile`."""
        return None if self._ways is None else self._ways.way(live)

    def _dependents(self) -> dict[str, int]:
        """For each fact, every derived fact that reads it, directly or through others."""
        direct: dict[str, set[str]] = {}
        for name, form in self.forms.items():
            for inner in self.depends(name):
                direct.setdefault(inner, set()).add(name)
                direct.setdefault(inner.partition(".")[0], set()).add(name)
            if form["form"] in _OF_NOTHING or repr(form["body"]).count("unplaced"):
                direct.setdefault("@always", set()).add(name)
        for name in direct:
            reached, waiting = 0, [name]
            while waiting:
                for one in direct.get(waiting.pop(), ()):
                    if not reached & self.bits[one]:
                        reached |= self.bits[one]
                        waiting.append(one)
            self._reached[name] = reached
        return self._reached

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
        "region_member": ["pain_regions", "pains"],
        "by_region": ["nrs_back", "nrs_leg", "nrs_neck", "nrs_arm"],
        "block": ["block_relief_pct", "block_target"],
        "concordance": ["imaging", "pain_regions", "pains", "motor_deficit", "sensory_deficit"],
        "segment": ["surgeries", "imaging"],
        "focus": ["pain_regions", "surgeries"],
    }
    names += special.get(form["form"], [])
    return tuple(dict.fromkeys(n for n in names if n != name))


_NAMED = ("list", "since", "of", "minus", "fact", "after", "examined_on", "absent")


def _names_in(part: Any) -> list[str]:
    if isinstance(part, Mapping):
        if "c" in part:
            return list(fact_names(from_plain(part["c"])))
        names = []
        for key, value in part.items():
            if key in _NAMED and isinstance(value, str):
                names.append(value)
            elif key == "facts":
                names += value
        return names
    if isinstance(part, str):
        return [part]
    if isinstance(part, list):
        return [name for one in part for name in (_names_in(one) if not isinstance(one, str) else [one])]
    return []
