"""Measures how many small wrong changes to the rules some case notices, and proposes cases for the others.

python tools/edges.py                         the figures, and the changes that no case notices
python tools/edges.py --page                  writes the figures into docs/reference/changes-noticed.md
python tools/edges.py --propose [KIND/RULE]   adds cases to knowledge/edges/ for a person to judge
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import orjson

HOME = Path(__file__).resolve().parent.parent
EDGES = HOME / "knowledge" / "edges"
HEAD = """\
# Cases at the edges of rules: patients in whom one condition, or one step of a number, decides. They keep a rule from
# being changed unnoticed. Proposed by `tools/edges.py --propose`, then judged like every other case.
"""
PAGE = HOME / "docs" / "reference" / "changes-noticed.md"
PAGE_TEXT = """\
# Changes that the cases notice

A rule is as well kept as its cases. Here every threshold was moved by the smallest step in which its unit is written
down, in each profile, up and down; every number in a condition likewise; every part of every condition was left out,
every word of a choice, every exception and limit of a rule. For each of these changes the cases of the rule, and of the
rules that lean on it, were run. A change is noticed when a case then fails.

**{score} %** of the changes are noticed: {seen} of {total}. The limit is 95 %.

| kind | changes | noticed | |
|---|---|---|---|
{table}

Written by `python tools/edges.py --page`. `tests/proof/test_mutants.py` measures again: it holds the limit, and the
figure above may not be better than the truth by more than one point.

## Not noticed

Most of these cannot show in one rule judged alone: a part that is also covered by another part of the same condition,
or a flag whose higher level already speaks.

{missed}
"""
_BARE = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_WORDS_OF_YAML = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def flow(value: Any) -> str:
    """A value as YAML in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    if isinstance(value, str) and value and set(value) <= _BARE and value[0].isalpha():
        if value.lower() not in _WORDS_OF_YAML:
            return value
    return orjson.dumps(value).decode()


def folded(case: dict[str, Any]) -> list[str]:
    """A case as one entry of a list; over 120 characters it stands in several lines."""
    whole = f"    - {flow(case)}"
    if len(whole) <= 120:
        return [whole]
    lines: list[str] = []
    line = "    - {"
    parts = [f"{flow(key)}: {flow(one)}" for key, one in case.items()]
    for index, part in enumerate(parts):
        piece = part + (", " if index < len(parts) - 1 else "}")
        while len(line) + len(piece.rstrip()) > 120:
            room = piece.rfind(", ", 0, 120 - len(line))
            if room > 0 and piece[:room].count('"') % 2 == 0:
                lines.append((line + piece[: room + 1]).rstrip())
                piece = piece[room + 2 :]
            elif line.strip() not in ("", "- {"):
                lines.append(line.rstrip())
            else:
                break
            line = "       "
        line += piece
    lines.append(line.rstrip())
    return lines


def write(kind: str, by_rule: dict[str, list[dict[str, Any]]]) -> None:
    """The file of one kind."""
    lines = [HEAD + "edges:"]
    for rule in sorted(by_rule):
        lines.append(f"  {rule}:")
        for case in by_rule[rule]:
            lines += folded(case)
    EDGES.mkdir(exist_ok=True)
    (EDGES / f"{kind}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def kept() -> dict[str, dict[str, list[dict[str, Any]]]]:
    """What stands in knowledge/edges/."""
    from ruamel.yaml import YAML

    made: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for path in sorted(EDGES.glob("*.yaml")):
        made[path.stem] = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))["edges"]
    return made


def propose(only: str | None) -> int:
    """Adds the proposed cases; how many."""
    from spondyl.knowledge import cases, load
    from spondyl.proof.edges import propose as proposed
    from spondyl.proof.mutants import Mutant

    # All are found before the files are read: finding takes minutes, in which somebody may edit them.
    found = [one for one in proposed(load(), cases(), only) if not isinstance(one, Mutant)]
    edges = kept()
    for one in found:
        edges.setdefault(one.kind, {}).setdefault(one.rule, []).append(one.case)
    for kind in dict.fromkeys(one.kind for one in found):
        write(kind, edges[kind])
    return len(found)


def measure(only: str | None, page: bool) -> None:
    """Prints the figures and what no case notices; writes the page."""
    from spondyl.knowledge import cases, load
    from spondyl.proof.mutants import mutants
    from spondyl.proof.watch import Watch

    rules = load()
    watch = Watch(rules, cases())
    tried: Counter[str] = Counter()
    left: dict[str, list[str]] = {}
    for mutant in mutants(rules):
        if only is not None and not mutant.where.startswith(only):
            continue
        kind = mutant.where.partition("/")[0]
        tried[kind] += 1
        if not watch.noticed(mutant):
            left.setdefault(kind, []).append(f"{mutant.where}: {mutant.change}")
    for listed in left.values():
        print("\n".join(listed))
    rows = [(kind, count, count - len(left.get(kind, ()))) for kind, count in tried.items()]
    for kind, count, seen in rows:
        print(f"{kind:<12} {seen:>5} of {count:>5} noticed")
    total, seen = sum(tried.values()), sum(row[2] for row in rows)
    print(f"score {seen / total:.1%}: {seen} of {total}")
    if page:
        table = "\n".join(f"| {kind} | {count} | {seen} | {seen / count:.1%} |" for kind, count, seen in rows)
        missed = "\n".join(f"- `{line}`" for listed in left.values() for line in listed)
        text = PAGE_TEXT.format(score=f"{100 * seen / total:.1f}", seen=seen, total=total, table=table, missed=missed)
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    which = words[0] if words else None
    if "--propose" in sys.argv:
        print(f"{propose(which)} cases proposed; judge them before they are committed")
    else:
        measure(which, "--page" in sys.argv)
