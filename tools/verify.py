"""Runs what must hold, one step after the other, and pytest last so that its closing line is the last one.

`verify.py test` is `make test`; `verify.py check` is `make check`. Every step runs even when an earlier one failed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
STATUS = HOME / ".tools" / "test-status"
MISSING = 3


@dataclass(frozen=True)
class Step:
    name: str
    command: tuple[str, ...]


def steps(kind: str) -> list[Step]:
    python = str(BIN / "python")
    style = [
        Step("style", (str(BIN / "ruff"), "check", "--quiet", ".")),
        Step("format", (str(BIN / "ruff"), "format", "--check", "--quiet", ".")),
        Step("types", (str(BIN / "mypy"), "--no-error-summary")),
        Step("imports", (str(BIN / "lint-imports"), "--no-logo")),
    ]
    if (HOME / "src/spondyl/cli/__init__.py").exists():
        style.append(Step("knowledge", (str(BIN / "spondyl"), "knowledge", "check")))
    style.append(Step("generated", (python, "tools/generate.py", "--check")))
    pytest = [python, "-m", "pytest", "-q"]
    if kind == "check":
        pytest += ["-m", "not slow"]
    workers = os.environ.get("WORKERS") or str(min(2, os.cpu_count() or 1))
    if workers not in ("0", "1"):
        # By file, for what a file makes once; in the order of tests/conftest.py, not by the number of tests.
        pytest += ["-n", workers, "--dist", "loadfile", "--no-loadscope-reorder"]
    return [*style, Step("tests", tuple(pytest))]


def run(step: Step) -> int:
    """The exit status of one step; what it wrote is shown only when it failed, except for pytest, which speaks."""
    if step.name == "tests":
        # `make check` brings nothing: what is not there is said, and fails nothing.
        missing = {"ALLOW_MISSING": "1"} if "not slow" in step.command else {}
        return subprocess.run(step.command, cwd=HOME, check=False, env={**os.environ, **missing}).returncode
    began = time.perf_counter()
    done = subprocess.run(step.command, cwd=HOME, check=False, text=True, capture_output=True)
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"  {step.name:<10} {verdict:<7} {time.perf_counter() - began:5.1f} s", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode


def bring_node(folder: Path) -> None:
    """Installs the locked packages of a suite; tests/conftest.py says so when they are not there."""
    lock, installed = folder / "package-lock.json", folder / "node_modules" / ".package-lock.json"
    if not lock.exists() or (installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime):
        return
    npm = BIN / "npm"
    command = [str(npm) if npm.exists() else shutil.which("npm") or "npm", "ci", "--silent", "--no-progress"]
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", "")])
    try:
        done = subprocess.run(
            command, cwd=folder, check=False, env={**os.environ, "PATH": path}, stdin=subprocess.DEVNULL, timeout=300
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"  npm        could not run: {type(error).__name__}", flush=True)
        return
    if done.returncode == 0:
        installed.touch()


def bring_chromium() -> None:
    """Installs the browser of the system where it is missing and may be installed; else the suite is NOT RUN."""
    if shutil.which("chromium") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"]
    for command in (install, ["apt-get", "update", "-q"], install):
        try:
            subprocess.run(command, check=False, env=environment, capture_output=True, timeout=600)
        except (OSError, subprocess.TimeoutExpired) as error:
            print(f"  chromium   could not be installed: {type(error).__name__}", flush=True)
            return
        if shutil.which("chromium"):
            return


def main(kind: str) -> int:
    STATUS.unlink(missing_ok=True)
    if kind == "test":
        bring_node(HOME / "tests" / "cql")
        bring_node(HOME / "tests" / "browser")
        bring_chromium()
    statuses = {step.name: run(step) for step in steps(kind)}
    failed = [name for name, status in statuses.items() if status]
    status = min(1, len(failed)) if failed != ["tests"] or statuses["tests"] != MISSING else MISSING
    STATUS.parent.mkdir(exist_ok=True)
    STATUS.write_text(f"{status}\n", encoding="ascii")
    if failed:
        print(f"make {kind}: {', '.join(failed)}: see above", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "test"))
