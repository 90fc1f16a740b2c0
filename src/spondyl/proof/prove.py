"""Shows every property of a ruleset, on two processes, and says what fails. It reads no files and prints nothing."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

import z3  # type: ignore[import-untyped, import-not-found, unused-ignore]  # an extra, without types

from spondyl.knowledge import Ruleset
from spondyl.proof.agreement import Agreement
from spondyl.proof.claims import Claim, Property, World
from spondyl.proof.counterexample import Counterexample, counterexample
from spondyl.proof.mcdc import Coverage, coverage, together
from spondyl.proof.over_time import OVER_TIME
from spondyl.proof.reach import REACH
from spondyl.proof.safety import SAFETY

PROPERTIES: Mapping[str, Property] = {one.id: one for one in (*SAFETY, *OVER_TIME, *REACH)}
AGREEMENT = "formulas_are_the_engine"
SAMPLES = 16
MOST_WITHOUT_PAIR = 0.05
_SHARES = 2
_TRIED = 5
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Shown:
    """A property and what became of it. `failed` names the claims that do not hold, `example` is about the first."""

    id: str
    says: str
    claims: int
    seconds: float
    failed: tuple[str, ...] = ()
    example: Counterexample | None = None

    @property
    def ok(self) -> bool:
        """Whether every claim was shown."""
        return not self.failed


@dataclass(frozen=True, slots=True)
class Proof:
    """What was shown of a ruleset, in the order of the properties, and how long all of it took."""

    shown: tuple[Shown, ...]
    coverage: Coverage | None
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether everything was shown."""
        return all(one.ok for one in self.shown) and (self.coverage is None or self.coverage.share <= MOST_WITHOUT_PAIR)


def show(world: World, one: Property, *, example: bool = True, most: int | None = None) -> Shown:
    """Shows one property. Claims that nothing is wrong are asked all at once, and one by one where that fails.

    `most`: how many claims that fail are enough; all are looked for unless given.
    """
    began = time.perf_counter()
    solver = z3.SimpleSolver()
    if one.id != "learning_reverses_nothing":  # which speaks of single conditions, not of whole patients
        solver.add(*(world.both if one.two else world.base))
    claims = list(one.claims(world))
    never = [claim for claim in claims if not claim.can]
    possible: dict[int, bool] = {}
    failed: list[Claim] = []
    enough = len(claims) if most is None else most
    for claim in claims:
        if (
            claim.can and len(failed) < enough
        ):  # equal formulas are one and the same object: many claims differ in the profile only
            key = claim.refuted.get_id()
            if key not in possible:
                possible[key] = solver.check(claim.refuted) == z3.sat
            failed += [] if possible[key] else [claim]
    for start in range(0, len(never), 200):
        failed += _failing(solver, never[start : start + 200], enough - len(failed))
    found = None
    if example and one.id != "learning_reverses_nothing":
        found = _example(world, [claim for claim in failed if not claim.can][:_TRIED], two=one.two)
    seconds = time.perf_counter() - began
    return Shown(one.id, one.says, len(claims), seconds, tuple(claim.name for claim in failed), found)


def _failing(solver: z3.Solver, claims: Sequence[Claim], most: int) -> list[Claim]:
    """The first claims that some patient refutes, found by halves: where nothing fails, one question is enough."""
    if most <= 0 or not claims or solver.check(z3.Or([claim.refuted for claim in claims])) == z3.unsat:
        return []
    if len(claims) == 1:
        return list(claims)
    half = len(claims) // 2
    first = _failing(solver, claims[:half], most)
    return first + _failing(solver, claims[half:], most - len(first))


def _example(world: World, failed: Sequence[Claim], *, two: bool) -> Counterexample | None:
    """The first counterexample that a case brings about in full; else the first."""
    first = None
    for claim in failed:
        found = counterexample(world, claim, two=two)
        if found is not None and not any(patient.unrealized for patient in found.patients):
            return found
        first = first or found
    return first


def agree(world: World, samples: int = SAMPLES, seed: int = 20261122) -> Shown:
    """Compares the formulas with the engine on possible patients drawn at random."""
    began = time.perf_counter()
    compared = Agreement(world.verdicts)
    found: dict[str, None] = {}
    for model in compared.models(samples, seed):
        found.update(dict.fromkeys(compared.differences(model)))
    seconds = time.perf_counter() - began
    return Shown(AGREEMENT, AGREES, samples, seconds, tuple(found))


AGREES = "On patients drawn at random, the formulas and the engine that judges patients give the same answers."


def prove(
    compiled: Mapping[str, Any],
    only: Iterable[str] | None = None,
    *,
    mcdc: bool = True,
    processes: int = 2,
    say: Say | None = None,
) -> Proof:
    """Shows all properties of a compiled knowledge base, or those named, and the coverage of its conditions.

    `say` is told of each part as it is done. Raises KeyError for a property that does not exist.
    """
    began = time.perf_counter()
    wanted = list((*PROPERTIES, AGREEMENT) if only is None else only)
    ids = [name for name in (*PROPERTIES, AGREEMENT) if name in wanted]
    for name in wanted:
        if name not in ids:
            raise KeyError(name)
    shares = [f"{_COVER}{share}" for share in range(_SHARES)] if mcdc else []
    # What takes longest is begun first.
    tasks = [*shares, *sorted(ids, key=lambda name: _LONG.index(name) if name in _LONG else len(_LONG))]
    done = _run(compiled, tasks, processes, say or _silent)
    shown = tuple(one for name in ids if isinstance(one := done[name], Shown))
    covered = together([one for name in shares if isinstance(one := done[name], Coverage)]) if mcdc else None
    return Proof(shown, covered, time.perf_counter() - began)


_COVER = "MC/DC, part "
_LONG = (AGREEMENT, "learning_reverses_nothing", "every_gate_moves", "every_rule_fires", "every_generator_first")
_WORLDS: list[World] = []


def _silent(_: str) -> None:
    return None


def _run(compiled: Mapping[str, Any], tasks: Sequence[str], processes: int, say: Say) -> dict[str, Shown | Coverage]:
    done: dict[str, Shown | Coverage] = {}
    if processes < 2 or len(tasks) < 2:
        _begin(compiled)
        for task in tasks:
            done[task] = _task(task)
            say(_line(task, done[task]))
        return done
    # A fresh process each: what the solver keeps is not shared, and must not be forked.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=(compiled,)) as pool:
        waiting: dict[Future[Shown | Coverage], str] = {pool.submit(_task, task): task for task in tasks}
        while waiting:
            ready, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in ready:
                task = waiting.pop(future)
                done[task] = future.result()
                say(_line(task, done[task]))
    return done


def _begin(compiled: Mapping[str, Any]) -> None:
    from spondyl.knowledge.ruleset import ruleset

    _WORLDS[:] = [World(ruleset(compiled))]


def world_of(rules: Ruleset) -> World:
    """A world for the properties of a ruleset, for callers that show one after the other."""
    return World(rules)


def _task(name: str) -> Shown | Coverage:
    world = _WORLDS[0]
    if name.startswith(_COVER):
        return coverage(world, int(name.removeprefix(_COVER)), _SHARES)
    return agree(world) if name == AGREEMENT else show(world, PROPERTIES[name])


def _line(task: str, done: Shown | Coverage) -> str:
    if isinstance(done, Coverage):
        return f"{task}: {done.leaves} leaves, {done.leaves_without_pair} without a pair"
    return f"{task}: {'shown' if done.ok else f'{len(done.failed)} of {done.claims} fail'} ({done.seconds:.1f} s)"


__all__ = ["AGREEMENT", "MOST_WITHOUT_PAIR", "PROPERTIES", "Proof", "Shown", "agree", "prove", "show", "world_of"]
