"""Opioids in milligrams of oral morphine a day, as an interval. For judging risk, never for rotating."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from spondyl.logic import TRUE, Facts, Interval


class MorphineEquivalent(NamedTuple):
    """`low`: from fixed doses; `high`: None when something could not be counted; both in mg a day."""

    low: float
    high: float | None
    counted: tuple[str, ...]
    not_counted: tuple[str, ...]


def morphine_equivalent(taken: Sequence[Facts], drugs: Mapping[str, Mapping[str, Any]]) -> MorphineEquivalent:
    """Add up the opioids taken.

    A fixed dose counts at both ends; an as-needed dose counts from 0 to its maximum; without a maximum, or
    without a factor, the high end stays open and the medicine is named as not counted.
    """
    low, high = 0.0, 0.0
    open_ = False
    counted: list[str] = []
    left: list[str] = []
    for values in taken:
        drug = str(values["drug"])
        one = _daily(values, drugs.get(drug, {}))
        if one is None:
            left.append(drug)
            open_ = True
            continue
        low += one.low or 0.0
        if one.high is None:
            left.append(drug)
            open_ = True
        else:
            counted.append(drug)
            high += one.high
    return MorphineEquivalent(round(low, 2), None if open_ else round(high, 2), tuple(counted), tuple(left))


def _daily(values: Facts, drug: Mapping[str, Any]) -> Interval | None:
    factor = drug.get("mme_factor")
    dose = values["dose"]
    if factor is None or not isinstance(dose, Interval) or dose.low is None or dose.high is None:
        return None
    if values["unit"] == "mcg_h":
        factor = drug.get("mme_factor_mcg_h", factor)
        return Interval(dose.low * factor, dose.high * factor)
    if values["unit"] not in (None, "mg") or (drug.get("mme_oral_only") and values["route"] not in (None, "oral")):
        return None
    times, most = values["times_per_day"], values["max_per_day"]
    if values["as_needed"] is TRUE:
        limit = most if isinstance(most, Interval) else times
        if not isinstance(limit, Interval) or limit.high is None:
            return Interval(0, None)
        return Interval(0, dose.high * limit.high * factor)
    if not isinstance(times, Interval) or times.low is None or times.high is None:
        return None
    return Interval(dose.low * times.low * factor, dose.high * times.high * factor)
