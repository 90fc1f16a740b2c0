"""The quick reader of cases gives what the full reader gives, or leaves the file to it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spondyl.intake.usual_yaml import usual
from spondyl.knowledge.source import plain, read_bytes

HOME = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((HOME / "examples").glob("*.yaml"))

WORDS = st.sampled_from(
    ["a", "L4-L5", "2026-10-02", "12", "-3", "1.5", "1e3", ".5", "true", "False", "null", "~", "", "low back", "a:b",
     "é",
     '"x y"', "'it''s'", "'x'", '"a\\n"', "[a, b]", "[]", "{}", "{low: 1, high: 2}", "{a: [1, {b: 2}]}", "[a", "{a}",
     "{a: 1, a: 2}", "[a,]", "[a]b", "&x a", "*x", "!!int 3", "|", ">", "- a", "#x", "a #x", "a#x", "a\tb", "a, b", "?",
     "007", "0x1F", "50%", "(a)", "a (b)", "-", "--", "...", "@a", "`a", "x: y", "=", "<<", "\u2028", "1_000", "-.5"]
)  # fmt: skip
KEYS = st.sampled_from(
    ["a", "b", "c_d", "e.f", "true", "null", "1", '"q"', "a b", "- a", "- b", "-", "- ", "#", "---", "é"]
)
LINES = st.builds(
    lambda indent, key, colon, word, end: f"{' ' * indent}{key}{colon}{word}{end}",
    st.integers(0, 4), KEYS, st.sampled_from([": ", ":", " : ", "", ":  "]), WORDS,
    st.sampled_from(["", "", " ", " # no"]),
)  # fmt: skip
ENDS = st.sampled_from(["\n", "\n", "\n", "\r\n", "\n\n", "\n# remark\n"])
TEXTS = st.lists(st.tuples(LINES, ENDS), max_size=7).map(lambda lines: "".join(line + end for line, end in lines))


@settings(max_examples=2_000)
@given(TEXTS)
def test_what_is_read_quickly_reads_the_same_in_full(text: str) -> None:
    quickly = usual(text.encode())
    if quickly is not None:
        document = read_bytes(text.encode(), "case")
        assert not document.problems, document.problems
        assert document.root is not None
        full = plain(document.root)
        assert quickly == full
        assert repr(quickly) == repr(full)  # 1 is not 1.0 and not True


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_examples_are_written_the_usual_way(path: Path) -> None:
    content = path.read_bytes()
    document = read_bytes(content, path.name)
    assert document.root is not None
    assert usual(content) == plain(document.root)


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 2\n",
        "a: &x [1]\nb: *x\n",
        "a: !!int 1\n",
        "a: [1\n",
        "a:\n  b: 1\n c: 2\n",
        "- a\n",
        "",
        "a: 1\n---\nb: 2\n",
    ],
)
def test_what_is_wrong_or_unusual_is_left_to_the_full_reader(text: str) -> None:
    assert usual(text.encode()) is None


def test_a_case_in_the_usual_form_loads_no_yaml_library() -> None:
    script = (
        "import sys; from spondyl.intake.case import parse_yaml; "
        f"parse_yaml(open({str(EXAMPLES[0])!r}, 'rb').read(), 'case'); print('ruamel' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", script], check=True, text=True, capture_output=True)
    assert told.stdout.split() == ["False"]
