"""Each folder of tests/errors is a broken knowledge base and its exact message."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from knowledge.bases import ERRORS, HOME, base

from spondyl.knowledge import KnowledgeError, as_json, as_text, check, compile_knowledge
from spondyl.knowledge.code_pages import code_pages
from spondyl.knowledge.codes import CODES

BROKEN = sorted(path.name for path in ERRORS.iterdir() if path.name != "sound")


@pytest.mark.parametrize("code", BROKEN)
def test_the_message(code: str, tmp_path: Path) -> None:
    said = as_text(check(base(tmp_path, ERRORS / code / "knowledge"))) + "\n"
    assert said == (ERRORS / code / "message.txt").read_text(encoding="utf-8")
    assert code in said


@pytest.mark.parametrize("code", BROKEN)
def test_what_blocks_is_not_compiled(code: str, tmp_path: Path) -> None:
    root = base(tmp_path, ERRORS / code / "knowledge")
    if CODES[code].blocks:
        with pytest.raises(KnowledgeError) as refused:
            compile_knowledge(root)
        assert code in {diagnostic.code for diagnostic in refused.value.diagnostics}
    else:
        assert compile_knowledge(root)["red_flags"]


def test_the_sound_base_has_no_problem(tmp_path: Path) -> None:
    assert as_text(check(base(tmp_path))) == ""


def test_every_code_has_a_broken_base() -> None:
    assert set(BROKEN) == set(CODES) - {"K037"}  # K037 needs a site; see test_site.py


def test_every_code_is_used_and_every_used_code_is_listed() -> None:
    used: set[str] = set()
    for folder in ("knowledge", "logic"):
        for path in (HOME / "src" / "spondyl" / folder).glob("*.py"):
            if path.name != "codes.py":
                used |= set(re.findall(r'"(K\d{3})"', path.read_text(encoding="utf-8")))
    assert used == set(CODES)


def test_every_code_has_its_page_and_every_page_its_code() -> None:
    pages = code_pages()
    # Those of K2 belong to the command `knowledge check`.
    pages_there = (HOME / "docs" / "errors").glob("K[01]*.md")
    written = {f"docs/errors/{path.name}" for path in pages_there}
    assert written == {name for name in pages if re.search(r"K\d{3}\.md", name)}
    for name, text in pages.items():
        assert (HOME / name).read_text(encoding="utf-8") == text, "renew it with: make docs"


def test_all_problems_of_a_run_sorted_by_file_and_line(tmp_path: Path) -> None:
    root = base(
        tmp_path,
        red_flags__cauda_equina=("GIRFT-CES-2023", "GIRFT"),
        gates__nsaid=("egfr < nsaid_egfr_floor, ask: [egfr]", "egfrr < nsaid_egfr_floor, ask: [efgr]"),
    )
    found = check(root)
    assert [(d.path.rpartition("/")[2], d.line, d.code) for d in found] == [
        ("nsaid.yaml", 7, "K103"),
        ("nsaid.yaml", 7, "K103"),
        ("cauda_equina.yaml", 20, "K014"),
    ]


def test_as_json(tmp_path: Path) -> None:
    said = as_json(check(base(tmp_path, ERRORS / "K014" / "knowledge")))
    assert said == {
        "schema": "spondyl/errors/1",
        "errors": [
            {
                "code": "K014",
                "message": "'GIRFT-CES-2032' is not in knowledge/evidence",
                "where": "knowledge/red_flags/cauda_equina.yaml:20:14",
                "next": "Did you mean 'GIRFT-CES-2023'?",
            }
        ],
    }


def test_colors_only_when_asked_for(tmp_path: Path) -> None:
    found = check(base(tmp_path, ERRORS / "K014" / "knowledge"))
    assert "\x1b[" not in as_text(found)
    plain = re.sub(r"\x1b\[\d+m", "", as_text(found, color=True))
    assert plain == as_text(found)


@pytest.mark.parametrize("path", sorted((HOME / "schemas").glob("*.schema.json")), ids=lambda path: path.name)
def test_the_committed_schemas(path: Path) -> None:
    from spondyl.knowledge.schemas import schema_of

    schema = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert schema == schema_of(path.name.removesuffix(".schema.json")), "renew it with: make docs"
