"""`spondyl knowledge check`: every problem of the knowledge base, then every case of its rules."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spondyl.cli.streams import colored, give, site_of
from spondyl.cli.usage import WrongUsageError

if TYPE_CHECKING:
    from spondyl.proof.cases import CaseResult

DONE, BROKEN = 0, 4
CASE, LACKS = "K201", "K202"
ADD = "Add it, or start from a copy of the whole knowledge folder."
REMEDY = "Correct the rule, or the case when it expects the wrong thing."


def check(settings: Namespace) -> int:
    """Checks a knowledge folder; 4 when something is wrong. Progress goes to standard error."""
    from spondyl.knowledge import as_json, as_text
    from spondyl.knowledge.examine import check as problems_of
    from spondyl.knowledge.load import checkout

    root = Path(settings.folder) if settings.folder else checkout()
    if root is None or not root.is_dir():
        remedy = "name the folder: spondyl knowledge check FOLDER"
        raise WrongUsageError("I108", "there is no knowledge folder here", "spondyl knowledge check", remedy)
    site = site_of(settings.site)
    _progress(f"reading {root.name}/")
    found = problems_of(root, site)
    color = colored(settings.color, settings.output)
    document = as_json(found)
    lines = [as_text(found, color)] if found else []
    failed: list[CaseResult] = []
    run = 0
    if not any(one.blocks for one in found):
        _progress("running the cases of the rules")
        try:
            results = _cases(root, site)
        except (KeyError, AttributeError) as error:
            # A base that is sound by itself may still lack a fact or a table that the engine reads by name.
            results = []
            document["errors"].append({"code": LACKS, "message": _lacks(error), "where": root.name, "next": ADD})
            lines.append(f"{LACKS}: {_lacks(error)}\n\n  {root.name}/\n  {ADD}")
        run, failed = len(results), [one for one in results if not one.ok]
        document["errors"] += [_error(one) for one in failed]
        lines += [f"{CASE}: {_said(one)}\n\n  {one.where}\n  {REMEDY}" for one in failed]
    document["cases"] = {"run": run, "failed": len(failed)}
    problems = f"{len(found)} problem{'s' if len(found) != 1 else ''}"
    counted = f"{run} cases, {len(failed)} failed" if run else "cases not run"
    lines.append(f"knowledge: {problems}; {counted}")
    text = "\n\n".join(lines) if settings.format == "text" else _as_json(document)
    give(text + "\n", settings.output)
    return BROKEN if document["errors"] else DONE


def _cases(root: Path, site: Path | None) -> list[CaseResult]:
    from spondyl.knowledge.assemble import assemble
    from spondyl.knowledge.examine import examine
    from spondyl.knowledge.load import cases, checkout, load
    from spondyl.knowledge.ruleset import ruleset
    from spondyl.proof.cases import run_cases

    if root.resolve() == checkout() and site is None:
        return run_cases(load(), cases())
    import orjson

    parts = orjson.loads(orjson.dumps(assemble(examine(root))))
    listed = parts["cases"]["cases"]
    if site is None:
        return run_cases(ruleset(parts["knowledge"]), listed)
    from spondyl.knowledge.site import with_site

    added = assemble(examine(site, base=parts["knowledge"]), base=parts["knowledge"])["cases"]["cases"]
    both = {kind: {**listed.get(kind, {}), **added.get(kind, {})} for kind in {**listed, **added}}
    return run_cases(ruleset(*with_site(parts["knowledge"], site)), both)


def _lacks(error: Exception) -> str:
    return f"the engine needs {error.args[0] if error.args else 'more'!r}, which this base does not have"


def _said(one: CaseResult) -> str:
    return f"{one.rule}, case '{one.name}': expected {one.expected}, got {one.got}"


def _error(one: CaseResult) -> dict[str, str]:
    return {"code": CASE, "message": _said(one), "where": one.where, "next": REMEDY}


def _as_json(document: dict[str, Any]) -> str:
    import orjson

    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()


def _progress(line: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"{line}\n")
