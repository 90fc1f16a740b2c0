"""One program for all requests. It works on one case at a time, in a thread, and says so when that takes too long.

What the program remembers between patients is not made for several threads, so that a lock stands around it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

import anyio
import anyio.to_thread

from spondyl.engine import Program
from spondyl.explain import Words
from spondyl.service.refusing import refused

T = TypeVar("T")


class Work:
    """The program, its words, and the lock around them."""

    def __init__(self, program: Program, seconds: float) -> None:
        self.program = program
        self.rules = program.rules
        self._seconds = seconds
        self._lock = threading.Lock()

    def words(self, locale: str) -> Words:
        """The words of a locale; made once."""
        return self.program.remembered(("words", locale), lambda: Words(self.rules, locale))

    async def do(self, task: Callable[[], T]) -> T:
        """What a task gives. Raises Refused (I207) when it is not done in time."""

        def locked() -> T:
            with self._lock:
                return task()

        try:
            with anyio.fail_after(self._seconds):
                return await anyio.to_thread.run_sync(locked, abandon_on_cancel=True)
        except TimeoutError:
            raise refused("I207", "this takes too long", "case", "give the part that concerns the spine") from None
