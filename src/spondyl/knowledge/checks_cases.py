"""The cases of a rule: what they speak of exists, and there are enough of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from spondyl.knowledge.gather import Source
from spondyl.knowledge.kinds import REMARKS
from spondyl.knowledge.kinds_plan import STATUSES
from spondyl.knowledge.kinds_rules import URGENCIES
from spondyl.knowledge.shape import nearest
from spondyl.knowledge.vocabulary import Names
from spondyl.logic import FactType

_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?$")
LEAST_CASES = 3
LEAST_LOOK_ALIKES = 2

# Which expectations show that a rule holds, that it does not, and that it is not known.
_SHOWN: dict[str, tuple[frozenset[str], frozenset[str], frozenset[str]]] = {
    "red_flags": (frozenset(URGENCIES), frozenset({"none", "excluded"}), frozenset({"unknown"})),
    "generators": (
        frozenset({"confirmed", "supported", "possible"}),
        frozenset({"opposed", "excluded", "not_listed"}),
        frozenset({"not_assessed", "possible"}),
    ),
    "gates": (frozenset({"open"}), frozenset({"closed"}), frozenset({"needs_data"})),
    "treatments": (frozenset({*STATUSES, "stop"}), frozenset({"none"}), frozenset()),
}
_SAYS = (frozenset({"shown"}), frozenset({"not_shown", "none"}), frozenset[str]())


def check_cases(sources: Iterable[Source], names: Names) -> None:
    """Records cases that speak of unknown things, and rules with too few of them."""
    before, after = names.types(), names.types(after_triage=True)
    for source in sources:
        cases = source.data.get("cases") if isinstance(source.data, dict) else None
        if source.kind.name == "edges":
            _check_edges(source, names, after)
        if not source.kind.is_rule or not isinstance(cases, list):
            continue
        listed = [case for case in cases if isinstance(case, dict)]
        types = after if source.kind.after_triage else before
        for index, case in enumerate(listed):
            given = case.get("given")
            if isinstance(given, dict):
                check_given(source, ("cases", index, "given"), given, types)
        _check_case_names(source, cases)
        _check_parts(source, listed)
        _check_enough(source, listed)


def _check_case_names(source: Source, cases: list[Any]) -> None:
    """A failure names its case, so that no two cases of a rule have one name."""
    seen: dict[str, int] = {}
    for index, case in enumerate(cases):
        name = case.get("name") if isinstance(case, dict) else None
        if not isinstance(name, str):
            continue
        node = source.at("cases", index, "name")
        line = source.document.place(node.start)[0] if node is not None else 0
        if name in seen:
            source.refuse("K015", f"a case '{name}' stands in line {seen[name]} already", "cases", index, "name")
        seen.setdefault(name, line)


def _check_edges(source: Source, names: Names, types: dict[str, FactType]) -> None:
    """The cases at the edges of rules stand under rules that exist; their file has the name of the kind."""
    edges = source.data.get("edges") if isinstance(source.data, dict) else None
    if not isinstance(edges, dict):
        return
    known = names.rules.get(source.stem, set())
    for rule, listed in edges.items():
        if rule not in known:
            message = f"'{rule}' is not a rule of the kind '{source.stem}'"
            source.refuse("K029", message, "edges", rule, near=nearest(rule, known))
        for index, case in enumerate(listed if isinstance(listed, list) else ()):
            given = case.get("given") if isinstance(case, dict) else None
            if isinstance(given, dict):
                check_given(source, ("edges", rule, index, "given"), given, types)


def check_given(source: Source, path: tuple[str | int, ...], given: dict[str, Any], types: dict[str, FactType]) -> None:
    """Records the given facts that the vocabulary does not have, and values that do not fit."""
    for name, value in given.items():
        known = types.get(name)
        if known is None:
            source.refuse("K030", f"'{name}' is not a fact of the vocabulary", *path, name, near=nearest(name, types))
            continue
        wrong = _wrong(known, value)
        if wrong is not None:
            source.refuse("K030", f"'{name}' {wrong[0]}", *path, name, near=wrong[1])


def _wrong(fact: FactType, value: Any) -> tuple[str, str | None] | None:
    """What does not fit, and the nearest right value."""
    if value is None:
        return None
    if fact.kind == "truth":
        return None if isinstance(value, bool) else ("takes true or false", None)
    if fact.kind == "number":
        numbers = value if isinstance(value, list) else [value]
        if len(numbers) not in (1, 2) or any(isinstance(n, bool) or not isinstance(n, int | float) for n in numbers):
            return "takes a number or [low, high]", None
        low, high = fact.low, fact.high
        if low is not None and high is not None and not all(low <= n <= high for n in numbers):
            return f"lies in {low:g} to {high:g}", None
        return ("needs low before high", None) if numbers[0] > numbers[-1] else None
    if fact.kind == "date":
        return None if isinstance(value, str) and _DAY.match(value) else ("takes a day like 2026-03-09", None)
    if fact.kind == "list":
        return None if isinstance(value, list) or value == "complete" else ("takes a list of entries", None)
    words = value if isinstance(value, list | dict) and fact.kind == "set" else [value]
    if isinstance(words, dict) and any(not isinstance(truth, bool | None) for truth in words.values()):
        return "takes true or false for each member", None
    for word in words:
        if not isinstance(word, str):
            return "takes a word of its list", None
        if fact.values is not None and word not in fact.values:
            return f"has no value '{word}'", nearest(word, fact.values)
    return None


def _check_parts(source: Source, cases: list[dict[str, Any]]) -> None:
    """The arguments a case of a generator names are arguments of it; criteria are checked with the names."""
    if source.kind.name != "generators":
        return
    known = [str(one.get("id")) for one in source.data.get("arguments") or () if isinstance(one, dict)]
    for index, case in enumerate(cases):
        for key in ("for", "against"):
            for place, word in enumerate(case.get(key) or ()):
                if word not in known:
                    near = nearest(str(word), known)
                    message = f"'{word}' is not an argument of this generator"
                    source.refuse("K029", message, "cases", index, key, place, near=near)


def _check_enough(source: Source, cases: list[dict[str, Any]]) -> None:
    kind = source.kind.name
    at = ("cases",)
    if kind == "revision":
        return
    if len(cases) < LEAST_CASES:
        source.refuse("K023", f"{len(cases)} of {LEAST_CASES} cases", *at)
    expected = {word for case in cases for word in _words(case.get("expect"))}
    shown = _SAYS if kind in REMARKS or kind == "conflicts" else _SHOWN.get(kind)
    if shown is not None:
        words = ("it holds", "it does not", "it is not known")
        for word, wanted in zip(words, shown, strict=True):
            if wanted and not wanted & expected:
                message = f"no case shows that {word} ({', '.join(sorted(wanted))})"
                source.refuse("K023", message, *at)
    elif kind == "imaging" and not ("none" in expected and expected - {"none"}):
        source.refuse("K023", "the cases do not show that it speaks of an order, and that it does not", *at)
    if kind == "red_flags":
        alike = sum(1 for case in cases if case.get("look_alike") is True)
        if alike < LEAST_LOOK_ALIKES:
            source.refuse("K024", f"{alike} of {LEAST_LOOK_ALIKES} look-alikes", *at)


def _words(expect: Any) -> list[str]:
    return [str(word) for word in expect.values()] if isinstance(expect, dict) else [str(expect)]
