"""PDF with a text layer to text, page by page. It recognizes no letters in pictures and runs no script."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any, Final

from .document import Extracted
from .refuse import beyond, counted, damaged, locked, no_text
from .writer import Writer

MOST_PAGES: Final = 500
_FEW_LETTERS: Final = 20
_LETTER: Final = re.compile(r"[^\W_]")
_UNKNOWN: Final = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]|/g\d+|\(cid:\d+\)")
# Glyphs that stand for several letters, and hyphens that only break a line: the words are meant.
_LIGATURES: Final = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)
_BROKEN: Final = re.compile(r"[\u00ad\u2010]\n?")


def read_pdf(content: bytes, name: str) -> Extracted:
    """The text of every page. Raises Refusal for an encrypted, damaged or scanned file and for too many pages."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PyPdfError

    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise locked(name, "the PDF")
        return _pages(reader, name)
    except (DependencyError, FileNotDecryptedError):  # a cipher that only passwords are used with
        raise locked(name, "the PDF") from None
    except LimitReachedError:
        raise beyond(name, "the PDF unpacks to more than a note needs") from None
    except PyPdfError:
        raise damaged(name, "the PDF") from None


def _pages(reader: Any, name: str) -> Extracted:
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise beyond(name, f"the PDF has more than {MOST_PAGES} pages")
    writer = Writer()
    not_read: list[str] = []
    empty: list[int] = []
    buttons = 0
    for number in range(1, count + 1):
        page = reader.pages[number - 1]
        text = _text(page)
        if _unreadable(text):
            not_read.append(f"page {number}: its letters have no meaning in the file")
            continue
        if len(_LETTER.findall(text)) < _FEW_LETTERS and _has_picture(page):
            empty.append(number)
        writer.put(text, f"page {number}")
        buttons += _added(page, writer, number)
    if empty:
        shown = ", ".join(map(str, empty[:20])) + (" and more" if len(empty) > 20 else "")
        not_read.append(f"{'page' if len(empty) == 1 else 'pages'} {shown}: a picture without text")
    if buttons:
        not_read.append(counted(buttons, "button or check box", "buttons or check boxes"))
    if reader.attachments:
        not_read.append(counted(len(reader.attachments), "attached file"))
    document = writer.document()
    if len(_LETTER.findall(document.text)) < _FEW_LETTERS and (empty or not_read or not document.text):
        raise no_text(name, "the PDF")
    return Extracted((document,), tuple(not_read))


def _text(page: Any) -> str:
    return _BROKEN.sub("", str(page.extract_text()).translate(_LIGATURES))


def _unreadable(text: str) -> bool:
    """Whether glyphs came out that the file maps to no letters."""
    strange = len(_UNKNOWN.findall(text))
    return strange > _FEW_LETTERS and strange * 5 > len(text.split())


def _has_picture(page: Any) -> bool:
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    if objects is None:
        return False
    return any(one.get_object().get("/Subtype") in ("/Image", "/Form") for one in objects.get_object().values())


def _added(page: Any, writer: Writer, number: int) -> int:
    """Typed notes and filled fields that stand on top of the page; the number of buttons that were left."""
    buttons = 0
    for one in page.get("/Annots", None) or ():
        note = one.get_object()
        parent = note.get("/Parent", {}).get_object() if "/Parent" in note else {}
        kind, field = note.get("/Subtype"), note.get("/FT", parent.get("/FT"))
        value = note.get("/V", parent.get("/V"))
        if kind == "/FreeText" and note.get("/Contents"):
            writer.put(str(note["/Contents"]), f"page {number}, typed note")
        elif kind == "/Widget" and field in ("/Tx", "/Ch") and isinstance(value, str) and value.strip():
            label = str(note.get("/TU", parent.get("/TU", note.get("/T", parent.get("/T", "")))))
            writer.put(f"{label}: {value}" if label else value, f"page {number}, form field")
        elif kind == "/Widget" and field == "/Btn" and value not in (None, "/Off", ""):
            buttons += 1
    return buttons
