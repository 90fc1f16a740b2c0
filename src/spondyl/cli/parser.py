"""What was typed becomes settings, or a coded refusal. Only the parser of the wanted command is built."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Sequence
from datetime import date
from typing import NoReturn

from spondyl.cli.manual import BY_NAME, LATER, LATER_FORMATS, Command, Option
from spondyl.cli.usage import WrongUsageError

EARLIEST, LATEST = "1950-01-01", "2149-12-31"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongUsageError("I101", message.split(": '", 1)[0], self.prog, f"see: {self.prog} --help")


def parser(command: Command) -> argparse.ArgumentParser:
    """The parser of one command."""
    examples = "\n".join(f"  {typed}\n      {says}" for typed, says in command.examples)
    made = _Parser(
        prog=f"spondyl {command.name}",
        description=command.says,
        epilog=f"examples:\n{examples}",
        formatter_class=lambda prog: argparse.RawDescriptionHelpFormatter(prog, max_help_position=28, width=100),
        allow_abbrev=False,
    )
    for name, count, says in command.arguments:
        many = None if count == "1" else count
        if many is None:
            made.add_argument(name, metavar=name.upper(), help=says)
        else:
            made.add_argument(name, metavar=name.upper(), nargs=many, help=says)
    for option in command.options:
        _add(made, option)
    return made


def _add(made: argparse.ArgumentParser, option: Option) -> None:
    says = option.says
    if option.argument is None:
        made.add_argument(*option.flags, action="store_true", help=says)
        return
    if option.many:
        made.add_argument(*option.flags, metavar=option.argument, action="append", help=says)
        return
    if option.choices:
        says += f": {', '.join(option.choices)}"
    if option.default:
        says += f" (default {option.default})"
    made.add_argument(*option.flags, metavar=option.argument, default=option.default, help=says)


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The settings of a command line whose first word is the command. Raises WrongUsageError."""
    name, rest = argv[0], list(argv[1:])
    command = BY_NAME.get(name)
    if name in LATER:
        raise WrongUsageError("I102", f"`spondyl {name}` is not in this version", "command", "see: spondyl --help")
    if command is None:
        near = difflib.get_close_matches(name, [*BY_NAME], n=1)
        remedy = f"did you mean `spondyl {near[0]}`?" if near else "see: spondyl --help"
        raise WrongUsageError("I103", "there is no such command", "command", remedy)
    if name == "knowledge":
        return _knowledge(rest)
    if name == "whatif":
        settings = _whatif(command, rest)
    else:
        settings = parser(command).parse_args(rest)
    _examine(settings, command)
    settings.command = name
    return settings


def _knowledge(rest: Sequence[str]) -> argparse.Namespace:
    """An action of `spondyl knowledge` with its settings."""
    from spondyl.cli.manual_knowledge import BY_ACTION, LATER, overview

    action = rest[0] if rest else ""
    if action in ("-h", "--help"):
        import sys

        sys.stdout.write(overview())
        raise SystemExit(0)
    if action in LATER:
        message = f"`spondyl knowledge {action}` is not in this version"
        raise WrongUsageError("I102", message, "command", f"one of {', '.join(BY_ACTION)}")
    command = BY_ACTION.get(action)
    if command is None:
        near = difflib.get_close_matches(action, [*BY_ACTION], n=1)
        remedy = f"did you mean `spondyl knowledge {near[0]}`?" if near else f"one of {', '.join(BY_ACTION)}"
        raise WrongUsageError("I103", "there is no such action", "spondyl knowledge", remedy)
    settings = parser(command).parse_args(rest[1:])
    _examine(settings, command)
    settings.command, settings.action = "knowledge", action
    return settings


def _whatif(command: Command, rest: Sequence[str]) -> argparse.Namespace:
    """Paths and changes may stand in any order: a change has an equals sign and is no file."""
    import os

    changes = [one for one in rest if "=" in one and not one.startswith("-") and not os.path.exists(one)]
    others = [one for one in rest if one not in changes]
    asked = {"-h", "--help"} & set(others)
    if not changes and not asked:
        raise WrongUsageError("I101", "no change is given", "spondyl whatif", "add name=value, such as fever=true")
    shown: Command = command
    if not asked:
        shown = command._replace(arguments=command.arguments[:1])
    settings = parser(shown).parse_args(others)
    settings.change = changes
    return settings


def _examine(settings: argparse.Namespace, command: Command) -> None:
    for option in command.options:
        name = option.flags[-1].lstrip("-").replace("-", "_")
        value = getattr(settings, name)
        if not option.choices or value is None or value in option.choices:
            continue
        if name == "format" and value in LATER_FORMATS:
            raise WrongUsageError("I102", f"the form `{value}` is not in this version", "--format", _one_of(option))
        raise WrongUsageError(
            "I104", f"this value of {option.flags[-1]} does not exist", option.flags[-1], _one_of(option)
        )
    if getattr(settings, "as_of", None) is not None:
        _check_day(settings.as_of)


def _one_of(option: Option) -> str:
    return f"one of {', '.join(option.choices)}"


def _check_day(day: str) -> None:
    try:
        good = len(day) == 10 and date.fromisoformat(day).isoformat() == day and EARLIEST <= day <= LATEST
    except ValueError:
        good = False
    if not good:
        remedy = f"write a day from {EARLIEST} to {LATEST}, such as 2026-11-22"
        raise WrongUsageError("I105", "this is not a day", "--as-of", remedy)
