"""One defect per property, put into a copy of the rules (or into the formulas), that the property has to catch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from spondyl.knowledge import Ruleset
from spondyl.knowledge.rules import Imaging, Level, RedFlag, Required
from spondyl.logic import And, Compare, Condition, FactIs, In, Known, Not, Or

ALWAYS = And(())


def gate(rules: Ruleset, name: str, **changed: Any) -> Ruleset:
    return replace(rules, gates={**rules.gates, name: rules.gates[name]._replace(**changed)})


def flag(rules: Ruleset, name: str, change: Callable[[RedFlag], RedFlag]) -> Ruleset:
    return replace(rules, red_flags={**rules.red_flags, name: change(rules.red_flags[name])})


def levels(rules: Ruleset, name: str, change: Callable[[Level], Level]) -> Ruleset:
    return flag(rules, name, lambda one: one._replace(levels=tuple(change(level) for level in one.levels)))


def need(rules: Ruleset, name: str, when: Callable[[Condition], Condition]) -> Ruleset:
    first, *rest = rules.gates[name].required
    return gate(rules, name, required=(first._replace(when=when(first.when)), *rest))


def offers(rules: Ruleset, name: str, **changed: Any) -> Ruleset:
    one = rules.treatments[name]
    made = tuple(offer._replace(**changed) if offer.status == "start" else offer for offer in one.offers)
    return replace(rules, treatments={**rules.treatments, name: one._replace(offers=made)})


def no_emergency_check(rules: Ruleset) -> Ruleset:
    gates = {
        name: one._replace(checks=tuple(check for check in one.checks if check.because != "emergency_first"))
        for name, one in rules.gates.items()
    }
    return replace(rules, gates=gates)


def moot_by_fever(rules: Ruleset) -> Ruleset:
    checks = rules.gates["nsaid"].checks
    made = tuple(one._replace(moot_when=FactIs("fever")) if one.id == "ulcer" else one for one in checks)
    made = made if made != checks else tuple(one._replace(moot_when=FactIs("fever")) for one in checks)
    return gate(rules, "nsaid", checks=made)


def no_ct_beside(rules: Ruleset) -> Ruleset:
    table = dict(rules.tables["device_gate"])
    table["mri"] = [{key: value for key, value in one.items() if key != "add_orders"} for one in table["mri"]]
    return replace(rules, tables={**rules.tables, "device_gate": table})


def threshold_by_profile(rules: Ruleset) -> Ruleset:
    name = next(name for name, one in rules.thresholds.items() if len(set(one.values.values())) > 1)
    fact = next(fact for fact, kind in rules.types.items() if kind.kind == "number")
    return levels(rules, "motor_loss", lambda one: one._replace(when=Or((one.when, Compare(fact, ">=", name)))))


def infection_as_optimization(rules: Ruleset) -> Ruleset:
    made = tuple(
        one._replace(kind="optimization") if "infection_excluded_here" in repr(one.when) else one
        for one in rules.gates["revision_surgery"].required
    )
    assert made != rules.gates["revision_surgery"].required
    return gate(rules, "revision_surgery", required=made)


def level_twice(rules: Ruleset) -> Ruleset:
    return flag(
        rules, "motor_loss", lambda one: one._replace(levels=(one.levels[0], one.levels[0]._replace(id="again")))
    )


def criteria_that_exclude(rules: Ruleset) -> Ruleset:
    first = rules.gates["sacroiliac_fusion"].required[0]
    other = Required("other", "", Not(first.when), "other")
    return gate(rules, "sacroiliac_fusion", required=(first, other))


def only_against(rules: Ruleset) -> Ruleset:
    one = rules.generators["seroma"]
    arguments = tuple(argument._replace(strength="opposes_strong") for argument in one.arguments)
    return replace(rules, generators={**rules.generators, "seroma": one._replace(arguments=arguments)})


def refuses_the_same(rules: Ruleset) -> Ruleset:
    wanting = next(one for one in rules.imaging.values() if any(not order.emergency for order in one.orders))
    order = next(order.order for order in wanting.orders if not order.emergency)
    refusing = Imaging("refusing", "", wanting.per, wanting.when, wanting.unless, (), ((order, "not now"),))
    return replace(rules, imaging={**rules.imaging, "refusing": refusing})


def tapers_no_tricyclic(rules: Ruleset) -> Ruleset:
    one = rules.treatments["tricyclic"]._replace(taper_only=False)
    return replace(rules, treatments={**rules.treatments, "tricyclic": one})


SEEDS: dict[str, Callable[[Ruleset], Ruleset]] = {
    "emergency_first": no_emergency_check,
    "silence": lambda rules: need(rules, "medial_branch_block", lambda _: ALWAYS),
    "unknown_never_opens": lambda rules: need(
        rules, "sacroiliac_injection", lambda when: Or((when, Not(Known("crp_mg_l"))))
    ),
    "check_first_holds": lambda rules: offers(rules, "nsaid", capped=False),
    "falls_only_by_reassurance": lambda rules: levels(
        rules, "motor_loss", lambda one: one._replace(when=And((one.when, Not(FactIs("fever")))))
    ),
    "new_alarm_never_lowers": lambda rules: levels(
        rules, "motor_loss", lambda one: one._replace(unless=FactIs("vomiting"))
    ),
    "new_alarm_opens_no_check": moot_by_fever,
    "closed_gate_starts_nothing": lambda rules: offers(rules, "nsaid", capped=False),
    "no_abrupt_stop": tapers_no_tricyclic,
    "emergency_mri_has_another_way": no_ct_beside,
    "profiles_change_gates_only": threshold_by_profile,
    "waiting_lowers_nothing": lambda rules: levels(
        rules, "motor_loss", lambda one: one._replace(unless=In("auth_status", ("requested",)))
    ),
    "never_bypassed": infection_as_optimization,
    "every_rule_fires": level_twice,
    "every_gate_moves": criteria_that_exclude,
    "every_generator_first": only_against,
    "no_opposites": refuses_the_same,
    "learning_reverses_nothing": lambda rules: levels(
        rules, "motor_loss", lambda one: one._replace(when=Or((one.when, Not(Known("fever")))))
    ),
}
