"""Coded problems on standard error: as text, or as the contract's document of errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from spondyl.record import Problem, as_errors

_MOST = 120


def say(problems: Sequence[Problem], *, as_json: bool) -> None:
    """Prints every problem on standard error."""
    ordered = sorted(problems, key=lambda one: (one.where, one.code))
    if as_json:
        import orjson

        text = orjson.dumps(as_errors(ordered), option=orjson.OPT_INDENT_2).decode() + "\n"
    else:
        text = "\n\n".join(problem_text(one, color=_colored()) for one in ordered) + "\n"
    sys.stderr.write(text)
    sys.stderr.flush()


def problem_text(one: Problem, *, color: bool = False) -> str:
    """One problem: code and message, the place, what to do next."""
    bold, red, dim, off = ("\x1b[1m", "\x1b[31m", "\x1b[2m", "\x1b[0m") if color else ("", "", "", "")
    head = f"{bold}{red}{one.code}{off}{bold}: {_plain(one.message)}{off}"
    return f"{head}\n\n  {dim}{_plain(one.where)}{off}\n  {_sentence(_plain(one.next))}"


def warn(message: str) -> None:
    """One line on standard error that does not change the exit status."""
    sys.stderr.write(f"warning: {message}\n")


def _plain(text: str) -> str:
    """The text without control characters, cut where it is far too long."""
    shown = "".join(character if character.isprintable() else "?" for character in text)
    return shown if len(shown) <= 4 * _MOST else shown[: 4 * _MOST] + "…"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def _colored() -> bool:
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and sys.stderr.isatty()
