"""DOCX to text in document order: headers, paragraphs, tables, text boxes, notes, footers. It runs no macro."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final

from .document import Extracted
from .refuse import active, beyond, counted, damaged, declared, locked, no_text
from .writer import Writer

MOST_UNPACKED: Final = 100_000_000
MOST_PARTS: Final = 2_000
_SHORT_CELL: Final = 200
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_INSIDE: Final = frozenset(
    "hyperlink ins smartTag sdt sdtContent fldSimple moveTo customXml bdo dir oMath oMathPara r Choice".split()
)
_MATHS: Final = frozenset("f num den e sub sup sSub sSup rad deg d nary func fName".split())
_SIGNS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_NOTES: Final = ("footnotes", "endnotes")


def read_docx(content: bytes, name: str) -> Extracted:
    """The text of a Word document. Raises Refusal for what is damaged, encrypted, too large or carries macros."""
    _examine(content, name)
    from docx.api import Document as opened_docx  # noqa: N813  # a function, whatever its name
    from docx.opc.exceptions import OpcError

    try:
        opened = opened_docx(BytesIO(content))
    except (
        OpcError,
        SyntaxError,
        KeyError,
        ValueError,
        zipfile.BadZipFile,
        AttributeError,
    ):  # broken XML is a SyntaxError
        raise damaged(name, "the DOCX") from None
    walk = _Walk()
    for header in _margins(opened, "header"):
        walk.blocks(header, "header")
    walk.blocks(opened.element.body, "")
    for kind in _NOTES:
        walk.notes(opened.part, kind)
    for footer in _margins(opened, "footer"):
        walk.blocks(footer, "footer")
    remarks = sum(1 for one in opened.part.rels.values() if one.reltype.endswith("/comments"))
    if remarks:
        walk.left["comments of reviewers"] = 0
    document = walk.writer.document()
    if not document.text:
        raise no_text(name, "the DOCX")
    return Extracted((document,), tuple(walk.not_read()))


def _examine(content: bytes, name: str) -> None:
    """Look at the archive before anything is unpacked."""
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        parts = archive.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise locked(name, "the DOCX")
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise beyond(name, "the DOCX unpacks to more than a note needs")
        if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
            raise active(name, "the DOCX carries macros")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as file:
                    if b"<!DOCTYPE" in file.read(4000).replace(b"\x00", b""):
                        raise declared(name)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, EOFError, ValueError):
        raise damaged(name, "the DOCX") from None


def _margins(opened: Any, which: str) -> Iterator[Any]:
    """The headers or footers of all sections, each part once."""
    seen = set()
    for section in opened.sections:
        for margin in (
            getattr(section, f"first_page_{which}"),
            getattr(section, which),
            getattr(section, f"even_page_{which}"),
        ):
            if not margin.is_linked_to_previous and margin.part.partname not in seen:
                seen.add(margin.part.partname)
                yield margin._element


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


@dataclass(slots=True)
class _Walk:
    """Goes through the elements once, in order, and counts what it leaves."""

    writer: Writer = field(default_factory=Writer)
    left: dict[str, int] = field(default_factory=dict)
    number: Counter[str] = field(default_factory=Counter)

    def blocks(self, parent: Any, where: str) -> None:
        """The paragraphs and tables of an element."""
        for child in parent:
            kind = _local(child)
            if kind == "p":
                self.paragraph(child, where)
            elif kind == "tbl":
                self.table(child, where)
            elif kind in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
                self.blocks(child, where)
            elif kind in ("del", "moveFrom"):
                self._leave("deleted passages")

    def paragraph(self, element: Any, where: str) -> None:
        """A paragraph, then the text boxes anchored in it."""
        boxes: list[Any] = []
        text = "".join(self._pieces(element, boxes))
        if text.strip():
            self.writer.put(text, self._where("paragraph", where))
        for box in boxes:
            self.blocks(box, self._where("text box", where))

    def table(self, element: Any, where: str) -> None:
        """A table row by row: short cells stand on one line, longer ones are paragraphs of their own."""
        place = self._where("table", where)
        for number, row in enumerate(_rows(element), 1):
            spot = f"{place}, row {number}"
            cells = list(_cells(row))
            boxes: list[Any] = []
            plain = [self._cell(cell, boxes) for cell in cells]
            if not boxes and all(text is not None for text in plain):
                self.writer.row([text for text in plain if text is not None], spot)
            else:
                for cell in cells:
                    self.blocks(cell, spot)

    def _cell(self, cell: Any, boxes: list[Any]) -> str | None:
        """The text of a cell that is one short paragraph; None for any other."""
        inside = [child for child in cell if _local(child) != "tcPr"]
        if any(_local(child) != "p" for child in inside):
            return None
        before = dict(self.left)
        texts = [text for child in inside if (text := "".join(self._pieces(child, boxes)).strip())]
        whole = texts[0] if texts else ""
        if len(texts) > 1 or len(whole) > _SHORT_CELL or "\n" in whole:
            self.left = before  # it is walked again as paragraphs
            return None
        return whole

    def notes(self, part: Any, kind: str) -> None:
        """Footnotes or endnotes, after the text they belong to."""
        from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

        for one in part.rels.values():
            if one.reltype.endswith(f"/{kind}") and not one.is_external:
                for note in fromstring(one.target_part.blob):
                    if note.get(f"{_W}type") in (None, "normal"):
                        self.blocks(note, f"{kind[:-1]} {note.get(f'{_W}id', '')}".strip())

    def _pieces(self, element: Any, boxes: list[Any]) -> Iterator[str]:
        for child in element:
            kind = _local(child)
            if kind == "t":
                yield child.text or ""
            elif kind in _SIGNS:
                yield _SIGNS[kind]
            elif kind == "r" and _hidden(child):
                self._leave("hidden passages")
            elif kind in _INSIDE or kind in _MATHS:
                yield from self._pieces(child, boxes)
            elif kind == "AlternateContent":  # the same thing twice; the first form is the newer one
                yield from self._pieces(child[:1], boxes)
            elif kind in ("drawing", "pict", "object"):
                self._drawn(child, kind, boxes)
            elif kind in ("del", "moveFrom"):
                self._leave("deleted passages")

    def _drawn(self, element: Any, kind: str, boxes: list[Any]) -> None:
        found = [one for one in element.iter() if _local(one) == "txbxContent"]
        outer = [one for one in found if not any(_local(above) == "txbxContent" for above in one.iterancestors())]
        boxes += outer or found[:1]
        if not found:
            self._leave("embedded objects" if kind == "object" else "pictures")

    def _where(self, kind: str, inside: str) -> str:
        if inside and kind in ("paragraph",):
            return inside
        self.number[kind, inside] += 1  # type: ignore[index]
        spot = f"{kind} {self.number[kind, inside]}"  # type: ignore[index]
        return f"{inside}, {spot}" if inside else spot

    def _leave(self, what: str) -> None:
        self.left[what] = self.left.get(what, 0) + 1

    def not_read(self) -> list[str]:
        """What was left, in words."""
        return [counted(number, what[:-1]) if number else what for what, number in self.left.items()]


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if _local(child) == "tr":
            yield child
        elif _local(child) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if _local(child) == "tc":
            yield child
        elif _local(child) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _cells(child)


def _hidden(run: Any) -> bool:
    """Whether a reader of the printed page would not see this run."""
    style = run.find(f"{_W}rPr")
    vanish = style.find(f"{_W}vanish") if style is not None else None
    return vanish is not None and vanish.get(f"{_W}val") not in ("0", "false", "off")
