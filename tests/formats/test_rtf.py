"""RTF: text, tables, what stands in headers and notes; objects are refused."""

from __future__ import annotations

import pytest
from formats.conftest import place, told
from formats.made import HPI, rtf


def test_text_and_places(read):
    answer = read(
        rtf(rf"{{\header Clinic 11/20/2026\par}}{HPI}\par \b Denies\b0  fever, saddle numbness.\par caf\'e9 \u8804? 5")
    )
    assert told(answer)["saddle_anesthesia"] == (True, "negated")
    assert place(answer, "surgeries.0.date") == "paragraph 1"
    assert place(answer, "fever") == "paragraph 2"
    assert answer["written_on"] == "2026-11-20"
    assert "café ≤ 5" in answer["text"]


def test_a_table_row_is_a_label_and_its_value(read):
    body = (
        HPI + r"\par\trowd\cellx1000\cellx2000 Fever\cell No\cell\row\trowd\cellx1000\cellx2000 ODI\cell 44 %\cell\row"
    )
    facts = told(read(rtf(body)))
    assert facts["fever"] == (True, "negated")
    assert facts["odi_pct"] == (44, "present")


@pytest.mark.parametrize(
    "group", [r"{{\footnote {}}}", r"{{\shp{{\*\shpinst{{\shptxt {}\par}}}}}}", r"{{\footer {}\par}}"]
)
def test_what_stands_beside_the_text(read, group):
    answer = read(rtf(HPI + r"\par " + group.format("New saddle numbness.")))
    assert told(answer)["saddle_anesthesia"] == (True, "present")


def test_pictures_are_left_and_said(read):
    answer = read(rtf(HPI + r"{\pict\pngblip 89504e470d0a1a0a}"))
    assert answer["not_read"] == ["file: 1 picture"]
    assert "89504e" not in answer["text"]


def test_pairs_of_surrogates_are_one_character(read):
    assert "\U0001f600" in read(rtf(HPI + r" \u-10179?\u-8704?"))["text"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (rtf(r"{\object\objemb{\*\objdata 0105}}" + HPI), "I025"),
        (rtf(""), "I021"),
        (rb"{\rtf1 \u99999999999? x}", "I022"),
        (rb"{\rtf1", "I021"),
    ],
)
def test_refusals(codes, content, code):
    assert codes(content) == [code]


@pytest.mark.parametrize(
    "content", [rb"{\rtf1 " + b"{" * 50_000 + b"fever", rb"{\rtf1 fever" + b"}" * 50_000, rb"{\rtf1\bin999999999 fever"]
)
def test_unbalanced_groups_are_read_or_refused(read, codes, content):
    try:
        read(content)
    except Exception:
        assert codes(content)[0].startswith("I02")
