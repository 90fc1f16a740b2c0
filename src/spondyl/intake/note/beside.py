"""What stands beside a sign and decides whether its words count: a wound, a list of denials, advice, a wonder aloud."""

from __future__ import annotations

from typing import Final

from spondyl.record.facts import Assertion

from .context import HYPOTHETICAL, NEGATED
from .page import Page
from .phrases import Hit
from .report import find_report

_WOUND: Final = frozenset(
    "wound incision incisional scar periwound erythema drainage pu purulence dressing staple redness swelling".split()
)
_LIMBS: Final = frozenset(
    "ankle leg calf foot feet pedal hand arm joint facial face knee limb extremity throat tongue lip".split()
)
_OF_NOW: Final = frozenset("current recent active known any illicit iv ongoing prior past".split())


def near_wound(page: Page, hit: Hit) -> bool:
    """Whether the sentence speaks of the wound: "mild erythema, not warm"."""
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    norm = page.words.norm
    if norm[hit.i - 1] in _LIMBS or (
        norm[hit.j : hit.j + 1] in (["of"], ["in"]) and not _LIMBS.isdisjoint(norm[hit.j : hit.j + 4])
    ):
        return False  # "no ankle swelling"
    return not _WOUND.isdisjoint(norm[first : hit.i]) or not _WOUND.isdisjoint(norm[hit.j : last])


def noun_denied(page: Page, hit: Hit) -> bool:
    """ "No psychosis or current substance use disorder": the noun "use" is no verb that ends a list of denials."""
    norm = page.words.norm
    if "use" not in norm[hit.i + 1 : hit.j + 1]:
        return False
    first, _ = page.words.bounds[page.words.sentence[hit.i]]
    for t in range(hit.i - 1, max(first, hit.i - 4), -1):
        if norm[t] in ("or", "nor"):
            return page.context.has(t - 1, t, NEGATED) or (
                norm[t - 1] == "," and page.context.has(t - 2, t - 1, NEGATED)
            )
        if norm[t] not in _OF_NOW:
            return False
    return False


def advised(page: Page, hit: Hit) -> bool:
    """Whether the sentence tells what to come back for: "return if you develop plans to overdose"."""
    sentence = page.words.sentence[hit.i]
    if sentence in page.context.advised and page.context.has(hit.i, hit.j, HYPOTHETICAL):
        return True
    context = page.by_sentence("context").get(sentence, ())
    return any(told.entry.get("advice") and told.i < hit.i for told in context)


def asked_of_study(page: Page, hit: Hit) -> bool:
    """Whether a request names what a study should rule out: its report, on the same page, has the answer."""
    report = find_report(page)
    return report is not None and report.of(page.words.sentence[hit.i]) == "history"


def wonders(page: Page, hit: Hit, assertion: Assertion) -> bool:
    """Whether somebody wonders aloud: "wonders if the world would be better without him" is no doubt of the reader."""
    first, _ = page.words.bounds[page.words.sentence[hit.i]]
    wonders = any(word in ("wonder", "wondering", "wondered") for word in page.words.norm[first : hit.i])
    return wonders and assertion == "uncertain"
