"""The frozen records that cross the lines between the folders."""

from spondyl.record.case import Case, Options
from spondyl.record.facts import ASSERTIONS, Assertion, Fact, JsonValue, Precision, Reading, Source, Unread
from spondyl.record.refusal import Problem, Refusal, as_errors

__all__ = [
    "ASSERTIONS",
    "Assertion",
    "Case",
    "Fact",
    "JsonValue",
    "Options",
    "Precision",
    "Problem",
    "Reading",
    "Refusal",
    "Source",
    "Unread",
    "as_errors",
]
