"""What is said when an input cannot be used: a code, the place, the remedy; never a patient's value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an input. `where` is a path or place, `next` what to do about it."""

    code: str
    message: str
    where: str
    next: str

    def as_json(self) -> dict[str, str]:
        """The problem as in the contract's errors."""
        return {"code": self.code, "message": self.message, "where": self.where, "next": self.next}


class Refusal(Exception):  # noqa: N818  # the word of the house for it
    """An input was refused. `problems` has every reason found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{one.code} {one.where}: {one.message}" for one in self.problems))


def as_errors(problems: Sequence[Problem]) -> dict[str, object]:
    """The document of errors in the contract's form."""
    return {"schema": "spondyl/errors/1", "errors": [one.as_json() for one in problems]}
