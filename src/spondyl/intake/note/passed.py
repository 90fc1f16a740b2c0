"""A numb saddle that passed within minutes or hours, did not come back, and was found normal later, is of the past.

So is a cauda equina syndrome that was only suspected, where a later sentence calls it excluded. Of a numbness all three
must be told: that it ended, that it has not returned, and a normal saddle after it. A numbness told anywhere else in
the note without these words keeps all of them as they are.
"""

from __future__ import annotations

import re
from typing import Final

from .answered import comes_back
from .found import Found, Said
from .lazy import Lazy
from .page import Page

_SIGN: Final = "saddle_anesthesia"
_CUES: Final = ("back", "returned", "return", "recurred", "recur", "recurrence", "none", "happened")
_NOT_BACK: Final = Lazy(
    r"\b(?:has|have|had|did)(?:\s+not|n['\u2019]?t)\s+(?:since\s+)?(?:come\s+back|returned?|recurred?|happened\s+(?:again|since)|been\s+back)\b"
    r"|\bnever\s+(?:come\s+back|came\s+back|returned|recurred|happened\s+again)\b|\b(?:no|without)\s+recurrence\b|\bnone\s+since\b",
    re.IGNORECASE,
)
_ENDED: Final = frozenset("gone went wore worn lasted passed settled resolved cleared disappeared over lifted".split())
# what is gone may be something else, or the sense itself
_OTHER: Final = frozenset(
    "pain ache headache nausea rash swelling tingling sciatica spasm cramp cramps fever sensation feeling"
    " sense control strength power numb weak".split()
)
_SENSES: Final = frozenset("feeling sensation sense control".split())
_GOES_ON: Final = frozenset("it this that which they both all".split())
_LEADS: Final = frozenset(
    "was wa is has ha had been it this that they which all then and soon quickly completely fully only just".split()
)
_TURNS: Final = frozenset("but however until except although though now still today tonight".split())


def read_passed(page: Page, found: Found) -> None:
    """Turn a saddle numbness into history where each mention of it passed and a later finding is normal."""
    if all(word not in page.words.places for word in _CUES):
        return
    told = [(number, said) for number, (name, said) in enumerate(found.flat) if name == _SIGN]
    current = [(number, said) for number, said in told if said.assertion == "present"]
    if not current or any(not _passed(page, said) for _, said in current):
        return
    latest = max(said.start for _, said in current)
    if not any(said.assertion == "negated" and said.start > latest for _, said in told):
        return
    for number, _ in current:
        found.replace(number, "historical")


def read_excluded(page: Page, found: Found) -> None:
    """Turn a suspected emergency into history where the note says after it that it is excluded."""
    if "excluded" not in page.words.places and "ruled" not in page.words.places:
        return
    told = [(number, said) for number, (name, said) in enumerate(found.flat) if name == "emergency_named"]
    for _, out in told:
        if out.assertion != "negated":
            continue
        held = [(number, said) for number, said in told if said.value == out.value and said.assertion == "present"]
        if held and all(said.start < out.start for _, said in held):
            for number, _ in held:
                found.replace(number, "historical")


def _passed(page: Page, said: Said) -> bool:
    """Whether the words behind a sign say that it ended and has not come back."""
    words = page.words
    i, j = words.slice(said.start, said.end)
    sentence = words.sentence[i]
    last = words.bounds[sentence][1]
    norm = words.norm
    end = next((t for t in range(j, last) if norm[t] == ";" and _GOES_ON.isdisjoint(norm[t + 1 : t + 2])), last)
    at = next((t for t in range(j, end) if norm[t] in _ENDED), None)
    if at is None or not _SENSES.isdisjoint(norm[i:j]) or not _OTHER.isdisjoint(norm[j:end]):
        return False
    k = at
    while k > j and norm[k - 1] in _LEADS:
        k -= 1
    if k > j and norm[k - 1] not in (",", ";", "(", "-"):
        return False  # "cough passed": something else ended
    if any(j <= one.i < at for kind in ("finding", "pain") for one in page.by_sentence(kind).get(sentence, ())):
        return False  # "numb since Friday, headache gone"
    match = _NOT_BACK.search(page.text, words.start[at], words.end[end - 1])
    if match is None or not _TURNS.isdisjoint(norm[j:end]):
        return False
    return not comes_back(page, sentence)
