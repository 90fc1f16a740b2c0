"""The note reader's lexicon, compiled once and kept beside the compiled knowledge: compiling takes longer than a plan.

`python -m spondyl.intake.phrases` writes it; `read_note` writes it too when it is missing or stale and may be written.
"""

from __future__ import annotations

import gc
import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from spondyl.knowledge.load import COMPILED, lexicon

if TYPE_CHECKING:
    from spondyl.intake.note import Lexicon

KEPT = COMPILED / "phrases.json"
_COMPILER = ("frame_table.py", "lexicon.py", "words.py")


@lru_cache(maxsize=1)
def phrases() -> Lexicon:
    """The lexicon of the knowledge base in use. A program that reads many notes makes it once."""
    from spondyl.intake.note import Lexicon

    return Lexicon.from_plain(_plain())


def _plain() -> dict[str, Any]:
    key = _key()
    try:
        content = KEPT.read_bytes()
    except OSError:
        content = b""
    head, _, rest = content.partition(b"\n")
    if key is not None and head == key:
        collecting = gc.isenabled()
        gc.disable()  # ten thousand small objects that all stay
        try:
            kept: dict[str, Any] = orjson.loads(rest)
            return kept
        finally:
            if collecting:
                gc.enable()
    from spondyl.intake.note import compile_lexicon

    sources = lexicon()
    made = compile_lexicon(sources["facts"], sources["files"])
    _keep(made, _key())
    return made


def _key() -> bytes | None:
    """What the kept lexicon was made from: the compiled knowledge and the compiler."""
    here = Path(__file__).resolve().parent / "note"
    try:
        parts = [(COMPILED / "lexicon.json").read_bytes(), *((here / name).read_bytes() for name in _COMPILER)]
    except OSError:
        return None
    return hashlib.sha256(b"\0".join(parts)).hexdigest().encode()


def _keep(made: dict[str, Any], key: bytes | None) -> None:
    if key is None:
        return
    import tempfile

    try:
        handle, beside = tempfile.mkstemp(dir=COMPILED, prefix=".phrases.")
        with os.fdopen(handle, "wb") as file:
            file.write(key + b"\n" + orjson.dumps(made))
        os.chmod(beside, 0o644)
        os.replace(beside, KEPT)
    except OSError:
        pass  # an installation that may not be written to compiles each time, only slower


if __name__ == "__main__":
    lexicon()
    _plain()
