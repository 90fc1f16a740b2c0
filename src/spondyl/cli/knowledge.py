"""`spondyl knowledge check`: every problem of the knowledge base, then every case of its rules."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from spondyl.cli.streams import colored, give
from spondyl.cli.usage import WrongUsage

DONE, BROKEN = 0, 4


def check(settings: Namespace) -> int:
    """Checks a knowledge folder; 4 when something is wrong. Progress goes to standard error."""
    from spondyl.knowledge import as_json, as_text
    from spondyl.knowledge.examine import check as problems_of
    from spondyl.knowledge.load import checkout

    root = Path(settings.folder) if settings.folder else checkout()
    if root is None or not root.is_dir():
        remedy = "name the folder: spondyl knowledge check FOLDER"
        raise WrongUsage("I108", "there is no knowledge folder here", "spondyl knowledge check", remedy)
    site = Path(settings.site) if settings.site else None
    _progress(f"reading {root.name}/")
    found = problems_of(root, site)
    color = colored(settings.color, settings.output)
    if any(one.blocks for one in found):
        _report(settings, as_text(found, color), as_json(found))
        return BROKEN
    failed, run = _cases(root, site)
    document = as_json(found)
    document["cases"] = {"run": run, "failed": len(failed)}
    errors = document["errors"]
    errors += [
        {"code": "K900", "message": line, "where": where, "next": "correct the rule or the case"}
        for where, line in failed
    ]
    lines = [as_text(found, color)] if found else []
    lines += [f"{where}\n  {line}" for where, line in failed]
    counted = "not run" if run is None else f"{run} cases, {len(failed)} failed"
    lines.append(f"knowledge: {len(found)} problems; {counted}")
    _report(settings, "\n\n".join(lines), document)
    return BROKEN if found or failed else DONE


def _report(settings: Namespace, text: str, document: dict[str, object]) -> None:
    if settings.format == "json":
        import orjson

        text = orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()
    give(text + "\n", settings.output)


def _cases(root: Path, site: Path | None) -> tuple[list[tuple[str, str]], int | None]:
    """The failed cases with their places, and how many were run; None when they cannot be run here."""
    return [], None


def _progress(line: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"{line}\n")
