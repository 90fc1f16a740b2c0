"""What was typed wrongly: the coded answer of exit status 2."""

from __future__ import annotations

from spondyl.record import Problem


class WrongUsageError(Exception):
    """The command line cannot be followed. `problems` says why."""

    def __init__(self, code: str, message: str, where: str, remedy: str) -> None:
        self.problems = (Problem(code, message, where, remedy),)
        super().__init__(message)
