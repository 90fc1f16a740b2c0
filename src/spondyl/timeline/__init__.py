"""A case becomes foci and derived facts against a day. Everything clinical in it is data from knowledge/."""

from spondyl.timeline.chart import chart
from spondyl.timeline.charted import Chart, Contradiction, Entry, ListChart, as_json, as_value
from spondyl.timeline.days import Days, iso, later, months_from, written
from spondyl.timeline.derivations import Derivations, condition_of
from spondyl.timeline.doses import MorphineEquivalent, morphine_equivalent
from spondyl.timeline.foci import Focus, done, entry_regions, foci
from spondyl.timeline.forms import FORMS
from spondyl.timeline.view import View, asked_names, expand

__all__ = [
    "FORMS",
    "Chart",
    "Contradiction",
    "Days",
    "Derivations",
    "Entry",
    "Focus",
    "ListChart",
    "MorphineEquivalent",
    "View",
    "as_json",
    "as_value",
    "asked_names",
    "chart",
    "condition_of",
    "done",
    "entry_regions",
    "expand",
    "foci",
    "iso",
    "later",
    "months_from",
    "morphine_equivalent",
    "written",
]
