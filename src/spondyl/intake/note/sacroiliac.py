"""Whether the letters "SI" stand for suicidal ideation or for the sacroiliac joint. It drops what was misread.

Read wrongly they do harm both ways: a tender joint becomes an emergency, and a joint without tenderness denies one.
"""

from __future__ import annotations

from typing import Final

from .phrases import Hit
from .words import Words

_JOINT: Final = frozenset(
    "joint jt jnt injection inj injn block fusion pain painful tenderness tender ttp provocation provocative maneuver"
    " manoeuvre test testing stress region area belt line notch sclerosis arthropathy arthritis degeneration"
    " dysfunction sign compression distraction dysfunctional loading palpation rfa ligament screw bolt capsule"
    " sprain strain disease shot syndrome source generator mobility motion bridge denervation oa referral".split()
)
_NEAR_JOINT: Final = frozenset(
    "left right bilateral bilaterally l r bilat side sided lt rt both faber patrick fabere gaenslen fortin thrust psis"
    " buttock sacroiliac sij facet hip fadir slr spurling paraspinal tender tenderness ttp palpation compression"
    " distraction iliac sacrum sacral lumbar joint injection maneuver provocation unilateral trochanter"
    " thigh piriformis yeoman shear stork kemp".split()
)
_MIND: Final = frozenset(
    "hi avh ah vh ideation phq gad psych psychiatric psychiatry psychology psychological mood affect suicide suicidal"
    " homicidal depression depressed depressive anxiety anxious hopeless hopelessness anhedonia psychosis psychotic"
    " hallucination delusion mse mental bdi cssr selfharm harm overdose passive passively actively contract crying"
    " columbia css safety ptsd bipolar ssri tearful mania manic despair firearm gun".split()
)
_AIM: Final = frozenset("plan intent intention mean".split())
_ADMITS: Final = frozenset(
    "deny denied denying endorse endorsed endorsing admit report reported express expressed active passive".split()
)
_LEAD: Final = frozenset(("the", "of", "over", "at"))
_NEXT: Final = 2
_FEW: Final = 4
_NEIGHBORS: Final = 2


def without_joints(words: Words, hits: list[Hit]) -> list[Hit]:
    """The findings without those that take the sacroiliac joint, or letters that may be either, for a wish to die."""
    places = words.places.get("si")
    if not places:
        return hits
    other = {t for t in places if not _of_the_mind(words, t)}
    if not other:
        return hits
    return [hit for hit in hits if not (_speaks_of_death(hit) and not other.isdisjoint(range(hit.i, hit.j)))]


def _speaks_of_death(hit: Hit) -> bool:
    return any(name.startswith("suicid") for name in hit.entry["facts"])


def _of_the_mind(words: Words, at: int) -> bool:
    """Whether the letters at a place mean suicidal ideation: their neighbors decide, then the sentence around them."""
    norm = words.norm
    number = words.sentence[at]
    first, last = words.bounds[number]
    if not _JOINT.isdisjoint(norm[at + 1 : min(last, at + 1 + _NEXT)]) and norm[at + 1] not in ",;.":
        return False
    if at > first and norm[at - 1] in _LEAD:
        return False
    sentence = set(norm[first:last])
    if not _MIND.isdisjoint(sentence):
        return _NEAR_JOINT.isdisjoint(norm[max(first, at - _NEXT) : min(last, at + _NEXT)])
    if not _NEAR_JOINT.isdisjoint(sentence):
        return False
    following = norm[at + 1 : min(last, at + 1 + _FEW)]
    if not _AIM.isdisjoint(following) and ":" not in following:
        return True
    if not _ADMITS.isdisjoint(norm[max(first, at - _FEW) : at]):
        return True
    low = words.bounds[max(0, number - _NEIGHBORS)][0]
    high = words.bounds[min(len(words.bounds) - 1, number + _NEIGHBORS)][1]
    return not _MIND.isdisjoint(norm[low:high])
