"""The confined process: a file on standard input, its text as JSON on standard output."""

from __future__ import annotations

import json
import sys

from spondyl.record import Refusal, as_errors

from .attachment import read_form
from .confined import _TOO_MUCH, MEMORY, SECONDS
from .refuse import too_long
from .writer import TooLongError


def _limit() -> None:
    try:
        import resource
    except ImportError:  # not on every system; the time limit of the parent holds everywhere
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main(form: str) -> int:
    """Exit status 0 with an answer or a refusal, 3 for too much memory; anything else is a damaged file."""
    content = sys.stdin.buffer.read()
    _limit()
    try:
        found = read_form(form, content, "")
        answer = {"documents": [one.as_json() for one in found.documents], "not_read": list(found.not_read)}
    except Refusal as refusal:
        answer = {"problems": as_errors(refusal.problems)["errors"]}
    except TooLongError:
        answer = {"problems": as_errors(too_long("").problems)["errors"]}
    except (MemoryError, RecursionError):
        return _TOO_MUCH
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
