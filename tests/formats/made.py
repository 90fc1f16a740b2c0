"""Files for the tests, made from nothing: the smallest PDF, DOCX, RTF, C-CDA and FHIR that say something."""

from __future__ import annotations

import base64
import json
import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx

HPI = "62 year old woman, L4-S1 TLIF 06/2025. Low back pain 6/10."
DENIED = "Denies fever and saddle numbness."
PICTURE = "picture"


def pdf(*pages: str, packed: bool = True, extra: Sequence[str] = ()) -> bytes:
    """A PDF with these pages, a line of text for each line; the page `picture` has an image and no text."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    image = 4 + 2 * len(pages)
    for number, text in enumerate(pages):
        beside = f"/XObject << /I {image} 0 R >>" if text == PICTURE else ""
        annots = " ".join(f"{image + 1 + at} 0 R" for at in range(len(extra))) if not number else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R /Annots [{annots}]"
            f" /Resources << /Font << /F 3 0 R >> {beside} >> >>".encode()
        )
        lines = "".join(
            "({}) Tj 0 -14 Td ".format(line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)"))
            for line in text.splitlines()
        )
        drawn = f"BT /F 11 Tf 60 720 Td {lines} ET" if text != PICTURE else "q 600 0 0 700 0 0 cm /I Do Q"
        stream = zlib.compress(drawn.encode("cp1252")) if packed else drawn.encode("cp1252")
        how = b"/Filter /FlateDecode " if packed else b""
        objects.append(b"<< %b/Length %d >>\nstream\n%b\nendstream" % (how, len(stream), stream))
    objects.append(
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
        b"\nstream\nx\nendstream"
    )
    objects += [one.encode() for one in extra]
    out = BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, one in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, one))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def locked_pdf(text: str, password: str) -> bytes:
    """The same behind a password."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(text))))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def word(*paragraphs: str, tables: Sequence[Sequence[Sequence[str]]] = (), header: str = "", footer: str = "") -> bytes:
    """A DOCX with paragraphs, then tables."""
    made = docx.Document()
    section = made.sections[0]
    if header:
        section.header.paragraphs[0].text = header
    if footer:
        section.footer.paragraphs[0].text = footer
    for text in paragraphs:
        made.add_paragraph(text)
    for rows in tables:
        table = made.add_table(rows=len(rows), cols=len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """A zip file with one part put in, or in place of the old one."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            if one.filename != name:
                new.writestr(one, old.read(one.filename))
        new.writestr(name, part)
    return out.getvalue()


def inside(content: bytes, xml: str) -> bytes:
    """A DOCX with this XML as the first thing in its body."""
    with zipfile.ZipFile(BytesIO(content)) as old:
        document = old.read("word/document.xml").decode("utf-8")
    return with_part(content, "word/document.xml", document.replace("<w:body>", f"<w:body>{xml}", 1).encode("utf-8"))


def rtf(body: str) -> bytes:
    return rf"{{\rtf1\ansi\ansicpg1252\deff0{{\fonttbl{{\f0 Arial;}}}}\f0 {body}\par}}".encode("cp1252")


def cda(*sections: str, day: str = "20261120103000+0000") -> bytes:
    components = "".join(f"<component><section>{one}</section></component>" for one in sections)
    return (
        '<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3">'
        f'<effectiveTime value="{day}"/><recordTarget/><component><structuredBody>{components}</structuredBody>'
        "</component></ClinicalDocument>"
    ).encode()


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def reference(content: bytes, kind: str = "text/plain", **fields: Any) -> dict[str, Any]:
    """A DocumentReference with one attachment."""
    held = {"contentType": kind, "data": encoded(content)}
    return {"resourceType": "DocumentReference", "status": "current", "content": [{"attachment": held}], **fields}


def bundle(*resources: dict[str, Any]) -> bytes:
    entries = [{"resource": one} for one in resources]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode("utf-8")
