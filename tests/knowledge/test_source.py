"""Files are read with the place of every node; nothing in a file makes the reader fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spondyl.knowledge.kept import Kept
from spondyl.knowledge.source import Mapping, Scalar, Sequence, offset_in_file, plain, read_bytes

PIECES = [
    "a: b\n", "- x\n", "  ", "{a: 1, ", "}", "[", "]", "'", '"', "|\n", ">\n", "#", "&a ", "*a", "!!str ", "? ",
    "---\n", "%YAML 1.1\n", "\t", "é", "\u2028", "\x00", "\\", ":", ": ", ",", "\n", "~", "true", "1e9",
    "<<: *a", "0x1f",
]  # fmt: skip


@given(
    st.one_of(
        st.binary(max_size=200), st.lists(st.sampled_from(PIECES), max_size=25).map(lambda p: "".join(p).encode())
    )
)
def test_any_bytes_give_a_document_or_coded_problems(content: bytes) -> None:
    document = read_bytes(content, "any.yaml")
    assert document.root is not None or document.problems
    for problem in document.problems:
        assert problem.code in {"K001", "K002", "K003", "K004", "K005", "K006"}
        assert problem.text()


TEXTS = st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 1000) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)


@given(VALUES)
def test_json_is_read_as_it_says(value: object) -> None:
    document = read_bytes(json.dumps({"value": value}, ensure_ascii=True).encode(), "json.yaml")
    assert document.root is not None, document.problems
    assert plain(document.root) == {"value": value}


def test_places() -> None:
    document = read_bytes(b"a: 1\nbb:\n  - {c: two}\n", "x.yaml")
    assert isinstance(document.root, Mapping)
    listed = document.root.items["bb"]
    assert isinstance(listed, Sequence)
    inner = listed.items[0]
    assert isinstance(inner, Mapping)
    assert document.place(inner.keys["c"].start) == (3, 6)
    assert document.place(inner.items["c"].start) == (3, 9)


@pytest.mark.parametrize(
    "text",
    [
        "when: one two three\n",
        "when: 'one two three'\n",
        'when: "one two three"\n',
        "when: >\n  one\n  two three\n",
        "when: >-\n  one two\n\n  three\n",
        "when: |\n  one\n  two\n  three\n",
        "when: one\n  two\n  three\n",
        "when: 'one\n  two three'\n",
        'when: "one \\\n  two\n  three"\n',
        "when: ''' one two three'\n",
        'when: "\\" one two three"\n',
    ],
)
def test_a_place_in_a_text_is_found_in_the_file(text: str) -> None:
    document = read_bytes(text.encode(), "x.yaml")
    assert isinstance(document.root, Mapping)
    node = document.root.items["when"]
    assert isinstance(node, Scalar)
    at = offset_in_file(document, node, str(node.value).index("three"))
    assert text[at : at + 5] == "three"


def test_words_of_yaml_1_2_only() -> None:
    document = read_bytes(b"[yes, no, on, 2026-11-22, 0o17, 1:30, .inf, true, ~, 007, 1.5]\n", "x.yaml")
    assert document.root is not None
    assert plain(document.root) == ["yes", "no", "on", "2026-11-22", "0o17", "1:30", ".inf", True, None, 7, 1.5]


def test_half_a_character_is_refused() -> None:
    assert [p.code for p in read_bytes(b'a: "\\ud800"', "x.yaml").problems] == ["K002"]


def test_deep_and_large_files_are_refused() -> None:
    assert read_bytes(b"[" * 5000, "deep.yaml").problems[0].code == "K002"
    assert read_bytes(b"a" * 2_000_001, "large.yaml").problems[0].code == "K001"


def test_what_was_read_is_remembered_by_its_bytes(tmp_path: Path) -> None:
    file, kept = tmp_path / "a.yaml", tmp_path / "kept.json"
    file.write_bytes("\ufeffa: [1, {b: 'c'}]\nd: >\n  e\n".encode())
    first = Kept(kept)
    read = first.read(file, "a.yaml")
    first.keep()
    again = Kept(kept).read(file, "a.yaml")
    assert again == read
    kept.write_text("{}")
    assert Kept(kept).old == {}
