"""Bytes in and bytes out: files, standard input, and output that is written whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

from spondyl.cli.usage import WrongUsageError
from spondyl.intake.inputs import MOST_BYTES, Input
from spondyl.record import Problem, Refusal


def take(paths: Sequence[str]) -> list[Input]:
    """The inputs of these paths, `-` for standard input. Raises Refusal with every path that cannot be read."""
    if paths.count("-") > 1:
        raise WrongUsageError("I101", "standard input is named twice", "-", "name it once")
    problems: list[Problem] = []
    inputs: list[Input] = []
    names: set[str] = set()
    for path in paths:
        name = base = "stdin" if path == "-" else os.path.basename(os.path.normpath(path))
        count = 1
        while name in names:
            count += 1
            name = f"{base}#{count}"
        names.add(name)
        try:
            inputs.append(Input(name, _bytes(path)))
        except (OSError, ValueError) as error:
            problems.append(_unreadable(path, error))
    if problems:
        raise Refusal(problems)
    return inputs


def _bytes(path: str) -> bytes:
    if path != "-":
        with open(path, "rb") as file:
            return file.read(MOST_BYTES + 1)
    if sys.stdin.isatty():
        sys.stderr.write("Type or paste the note; end with Ctrl-D on a line of its own.\n")
    stream = getattr(sys.stdin, "buffer", None)
    return stream.read(MOST_BYTES + 1) if stream is not None else sys.stdin.read().encode("utf-8")


def _unreadable(path: str, error: Exception) -> Problem:
    if isinstance(error, FileNotFoundError):
        return Problem("I020", "there is no such file", path, "check the path; a note from the keyboard is `-`")
    if isinstance(error, IsADirectoryError):
        return Problem("I020", "this is a folder", path, "name the files in it")
    if isinstance(error, PermissionError):
        return Problem("I020", "this file may not be read", path, "change its permissions, or copy it")
    return Problem("I020", "this file cannot be read", path, "check the path")


def site_of(folder: str | None) -> Path | None:
    """The folder of a site. Raises WrongUsageError when it is none: a slip must not quietly mean "no site"."""
    if folder is None:
        return None
    if not os.path.isdir(folder):
        raise WrongUsageError("I109", "there is no such folder", "--site", "name the folder with your site's rules")
    return Path(folder)


def give(answer: str | bytes, output: str | None, inputs: Sequence[str] = ()) -> None:
    """Writes an answer to a file, whole or not at all, or to standard output. Raises WrongUsageError."""
    content = answer.encode("utf-8", "replace") if isinstance(answer, str) else answer
    if output is None or output == "-":
        if content.startswith(b"%PDF") and sys.stdout.isatty():
            raise WrongUsageError("I110", "a PDF says nothing to a terminal", "-o", "name a file: -o plan.pdf")
        try:
            _print(content)
        except BrokenPipeError:
            raise
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is left is not tried once more when the program ends
            remedy = "make room, or name a file with -o"
            raise WrongUsageError("I106", "the answer cannot be written", "standard output", remedy) from None
        return
    for path in inputs:
        if path != "-" and os.path.exists(output) and os.path.exists(path) and os.path.samefile(path, output):
            raise WrongUsageError("I107", "the answer would replace an input", "-o", "name another file")
    try:
        _write(output, content)
    except (OSError, ValueError):
        raise WrongUsageError(
            "I106", "this file cannot be written", "-o", "check the folder and its permissions"
        ) from None


def _print(content: bytes) -> None:
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        sys.stdout.write(content.decode("utf-8", "replace"))
    else:
        sys.stdout.flush()
        stream.write(content)
        stream.flush()
    sys.stdout.flush()


def _write(output: str, content: bytes) -> None:
    try:
        mode = os.stat(output).st_mode
    except FileNotFoundError:
        mode = None
    if mode is not None and not stat.S_ISREG(mode):
        with open(output, "wb") as file:  # a device or a pipe has no half state
            file.write(content)
        return
    import tempfile

    real = os.path.realpath(output)
    handle, beside = tempfile.mkstemp(dir=os.path.dirname(real) or ".", prefix=".spondyl-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(beside, 0o600 if mode is None else stat.S_IMODE(mode))
        os.replace(beside, real)
    except BaseException:
        os.unlink(beside)
        raise


def colored(wish: str, output: str | None) -> bool:
    """Whether the text form is colored: on a terminal, unless NO_COLOR is set or the terminal cannot."""
    if wish != "auto":
        return wish == "always"
    if output is not None or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()
