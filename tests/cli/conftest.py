"""Runs the command line within the process: status, standard output and standard error."""

from __future__ import annotations

import functools
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from spondyl import knowledge
from spondyl.cli import main
from spondyl.intake import phrases

DAY = "2026-11-22"
NOTE = (
    "Clinic note 11/20/2026\n"
    "52F, L5-S1 fusion in March 2025. Low back pain for 8 months, 7/10, worse standing.\n"
    "No saddle numbness, no fever. Takes ibuprofen as needed.\n"
)
CASE = (
    'schema: spondyl/case/1\nwritten_on: "2026-11-20"\nfacts:\n  age_years: 52\n  pain_regions: [low_back]\n'
    '  nrs_back: 7\nsurgeries:\n  - {procedure: [fusion], levels: [L5-S1], date: "2025-03", status: done}\n'
)


class Ran(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def codes(self) -> list[str]:
        """The codes on standard error, from text or JSON."""
        if self.err.startswith("{"):
            return [one["code"] for one in json.loads(self.err)["errors"]]
        return [line.split(":")[0] for line in self.err.splitlines() if line[1:4].isdigit() and line[4:5] == ":"]

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The knowledge base and the lexicon are read once for all tests, not once for each command."""
    monkeypatch.setattr("spondyl.knowledge.load", _load)
    monkeypatch.setattr("spondyl.intake.phrases._plain", _plain)


_load = functools.cache(knowledge.load)
_plain = functools.cache(phrases._plain)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def follow(*argv: str | Path, stdin: bytes | None = None) -> Ran:
        if stdin is not None:
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        status = main([str(one) for one in argv])
        out, err = capsys.readouterr()
        return Ran(status, out, err)

    return follow


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text(NOTE, encoding="utf-8")
    return path


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    return path
