"""A reading as a page: whole, escaped, without script; every fact leads to its mark and back; small screens, print."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from formats.conftest import _load
from hypothesis import given
from hypothesis import strategies as st

from spondyl.explain import Words
from spondyl.render.marked import marked_page
from spondyl.render.marked_text import LABELS, Span, marked, segments
from spondyl.render.marked_words import name_of, value_of

NOTE = """Clinic note 11/20/2026
62F, L4-S1 TLIF 06/2025. Back pain 6/10. Denies fever. Possible foot drop. Father had colon cancer.
Return if she develops chills. <script>alert(1)</script> <b>x</b> &lt; " ' </div></main>
The quince orchard bloomed gladly near Utrecht station at T9 in spring. Evil \u202etxt\u202c \x00 \x07 end.
"""
VOID = {"meta", "br", "hr"}


class Page(HTMLParser):
    """Checks that every element is closed in order, and gathers ids, links and text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.words = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if "href" in given:
            self.links.append(given["href"])
        assert not [name for name in given if name.startswith("on") or name in ("src", "srcset", "action")]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words += data


@pytest.fixture
def html(read):
    return marked_page(read(NOTE.encode()), Words(_load()))


def test_whole_and_closed(html):
    page = Page(html)
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert all(link.startswith("#") for link in page.links)
    assert "script" not in page.tags
    assert html.startswith('<!doctype html>\n<html lang="en-US">')
    assert "default-src &#x27;none&#x27;" in html


def test_every_fact_has_its_line_and_its_mark(html, read):
    answer = read(NOTE.encode())
    for number, fact in enumerate(answer["facts"]):
        assert f'id="f{number}"' in html
        assert f'id="p{fact["source"]["start"]}"' in html
    for number, _ in enumerate(answer["unread"]):
        assert f'id="u{number}"' in html
    assert answer["unread"]


def test_assertions_are_told_apart_without_color(html):
    told = set(re.findall(r'<span class="label">([^<]+)</span>', html))
    assert {"no", "?", "if", "family", "not read"} <= told
    style = html.partition("<style>")[2].partition("</style>")[0]
    lines = {re.search(rf"\.{kind} :is\(a, \.how\) {{ ([^}}]+) }}", style)[1].replace("var", "") for kind in LABELS}
    assert len({re.sub(r"\(--\w+\)", "", line) for line in lines}) == len(LABELS)


def test_what_the_note_brings_is_only_text(html):
    page = Page(html)
    assert "<script>alert(1)</script> <b>x</b> &lt; \" ' </div></main>" in page.words
    assert "U+202E" in page.words
    assert "U+0000" in page.words
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", html)


def test_small_screens_and_print(html):
    assert 'name="viewport" content="width=device-width, initial-scale=1"' in html
    assert "@media print" in html
    assert "overflow-wrap: anywhere" in html


def test_values_read_in_words():
    words = Words(_load())
    assert name_of("surgeries.0.levels", words) == "operation 1, levels"
    assert value_of("surgeries.0.levels", ["L4-L5", "L5-S1"], words) == "L4-L5, L5-S1"
    assert value_of("surgeries.0.approach", "tlif", words) == "TLIF"
    assert value_of("nrs_back", {"low": 4, "high": 6}, words).startswith("4 to 6")
    assert value_of("fever", True, words) == ""
    assert value_of("allergies", [], words) == "none"


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30), st.sampled_from(sorted(LABELS))), max_size=12)


@given(text=st.text(max_size=60), spans=SPANS)
def test_the_note_stays_whole_whatever_overlaps(text, spans):
    made = [Span(start, start + length, kind, f"f{number}") for number, (start, length, kind) in enumerate(spans)]
    assert "".join(one.text for one in segments(text, made)) == text
    html = "".join(marked(text, made))
    page = Page(html)
    assert len(page.ids) == len(set(page.ids))
    assert set(page.ids) == {f"p{span.start}" for span in made if span.end <= len(text)}


def test_the_command_writes_it(read, tmp_path, monkeypatch, capsys):
    from spondyl.cli import main

    monkeypatch.setattr("spondyl.knowledge.load", lambda *_: _load())
    note, page = tmp_path / "n.txt", tmp_path / "n.html"
    note.write_text(NOTE.replace("\x00", ""), encoding="utf-8")
    assert main(["read", str(note), "--format", "html", "-o", str(page), "--as-of", "2026-11-22"]) == 0
    assert capsys.readouterr() == ("", "")
    assert "The note" in Page(page.read_text(encoding="utf-8")).words


def test_what_was_not_read_is_on_the_page_and_on_standard_error(tmp_path, monkeypatch, capsys, read):
    from formats.made import HPI, PICTURE, pdf

    from spondyl.cli import main

    monkeypatch.setattr("spondyl.knowledge.load", lambda *_: _load())
    note = tmp_path / "n.pdf"
    note.write_bytes(pdf(HPI, PICTURE))
    for form in ("html", "text", "json"):
        assert main(["read", str(note), "--format", form, "--as-of", "2026-11-22"]) == 0
        out, err = capsys.readouterr()
        assert "page 2: a picture without text" in out
        assert err == "warning: not read: n.pdf: page 2: a picture without text\n"
    assert main(["plan", str(note), "--as-of", "2026-11-22"]) == 0
    assert "not read: n.pdf: page 2" in capsys.readouterr().err
