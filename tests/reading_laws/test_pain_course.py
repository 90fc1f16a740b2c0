"""How a pain went, in the many ways it is told; what makes a pain worse at the moment is not its course."""

from __future__ import annotations

import pytest
from reading_laws.sentences import lexicon

from spondyl.intake.note import read

HEAD = "Visit 11/20/2026. L4-5 fusion 11/02/2024.\n\n"
WORSE = (
    "The ache in the low back grows by the day.",
    "Back pain has been creeping up over the last three weeks.",
    "Low back more painful since the fall.",
    "His back hurts a lot more than in September.",
    "Pain escalated from a 4 to an 8 since Monday.",
    "Back pain 6/10 instead of his usual 3.",
    "Pain in the back 8 today, was 5 last month.",
    "More back pain than at the last visit.",
)
BETTER = (
    "Back pain has eased a lot.",
    "Less back pain every week.",
    "Pain down from 8 to 3.",
    "Pain 2/10, was 6 last week.",
    "His sciatica is settling nicely.",
)
RETURNED = ("After 18 good months the sciatica is back again.", "The same pain as before has come back.")
UNCHANGED = ("Back pain same as always.", "Her usual back pain, nothing new.", "Pain is no better and no worse.")
NO_COURSE = (
    "Pain goes up in the evening.",
    "We increased gabapentin for pain.",
    "Pain from 2 to 6 weeks after surgery.",
    "Pain medication reduced from 8 to 4 mg.",
    "Pain eased when lying.",
    "His pain grows when sitting.",
    "If the pain increases, call.",
    "Pain 8 before surgery, from 8 to 3 after the operation.",
)


def changes(text):
    facts = read(HEAD + text, "n", lexicon()).facts
    return {one.value for one in facts if one.fact == "pain_change" and one.assertion == "present"}


@pytest.mark.parametrize(
    ("text", "change"),
    [
        *((text, "worse") for text in WORSE),
        *((text, "better") for text in BETTER),
        *((text, "returned") for text in RETURNED),
        *((text, "unchanged") for text in UNCHANGED),
    ],
)
def test_the_course_is_read(text, change):
    assert changes(text) == {change}


@pytest.mark.parametrize("text", NO_COURSE)
def test_what_is_no_course(text):
    assert changes(text) == set()


def test_a_denied_course_is_denied():
    assert changes("Denies increasing back pain.") == set()
