"""A source is cited only for what it shows: figures stand in it, and each citation was compared with it by someone."""

from __future__ import annotations

import functools
import shutil
from pathlib import Path

import pytest
from knowledge.bases import HOME, KNOWLEDGE

from spondyl.knowledge import check
from spondyl.knowledge.checks_evidence import FILE, fingerprint
from spondyl.knowledge.compare import compared, main


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    root = tmp_path / "knowledge"
    shutil.copytree(KNOWLEDGE, root)
    return root


def put(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@functools.cache
def before() -> list[tuple[str, str, str]]:
    """What is open in the base as it stands."""
    return said(KNOWLEDGE)


def said(root: Path) -> list[tuple[str, str, str]]:
    return [(one.code, one.path.rpartition("/")[2], one.message) for one in check(root) if one.code in ("K044", "K045")]


def test_a_citation_that_nobody_compared_is_refused(copy: Path) -> None:
    put(copy, "gates/manipulation.yaml", "evidence:\n", "evidence:\n  - {source: SIJ-2024, for: osteoporosis}\n")
    new = [one for one in said(copy) if one not in before()]
    assert [(code, name) for code, name, _ in new] == [("K045", "manipulation.yaml")]
    assert "'SIJ-2024' is cited by gate.manipulation: osteoporosis" in new[0][2]


@pytest.mark.slow
def test_citations_are_read_again_when_a_source_shows_something_else(copy: Path) -> None:
    put(copy, "evidence/systematic_review.yaml", "Cervical facet pain 36-67%", "Cervical facet pain 30-67%")
    new = [one for one in said(copy) if one not in before()]
    assert {code for code, _, _ in new} == {"K044", "K045"}
    assert any("what 'CERV-FACET-PREV' shows was changed after" in message for _, _, message in new)
    assert any("36 stands in nothing that CERV-FACET-PREV shows" in message for _, _, message in new)


@pytest.mark.slow
def test_a_figure_from_memory_is_refused(copy: Path) -> None:
    put(copy, "outcomes/facet_share_neck.yaml", "36 to 67 %", "36 to 76 %")
    new = [one for one in said(copy) if one not in before()]
    assert new == [("K044", "facet_share_neck.yaml", "76 stands in nothing that CERV-FACET-PREV shows")]


@pytest.mark.slow
def test_writing_it_down_settles_it(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(copy, "gates/manipulation.yaml", "evidence:\n", "evidence:\n  - {source: SIJ-2024, for: osteoporosis}\n")
    assert main(["--root", str(copy)]) == 1
    out = capsys.readouterr().out
    assert "SIJ-2024 shows:" in out
    assert "gate.manipulation: osteoporosis" in out
    assert main(["--root", str(copy), "--write"]) == 0
    assert "gate.manipulation: osteoporosis" in (copy / FILE).read_text(encoding="utf-8")
    assert compared(copy)[1] == []
    assert not [one for one in said(copy) if one[0] == "K045"]


def test_the_base_itself_holds() -> None:
    assert (HOME / "knowledge" / FILE).is_file()
    assert before() == []


def test_the_fingerprint_is_of_the_words_alone() -> None:
    assert fingerprint("a  b\n c") == fingerprint("a b c")
    assert fingerprint("a b c") != fingerprint("a b d")
