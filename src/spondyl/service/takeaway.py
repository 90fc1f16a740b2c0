"""The addresses of documents and of the patient's guide. The posted desk is planned again; nothing is looked up."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from spondyl.service.desk import LOCALES, desk_of
from spondyl.service.forms import fields_of
from spondyl.service.pages import page
from spondyl.service.papers import paper
from spondyl.service.refusing import refused
from spondyl.service.screen import screen_of
from spondyl.service.settings import Settings
from spondyl.service.work import Work


def takeaway_routes(work: Work, settings: Settings) -> APIRouter:
    """`POST /document/...` and `GET /guide`."""
    routes = APIRouter()

    @routes.post("/document/{name}")
    async def document(request: Request, name: str) -> Response:
        fields, _ = await fields_of(request, settings)
        desk = desk_of(fields, settings.today())
        if desk.empty:
            raise refused("I201", "there is no case yet", "note", "paste a note first")

        def task() -> tuple[bytes, str, str]:
            screen = screen_of(work, desk)
            return paper(screen.made, screen.case, name, fields)

        content, file, kind = await work.do(task)
        headers = {"content-disposition": f'attachment; filename="{file}"'}
        return Response(content, media_type=kind, headers=headers)

    @routes.get("/guide")
    async def guide(locale: str = "en-US") -> Response:
        chosen = locale if locale in (*LOCALES, "es") else "en-US"

        def task() -> tuple[str, str]:
            from spondyl.render.documents import guide as told
            from spondyl.render.documents import guide_sheet, html_body

            made = guide_sheet(told(work.words(chosen)))
            return made.title, html_body(made)

        title, body = await work.do(task)
        return page(
            "guide.html", title=title, body=Markup(body), here="guide", lang=chosen,  # escaped there
            knowledge_version=work.rules.version,
        )  # fmt: skip

    @routes.get("/guide.pdf")
    async def guide_pdf(locale: str = "en-US") -> Response:
        chosen = locale if locale in LOCALES else "en-US"

        def task() -> tuple[bytes, str]:
            from spondyl.render.documents import file_name, guide_sheet, written
            from spondyl.render.documents import guide as told

            made = guide_sheet(told(work.words(chosen)))
            return written(made, "pdf"), file_name(made)

        content, file = await work.do(task)
        headers = {"content-disposition": f'attachment; filename="{file}.pdf"'}
        return Response(content, media_type="application/pdf", headers=headers)

    return routes
