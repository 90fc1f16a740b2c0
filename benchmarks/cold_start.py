"""`spondyl plan` from a cold shell, of a note and of a case, beside the limit and beside a Python that does nothing."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
NOTE = HOME / "src" / "spondyl" / "_examples" / "fluid_collection.txt"
CASE = HOME / "examples" / "after_fusion.yaml"
LIMIT = 0.25
TIMES = 15


def seconds(command: list[str]) -> float:
    """The median over several processes; the first, which may still write caches, is not counted."""
    taken = []
    for _ in range(TIMES + 1):
        began = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken[1:])


def main() -> int:
    spondyl = [str(Path(sys.executable).parent / "spondyl"), "plan"]
    nothing = seconds([sys.executable, "-c", "pass"])
    note = seconds([*spondyl, str(NOTE)])
    case = seconds([*spondyl, str(CASE)])
    print(f"python -c pass             {nothing:6.3f} s")
    for name, taken in (("case.yaml", case), ("note.txt", note)):
        print(
            f"spondyl plan {name:<13} {taken:6.3f} s   limit {LIMIT:.2f} s: {'holds' if taken <= LIMIT else 'MISSED'}"
        )
    return 0 if max(note, case) <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
