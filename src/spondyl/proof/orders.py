"""What is imaged, as formulas: who asks for an order, and what the table of devices makes of it.

Orders that the table adds are looked at one after the other by the engine; of these the formulas say what may come.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import z3  # type: ignore[import-untyped, import-not-found, unused-ignore]  # an extra, without types

from spondyl.engine import Ordered, is_order
from spondyl.engine.imaging import _RATED, _fits, _region_of, parts
from spondyl.proof.parts import device_condition
from spondyl.proof.situation import REGION
from spondyl.proof.vector import Vector
from spondyl.proof.verdicts import Verdicts

GROUPS = ("mri", "contrast", "radiation")
_NEVER = z3.BoolVal(False)


class Wish(NamedTuple):
    """One rule that speaks for or against an order."""

    rule: str
    order: str
    when: z3.BoolRef
    wanted: bool
    emergency: bool
    flag: bool


class Asked(NamedTuple):
    """What is asked of one order before the table of devices is read."""

    wanted: z3.BoolRef
    emergency: z3.BoolRef
    refused: z3.BoolRef


class _Made(NamedTuple):
    """As much of an order as the engine's own test of fitting reads."""

    emergency: bool


class Orders:
    """The imaging orders of a possible patient."""

    def __init__(self, verdicts: Verdicts) -> None:
        self.verdicts = verdicts
        self.flat = verdicts.flat
        self.rules = verdicts.rules
        self._table: Mapping[str, Sequence[Mapping[str, Any]]] = self.rules.tables.get("device_gate", {})
        self._regions = self.rules.tables["regions"]["regions"]

    @cached_property
    def wishes(self) -> list[Wish]:
        """Every rule and flag that names an order, at every region it may be named for."""
        made: list[Wish] = []
        for flag in self.rules.red_flags.values():
            for order in flag.do:
                if not is_order(order.format(region="lumbar")):
                    continue
                for urgent in (True, False):
                    stands = [
                        self.verdicts.stands[flag.id, level.id]
                        for level in flag.levels
                        if (level.urgency in ("emergency", "urgent")) is urgent and order in (level.do or flag.do)
                    ]
                    if stands:
                        made += self._placed(f"red_flags/{flag.id}", order, z3.Or(stands), True, urgent, flag=True)
        for rule in self.rules.imaging.values():
            holds = self.verdicts.holds(rule.when, rule.unless)
            for wish in rule.orders:
                wanted = wish.rating in _RATED[:2]
                made += self._placed(f"imaging/{rule.id}", wish.order, holds, wanted, wanted and wish.emergency)
            for order, _ in rule.not_recommended:
                made += self._placed(f"imaging/{rule.id}", order, holds, False, False)
        return made

    def _placed(
        self, rule: str, order: str, when: z3.BoolRef, wanted: bool, emergency: bool, flag: bool = False
    ) -> list[Wish]:
        if "{region}" not in order:
            return [Wish(rule, order, when, wanted, emergency, flag)]
        named: dict[str, list[z3.BoolRef]] = {}
        for region in self.flat.values(REGION):
            here = order.replace("{region}", self._regions[region]["order_region"])
            named.setdefault(here, []).append(self.flat.at_region(region))
        return [Wish(rule, here, z3.And(when, z3.Or(where)), wanted, emergency, flag) for here, where in named.items()]

    @cached_property
    def asked(self) -> dict[str, Asked]:
        """By order: it is wanted, as an emergency, refused."""
        by_order: dict[str, list[Wish]] = {}
        for wish in self.wishes:
            by_order.setdefault(wish.order, []).append(wish)
        return {
            order: Asked(
                z3.Or([one.when for one in listed if one.wanted]),
                z3.Or([one.when for one in listed if one.wanted and one.emergency]),
                z3.Or([one.when for one in listed if not one.wanted]),
            )
            for order, listed in sorted(by_order.items())
        }

    def entries(self, order: str, emergency: bool) -> list[tuple[Mapping[str, Any], z3.BoolRef]]:
        """The entries of the table that fit an order, with the formula that each is the one that decides its group."""
        modality, _, contrast = parts(order)
        made: list[tuple[Mapping[str, Any], z3.BoolRef]] = []
        for group in GROUPS:
            before: list[z3.BoolRef] = []
            for entry in self._table.get(group, ()):
                if modality not in entry["modality"] or not _fits(entry, _Made(emergency), contrast):  # type: ignore[arg-type]
                    continue
                holds = self._holds(entry)
                made.append((entry, z3.And(holds, z3.Not(z3.Or(before)))))
                before.append(holds)
        return made

    def _holds(self, entry: Mapping[str, Any]) -> z3.BoolRef:
        parts = []
        if "when" in entry:
            parts.append(self.flat.is_true(device_condition(entry["when"]), True))
        if "unless" in entry:
            parts.append(z3.Not(self.flat.is_true(device_condition(entry["unless"]), True)))
        return z3.And(parts)

    def after(self, order: str, emergency: bool) -> dict[str, z3.BoolRef]:
        """By status: what the table makes of a wanted order. The last entry that does not recommend stands."""
        entries = self.entries(order, emergency)
        made: dict[str, z3.BoolRef] = {}
        later: list[z3.BoolRef] = []
        found: dict[str, list[z3.BoolRef]] = {"on_hold": [], "not_recommended": []}
        for entry, decides in reversed(entries):
            if entry["status"] != "recommended":
                found[entry["status"]].append(z3.And(decides, z3.Not(z3.Or(later))))
                later.append(decides)
        made = {status: z3.Or(parts) for status, parts in found.items()}
        made["recommended"] = z3.Not(z3.Or(later))
        return made

    def added(self, order: str, emergency: bool) -> list[tuple[str, bool, z3.BoolRef]]:
        """Orders that the table adds beside a wanted one, whether as an emergency, and when."""
        made = []
        for entry, decides in self.entries(order, emergency):
            for extra in entry.get("add_orders", ()):
                made.append((_region_of(extra["order"], order), bool(extra.get("emergency", emergency)), decides))
        return made

    def may_come(self) -> dict[str, z3.BoolRef]:
        """By order: some order looked at may bring it in, or ask for it with another urgency."""
        brought: dict[str, list[z3.BoolRef]] = {}
        level = {order: one.wanted for order, one in self.asked.items()}
        for _ in range(3):  # what is brought in may bring in more: MRI, then CT, then nothing
            coming: dict[str, list[z3.BoolRef]] = {}
            for order, wanted in level.items():
                for emergency in (True, False):
                    for extra, _, decides in self.added(order, emergency):
                        coming.setdefault(extra, []).append(z3.And(wanted, decides))
            level = {order: z3.Or(whens) for order, whens in coming.items()}
            for order, when in level.items():
                brought.setdefault(order, []).append(when)
        return {order: z3.Or(whens) for order, whens in brought.items()}

    @cached_property
    def _brought(self) -> dict[str, z3.BoolRef]:
        return self.may_come()

    def differences(self, holds: Callable[[z3.BoolRef], bool], vector: Vector, made: Sequence[Ordered]) -> list[str]:
        """Where the engine's orders of a patient are not those the formulas allow."""
        engine = {one.order: one for one in made}
        found: list[str] = []
        for order in sorted({*self.asked, *engine}):
            asked = self.asked.get(order, Asked(_NEVER, _NEVER, _NEVER))
            wanted, emergency, refused = holds(asked.wanted), holds(asked.emergency), holds(asked.refused)
            brought = holds(self._brought.get(order, _NEVER))
            got = engine.get(order)
            if got is None:
                stands = wanted and holds(self.after(order, emergency)["recommended"])
                whole = engine.get(order.replace("_without_contrast", "_without_and_with_contrast"))
                if (wanted or refused) and not (stands and _contains(whole, order, emergency)):
                    found.append(f"order {order}: in the formulas only")
                continue
            if brought:  # also looked at with the urgency of the order that brought it in
                possible = {
                    status for e in (True, False) for status, when in self.after(order, e).items() if holds(when)
                }
                possible |= {"not_recommended"} if refused and not wanted else set()
            elif wanted:
                possible = {status for status, when in self.after(order, emergency).items() if holds(when)}
                if got.emergency is not emergency:
                    found.append(f"order {order}: emergency {got.emergency} in the engine only")
            else:
                possible = {"not_recommended"} if refused else set()
            if got.status not in possible:
                found.append(f"order {order} at {vector.region}: engine {got.status}, formulas {sorted(possible)}")
        return found


def _contains(whole: Ordered | None, order: str, emergency: bool) -> bool:
    """Whether an MRI that is not listed is part of the one with contrast, wanted at least as soon."""
    if whole is None or whole.order == order or not order.startswith("mri_"):
        return False
    return whole.status == "recommended" and (whole.emergency or not emergency)


__all__ = ["GROUPS", "Asked", "Orders", "Wish"]
