"""Plain values to the immutable Ruleset. It trusts the compiler: what is here was checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from spondyl.knowledge import rules as r
from spondyl.knowledge.vocabulary import fact_type
from spondyl.logic import And, Condition, FactIs, FactType, from_plain

Plain = Mapping[str, Any]
T = TypeVar("T")
ALWAYS = And(())

_DAYS = {"D": 1.0, "W": 7.0, "M": 30.44, "Y": 365.25}
_PART = re.compile(r"(\d+)([DWMYH])")


def ruleset(compiled: Plain, site: Mapping[str, str] | None = None) -> r.Ruleset:
    """The Ruleset of compiled knowledge."""
    raw = {fact["fact"]: fact for fact in compiled["facts"]}
    facts = {name: _fact(fact, raw) for name, fact in raw.items()}
    types: dict[str, FactType] = {name: fact.type for name, fact in facts.items()}
    for entry in compiled["derived"]:
        types.setdefault(entry["fact"], fact_type(entry["fact"], entry, raw))
    common = compiled["common_checks"]
    remarks = {
        kind: tuple([_remark(kind, rule) for rule in compiled[kind]])
        for kind in ("follow_up", "pitfalls", "prognosis", "prevention", "outcomes")
    }
    return r.Ruleset(
        version=compiled["version"],
        sha256=compiled["sha256"],
        facts=facts,
        types=types,
        thresholds={t["threshold"]: _threshold(t) for t in compiled["thresholds"]},
        red_flags=_each(compiled["red_flags"], _red_flag),
        generators=_each(compiled["generators"], _generator),
        gates=_each(compiled["gates"], lambda rule: _gate(rule, common)),
        imaging=_each(compiled["imaging"], _imaging),
        treatments=_each(compiled["treatments"], _treatment),
        remarks=remarks,
        revision=_each(compiled["revision"], _revision),
        conflicts=_each(compiled["conflicts"], _conflict),
        evidence={source["id"]: _evidence(source) for source in compiled["evidence"]},
        derived={entry["fact"]: entry for entry in compiled["derived"]},
        tables=compiled["tables"],
        site=site,
        texts=compiled["texts"],
    )


def _each(listed: Sequence[Plain], build: Callable[[Plain], T]) -> dict[str, T]:
    return {rule["id"]: build(rule) for rule in listed}


def _when(plain: Any) -> Condition:
    if plain is None:
        return ALWAYS
    # Most conditions are one truth.
    return FactIs(plain[1]) if plain[0] == "fact" else from_plain(plain)


def _maybe(plain: Any) -> Condition | None:
    return None if plain is None else _when(plain)


def _fact(entry: Plain, raw: Mapping[str, Plain]) -> r.FactEntry:
    return _fact_entry(entry["fact"], entry, raw)


def _fact_entry(name: str, entry: Plain, raw: Mapping[str, Plain]) -> r.FactEntry:
    ask = entry.get("ask")
    worse = entry.get("worse")
    asked = ask if isinstance(ask, Mapping) else {"clinician": ask, "patient": entry.get("ask_patient")}
    return r.FactEntry(
        type=fact_type(name, entry, raw),
        per=entry.get("per", "patient"),
        worse=None if worse == "none" else worse,
        fresh_days=fresh_days(entry.get("fresh_for")),
        label=entry.get("label") or name.replace("_", " ").replace(".", ", "),
        means=entry["means"],
        group=entry.get("group", "other"),
        ask=asked.get("clinician"),
        ask_patient=asked.get("patient"),
        fields={part["field"]: _fact_entry(part["field"], part, raw) for part in entry.get("fields") or ()},
        alarming=tuple(entry.get("alarming", ())),
        reassuring=tuple(entry.get("reassuring", ())),
    )


def fresh_days(duration: str | None) -> float | None:
    """The days of a duration like P7D or PT48H; None for none."""
    if duration is None or duration == "none":
        return None
    hours = "T" in duration
    return sum(int(n) / 24 if hours else int(n) * _DAYS[unit] for n, unit in _PART.findall(duration))


def _citations(rule: Plain) -> tuple[r.Citation, ...]:
    found = []
    for one in rule.get("evidence") or ():
        supported = one["for"]
        for part in (supported,) if isinstance(supported, str) else supported:
            role, certainty = one.get("role", "supports"), one.get("certainty", "not_rated")
            found.append(r.Citation(one["source"], part, role, certainty))
    return tuple(found)


def _said(rule: Plain, key: str) -> tuple[tuple[str, str], ...]:
    return tuple([(one["say"], one["source"]) for one in rule.get(key) or ()])


def _ends(rule: Plain) -> dict[str, Any]:
    return {"evidence": _citations(rule), "claims": tuple(rule.get("claims") or ())}


def _threshold(entry: Plain) -> r.Threshold:
    values = {profile: float(number) for profile, number in entry["values"].items()}
    title = entry.get("title", entry["threshold"])
    return r.Threshold(
        entry["threshold"], title, entry.get("unit"), values, entry.get("sources", {}), entry.get("last_confirmed")
    )


def _red_flag(rule: Plain) -> r.RedFlag:
    levels = [
        r.Level(
            one.get("id", f"level_{index + 1}"), one["urgency"], _when(one["when"]), _maybe(one.get("unless")), one.get("say")
        )
        for index, one in enumerate(rule["levels"])
    ]
    return r.RedFlag(
        id=rule["id"],
        title=rule["title"],
        in_play=_when(rule["in_play"]),
        levels=tuple(levels),
        do=tuple(rule["do"]),
        say=rule["say"],
        act=rule["act"],
        ask_say=rule["ask_say"],
        bypass=rule["bypass"],
        weights=_said(rule, "weights"),
        **_ends(rule),
    )


def _generator(rule: Plain) -> r.Generator:
    arguments = [
        r.Argument(one["id"], one["strength"], _when(one["when"]), one["say"], _maybe(one.get("unless")))
        for one in rule["arguments"]
    ]
    return r.Generator(
        id=rule["id"],
        title=rule["title"],
        at=tuple(rule["at"]),
        site=rule["site"],
        harm_of_missing=rule["harm_of_missing"],
        applies=_maybe(rule.get("applies")),
        onset=rule["onset"],
        confirm_by=tuple(rule.get("confirm_by") or ()),
        confirm_by_block=tuple(rule.get("confirm_by_block") or ()),
        arguments=tuple(arguments),
        explain=rule.get("explain", ""),
        settle=rule.get("settle", ""),
        figures=_said(rule, "figures"),
        **_ends(rule),
    )


def _counter(plain: Plain | None) -> r.Counter | None:
    return None if plain is None else r.Counter(plain["fact"], plain["need"])


def _profiles(plain: Plain | None) -> dict[str, Condition]:
    return {profile: _when(condition) for profile, condition in (plain or {}).items()}


def _check(one: Plain) -> r.CheckFirst:
    return r.CheckFirst(
        id=one["id"],
        label=one["label"],
        closed_when=_when(one["closed_when"]),
        ask=tuple(one.get("ask") or ()),
        because=one.get("because"),
        moot_when=_maybe(one.get("moot_when")),
        targets=tuple(one.get("targets") or ()),
        except_targets=tuple(one.get("except_targets") or ()),
    )


def _cautions(rule: Plain, key: str) -> tuple[r.Caution, ...]:
    return tuple([r.Caution(one["id"], _when(one["when"]), one["say"]) for one in rule.get(key) or ()])


def _applies_to(check: Plain, rule: Plain) -> bool:
    classes, gates = check.get("classes"), check.get("gates")
    if rule["id"] in check.get("except", ()) or check["id"] in rule.get("except", ()):
        return False
    return (classes is None or rule["class"] in classes) and (gates is None or rule["id"] in gates)


def _gate(rule: Plain, common: Sequence[Plain]) -> r.Gate:
    required = [
        r.Required(
            id=one["id"],
            label=one["label"],
            when=_when(one["when"]),
            kind=one["kind"],
            ask=tuple(one.get("ask") or ()),
            counter=_counter(one.get("counter")),
            profiles=_profiles(one.get("profiles")),
        )
        for one in rule.get("required") or ()
    ]
    own = rule.get("check_first") or []
    named = {one["id"] for one in own}
    shared = [one for one in common if rule.get("common") and one["id"] not in named and _applies_to(one, rule)]
    targets = [
        r.Target(
            target=one["target"],
            cause=_when(one["cause"]),
            wait=_maybe(one.get("wait")),
            cause_label=one.get("cause_label", ""),
            wait_label=one.get("wait_label", ""),
            wait_counter=_counter(one.get("wait_counter")),
            wait_ask=tuple(one.get("wait_ask") or ()),
            cause_ask=tuple(one.get("cause_ask") or ()),
            also=one.get("also"),
            replaces=tuple(one.get("replaces") or ()),
            profiles=_profiles(one.get("profiles")),
        )
        for one in rule.get("targets") or ()
    ]
    return r.Gate(
        id=rule["id"],
        title=rule["title"],
        treatment=rule["treatment"],
        kind=rule["class"],
        per=rule["per"],
        applies=_maybe(rule.get("applies")),
        required=tuple(required),
        checks=tuple([_check(one) for one in (*shared, *own)]),
        cautions=_cautions(rule, "caution"),
        targets=tuple(targets),
        tell=_said(rule, "tell"),
        note=rule.get("note"),
        repeat=rule.get("repeat"),
        **_ends(rule),
    )


def _imaging(rule: Plain) -> r.Imaging:
    orders = [
        r.Order(one["order"], one["rating"], one.get("step", "first"), one.get("emergency", False), one["say"])
        for one in rule.get("orders") or ()
    ]
    refused = tuple([(one["order"], one["say"]) for one in rule.get("not_recommended") or ()])
    when, unless = _when(rule["when"]), _maybe(rule.get("unless"))
    return r.Imaging(rule["id"], rule["title"], rule["per"], when, unless, tuple(orders), refused, **_ends(rule))


def _treatment(rule: Plain) -> r.Treatment:
    offers = [
        r.Offer(one["id"], one["status"], _when(one["when"]), one["say"], _maybe(one.get("unless")), one.get("capped", True))
        for one in rule["offers"]
    ]
    content = [
        r.Content(_when(one.get("when")), one["say"], _maybe(one.get("unless")), one.get("id", f"content_{index + 1}"))
        for index, one in enumerate(rule.get("content") or ())
    ]
    return r.Treatment(
        id=rule["id"],
        title=rule["title"],
        phase=rule["phase"],
        per=rule["per"],
        gate=rule["gate"],
        hazard=rule["hazard"],
        taper_only=rule.get("taper_only", False),
        offers=tuple(offers),
        cautions=_cautions(rule, "cautions"),
        content=tuple(content),
        **_ends(rule),
    )


def _remark(kind: str, rule: Plain) -> r.Remark:
    return r.Remark(
        id=rule["id"],
        kind=kind,
        title=rule["title"],
        per=rule["per"],
        when=_when(rule["when"]),
        say=rule["say"],
        unless=_maybe(rule.get("unless")),
        direction=rule.get("direction"),
        days=rule.get("days"),
        from_fact=rule.get("from_fact"),
        what=tuple(rule.get("what") or ()),
        **_ends(rule),
    )


def _effects(rule: Plain, key: str) -> tuple[tuple[str, str, str], ...]:
    return tuple([(one["id"], one["say"], one["source"]) for one in rule[key]])


def _revision(rule: Plain) -> r.RevisionOption:
    benefits, risks = _effects(rule, "benefits"), _effects(rule, "risks")
    return r.RevisionOption(
        rule["id"], rule["option"], rule["for"], rule.get("alternative"), benefits, risks, **_ends(rule)
    )


def _conflict(rule: Plain) -> r.Conflict:
    positions = [
        r.Position(one["id"], one["say"], tuple(one.get("sources") or ()), tuple(one.get("claims") or ()))
        for one in rule["positions"]
    ]
    return r.Conflict(
        id=rule["id"],
        topic=rule["topic"],
        severity=rule["severity"],
        touches=_when(rule["touches"]),
        positions=tuple(positions),
        applied=rule["applied"],
        why=rule["why"],
        by_profile=rule.get("by_profile", {}),
    )


def _evidence(source: Plain) -> r.Evidence:
    return r.Evidence(
        id=source["id"],
        title=source["title"],
        tier=source["tier"],
        year=source.get("year"),
        authors=source.get("authors_short") or "",
        journal=source.get("journal") or "",
        shows=source["shows"],
        checked=source["checked"],
        checked_on=source.get("checked_on"),
        url=source.get("url"),
        doi=source.get("doi"),
        pmid=source.get("pmid"),
    )
