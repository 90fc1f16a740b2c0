"""The Makefile is the manual."""

import ast
import subprocess
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
LISTED = ["demo", "test", "check", "fix", "bench", "hunt", "docs"]


def test_make_alone_lists_the_commands():
    told = subprocess.run(["make", "--no-print-directory"], cwd=HOME, check=True, text=True, capture_output=True)
    named = [line.split()[1] for line in told.stdout.splitlines() if line.startswith("  make ")]
    assert [name for name in named if name in LISTED] == LISTED


def test_ci_runs_make_test():
    script = HOME / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert "make test" in script.read_text(encoding="utf-8")


def test_what_is_begun_first_is_there():
    tree = ast.parse((HOME / "tests" / "conftest.py").read_text(encoding="utf-8"))
    assigned = {node.targets[0].id: node.value for node in tree.body if isinstance(node, ast.Assign)}
    longest = ast.literal_eval(assigned["LONGEST"])
    assert longest
    assert [name for name in longest if not (HOME / "tests" / name).is_file()] == []
