"""The reason of a condition, unfolded from its deciding leaves down to the words of the note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from spondyl.engine import in_words
from spondyl.explain.explained import Explained
from spondyl.logic import (
    FALSE,
    TRUE,
    UNKNOWN,
    Compare,
    Condition,
    Has,
    In,
    Interval,
    Leaf,
    Members,
    NoneOf,
    Truth,
    decisive,
    to_text,
)
from spondyl.timeline import Days, Entry, View, as_json, asked_names, condition_of, expand, iso

DEEPEST = 8
_WRITTEN = ("too_old", "contradictory", "uncertain", "past")
PSEUDO = ("emergency_established", "urgent_established", "flag_established", "flag_bypasses_here")
_WORD = {TRUE: "true", FALSE: "false", UNKNOWN: "unknown"}
Json = dict[str, Any]


def truth_word(truth: Truth) -> str:
    """A truth as the answer writes it."""
    return _WORD[truth]


class Reasons:
    """Unfolds reasons of one plan and remembers every recorded fact they end at."""

    def __init__(self, plan: Explained) -> None:
        self.plan = plan
        self.patient = plan.patient
        self.words = plan.words
        self.used: dict[str, None] = {}
        self._facts: Mapping[str, Json] = {fact["id"]: fact for fact in plan.record["facts"]}

    def leaves(self, condition: Condition, view: View) -> list[Json]:
        """The leaves that decide a condition, each with its state, its cause when unknown, and what it rests on."""
        judgment = self.patient.program.judge(condition, view, self.patient.profile)
        found: dict[str, Json] = {}
        for one in judgment.leaves():
            leaf: Leaf = one.condition  # type: ignore[assignment]
            text = to_text(leaf)
            if text not in found:
                found[text] = self._leaf(leaf, one.truth, view)
        return list(found.values())

    def _leaf(self, leaf: Leaf, truth: Truth, view: View) -> Json:
        made: Json = {"fact": leaf.fact, "expression": to_text(leaf), "truth": truth_word(truth)}
        made["says"] = self.words.spell(self.words.leaf(leaf, view))
        if isinstance(leaf, Compare) and isinstance(leaf.bound, str):
            number = self.patient.program.thresholds(self.patient.profile)[leaf.bound]
            unit = self.patient.rules.thresholds[leaf.bound].unit or ""
            made["threshold"] = {"name": leaf.bound, "value": number, "shown": in_words(Interval(number, number), unit)}
        if isinstance(leaf, Compare | In):
            made["needs"] = self.words.wanted(leaf, TRUE)
            if "threshold" in made:
                made["needs"] = f"{leaf.op} {made['threshold']['shown']}"  # type: ignore[union-attr]
        return self._told(made | self._stands_on(leaf.fact, view, truth is UNKNOWN, frozenset(), _member(leaf)))

    def fact(self, name: str, view: View, seen: frozenset[str] = frozenset()) -> Json:
        """One fact as it stands at a focus, with what it rests on."""
        value, days = view[name], view.chart.dates.get(name)
        made: Json = {"fact": name, "says": self.words.state(name, value), "value": as_json(value)}
        if days is not None:
            made["value"] = shown = _dated(days)
            made["says"] = f"{self.words.label(name)}: {shown}"
        return self._told(made | self._stands_on(name, view, value is None and days is None, seen))

    def _told(self, made: Json) -> Json:
        """What was written down and cannot be used is unknown, not "not recorded"."""
        bare = str(made["says"]).removesuffix(f": {self.words.fixed('not_recorded')}")
        if made.get("cause") in _WRITTEN and bare != made["says"]:
            made["says"] = f"{bare}: {self.words.fixed('unknown')}"
        return made

    def _stands_on(self, name: str, view: View, unknown: bool, seen: frozenset[str], member: str | None = None) -> Json:
        chart = view.chart
        ids = list(chart.ids.get(name, ()))
        if member is not None:
            ids = [one for one in ids if self._mentions(one, member)]
        derived = name in self.patient.program.derivations.forms and name not in chart.ids
        made: Json = {"kind": "triage" if name in PSEUDO else "derived" if derived else "recorded"}
        if not derived and not ids and (member or (name not in chart.plain and name not in chart.dates)):
            made["kind"] = "not_recorded"
        if derived:
            made["means"] = self.words.spell(str(self.patient.rules.derived[name]["means"]))
        if unknown:
            made["cause"] = view.cause(name)
        elif chart.causes.get(name) == "contradictory":
            made["contradicted"] = True
        on = chart.recorded_on.get(name)
        if on is not None and ids:
            made["recorded_on"] = _dated(on)
        made["facts"] = self.use(ids)
        if name in PSEUDO:
            made["from"] = self._flags(view)
        elif derived and name not in seen and len(seen) < DEEPEST:
            below = self._below(name, view, seen | {name}, member)
            if below:
                made["from"] = below
                if made.get("cause") == "too_old":
                    made |= self._day_of_same(name, below)
        return made

    def _day_of_same(self, name: str, below: Sequence[Json]) -> Json:
        """The day of the recorded fact that a derived one is called after: both are told as one line."""
        label = self.words.label(name)
        for one in below:
            if one.get("cause") == "too_old" and "recorded_on" in one and self.words.label(one["fact"]) == label:
                return {"recorded_on": one["recorded_on"]}
        return {}

    def use(self, ids: Iterable[str]) -> list[str]:
        """Those of these ids that are in the record; they are remembered."""
        kept = [one for one in ids if one in self._facts]
        self.used.update(dict.fromkeys(kept))
        return kept

    def _mentions(self, fact: str, member: str) -> bool:
        """Whether a recorded set names this member, or closes the set."""
        value = self._facts[fact]["value"] if fact in self._facts else None
        return value == member or value == [] or (isinstance(value, list) and member in value)

    # ---- derived facts, one level at a time

    def _below(self, name: str, view: View, seen: frozenset[str], member: str | None) -> list[Json]:
        derivations, value = self.patient.program.derivations, view[name]
        condition, form = derivations.condition(name), derivations.forms[name]
        found: dict[str, Json] = {}

        def add(judged: Condition, role: str | None) -> None:
            for one in self.patient.program.judge(judged, view, self.patient.profile).leaves():
                leaf: Leaf = one.condition  # type: ignore[assignment]
                made: Json = {"fact": leaf.fact, "expression": to_text(leaf), "truth": truth_word(one.truth)}
                made["says"] = self.words.leaf(leaf, view)
                made |= self._stands_on(leaf.fact, view, one.truth is UNKNOWN, seen, _member(leaf))
                if role:
                    made["role"] = role
                found.setdefault(f"{role}:{made['expression']}", self._told(made))

        if condition is not None:
            add(condition, None)
            unless = derivations.unless(name)
            if unless is not None and view.derivations.check(name, "unless", form["unless"])(view) is TRUE:
                add(unless, "unless")
        else:
            for place, (listed, entry, truth) in enumerate(view.looked_through(name)):
                if truth is TRUE or (truth is UNKNOWN and value is not TRUE):
                    if member is None or _names(entry, member):
                        found[f"{place}"] = self.entry(listed, entry, truth)
            body = form["body"]
            lists = {part["list"] for part in (body if isinstance(body, list) else [body])
                     if isinstance(part, Mapping) and "list" in part}  # fmt: skip
            for inner in view.reads(name):
                if inner in lists or inner not in self.patient.rules.types:
                    continue
                found[inner] = self._named(inner, view, seen)
            for listed in lists:
                self._closed(listed, view, found)
        if form.get("false_when") and value is FALSE:
            add(condition_of(form["false_when"]), "false_when")
        return list(found.values())

    def _named(self, name: str, view: View, seen: frozenset[str]) -> Json:
        known = self.patient.rules.facts.get(name)
        if known is None or known.type.kind != "list" or not known.fields:
            return self.fact(name, view, seen)
        entries = [self.entry(name, entry, TRUE) for entry in view.entries(name)]
        ids = self.use([one for entry in view.entries(name) for one in entry.all_ids()])
        state = self.words.fixed("not_recorded") if not entries else ""
        made: Json = {"fact": name, "says": f"{self.words.label(name)}{': ' if state else ''}{state}", "facts": ids}
        made["kind"] = "recorded" if entries else "not_recorded"
        return made | ({"from": entries} if entries else {"cause": view.cause(name)})

    def _closed(self, listed: str, view: View, found: dict[str, Json]) -> None:
        chart = view.chart.lists.get(listed)
        if chart is None or found:
            return
        ids = self.use(list(chart.ids) or [one for ids in chart.denied.values() for one in ids])
        if ids:
            words = f"{self.words.label(listed)}: {self.words.fixed('none')}"
            found[listed] = {"fact": listed, "says": words, "kind": "recorded", "facts": ids}

    def entry(self, listed: str, entry: Entry, truth: Truth) -> Json:
        """One entry of a list fact in words."""
        said = []
        for name, value in entry.values.items():
            if name.startswith("@") or name in ("class", "lacks_sacral_fracture") or value is None:
                continue
            said.append(self._field(f"{listed}.{name}", name, value))
        for name, days in entry.dates.items():
            if not name.startswith("@"):
                said.append(_dated(days))
        made: Json = {"fact": f"{listed}.{entry.index}", "says": ", ".join(one for one in said if one)}
        made |= {"kind": "recorded", "counts": truth_word(truth), "facts": self.use(entry.all_ids())}
        return made | ({} if entry.sure else {"cause": "uncertain"})

    def _field(self, path: str, name: str, value: object) -> str:
        if isinstance(value, Interval):
            return f"{self.words.label(path)} {in_words(value, self._unit(path))}"
        if isinstance(value, Members):
            if name == "levels":
                return self.words.levels(value.yes)
            present = [self.words.value(path, one) for one in sorted(value.yes)]
            return ", ".join([*present, *(f"no {self.words.value(path, one)}" for one in sorted(value.no))])
        if isinstance(value, Truth):
            return self.words.label(path) if value is TRUE else f"no {self.words.label(path)}"
        if isinstance(value, NoneOf):
            return ", ".join(f"not {self.words.value(path, one)}" for one in sorted(value.values))
        return self.words.value(path, str(value))

    def _unit(self, path: str) -> str:
        head, _, name = path.partition(".")
        known = self.patient.rules.facts.get(head)
        kind = known.fields.get(name) if known is not None else None
        return kind.type.unit or "" if kind is not None else ""

    def _flags(self, view: View) -> list[Json]:
        found = []
        for one in self.plan.triage.at(view.focus):
            title = self.words.title("red_flag", one.flag.id)
            found.append({"fact": f"red_flag:{one.flag.id}", "says": f"{title}: {one.level.urgency}",
                          "kind": "triage", "facts": []})  # fmt: skip
        return found

    # ---- what would settle it

    def settle(self, condition: Condition, view: View, goal: Truth) -> Json | None:
        """The fewest facts that would bring an open condition to the goal; None when no answers can."""
        thresholds = self.patient.program.thresholds(self.patient.profile)
        found = decisive(condition, view, goal, thresholds, expand(view))
        if found is None:
            return None
        facts = asked_names(view, found.facts)
        if not facts:
            return None
        needs = [{"fact": leaf.fact, "wanted": self.words.wanted(leaf, truth)} for leaf, truth in found.needs]
        return {"goal": truth_word(goal), "facts": list(facts), "needs": needs, "minimal": found.exact}

    def facts(self) -> list[Json]:
        """Every recorded fact that was used, in the order of the record, with its words."""
        order = {name: place for place, name in enumerate(self._facts)}
        chosen = sorted((one for one in self.used if one in order), key=lambda one: order[one])
        return [{**self._facts[one], "says": self._recorded(self._facts[one])} for one in chosen]

    def _recorded(self, fact: Json) -> str:
        path = ".".join(part for part in str(fact["fact"]).split(".") if not part.isdigit())
        value = fact["value"]
        said = str(fact["assertion"])
        if isinstance(value, bool):
            shown = self.words.fixed("no" if value is (said == "negated") else "yes")
            said = "present" if said == "negated" else said
        elif isinstance(value, dict):
            shown = in_words(Interval(value.get("low"), value.get("high")), self._unit(path))
        elif isinstance(value, list):
            shown = ", ".join(self.words.value(path, str(one)) for one in value) or self.words.fixed("none")
        else:
            shown = self.words.value(path, str(value))
        label = self.words.label(path)
        return f"{label}: {shown}" + (f" ({said})" if said not in ("present",) else "")


def _member(leaf: Leaf) -> str | None:
    return leaf.member if isinstance(leaf, Has) else None


def _names(entry: Entry, member: str) -> bool:
    return any(isinstance(one, Members) and (member in one.yes or member in one.no) for one in entry.values.values())


def _dated(days: Days) -> str:
    return iso(days.last) if days.first == days.last else f"{iso(days.first)} to {iso(days.last)}"
