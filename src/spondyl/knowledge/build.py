"""Writes the compiled knowledge: `python -m spondyl.knowledge.build [--root folder] [--out folder]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from spondyl.knowledge.assemble import assemble
from spondyl.knowledge.diagnostics import KnowledgeError, as_text
from spondyl.knowledge.examine import examine
from spondyl.knowledge.load import COMPILED, checkout, part, stamp, write


def main(arguments: list[str]) -> int:
    """Compiles and writes; 1 and the problems on standard error when a source is wrong."""
    parser = argparse.ArgumentParser(prog="spondyl.knowledge.build", description="Compile the knowledge base.")
    parser.add_argument("--root", type=Path, default=checkout() or Path("knowledge"))
    parser.add_argument("--out", type=Path, default=COMPILED)
    parser.add_argument("--incomplete", action="store_true", help="leave out files that do not compile")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.root == checkout() and chosen.out == COMPILED and not chosen.incomplete:
            part("knowledge")  # compiles only when something changed
        else:
            parts = assemble(examine(chosen.root), incomplete=chosen.incomplete)
            write(parts, chosen.out)
            if chosen.incomplete and chosen.root == checkout() and chosen.out == COMPILED:
                write(parts, chosen.out, stamp(chosen.root))
    except KnowledgeError as error:
        print(as_text(error.diagnostics, color=sys.stderr.isatty()), file=sys.stderr)
        print(f"\n{len(error.diagnostics)} problems; nothing was written", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
