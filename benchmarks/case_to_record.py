"""Structured case to decision record: p50 and p99 over distinct cases, beside a bare evaluation of every expression.

Run: .venv/bin/python benchmarks/case_to_record.py [number of cases]
Times are those of the processor, so that other work on the machine counts less; a fixed loop of plain Python is timed
beside them, to compare machines and days.
The bare evaluation judges each condition of the knowledge base once per case, in Python closures, with no reason.
The stages are timed in a second round, as watching them costs time; each counts what is worked out in it first.
No case is measured twice, as a program keeps what it found for equal truths. Other work on the machine lengthens
processor time as well, as caches are shared: compare versions in turns, and by the figures in loops.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from _made_cases import made_case

import spondyl.plan.record as assembly
from spondyl.engine import Patient, Program
from spondyl.intake.case import read_case
from spondyl.knowledge import load
from spondyl.logic import Condition
from spondyl.plan import plan
from spondyl.record import Options
from spondyl.timeline import chart, written

LIMIT_P50_MS, LIMIT_P99_MS = 2.0, 6.0
AS_OF = "2026-11-22"


def conditions(value: Any, found: dict[int, Condition]) -> None:
    """Every condition inside a rule."""
    from spondyl.logic.nodes import LEAVES, And, AtLeast, Not, Or

    if isinstance(value, (*LEAVES, And, AtLeast, Not, Or)):
        found[id(value)] = value
    elif isinstance(value, tuple):
        for one in value:
            conditions(one, found)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            conditions(getattr(value, name), found)


def yardstick() -> float:
    """Milliseconds for a fixed loop over a dictionary."""
    start = time.process_time()
    counts: dict[int, int] = {}
    for number in range(20_000):
        counts[number & 255] = counts.get(number & 127, 0) + number
    return (time.process_time() - start) * 1000


STAGES = {
    "chart": ("chart", "Patient"),
    "red flags": ("triage", "set_triage_facts"),
    "causes": ("generators",),
    "imaging": ("imaging",),
    "gates": ("gates",),
    "treatments": ("treatments",),
}
PARTS = ("who", "scope", "triage", "generators", "imaging", "treatments", "gates", "revision", "referrals", "remarks",
         "prognosis", "reassessment", "conflicts", "facts")  # fmt: skip


def stages(judge: Callable[[], None]) -> dict[str, float]:
    """Milliseconds spent in each stage while `judge` runs: those that judge, and the parts of the record."""
    spent: dict[str, float] = {}

    def watched(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            start = time.process_time()
            try:
                return work(*given, **named)
            finally:
                spent[name] = spent.get(name, 0.0) + (time.process_time() - start) * 1000

        return timed

    places: list[tuple[object, str, str]] = [(assembly, one, name) for name, of in STAGES.items() for one in of]
    places += [(assembly.Maker, one, f"record: {one}") for one in PARTS]
    places.append((assembly.asking, "questions", "questions"))
    kept = [(place, one, getattr(place, one)) for place, one, _ in places]
    for place, one, name in places:
        setattr(place, one, watched(name, getattr(place, one)))
    try:
        judge()
    finally:
        for place, one, work in kept:
            setattr(place, one, work)
    return spent


def main() -> int:
    """Print the figures; 1 when a limit is missed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    rules = load()
    program = Program(rules)
    options = Options(AS_OF)
    cases = [read_case(made_case(rules, seed), "case", rules, AS_OF) for seed in range(count + 100)]
    for case in cases[count:]:  # other cases than those measured
        plan(program, case, options)
    gc.collect()
    gc.freeze()
    times, loops = [], []
    for place, case in enumerate(cases[:count]):
        if place % 10 == 0:
            loops.append(yardstick())
        start = time.process_time()
        plan(program, case, options)
        times.append((time.process_time() - start) * 1000)
    found: dict[int, Condition] = {}
    for group in (rules.red_flags, rules.generators, rules.gates, rules.imaging, rules.treatments, rules.conflicts):
        for rule in group.values():
            conditions(rule, found)
    for remarks in rules.remarks.values():
        conditions(remarks, found)
    bare = []
    today = written(AS_OF).first
    for case in cases[:count]:
        start = time.process_time()
        patient = Patient(program, chart(case.facts, today, case.written_on, rules))
        view = patient.plain(patient.main)
        for condition in found.values():
            program.truth(condition, view)
        bare.append((time.process_time() - start) * 1000)
    times.sort()
    p50, p99 = statistics.median(times), times[int(len(times) * 0.99)]
    bare_p50 = statistics.median(bare)
    print(f"cases {count}, conditions {len(found)}")
    print(f"case to record   p50 {p50:.2f} ms (limit {LIMIT_P50_MS})   p99 {p99:.2f} ms (limit {LIMIT_P99_MS})")
    print(f"bare evaluation  p50 {bare_p50:.2f} ms, one focus   ratio {p50 / bare_p50:.1f}")
    spent = stages(lambda: [plan(program, case, options) for case in cases[:count]] and None)
    shown = sorted(spent.items(), key=lambda one: -one[1])[:12]
    print("stages, mean ms  " + ", ".join(f"{name} {total / count:.2f}" for name, total in shown))
    loop = statistics.median(loops)
    print(f"fixed loop       p50 {loop:.2f} ms   case to record in loops: p50 {p50 / loop:.1f}, p99 {p99 / loop:.1f}")
    return 0 if p50 <= LIMIT_P50_MS and p99 <= LIMIT_P99_MS else 1


if __name__ == "__main__":
    raise SystemExit(main())
