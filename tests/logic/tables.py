"""What the language means, as tables. Every engine is held to them, and docs/reference/logic.md prints them.

Left of the double bar stand facts, right of it conditions. T, F and ? are TRUE, FALSE and UNKNOWN; for a fact, ? is
"not recorded". A number is 5, or 3..8, or open on one side: 3.. or ..8. `not a b` is a choice of which a and b were
denied. In a set +a is recorded as present, -a as absent, and `all` says that the list is complete.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spondyl.logic import (
    FALSE,
    TRUE,
    UNKNOWN,
    Condition,
    Facts,
    FactType,
    Interval,
    Members,
    NoneOf,
    Truth,
    Value,
    Vocabulary,
    exactly,
    parse,
)

TRUTHS = {"T": TRUE, "F": FALSE, "?": UNKNOWN}
TYPES = {
    **{name: FactType(name, "truth") for name in ("a", "b", "c")},
    "weeks": FactType("weeks", "number", unit="weeks"),
    "trend": FactType("trend", "choice", frozenset({"enlarging", "unchanged", "shrinking"})),
    "findings": FactType("findings", "set", frozenset({"collection", "nonunion"})),
}
THRESHOLDS = {"care_weeks": 6.0}
VOCABULARY = Vocabulary(TYPES, {"care_weeks": "weeks"})


@dataclass(frozen=True)
class Row:
    patient: Facts
    condition: Condition
    expected: Truth
    words: str


@dataclass(frozen=True)
class Table:
    title: str
    says: str
    text: str

    @property
    def lines(self) -> list[tuple[list[str], list[str]]]:
        """The heads and the rows, left and right of the double bar."""
        kept = [line for line in self.text.strip().splitlines() if set(line.strip()) - set("-+")]
        return [tuple([cell.strip() for cell in half.split("|")] for half in line.split("||")) for line in kept]  # type: ignore[misc]

    def rows(self) -> Iterator[Row]:
        (names, texts), *body = self.lines
        conditions = [parse(text, VOCABULARY, allow_known=True) for text in texts]
        for cells, answers in body:
            assert (len(cells), len(answers)) == (len(names), len(texts)), f"{self.title}: {cells}"
            patient = Facts({n: v for n, c in zip(names, cells, strict=True) if (v := value(TYPES[n], c)) is not None})
            facts = ", ".join(f"{name} {cell}" for name, cell in zip(names, cells, strict=True))
            for text, condition, answer in zip(texts, conditions, answers, strict=True):
                yield Row(patient, condition, TRUTHS[answer], f"{text} with {facts}")


def value(fact: FactType, cell: str) -> Value | None:
    if cell == "?":
        return None
    if fact.kind == "truth":
        return TRUTHS[cell]
    if fact.kind == "number":
        low, dots, high = cell.partition("..")
        return Interval(float(low) if low else None, float(high) if high else None) if dots else exactly(float(cell))
    words = cell.split()
    if fact.kind == "choice":
        return NoneOf(frozenset(words[1:])) if words[0] == "not" else cell
    yes, no = (frozenset(word[1:] for word in words if word[0] == sign) for sign in "+-")
    return Members(yes, no, "all" in words)


TABLES = [
    Table(
        "`not`",
        "TRUE and FALSE change places. What is not known stays so: a finding nobody looked for is not absent.",
        """
        a || not a | not not a
        --++-------+----------
        T || F     | T
        F || T     | F
        ? || ?     | ?
        """,
    ),
    Table(
        "`and` and `or`",
        "One FALSE decides an `and`, one TRUE decides an `or`, whatever the rest may be. Otherwise one UNKNOWN leaves "
        "the answer open.",
        """
        a | b || a and b | a or b | a and not a | a or not a
        --+---++---------+--------+-------------+-----------
        T | T || T       | T      | F           | T
        T | F || F       | T      | F           | T
        T | ? || ?       | T      | F           | T
        F | T || F       | T      | F           | T
        F | F || F       | F      | F           | T
        F | ? || F       | ?      | F           | T
        ? | T || ?       | T      | ?           | ?
        ? | F || F       | ?      | ?           | ?
        ? | ? || ?       | ?      | ?           | ?
        """,
    ),
    Table(
        "`at_least`",
        "TRUE when enough parts are TRUE, FALSE when even the open ones would not be enough.",
        """
        a | b | c || at_least(1, a, b, c) | at_least(2, a, b, c) | at_least(3, a, b, c) | not at_least(2, a, b, c)
        --+---+---++----------------------+----------------------+----------------------+-------------------------
        T | T | T || T                    | T                    | T                    | F
        T | T | F || T                    | T                    | F                    | F
        T | T | ? || T                    | T                    | ?                    | F
        T | F | F || T                    | F                    | F                    | T
        T | F | ? || T                    | ?                    | F                    | ?
        T | ? | ? || T                    | ?                    | ?                    | ?
        F | F | F || F                    | F                    | F                    | T
        F | F | ? || ?                    | F                    | F                    | T
        F | ? | ? || ?                    | ?                    | F                    | ?
        ? | ? | ? || ?                    | ?                    | ?                    | ?
        ? | T | T || T                    | T                    | ?                    | F
        F | T | ? || T                    | ?                    | F                    | ?
        """,
    ),
    Table(
        "Comparisons",
        "A number lies between two bounds, and either may be open. The answer is TRUE or FALSE only when every number "
        "between them gives it.",
        """
        weeks || weeks >= 6 | weeks > 6 | weeks <= 6 | weeks < 6 | weeks == 6
        ------++------------+-----------+------------+-----------+-----------
        5     || F          | F         | T          | T         | F
        6     || T          | F         | T          | F         | T
        7     || T          | T         | F          | F         | F
        3..5  || F          | F         | T          | T         | F
        3..6  || ?          | F         | T          | ?         | ?
        3..8  || ?          | ?         | ?          | ?         | ?
        6..8  || T          | ?         | ?          | F         | ?
        7..9  || T          | T         | F          | F         | F
        ..5   || F          | F         | T          | T         | F
        ..6   || ?          | F         | T          | ?         | ?
        ..7   || ?          | ?         | ?          | ?         | ?
        5..   || ?          | ?         | ?          | ?         | ?
        6..   || T          | ?         | ?          | F         | ?
        7..   || T          | T         | F          | F         | F
        ?     || ?          | ?         | ?          | ?         | ?
        """,
    ),
    Table(
        "Comparisons with a threshold",
        "A threshold is a number with a name; here care_weeks is 6. An open comparison stays open when it is negated.",
        """
        weeks || weeks >= care_weeks | not weeks >= care_weeks | weeks < care_weeks and a
        ------++---------------------+-------------------------+-------------------------
        6     || T                   | F                       | F
        5.9   || F                   | T                       | ?
        4..7  || ?                   | ?                       | ?
        ?     || ?                   | ?                       | ?
        """,
    ),
    Table(
        "`in`",
        "A choice has one value. A denied value excludes itself only: after `not enlarging` the rest is still open. "
        "The answer is FALSE when every value asked for was denied.",
        """
        trend                   || trend in {enlarging} | trend in {enlarging, unchanged} | trend not in {enlarging}
        ------------------------++----------------------+---------------------------------+-------------------------
        enlarging               || T                    | T                               | F
        unchanged               || F                    | T                               | T
        shrinking               || F                    | F                               | T
        not enlarging           || F                    | ?                               | T
        not unchanged           || ?                    | ?                               | ?
        not enlarging unchanged || F                    | F                               | T
        not unchanged shrinking || ?                    | ?                               | ?
        ?                       || ?                    | ?                               | ?
        """,
    ),
    Table(
        "`has`",
        "A set is one truth per member. What was not mentioned is UNKNOWN, unless the list is recorded as complete.",
        """
        findings                  || has(findings, collection) | has(findings, nonunion) | not has(findings, nonunion)
        --------------------------++---------------------------+-------------------------+----------------------------
        +collection               || T                         | ?                       | ?
        -collection               || F                         | ?                       | ?
        +collection -nonunion     || T                         | F                       | T
        -collection -nonunion     || F                         | F                       | T
        all +collection           || T                         | F                       | T
        all                       || F                         | F                       | T
        ?                         || ?                         | ?                       | ?
        """,
    ),
    Table(
        "`known`",
        "Whether anything is recorded. It is never UNKNOWN, so learning more can turn it around; rules may not use it.",
        """
        a | weeks | trend         | findings    || known(a) | known(weeks) | known(trend) | known(findings)
        --+-------+---------------+-------------++----------+--------------+--------------+----------------
        T | 6     | enlarging     | +collection || T        | T            | T            | T
        F | 3..   | not enlarging | -collection || T        | T            | T            | T
        F | ..8   | unchanged     | all         || T        | T            | T            | T
        ? | ?     | ?             | ?           || F        | F            | F            | F
        """,
    ),
]
