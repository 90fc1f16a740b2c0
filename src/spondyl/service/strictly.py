"""Routes that take JSON take it as the standard has it: each refusal says what is wrong, and no key or number is lost.

The framework alone keeps the last of two equal keys, takes NaN, and says of broken bytes only that they are broken.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from spondyl.intake.strict_json import JsonError, strict
from spondyl.record import Problem, Refusal
from spondyl.service.refusing import refused


class _Read(Request):
    """A request whose body was read already."""

    plain: Any = None

    async def json(self) -> Any:
        """What the body holds."""
        return self.plain


class StrictRoute(APIRoute):
    """A route that reads its JSON itself."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of the framework, given what was read."""
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            if request.method == "POST":
                request = _Read(request.scope, request.receive)
                request.plain = _json(request.headers.get("content-type", ""), await request.body())
            return await handle(request)

        return handler


def _json(content_type: str, body: bytes) -> Any:
    """The value of a body. Raises Refused (I209, I201), or Refusal as the command line does (I004, I005)."""
    if content_type.partition(";")[0].strip().lower() != "application/json":
        # A form or a plain text can be sent by any page without being asked; JSON cannot.
        raise refused("I209", "the body is not marked as JSON", "Content-Type", "send application/json")
    if not body.strip():
        raise refused("I201", "the body is empty", "body", "send a JSON object with text, case, resource or inputs")
    try:
        text = body.decode(json.detect_encoding(body))
    except UnicodeDecodeError:
        raise refused("I201", "the body is no text in UTF-8", "body", "send the JSON encoded as UTF-8") from None
    try:
        plain = strict(text)
    except JsonError as error:
        if error.fault == "syntax":
            message, place, remedy = error.problems[0]
            raise refused("I201", message, f"body: {place}" if place else "body", remedy) from None
        code = "I005" if error.fault == "twice" else "I004"
        raise Refusal([Problem(code, message, "body", remedy) for message, _, remedy in error.problems]) from None
    if not isinstance(plain, dict):
        raise refused(
            "I201", "the body is no JSON object", "body", "send an object with text, case, resource or inputs"
        )
    return plain
