"""The form of a file: a small part of JSON Schema, checked against nodes so that every problem has its place.

`x-role` says what a text means (a condition, a source, an order, ...); `Found` lists these places for later checks.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from spondyl.knowledge.source import Document, Mapping, Node, Scalar, Sequence

Schema: TypeAlias = dict[str, Any]
Path: TypeAlias = tuple[str | int, ...]

_NAMES = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
    "array": "a list",
    "object": "keys and values",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A text with a role, and where it stands."""

    role: str
    node: Scalar
    path: Path


def of(kind: str, role: str | None = None, **more: Any) -> Schema:
    """A schema of one type, with a role."""
    schema: Schema = {"type": kind, **more}
    if role is not None:
        schema["x-role"] = role
    return schema


def text(role: str | None = None, **more: Any) -> Schema:
    """A text that is not empty."""
    return of("string", role, minLength=1, **more)


def choice(*words: str | int, role: str | None = None) -> Schema:
    """One of these words."""
    schema: Schema = {"enum": list(words)}
    if role is not None:
        schema["x-role"] = role
    return schema


def listing(items: Schema, least: int = 0) -> Schema:
    """A list of these."""
    return {"type": "array", "items": items, **({"minItems": least} if least else {})}


def either(*schemas: Schema) -> Schema:
    """The first of these whose type fits."""
    return {"anyOf": list(schemas)}


def record(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    """Named keys, some of which must be there; no others."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def table(values: Schema, keys: str | None = None) -> Schema:
    """Any keys with such values; `keys` is the role of the keys."""
    schema: Schema = {"type": "object", "additionalProperties": values}
    if keys is not None:
        schema["x-keys"] = keys
    return schema


ANYTHING: Schema = {}


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The word most like it, if one is like it."""
    found = difflib.get_close_matches(word, list(words), n=1, cutoff=0.6)
    return found[0] if found else None


def check_shape(document: Document, schema: Schema) -> list[Found]:
    """Every text with a role; problems are recorded in the document."""
    found: list[Found] = []
    if document.root is not None:
        _check(document, document.root, schema, (), found)
    return found


def _check(document: Document, node: Node, schema: Schema, path: Path, found: list[Found]) -> None:
    if "anyOf" in schema:
        fitting = [option for option in schema["anyOf"] if _fits(node, option)]
        if not fitting:
            kinds = " or ".join(_name(option) for option in schema["anyOf"])
            document.refuse("K009", f"{_label(path)} needs {kinds}", node.start, _end(document, node))
            return
        schema = fitting[0]
    if not _fits(node, schema):
        document.refuse("K009", f"{_label(path)} needs {_name(schema)}", node.start, _end(document, node))
        return
    if isinstance(node, Mapping):
        _check_mapping(document, node, schema, path, found)
    elif isinstance(node, Sequence):
        if len(node.items) < schema.get("minItems", 0):
            message = f"{_label(path)} needs at least {schema['minItems']}"
            document.refuse("K011", message, node.start, _end(document, node))
        if len(node.items) > schema.get("maxItems", len(node.items)):
            message = f"{_label(path)} takes at most {schema['maxItems']}"
            document.refuse("K011", message, node.start, _end(document, node))
        for index, item in enumerate(node.items):
            if "items" in schema:
                _check(document, item, schema["items"], (*path, index), found)
    else:
        _check_scalar(document, node, schema, path, found)


def _check_mapping(document: Document, node: Mapping, schema: Schema, path: Path, found: list[Found]) -> None:
    properties: dict[str, Schema] = schema.get("properties", {})
    others = schema.get("additionalProperties", True)
    for key, value in node.items.items():
        place = node.keys[key]
        if "x-keys" in schema:
            found.append(Found(schema["x-keys"], place, (*path, key)))
        if key in properties:
            _check(document, value, properties[key], (*path, key), found)
        elif others is False:
            near = nearest(key, properties)
            known = ", ".join(sorted(properties))
            where = f"in {_label(path)}" if path else "here"
            hint = f"Known are {known}."
            if isinstance(value, Scalar) and value.value is None and document.text[place.end : place.end + 1] in ",}":
                near, hint = None, "Put the text before it in quotes: inside braces a comma ends it."
            document.refuse("K007", f"'{key}' is not known {where}", place.start, place.end, nearest=near, next_=hint)
        elif isinstance(others, dict):
            _check(document, value, others, (*path, key), found)
    missing = [key for key in schema.get("required", ()) if key not in node.items]
    if missing:
        first = next(iter(node.keys.values()), None)
        start, end = (node.start, node.start + 1) if first is None else (first.start, first.end)
        words = ", ".join(f"'{key}'" for key in missing)
        document.refuse("K008", f"{words} {'is' if len(missing) == 1 else 'are'} missing{_inside(path)}", start, end)


def _check_scalar(document: Document, node: Scalar, schema: Schema, path: Path, found: list[Found]) -> None:
    value, end = node.value, _end(document, node)
    if "enum" in schema and value not in schema["enum"]:
        words = ", ".join(str(word) for word in schema["enum"])
        near = nearest(str(value), map(str, schema["enum"]))
        message = f"'{value}' is not a value of {_label(path)}"
        document.refuse("K010", message, node.start, end, nearest=near, next_=f"One of {words}.")
        return
    if isinstance(value, str):
        if not value.strip() and schema.get("minLength"):
            document.refuse("K011", f"{_label(path)} is empty", node.start, end)
            return
        if "pattern" in schema and not re.search(schema["pattern"], value):
            meant = schema.get("description", f"a text like {schema['pattern']}")
            document.refuse("K011", f"{_label(path)} needs {meant}", node.start, end)
            return
    elif isinstance(value, int | float) and not isinstance(value, bool):
        low, high = schema.get("minimum", value), schema.get("maximum", value)
        if not low <= value <= high:
            bounds = f"in {low:g} to {high:g}" if "minimum" in schema and "maximum" in schema else ""
            bounds = bounds or (f"at {low:g} or above" if "minimum" in schema else f"at {high:g} or below")
            document.refuse("K011", f"{_label(path)} must lie {bounds}", node.start, end)
            return
    if "x-role" in schema and isinstance(value, str):
        found.append(Found(schema["x-role"], node, path))


def _fits(node: Node, schema: Schema) -> bool:
    kind = schema.get("type")
    if isinstance(node, Mapping):
        return kind in (None, "object") and "enum" not in schema
    if isinstance(node, Sequence):
        return kind in (None, "array") and "enum" not in schema
    value = node.value
    if kind is None:
        return True
    if kind == "string":
        return isinstance(value, str)
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "null":
        return value is None
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return kind == "number" and isinstance(value, int | float) and not isinstance(value, bool)


def _name(schema: Schema) -> str:
    if "enum" in schema:
        return "one of " + ", ".join(str(word) for word in schema["enum"])
    return _NAMES.get(str(schema.get("type")), "something else")


def _label(path: Path) -> str:
    words = [part for part in path if isinstance(part, str)]
    return f"'{words[-1]}'" if words else "the file"


def _inside(path: Path) -> str:
    return f" in {_label(path)}" if path else ""


def _end(document: Document, node: Node) -> int:
    return max(node.end, node.start + 1)
