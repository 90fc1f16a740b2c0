"""docs/sources: each document has a case, and its table shows every claim with what the plan says."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2]


def _generator():
    path = HOME / "tools" / "generated" / "source_documents.py"
    spec = importlib.util.spec_from_file_location("generated_source_documents", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


documents = _generator()
REGISTERS = documents.claims()


@pytest.fixture(scope="module")
def tables():
    return documents.Tables()


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one["document"])
def test_every_claim_has_its_row(tables, register):
    own = tables.document_record(register["document"])
    rows = tables.rows(register, own)
    assert [row[0] for row in rows] == [one["claim"] for one in register["claims"]]
    for row, claim in zip(rows, register["claims"], strict=True):
        left_out = claim["disposition"] == "left_out"
        assert (row[2] == "nothing") is left_out
        assert bool(row[3]) is not left_out, row
        assert row[4].startswith(documents.WORD[claim["disposition"]])


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one["document"])
def test_the_case_of_a_document_is_of_its_kind(tables, register):
    own = tables.document_record(register["document"])
    assert own["scope"]["status"] == "in_scope"
    assert own["triage"]["urgency"] not in ("emergency", "urgent")
    rows = tables.rows(register, own)
    # A fair part of what the document speaks about stands in the plan of its own case.
    assert sum("**" in row[2] for row in rows) >= len(rows) * 0.35


def test_a_statement_in_bold_stands_in_the_plan(tables):
    register = REGISTERS[0]
    own = tables.document_record(register["document"])
    texts = {" ".join(one["text"].split()) for one in own["statements"].values()}
    bold = re.findall(r"\*\*([^*]+)\*\*", "\n".join(row[2] for row in tables.rows(register, own)))
    assert bold
    for text in bold:
        assert any(one == text or one.startswith(text.rstrip("…")) for one in texts)
