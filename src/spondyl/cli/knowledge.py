"""`spondyl knowledge`: each action, and `check` itself: every problem of a base, then every case of its rules."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spondyl.cli.streams import colored, give, site_of
from spondyl.cli.usage import WrongUsageError

if TYPE_CHECKING:
    from spondyl.knowledge import Ruleset
    from spondyl.knowledge.diagnostics import Diagnostic
    from spondyl.proof.cases import CaseResult
    from spondyl.proof.registers import ClaimResult

DONE, BROKEN = 0, 4
# A case that the engine cannot be given; its own message says which fact and what the fact takes.
UNFIT = "K030"
CASE, LACKS, UNSAID, LITERAL, OVERDUE = "K201", "K202", "K203", "K204", "K205"
ADD = "Add it, or start from a copy of the whole knowledge folder."
REMEDY = "Correct the rule, or the case when it expects the wrong thing."
OF_CLAIM = {
    UNSAID: "Correct the rule, or name in the register the case and the key that show the claim now.",
    LITERAL: "Correct the rule. Change the register only when the claim itself was judged wrongly.",
}
READ_AGAIN = "Read the source again; correct `shows`, `checked_on` and `review_by`."


def act(settings: Namespace) -> int:
    """One action of `spondyl knowledge`, and its exit status."""
    if settings.action == "check":
        return check(settings)
    if settings.action == "show":
        from spondyl.cli.showing import show

        return show(settings)
    if settings.action == "diff":
        from spondyl.cli.comparing import compare

        return compare(settings)
    if settings.action == "prove":
        from spondyl.cli.proving import prove_base

        return prove_base(settings)
    from spondyl.cli.trying import try_rule

    return try_rule(settings)


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
    run = failed = 0
    accounted = "claims not run"
    if not any(hinders(one) for one in found):
        _progress("running the cases of the rules")
        try:
            rules, registers, results, claims, changed = _run(root, site)
        except (KeyError, AttributeError) as error:
            # A base that is sound by itself may still lack a fact or a table that the engine reads by name.
            document["errors"].append({"code": LACKS, "message": _lacks(error), "where": root.name, "next": ADD})
            lines.append(f"{LACKS}: {_lacks(error)}\n\n  {root.name}/\n  {ADD}")
        else:
            wrong = [_error(one) for one in results if not one.ok] + [_of_claim(one) for one in claims if not one.ok]
            document["errors"] += wrong
            lines += [_told(one) for one in wrong]
            run, failed = len(results), sum(not one.ok for one in results)
            accounted, document["claims"] = _accounted(registers, claims)
            if site is not None:
                document["changed_by_site"] = [_differs(one) for one in changed]
                lines += [_of_site(site.name, changed)] if changed else []
            overdue = _overdue(rules, _day(settings), root.name)
            document["overdue"] = overdue
            document["errors"] += overdue if settings.strict else []
            lines += [_told(one) for one in overdue]
    document["cases"] = {"run": run, "failed": failed}
    problems = f"{len(found)} problem{'s' if len(found) != 1 else ''}"
    counted = f"{run} cases, {failed} failed" if run else "cases not run"
    lines.append(f"knowledge: {problems}; {counted}{f'; {accounted}' if run else ''}")
    text = "\n\n".join(lines) if settings.format == "text" else _as_json(document)
    give(text + "\n", settings.output)
    return BROKEN if document["errors"] else DONE


def hinders(one: Diagnostic) -> bool:
    """Whether the cases of rules cannot be run before this is repaired."""
    return one.blocks or one.code == UNFIT


def base(root: Path, site: Path | None) -> tuple[Ruleset, Mapping[str, Any], list[dict[str, Any]]]:
    """The rules of a folder with a site's, their cases, and the registers of claims. Raises KnowledgeError."""
    from spondyl.knowledge.load import cases, checkout, claims, load

    if root.resolve() == checkout() and site is None:
        return load(), cases(), claims()
    import orjson

    from spondyl.knowledge.assemble import assemble
    from spondyl.knowledge.examine import examine
    from spondyl.knowledge.ruleset import ruleset

    parts = orjson.loads(orjson.dumps(assemble(examine(root))))
    listed, registers = parts["cases"]["cases"], parts["claims"]["documents"]
    if site is None:
        return ruleset(parts["knowledge"]), listed, registers
    from spondyl.knowledge.site import with_site

    added = assemble(examine(site, base=parts["knowledge"]), base=parts["knowledge"])["cases"]["cases"]
    both = {kind: {**listed.get(kind, {}), **added.get(kind, {})} for kind in {**listed, **added}}
    return ruleset(*with_site(parts["knowledge"], site)), both, registers


def _run(
    root: Path, site: Path | None
) -> tuple[Ruleset, list[dict[str, Any]], list[CaseResult], list[ClaimResult], list[CaseResult]]:
    """The rules in use, the registers, the results, and the base's own cases that a site's numbers answer otherwise.

    The cases of the base show its own numbers, so they are judged by these; those of a site by the site's.
    """
    from spondyl.proof.cases import run_cases
    from spondyl.proof.registers import run_claims

    rules, cases, registers = base(root, None)
    results, claims = run_cases(rules, cases), run_claims(rules, registers, cases)
    if site is None:
        return rules, registers, results, claims, []
    rules, every, _ = base(root, site)
    own = {
        kind: {name: one for name, one in listed.items() if name not in cases.get(kind, {})}
        for kind, listed in every.items()
    }
    there = zip(results, run_cases(rules, cases), strict=True)
    changed = [after for before, after in there if before.ok and not after.ok]
    return rules, registers, results + run_cases(rules, own), claims, changed


def _differs(one: CaseResult) -> dict[str, str]:
    message = f"{one.rule}, case '{one.name}': {one.expected} in the base, {one.got} here"
    return {"message": message, "where": one.where}


def _of_site(name: str, changed: Sequence[CaseResult]) -> str:
    counted = f"{len(changed)} case{'s' if len(changed) != 1 else ''}"
    shown = [f"  {_differs(one)['message']}" for one in changed]
    return "\n".join([f"{name} changes the answer of {counted} of the base. Nothing is wrong with that:", *shown])


def _day(settings: Namespace) -> str:
    if settings.as_of:
        return str(settings.as_of)
    from datetime import date

    return date.today().isoformat()


def _overdue(rules: Ruleset, day: str, root: str) -> list[dict[str, str]]:
    """The sources that were to be read again before this day; information, unless `--strict`."""
    return [
        {
            "code": OVERDUE,
            "message": f"'{one.id}' was to be read again by {one.review_by}; last read {one.checked_on or 'never'}",
            "where": f"{root}/evidence",
            "next": READ_AGAIN,
        }
        for one in rules.evidence.values()
        if one.review_by is not None and one.review_by < day
    ]


def _accounted(registers: list[dict[str, Any]], claims: list[ClaimResult]) -> tuple[str, dict[str, int]]:
    """How many claims are accounted for, in words and as numbers."""
    entries = [one for register in registers for one in register["claims"]]
    literal = sum(one.what == "literal" for one in claims)
    counted = {
        word: sum(one["disposition"] == word for one in entries) for word in ("encoded", "corrected", "left_out")
    }
    numbers = {"total": len(entries), **counted, "cases_run": len(claims) - literal, "literal_forms_run": literal}
    numbers["failed"] = sum(not one.ok for one in claims)
    said = f"{len(entries)} claims, {numbers['failed']} failed" if entries else "no register of claims"
    return said, numbers


def _lacks(error: Exception) -> str:
    return f"the engine needs {error.args[0] if error.args else 'more'!r}, which this base does not have"


def _error(one: CaseResult) -> dict[str, str]:
    message = f"{one.rule}, case '{one.name}': expected {one.expected}, got {one.got}"
    return {"code": CASE, "message": message, "where": one.where, "next": REMEDY}


def _of_claim(one: ClaimResult) -> dict[str, str]:
    code = LITERAL if one.what == "literal" else UNSAID
    message = f"{one.claim}, {one.name}: {'; '.join(one.wrong)}"
    return {"code": code, "message": message, "where": one.where, "next": OF_CLAIM[code]}


def _told(error: Mapping[str, str]) -> str:
    return f"{error['code']}: {error['message']}\n\n  {error['where']}\n  {error['next']}"


def _as_json(document: dict[str, Any]) -> str:
    import orjson

    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()


def _progress(said: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"{said} …\n")
