"""Finds the compiled knowledge and builds the Ruleset. A checkout compiles again when a source changed."""

from __future__ import annotations

import gc
import marshal
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from spondyl.knowledge.rules import Ruleset
from spondyl.knowledge.ruleset import ruleset

PACKAGE = Path(__file__).resolve().parent.parent
COMPILED = PACKAGE / "_knowledge"
PARTS = ("knowledge", "cases", "lexicon", "claims", "guide")
# What every run reads is written a second time, in a form that is read in half the time.
QUICK = ("knowledge",)
# What a checkout remembers between runs; never part of the wheel.
REMEMBERED = PACKAGE.parent.parent / ".knowledge"


def checkout() -> Path | None:
    """The folder `knowledge/` of the checkout this package runs from, or None when it is installed."""
    root = PACKAGE.parent.parent / "knowledge"
    return root if PACKAGE.parent.name == "src" and root.is_dir() else None


def load(site: Path | None = None, *, incomplete: bool = False) -> Ruleset:
    """The whole knowledge base. Raises KnowledgeError when it cannot be compiled, with every reason.

    `site`: a folder with thresholds.yaml and rules of the same kinds, which change numbers and add rules.
    `incomplete` leaves out rules that do not compile, for people who write rules; never for patients.
    """
    collecting = gc.isenabled()
    gc.disable()  # a hundred thousand small objects that all stay: collecting among them only costs time
    try:
        compiled = part("knowledge", incomplete=incomplete)
        if site is None:
            return ruleset(compiled)
        from spondyl.knowledge.site import with_site

        return ruleset(*with_site(compiled, site))
    finally:
        if collecting:
            gc.enable()


def part(name: str, *, incomplete: bool = False) -> Any:
    """One compiled part: "knowledge", "cases", "lexicon", "claims" or "guide"."""
    root = checkout()
    if root is not None:
        now = stamp(root)
        if incomplete or _stamped() != now:
            return _compile(root, now, incomplete)[name]
    quick = quickly(COMPILED / f"{name}.quick") if name in QUICK else None
    if quick is not None:
        return quick
    try:
        content = (COMPILED / f"{name}.json").read_bytes()
    except OSError:
        raise FileNotFoundError(f"{name}.json is missing; write it with: python -m spondyl.knowledge.build") from None
    import orjson

    return orjson.loads(content)


def cases() -> dict[str, dict[str, Any]]:
    """The cases of the rules: kind to rule id to list. Not loaded at start."""
    found: dict[str, dict[str, Any]] = part("cases")["cases"]
    return found


def guide() -> list[dict[str, Any]]:
    """The sections of the patient's guide, in order. Not loaded at start."""
    found: list[dict[str, Any]] = part("guide")["sections"]
    return found


def claims() -> list[dict[str, Any]]:
    """The registers of claims, one for each source document. Not loaded at start."""
    found: list[dict[str, Any]] = part("claims")["documents"]
    return found


def lexicon() -> dict[str, Any]:
    """What the note reader is built from: {"facts": [...], "files": {name: content}}."""
    found: dict[str, Any] = part("lexicon")
    return found


def _compile(root: Path, now: str, incomplete: bool) -> Mapping[str, Any]:
    from spondyl.knowledge.assemble import assemble
    from spondyl.knowledge.examine import examine

    parts = assemble(examine(root), incomplete=incomplete)
    if not incomplete:
        write(parts, COMPILED, now)
    return parts


def write(parts: Mapping[str, Any], out: Path, now: str | None = None) -> None:
    """Writes the compiled parts, each at once or not at all; the stamp last."""
    import orjson

    try:
        out.mkdir(parents=True, exist_ok=True)
        for name in PARTS:
            content = orjson.dumps(parts[name])
            put(out / f"{name}.json", content)
            if name in QUICK:
                put(out / f"{name}.quick", quick(orjson.loads(content)))
        if now is not None:
            REMEMBERED.mkdir(exist_ok=True)
            put(REMEMBERED / "stamp", now.encode())
    except OSError:
        if now is None:
            raise
        # A checkout that cannot be written to is read all the same, only slower.


def quick(plain: Any) -> bytes:
    """Plain values in the form that Python reads fastest, each text once; every Python from 3.4 on reads it."""
    return marshal.dumps(_shared(plain, {}), 4)


def quickly(path: Path) -> Any:
    """The values that `quick` wrote, None when there is no such file or it holds something else."""
    try:
        with open(path, "rb") as file:
            return marshal.loads(file.read())
    except (OSError, EOFError, ValueError, TypeError):
        return None


def _shared(plain: Any, texts: dict[str, str]) -> Any:
    if isinstance(plain, str):
        return texts.setdefault(plain, plain)
    if isinstance(plain, dict):
        return {texts.setdefault(key, key): _shared(value, texts) for key, value in plain.items()}
    return [_shared(value, texts) for value in plain] if isinstance(plain, list) else plain


def put(path: Path, content: bytes) -> None:
    """Writes a file at once or not at all, and not when it holds the same already. Raises OSError."""
    if path.exists() and path.read_bytes() == content:
        return
    import tempfile

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def stamp(root: Path) -> str:
    """A text that differs when a source, or the compiler, was changed, added or removed; reads no file."""
    folders = (root, PACKAGE / "knowledge", PACKAGE / "logic")
    return "".join(line for folder in folders for line in sorted(_stats(str(folder), "")))


def _stats(folder: str, inside: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name.startswith(".") or name == "__pycache__":
                continue
            if entry.is_dir():
                yield from _stats(entry.path, f"{inside}{name}/")
            else:
                stat = entry.stat()
                yield f"{inside}{name} {stat.st_size} {stat.st_mtime_ns}\n"


def _stamped() -> str | None:
    try:
        return (REMEMBERED / "stamp").read_text(encoding="utf-8")
    except OSError:
        return None
