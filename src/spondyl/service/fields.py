"""What is wrong with the fields of a request: which field, and what it takes. No value that was sent is repeated."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any, Final

from spondyl.record import Problem
from spondyl.service import bodies

# What fields take whose form alone would not tell.
_TAKES: Final = {
    "as_of": "a day like 2026-11-22",
    "case": "a JSON object with `schema` and `facts`",
    "resource": "a FHIR R4 resource as a JSON object",
    "inputs": "a list of objects with text, case or resource, 1 to 20 of them",
    "changes": "a list of name=value, 1 to 100 of them",
    "text": "the note as a text",
    "for": "the name of a gate, such as lumbar_mri",
    "id": "an id of the plan, such as g1 or gate:lumbar_mri",
}
_OF_TYPE: Final = {
    "string_type": "a text",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "dict_type": "a JSON object",
    "list_type": "a list",
    "model_type": "a JSON object",
    "model_attributes_type": "a JSON object",
}
_MOST: Final = 20


def unfit(errors: Sequence[Mapping[str, Any]]) -> list[Problem]:
    """The problems (I201) of what the validator found. Its own messages may hold what was sent and are not used."""
    found: dict[str, Problem] = {}
    for one in errors:
        where = ".".join(map(str, one["loc"]))[:200]
        found.setdefault(where, _problem(str(one["type"]), one["loc"], one.get("ctx") or {}, where))
    return list(found.values())[:_MOST]


def _problem(kind: str, place: Sequence[str | int], context: Mapping[str, Any], where: str) -> Problem:
    name = next((str(one) for one in reversed(place) if isinstance(one, str)), "body")
    if kind == "extra_forbidden":
        known = _known()
        near = difflib.get_close_matches(name, known, n=1)
        remedy = f"did you mean '{near[0]}'?" if near else f"this address takes fields such as {', '.join(known[:6])}"
        return Problem("I201", "there is no such field", where, remedy)
    if kind == "missing":
        return Problem("I201", f"'{name}' is missing", where, f"give {_TAKES.get(name, 'it')}")
    if kind == "string_too_long":
        most = context.get("max_length")
        return Problem("I201", f"'{name}' is too long", where, f"write at most {most} characters")
    if kind == "literal_error":
        return Problem("I201", f"'{name}' has no such value", where, f"one of {_values(context.get('expected'))}")
    takes = _TAKES.get(name) or _OF_TYPE.get(kind) or "what /openapi.json says"
    return Problem("I201", f"'{name}' does not fit", where, f"it takes {takes}")


def _values(expected: object) -> str:
    return str(expected).replace("'", "").replace(" or ", ", ")


def _known() -> list[str]:
    """Every field that an address takes, as it is written."""
    models = [one for one in vars(bodies).values() if isinstance(one, type) and issubclass(one, bodies.Asking)]
    names = [field.alias or name for model in models for name, field in model.model_fields.items()]
    return list(dict.fromkeys(["text", "case", "resource", "inputs", "as_of", "profile", *names]))
