"""Writes every generated file again, or with `--check` says which ones are stale and what renews them.

A generator is a module under tools/generated/ with `pages() -> dict[str, str]`: path in the checkout to text. It must
not depend on the clock, on the machine or on the order of a set.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
GENERATORS = HOME / "tools" / "generated"


def pages(generator: Path) -> dict[str, str]:
    spec = importlib.util.spec_from_file_location(f"generated_{generator.stem}", generator)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written: dict[str, str] = module.pages()
    return written


def stale() -> dict[Path, str]:
    """The generated files that differ from what their generator writes, with what it writes."""
    differing = {}
    for generator in sorted(GENERATORS.glob("*.py")):
        for name, text in sorted(pages(generator).items()):
            path = HOME / name
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                differing[path] = text
    return differing


def main(arguments: list[str]) -> int:
    differing = stale()
    for path, text in differing.items():
        if "--check" in arguments:
            print(f"{path.relative_to(HOME)} is stale. Renew it with: make docs")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(HOME)}")
    return 1 if differing and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
