"""schemas/ and docs/errors/: the forms of the knowledge files, and what can be wrong in them."""

from __future__ import annotations

from spondyl.knowledge.code_pages import code_pages
from spondyl.knowledge.schemas import schema_pages


def pages() -> dict[str, str]:
    return {**code_pages(), **schema_pages()}
