"""Runs the benchmarks in turn: each is a file of benchmarks/ that prints its figures beside a peer or a limit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
ON_REQUEST = {"medspacy"}  # installs another tool: `tools/bench.py medspacy`


def main(wanted: list[str]) -> int:
    status = 0
    for path in sorted((HOME / "benchmarks").glob("*.py")):
        if path.name.startswith("_") or (path.stem not in wanted if wanted else path.stem in ON_REQUEST):
            continue
        print(f"== {path.stem}", flush=True)
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        status |= subprocess.run([sys.executable, str(path)], cwd=HOME, check=False, env=environment).returncode
    return 1 if status else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
