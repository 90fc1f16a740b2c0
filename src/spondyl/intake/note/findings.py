"""Signs, symptoms and conditions: phrases of the lexicon, with how each is asserted."""

from __future__ import annotations

import re
from typing import Final

from spondyl.record.facts import Assertion

from .lazy import Lazy

_MINUS: Final = Lazy(
    r"\s*(?:sign|test)?\s*[:=]?\s*(?:[(\[]\s*[-\u2212\u2013]\s*[)\]]|[-\u2212\u2013](?=\s*(?:[,.;)]|$|\n|\s[a-zA-Z])))"
)
_ANSWER_MINUS: Final = Lazy(
    r"\s*(?:[(\[]\s*[-\u2212\u2013]\s*[)\]]|[:=]\s*[-\u2212\u2013](?=\s*(?:[,.;|)]|$|\n))|\s[-\u2212\u2013](?=\s*(?:[,;.]|$|\n))|\s?[-\u2212]ve\b)"
)
_PLUS: Final = Lazy(r"\s*(?:sign|test)?\s*[:=]?\s*(?:\(\s*\+\s*\)|\+|\d\s?\+)")
_MINUS_BEFORE: Final = Lazy(
    r"(?:[(\[]\s*(?:[-\u2212\u2013]|neg|no|n|0)\s*[)\]]|[\u00d8\u2205\u2296])\s*$", re.IGNORECASE
)
_PLUS_BEFORE: Final = Lazy(r"(?:[(\[]\s*(?:\+|pos|yes|y)\s*[)\]]|\+|\u2295)\s*$", re.IGNORECASE)
_TICKED: Final = Lazy(
    r"\s*[:=]?\s*(?:[LR]\s*)?\[\s*[xX\u2713]\s*\](?!\s*(?:neg|abs|norm|down|flex|no\b|none|nil))", re.IGNORECASE
)
_UNCHECKED: Final = Lazy(r"\[\s*\]\s*$")
_BOX_AFTER: Final = Lazy(r"\s*\[\s*(?P<mark>[xX\u2713]?)\s*\]")
_CHECKED: Final = Lazy(r"\[\s*[xX\u2713]\s*\]\s*$")
_ENDS_MARK: Final = frozenset(")]+\u00d8\u2205\u2296\u2295\u00f8")
_OPENS_MARK: Final = frozenset("([:=-\u2212\u2013")
_BOTH: Final = frozenset(
    ("bilateral_leg_weakness", "bilateral_leg_symptoms", "bilateral_leg_pain", "leg_numbness_bilateral")
)
_TWO: Final = Lazy(
    r"\b(?:legs|feet|thighs|calves|knees|limbs|extremities|both|two|either|neither|bilateral\w*|bilat|b/l|le|ble|les|\w+(?:plegi|paresi)\w+|sides|as well|too|also)\b",  # noqa: E501
    re.IGNORECASE,
)
_CORD: Final = frozenset(
    ("hoffmann", "babinski", "clonus", "spasticity", "gait_ataxia", "hand_clumsiness", "lhermitte")
)
_OF_LATE: Final = frozenset(
    ("trauma_recent", "low_energy_fall", "recent_bacteremia", "recent_infection_elsewhere", "seizure_recent")
)
_OF_AN_INDICATION: Final = frozenset(("pain_pattern", "pain_topography", "deformity_known", "neurogenic_claudication"))
_SPREAD: Final = frozenset(("pain_pattern", "pain_topography"))
_HIDDEN_NEAR: Final = 9
_DUE: Final = frozenset("due because of secondary owing through under from given 2/2 by with".split())
_DATED: Final = Lazy(r"^\W*(?:\[[^\]]{0,40}\]\W*)?$")
_OPENS: Final = frozenset("no not never without nil non doe did had deny".split())
_DENIED_INSIDE: Final = frozenset(("no", "without", "nor", "zero"))
_DENIES: Final = frozenset(
    "no not never without nil deny denied cant cannot unable longer nor neither lack lost loss".split()
)
Flip = dict[Assertion, Assertion]
_FALLS: Final = frozenset(("low_energy_fall", "falls"))
_HOPED: Final = frozenset(("pain_change", "course", "sleep_poor", "work_status", "function_better"))
