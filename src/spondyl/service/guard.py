"""Stands before every request: host, origin, access, size and time; and puts the security headers on every answer."""

from __future__ import annotations

import asyncio
import sys
from ipaddress import ip_address
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from spondyl.record import Problem
from spondyl.service.refusing import answer
from spondyl.service.settings import Settings

MOST_BYTES = 24_000_000
BODY_SECONDS = 30.0
COOKIE = "spondyl_pass"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_OPEN = ("/static/", "/sign-in", "/healthz")


class Guard:
    """Refuses before the program sees anything; a request that passes has its whole body in memory, never on disk."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # there are no websockets here
            await send({"type": "websocket.close", "code": 1008})
            return
        request = Request(scope)
        closed = _closing(send)
        problem = self._host(request) or self._origin(request)
        if problem is not None:
            await answer(request, [problem])(scope, receive, closed)
            return
        if not self._admitted(request):
            await self._turned_away(request)(scope, receive, closed)
            return
        body = await _body(request, receive)
        if isinstance(body, Problem):
            await answer(request, [body])(scope, receive, closed)
            return
        try:
            await self.app(scope, _again(body, receive), closed)
        except Exception as error:  # answered already as I199; on the way out it would print what it worked on
            sys.stderr.write(f"I199: {type(error).__name__} in {request.method} {request.url.path}\n")

    def _host(self, request: Request) -> Problem | None:
        """A name this server does not have was resolved to its address: a page elsewhere tries to read it."""
        host = request.headers.get("host", "").lower()
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        if name in self.settings.hosts or (self.settings.any_address and _is_address(name)):
            return None
        return Problem("I203", "this server does not go by that name", "Host", "use the address that `serve` printed")

    def _origin(self, request: Request) -> Problem | None:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return None
        origin = request.headers.get("origin")
        site = request.headers.get("sec-fetch-site")
        host = request.headers.get("host", "")
        if site in (None, "same-origin", "none") and origin in (None, f"http://{host}", f"https://{host}"):
            return None
        return Problem(
            "I204", "the request comes from another page", "Origin", "open the workbench itself and try again"
        )

    def _admitted(self, request: Request) -> bool:
        if not self.settings.access or request.url.path.startswith(_OPEN):
            return True
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self.settings.admits(token.strip()):
            return True
        return self.settings.passes(request.cookies.get(COOKIE, ""))

    def _turned_away(self, request: Request) -> ASGIApp:
        if request.method == "GET" and not request.url.path.startswith("/api/"):
            return RedirectResponse("/sign-in", status_code=303)
        return answer(request, [Problem("I206", "the access token is asked for", "Authorization", "sign in first")])


def _is_address(name: str) -> bool:
    """Whether a host is written as a number, which no name server can point elsewhere."""
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


async def _body(request: Request, receive: Receive) -> bytes | Problem:
    large = Problem("I202", "the request is larger than 24 MB", "body", "give the part that concerns the spine")
    told = request.headers.get("content-length", "0")
    if not told.isdigit() or int(told) > MOST_BYTES:
        return large
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    return Problem("I201", "the request ended early", "body", "send it again")
                size += len(message.get("body", b""))
                if size > MOST_BYTES:
                    return large
                parts.append(message.get("body", b""))
                if not message.get("more_body"):
                    return b"".join(parts)
    except TimeoutError:
        return Problem("I207", "the request took too long to arrive", "body", "send it again")


def _again(body: bytes, receive: Receive) -> Receive:
    """The body as if it came now; after it, what really comes: the end of the connection."""
    left = [body]

    async def replay() -> Message:
        if left:
            return {"type": "http.request", "body": left.pop(), "more_body": False}
        return await receive()

    return replay


def _closing(send: Send) -> Send:
    """Every answer with the security headers; what may hold a patient's data is never kept by a cache."""

    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers: list[Any] = list(message.get("headers", ()))
            named = {name.lower() for name, _ in headers}
            for name, value in {"cache-control": "no-store", **HEADERS}.items():
                if name.encode() not in named:
                    headers.append((name.encode(), value.encode()))
            message["headers"] = headers
        await send(message)

    return with_headers
