"""The regular expressions of the note reader, kept as Python compiled them: compiling takes longer than reading a note.

They are kept beside the compiled knowledge for the Python that wrote them. Another Python, a changed expression or a
missing file only means that `re.compile` does its work as ever: nothing depends on what is kept.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from typing import Any

from spondyl.knowledge.load import COMPILED, put, quick, quickly

KEPT = COMPILED / "expressions.quick"


def ready(pattern: str, flags: int) -> re.Pattern[str]:
    """The compiled expression, from what is kept if it is there."""
    held = _kept().get(f"{flags} {pattern}")
    if held is None:
        return re.compile(pattern, flags)
    import _sre  # type: ignore[import-not-found]

    every, code, groups, names, numbers = held
    made: re.Pattern[str] = _sre.compile(pattern, every, list(memoryview(code).cast("I")), groups, names, numbers)
    return made


@lru_cache(maxsize=1)
def _kept() -> dict[str, Any]:
    kept = quickly(KEPT) or {}
    held: dict[str, Any] = kept.get("expressions", {}) if kept.get("python") == _python() else {}
    return held


def _python() -> str:
    """What compiled expressions depend on: the code of one Python means something else to another."""
    import _sre

    return f"{sys.implementation.cache_tag} {sys.hexversion} {_sre.MAGIC} {_sre.CODESIZE} {sys.byteorder}"


def keep(expressions: Iterable[tuple[str, int]]) -> None:
    """Writes what `ready` reads; only what `re.compile` gives for the same expression is kept."""
    made = {}
    for pattern, flags in expressions:
        parts = _parts(pattern, flags)
        if parts is not None:
            made[f"{flags} {pattern}"] = parts
    with suppress(OSError):  # an installation that may not be written to compiles each time, only slower
        put(KEPT, quick({"python": _python(), "expressions": made}))
    _kept.cache_clear()


def _parts(pattern: str, flags: int) -> list[Any] | None:
    """What `re` hands to its engine, None when this Python does it otherwise."""
    import _sre

    try:
        from re import _compiler, _parser  # type: ignore[attr-defined]

        tree = _parser.parse(pattern, flags)
        code = b"".join(int(one).to_bytes(4, sys.byteorder) for one in _compiler._code(tree, flags))
        state = tree.state
        numbers = [None] * state.groups
        for name, number in state.groupdict.items():
            numbers[number] = name
        parts = [int(flags | state.flags), code, state.groups - 1, dict(state.groupdict), tuple(numbers)]
        same = _sre.compile(pattern, parts[0], list(memoryview(code).cast("I")), *parts[2:]) == re.compile(
            pattern, flags
        )
    except (ImportError, AttributeError, TypeError, RuntimeError):
        return None
    return parts if same and _sre.CODESIZE == 4 else None
