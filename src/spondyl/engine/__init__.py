"""Facts become conclusions: red flags, generators, imaging, gates, treatments, remarks. It puts nothing into words."""

from spondyl.engine.criteria import desk
from spondyl.engine.gates import gates, in_words, judge_gate
from spondyl.engine.generators import generators, standing, weigh
from spondyl.engine.imaging import confirming, each_once, imaging, is_order, parts
from spondyl.engine.patient import Patient
from spondyl.engine.program import Program
from spondyl.engine.remarks import conflicts, remarks, revision_options
from spondyl.engine.results import (
    STANDINGS,
    URGENCIES,
    Candidate,
    Criterion,
    Established,
    Judged,
    Offered,
    Open,
    Ordered,
    Said,
    Triage,
)
from spondyl.engine.treatments import Beside, beside, cap, treatments
from spondyl.engine.triage import any_level, set_triage_facts, triage

__all__ = [
    "STANDINGS",
    "URGENCIES",
    "Beside",
    "Candidate",
    "Criterion",
    "Established",
    "Judged",
    "Offered",
    "Open",
    "Ordered",
    "Patient",
    "Program",
    "Said",
    "Triage",
    "any_level",
    "beside",
    "cap",
    "confirming",
    "conflicts",
    "desk",
    "each_once",
    "gates",
    "generators",
    "imaging",
    "in_words",
    "is_order",
    "judge_gate",
    "parts",
    "remarks",
    "revision_options",
    "set_triage_facts",
    "standing",
    "treatments",
    "triage",
    "weigh",
]
