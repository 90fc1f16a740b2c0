"""The PDFs: tagged, titled, with a language, words for pictures and fonts inside; the same bytes every time.

The rules of PDF/UA-1 (ISO 14289-1) that can be looked at here, by the numbers veraPDF gives them: 5-1 (the mark of the
standard), 6.2-1 and 7.1-11 (tagged), 7.1-1 to 7.1-3 (every painted thing tagged or an artifact), 7.1-8 to 7.1-10
(metadata, title, title shown), 7.2-34 (language), 7.2-3 to 7.2-20 (tables and lists nest as they must), 7.3-1 (pictures
have words), 7.4.2-1 (headings skip no level), 7.5-1 (cells know their headers), 7.18.3-1 (tab order), 7.21.4.1-1 and
7.21.7-1 (fonts embedded, with Unicode).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import pypdf
import pytest
from documents.made import EXAMPLES, HOME, example, note, vignettes

from spondyl.record import Refusal
from spondyl.render.documents import (
    Document,
    guide,
    guide_sheet,
    leaflet,
    leaflet_sheet,
    letter,
    packet,
    packet_sheet,
    report,
    written,
)

FLUID = "fluid_collection.txt"
SLOW = pytest.mark.slow


def _documents() -> dict[str, Any]:
    return {
        "report": lambda: report(*example(FLUID)[:2]),
        "packet": lambda: packet_sheet(packet(*example(FLUID)[:2], "lumbar_mri"), example(FLUID).words),
        "appeal": lambda: packet_sheet(
            packet(*example(FLUID)[:2], "lumbar_mri", appeal="indication"), example(FLUID).words
        ),
        "letter": lambda: letter(*example(FLUID)[:2], "spine_surgery"),
        "leaflet": lambda: leaflet_sheet(leaflet(*example(FLUID)[:2])),
        "leaflet in an emergency": lambda: leaflet_sheet(leaflet(*example("weak_foot.txt")[:2])),
        "leaflet in Spanish": lambda: leaflet_sheet(leaflet(*example(FLUID)[:2], "es")),
        "guide": lambda: guide_sheet(guide(example(FLUID).words)),
    }


DOCUMENTS = _documents()
QUICK = ("leaflet in an emergency", "packet")
NAMED = [pytest.param(name, id=name, marks=() if name in QUICK else SLOW) for name in DOCUMENTS]


@cache
def document(name: str) -> Document:
    found: Document = DOCUMENTS[name]()
    return found


@cache
def printed(name: str) -> bytes:
    return written(document(name), "pdf")


@cache
def opened(name: str) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(printed(name)))


def catalog(name: str) -> Any:
    return opened(name).trailer["/Root"]


def kids(element: Any) -> list[Any]:
    found = element.get("/K")
    if found is None:
        return []
    found = found.get_object()
    listed = found if isinstance(found, list) else [found]
    made = [one.get_object() if hasattr(one, "get_object") else one for one in listed]
    return [one for one in made if isinstance(one, dict) and one.get("/Type") == "/StructElem"]


def tags(element: Any) -> Iterator[Any]:
    yield element
    for kid in kids(element):
        yield from tags(kid)


def tree(name: str) -> list[Any]:
    return [one for top in kids(catalog(name)["/StructTreeRoot"]) for one in tags(top)]


@pytest.mark.parametrize("name", NAMED)
def test_it_is_marked_titled_and_in_a_language(name):
    root = catalog(name)
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/Lang"] == document(name).lang
    assert opened(name).metadata.title == document(name).title
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert 'pdfuaid:part="1"' in xmp
    assert "<dc:title>" in xmp
    assert all(page["/Tabs"] == "/S" for page in opened(name).pages)


@pytest.mark.parametrize("name", NAMED)
def test_everything_painted_is_tagged_or_an_artifact(name):
    for page in opened(name).pages:
        stream = page.get_contents().get_data().decode("latin-1")
        depth = 0
        for word in re.findall(r"\b(?:BDC|BMC|EMC|Tj|TJ|Do|sh)\b|(?<=\s)(?:f\*?|S|B\*?)(?=\s)", stream):
            if word in ("BDC", "BMC"):
                depth += 1
            elif word == "EMC":
                depth -= 1
            else:
                assert depth > 0, f"{word} outside of any mark"
        assert depth == 0


@pytest.mark.parametrize("name", NAMED)
def test_every_marked_piece_has_its_place_in_the_tree(name):
    numbers = catalog(name)["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    by_page = {numbers[place]: numbers[place + 1].get_object() for place in range(0, len(numbers), 2)}
    for page in opened(name).pages:
        stream = page.get_contents().get_data().decode("latin-1")
        used = {int(found) for found in re.findall(r"/MCID (\d+)", stream)}
        places = by_page[page["/StructParents"]]
        assert used == set(range(len(places)))


@pytest.mark.parametrize("name", NAMED)
def test_headings_skip_no_level(name):
    levels = [int(one["/S"][2:]) for one in tree(name) if re.fullmatch(r"/H[1-6]", one["/S"])]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", NAMED)
def test_tables_and_lists_nest_as_they_must(name):
    allowed = {
        "/Table": {"/Caption", "/THead", "/TBody", "/TFoot", "/TR"},
        "/THead": {"/TR"},
        "/TBody": {"/TR"},
        "/TR": {"/TH", "/TD"},
        "/L": {"/LI", "/L", "/Caption"},
        "/LI": {"/Lbl", "/LBody"},
    }
    for one in tree(name):
        inside = allowed.get(one["/S"])
        if inside is not None:
            assert {kid["/S"] for kid in kids(one)} <= inside, one["/S"]
        if one["/S"] == "/Table":
            cells = [cell for row in tags(one) if row["/S"] == "/TR" for cell in kids(row)]
            heads = {str(cell["/ID"]) for cell in cells if cell["/S"] == "/TH"}
            for cell in cells:
                if cell["/S"] == "/TD":
                    named = {str(head) for head in cell["/A"]["/Headers"]}
                    assert named
                    assert named <= heads


@pytest.mark.parametrize("name", NAMED)
def test_pictures_have_words_and_fonts_are_inside(name):
    figures = [one for one in tree(name) if one["/S"] == "/Figure"]
    assert all(len(str(one["/Alt"])) > 40 for one in figures)
    assert bool(figures) == (name == "report")
    for page in opened(name).pages:
        for font in (one.get_object() for one in page["/Resources"]["/Font"].values()):
            described = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            inside = described["/FontDescriptor"].get_object()
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(inside)
            assert "/ToUnicode" in font


@pytest.mark.parametrize("name", NAMED)
def test_the_text_of_the_pages_is_the_text_of_the_document(name):
    pages = "".join("".join(page.extract_text().split()) for page in opened(name).pages)
    for word in re.findall(r"[A-Za-z]{5,}", document(name).title):
        assert word in pages
    text = written(document(name), "text").decode()
    last = [line for line in text.splitlines() if line.startswith("  - ")][-1][4:]
    assert "".join(last.split())[:20] in pages


LONGEST = ("D02", "J05", "G04")  # the notes of the vignettes with the longest leaflets


@pytest.mark.parametrize("locale", ["en-US", "es"])
@pytest.mark.parametrize("name", [*(name for name in EXAMPLES if name != "labs.yaml"), *LONGEST])
@pytest.mark.slow
def test_a_leaflet_has_two_pages_at_most(name, locale):
    made = note(dict(vignettes())[name]) if name in LONGEST else example(name)
    sheet = leaflet_sheet(leaflet(*made[:2], locale))
    assert len(pypdf.PdfReader(BytesIO(written(sheet, "pdf"))).pages) <= 2


def test_the_same_document_gives_the_same_bytes():
    assert printed("leaflet in an emergency") == written(DOCUMENTS["leaflet in an emergency"](), "pdf")
    assert opened("leaflet in an emergency").metadata["/CreationDate"] == "D:20261122"


@pytest.mark.slow
def test_the_same_bytes_in_every_process(tmp_path):
    made = []
    for zone, seed in (("UTC", "1"), ("Asia/Tokyo", "2")):
        out = tmp_path / f"{seed}.pdf"
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(HOME / "src")}
        command = [sys.executable, "-c", "import sys; from spondyl.cli import main; sys.exit(main())"]
        typed = ["handout", str(EXAMPLES[FLUID]), "--as-of", "2026-11-22", "--format", "pdf", "-o", str(out)]
        subprocess.run([*command, *typed], env=environment, check=True)
        made.append(out.read_bytes())
    assert made[0] == made[1]


def test_without_pango_a_remedy_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)  # what Python keeps for a module that cannot be loaded
    with pytest.raises(Refusal) as refused:
        written(document("leaflet in an emergency"), "pdf")
    assert refused.value.problems[0].code == "I040"
    assert "Pango" in refused.value.problems[0].next


def test_hostile_words_reach_no_file_and_no_network():
    made = example(FLUID)
    found = packet(
        *made[:2], "lumbar_mri", appeal='"><img src="file:///etc/passwd"><link rel=stylesheet href=http://x>'
    )
    text = written(packet_sheet(found, made.words), "html").decode()
    assert "<img" not in text
    assert "<link" not in text
