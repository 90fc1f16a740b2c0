"""Runs a CQL library for many patients, in one Node process, with an engine of other people."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent


def node() -> str | None:
    beside = Path(sys.executable).parent / "node"
    return str(beside) if beside.exists() else shutil.which("node")


def missing() -> str | None:
    """Why it cannot run; tests/conftest.py says NOT RUN for the suite."""
    if node() is None:
        return "Node is not installed"
    return None if (HERE / "node_modules" / "cql-execution").exists() else "the Node packages are not installed"


def run(library: str, patients: Sequence[Mapping[str, object]]) -> list[dict[str, bool | None]]:
    """Every definition of the library for every patient. Raises ValueError with what the translator says."""
    with tempfile.TemporaryDirectory() as folder:
        text, rows = Path(folder) / "library.cql", Path(folder) / "patients.ndjson"
        text.write_text(library, encoding="utf-8")
        rows.write_text("".join(json.dumps(patient) + "\n" for patient in patients), encoding="utf-8")
        command = [node() or "node", str(HERE / "run.mjs"), str(text), str(rows)]
        done = subprocess.run(command, cwd=HERE, check=False, text=True, capture_output=True, timeout=120)
    if done.returncode:
        raise ValueError(done.stderr.strip())
    return [json.loads(line) for line in done.stdout.splitlines()]
