"""What a phrase for a change of the pain means where it stands: it may name what provokes the pain, or a study."""

from __future__ import annotations

from typing import Final

from .page import Page
from .phrases import Hit
from .provoked import DOES

_PROVOKED_BY: Final = frozenset("with on upon by after in if".split())
_WHEN: Final = (["at", "night"], ["in", "the"], ["first", "thing"], ["at", "rest"], ["after", "sitting"])
_AT_PRESENT: Final = frozenset(("now", "today", "currently"))
_BAD: Final = frozenset("intense severe terrible unbearable excruciating worse constant again".split())
_PAIN: Final = frozenset(
    "pain ache aching hurt hurting sciatica symptom sx lbp backache claudication radiculopathy headache stiffness"
    " patient he she pt feel feeling better course".split()
)
_SEEN: Final = frozenset(
    "stenosis degeneration degenerative herniation protrusion listhesis anterolisthesis spondylolisthesis kyphosis"
    " scoliosis collection lucency fracture disc spondylosis narrowing loosening edema bulge hemangioma cyst"
    " alignment screw screws hardware fusion vertebral endplate marrow enhancement".split()
)


def of_a_study(page: Page, hit: Hit) -> bool:
    """Whether a change is that of what a study shows: "adjacent segment stenosis at L3-L4, worse since 2025"."""
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    norm = page.words.norm[first:last]
    return not _SEEN.isdisjoint(norm) and _PAIN.isdisjoint(norm)


def provoked(page: Page, hit: Hit) -> bool:
    """Whether what makes the pain worse or better follows: "with standing", "when he sits", "by rest"."""
    norm = page.words.norm
    last = page.words.bounds[page.words.sentence[hit.i]][1]
    after = norm[hit.j : min(last, hit.j + 5)]
    if norm[hit.j - 1] in ("with", "when", "on"):
        return True
    return bool(after) and (
        (after[0] in _PROVOKED_BY and not DOES.keys().isdisjoint(after))
        or after[0] in ("when", "whenever", "while", "during")
        or (after[0] in DOES and after[0].endswith("ing"))
        or after[:2] in _WHEN
    )


def never_better(page: Page, hit: Hit) -> bool:
    """One pain is better while another never went away: the change is not that of the pain as a whole."""
    return any(
        other.entry["facts"].get("postop_course") == "never_improved"
        for other in page.by_sentence("finding").get(page.words.sentence[hit.i], ())
    )


def bad_now(page: Page, hit: Hit) -> bool:
    """Whether the next sentence tells of a bad pain now: "Better at six weeks. Now, at twelve weeks, intense pain"."""
    following = page.words.sentence[hit.i] + 1
    if following >= len(page.words.bounds):
        return False
    first, last = page.words.bounds[following]
    told = page.words.norm[first:last]
    denied = any(word in ("no", "not", "without", "never") for word in told)
    return told[0] in _AT_PRESENT and "pain" in told and not denied and any(word in _BAD for word in told)
