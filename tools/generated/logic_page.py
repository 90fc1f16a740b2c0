"""docs/reference/logic.md: what the language means, from the tables that every engine is tested against."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
PAGE = "docs/reference/logic.md"

OPENING = """\
# The expression language

A rule says when it holds in this language: `fused_here and months_since_fusion_here >= 12 and not fever`. An answer is
TRUE, FALSE or UNKNOWN. What was not recorded is UNKNOWN; only a recorded denial is FALSE.

| form | reads |
|---|---|
| `fact` | a truth: recorded as yes, recorded as no, or not recorded |
| `number >= 6`, also `>` `<=` `<` `==` | a number, which may be known only as lying between two bounds |
| `number >= threshold` | the same, with a number that has a name, a unit and a source in `knowledge/thresholds` |
| `choice in {one, other}`, `not in` | a fact with one of several values; put quotes around what is no name: `{"3a"}` |
| `has(set, member)` | a family of truths, one per member |
| `not x`, `x and y`, `x or y` | as in Kleene's strong logic |
| `at_least(2, x, y, z)` | counting |
| `known(fact)` | whether anything is recorded; refused in rules |

Two facts are not compared with each other; a difference that matters is a derived fact. A condition has no comments.

Every row below is a test that runs on the reference engine, on its fast form, on columns (Polars), on formulas (Z3) and
on exported CQL. T, F and ? are TRUE, FALSE and UNKNOWN; for a fact, ? is "not recorded". `3..8` is a number between 3
and 8, `3..` one of 3 or more. `not a b` is a choice of which a and b were denied. In a set `+a` is recorded as present,
`-a` as absent, and `all` says that the list is complete.
"""

LAWS = """\
## Laws

Tried on generated conditions and patients (`tests/logic/test_laws.py`):

- Learning more never reverses an answer, for conditions without `known`. A fact that was not recorded is filled, a
  number narrowed, another value denied: TRUE stays TRUE, FALSE stays FALSE.
- The leaves of a reason alone give the same answer again.
- De Morgan, double negation, idempotence, absorption, distributivity and grouping hold. The excluded middle does not:
  `fever or not fever` is UNKNOWN when nobody looked.
- `and` is `at_least` all, `or` is `at_least` one.
- Printing a condition and parsing it again gives the same condition.
"""


def pages() -> dict[str, str]:
    sys.path.insert(0, str(HOME / "tests"))
    try:
        from logic.tables import TABLES
    finally:
        sys.path.remove(str(HOME / "tests"))
    parts = [OPENING]
    for table in TABLES:
        heads, *rows = ([*left, *right] for left, right in table.lines)
        known = len(table.lines[0][0])
        lines = [
            "| " + " | ".join(f"`{head}`" for head in heads) + " |",
            "|" + "---|" * known + ":-:|" * (len(heads) - known),
        ]
        lines += ["| " + " | ".join(row) + " |" for row in rows]
        parts.append(f"## {table.title}\n\n{textwrap.fill(table.says, 118)}\n\n" + "\n".join(lines) + "\n")
    return {PAGE: "\n".join([*parts, LAWS])}
