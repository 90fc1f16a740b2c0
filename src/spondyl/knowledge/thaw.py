"""Plain values to the dataclasses of rules.py. It trusts the compiler: what is here was checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spondyl.knowledge import rules as r
from spondyl.logic import And, Condition, FactIs, from_plain

Plain = Mapping[str, Any]
ALWAYS = And(())


def _when(plain: Any) -> Condition:
    if plain is None:
        return ALWAYS
    # Most conditions are one truth.
    return FactIs(plain[1]) if plain[0] == "fact" else from_plain(plain)


def _maybe(plain: Any) -> Condition | None:
    return None if plain is None else _when(plain)


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


def red_flag(rule: Plain) -> r.RedFlag:
    """A red flag with its levels."""
    levels = [
        r.Level(
            one.get("id", f"level_{index + 1}"),
            one["urgency"],
            _when(one["when"]),
            _maybe(one.get("unless")),
            one.get("say"),
            one.get("when_said", False),
            tuple(one.get("do") or ()),
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
        settled_when=_maybe(rule.get("settled_when")),
        settled_unless=_maybe(rule.get("settled_unless")),
        waits=rule.get("waits", False),
        asked_with=tuple(rule.get("asked_with") or ()),
        ask_established=tuple(rule.get("ask_established") or ()),
        **_ends(rule),
    )


def generator(rule: Plain) -> r.Generator:
    """A generator with its arguments."""
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


def shared_checks(common: Sequence[Plain]) -> list[tuple[Plain, r.CheckFirst]]:
    """The checks that gates share, made once for all of them."""
    return [(one, _check(one)) for one in common]


def gate(rule: Plain, common: Sequence[tuple[Plain, r.CheckFirst]]) -> r.Gate:
    """A gate; the common checks of its class come before its own."""
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
    shared = [
        check for one, check in common if rule.get("common") and one["id"] not in named and _applies_to(one, rule)
    ]
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
        checks=(*shared, *[_check(one) for one in own]),
        cautions=_cautions(rule, "caution"),
        targets=tuple(targets),
        tell=_said(rule, "tell"),
        note=rule.get("note"),
        repeat=rule.get("repeat"),
        **_ends(rule),
    )


def imaging(rule: Plain) -> r.Imaging:
    """A presentation with its orders."""
    orders = [
        r.Order(one["order"], one["rating"], one.get("step", "first"), one.get("emergency", False), one["say"])
        for one in rule.get("orders") or ()
    ]
    refused = tuple([(one["order"], one["say"]) for one in rule.get("not_recommended") or ()])
    when, unless = _when(rule["when"]), _maybe(rule.get("unless"))
    return r.Imaging(rule["id"], rule["title"], rule["per"], when, unless, tuple(orders), refused, **_ends(rule))


def treatment(rule: Plain) -> r.Treatment:
    """A treatment with its offers."""
    offers = [
        r.Offer(
            one["id"], one["status"], _when(one["when"]), one["say"], _maybe(one.get("unless")), one.get("capped", True)
        )
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


def remark(kind: str, rule: Plain) -> r.Remark:
    """A sentence that is said when it touches the case."""
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
        first=bool(rule.get("first")),
        what=tuple(rule.get("what") or ()),
        to=rule.get("to"),
        urgency=rule.get("urgency"),
        **_ends(rule),
    )


def _effects(rule: Plain, key: str) -> tuple[tuple[str, str, str], ...]:
    return tuple([(one["id"], one["say"], one["source"]) for one in rule[key]])


def revision(rule: Plain) -> r.RevisionOption:
    """What an operation may bring and risk."""
    benefits, risks = _effects(rule, "benefits"), _effects(rule, "risks")
    return r.RevisionOption(
        rule["id"],
        rule["option"],
        rule["for"],
        rule.get("alternative"),
        benefits,
        risks,
        **_ends(rule),
        title=rule["title"],
    )


def conflict(rule: Plain) -> r.Conflict:
    """Where sources disagree."""
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
        by_profile=dict(rule.get("by_profile") or {}),
        **_ends(rule),
    )
