"""Regular expressions that are compiled when first used: most runs of the program read no note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from sys import maxsize
from typing import ClassVar


class Lazy:
    """A regular expression, compiled at its first use."""

    made: ClassVar[list[Lazy]] = []

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = int(flags)
        self.made.append(self)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        from spondyl.intake.expressions import ready

        made = ready(self.pattern, self.flags)
        # From now on the expression is asked itself, without a call in between.
        self.__dict__.update(
            {name: getattr(made, name) for name in ("search", "match", "fullmatch", "finditer", "findall")}
        )
        return made

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        return self.compiled.search(text, start, end)

    def match(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        return self.compiled.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """As `re.Pattern.fullmatch`."""
        return self.compiled.fullmatch(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        return self.compiled.finditer(text, start, end)

    def findall(self, text: str) -> list[str]:
        """As `re.Pattern.findall`."""
        return self.compiled.findall(text)
