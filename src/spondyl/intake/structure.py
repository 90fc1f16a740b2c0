"""What a text is by how it is laid out: a note, a case or a FHIR record. It looks at the layout and reads nothing.

A case that lost its first line must not be read as a note: there "saddle_anesthesia: false" would be words that name a
finding. A note that holds a line "facts:" is still a note, because the rest of it is not laid out in names and values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from spondyl.knowledge.rules import FactEntry

_HEAD: Final = 4000
# From this share of lines that are a name with a value, an entry of a list or a bracket, the layout is that of a case.
_LAID_OUT: Final = 0.8
# Each repetition has its limit, so that a text made of brackets is looked through once.
_OPENED: Final = r"[ \t]{0,200}(?:-[ \t]{1,9}){0,8}(?:[\[{][ \t]{0,9}){0,8}"
_NAME: Final = r"""["']?([A-Za-z_][\w.-]{0,99})["']?[ \t]{0,9}:(?=[\s\[{]|$)"""
_LINE: Final = re.compile(rf"{_OPENED}{_NAME}|[ \t]*-[ \t]+\S+$|[ \t]*[\]}}\[{{,]+[ \t]*$")
_NAMED: Final = re.compile(rf"(^|[{{\[,]){_OPENED}{_NAME}(?=([^,}}\]\n]{{0,80}}))", re.MULTILINE)
_HEADED: Final = re.compile(r"""^["']?schema["']?[ \t]*:[ \t]*["']?spondyl/""", re.MULTILINE | re.IGNORECASE)
_PLAIN: Final = re.compile(r"(?:true|false|null|~|-?\d+(?:\.\d+)?|[\[{].*)\s*(?:#.*)?$")
_OBJECT: Final = re.compile(r"""\{\s*(?:"[^"\n]*"\s*:|[A-Za-z_][\w.]*\s*:\s)""")
_QUICK: Final = re.compile(r"[a-z]_[a-z]|facts|surgeries|schema", re.IGNORECASE)


def kind_of(text: str, facts: Mapping[str, FactEntry] | None = None) -> str:
    """`note`, `case` or `fhir`. `facts`: those of the rules; a case without its first line is known by their names."""
    head = text.lstrip("\ufeff \t\r\n")[:_HEAD]
    if head.startswith(("{", "[")):
        compact = head.replace(" ", "").replace("\n", "")
        if '"resourceType"' in compact or '"hookInstance"' in compact or '"prefetch"' in compact:
            return "fhir"
        if _OBJECT.match(head) or head.startswith("[{") or _is_json(text):
            return "case"
    if head.startswith(("schema:", "---\nschema:")) or "\nschema: spondyl/" in head:
        return "case"
    return "case" if _QUICK.search(text) and _laid_out(text, facts or {}) else "note"


def _is_json(text: str) -> bool:
    try:
        json.loads(text.lstrip("\ufeff"))
    except ValueError:
        return False
    except RecursionError:
        return True
    return True


def _laid_out(text: str, facts: Mapping[str, FactEntry]) -> bool:
    """Whether nearly every line is a name with a value, and one of the names can only be that of a case."""
    lines = [line for line in text.splitlines() if line.strip(" \t-.") and line.lstrip()[:1] not in ("#", "%", "")]
    structured = sum(1 for line in lines if _LINE.match(line))
    if not lines or structured < _LAID_OUT * len(lines):
        return False
    whole = "\n".join(lines)
    return _HEADED.search(whole) is not None or any(_tells(*one, facts) for one in _names(whole))


def _names(text: str) -> Iterator[tuple[str, str, str]]:
    """Each name with its value, and the name without indentation under which it stands."""
    section = ""
    for found in _NAMED.finditer(text):
        outermost = not found[1] and text[found.start() : found.start() + 1] not in (" ", "\t", "-", "{", "[")
        if outermost:
            section = found[2]
        yield "" if outermost else section, found[2], found[3].strip()


def _tells(section: str, name: str, value: str, facts: Mapping[str, FactEntry]) -> bool:
    if "_" in name and name in facts:
        return True
    held = facts.get(section)
    if held is not None and held.fields and name in held.fields:
        return True
    if section.lower() != "facts":
        return False
    return bool(_PLAIN.match(value)) and (name in facts or "_" in name or value in ("true", "false", "null"))
