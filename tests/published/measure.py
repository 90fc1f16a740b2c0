"""Plans every published case and compares it with what was found to be true. It judges; it corrects nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

from spondyl.engine import Program
from spondyl.intake.inputs import Input, read_inputs
from spondyl.knowledge import load
from spondyl.knowledge.source import plain, read_bytes
from spondyl.plan import plan
from spondyl.record import Options

HERE = Path(__file__).resolve().parent
DAY = "2026-11-22"
ORDER = ("routine", "soon", "urgent", "emergency")
LISTED = ("confirmed", "supported", "possible")
ENTRIES = 3


@dataclass(frozen=True)
class Outcome:
    """One case: what the plan said, beside what is acceptable."""

    case: str
    urgency: str
    acceptable: tuple[str, ...]
    flags_missing: tuple[str, ...]
    causes: tuple[str, ...]
    rank: int | None
    entries: int
    not_excluded: int
    open_only: int

    @property
    def missed_emergency(self) -> bool:
        """An emergency that the plan puts below everything acceptable."""
        return self.acceptable[0] == "emergency" and self.too_low

    @property
    def too_low(self) -> bool:
        return ORDER.index(self.urgency) < min(ORDER.index(one) for one in self.acceptable)

    @property
    def false_emergency(self) -> bool:
        return self.urgency == "emergency" and "emergency" not in self.acceptable

    @property
    def found(self) -> bool:
        """The true cause has rank 1 to 3, and no more than three entries share the ranks down to it."""
        return self.rank is not None and self.rank <= 3 and self.entries <= ENTRIES


def reports() -> list[dict[str, Any]]:
    """The entries of the register."""
    path = HERE / "register.yaml"
    document = read_bytes(path.read_bytes(), path.name)
    assert not document.problems, document.problems
    assert document.root is not None
    found: list[dict[str, Any]] = plain(document.root)["reports"]
    return found


@cache
def outcomes() -> tuple[Outcome, ...]:
    """Every case of the register, planned on the day of the visit."""
    program = Program(load(None))
    return tuple(_outcome(program, report) for report in reports())


def _outcome(program: Program, report: dict[str, Any]) -> Outcome:
    path = HERE / "cases" / f"{report['case']}.yaml"
    case = read_inputs([Input(path.name, path.read_bytes())], program.rules, DAY)
    record = plan(program, case, Options(DAY, "guideline", "en-US")).record
    established = {one["red_flag"] for one in record["triage"]["established"]}
    open_flags = [one["red_flag"] for one in record["triage"]["not_excluded"]]
    ranks = [(one["generator"], one["rank"]) for one in record["generators"] if one["standing"] in LISTED]
    causes = tuple(report["causes"] or ())
    mine = [rank for name, rank in ranks if name in causes]
    best = min(mine) if mine else None
    return Outcome(
        case=report["case"],
        urgency=record["triage"]["urgency"],
        acceptable=tuple(report["urgency"]),
        flags_missing=tuple(one for one in report["flags"] if one not in established),
        causes=causes,
        rank=best,
        entries=0 if best is None else sum(rank <= best for _, rank in ranks),
        not_excluded=len(open_flags),
        open_only=sum(one not in established for one in open_flags),
    )


def figures() -> dict[str, Any]:
    """The figures of the whole set."""
    every = outcomes()
    caused = [one for one in every if one.causes]
    no_emergency = [one for one in every if "emergency" not in one.acceptable]
    return {
        "cases": len(every),
        "emergencies": sum(one.acceptable[0] == "emergency" for one in every),
        "missed": [one.case for one in every if one.missed_emergency],
        "too_low": [one.case for one in every if one.too_low],
        "no_emergency": len(no_emergency),
        "false": [one.case for one in no_emergency if one.false_emergency],
        "caused": len(caused),
        "found": sum(one.found for one in caused),
        "not_found": [one.case for one in caused if not one.found],
        "not_excluded": median(one.not_excluded for one in every),
        "open_only": median(one.open_only for one in every),
    }
