"""The addresses of documents: the posted desk is planned again, and one document of it is handed out as a file."""

from __future__ import annotations

import orjson
from fastapi import APIRouter, Request, Response

from spondyl.plan import Plan
from spondyl.service.desk import desk_of
from spondyl.service.forms import fields_of
from spondyl.service.refusing import refused
from spondyl.service.screen import screen_of
from spondyl.service.settings import Settings
from spondyl.service.work import Work


def takeaway_routes(work: Work, settings: Settings) -> APIRouter:
    """`POST /document/...`."""
    routes = APIRouter()

    @routes.post("/document/{name}")
    async def document(request: Request, name: str) -> Response:
        fields, _ = await fields_of(request, settings)
        desk = desk_of(fields, settings.today())

        def task() -> Response:
            return _written(screen_of(work, desk).made, name)

        return await work.do(task)

    return routes


def _written(made: Plan, name: str) -> Response:
    day = made.record["as_of"]
    if name == "chart":
        from spondyl.render.chart import plan_chart

        return _file(plan_chart(made.record, made.words).encode(), f"spondyl-chart-{day}.txt", "text/plain")
    if name == "plan.md":
        from spondyl.render.markdown import plan_markdown

        return _file(plan_markdown(made.record, made.words).encode(), f"spondyl-plan-{day}.md", "text/markdown")
    if name == "plan.html":
        from spondyl.render.page import plan_page

        return _file(plan_page(made.record, made.words).encode(), f"spondyl-plan-{day}.html", "text/html")
    if name == "record.json":
        text = orjson.dumps(made.record, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS)
        return _file(text, f"spondyl-record-{day}.json", "application/json")
    raise refused("I208", "there is no such document", "document", "choose one of the page")


def _file(content: bytes, name: str, kind: str) -> Response:
    """A download; its name holds no patient's value."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    return Response(content, media_type=kind, headers=headers)
