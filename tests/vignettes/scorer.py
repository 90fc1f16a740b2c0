"""What a record falls short of: the expectations of vignettes.yaml against one decision record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Record = dict[str, Any]
LISTED = ("confirmed", "supported", "possible")
GIVEN = ("start", "continue", "consider")
# A sentence with such a word says the opposite of what is looked for.
_OPPOSITE = re.compile(
    r"\b(not|never|no|nor|cannot|without|avoid|whether|until|unless|only|rather|instead|before|unverified|wrong\w*)\b",
    re.IGNORECASE,
)


def shortfalls(expect: dict[str, Any], record: Record) -> list[str]:
    """One line for each expectation that the record does not meet."""
    lines: list[str] = []
    for key, wanted in expect.items():
        lines += [f"{key}: {line}" for line in _CHECKS[key](wanted, record)]
    return lines


def _flags(record: Record, part: str) -> list[str]:
    return [one["red_flag"] for one in record["triage"][part]]


def _each(wanted: Iterable[Any]) -> Iterator[list[str]]:
    for one in wanted:
        yield one if isinstance(one, list) else [one]


def _flat(wanted: Iterable[Any]) -> set[str]:
    return {name for one in _each(wanted) for name in one}


def _named(name: str, wanted: str) -> bool:
    return name == wanted or name.startswith(f"{wanted}.")


def _urgency(wanted: list[str], record: Record) -> list[str]:
    got = record["triage"]["urgency"]
    return [] if got in wanted else [f"{got}, with {', '.join(_flags(record, 'established')) or 'no flag'}"]


def _scope(wanted: list[str], record: Record) -> list[str]:
    got = record["scope"]["status"]
    return [] if got in wanted else [got]


def _any_flag(wanted: list[str], record: Record) -> list[str]:
    got = _flags(record, "established")
    return [] if set(got) & set(wanted) else [f"established are {got}"]


def _all_flags(wanted: list[str], record: Record) -> list[str]:
    return [one for one in wanted if one not in _flags(record, "established")]


def _no_flag(wanted: list[str], record: Record) -> list[str]:
    return [one for one in _flags(record, "established") if one in wanted or "*" in wanted]


def _open_question(wanted: list[str], record: Record) -> list[str]:
    got = _flags(record, "not_excluded") + _flags(record, "established")
    return [one for one in wanted if one not in got]


def _order(record: Record) -> list[tuple[str, int]]:
    order: dict[str, int] = {}
    for one in record["generators"]:
        if one["standing"] in LISTED:
            order.setdefault(one["generator"], one["rank"])
    return list(order.items())


def _top(wanted: dict[str, Any], record: Record) -> list[str]:
    order = _order(record)
    first = order[: wanted["k"]]
    level = [one for one in order[wanted["k"] :] if first and one[1] == first[-1][1]]
    first += level if len(level) == 1 else []  # one more of the same rank counts, a crowd does not
    got = [name for name, _ in first]
    return [] if set(got) & set(wanted["any_of"]) else [f"first are {got}"]


def _listed(wanted: list[str], record: Record) -> list[str]:
    got = [name for name, _ in _order(record)]
    return [one for one in wanted if one not in got]


def _not_listed(wanted: list[str], record: Record) -> list[str]:
    return [name for name, _ in _order(record) if name in wanted]


def _not_standing(wanted: dict[str, list[str]], record: Record) -> list[str]:
    ranks = [*LISTED, "not_assessed", "opposed", "excluded"]
    best: dict[str, str] = {}
    for one in record["generators"]:
        held = best.setdefault(one["generator"], one["standing"])
        best[one["generator"]] = min(held, one["standing"], key=ranks.index)
    return [f"{name} is {best[name]}" for name, bad in wanted.items() if best.get(name) in bad]


def _orders(record: Record) -> list[str]:
    return [one["order"] for one in record["imaging"] if one["status"] == "recommended"]


def _any_order(wanted: list[Any], record: Record) -> list[str]:
    starts = tuple(_flat(wanted))
    return [] if any(one.startswith(starts) for one in _orders(record)) else [f"recommended are {_orders(record)}"]


def _no_order(wanted: list[str], record: Record) -> list[str]:
    return [one for one in _orders(record) if one.startswith(tuple(wanted))]


def _not_open(wanted: list[str], record: Record) -> list[str]:
    return [
        one["gate"] for one in record["gates"] if one["result"] == "open" and (one["gate"] in wanted or "*" in wanted)
    ]


def _given(record: Record) -> list[str]:
    return [one["treatment"] for one in record["treatments"] if one["status"] in GIVEN]


def _no_treatment(wanted: list[str], record: Record) -> list[str]:
    return [one for one in _given(record) if one in wanted]


def _any_treatment(wanted: list[Any], record: Record) -> list[str]:
    return [] if _flat(wanted) & set(_given(record)) else [f"given are {_given(record)}"]


def _any_referral(wanted: list[Any], record: Record) -> list[str]:
    got = [one["to"] for one in record["referrals"]]
    return [] if _flat(wanted) & set(got) else [f"referrals are {got}"]


def _asked(wanted: list[Any], record: Record) -> list[str]:
    got = [one["fact"] for one in record["questions"]]
    got += [fact for one in record["triage"]["not_excluded"] for fact in one["ask"]]
    return [" or ".join(ways) for ways in _each(wanted) if not any(_named(a, way) for a in got for way in ways)]


def _no_fact(wanted: list[str], record: Record) -> list[str]:
    return [
        f"{one['fact']} = {one['value']} from {one['source'].get('text')!r}"
        for one in record["facts"]
        if one["assertion"] == "present"
        and one["value"] not in (None, False, [], {}, "")
        and any(_named(one["fact"], name) for name in wanted)
    ]


def _equivalents(wanted: float, record: Record) -> list[str]:
    got = record["medications"]["mme_per_day"]["known"]
    return [] if got is not None and abs(got - wanted) <= 0.5 else [f"known are {got}"]


def _not_counted(wanted: list[str], record: Record) -> list[str]:
    got = str(record["medications"]["mme_per_day"]["not_counted"]).lower()
    return [one for one in wanted if one not in got]


def _not_said(wanted: list[Any], record: Record) -> list[str]:
    passed_over = {
        position
        for one in record["conflicts"]
        for position in one["positions"]
        if position != one["applied"]
    }  # fmt: skip
    found: list[str] = []
    for one in wanted:
        pattern, guarded = (one["re"], one.get("guard", True)) if isinstance(one, dict) else (one, True)
        for alias, statement in record["statements"].items():
            for sentence in re.split(r"(?<=[.!?;])\s+", statement["text"]):
                if alias in passed_over or (guarded and _OPPOSITE.search(sentence)):
                    continue
                if re.search(pattern, sentence, re.IGNORECASE):
                    found.append(f"{alias}: {sentence}")
    return found


_CHECKS: dict[str, Callable[[Any, Record], list[str]]] = {
    "urgency": _urgency,
    "scope": _scope,
    "established_any": _any_flag,
    "established_all": _all_flags,
    "established_none": _no_flag,
    "not_excluded_includes": _open_question,
    "generators_top": _top,
    "generators_listed": _listed,
    "generators_not_listed": _not_listed,
    "generators_not_standing": _not_standing,
    "imaging_recommended_any": _any_order,
    "imaging_not_recommended": _no_order,
    "gates_not_open": _not_open,
    "treatments_not": _no_treatment,
    "treatments_any": _any_treatment,
    "referrals_any": _any_referral,
    "questions_include": _asked,
    "facts_not_present": _no_fact,
    "mme_known": _equivalents,
    "mme_not_counted_includes": _not_counted,
    "text_must_not": _not_said,
}
