"""A document held inside another one as base64: decoded, recognized from its content, and read in turn."""

from __future__ import annotations

import base64
import binascii
from typing import Final

from spondyl.record import Problem, Refusal

from .document import Extracted
from .plain import decoded
from .recognize import form_of
from .refuse import damaged, locked, no_text
from .writer import Writer

_PAGES: Final = ("text/html", "application/xhtml+xml")


def attached(encoded: str, media_type: str | None, name: str) -> Extracted:
    """The text of an attachment. Raises Refusal for what cannot be read."""
    try:
        content = base64.b64decode("".join(encoded.split()), validate=True)
    except (binascii.Error, ValueError):
        raise damaged(name, "an attachment") from None
    form = form_of(content)
    if form is None and (media_type or "").partition(";")[0].strip().lower() in _PAGES:
        form = "html"
    if form is not None:
        return read_form(form, content, name)
    writer = Writer()
    writer.put(decoded(content, name), "")
    if not writer.parts:
        raise no_text(name, "an attachment")
    return Extracted((writer.document(),))


def read_form(form: str, content: bytes, name: str) -> Extracted:
    """The text of a file whose form is known. Raises Refusal."""
    if form == "pdf":
        from .pdf import read_pdf

        return read_pdf(content, name)
    if form == "docx":
        from .word import read_docx

        return read_docx(content, name)
    if form == "rtf":
        from .rtf import read_rtf

        return read_rtf(content, name)
    if form == "html":
        from .web import read_html

        return read_html(content, name)
    if form == "cda":
        from .cda import read_cda

        return read_cda(content, name)
    if form == "fhir":
        from .fhir import read_fhir

        return read_fhir(content, name)
    raise unreadable(form, name)


def unreadable(form: str, name: str) -> Refusal:
    """What is said of a kind of file that is not read here."""
    if form == "encrypted":
        return locked(name, "the document")
    message, remedy = {
        "picture": ("a picture cannot be read", "run text recognition (OCR) on it, or type the note as plain text"),
        "word97": ("a Word file of before 2007 cannot be read", "save it as DOCX, PDF or plain text"),
        "archive": ("this kind of archive cannot be read", "give the note in it as plain text, PDF or DOCX"),
        "xml": ("this XML is no C-CDA document", "give a C-CDA document, FHIR as JSON, or the note as plain text"),
    }[form]
    return Refusal([Problem("I007", message, name, remedy)])
