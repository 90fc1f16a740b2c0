"""What could not be brought is said, one line a suite, and the run does not pass for a whole one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2]
LINE = "NOT RUN: cql: the packages of tests/cql/package-lock.json are not installed (`make test` brings them with npm)"


@pytest.fixture
def without_node_packages(tmp_path):
    tests = tmp_path / "tests"
    for name in ["cql", "logic"]:
        (tests / name).mkdir(parents=True)
        (tests / name / f"test_{name}.py").write_text("def test_one():\n    pass\n", encoding="utf-8")
    shutil.copy(HOME / "tests" / "conftest.py", tests)
    return tests


def run(tests: Path, allow: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tests), str(tests)],
        check=False,
        text=True,
        capture_output=True,
        cwd=tests,
        env={**os.environ, "ALLOW_MISSING": allow},
    )


@pytest.mark.parametrize(("allow", "status"), [("", 3), ("1", 0)])
def test_a_missing_suite_is_one_line_and_three(without_node_packages, allow, status):
    done = run(without_node_packages, allow)
    assert done.returncode == status
    assert done.stdout.splitlines().count(LINE) == 1
    assert "1 passed" in done.stdout.splitlines()[-1]


def test_a_failure_is_not_hidden_by_what_is_missing(without_node_packages):
    (without_node_packages / "logic" / "test_logic.py").write_text("def test_one():\n    assert 0\n", encoding="utf-8")
    assert run(without_node_packages, "").returncode == 1


@pytest.mark.parametrize(("recipe", "status"), [("true", 0), ("exit 1", 2), ("echo 3 > .tools/test-status; exit 3", 3)])
def test_ci_passes_the_three_on(tmp_path, recipe, status):
    for folder in [".ci", ".tools"]:
        (tmp_path / folder).mkdir()
    shutil.copy(HOME / ".ci" / "run", tmp_path / ".ci")
    (tmp_path / "Makefile").write_text(f"test:\n\t@{recipe}\n", encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(["bash", ".ci/run"], cwd=tmp_path, check=False, capture_output=True, env=environment)
    assert done.returncode == status
