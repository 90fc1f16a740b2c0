"""Templates become pages. Everything they print is escaped; no template has a script or a style of its own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from spondyl import __version__
from spondyl.record import Problem

HERE = Path(__file__).resolve().parent
STATIC = HERE / "static"
DOCUMENTS = "document.css"
_REMARK = re.compile(rb"//.*|/\*[^*]*\*/")
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@cache
def environment() -> Environment:
    """The templates, compiled once."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals.update(asset=asset, version=__version__)
    made.filters["ident"] = lambda text: re.sub(r"[^A-Za-z0-9]+", "-", str(text)).strip("-")
    made.filters["first"] = lambda text: str(text)[:1].upper() + str(text)[1:]
    return made


@cache
def asset(name: str) -> str:
    """The address of a static file, which changes with its content so that it may be kept for ever."""
    return f"/static/{name}?{hashlib.sha256(_content(name)).hexdigest()[:12]}"


@cache
def _content(name: str) -> bytes:
    """A static file; the sheet of documents is the one they carry themselves."""
    if name == DOCUMENTS:
        from spondyl.render.documents import STYLE

        return STYLE.encode()
    content = (STATIC / name).read_bytes()
    if name.endswith((".css", ".js")):
        # Indents and remarks are for those who read the file; no string in ours runs over a line.
        lines = [line.strip() for line in content.splitlines()]
        content = b"\n".join([line for line in lines if line and not _REMARK.fullmatch(line)]) + b"\n"
    return content


def render(name: str, **values: Any) -> str:
    """A template as text."""
    return environment().get_template(name).render(**values)


def page(name: str, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any) -> HTMLResponse:
    """A template as an answer."""
    return HTMLResponse(render(name, **values), status, headers=dict(headers or {}))


def partial(request: Request) -> bool:
    """Whether a part of the page was asked for by the page itself."""
    return request.headers.get("hx-request") == "true"


def refusal_page(request: Request, problems: Sequence[Problem], status: int) -> Response:
    """The problems for a reader: what is wrong and what to do. The page that asked keeps what it shows."""
    if partial(request):
        headers = {"HX-Retarget": "#trouble", "HX-Reswap": "innerHTML"}
        return page("parts/trouble.html", status, headers, problems=problems)
    return page("refused.html", status, problems=problems)


def static_file(name: str) -> Response | None:
    """A static file by its name; None when there is none. Only the names of the folder are looked up."""
    if name not in {DOCUMENTS, *(path.name for path in STATIC.iterdir())}:
        return None
    kind = KINDS.get(Path(name).suffix)
    if kind is None:
        return None
    headers = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(_content(name), media_type=f"{kind}; charset=utf-8", headers=headers)
