"""The examples of the README are run."""

import re
import subprocess
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2]
README = (HOME / "README.md").read_text(encoding="utf-8")
COMMAND = HOME / ".venv" / "bin" / "spondyl"

pytestmark = pytest.mark.skipif(
    not (COMMAND.exists() and (HOME / "src/spondyl/cli/__init__.py").exists()), reason="there is no command line yet"
)


def example(language: str) -> str:
    block = re.search(rf"^( *)```{language}\n(.*?)^ *```$", README, re.MULTILINE | re.DOTALL)
    assert block is not None
    indent, text = block.groups()
    return "".join(line.removeprefix(indent) for line in text.splitlines(keepends=True))


def spondyl(*words: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(COMMAND), *words], check=False, text=True, capture_output=True, input=given)


@pytest.fixture
def note(tmp_path) -> str:
    path = tmp_path / "note.txt"
    path.write_text(example("text"), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    "command",
    [
        line.replace(".venv/bin/spondyl ", "")
        for line in re.findall(r"\.venv/bin/spondyl [^`\n<]*note\.txt[^`\n<]*", README)
    ],
)
def test_the_commands_on_the_note(note, command):
    done = spondyl(*(note if word == "note.txt" else word for word in command.split()))
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_the_note_from_the_keyboard():
    done = spondyl("plan", "-", given=example("text"))
    assert done.returncode == 0, done.stderr


def test_the_structured_case(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(example("yaml"), encoding="utf-8")
    done = spondyl("plan", str(path), "--as-of", "2026-11-22")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
