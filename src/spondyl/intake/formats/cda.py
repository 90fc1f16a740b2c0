"""C-CDA to text: the narrative of its sections, each under its title. The coded entries beside it are not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from .document import Document, Extracted
from .refuse import counted, damaged, declared, no_text
from .writer import Writer

_DEEPEST: Final = 60
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_BLOCKS: Final = frozenset("paragraph list item table thead tbody tfoot tr caption footnote text title".split())
_ONLY_TEXT: Final = "only the text of the sections was read, not the header and the coded entries"
_DAY: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")


def read_cda(content: bytes, name: str) -> Extracted:
    """The sections in order. Raises Refusal for XML that declares entities, is damaged, or has no narrative."""
    from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
    from defusedxml.ElementTree import ParseError, fromstring  # type: ignore[import-untyped]

    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise declared(name) from None
    except (ParseError, ValueError, LookupError):
        raise damaged(name, "the XML") from None
    walk = _Sections()
    body = _first(root, "component")
    outside = _first(body, "nonXMLBody") if body is not None else None
    day = _written(root)
    if outside is not None:
        return _attached(outside, day, name)
    structured = _first(body, "structuredBody") if body is not None else None
    if structured is not None:
        walk.sections(structured, "section ", 0)
    document = walk.writer.document(day)
    if not document.text:
        raise no_text(name, "the C-CDA document")
    left = [counted(number, what) for what, number in walk.left.items()]
    return Extracted((document,), (_ONLY_TEXT, *walk.without_text, *left))


def _attached(outside: Any, day: str | None, name: str) -> Extracted:
    """A whole document of another format inside the XML."""
    from .attachment import attached

    held = _first(outside, "text")
    if held is None:
        raise no_text(name, "the C-CDA document")
    encoded = "".join(held.itertext())
    if held.get("representation") == "B64":
        found = attached(encoded, held.get("mediaType"), name)
    else:
        writer = Writer()
        writer.put(encoded, "nonXMLBody")
        found = Extracted((writer.document(),))
    documents = tuple(Document(one.text, one.places, one.written_on or day) for one in found.documents)
    return Extracted(documents, (_ONLY_TEXT, *found.not_read))


def _written(root: Any) -> str | None:
    time = _first(root, "effectiveTime")
    found = _DAY.match(time.get("value", "")) if time is not None else None
    return "-".join(found.groups()) if found else None


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _first(element: Any, kind: str) -> Any:
    return next((child for child in element if _local(child) == kind), None)


class _Sections:
    def __init__(self) -> None:
        self.writer = Writer()
        self.left: dict[str, int] = {}
        self.without_text: list[str] = []

    def sections(self, parent: Any, number: str, depth: int) -> None:
        """Every section below an element, with its sections inside."""
        count = 0
        for component in parent:
            section = _first(component, "section") if _local(component) == "component" else None
            if section is None:
                continue
            count += 1
            self._section(section, f"{number}{count}", depth)
            if depth < _DEEPEST:
                self.sections(section, f"{number}{count}.", depth + 1)

    def _section(self, section: Any, spot: str, depth: int) -> None:
        heading, text, code = _first(section, "title"), _first(section, "text"), _first(section, "code")
        title = _BLANKS.sub(" ", "".join(heading.itertext())).strip() if heading is not None else ""
        if not title and code is not None:
            title = str(code.get("displayName") or "")
        loinc = f", LOINC {code.get('code')}" if code is not None and code.get("code") else ""
        place = f"{spot}{loinc}"
        if title:
            self.writer.put(title if title.endswith(":") else f"{title}:", place)
        had_text = False
        for block in _lines(text, self.left) if text is not None else ():
            if "\t" in block and "\n" not in block:
                self.writer.row(block.split("\t"), place)
            else:
                self.writer.put(block, place)
            had_text = True
        if not had_text and any(_local(child) == "entry" for child in section):
            self.without_text.append(f"{place}: coded entries without text")


def _lines(text: Any, left: dict[str, int]) -> Iterator[str]:
    """The paragraphs, list items and table rows of a narrative block."""
    gathered: list[str] = []
    # An explicit stack: the depth of hostile XML is not ours to recurse into.
    stack: list[tuple[str, Any]] = [("open", text)]
    while stack:
        step, one = stack.pop()
        if step == "text":
            gathered.append(_BLANKS.sub(" ", one))
            continue
        if step == "end":
            line = "".join(gathered).strip("\t ")
            gathered = []
            if line.strip():
                yield line
            continue
        kind = _local(one)
        if kind in ("renderMultiMedia", "observationMedia"):
            left["picture"] = left.get("picture", 0) + 1
        if kind in _BLOCKS and gathered:
            stack += [("open", one), ("end", None)]
            continue
        if kind == "br":
            gathered.append("\n")
        if kind in ("td", "th") and "".join(gathered).strip():
            gathered.append("\t")
        if kind in _BLOCKS:
            stack.append(("end", None))
        for child in reversed(one):
            if child.tail:
                stack.append(("text", child.tail))
            stack.append(("open", child))
        if one.text:
            stack.append(("text", one.text))
    line = "".join(gathered).strip()
    if line:
        yield line
