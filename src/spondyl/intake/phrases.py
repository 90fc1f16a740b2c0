"""The note reader's lexicon, compiled once and kept beside the compiled knowledge: compiling takes longer than a plan.

`python -m spondyl.intake.phrases` writes it; `read_note` writes it too when it is missing or stale and may be written.
"""

from __future__ import annotations

import marshal
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from spondyl.knowledge.load import COMPILED, lexicon, quick

if TYPE_CHECKING:
    from spondyl.intake.note import Lexicon

KEPT = COMPILED / "phrases.quick"
_COMPILER = ("frame_table.py", "lexicon.py", "words.py")


@lru_cache(maxsize=1)
def phrases() -> Lexicon:
    """The lexicon of the knowledge base in use. A program that reads many notes makes it once."""
    from spondyl.intake.note import Lexicon

    return Lexicon.from_plain(_plain())


def _plain() -> dict[str, Any]:
    """The plain values of the lexicon; what there are thousands of is read when it is asked for."""
    key = _key()
    try:
        content = KEPT.read_bytes()
    except OSError:
        content = b""
    head, _, rest = content.partition(b"\n")
    if key is not None and head == key:
        kept: dict[str, Any] = marshal.loads(rest)
        frames = kept["tables"]["frames"]
        frames["nodes"] = Opened(frames["nodes"])
        return {**kept, "nodes": Opened(kept["nodes"]), "entries": Opened(kept["entries"])}
    from spondyl.intake.note import compile_lexicon

    sources = lexicon()
    made = compile_lexicon(sources["facts"], sources["files"])
    _keep(made, _key())
    return made


class Opened(dict[int, Any]):
    """Values by number, each read when it is first asked for: a note needs one in twenty."""

    def __init__(self, kept: list[bytes]) -> None:
        super().__init__()
        self._kept = kept

    def __missing__(self, number: int) -> Any:
        value = self[number] = marshal.loads(self._kept[number])
        return value


def _key() -> bytes | None:
    """What the kept lexicon was made from: the compiled knowledge and the compiler.

    A sum that notices a change is enough; a cryptographic one would take longer to import than to compute.
    """
    here = Path(__file__).resolve().parent / "note"
    sum_of_all = length = 0
    try:
        for path in (COMPILED / "lexicon.json", *(here / name for name in _COMPILER)):
            content = path.read_bytes()
            sum_of_all, length = crc32(content, sum_of_all), length + len(content)
    except OSError:
        return None
    return f"{sum_of_all:08x} {length}".encode()


def _keep(made: dict[str, Any], key: bytes | None) -> None:
    if key is None:
        return
    import tempfile

    import orjson

    plain = orjson.loads(orjson.dumps(made))
    frames = plain["tables"]["frames"]
    frames["nodes"] = [quick(node) for node in frames["nodes"]]
    for name in ("nodes", "entries"):
        plain[name] = [quick(one) for one in plain[name]]
    try:
        handle, beside = tempfile.mkstemp(dir=COMPILED, prefix=".phrases.")
        with os.fdopen(handle, "wb") as file:
            file.write(key + b"\n" + quick(plain))
        os.chmod(beside, 0o644)
        os.replace(beside, KEPT)
    except OSError:
        pass  # an installation that may not be written to compiles each time, only slower


if __name__ == "__main__":
    from spondyl.intake import expressions
    from spondyl.intake.note.lazy import Lazy

    lexicon()
    phrases()
    expressions.keep((one.pattern, one.flags) for one in Lazy.made)
