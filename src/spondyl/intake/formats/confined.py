"""Runs the extraction in a process of its own with limits on time and memory, whatever a file was made to do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any, Final

from spondyl.record import Problem, Refusal

from .document import Document, Extracted
from .refuse import beyond, damaged

SECONDS: Final = 30
MEMORY: Final = 2_000_000_000
_TOO_MUCH: Final = 3


def extract(form: str, content: bytes, name: str, seconds: float = SECONDS) -> Extracted:
    """The text of a file of this form. Raises Refusal; a file that takes too long or too much is refused with I024."""
    command = [sys.executable, "-I", "-m", "spondyl.intake.formats", form]
    errors = None if os.environ.get("SPONDYL_TRACEBACK") else subprocess.DEVNULL
    try:
        done = subprocess.run(
            command, input=content, stdout=subprocess.PIPE, stderr=errors, timeout=seconds, check=False, env=_plain()
        )
    except subprocess.TimeoutExpired:
        raise beyond(name, f"reading the file takes longer than {seconds:g} seconds") from None
    if done.returncode == _TOO_MUCH or done.returncode < 0:
        raise beyond(name, "the file needs more time or memory than a note does")
    if done.returncode:
        raise damaged(name, "the file")
    return _answer(json.loads(done.stdout), name)


def _plain() -> dict[str, str]:
    """The environment of the process: nothing that could change what a file says, the same text every time."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}


def _answer(plain: dict[str, Any], name: str) -> Extracted:
    if problems := plain.get("problems"):
        raise Refusal([Problem(one["code"], one["message"], name, one["next"]) for one in problems])
    return Extracted(tuple(Document.from_json(one) for one in plain["documents"]), tuple(plain["not_read"]))
