"""What takes a sign away from its own sentence: weight lost on a diet, a weakness that only the examiner found.

It reads the sentence of a sign and answers; it adds no fact.
"""

from __future__ import annotations

from typing import Final

from .page import Page
from .words import normal

_DENIES: Final = frozenset(
    "no not never without nil deny denied cant cannot unable longer nor neither lack lacked lost loss".split()
)
_EXAMINED: Final = frozenset("exam examination testing tested examined o/e".split())
_TELLS: Final = frozenset(
    normal(word)
    for word in "reports reported complains complaining notices feels says states tells told describes admits endorses"
    " aware subjective subjectively trips tripping catches giving gives".split()
)
_SEES: Final = frozenset(normal(word) for word in "noticed notice noticing noted aware".split())


def taken_away(page: Page, fact: str, sentence: int) -> bool:
    """Whether the sentence itself takes the sign away."""
    if fact == "weakness_reported" and _seen_only(page, sentence):
        return True
    words = page.lexicon.cache.get("unless")
    if words is None:
        unless = page.lexicon.tables.get("unless", {})
        words = page.lexicon.cache["unless"] = {name: frozenset(map(normal, told)) for name, told in unless.items()}
    if fact not in words:
        return False
    first, last = page.words.bounds[sentence]
    norm = page.words.norm
    return any(norm[t] in words[fact] and norm[t - 1] not in _DENIES for t in range(first, last))


def _seen_only(page: Page, sentence: int) -> bool:
    """ "Mild new weakness of the great toe on examination, not noticed by the patient": found, and not reported."""
    first, last = page.words.bounds[sentence]
    told = page.words.norm[first:last]
    if _EXAMINED.isdisjoint(told) or not page.by_sentence("muscle").get(sentence):
        return False
    if not _TELLS.isdisjoint(told):
        return False
    return not any(word in _SEES and told[t - 1] not in _DENIES for t, word in enumerate(told))
