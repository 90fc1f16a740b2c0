"""RTF to text. Embedded objects are refused, never opened; pictures are counted and left."""

from __future__ import annotations

import re
from typing import Final

from .document import Extracted
from .refuse import active, counted, damaged, no_text
from .writer import Writer

_OBJECT: Final = re.compile(rb"\\(?:object|objdata|objemb|objocx)(?![a-z])")
_PICTURE: Final = re.compile(r"\\pict(?![a-z])")
_DELETED: Final = re.compile(r"\\deleted(?![a-z0-9])")
_HIDDEN: Final = re.compile(r"\\v(?:1)?(?![a-z0-9])")
_SHOWN: Final = re.compile(r"\\v0(?![0-9])|\\plain(?![a-z])")
_REMARK: Final = re.compile(r"\\annotation(?![a-z])")
# The library passes over these; a note may well have its diagnosis in a text box or its date in a header.
_BESIDE: Final = re.compile(r"\{(?:\\\*)?\s*\\(header[lrf]?|footer[lrf]?|footnote|shptxt)(?![a-z])")
_BRACE: Final = re.compile(r"\\.|[{}]", re.DOTALL)
_BINARY: Final = re.compile(r"\\bin(\d{1,9}) ?")
_LINK: Final = re.compile(r"\\\*\\fldinst(?![a-z])")
_CODEPAGE: Final = re.compile(r"\\ansicpg(\d{1,5})")
_NAMES: Final = {"header": "header", "footer": "footer", "footnote": "footnote", "shptxt": "text box"}


def read_rtf(content: bytes, name: str) -> Extracted:
    """The text of an RTF file. Raises Refusal for embedded objects and for a damaged or empty file."""
    if _OBJECT.search(content):
        raise active(name, "the RTF carries an embedded object")
    source = _without_binary(content.decode("latin-1"))
    codepage = _CODEPAGE.search(source)
    encoding = f"cp{codepage[1]}" if codepage else "cp1252"
    body, beside = _apart(source)
    writer = Writer()
    before = [one for one in beside if one[0] == "header"]
    after = [one for one in beside if one[0] != "header"]
    for kind, inside in before:
        _put(writer, inside, encoding, kind, name)
    _put(writer, body, encoding, "", name)
    for kind, inside in after:
        _put(writer, inside, encoding, kind, name)
    document = writer.document()
    if not document.text:
        raise no_text(name, "the RTF")
    counts = ((_PICTURE, "picture"), (_REMARK, "comment of a reviewer"), (_DELETED, "deleted passage"))
    not_read = [counted(number, what) for pattern, what in counts if (number := len(pattern.findall(source)))]
    return Extracted((document,), tuple(not_read))


def _put(writer: Writer, source: str, encoding: str, kind: str, name: str) -> None:
    """One text of the file, paragraph by paragraph."""
    in_tables = "\\cell" in source
    for number, paragraph in enumerate(_plain(source, encoding, name).split("\n"), 1):
        place = kind or f"paragraph {number}"
        if in_tables and "|" in paragraph:
            writer.row(paragraph.removesuffix("|").split("|"), place)
        else:
            writer.put(paragraph, place)


def _plain(source: str, encoding: str, name: str) -> str:
    from striprtf.striprtf import rtf_to_text

    if not source.startswith("{\\rtf"):
        source = f"{{\\rtf1 {source}}}"
    try:
        return str(rtf_to_text(source, encoding=encoding, errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, TypeError, LookupError, OverflowError):
        raise damaged(name, "the RTF") from None


def _without_binary(source: str) -> str:
    parts, at = [], 0
    while found := _BINARY.search(source, at):
        parts.append(source[at : found.start()])
        at = min(len(source), found.end() + int(found[1]))
    return "".join([*parts, source[at:]]) if parts else source


def _apart(source: str) -> tuple[str, list[tuple[str, str]]]:
    """The body, and the groups that stand beside it with what they are."""
    body: list[str] = []
    beside: list[tuple[str, str]] = []
    at = 0
    while found := _BESIDE.search(source, at):
        end = _closing(source, found.end())
        body.append(source[at : found.start()])
        kind = next(name for name in _NAMES if found[1].startswith(name))
        beside.append((_NAMES[kind], source[found.end() : end]))
        at = end + 1
    return "".join([*body, source[at:]]), beside


def _closing(source: str, at: int) -> int:
    """The place of the brace that closes the group in which `at` stands; the end of the text when none does."""
    depth = 1
    for brace in _BRACE.finditer(source, at):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if not depth:
            return brace.start()
    return len(source)
