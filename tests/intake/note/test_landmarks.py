"""What is looked for at its landmarks only is found wherever the same expression finds it when tried everywhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from spondyl.intake.note import dates, day, levels, measures, person, power, squeeze, times, unread
from spondyl.intake.note.landmarks import Landmarks, folded
from spondyl.intake.note.layout import layout
from spondyl.intake.note.lazy import Lazy
from spondyl.intake.note.page import Page
from spondyl.intake.phrases import phrases

NOTES = Path(__file__).parents[2] / "vignettes" / "vignettes.yaml"
ODD = (
    "about3 weeks, ~3 weeks, over\nthree weeks, more than a couple of months, -3 weeks, $3 weeks, some few days",
    "mid 2024, End of 2023, late-2022, in May, 3rd of june 2024, '21, feb '21, 1.2.2024, 01/02/24, 2024-05-06, 5/6",
    "T 38.2, T38.2 C, tmax: 101 F, ear thermometer 39, \n\nthermometer says 38.4, fever to 102, 38,5°C",
    "L4-5, L 4, l-5, C -6, S1, L5/S1, T1-weighted, T12-L1, (L3), L four L five, lumbar-four to five, cervical\nfive",
    "-4/5, +4/5, 4+/5, four out of five, grade 4 on the left, 3 on the right, 5/5.\n\n3 on the left, MRC 2 in the left",
    "58M, 58 yo woman, 70-year-old, aged 44, 24/40 pregnant, weighs 80 kg, wt 180 lbs, breathing at 12 a minute",
    "day 3 post op, POD#3, post-op day 12, last week, past month, yesterday, the day before, last night, since Tues",
    "IN\u017fECTION, \u0130NFECTION, WEA\u212aNESS, paralysed, perianal, foot  drop, Foley, metastases, cauda equina",
)  # fmt: skip
ALARMS = (
    "incontinent retention saddle perineum perianal catheter foley footdrop paralysis weak numb fevers septic"
    " sepsis abscesses cancer metastasis malignancy suicide hematoma haematoma csf meningitis clonus hoffman hoffmanns"
    " babinski ataxia myelopathy fracture infection overdose"
).split()


@cache
def _pages() -> list[Page]:
    held = [one["note"] for one in YAML(typ="safe").load(NOTES)]
    return [_page(squeeze.squeeze(layout(text)).text) for text in (*held[::2], *ODD, *map(str.upper, ODD))]


def _page(text: str) -> Page:
    return Page.prepare(text, phrases(), "2026-11-22")


def _numbers(page: Page) -> list[int]:
    return page.marks.numbers


LOOKED_FOR: dict[str, tuple[Lazy, Callable[[Page], list[int]]]] = {
    "date": (dates.DATE, lambda page: sorted([*page.marks.numbers, *page.marks.of(*dates._DATE_WORDS)])),
    "label": (day._LABEL, lambda page: page.marks.of(*day._LABELS)),
    "level": (levels._CHAIN, lambda page: levels._letters(page.marks)),
    "spoken level": (levels._SPOKEN, lambda page: levels._spoken_begin(page.words)),
    "temperature": (measures._TEMP, measures._degrees_begin),
    "weeks of pregnancy": (measures._GESTATION, _numbers),
    "age": (person._AGE_SEX, _numbers),
    "weeks and days in British": (times._BRITISH, _numbers),
    "number with a unit": (unread._NUMBER, _numbers),
    "alarm": (unread._ALARM, lambda page: page.marks.of(*unread._ALARMS)),
}


@pytest.mark.parametrize("name", LOOKED_FOR)
def test_nothing_is_lost_by_looking_at_landmarks_only(name: str) -> None:
    pattern, places = LOOKED_FOR[name]
    found = 0
    for page in _pages():
        tried = [match.span() for match in page.marks.tries(pattern, places(page))]
        assert tried == [match.span() for match in pattern.finditer(page.text)], page.text
        found += len(tried)
    assert found


def test_grades_are_found_where_they_stand() -> None:
    for page in _pages():
        tried = [match.span() for match in power._grades(page)]
        assert tried == [match.span() for match in power._GRADE.finditer(page.text)], page.text


@pytest.mark.parametrize("word", ALARMS)
def test_every_word_of_alarm_has_its_opening(word: str) -> None:
    page = _page(f"Seen for {word} once.")
    assert [match[0] for match in page.marks.tries(unread._ALARM, page.marks.of(*unread._ALARMS))] == [word]


def test_a_folded_text_has_the_length_of_the_text() -> None:
    text = "\u0130\u0131\u017f\u212aB\u00d8\u00df and \u03a3"
    assert len(folded(text)) == len(text)
    assert folded(text).startswith("iiskb")
    assert Landmarks(text).of("isk") == [1]
