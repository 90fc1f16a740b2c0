"""docs/reference/cli.md: every command, from the same table that makes the help."""

from __future__ import annotations

from spondyl.cli.manual import COMMANDS, Command, Option
from spondyl.cli.manual_knowledge import ACTIONS

INTRO = """\
# The command line

A case is a clinical note (`.txt`, `.md`), a structured case (`.yaml`, `.json`), or `-` for standard input. The kind is
recognized from the content. Several paths are one patient.

| exit status | when |
|---|---|
| 0 | done, whatever the urgency |
| 2 | wrong usage |
| 3 | the input was refused; coded problems on standard error, nothing on standard output |
| 4 | the knowledge base is broken |

The same case, date, profile, site, locale, knowledge and version give the same bytes. Without `--as-of` the date is
today. With `--format json` the problems on standard error are a document `spondyl/errors/1`. Colors are for terminals;
`NO_COLOR` turns them off.
"""


def _option(option: Option) -> str:
    typed = ", ".join(f"`{flag}{f' {option.argument}' if option.argument else ''}`" for flag in option.flags)
    says = option.says
    if option.choices:
        says += ": " + ", ".join(f"`{choice}`" for choice in option.choices)
    if option.default:
        says += f" (default `{option.default}`)"
    return f"| {typed} | {says} |"


def _command(command: Command) -> list[str]:
    wanted = " ".join(f"{name.upper()}{'...' if count == '+' else ''}" for name, count, _ in command.arguments)
    lines = [
        f"## spondyl {command.name}",
        "",
        command.says,
        "",
        "```",
        f"spondyl {command.name} {wanted}".rstrip(),
        "```",
    ]
    lines += ["", "| | |", "|---|---|"]
    lines += [f"| `{name.upper()}` | {says} |" for name, _, says in command.arguments]
    lines += [_option(option) for option in command.options]
    lines += ["", "```sh"]
    longest = max(len(typed) for typed, _ in command.examples)
    lines += [f"{typed:<{longest}}  # {says}" for typed, says in command.examples]
    return [*lines, "```", ""]


def pages() -> dict[str, str]:
    lines = [INTRO, "| command | does |", "|---|---|"]
    shown = [one for one in COMMANDS if one.name != "knowledge"] + list(ACTIONS)
    lines += [f"| [`{one.name}`](#spondyl-{one.name.replace(' ', '-')}) | {one.line} |" for one in shown]
    lines.append("")
    for command in shown:
        lines += _command(command)
    return {"docs/reference/cli.md": "\n".join(lines)}
