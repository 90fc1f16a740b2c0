"""Phrases that stand for something else where they stand: "AF 98.9" is no fibrillation, "triceps 4+/5" no reflex."""

from __future__ import annotations

from typing import Any, Final

from .lazy import Lazy
from .page import Page
from .past import is_old
from .phrases import Hit

_OF_FIVE: Final = Lazy(r"\s*[+-]?\s*/\s*5(?!\d)")
_TEMPERATURE: Final = Lazy(
    r"[\s,:;(]{0,3}(?:t(?:emp|max)?\s*)?(?:9[5-9]|10[0-5]|3[5-9]|4[01])(?:\.\d)?(?!\s*(?:/|bpm|[-\d]))", 2
)
_FOR_YEARS: Final = Lazy(
    r"^[^.;\n]*?\b(?:\d+\+?\s*(?:yrs?|years)|many\s+years|no\s+change|unchanged|chronic|long-?standing|at\s+baseline|usual)\b",
    2,
)
_LATELY: Final = Lazy(r"\b(?:worse\w*|new|sudden\w*|acute\w*|today|tonight|since\s+(?:this|last|yesterday))\b", 2)
_STRETCH: Final = 50
_VITALS: Final = frozenset("vs vss avss nad hr rr bp spo2 sats".split())
_NOT_YET: Final = frozenset("once until till when if after be become becomes being must before".split())
_TO_BEGIN: Final = frozenset(
    "start begin offer offered prescribe recommend recommended consider discuss discussed try".split()
)
_BEFORE: Final = 3
_LISTED: Final = 9
_GRADES: Final = frozenset("0 1 3 4 absent trace gone missing".split())
_JERKS: Final = frozenset(
    "knee knees ankle ankles achilles patella patellae patellar aj kj biceps triceps jerk jerks".split()
)
_FOOT: Final = frozenset("foot feet toe toes heel heels sole soles shoe".split())
_FOOT_NEAR: Final = 4
_DRESSED: Final = frozenset(
    "wound incision scar dressing bandage gauze pad sheet sheets shirt staples stitches leak leaking".split()
)
_DURA: Final = frozenset("dura arachnoid rent rootlet rootlets valsalva egress".split())
_CUT: Final = frozenset(
    "curetted curette necrotic rongeur rongeured burr burred decorticated endplate endplates".split()
)
_NO_PAIN: Final = frozenset(
    "dysphagia swallowing hoarseness voice cough headache headaches dizziness vision nausea constipation anemia"
    " renal kidney depression mood anxiety sleep wound drainage edema swelling dyspnea breathing fever".split()
)


def _others_differ(norm: list[str], j: int, last: int) -> bool:
    """Whether a list goes on with a reflex that is not normal: "reflexes 2+ knees, 0 ankles"."""
    for t in range(j, min(last - 1, j + _LISTED)):
        if norm[t] in _GRADES and not _JERKS.isdisjoint(norm[max(j, t - 2) : t + 4]):
            return True
    return False


def _at_operation(page: Page, hit: Hit, value: object) -> bool:
    """Whether an operation is told, and no wound later: "a rent in the dura with clear fluid", "muscle cut back to
    bleeding"."""
    words = page.words
    first, last = words.bounds[words.sentence[hit.i]]
    told = set(words.norm[first:last])
    if not _DRESSED.isdisjoint(told):
        return False
    members = value if isinstance(value, list) else [value]
    if "drainage_clear" in members:
        return not _DURA.isdisjoint(told)
    return ("drainage_bloody" in members or "dehiscence" in members) and not _CUT.isdisjoint(told)


def is_mistaken(page: Page, hit: Hit) -> bool:
    """Whether a phrase found is part of something else: a grade of strength, a temperature, a plan, another symptom."""
    facts: dict[str, Any] = hit.entry["facts"]
    norm, words = page.words.norm, page.words
    if "wound_status" in facts and _at_operation(page, hit, facts["wound_status"]):
        return True
    if "saddle_anesthesia" in facts and "bottom" in norm[hit.i : hit.j]:
        first, last = words.bounds[words.sentence[hit.i]]
        near = norm[max(first, hit.i - _FOOT_NEAR) : min(last, hit.j + _FOOT_NEAR)]
        return not _FOOT.isdisjoint(near)  # "foot numb on the bottom"
    if facts.get("reflexes") == "normal" and _others_differ(norm, hit.j, words.bounds[words.sentence[hit.i]][1]):
        return True
    if "reflexes" in facts:
        return _OF_FIVE.match(page.text, words.end[hit.j - 1]) is not None
    if "atrial_fibrillation" in facts and norm[hit.i] == "af":
        first, last = words.bounds[words.sentence[hit.i]]
        if _TEMPERATURE.match(page.text, words.end[hit.j - 1]) is not None:
            return True
        return hit.i <= first + 2 and not _VITALS.isdisjoint(norm[hit.j : min(last, hit.j + 6)])
    if "nicotine_status" in facts:
        before = norm[max(words.bounds[words.sentence[hit.i]][0], hit.i - _BEFORE) : hit.i]
        if facts["nicotine_status"] == "former":
            return not _NOT_YET.isdisjoint(before)
        return facts["nicotine_status"] == "nrt" and not _TO_BEGIN.isdisjoint(before)
    if facts.keys() == {"spine_surgery_ever"} and hit.entry.get("denies"):
        return "since" in norm[hit.j : words.bounds[words.sentence[hit.i]][1]]  # none since 2019 says nothing of before
    if "dyspnea_acute" in facts:
        after = page.text[words.end[hit.j - 1] : words.end[hit.j - 1] + _STRETCH]
        return (_FOR_YEARS.search(after) is not None and not _LATELY.search(after)) or is_old(page, hit)
    if "babinski" in facts:  # the muscles, not the sign
        return page.text[page.words.start[hit.j - 1] : page.words.end[hit.j - 1]].lower() == "extensors"
    if facts.keys() == {"course"}:
        return any(word in _NO_PAIN for word in norm[hit.j : hit.j + 2])
    return False
