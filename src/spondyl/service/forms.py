"""A posted form as a list of fields and files, in memory only: a patient's text is never written to a disk."""

from __future__ import annotations

from urllib.parse import parse_qsl

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from spondyl.service.guard import MOST_BYTES
from spondyl.service.refusing import refused
from spondyl.service.settings import Settings

MOST_FIELDS = 3000
Fields = list[tuple[str, str]]
File = tuple[str, bytes]


class _InMemory(MultiPartParser):
    spool_max_size = MOST_BYTES + 1


async def fields_of(request: Request, settings: Settings) -> tuple[Fields, list[File]]:
    """The fields and files of a form that comes from a page of this server. Raises Refused."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    files: list[File] = []
    try:
        if kind == "application/x-www-form-urlencoded":
            body = (await request.body()).decode("utf-8", "replace")
            fields = parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS)
        elif kind == "multipart/form-data":
            parser = _InMemory(
                request.headers, request.stream(), max_files=10, max_fields=MOST_FIELDS, max_part_size=MOST_BYTES
            )
            fields = []
            for name, value in (await parser.parse()).multi_items():
                if isinstance(value, UploadFile):
                    content = await value.read()
                    if content:
                        files.append(((value.filename or "file").replace("\\", "/").rpartition("/")[2], content))
                else:
                    fields.append((name, value))
        else:
            raise refused("I209", "this is no form", "Content-Type", "use the page itself")
    except (ValueError, MultiPartException):
        raise refused("I201", "the form cannot be read", "body", "open the workbench again") from None
    token = next((value for name, value in fields if name == "token"), "")
    if not settings.of_page(token):
        raise refused("I205", "the page is older than this server", "page", "reload the page and send it again")
    return fields, files
