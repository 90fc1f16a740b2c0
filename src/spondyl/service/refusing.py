"""What is answered when a request cannot be followed: coded problems with a status, as JSON or as a page."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import Request
from fastapi.responses import JSONResponse, Response

from spondyl.record import Problem, as_errors

# The status of a problem of HTTP; a problem of the input is 422.
STATUS = {
    "I201": 400,
    "I202": 413,
    "I203": 421,
    "I204": 403,
    "I205": 403,
    "I206": 401,
    "I207": 503,
    "I208": 404,
    "I209": 415,
    "I210": 405,
    "I006": 413,
    "I199": 500,
}


class Refused(Exception):  # noqa: N818  # the word of the house for it
    """A request that is not followed, for one reason."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)


def refused(code: str, message: str, where: str, remedy: str) -> Refused:
    """A refusal in few words; none of them is a patient's."""
    return Refused(Problem(code, message, where, remedy))


def status_of(problems: Sequence[Problem]) -> int:
    """The highest status of the problems: what is wrong with the request before what is wrong with the input."""
    return max((STATUS.get(one.code, 422) for one in problems), default=422)


def wants_page(request: Request) -> bool:
    """Whether a person asked, and not a program."""
    return not request.url.path.startswith(("/api/", "/healthz", "/openapi.json"))


def answer(request: Request, problems: Sequence[Problem]) -> Response:
    """The problems as the interface says them, or as a page or a part of one."""
    status = status_of(problems)
    if not wants_page(request):
        return JSONResponse(as_errors(problems), status_code=status)
    from spondyl.service.pages import refusal_page

    return refusal_page(request, problems, status)
