"""The list of codes and the codes in use are the same, and each has its page."""

from __future__ import annotations

import re
from pathlib import Path

from spondyl.intake.codes import CODES, code_pages

HOME = Path(__file__).resolve().parents[2]
_CODE = re.compile(r"[\"'](I\d{3})[\"']")


def test_every_code_in_use_is_listed_and_every_listed_code_is_used():
    source = [path for path in (HOME / "src" / "spondyl").rglob("*.py") if path.name != "codes.py"]
    used = {code for path in source for code in _CODE.findall(path.read_text(encoding="utf-8"))}
    assert used == set(CODES)


def test_every_code_has_its_page():
    for name, text in code_pages().items():
        assert (HOME / name).read_text(encoding="utf-8") == text, f"{name} is stale. Renew it with: make docs"
