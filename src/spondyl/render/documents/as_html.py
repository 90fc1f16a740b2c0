"""A document as HTML: everything escaped, no script, no style on an element, nothing asked of any network."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from html import escape

from spondyl.render.documents.blocks import (
    MARKS,
    Banner,
    Block,
    Break,
    Contents,
    Document,
    Heading,
    Inline,
    Listed,
    Pairs,
    Para,
    Picture,
    Table,
)
from spondyl.render.documents.style import PAGED, STYLE

Drawn = Callable[[Picture], str]


def to_html(document: Document) -> str:
    """One page that stands alone; its policy lets the browser load nothing at all."""
    return _page(document, html_body(document), STYLE, _policy(STYLE))


def to_paged_html(document: Document) -> str:
    """The page that the PDF is printed from: pictures as images with their words, running lines on each page."""
    style = STYLE + PAGED + _running(document)
    created = f'<meta name="dcterms.created" content="{escape(document.day)}">\n'
    created += f'<meta name="dcterms.modified" content="{escape(document.day)}">\n'
    head = f'{created}<meta name="generator" content="Spondyl">\n'
    return _page(document, html_body(document, _image), style, head)


def html_body(document: Document, drawn: Drawn | None = None) -> str:
    """Only what stands inside the page, to be put into another one; its classes all stand under `.doc`."""
    draw = drawn or (lambda picture: picture.svg)
    lines = [f'<article class="doc doc-{document.kind} doc-{escape(document.name.split("-")[0])}">']
    open_section = False
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 2:
            lines += ["</section>"] if open_section else []
            lines.append(f'<section class="{escape(block.anchor)}">' if block.anchor else "<section>")
            open_section = True
        lines += _block(block, draw)
    lines += ["</section>"] if open_section else []
    return "\n".join([*lines, "</article>"])


def _page(document: Document, body: str, style: str, head: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{escape(document.lang)}">\n<head>\n<meta charset="utf-8">\n{head}'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n{body}\n"
        "</main>\n</body>\n</html>\n"
    )


def _policy(style: str) -> str:
    """A policy under which only this very style applies."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = escape(f"default-src 'none'; style-src 'sha256-{digest}'")
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'


def _running(document: Document) -> str:
    page, of = document.page_word
    left = _css_text(document.subject or document.title)
    counted = f'"{_css(page)} " counter(page) " {_css(of)} " counter(pages)'
    size = "A4" if document.lang == "en-GB" else "Letter"
    return f"\n@page {{ size: {size}; @bottom-left {{ content: {left}; }} @bottom-right {{ content: {counted}; }} }}\n"


def _css_text(text: str) -> str:
    return f'"{_css(" ".join(text.split()))}"'


def _css(text: str) -> str:
    return "".join(one if one.isalnum() or one in " .,:·-()/" else f"\\{ord(one):x} " for one in text)


def _image(picture: Picture) -> str:
    coded = base64.b64encode(picture.svg.encode()).decode()
    return f'<img alt="{escape(picture.alt)}" src="data:image/svg+xml;base64,{coded}">'


def _inline(text: Inline) -> str:
    if isinstance(text, str):
        return escape(text)
    made = []
    for span in text:
        shown = escape(span.text)
        if span.style == "strong":
            shown = f"<strong>{shown}</strong>"
        elif span.style == "quote":
            shown = f"<q>{shown}</q>"
        elif span.style in MARKS:
            shown = f'<span class="mark {span.style}">{MARKS[span.style]} {shown}</span>'
        elif span.style:
            shown = f'<span class="{span.style}">{shown}</span>'
        made.append(shown)
    return "".join(made)


def _block(block: Block, draw: Drawn) -> Iterator[str]:
    if isinstance(block, Heading):
        anchor = f' id="{escape(block.anchor)}"' if block.anchor else ""
        yield f"<h{block.level}{anchor}>{escape(block.text)}</h{block.level}>"
    elif isinstance(block, Para):
        mark = f' class="{block.kind}"' if block.kind else ""
        yield f"<p{mark}>{_inline(block.text)}</p>"
    elif isinstance(block, Listed):
        tag = "ol" if block.kind == "numbers" else "ul"
        mark = f' class="{block.kind}"' if block.kind in ("boxes", "fine", "signs") else ""
        yield f"<{tag}{mark}>"
        yield from (f"<li>{_inline(entry)}</li>" for entry in block.entries)
        yield f"</{tag}>"
    elif isinstance(block, Pairs):
        yield '<table class="pairs"><tbody>'
        yield from (f"<tr><th scope=row>{escape(name)}</th><td>{_inline(said)}</td></tr>" for name, said in block.rows)
        yield "</tbody></table>"
    elif isinstance(block, Banner):
        yield f'<div class="banner {block.level}"><p class="lead">{escape(block.title)}</p>'
        yield from (f"<p>{_inline(line)}</p>" for line in block.lines)
        yield "</div>"
    elif isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, Picture):
        caption = f"<figcaption>{escape(block.caption)}</figcaption>" if block.caption else ""
        yield f'<figure class="picture {block.kind}">{caption}{draw(block)}</figure>'
    elif isinstance(block, Break):
        yield '<div class="break"></div>'
    elif isinstance(block, Contents):
        links = "".join(f'<li><a href="#{escape(anchor)}">{escape(text)}</a></li>' for text, anchor in block.entries)
        yield f"<nav><ul>{links}</ul></nav>"


def _table(table: Table) -> Iterator[str]:
    named = f' class="w{"-".join(map(str, table.widths))}"' if table.widths else ""
    yield f'<div class="wide"><table{named}>'
    if table.caption:
        yield f"<caption>{escape(table.caption)}</caption>"
    if table.widths:
        yield "<colgroup>" + "".join(f'<col class="c{width}">' for width in table.widths) + "</colgroup>"
    yield "<thead><tr>" + "".join(f"<th scope=col>{escape(name)}</th>" for name in table.head) + "</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        first, *rest = row
        cells = "".join(f"<td>{_inline(cell)}</td>" for cell in rest)
        yield f"<tr><th scope=row>{_inline(first)}</th>{cells}</tr>"
    yield "</tbody></table></div>"
