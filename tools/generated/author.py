"""docs/tutorials/author.md: the drafts of the page are written and tried in their order, and the outputs printed again.

`<!-- write: FILE -->` before a YAML or text block writes it, `<!-- remove: FILE -->` takes a file away, and what stands
between `<!-- tried: WORDS -->` and `<!-- /tried -->` is what `spondyl WORDS` prints then.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from spondyl.cli.main import main

HOME = Path(__file__).resolve().parents[2]
PAGE = "docs/tutorials/author.md"
_STEP = re.compile(
    r"<!-- write: (?P<write>\S+) -->\n```\w+\n(?P<text>.*?)^```\n"
    r"|<!-- remove: (?P<remove>\S+) -->\n"
    r"|(?P<head><!-- tried: (?P<words>[^>]+?) -->\n).*?(?P<tail><!-- /tried -->)",
    re.DOTALL | re.MULTILINE,
)
_CODE = re.compile(r"\bK\d{3}\b")
_LATER = "before it is committed"  # what follows is a warning, not a failure


class Tried(NamedTuple):
    """One command of the page: its words, exit status and what it printed."""

    words: str
    status: int
    said: str


def replay(page: str) -> tuple[str, list[Tried]]:
    """The page with its outputs printed again, and every command in order."""
    tried: list[Tried] = []

    def step(found: re.Match[str]) -> str:
        if found["write"]:
            path = Path(found["write"])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(found["text"], encoding="utf-8")
            return found[0]
        if found["remove"]:
            Path(found["remove"]).unlink()
            return found[0]
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            status = main([*found["words"].split(), "--color", "never"])
        coded = bool(_CODE.search(out.getvalue().partition(_LATER)[0]))
        assert coded is (status == 4), f"{found['words']} ends with {status}"
        tried.append(Tried(found["words"], status, out.getvalue()))
        lines = "\n".join(line.rstrip() for line in out.getvalue().rstrip("\n").split("\n"))
        return f"{found['head']}```\n{lines}\n```\n{found['tail']}"

    with tempfile.TemporaryDirectory() as folder, _inside(folder):
        return _STEP.sub(step, page), tried


@contextlib.contextmanager
def _inside(folder: str) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def pages() -> dict[str, str]:
    return {PAGE: replay((HOME / PAGE).read_text(encoding="utf-8"))[0]}
