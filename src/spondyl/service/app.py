"""The application: routes, errors and the guard around them. It listens to nothing by itself."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from spondyl import __version__
from spondyl.engine import Program
from spondyl.record import Problem, Refusal
from spondyl.service.api import api_routes
from spondyl.service.bench import bench_routes
from spondyl.service.description import describe, refusals
from spondyl.service.fields import unfit
from spondyl.service.guard import Guard
from spondyl.service.library import library_routes
from spondyl.service.pages import static_file
from spondyl.service.refusing import Refused, answer
from spondyl.service.settings import Settings
from spondyl.service.signing import sign_in_routes
from spondyl.service.takeaway import takeaway_routes
from spondyl.service.warming import warm
from spondyl.service.work import Work


def application(program: Program, settings: Settings) -> ASGIApp:
    """Everything that answers, behind the guard."""
    app = FastAPI(
        title="Spondyl",
        version=__version__,
        description="Decision support for pain after spine surgery. Every statement can be followed to its source.",
        license_info={"name": "Apache-2.0"},
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
    )
    work = Work(program, settings.seconds)
    warm(work, settings)
    app.include_router(api_routes(work, settings))
    app.include_router(bench_routes(work, settings), include_in_schema=False)
    app.include_router(library_routes(work, settings), include_in_schema=False)
    app.include_router(takeaway_routes(work, settings), include_in_schema=False)
    app.include_router(sign_in_routes(settings), include_in_schema=False)

    @app.get("/healthz", responses=refusals(api=False), summary="Whether the server answers, and with which knowledge")
    async def healthz() -> JSONResponse:
        rules = work.rules
        return JSONResponse(
            {"status": "ok", "software": __version__, "knowledge": {"version": rules.version, "sha256": rules.sha256}}
        )

    @app.get("/static/{name}", include_in_schema=False)
    async def static(request: Request, name: str) -> Response:
        found = static_file(name)
        return found or answer(request, [_missing()])

    _errors(app)
    describe(app)
    return Guard(app, settings)


def _errors(app: FastAPI) -> None:
    @app.exception_handler(Refusal)
    async def _(request: Request, error: Refusal) -> Response:
        return answer(request, sorted(error.problems, key=lambda one: (one.where, one.code)))

    @app.exception_handler(Refused)
    async def _(request: Request, error: Refused) -> Response:
        return answer(request, [error.problem])

    @app.exception_handler(RequestValidationError)
    async def _(request: Request, error: RequestValidationError) -> Response:
        return answer(request, unfit(error.errors()))

    @app.exception_handler(HTTPException)
    async def _(request: Request, error: HTTPException) -> Response:
        if error.status_code == 405:
            return answer(
                request, [Problem("I210", "this address is not asked that way", request.method, "see /openapi.json")]
            )
        if error.status_code == 400:
            message = "the request cannot be read"
            return answer(request, [Problem("I201", message, "body", "compare it with /openapi.json")])
        return answer(request, [_missing()])

    @app.exception_handler(Exception)
    async def _(request: Request, error: Exception) -> Response:
        return answer(request, [fault(error)])


def _missing() -> Problem:
    return Problem("I208", "there is no such page", "address", "start at /")


def fault(error: Exception) -> Problem:
    """A fault of this program: where it happened, and nothing of what it worked on."""
    import os
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    place = f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else "unknown"
    remedy = "report it with this line and the version, without the patient's text"
    return Problem("I199", f"a fault of this program ({type(error).__name__})", place, remedy)
