"""The set of nodes is closed: each has a strategy, a row in the table of decision 0012, and an arm in every pass."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from logic.strategies import JOIN_STRATEGIES, LEAF_STRATEGIES

from spondyl.logic import Condition, from_plain
from spondyl.logic.nodes import LEAVES

HOME = Path(__file__).resolve().parents[2]
NODES = set(get_args(Condition))
PASSES = {
    "logic/judge.py": "judge",
    "logic/closures.py": "closure",
    "logic/text.py": "to_text",
    "logic/nodes.py": "to_plain",
    "cohort/columns.py": "column",
    "proof/smt.py": "term",
    "render/cql.py": "expression",
}


def test_every_node_has_a_strategy():
    assert set(LEAF_STRATEGIES) | set(JOIN_STRATEGIES) == NODES
    assert set(LEAF_STRATEGIES) == set(LEAVES)


def test_every_node_has_its_row_and_its_price():
    page = (HOME / "docs/decisions/0012-node-costs.md").read_text(encoding="utf-8")
    rows = [line.strip("|").split(" | ") for line in page.splitlines() if re.match(r"\| [A-Z]\w+ \|", line)]
    assert {row[0].strip() for row in rows} == {node.__name__ for node in NODES}
    # The cell of Or has a bar of its own.
    assert all(len(row) == 6 and all(cell.strip() for cell in row) for row in rows)


@pytest.mark.parametrize("path", PASSES)
def test_every_pass_has_an_arm_per_node(path):
    source = (HOME / "src/spondyl" / path).read_text(encoding="utf-8")
    body = source.split(f"def {PASSES[path]}(", 1)[1].split("\ndef ", 1)[0]
    assert set(re.findall(r"case (\w+)\(", body)) == {node.__name__ for node in NODES}


@pytest.mark.parametrize("plain", [["xor", ["fact", "a"]], [None], ["Fact", "a"]])
def test_a_node_of_another_kind_is_refused(plain):
    with pytest.raises(ValueError, match="no node"):
        from_plain(plain)
