"""Three-valued logic, intervals and the expression language. Nothing here is clinical."""

from spondyl.logic.closures import Check, closure
from spondyl.logic.decisive import Search, decisive
from spondyl.logic.judge import Judgment, Thresholds, judge
from spondyl.logic.names import Names
from spondyl.logic.nodes import (
    And,
    AtLeast,
    Compare,
    Condition,
    FactIs,
    Has,
    In,
    Known,
    Leaf,
    Not,
    Or,
    children,
    fact_names,
    from_plain,
    leaves,
    threshold_names,
    to_plain,
)
from spondyl.logic.parse import ExpressionError, Problem, parse
from spondyl.logic.paths import Decisive, Paths
from spondyl.logic.reasons import Reason
from spondyl.logic.text import to_text
from spondyl.logic.truth import FALSE, TRUE, UNKNOWN, Truth, at_least, both, either, negate, truth_of
from spondyl.logic.truths import truth_in
from spondyl.logic.values import Facts, Interval, Members, NoneOf, Value, Values, exactly, is_recorded
from spondyl.logic.vocabulary import FactKind, FactType, Vocabulary

__all__ = [
    "FALSE",
    "TRUE",
    "UNKNOWN",
    "And",
    "AtLeast",
    "Check",
    "Compare",
    "Condition",
    "Decisive",
    "ExpressionError",
    "FactIs",
    "FactKind",
    "FactType",
    "Facts",
    "Has",
    "In",
    "Interval",
    "Judgment",
    "Known",
    "Leaf",
    "Members",
    "Names",
    "NoneOf",
    "Not",
    "Or",
    "Paths",
    "Problem",
    "Reason",
    "Search",
    "Thresholds",
    "Truth",
    "Value",
    "Values",
    "Vocabulary",
    "at_least",
    "both",
    "children",
    "closure",
    "decisive",
    "either",
    "exactly",
    "fact_names",
    "from_plain",
    "is_recorded",
    "judge",
    "leaves",
    "negate",
    "parse",
    "threshold_names",
    "to_plain",
    "to_text",
    "truth_in",
    "truth_of",
]
