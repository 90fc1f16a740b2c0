"""`spondyl knowledge try`: a rule laid over the base before it is committed. The base itself is never written to."""

from __future__ import annotations

import shutil
import tempfile
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from spondyl.cli.comparing import lines_of, planned_twice
from spondyl.cli.streams import colored, give, take
from spondyl.cli.usage import WrongUsageError

if TYPE_CHECKING:
    from spondyl.knowledge import Ruleset
    from spondyl.knowledge.diagnostics import Diagnostic
    from spondyl.knowledge.examine import Examined
    from spondyl.proof.cases import CaseResult
    from spondyl.render.catalogue.changes import Change

SCHEMA = "spondyl/knowledge-try/1"
DONE, BROKEN = 0, 4
MOST = 2_000_000
COMPARE = "K045"


class Laid(NamedTuple):
    """One file laid over the base: its place under the root, and where it was read from."""

    place: str
    path: Path


def try_rule(settings: Namespace) -> int:
    """Reports problems, runs the cases of the rule, compares the plans; 4 when something is wrong."""
    from spondyl.cli.knowledge import hinders
    from spondyl.knowledge import as_json, as_text
    from spondyl.knowledge.load import checkout

    own = checkout()
    if own is None:
        raise WrongUsageError("I108", "there is no knowledge folder here", "spondyl knowledge try", "use a checkout")
    files = _files(Path(settings.rule))
    for case in settings.case:
        take([case])  # a case that is not there is said before anything is tried
    answer: dict[str, Any] = {"schema": SCHEMA, "files": [{"file": one.path.name, "as": one.place} for one in files]}
    with tempfile.TemporaryDirectory(prefix="spondyl-") as folder:
        root = Path(folder) / "knowledge"
        shutil.copytree(own, root, ignore=shutil.ignore_patterns(".*", "*~"))
        for one in files:
            (root / one.place).parent.mkdir(parents=True, exist_ok=True)
            (root / one.place).write_bytes(one.path.read_bytes())
        everything, examined = _problems(root, files)
        # Comparing a citation with its source is the last step, done once the rule stands in the base.
        found = [one for one in everything if one.code != COMPARE]
        own_paths = {str(one.path) for one in files}
        compare = [one.message for one in everything if one.code == COMPARE and one.path in own_paths]
        color = colored(settings.color, settings.output)
        answer["errors"] = as_json(found)["errors"]
        lines = [as_text(found, color)] if found else []
        blocked = any(hinders(one) for one in found)
        if blocked:
            lines.append("The rule cannot be tried before this is repaired.")
        else:
            results, changed, plans, tried = _tried(settings, files, examined)
            failed = [one for one in results if not one.ok]
            answer["cases"] = {"run": len(results), "failed": len(failed)}
            wrong = [_error(one, files) for one in failed]
            answer["errors"] += wrong
            answer["changes"] = [one._asdict() for one in changed]
            answer["plans"] = plans
            lines += [f"{one['code']}: {one['message']}\n\n  {one['where']}\n  {one['next']}" for one in wrong]
            lines.append(f"cases: {len(results)} run, {len(failed)} failed")
            lines.append("\n".join(["against the base:", *_told_changes(changed)]))
            lines += _told_plans(plans, tried, files)
            answer["to_compare"] = compare
            if compare:
                told = [f"  {one}" for one in compare]
                lines.append("\n".join(["before it is committed, python -m spondyl.knowledge.compare --write:", *told]))
    text = "\n\n".join(lines) + "\n" if settings.format == "text" else _json(answer)
    give(text, settings.output)
    return BROKEN if answer["errors"] else DONE


def _files(path: Path) -> list[Laid]:
    """The files to lay over the base: a rule by its first key, or everything in a folder of the same layout."""
    if path.is_dir():
        from spondyl.knowledge.gather import BESIDE, files

        # Every file, so that one that nothing reads is reported and not passed over in silence.
        found = [Laid(one.relative_to(path).as_posix(), one) for one in files(path) if one.name not in BESIDE]
        if not found:
            raise WrongUsageError("I020", "this folder holds no file of a rule", "rule", "name the file of a rule")
        return found
    try:
        text = path.read_bytes()[:MOST].decode("utf-8", "replace")
    except OSError:
        raise WrongUsageError("I020", "this file cannot be read", "rule", "check the path") from None
    from spondyl.knowledge.kinds import KINDS

    first = next((line.partition(":")[0] for line in text.splitlines() if line[:1].isalpha() and ":" in line), "")
    keys = {kind.key: kind.name for kind in KINDS.values() if kind.is_rule}
    entries = {kind.key: kind.name for kind in KINDS.values() if kind.entry and kind.name != "claims"}
    if first not in keys and first not in entries:
        known = ", ".join(sorted(keys))
        raise WrongUsageError("I101", "the first key does not say what kind of rule this is", "rule", f"one of {known}")
    return [Laid(f"{keys.get(first) or entries[first]}/{path.name}", path)]


def _problems(root: Path, files: Sequence[Laid]) -> tuple[list[Diagnostic], Examined]:
    """What is wrong with the base once the files lie over it, each file called as the author calls it."""
    from spondyl.knowledge.examine import examine

    examined = examine(root, "knowledge")
    names = {f"knowledge/{one.place}": str(one.path) for one in files}
    return [replace(one, path=names.get(one.path, one.path)) for one in examined.diagnostics], examined


def _tried(
    settings: Namespace, files: Sequence[Laid], examined: Examined
) -> tuple[list[CaseResult], list[Change], list[dict[str, Any]], Ruleset]:
    import orjson

    from spondyl.engine import Program
    from spondyl.knowledge import load
    from spondyl.knowledge.assemble import assemble
    from spondyl.knowledge.ruleset import ruleset
    from spondyl.proof.cases import run_cases
    from spondyl.render.catalogue.changes import changes
    from spondyl.render.catalogue.telling import Catalogue

    parts = orjson.loads(orjson.dumps(assemble(examined)))
    tried, base = ruleset(parts["knowledge"]), load()
    laid = {tuple(one.place.removesuffix(".yaml").split("/")) for one in files}
    own = {
        kind: {rule: listed for rule, listed in by_rule.items() if (kind, rule) in laid}
        for kind, by_rule in parts["cases"]["cases"].items()
    }
    results = run_cases(tried, own)
    changed = changes(Catalogue(base), Catalogue(tried))
    old, new = Program(base), Program(tried)
    day = settings.as_of or _today()
    plans = [{"case": Path(path).name, **planned_twice(old, new, path, day)} for path in settings.case]
    return results, changed, plans, tried


def _today() -> str:
    from datetime import date

    return date.today().isoformat()


def _error(one: CaseResult, files: Sequence[Laid]) -> dict[str, str]:
    message = f"{one.rule}, case '{one.name}': expected {one.expected}, got {one.got}"
    where = next((str(laid.path) for laid in files if one.where == f"knowledge/{laid.place}"), one.where)
    return {"code": "K201", "message": message, "where": where, "next": "Correct the rule, or the case."}


def _told_changes(changed: Sequence[Change]) -> list[str]:
    told = [f"  {one.part} {one.name}{f', {one.where}' if one.where else ''}: {one.says}" for one in changed]
    return told or ["  nothing differs"]


def _told_plans(plans: Sequence[Mapping[str, Any]], tried: Ruleset, files: Sequence[Laid]) -> list[str]:
    from spondyl.explain import Words
    from spondyl.render.catalogue.naming import SINGULAR, rule_name

    laid = [one.place.removesuffix(".yaml").partition("/") for one in files]
    rules = [rule_name(kind, name) for kind, _, name in laid if kind in SINGULAR]
    words = Words(tried)
    return ["\n".join([f"{one['case']}:", *(f"  {line}" for line in lines_of(one, words, rules))]) for one in plans]


def _json(data: Any) -> str:
    import orjson

    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode() + "\n"
