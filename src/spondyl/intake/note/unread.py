"""What no rule understood: numbers with units, levels, words of red flags, whole sentences. It adds no fact."""

from __future__ import annotations

import re
from typing import Final

from spondyl.record.facts import Unread

from .dates import FULL, is_impossible
from .found import Found
from .lazy import Lazy
from .page import Page

_NUMBER: Final = Lazy(
    r"(?<![\w.])\d+(?:\.\d+)?\s?(?:mg|mcg|ml|cm|mm|kg|lbs?|%|mmol/l|mg/dl|mg/l|weeks?|wks?|months?|mos?|years?|yrs?|days?|/10|/5)(?![\w/])",
    re.IGNORECASE,
)
# How the words of the next expression begin; one that is added there is added here.
_ALARMS: Final = tuple(
    "incontinen retention saddle perine perianal catheter foley foot paraly weak numb fever septic sepsis abscess"
    " cancer metasta malignan suicid hematoma haematoma csf meningitis clonus hoffman babinski ataxi myelopath cauda"
    " fractur infect overdos".split()
)
_ALARM: Final = Lazy(
    r"\b(?:incontinen\w*|retention|saddle|perine\w*|perianal|catheter\w*|foley|foot\s?drop|paraly\w*|weak\w*|numb\w*|fever\w*|septic|sepsis|abscess\w*|cancer|metasta\w*|malignan\w*|suicid\w*|hematoma|haematoma|csf|meningitis|clonus|hoffmann?s?|babinski|ataxi\w*|myelopath\w*|cauda\s+equina|fractur\w*|infect\w*|overdos\w*)",
    re.IGNORECASE,
)


_SENTENCE: Final = Lazy(r"[^\s.!?;][^\n!?;.]*(?:\.(?!\s)[^\n!?;.]*)*[.!?;]?")
_WORD: Final = Lazy(r"[A-Za-z]{2,}")
_WORDS_OF_A_SENTENCE: Final = 4
# A sentence of few words is told when it names a disease, an allergy, an operation or a result.
_NAMES: Final = Lazy(
    r"\b(?:allerg\w+|anaphyla\w+|intoleran\w+|diseases?|disorder|syndrome|ckd|copd|chf|dialysis|diabet\w+|asthma|stroke|epilep\w+|seizures?|cirrhosis|transplant\w*|hiv|infarct\w*|stage\s+[1-5ivab]+|surger(?:y|ies)|operat(?:ed|ion|ions)|revision|reoperation|fusion|stimulator|scs|\w{3,}(?:ectomy|ostomy|otomy|plasty|desis)|evaluation|eval|emg|ncs|biopsy|cultures?|results?|positive|abnormal|radiculopathy|neuropathy|\w{4,}(?:itis|emia|aemia))\b",
    re.IGNORECASE,
)
_DATED: Final = Lazy(r"\d{1,2}/\d{1,2}/\d{2,4}|\b(?:19|20)\d{2}\b")
_HEAD: Final = 80
# "He" says who; it does not show that the rest of the sentence was understood.
_WHO: Final = frozenset({"sex", "age_years"})


def find_unread(page: Page, found: Found) -> tuple[Unread, ...]:
    """The stretches no part of the reader used, in order, with why they are listed."""
    covered = _covered(page, found)
    told: list[Unread] = []
    marks = page.marks
    numbers, alarms = marks.tries(_NUMBER, marks.numbers), marks.tries(_ALARM, marks.of(*_ALARMS))
    for matches, why in ((numbers, "number with a unit"), (alarms, "word of a red flag")):
        for match in matches:
            if not _within(covered, match.start(), match.end()):
                told.append(_unread(found, match.start(), match.end(), why))
    for match in marks.tries(FULL, marks.numbers):
        if is_impossible(match):
            told.append(_unread(found, match.start(), match.end(), "day that no calendar has"))
    for level in page.levels:
        if level.segments and not _within(covered, level.start, level.end):
            told.append(_unread(found, level.start, level.end, "level"))
    meant = _covered(page, found, _WHO)
    for sentence in _SENTENCE.finditer(page.text):
        start, end = sentence.start(), sentence.end()
        if _within(meant, start, end):
            continue
        if start < _HEAD and _DATED.search(sentence[0]):
            continue  # the line that says where and when the note was written
        i, j = page.words.slice(start, end)
        if all(page.heading[t] or page.words.norm[t] in ":.-" for t in range(i, j)):
            continue
        if len(_WORD.findall(sentence[0])) >= _WORDS_OF_A_SENTENCE:
            told.append(_unread(found, start, end, "sentence"))
        elif _NAMES.search(sentence[0]):
            told.append(_unread(found, start, end, "disease, allergy, operation or result"))
    return tuple(sorted(told, key=lambda unread: (unread.start, unread.end, unread.why)))


def _unread(found: Found, start: int, end: int, why: str) -> Unread:
    start, end = found.squeezed.back(start, end)
    return Unread(start, end, found.note[start:end], why)


def _covered(page: Page, found: Found, without: frozenset[str] = frozenset()) -> bytearray:
    """One byte for each character of the note: 1 where something was read."""
    covered = bytearray(len(page.text) + 1)
    spans = {(said.start, said.end) for name, said in found.flat if name not in without}
    spans.update((said.start, said.end) for entry in found.entries for _, said in entry.fields)
    if not without:
        spans.update(found.read)
    for start, end in spans:
        covered[start:end] = b"\1" * (end - start)
    return covered


def _within(covered: bytearray, start: int, end: int) -> bool:
    return covered.find(1, start, end) >= 0
