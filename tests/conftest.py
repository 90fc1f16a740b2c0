"""How the tests run: the profiles of generation, the marks, and the suites that need something brought from outside."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

TESTS = Path(__file__).resolve().parent
SLOW_EXAMPLES = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("ci", derandomize=True, deadline=None, max_examples=100, suppress_health_check=SLOW_EXAMPLES)
settings.register_profile(
    "hunt",
    deadline=None,
    max_examples=int(os.environ.get("HUNT", "2000")),
    print_blob=True,
    suppress_health_check=SLOW_EXAMPLES,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def _needs(module: str, extra: str) -> Callable[[], str | None]:
    return lambda: None if importlib.util.find_spec(module) else f"{module} is not installed (extra `{extra}`)"


def _node(suite: str, package: str) -> str | None:
    if not (TESTS / suite / "node_modules" / package).exists():
        return f"the packages of tests/{suite}/package-lock.json are not installed (`make test` brings them with npm)"
    return None


def _cql() -> str | None:
    if not (Path(sys.executable).parent / "node").exists() and shutil.which("node") is None:
        return "Node is not installed"
    return _node("cql", "cql-execution")


def _browser() -> str | None:
    if shutil.which("chromium") is None:
        return "Chromium is not installed (Debian: apt-get install chromium)"
    return _needs("playwright", "dev")() or _node("browser", "axe-core")


# A suite is a folder under tests/; a suite not named here needs nothing but Python.
SUITES: dict[str, Callable[[], str | None]] = {
    "cohort": _needs("polars", "cohort"),
    "proof": _needs("z3", "proof"),
    "cql": _cql,
    "browser": _browser,
}
# What takes longest is begun first, so that two workers end together; the rest follows in the order of its names.
LONGEST = (
    "proof/test_properties.py",
    "browser/test_knowledge_pages.py",
    "proof/test_flat.py",
    "proof/test_mutants.py",
    "catalogue/test_check.py",
    "proof/test_command.py",
    "knowledge/test_citations.py",
    "documents/test_documents_of_any_case.py",
    "catalogue/test_diff.py",
    "knowledge_cases/test_cases.py",
)
NOT_RUN = {suite: why for suite, needs in SUITES.items() if (TESTS / suite).exists() and (why := needs())}


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    inside = collection_path.relative_to(TESTS).parts if collection_path.is_relative_to(TESTS) else ()
    return True if "node_modules" in inside or (inside and inside[0] in NOT_RUN) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.law)
    place = {TESTS / name: at for at, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path, len(LONGEST)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for suite, why in NOT_RUN.items():
        terminalreporter.write_line(f"NOT RUN: {suite}: {why}")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if NOT_RUN and exitstatus == 0 and os.environ.get("ALLOW_MISSING") != "1":
        session.exitstatus = 3
