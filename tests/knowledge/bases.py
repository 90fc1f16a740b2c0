"""A small sound knowledge base, and copies of it with files replaced."""

from __future__ import annotations

import shutil
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
ERRORS = HOME / "tests" / "errors"
SOUND = ERRORS / "sound"
KNOWLEDGE = HOME / "knowledge"


def base(folder: Path, over: Path | None = None, **changes: tuple[str, str]) -> Path:
    """The sound base under `folder`, with the files of `over` and with words replaced: path_yaml=(old, new)."""
    root = folder / "knowledge"
    shutil.copytree(SOUND, root)
    if over is not None:
        shutil.copytree(over, root, dirs_exist_ok=True)
    for name, (old, new) in changes.items():
        path = root / f"{name.replace('__', '/')}.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return root
