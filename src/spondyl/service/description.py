"""What /openapi.json says of the answers: their schemas, those of schemas/record, and every status that occurs."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI

Json = dict[str, Any]
_SCHEMAS = Path(__file__).with_name("answers.json")
_PLACE = "#/components/schemas/"
_ALWAYS = {
    421: "a host name that is not this server's (I203)",
    500: "a fault of this program (I199)",
}
_OF_API = {
    400: "a request that does not fit: no JSON, a field of another form, or a name that no field has (I201)",
    401: "the access token is missing or wrong (I206)",
    403: "a request from another page (I204)",
    404: "an address that leads nowhere (I208)",
    405: "a method the address does not have (I210)",
    413: "a request or a note that is too large (I202, I006)",
    415: "a body that is not marked as JSON (I209)",
    422: "an input or a setting that cannot be used (codes below I200)",
    503: "it took too long (I207)",
}


def answered(name: str) -> dict[int | str, Json]:
    """The answer of status 200, by the name of its schema."""
    return {200: {"description": f"spondyl/{name}/1", "content": _content(name)}}


def refusals(*, api: bool = True) -> dict[int | str, Json]:
    """Each status of a refusal, with what it means."""
    meant = {**(_OF_API if api else {}), **_ALWAYS}
    return {status: {"description": said, "content": _content("errors")} for status, said in sorted(meant.items())}


def _content(name: str) -> Json:
    return {"application/json": {"schema": {"$ref": f"{_PLACE}{name}"}}}


@cache
def schemas() -> Json:
    """The schemas of the answers by name, their references as OpenAPI writes them."""
    held: Json = json.loads(_SCHEMAS.read_text(encoding="utf-8"))
    return held


def describe(app: FastAPI) -> None:
    """Adds the schemas of the answers to the description that the framework makes."""
    made = app.openapi

    def with_answers() -> Json:
        told = made()
        named = told.setdefault("components", {}).setdefault("schemas", {})
        named.update(schemas())
        for unused in ("HTTPValidationError", "ValidationError"):
            named.pop(unused, None)
        return told

    app.openapi = with_answers  # type: ignore[method-assign]
