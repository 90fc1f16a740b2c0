"""What an unquoted word of YAML means: a truth, a number, nothing, or a text. Light, so that a case is read quickly."""

from __future__ import annotations

import math
import re

_INT = re.compile(r"[-+]?[0-9]{1,15}\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?\Z")
_WORDS: dict[str, bool | None] = {"": None, "~": None}
_WORDS |= {spelled: value for word, value in (("null", None), ("true", True), ("false", False))
           for spelled in (word, word.title(), word.upper())}  # fmt: skip


def unquoted(text: str) -> str | int | float | bool | None:
    """The value by the core schema of YAML 1.2; a date stays a text."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text):
        return int(text)
    if _FLOAT.match(text):
        number = float(text)
        return number if math.isfinite(number) else text
    return text
