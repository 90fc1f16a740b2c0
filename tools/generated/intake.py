"""docs/errors/: what can be wrong with an input or a command line."""

from __future__ import annotations

from spondyl.intake.codes import code_pages


def pages() -> dict[str, str]:
    return code_pages()
