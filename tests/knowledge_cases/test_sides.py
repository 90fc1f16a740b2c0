"""Every number a rule compares with has a case on each side of it."""

from __future__ import annotations

from knowledge_cases.sides import comparisons, one_sided


def test_every_threshold_has_a_case_on_each_side() -> None:
    assert sum(len(compared) for compared in comparisons().values()) > 300
    missing = one_sided()
    assert missing == [], "\n".join(missing)
