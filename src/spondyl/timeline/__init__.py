"""A case becomes foci and derived facts against a day. Everything clinical in it is data from knowledge/."""

from spondyl.timeline.chart import Chart, Contradiction, Entry, ListChart, as_json, as_value, chart
from spondyl.timeline.days import Days, iso, later, months_from, written
from spondyl.timeline.doses import MorphineEquivalent, morphine_equivalent
from spondyl.timeline.foci import Focus, done, entry_regions, foci
from spondyl.timeline.view import FORMS, Derivations, View, asked_names, expand

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
