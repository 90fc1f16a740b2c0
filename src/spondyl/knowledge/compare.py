"""Lists citations that nobody compared with their source: `python -m spondyl.knowledge.compare [--write]`.

Read each line beside what the source shows. `--write` records that this was done; it cannot do it for you.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from spondyl.knowledge.checks_evidence import DEFAULT, FILE, citations, fingerprint, shown_by
from spondyl.knowledge.examine import examine
from spondyl.knowledge.load import checkout

HEAD = """\
# Which citation was compared with which source, by what it shows. `shows` is a fingerprint of that text: when it
# changes, its citations have to be read again. Written by: python -m spondyl.knowledge.compare --write
compared:
"""


def compared(root: Path) -> tuple[str, list[str]]:
    """The register as it would be written, and what is new in it or has to be read again, each with its source."""
    gathered = examine(root).gathered
    shows = shown_by(gathered)
    old: dict[str, tuple[str, set[str]]] = {}
    register = next(gathered.of("compared"), None)
    if register is not None and isinstance(register.data, dict):
        for one in register.data.get("compared") or ():
            old[str(one["source"])] = (str(one["shows"]), {str(part) for part in one["for"]})
    now: dict[str, set[str]] = {}
    for cited in citations(gathered):
        if cited.source in shows and cited.source != DEFAULT:
            now.setdefault(cited.source, set()).add(cited.by)
    lines, new = [HEAD], []
    for name in sorted(now):
        mark = fingerprint(shows[name])
        before = old.get(name, ("", set()))
        fresh = sorted(now[name] if before[0] != mark else now[name] - before[1])
        if fresh:
            new += [f"{name} shows: {' '.join(shows[name].split())}", *(f"    {part}" for part in fresh)]
        lines.append(f"  - source: {name}\n    shows: {_quoted(mark)}\n    for:\n")
        lines += [f"      - {_quoted(part)}\n" for part in sorted(now[name])]
    return "".join(lines), new


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def main(arguments: list[str]) -> int:
    """Prints what nobody compared; with `--write` records it. 1 when something is open and not written."""
    parser = argparse.ArgumentParser(prog="spondyl.knowledge.compare", description=__doc__.partition("\n")[0])
    parser.add_argument("--root", type=Path, default=checkout() or Path("knowledge"))
    parser.add_argument("--write", action="store_true", help="record that these citations were compared")
    chosen = parser.parse_args(arguments)
    text, new = compared(chosen.root)
    print("\n".join(new) if new else "every citation was compared with its source")
    if chosen.write:
        (chosen.root / FILE).write_text(text, encoding="utf-8")
        return 0
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
