"""The fixed words of documents and pictures, looked up in knowledge/wording/documents.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spondyl.explain import Words


def table(words: Words, name: str) -> Mapping[str, Any]:
    """One table of the words of documents."""
    found: Mapping[str, Any] = words.rules.tables["wording"]["documents"][name]
    return found


def say(words: Words, name: str, **inserts: object) -> str:
    """One fixed word or sentence, in the spelling of the locale."""
    text = str(table(words, "fixed")[name])
    return words.spell(text.format(**inserts) if inserts else text)
