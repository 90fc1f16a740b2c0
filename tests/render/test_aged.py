"""A denial that is no longer fresh is told with its day, and is not called undocumented."""

from __future__ import annotations

from documents.made import note

from spondyl.render.aged import aged
from spondyl.render.documents import packet
from spondyl.render.parts import Sheet

NOTE = "Date: {day}. 62M, L4-S1 fusion with screws 03/2024. Low back pain for 8 months. No fever. Wants an injection."


def results(day: str) -> set[str]:
    made = note(NOTE.format(day=day))
    sheet = Sheet(made.record, made.words)
    return {
        sheet.result_word(one)
        for gate in made.record["gates"]
        for one in gate["criteria"]
        if one["criterion"] == "fever" and one["kind"] == "check_first"
    }


def test_a_fever_denied_days_ago_is_told_with_its_day():
    assert results("11/14/2026") == {"recorded on 2026-11-14, too old to reassure"}


def test_nothing_is_too_old_on_the_day_of_the_visit():
    made = note(NOTE.format(day="11/20/2026"))
    assert aged(made.record, made.words.rules) == {}
    assert results("11/20/2026") == {"met"}


def test_the_packet_asks_for_it_again_and_says_why():
    made = note(NOTE.format(day="11/14/2026"))
    [fever] = [
        one for one in packet(made.record, made.words, "revision_surgery")["criteria"] if one["criterion"] == "fever"
    ]
    assert "fever (recorded on 2026-11-14, too old to reassure)" in fever["missing"]
