"""`spondyl knowledge diff`: what changed between two bases, in words, and whose plan changes."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spondyl.cli.streams import give, site_of, take
from spondyl.cli.usage import WrongUsageError

if TYPE_CHECKING:
    from spondyl.engine import Program
    from spondyl.explain import Words
    from spondyl.knowledge import Ruleset
    from spondyl.render.catalogue.changes import Change

SCHEMA = "spondyl/knowledge-diff/1"
CASES = (".txt", ".md", ".yaml", ".yml", ".json")
# Pages beside cases; they are no patients.
NOT_CASES = ("README.md",)
TITLES = {
    "threshold": "Thresholds",
    "rule": "Rules",
    "check of several gates": "Checks of several gates",
    "fact": "Facts",
    "derived fact": "Computed facts",
    "table": "Drugs, regions, wording and other tables",
    "source": "Sources",
    "claim": "Claims",
    "case": "Cases of rules",
}


def compare(settings: Namespace) -> int:
    """Compares two folders; 0 also when they differ. Raises KnowledgeError when one of them cannot be compiled."""
    from spondyl.cli.knowledge import base
    from spondyl.render.catalogue.telling import Catalogue

    old, new = (_folder(path) for path in (settings.old, settings.new))
    before, cases_before, claims_before = base(old, site_of(settings.old_site))
    after, cases_after, claims_after = base(new, site_of(settings.new_site))
    from spondyl.render.catalogue.changes import changes

    found = changes(Catalogue(before), Catalogue(after))
    found += [*_of_claims(claims_before, claims_after), *_of_cases(cases_before, cases_after)]
    answer: dict[str, Any] = {
        "schema": SCHEMA,
        "old": _named(before),
        "new": _named(after),
        "changes": [one._asdict() for one in found],
    }
    shown: list[tuple[str, list[str]]] = []
    if settings.cases is not None:
        answer["as_of"] = day = _day(settings)
        answer["plans"], shown = _plans(before, after, settings.cases, day)
    text = _json(answer) if settings.format == "json" else _told(answer, found, shown, settings.format == "md")
    give(text, settings.output)
    return 0


def _folder(path: str) -> Path:
    root = Path(path)
    if not root.is_dir():
        raise WrongUsageError("I108", "there is no knowledge folder here", "spondyl knowledge diff", "name two folders")
    return root


def _named(rules: Ruleset) -> dict[str, Any]:
    return {"version": rules.version, "sha256": rules.sha256, "site": dict(rules.site) if rules.site else None}


def _day(settings: Namespace) -> str:
    if settings.as_of:
        return str(settings.as_of)
    from datetime import date

    return date.today().isoformat()


def _of_claims(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> Iterable[Change]:
    from spondyl.render.catalogue.changes import Change

    was, now = (
        {one["claim"]: one["disposition"] for register in several for one in register["claims"]}
        for several in (old, new)
    )
    for claim in sorted({**was, **now}):
        if was.get(claim) != now.get(claim):
            said = f"{was.get(claim, 'not registered')} to {now.get(claim, 'not registered')}".replace("_", " ")
            yield Change("claim", claim, "disposition", said)


def _of_cases(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[Change]:
    from spondyl.render.catalogue.changes import Change

    def of_rule(cases: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        return {
            f"{kind}/{rule}": {str(case["name"]): case for case in listed}
            for kind, by_rule in cases.items()
            for rule, listed in by_rule.items()
        }

    was_all, now_all = of_rule(old), of_rule(new)
    for rule in sorted({**was_all, **now_all}):
        was, now = was_all.get(rule, {}), now_all.get(rule, {})
        counts = {
            "added": sum(name not in was for name in now),
            "removed": sum(name not in now for name in was),
            "changed": sum(name in was and was[name] != one for name, one in now.items()),
        }
        said = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
        if said:
            yield Change("case", rule, "", said)


def _plans(before: Ruleset, after: Ruleset, folder: str, day: str) -> tuple[list[dict[str, Any]], list[Any]]:
    """The difference for every case of a folder, as data and as lines of text."""
    from spondyl.engine import Program
    from spondyl.explain import Words

    root = Path(folder)
    if not root.is_dir():
        raise WrongUsageError("I020", "there is no such folder", "--cases", "name the folder with your cases")
    paths = sorted(one for one in root.rglob("*") if one.suffix in CASES and one.name not in NOT_CASES)
    old, new = Program(before), Program(after)
    words = Words(after)
    data, shown = [], []
    for path in paths:
        name = path.relative_to(root).as_posix()
        one = planned_twice(old, new, str(path), day)
        data.append({"case": name, **one})
        shown.append((name, lines_of(one, words)))
    return data, shown


def planned_twice(old: Program, new: Program, path: str, day: str) -> dict[str, Any]:
    """The plan of a case with two bases: the urgency before and after, and the difference by keys.

    A base may refuse a case that names a fact only the other has: then what it said stands under `refused`, and the
    statements of the other under `only`.
    """
    from spondyl.explain.difference import difference

    before, after = _planned(old, path, day), _planned(new, path, day)
    if "statements" in before and "statements" in after:
        urgency = {"before": before["triage"]["urgency"], "after": after["triage"]["urgency"]}
        return {"urgency": urgency, "difference": difference(before, after)}
    refused = {name: one["errors"] for name, one in (("old", before), ("new", after)) if "errors" in one}
    only = next((one for one in (before, after) if "statements" in one), None)
    if only is None:
        return {"refused": refused}
    keys = [{"key": one["key"], "rule": one["rule"]} for one in only["statements"].values()]
    return {"refused": refused, "urgency": only["triage"]["urgency"], "only": keys}


def _planned(program: Program, path: str, day: str) -> Mapping[str, Any]:
    """The record of a case, or {"errors": [...]} when it is refused."""
    from spondyl.intake.inputs import read_inputs
    from spondyl.plan import plan
    from spondyl.record import Options, Refusal

    try:
        case = read_inputs(take([path]), program.rules, day, None)
    except Refusal as refusal:
        return {"errors": [{"code": one.code, "message": one.message} for one in refusal.problems]}
    return plan(program, case, Options(day, "guideline", "en-US")).record


def lines_of(one: Mapping[str, Any], words: Words, rules: Sequence[str] = ()) -> list[str]:
    """What changes in one plan, as lines. `rules`: those whose statements are named when only one base reads it."""
    from spondyl.explain.whatif_text import said_by_part

    if "refused" in one:
        lines = [
            f"refused by the {name} base: {problem['code']} {problem['message']}"
            for name, problems in one["refused"].items()
            for problem in problems
        ]
        if "only" in one:
            lines.append(f"with the other: {one['urgency']}")
            lines += [f"+ {said['key']}" for said in one["only"] if said["rule"] in rules]
        return lines
    change, urgency = one["difference"], one["urgency"]
    if change["same"]:
        return ["the same plan"]
    same = urgency["before"] == urgency["after"]
    lines = [urgency["after"] + ", unchanged" if same else f"{urgency['before']} becomes {urgency['after']}"]
    for title, said in said_by_part({"difference": change}, words):
        lines += [f"{title.lower()}: {line.strip()}" for line in said]
    for word, mark in (("added", "+"), ("removed", "-"), ("changed", "~")):
        lines += [f"{mark} {entry['key']}" for entry in change["statements"][word]]
    return lines


def _told(answer: Mapping[str, Any], found: Sequence[Change], shown: Sequence[Any], markdown: bool) -> str:
    """The changes part by part, then the plans."""
    lines = [_heading(f"{len(found)} change{'s' if len(found) != 1 else ''}", 1, markdown), ""]
    for part, title in TITLES.items():
        several = [one for one in found if one.part == part]
        if not several:
            continue
        lines += [_heading(title, 2, markdown), ""]
        for one in several:
            name = f"`{one.name}`" if markdown else one.name
            lines.append(f"- {name}{f', {one.where}' if one.where else ''}: {one.says}")
        lines.append("")
    if not found:
        lines += ["The two are the same.", ""]
    if "plans" in answer:
        changed = sum("refused" in one or not one["difference"]["same"] for one in answer["plans"])
        lines += [
            _heading(f"{changed} of {len(answer['plans'])} plans change, as of {answer['as_of']}", 2, markdown),
            "",
        ]
        for name, said in shown:
            lines.append(f"- {name}: {said[0]}")
            lines += [f"    {'- ' if markdown else ''}{line}" for line in said[1:]]
        lines.append("")
    return "\n".join(lines)


def _heading(text: str, level: int, markdown: bool) -> str:
    return f"{'#' * level} {text}" if markdown else text.upper() if level == 1 else text


def _json(data: Any) -> str:
    import orjson

    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode() + "\n"
