"""A case that lost its head is refused and never read as a note; a note that looks a little like one stays a note."""

import pytest

from spondyl.intake.inputs import Input, read_inputs
from spondyl.intake.structure import kind_of
from spondyl.knowledge import load
from spondyl.record import Refusal

DAY = "2026-11-22"
FACTS = "facts:\n  age_years: 52\n  saddle_anesthesia: false\n  fever: false\n"

HEADLESS = {
    "facts": FACTS,
    "facts in braces": "facts: {saddle_anesthesia: false}",
    "all in braces": "{facts: {saddle_anesthesia: false, fever: false}}",
    "one plain name": "facts:\n  fever: false\n",
    "a capital": "Facts:\n  fever: false\n  weight_loss: false\n",
    "a capital head": "Schema: spondyl/case/1\n" + FACTS,
    "operations in braces": "surgeries:\n  - {procedure: [fusion], levels: [L5-S1]}\n",
    "operations in lines": "surgeries:\n  - procedure: [fusion]\n    levels: [L5-S1]\n    date: 2024-03\n",
    "names at the top": "saddle_anesthesia: false\nfever: false\n",
    "a remark before": "# my case\n" + FACTS,
    "JSON": '{"facts": {"saddle_anesthesia": false}}',
    "JSON of names": '{"saddle_anesthesia": false}',
}  # fmt: skip
NOTES = {
    "a line facts": "54F after fusion in 2024.\nfacts:\n  saddle_anesthesia: false\nSeen with a son.\nWalks well.\n",
    "titles": "CC: back pain\nHPI: 54F, L5-S1 fusion in 2024\nMeds: none\nPlan: home exercise\n",
    "titles and lists": "Facts: 54F, L5-S1 fusion 2024\nSurgeries:\n- L5-S1 fusion\nMeds:\n- gabapentin\nPain: 5\n",
    "boxes": "[x] fever  [ ] chills\n[ ] saddle numbness  [x]\n",
    "a bracket first": "[Addendum] 54F with back pain {seen}\n",
    "numbers in brackets": "[1] 54F [2]",
    "vital signs": "Surgeries:\n  lumbar fusion: 2024\nPain: 7\nFever: no\n",
}


def codes(name, text, kind=None):
    try:
        read_inputs([Input(name, text.encode())], load(), DAY, kind)
    except Refusal as refusal:
        return [one.code for one in refusal.problems]
    return []


@pytest.mark.parametrize("text", HEADLESS.values(), ids=HEADLESS)
def test_a_case_without_its_head_is_refused(text):
    assert codes("stdin", text)[:1] == ["I001"]


@pytest.mark.parametrize("text", NOTES.values(), ids=NOTES)
def test_a_note_stays_a_note(text):
    assert kind_of(text, load().facts) == "note"
    assert codes("n.txt", text) == []


def test_a_broken_case_without_its_head_is_no_note():
    assert codes("stdin", "facts:\n  age_years: [\n  saddle_anesthesia: false\n  fever: false\n") == ["I004"]


def test_the_name_of_a_file_says_what_its_content_does_not():
    assert codes("list.json", "[1,2]") == ["I003"]
    assert codes("stdin", "[1,2]") == ["I003"]
    assert codes("a.json", "54F") == ["I003"]
    assert codes("a.yaml", "a: &a [x]\nb: *a\n") == ["I004"]


def test_what_is_meant_can_be_said():
    assert codes("stdin", FACTS, "note") == []


def test_a_head_in_capitals_is_named():
    with pytest.raises(Refusal) as refused:
        read_inputs([Input("c", b"Schema: spondyl/case/1\nFacts: {fever: false}\n")], load(), DAY)
    assert [(one.code, "not `Schema`" in one.next, "'facts'" in one.next) for one in refused.value.problems] == [
        ("I001", True, False),
        ("I010", False, True),
    ]
