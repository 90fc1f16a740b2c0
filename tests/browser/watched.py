"""The server as the real command starts it, a page that is watched, and what a hand does with it."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parents[2]
DAY = "2026-11-22"
COMMAND = Path(sys.executable).parent / "spondyl"
AXE = HOME / "tests" / "browser" / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
WAIT = 30_000


class Server:
    """The command `spondyl serve`, running."""

    def __init__(self, *arguments: str, **environment: str) -> None:
        self.folder = tempfile.mkdtemp(prefix="spondyl-")
        self.process = subprocess.Popen(
            [str(COMMAND), "serve", "--port", "0", "--as-of", DAY, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.folder,
            env={**os.environ, "TMPDIR": self.folder, **environment},
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = re.search(r"http://\S+/", line)
        assert found is not None, line
        self.url = found[0]

    def stop(self) -> tuple[int, str]:
        """Its exit status, and everything that it wrote."""
        self.process.terminate()
        out, err = self.process.communicate(timeout=20)
        left = [path for path in Path(self.folder).rglob("*") if path.is_file()]
        shutil.rmtree(self.folder)
        assert left == []
        return self.process.returncode, out + err


class Watched:
    """A page, and what it did that it must not do."""

    def __init__(self, browser: Any, url: str, **options: Any) -> None:
        options = {"viewport": {"width": 1360, "height": 900}, "accept_downloads": True, **options}
        self.url = url
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(WAIT)
        self.page = self.context.new_page()
        self.elsewhere: list[str] = []
        self.said: list[str] = []
        self.asked: list[tuple[str, str]] = []
        self.page.on("request", self._request)
        self.page.on("console", lambda one: self.said.append(f"{one.type}: {one.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))

    def _request(self, request: Any) -> None:
        self.asked.append((request.method, request.url))
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.elsewhere.append(request.url)

    def close(self) -> None:
        assert self.elsewhere == []
        refused = "error: Failed to load resource: the server responded with a status of 4"
        assert [one for one in self.said if one.startswith(("error", "warning")) and not one.startswith(refused)] == []
        # What a patient said is never part of an address, and so never in a log or a history.
        assert [url for _, url in self.asked if re.search(r"\?(?!name=|locale=|[0-9a-f]{12}$)", url)] == []
        self.context.close()


def paste(page: Any, text: str) -> None:
    """Text comes in as from the clipboard."""
    page.locator("textarea[data-paste]").first.focus()
    page.evaluate("""text => {
        const area = document.activeElement;
        area.value = text;
        area.dispatchEvent(new InputEvent("input", {bubbles: true, inputType: "insertFromPaste", data: text}));
    }""", text)  # fmt: skip
    page.wait_for_selector("#strip .strip")
    settled(page)


def settled(page: Any) -> None:
    """Waits until nothing is under way."""
    until(page, "!document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")


def until(page: Any, holds: str) -> None:
    """Waits until an expression holds. (Playwright's own way of waiting is forbidden by the policy of the page.)"""
    end = time.monotonic() + WAIT / 1000
    while not page.evaluate(holds):
        assert time.monotonic() < end, holds
        page.wait_for_timeout(20)


def words_of(pdf: bytes) -> str:
    """The words of a PDF in one line."""
    from pypdf import PdfReader

    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


NOTE = """Clinic visit 11/20/2026
61F, L4-S1 posterior fusion with pedicle screws 03/12/2025. Right buttock pain for 8 months, 6/10, worse when standing.
3 of 5 SI provocation tests positive on the right. No numbness in the saddle area, no fever.
PT for 8 weeks. Takes ibuprofen as needed.
"""
