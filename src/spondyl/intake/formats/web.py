"""HTML to text: what a browser would show as lines of text. No script is run, no address is opened."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from .document import Extracted
from .refuse import counted, no_text
from .writer import Writer

_BLOCKS: Final = frozenset(
    "address article aside blockquote body dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header"
    " hr li main nav ol p pre section table tbody td tfoot th thead title tr ul caption paragraph list item".split()
)
_UNSEEN: Final = frozenset("script style template head noscript svg object iframe".split())
_VOID: Final = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)


def read_html(content: bytes, name: str) -> Extracted:
    """The visible text of a page. Raises Refusal when there is none."""
    reader = _Page()
    reader.feed(decoded(content))
    reader.close()
    reader.end_block()
    document = reader.writer.document()
    if not document.text:
        raise no_text(name, "the HTML")
    left = [counted(number, what) for what, number in reader.left.items()]
    return Extracted((document,), tuple(left))


def decoded(content: bytes) -> str:
    """HTML as text: by its mark, what it declares, else UTF-8 or Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    declared = _CHARSET.search(content[:4000])
    wanted = declared[1].decode("ascii").lower() if declared else "utf-8"
    for encoding in (wanted, "utf-8-sig"):
        try:
            return content.decode(encoding).removeprefix("\ufeff")
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252", "replace")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.writer = Writer()
        self.line: list[str] = []
        self.row: list[str] | None = None
        self.number = 0
        self.unseen: list[str] = []
        self.kept_blanks = 0
        self.left: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("img", "embed", "object", "iframe"):
            what = {"img": "picture"}.get(tag, "embedded object")
            self.left[what] = self.left.get(what, 0) + 1
        if tag in _VOID:
            if tag == "br":
                self.line.append("\n")
            elif tag == "hr":
                self.end_block()
            return
        hidden = "hidden" in given or _HIDDEN.search(given.get("style") or "")
        if hidden and not self.unseen:
            self.left["hidden passage"] = self.left.get("hidden passage", 0) + 1
        if self.unseen or hidden or tag in _UNSEEN:
            self.unseen.append(tag)
            return
        self._block(tag)
        self.kept_blanks += tag == "pre"
        if tag == "tr":
            self.row = []

    def handle_endtag(self, tag: str) -> None:
        if self.unseen:
            if tag in self.unseen:
                while self.unseen.pop() != tag:
                    pass
            return
        if tag in ("td", "th") and self.row is not None:
            self.row.append(self._taken())
            return
        if tag == "tr" and self.row is not None:
            self.row.append(self._taken())
            cells = self.row if self.row[-1] else self.row[:-1]
            self.row = None
            if all("\n" not in cell for cell in cells):
                self.number += 1
                self.writer.row(cells, f"paragraph {self.number}")
            else:
                self._put("\n".join(cells))
            return
        self._block(tag)
        self.kept_blanks -= tag == "pre" and self.kept_blanks > 0

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.line.append(data if self.kept_blanks else _BLANKS.sub(" ", data))

    def _block(self, tag: str) -> None:
        if tag not in _BLOCKS:
            return
        if self.row is None:
            self.end_block()
        elif "".join(self.line).strip():
            self.line.append("\n")  # a paragraph inside a cell

    def _taken(self) -> str:
        text = "".join(self.line)
        self.line = []
        lines = [line.strip(" ") if not self.kept_blanks else line.rstrip() for line in text.split("\n")]
        return "\n".join(lines).strip("\n")

    def end_block(self) -> None:
        """Write what was gathered as a paragraph."""
        self._put(self._taken())

    def _put(self, text: str) -> None:
        if text.strip():
            self.number += 1
            self.writer.put(text, f"paragraph {self.number}")
