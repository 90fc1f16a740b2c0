"""Real output in README.md and in the pages of docs/: whatever stands between the marks is printed by the program.

A block is `<!-- run: WORDS -->` to `<!-- /run -->`; its words are a command line of `spondyl`, or `show FILE` for the
text of a file. `| N` after the words keeps N lines at most, up to an empty one where there is one; `| from TEXT` keeps
what begins with that line up to the next empty one. The first text block of a page is its note.txt, the first YAML
block its case.yaml.
"""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import tempfile
from pathlib import Path

from spondyl.cli.main import main

HOME = Path(__file__).resolve().parents[2]
DEMO = "<!-- demo:begin (the output of `make demo`) -->\n", "<!-- demo:end -->"
DEMO_LINES = 50
_RUN = re.compile(r"(<!-- run: (?P<words>[^|>]+?)(?: \| (?P<part>[^>]+?))? -->\n).*?(<!-- /run -->)", re.DOTALL)


def said(words: str) -> str:
    """What a command line prints, without colors."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        main([*words.split(), "--color", "never"])
    return out.getvalue()


def part_of(text: str, part: str | None) -> str:
    lines = text.rstrip("\n").split("\n")
    if part is None:
        kept = lines
    elif part.startswith("from "):
        begin = next(at for at, line in enumerate(lines) if line.startswith(part.removeprefix("from ")))
        end = next((at for at, line in enumerate(lines) if at > begin and not line), len(lines))
        kept = lines[begin:end]
    else:
        most = int(part)
        gaps = [at for at, line in enumerate(lines[: most + 1]) if not line and at > most // 2]
        kept = lines[: max(gaps, default=most)] if len(lines) > most else lines
    return "\n".join(line.rstrip() for line in kept)


def demo(text: str) -> str:
    """The first screen of the demonstration, cut between two lines of the plan, and the names of what follows."""
    lines = text.split("\n")
    cut = max(at for at, line in enumerate(lines[: DEMO_LINES + 1]) if re.match(r"(  |)\w|^$", line))
    rest = [line.split("  ")[0] for line in lines[cut:] if re.match(r"[A-Z]{3}", line)]
    kept = "\n".join(lines[:cut]).rstrip()
    return f"```\n{kept}\n  ...\n```\n\nBelow it: {', '.join(rest)}.\n"


def example(page: str, language: str) -> str | None:
    found = re.search(rf"^( *)```{language}\n(.*?)^ *```$", page, re.MULTILINE | re.DOTALL)
    return None if found is None else re.sub(rf"^{found[1]}", "", found[2], flags=re.MULTILINE)


def filled(page: str) -> str:
    """The page with its blocks printed again."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for path in (one for one in (HOME / "examples").iterdir() if one.is_file()):
            shutil.copy(path, folder)
        for language, name in (("text", "note.txt"), ("yaml", "case.yaml")):
            text = example(page, language)
            if text is not None:
                Path(folder, name).write_text(text, encoding="utf-8")

        def printed(block: re.Match[str]) -> str:
            words = block["words"]
            if words.startswith("show "):
                text = Path(folder, words.removeprefix("show ")).read_text(encoding="utf-8")
            else:
                text = said(words)
            return f"{block[1]}```\n{part_of(text, block['part'])}\n```\n{block[4]}"

        return _RUN.sub(printed, page)


def pages() -> dict[str, str]:
    written = {}
    readme = (HOME / "README.md").read_text(encoding="utf-8")
    begin, end = readme.index(DEMO[0]) + len(DEMO[0]), readme.index(DEMO[1])
    written["README.md"] = filled(readme[:begin] + demo(said("demo")) + readme[end:])
    for path in sorted((HOME / "docs").glob("*/*.md")):
        text = path.read_text(encoding="utf-8")
        if _RUN.search(text):
            written[str(path.relative_to(HOME))] = filled(text)
    return written
