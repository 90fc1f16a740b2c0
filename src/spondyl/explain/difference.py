"""What differs between two records of one patient, by keys: S<n> and F<n> are numbers of one record only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Json = dict[str, Any]
Record = Mapping[str, Any]


def difference(before: Record, after: Record) -> Json:
    """The difference of two records; every list is empty, and `same` true, when they conclude the same."""
    made: Json = {
        "urgency": _value(before["triage"]["urgency"], after["triage"]["urgency"]),
        "scope": _value(before["scope"]["status"], after["scope"]["status"]),
        "red_flags": _states(_flags(before), _flags(after)),
        "generators": _states(_generators(before), _generators(after)),
        "imaging": _states(_of(before, "imaging", _imaging), _of(after, "imaging", _imaging)),
        "treatments": _states(_of(before, "treatments", _treatment), _of(after, "treatments", _treatment)),
        "gates": _states(_of(before, "gates", _gate), _of(after, "gates", _gate)),
        "revision_options": _states(_revisions(before), _revisions(after)),
        "referrals": _states(_referrals(before), _referrals(after)),
        "reassessment": _states(_of(before, "reassessment", _review), _of(after, "reassessment", _review)),
        "mme_per_day": _value(before["medications"]["mme_per_day"], after["medications"]["mme_per_day"]),
        "statements": _statements(before, after),
        "questions": _names(_asked(before), _asked(after)),
        "contradictions": _names(_contradicted(before), _contradicted(after)),
    }
    made["same"] = not any(_says(value) for value in made.values())
    return made


def _says(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(_says(one) for one in value.values()) if set(value) != {"before", "after"} else True
    return bool(value)


def _value(before: object, after: object) -> Json | None:
    return None if before == after else {"before": before, "after": after}


def _states(before: Mapping[str, Json], after: Mapping[str, Json]) -> list[Json]:
    """Entries whose state changed, came or went, in the order of the later record, then of the earlier one."""
    changed = []
    for key in dict.fromkeys((*after, *before)):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        known: Json = new or old or {}
        moved = {"site_before": old["site"]} if old and new and old.get("site") != new.get("site") else {}
        changed.append({"key": key, **_named(known), **moved, "before": _state(old), "after": _state(new)})
    return changed


_NAMES = ("kind", "name", "site", "target")


def _named(entry: Json) -> Json:
    return {name: entry[name] for name in _NAMES if name in entry}


def _state(entry: Json | None) -> Json | None:
    return None if entry is None else {name: value for name, value in entry.items() if name not in _NAMES}


def _key(record: Record, entry: Mapping[str, Any]) -> str:
    return str(record["statements"][entry["statement"]]["key"])


def _keys(record: Record, aliases: Iterable[str]) -> list[str]:
    return [str(record["statements"][alias]["key"]) for alias in aliases]


def _of(record: Record, part: str, tell: Callable[[Record, Mapping[str, Any]], Json]) -> dict[str, Json]:
    return {_key(record, entry): tell(record, entry) for entry in record[part]}


def _flags(record: Record) -> dict[str, Json]:
    triage, found = record["triage"], {}
    for entry in triage["established"]:
        found[_key(record, entry)] = {
            "kind": "red_flag", "name": entry["red_flag"], "site": entry["site"], "state": "established",
            "urgency": entry["urgency"], "basis": entry["basis"], "level": entry["level"],
        }  # fmt: skip
    for entry in triage["not_excluded"]:
        found[_key(record, entry)] = {
            "kind": "red_flag", "name": entry["red_flag"], "state": "not_excluded", "urgency": entry["urgency"],
            "ask": entry["ask"],
        }  # fmt: skip
    for state in ("excluded", "not_screened"):
        for entry in triage[state]:
            name = entry["red_flag"]
            found[f"red_flag.{name}"] = {"kind": "red_flag", "name": name, "state": state}
    return found


def _generators(record: Record) -> dict[str, Json]:
    def tell(_: Record, one: Mapping[str, Any]) -> Json:
        return {
            "kind": "generator", "name": one["generator"], "site": one["site"], "standing": one["standing"],
            "rank": one["rank"], "for": _keys(record, one["for"]), "against": _keys(record, one["against"]),
        }  # fmt: skip

    return _of(record, "generators", tell)


def _imaging(_: Record, one: Mapping[str, Any]) -> Json:
    return {
        "kind": "imaging", "name": one["order"], "status": one["status"], "rating": one["rating"],
        "urgency": one["urgency"], "check_first": one["check_first"],
    }  # fmt: skip


def _treatment(record: Record, one: Mapping[str, Any]) -> Json:
    return {
        "kind": "treatment", "name": one["treatment"], "site": one["site"], "status": one["status"],
        "check_first": one["check_first"], "held_by": one["held_by"], "cautions": _keys(record, one["cautions"]),
    }  # fmt: skip


def _gate(_: Record, one: Mapping[str, Any]) -> Json:
    return {
        "kind": "gate", "name": one["gate"], "site": one["site"], "target": one["target"], "result": one["result"],
        "because": one["because"], "by_profile": one["by_profile"],
        "criteria": {c["criterion"]: _criterion(c) for c in one["criteria"]},
    }  # fmt: skip


def _criterion(one: Mapping[str, Any]) -> Json:
    return {"result": one["result"], "have": one["have"], "need": one["need"]}


def _revisions(record: Record) -> dict[str, Json]:
    found = {}
    for one in record["revision_options"]:
        key = "+".join(sorted(_keys(record, (*one["benefits"], *one["risks"]))))
        found[key] = {"kind": "revision", "name": one["option"], "site": one["site"], "for": one["for"]}
    return found


def _referrals(record: Record) -> dict[str, Json]:
    return {
        f"referral.{one['to']}": {"kind": "referral", "name": one["to"], "urgency": one["urgency"],
                                  "because": sorted(_keys(record, one["statements"]))}
        for one in record["referrals"]
    }  # fmt: skip


def _review(_: Record, one: Mapping[str, Any]) -> Json:
    return {"kind": "reassessment", "on": one["on"], "what": one["what"]}


_OF_STATEMENT = ("text", "direction", "strength", "certainty", "verified", "evidence")


def _statements(before: Record, after: Record) -> Json:
    old = {one["key"]: one for one in before["statements"].values()}
    new = {one["key"]: one for one in after["statements"].values()}
    changed = []
    for key, one in new.items():
        other = old.get(key)
        if other is not None and any(one[name] != other[name] for name in _OF_STATEMENT):
            changed.append({"key": key, "before": other["text"], "after": one["text"]})
    return {
        "added": [{"key": key, "text": one["text"]} for key, one in new.items() if key not in old],
        "removed": [{"key": key, "text": one["text"]} for key, one in old.items() if key not in new],
        "changed": changed,
    }


def _asked(record: Record) -> list[str]:
    return [str(one["fact"]) for one in record["questions"]]


def _contradicted(record: Record) -> list[str]:
    return [str(one["fact"]) for one in record["contradictions"]]


def _names(before: list[str], after: list[str]) -> Json:
    return {
        "gone": [one for one in before if one not in after],
        "new": [one for one in dict.fromkeys(after) if one not in before],
    }
