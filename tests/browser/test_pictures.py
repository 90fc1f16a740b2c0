"""The pictures of the README. They are written when one is missing, or with PICTURES=1; else only taken."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest
from browser.watched import settled

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
WRITE = os.environ.get("PICTURES") == "1"


def keep(page, name):
    """The picture of what is seen now; its width."""
    content = page.screenshot(caret="initial", animations="disabled")
    path = FOLDER / f"{name}.png"
    if WRITE or not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    assert path.stat().st_size < 400_000
    return struct.unpack(">I", content[16:20])[0]


def test_the_workbench(open_page):
    page = open_page("?name=missing_union", viewport={"width": 1280, "height": 860}, color_scheme="light")
    page.mouse.move(0, 0)
    assert keep(page, "workbench") == 1280
    page.locator("#plan .cause .id").first.click()
    page.wait_for_selector(".why-panel")
    page.mouse.move(0, 0)
    settled(page)
    assert keep(page, "workbench-why") == 1280


@pytest.mark.parametrize("name", ["weak_foot"])
def test_on_a_phone_in_the_dark(open_page, name):
    page = open_page(f"?name={name}", viewport={"width": 390, "height": 780}, color_scheme="dark")
    assert keep(page, "workbench-phone") == 390
