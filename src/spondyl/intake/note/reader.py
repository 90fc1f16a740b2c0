"""Reads a clinical note into facts, each with its place in the text. It reads; it never decides."""

from __future__ import annotations

from spondyl.record.facts import Reading

from .aims import read_aims
from .authorization import read_authorization
from .carried_facts import read_carried
from .dated import read_days
from .decisions import read_decisions
from .findings import read_findings
from .found import Found
from .imaging import read_imaging
from .layout import layout
from .lexicon import Lexicon
from .limbs import read_limbs
from .measures import read_measures, read_pain_scores
from .medicines import read_medicines
from .motion import read_motion
from .onset import read_onsets
from .operations import read_operations
from .page import Page
from .pain import read_pain
from .person import read_person
from .power import read_power, read_whole_exam
from .provoked import read_provoked
from .resolved import read_resolved
from .sedated import read_sedated
from .squeeze import squeeze
from .substances import read_substances
from .told_scores import read_told_scores
from .treatments import read_treatments
from .trend import read_trend
from .unread import find_unread

_PARTS = (
    read_person,
    read_operations,
    read_findings,
    read_medicines,
    read_imaging,
    read_motion,
    read_measures,
    read_power,
    read_pain,
    read_limbs,
    read_aims,
    read_provoked,
    read_whole_exam,
    read_pain_scores,
    read_told_scores,
    read_trend,
    read_treatments,
    read_sedated,
    read_resolved,
    read_onsets,
    read_days,
    read_substances,
    read_decisions,
    read_authorization,
    read_carried,
)


def read(text: str, name: str, lexicon: Lexicon, undated: str | None = None) -> Reading:
    """The facts of a note in order of first mention, and the day it was written.

    A note without a date counts as written on the day `undated`, so that "4 months ago" has a meaning; its own day
    stays None.

    Text that addresses the reader is read like any other: it can name facts and can do nothing else.
    """
    squeezed = squeeze(layout(text))
    page = Page.prepare(squeezed.text, lexicon, undated)
    found = Found(name, text, squeezed)
    for part in _PARTS:
        part(page, found)
    return Reading(name, text, found.facts(), page.written_on if page.dated else None, find_unread(page, found))
