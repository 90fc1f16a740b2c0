"""What kind of file the bytes are, from their first bytes. It looks; it never unpacks."""

from __future__ import annotations

import re
from typing import Final

_HEAD: Final = 8000
_CDA: Final = re.compile(rb"<(?:\w+:)?clinicaldocument[\s>]")
_WEB: Final = re.compile(rb"<(?:!doctype html|html)[\s>]")
_FHIR_XML: Final = b"http://hl7.org/fhir"
_PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00")
_OLE: Final = b"\xd0\xcf\x11\xe0"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


def form_of(content: bytes) -> str | None:
    """`pdf`, `docx`, `rtf`, `cda` or `html`; `picture`, `word97`, `encrypted`, `archive` or `xml` for what is refused.

    None is text, to be read as it is.
    """
    head = content[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if content.startswith(b"PK\x03\x04"):
        return "docx" if b"word/" in content else "archive"
    if content.startswith(_OLE):
        return "encrypted" if _ENCRYPTED in content else "word97"
    if content.startswith(_PICTURES) or content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return "picture"
    return _markup(head)


def _markup(head: bytes) -> str | None:
    plain = head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\x00", b"").lstrip().lower()
    if not plain.startswith(b"<"):
        return None
    if _WEB.search(plain[:1000]):
        return "html"
    if _CDA.search(plain):
        return "cda"
    return "xml" if plain.startswith(b"<?xml") or _FHIR_XML in plain else None
