"""Engine and explanation become the whole record. Pure: the same case, day and knowledge give the same bytes."""

from spondyl.plan.record import SCHEMA, Plan, plan, plan_patient

__all__ = ["SCHEMA", "Plan", "plan", "plan_patient"]
