"""The leaflet laid out in large type, for one or two pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from spondyl.render.documents.blocks import Banner, Block, Document, Heading, Listed, Para

_SPOKEN = {"go_now": "emergency", "soon": "urgent"}


def leaflet_sheet(leaflet: Mapping[str, Any]) -> Document:
    """The leaflet as a document."""
    language = str(leaflet["locale"])
    name = f"leaflet-{language}-{leaflet['as_of']}"
    page, of = leaflet["page_words"]
    return Document(
        str(leaflet["title"]), tuple(_blocks(leaflet)), name, "patient", language, str(leaflet["as_of"]),
        f"{leaflet['title']} · {leaflet['as_of']}", (page, of),
    )  # fmt: skip


def _blocks(leaflet: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading(str(leaflet["title"]), 1)
    if leaflet["notice"]:
        yield Para(str(leaflet["notice"]), "warn")
    yield Para(str(leaflet["handed_over"]), "small")
    for text in leaflet["intro"]:
        yield Para(text)
    for section in leaflet["sections"]:
        texts = [str(line["text"]) for line in section["lines"]]
        if section["id"] in _SPOKEN:
            yield Banner(_SPOKEN[section["id"]], str(section["title"]), tuple(texts))
            continue
        yield Heading(str(section["title"]), 2, f"leaflet-{section['id']}")
        if section["id"] == "help":
            yield from _help(section["lines"])
        else:
            yield Listed(tuple(texts), "boxes" if section["id"] == "ask" else "bullets")
    yield Para(str(leaflet["closing"]), "small")


def _help(lines: Sequence[Mapping[str, Any]]) -> Iterator[Block]:
    """Each sentence that opens a list stands out; its signs stand below it."""
    listed: list[str] = []
    for line in lines:
        if line["key"].count(".") > 1:
            listed.append(str(line["text"]))
            continue
        if listed:
            yield Listed(tuple(listed), "signs")
            listed = []
        yield Para(str(line["text"]), "lead")
    if listed:
        yield Listed(tuple(listed), "signs")
