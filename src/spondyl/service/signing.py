"""The page that asks for the access token, where one is set. A browser that knew it carries a cookie, not the token."""

from __future__ import annotations

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from spondyl.record import Problem
from spondyl.service.desk import one
from spondyl.service.forms import fields_of
from spondyl.service.guard import COOKIE
from spondyl.service.pages import page
from spondyl.service.settings import Settings

_PAUSE = 0.8


def sign_in_routes(settings: Settings) -> APIRouter:
    """`/sign-in`."""
    routes = APIRouter()

    @routes.get("/sign-in")
    async def ask() -> Response:
        if not settings.access:
            return RedirectResponse("/", status_code=303)
        return page("sign_in.html", token=settings.page_token, problems=[])

    @routes.post("/sign-in")
    async def enter(request: Request) -> Response:
        fields, _ = await fields_of(request, settings)
        if not settings.access or not settings.admits(one(fields, "access")):
            await anyio.sleep(_PAUSE)  # guessing is slow
            wrong = [
                Problem("I206", "this is not the access token", "access token", "type it as it was set at the start")
            ]
            return page("sign_in.html", 401, token=settings.page_token, problems=wrong)
        answer = RedirectResponse("/", status_code=303)
        answer.set_cookie(COOKIE, settings.pass_of(), httponly=True, samesite="strict", secure=settings.secure)
        return answer

    return routes
